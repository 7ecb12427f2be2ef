"""That a child is under 13, or that the harm is sexual, is often learnt after the decision. Then the rule holds too."""

import json
from datetime import timedelta
from typing import Any

import pytest

from onrecord.case.facts import ExploitationAssessed
from onrecord.duties.actions import Unanswerable
from onrecord.duties.models import Owed
from onrecord.ledger.actions import rebuild
from onrecord.ledger.facts import Corrected, Entry, Seconded
from onrecord.ledger.gateway.clock import playing
from onrecord.linkage.facts import LinkJudged
from tests.partnership import ASSESSED, START, Store
from tests.stages.case.test_under_13 import GOOD, NO_MORE, RULES, YOUNG, rows

UNKNOWN = YOUNG | {"born": None}
SEXUAL: dict[str, Any] = {
    "happening": [{"what": "sexual", "known": "An adult harms her.", "source": "Her teacher"}],
    "nothing_happening": None,
    "level": "serious",
}
OWED = dict.fromkeys(RULES, "open")


def born(day: str) -> Corrected:
    return Corrected(field="child", value=json.dumps(YOUNG | {"born": day}), why="The school told us.")


def sexual(**changed: Any) -> ExploitationAssessed:
    return ExploitationAssessed.heard({**ASSESSED, **SEXUAL, **changed})


def conference_only(store: Store, made: Entry) -> None:
    with pytest.raises(Unanswerable, match="child protection conference"):
        store.decide(made, lowering=GOOD, concern="other", **NO_MORE)


def test_a_birth_date_learnt_later_brings_what_is_owed_the_same_day(store: Store) -> None:
    made = store.report(child=UNKNOWN)
    decided = store.decide(made).entry
    assert (decided.saying.fact.under_13, rows(decided)) == ("not_known", {})
    with playing(START + timedelta(hours=2)):
        store.say("teacher", born(YOUNG["born"]), made)
        assert rows(decided) == OWED
        conference_only(store, made)
    assert set(rebuild(check=True).values()) == {True}


def test_so_does_one_that_an_earlier_report_on_the_same_child_gave(store: Store) -> None:
    known, made = store.report(child=YOUNG, concern="missing"), store.report(child=UNKNOWN)
    decided = store.decide(made).entry
    both = (known.mentions[0], made.mentions[0])
    store.say("front-door", LinkJudged(verdict="unsure", why="The names agree."), about=both)
    assert rows(decided) == {}
    store.say("front-door", LinkJudged(verdict="same", why="One school."), about=both)
    assert rows(decided) == OWED


def test_so_does_sexual_harm_that_an_assessment_finds(store: Store) -> None:
    made = store.report(child=YOUNG, concern="criminal_exploitation")
    decided = store.decide(made, concern="criminal_exploitation").entry
    assert rows(decided) == {}
    assessed = store.say("social-worker", sexual(), decided).entry
    assert (rows(decided), assessed.saying.fact.coded()["sexual_harm"]) == (OWED, "yes")
    conference_only(store, made)


def test_what_is_learnt_bit_by_bit_counts_together(store: Store) -> None:
    made = store.report(child=UNKNOWN, concern="criminal_exploitation")
    decided = store.decide(made, concern="criminal_exploitation").entry
    store.say("social-worker", sexual(), decided)
    assert rows(decided) == {}
    store.say("teacher", born(YOUNG["born"]), made)
    assert rows(decided) == OWED


def test_what_waits_for_a_second_person_counts_once_they_agree(store: Store) -> None:
    made = store.report(child=YOUNG, concern="criminal_exploitation")
    decided = store.decide(made, concern="criminal_exploitation").entry
    store.say("social-worker", ExploitationAssessed(level="serious", **ASSESSED), decided)
    waits = store.say("social-worker", sexual(level="emerging"), decided, lowering=GOOD).entry
    assert (waits.proposed, rows(decided)) == (True, {})
    store.say("signer", Seconded(why="I agree."), waits)
    assert rows(decided) == OWED


@pytest.mark.parametrize("day", ["2013-10-05", "2012-01-03"])
def test_a_child_of_13_or_older_is_protected_by_other_rules(store: Store, day: str) -> None:
    made = store.report(child=UNKNOWN)
    decided = store.decide(made).entry
    store.say("teacher", born(day), made)
    store.say("social-worker", sexual(), decided)
    assert rows(decided) == {}


def test_it_is_owed_once_however_often_it_is_said(store: Store) -> None:
    made = store.report(child=UNKNOWN)
    first, newest = store.decide(made).entry, store.decide(made, outcome="strategy_discussion").entry
    store.say("teacher", born(YOUNG["born"]), made)
    store.say("social-worker", sexual(), newest)
    store.say("social-worker", sexual(), newest)
    assert (rows(first), rows(newest)) == ({}, OWED)
    assert Owed.objects.filter(rule__in=RULES).count() == 2
