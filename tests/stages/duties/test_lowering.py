"""Whatever would lower something, by whatever route, needs a reason and a second person from another agency."""

import json
import re
from contextlib import suppress
from datetime import timedelta
from uuid import uuid4

import pytest

from onrecord.access.rules import Denied
from onrecord.case.facts import ChildReturned, ExploitationAssessed
from onrecord.duties.actions import NeedsReason, ReasonRefused, Recorded, Unanswerable, adopt, record
from onrecord.duties.queries import rulebook_in_force
from onrecord.intake.models import Report
from onrecord.ledger.facts import Corrected, Declined, Entry, Seconded, When, mention_of
from onrecord.ledger.facts.entry import REFUSED_BECAUSE, REFUSED_REASONS
from onrecord.ledger.facts.wrong import Refused
from onrecord.ledger.gateway.clock import now, playing
from onrecord.ledger.models import Envelope
from onrecord.ledger.queries import entry, size
from onrecord.linkage.facts import LinkJudged
from onrecord.rulebook.facts import Rulebook
from onrecord.rulebook.gateway import read, shipped
from onrecord.rulebook.gateway.frozen import sealed
from tests.partnership import ASSESSED, REPORT, START, Store

GOOD = {"reason": "new_information", "words": "A second visit showed less."}
AGREED = Seconded(why="I read it and agree.")
REFUSAL = Declined(answer="disagree", why="Not on this evidence.")
TOLD = ASSESSED


def assessed(level: str) -> ExploitationAssessed:
    return ExploitationAssessed(level=level, **TOLD)


def corrected(field: str, value: object) -> Corrected:
    return Corrected(field=field, value=json.dumps(value), why="It was written down wrong.")


def child_of(report: Entry) -> dict[str, object]:
    return {"about": [mention_of(report.id, "child")]}


def needs_reason(store: Store, by: str, fact: object, *regarding: Entry, **more: object) -> set[str]:
    """What it would lower, when it is refused for want of a reason; and nothing was recorded."""
    before = size()
    with pytest.raises(NeedsReason) as refusal:
        store.say(by, fact, *regarding, **more)
    assert size() == before
    return {made.what for made in refusal.value.lowers}


def test_no_further_action_needs_a_reason(store: Store) -> None:
    made = store.report()
    with pytest.raises(NeedsReason, match="not be counted"):
        store.decide(made, outcome="no_further_action")


def test_with_a_reason_it_is_only_proposed(store: Store) -> None:
    made = store.report()
    said = store.decide(made, lowering=GOOD, outcome="no_further_action")
    row = Report.objects.get(uid=made.id)
    assert (said.entry.proposed, row.outcome, row.proposed) == (True, "", "no_further_action")


def test_it_takes_effect_with_the_second_signature(store: Store) -> None:
    made = store.report()
    said = store.decide(made, lowering=GOOD, outcome="no_further_action")
    with playing(START + timedelta(hours=5)):
        store.say("signer", AGREED, said.entry)
    row = Report.objects.get(uid=made.id)
    assert (row.outcome, row.decided_at, row.proposed) == ("no_further_action", START + timedelta(hours=5), "")


@pytest.mark.parametrize("by", ["front-door", "team-manager", "director"])
def test_nobody_of_the_same_agency_can_sign(by: str, store: Store) -> None:
    said = store.decide(store.report(), lowering=GOOD, outcome="no_further_action")
    with pytest.raises(Denied, match="another agency"):
        store.say(by, AGREED, said.entry)


def test_a_refused_proposal_stays_refused(store: Store) -> None:
    made = store.report()
    said = store.decide(made, lowering=GOOD, outcome="no_further_action")
    store.say("signer", REFUSAL, said.entry)
    with suppress(Unanswerable):
        store.say("officer", AGREED, said.entry)
    row = Report.objects.get(uid=made.id)
    assert (row.outcome, row.decided_at) == ("", None)


def test_a_lower_level_needs_a_reason(store: Store) -> None:
    made = store.report()
    store.say("social-worker", assessed("serious"), made, **child_of(made))
    assert needs_reason(store, "social-worker", assessed("moderate"), made, **child_of(made)) == {"level"}


def test_leaving_the_child_out_hides_nothing(store: Store) -> None:
    made = store.report()
    store.say("social-worker", assessed("serious"), made)
    assert needs_reason(store, "social-worker", assessed("none"), made) == {"level"}
    assert needs_reason(store, "social-worker", assessed("none"), made, about=[uuid4()]) == {"level"}


def test_another_report_on_the_same_child_hides_nothing(store: Store) -> None:
    one, other = store.report(), store.report(by="nurse")
    pair = [mention_of(made.id, "child") for made in (one, other)]
    store.say("social-worker", assessed("serious"), one)
    assert store.say("social-worker", assessed("none"), other).lowers == ()
    store.say("social-worker", LinkJudged(verdict="same", why="Same birth date and name."), about=pair)
    third = store.report(by="officer")
    pair = [mention_of(made.id, "child") for made in (one, third)]
    store.say("social-worker", LinkJudged(verdict="same", why="Same birth date and name."), about=pair)
    assert needs_reason(store, "social-worker", assessed("emerging"), third) == {"level"}


def test_raising_needs_nobody(store: Store) -> None:
    made, levels = store.report(), ("none", "emerging", "moderate", "serious", "serious")
    said = [store.say("social-worker", assessed(level), made, **child_of(made)) for level in levels]
    assert [(one.lowers, one.entry.proposed) for one in said] == [((), False)] * 5


def test_a_correction_that_lowers_a_level_needs_a_reason(store: Store) -> None:
    made = store.report()
    level = store.say("social-worker", assessed("serious"), made).entry
    assert needs_reason(store, "social-worker", corrected("level", "none"), level) == {"level"}


