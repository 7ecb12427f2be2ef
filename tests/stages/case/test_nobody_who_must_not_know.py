"""Safe contact never goes through somebody who must not know, whoever sets it anew and by whichever door."""

import json
from typing import Any

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from onrecord.case.facts import SafeContactSet
from onrecord.case.facts.contact import NAMED, NAMED_BESIDE
from onrecord.duties.actions.file import LinesRefused, record_lines
from onrecord.duties.rules.lines import read_lines
from onrecord.intake.facts import ReportAcknowledged
from onrecord.ledger.facts import Corrected, Entry, mention_of
from onrecord.ledger.facts.fields import HERE
from onrecord.ledger.facts.wrong import Refused
from onrecord.ledger.gateway.registry import catalogue
from onrecord.ledger.queries import size
from onrecord.linkage.facts import LinkJudged
from tests.partnership import START, Store

SAID: dict[str, Any] = {"who": "Ms Okafor, her teacher", "how": "school", "judged": "worker"}
BARRED = {"must_not_know": ["Darren Cole"]}


def contact(**changed: Any) -> SafeContactSet:
    return SafeContactSet.heard(SAID | changed)


def child(made: Entry) -> dict[str, Any]:
    return {"about": [mention_of(made.id, "child")]}


def refused(store: Store, made: Entry, fact: Any, by: str = "social-worker", **more: Any) -> list[tuple[str, str]]:
    """What is said of a fact that is refused, field by field; and nothing was recorded."""
    before = size()
    with pytest.raises(Refused) as refusal:
        store.say(by, fact, made, **more)
    assert size() == before
    return [(fault.field, fault.message) for fault in refusal.value.faults]


def test_set_anew_it_goes_through_nobody_who_was_named_before(store: Store) -> None:
    made = store.report()
    store.say("social-worker", contact(**BARRED), made)
    anew = contact(**BARRED, who="Darren", when="Ask Mr Cole")
    assert refused(store, made, anew) == [("who", NAMED), ("when", NAMED)]
    assert store.say("social-worker", contact(**BARRED, who="Darren Smith, her coach"), made).lowers == ()


def test_nor_through_somebody_whom_it_names_itself(store: Store) -> None:
    assert refused(store, store.report(), contact(**BARRED, who="DARREN COLE")) == [("who", NAMED)]


def test_nor_through_somebody_whom_a_report_names_in_free_words(store: Store) -> None:
    made = store.report(must_not_know="Her uncle Rashid, who drives the car.")
    assert refused(store, made, contact(who="Uncle Rashid")) == [("who", NAMED)]


def test_nor_through_somebody_who_was_named_under_another_mention_of_the_same_child(store: Store) -> None:
    made, other = store.report(), store.report(by="nurse")
    store.say("social-worker", contact(**BARRED), made)
    assert store.say("social-worker", contact(who="Darren"), other).lowers == ()
    same = LinkJudged(verdict="same", why="Same birth date.")
    store.say("social-worker", same, about=[mention_of(one.id, "child") for one in (made, other)])
    assert refused(store, other, contact(**BARRED, who="Darren"), **child(other)) == [("who", NAMED)]


@pytest.mark.parametrize("field", ["words", "trusts"])
def test_what_the_child_said_stands_only_beside_the_name_of_who_must_not_know(store: Store, field: str) -> None:
    made = store.report()
    store.say("social-worker", contact(**BARRED), made)
    said = {field: "Darren waits for me on Fridays."}
    assert refused(store, made, contact(**said, must_not_know=["Her brother"])) == [(field, NAMED_BESIDE)]
    assert store.say("social-worker", contact(**BARRED, **said), made).lowers == ()


def test_a_correction_does_not_bring_them_in_and_may_name_one_more(store: Store) -> None:
    report = store.report()
    made = store.say("social-worker", contact(**BARRED), report).entry
    fix = Corrected(field="who", value='"Darren"', why="She said so.")
    assert refused(store, made, fix) == [("value", NAMED)]
    good = {"reason": "recorded_in_error", "words": "A name was left out."}
    more = Corrected(field="must_not_know", value='["Darren Cole", "Ms Okafor"]', why="She is his sister.")
    assert store.say("social-worker", more, made, lowering=good).entry.proposed


def test_a_file_of_facts_is_asked_the_same(store: Store) -> None:
    made = store.report()
    store.say("social-worker", contact(**BARRED), made)
    line = {"kind": SafeContactSet.kind, "body": SAID | BARRED | {"who": "Darren"}, "regarding": [str(made.id)]}
    given = read_lines(json.dumps(line).encode(), catalogue(), START, HERE)
    with pytest.raises(LinesRefused) as refusal:
        record_lines(store.viewer("social-worker"), given, START)
    assert [(fault.field, fault.message) for fault in refusal.value.faults] == [("body.who", NAMED)]


def test_what_a_sealed_report_says_is_held_against_nobody_but_its_author(store: Store) -> None:
    made = store.report(words="Asha Verne took her.", must_not_know="Her uncle Rashid.")
    other = store.report(by="nurse")
    assert store.say("social-worker", contact(who="Rashid"), other, **child(made)).entry.seq > made.seq
    assert refused(store, made, contact(who="Rashid"), by="teacher") == [("who", NAMED)]


def test_a_kind_that_is_held_against_nothing_costs_no_look(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    counts = []
    monkeypatch.setattr(ReportAcknowledged, "clashes", lambda self, standing: ())
    for beside in (frozenset[str](), frozenset({SafeContactSet.kind})):
        monkeypatch.setattr(ReportAcknowledged, "beside", beside)
        made = store.report()
        with CaptureQueriesContext(connections["default"]) as asked:
            store.say("front-door", ReportAcknowledged(how="phone"), made)
        counts.append(len(asked))
    assert counts[0] < counts[1]