def test_a_correction_by_which_a_duty_would_vanish_needs_a_reason(store: Store) -> None:
    decision = store.decide(store.report()).entry
    assert needs_reason(store, "front-door", corrected("concern", "harm_at_home"), decision) == {"duty"}


def test_a_correction_by_which_a_duty_would_be_due_later_needs_a_reason(store: Store) -> None:
    since = When.at(START - timedelta(days=2))
    fact = ChildReturned.heard({"child": REPORT["child"], "missing_since": since.model_dump()})
    back = store.say("officer", fact, happened=When.at(START - timedelta(hours=9))).entry
    later, earlier = (When.at(START - timedelta(hours=hours)).model_dump(mode="json") for hours in (1, 20))
    assert needs_reason(store, "officer", corrected("happened", later), back) == {"due"}
    assert store.say("officer", corrected("happened", earlier), back).lowers == ()


def test_a_correction_counts_from_its_second_signature(store: Store) -> None:
    made = store.report()
    decision = store.decide(made).entry
    fix = store.say("front-door", corrected("outcome", "no_further_action"), decision, lowering=GOOD)
    outcomes = [Report.objects.get(uid=made.id).outcome]
    store.say("signer", AGREED, fix.entry)
    assert [*outcomes, Report.objects.get(uid=made.id).outcome] == ["assess", "no_further_action"]


@pytest.mark.parametrize("reason", list(REFUSED_REASONS.words))
def test_what_is_never_a_reason_is_refused_and_recorded(reason: str, store: Store) -> None:
    made = store.report()
    with pytest.raises(ReasonRefused, match=re.escape(REFUSED_BECAUSE[reason])):
        store.decide(made, lowering={"reason": reason, "words": "Because."}, outcome="no_further_action")
    noted = Envelope.objects.filter(kind="duties.lowering_refused").get()
    assert (noted.coded["reason"], noted.coded["attempted"]) == (reason, "intake.decision_made")
    assert entry(noted.uid).saying.on_behalf == "front-door"
    assert entry(noted.uid).saying.fact.because == REFUSED_BECAUSE[reason]
    assert Envelope.objects.filter(kind="intake.decision_made").count() == 0


@pytest.mark.parametrize("why", [{"reason": "because", "words": "x"}, {"reason": "duplicate", "words": "  "}])
def test_a_reason_is_from_the_list_and_in_words(why: dict[str, str], store: Store) -> None:
    with pytest.raises(Refused):
        store.decide(store.report(), lowering=why, outcome="no_further_action")


def test_sent_again_later_it_is_the_same_proposal(store: Store) -> None:
    made, uid = store.report(), uuid4()

    def send() -> Recorded:
        decision = store.viewer("front-door")
        fact = assessed("serious")
        return record(decision, fact, uid=uid, now=now(), regarding=[made.id])

    first = send()
    with playing(START + timedelta(minutes=3)):
        assert send().entry == first.entry


def edition(days: int) -> Rulebook:
    """The shipped edition with another limit on deciding, in working days."""
    made = read(shipped())
    rules = []
    for rule in made.rules:
        if rule.id == "decide-next-step":
            term = rule.within[0].term.model_copy(update={"working_days": days})
            rule = rule.model_copy(update={"within": (rule.within[0].model_copy(update={"term": term}),)})
        rules.append(rule)
    return sealed(tuple(rules), made.calendar)


def test_an_edition_with_a_longer_limit_is_only_proposed(store: Store) -> None:
    before, longer = rulebook_in_force(START), edition(5)
    made = adopt(longer, "More time.", START, store.viewer("director"))
    found = [made.proposed, rulebook_in_force(START).digest == before.digest]
    store.say("scrutineer", AGREED, made)
    assert [*found, rulebook_in_force(now()).digest == longer.digest] == [True, True, True]


def test_an_edition_that_was_refused_never_comes_into_force(store: Store) -> None:
    before = rulebook_in_force(START).digest
    made = adopt(edition(5), "More time.", START, store.viewer("director"))
    store.say("scrutineer", REFUSAL, made)
    with suppress(Unanswerable):
        store.say("officer", AGREED, made)
    assert rulebook_in_force(now()).digest == before


def test_an_edition_that_changes_nothing_that_lowers_needs_nobody(store: Store) -> None:
    made = adopt(read(shipped()), "Adopted again.", START, store.viewer("director"))
    assert made.proposed is False


def test_only_a_director_or_the_partnerships_manager_proposes_an_edition(store: Store) -> None:
    with pytest.raises(Denied):
        adopt(edition(5), "More time.", START, store.viewer("front-door"))


@pytest.mark.parametrize(
    ("field", "before", "after", "lowers"),
    [
        ("danger_now", "yes", "no", True),
        ("danger_now", "no", "yes", False),
        ("positions", "yes", "unknown", True),
        ("positions", "unknown", "yes", False),
        ("must_not_know", "Her uncle, who drives the car.", "Nobody.", True),
    ],
)
def test_a_warning_is_not_taken_back_by_one(field: str, before: str, after: str, lowers: bool, store: Store) -> None:
    made = store.report(**{field: before})
    if not lowers:
        assert store.say("teacher", corrected(field, after), made).lowers == ()
        return
    assert needs_reason(store, "teacher", corrected(field, after), made) == {"warned"}
    said = store.say("teacher", corrected(field, after), made, lowering=GOOD)
    assert said.entry.proposed


def test_every_refused_reason_says_why() -> None:
    assert REFUSED_BECAUSE.keys() == REFUSED_REASONS.words.keys()
    assert len(set(REFUSED_BECAUSE.values())) == len(REFUSED_REASONS.words)
