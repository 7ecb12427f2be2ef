"""What a meeting decided is the meeting's word, a dissent that of whoever dissents: nobody changes them alone."""

import json
from typing import Any

import pytest

from onrecord.access.models import Role
from onrecord.access.rules import Denied
from onrecord.case.facts import (
    ActionAgreed,
    ChildDiscussed,
    DecisionsCirculated,
    DissentRecorded,
    MeetingHeld,
    MinutesRecorded,
    SafeContactSet,
    StrategyDiscussionHeld,
)
from onrecord.duties.facts import DisagreementRaised
from onrecord.ledger.actions import rebuild
from onrecord.ledger.facts import Corrected, Entry, Fact, Seconded
from onrecord.ledger.facts.wrong import Refused
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.queries import corrected
from onrecord.notices.queries import to
from tests.partnership import Store
from tests.stages.duties.test_lowering import GOOD, needs_reason

AGREED = Seconded(why="So it was.")
HELD = {
    "sort": "exploitation_panel",
    "group": "Panel",
    "came": ["childrens_social_care", "police"],
    "present": ["Grace Tarn"],
    "trusted_adult": "none_named",
}
DISSENT = {"who": "Ines Fallow", "agency": "health", "speaks": "agency", "decision": "To end it.", "why": "Too soon."}
DECIDED: dict[str, tuple[Fact, str, Any]] = {
    "of a child": (ChildDiscussed(decided="She stays on the list."), "decided", "She leaves the list."),
    "sent round": (DecisionsCirculated(decisions="She stays on the list."), "decisions", "She leaves the list."),
    "an action": (
        ActionAgreed.heard({"what": "Ring her.", "owner": "police", "by_day": "2026-11-02"}),
        "what",
        "Wait.",
    ),
    "the minutes": (MinutesRecorded(minutes="Two plates."), "minutes", "No plates."),
    "dissent in them": (MinutesRecorded(minutes="Two plates.", dissent="Police."), "dissent", "Nobody."),
}
every_word = pytest.mark.parametrize("name", DECIDED)


def fix(field: str, value: Any) -> Corrected:
    return Corrected(field=field, value=json.dumps(value), why="It was put wrongly.")


def stands(made: Entry) -> Fact:
    """What an entry says now."""
    return corrected([made], now())[made.id].entry.saying.fact


def decided(store: Store, name: str) -> tuple[Entry, Entry]:
    """What a meeting of social care and police decided, as its chair wrote it down, and the same put otherwise."""
    fact, field, value = DECIDED[name]
    held = store.say("chair", MeetingHeld.heard(HELD), about=list(store.report().mentions)).entry
    made = store.say("chair", fact, held).entry
    return made, store.say("chair", fix(field, value), made).entry


def contact(store: Store, by: str = "social-worker") -> Entry:
    said = {"who": "Her teacher", "how": "school", "judged": "worker", "must_not_know": ["Gareth Sloane"]}
    return store.say(by, SafeContactSet.heard(said), store.decide(store.report()).entry).entry


def dissent(store: Store, by: str = "chair", **changed: Any) -> Entry:
    held = store.say("chair", MeetingHeld.heard(HELD), about=list(store.report().mentions)).entry
    return store.say(by, DissentRecorded.heard(DISSENT | changed), held).entry


@every_word
def test_the_chair_puts_nothing_otherwise_alone_that_was_decided(name: str, store: Store) -> None:
    made, waits = decided(store, name)
    assert (waits.proposed, waits.saying.fact.met, stands(made)) == (True, ("social-care", "police"), made.saying.fact)


@every_word
def test_it_counts_when_somebody_of_another_agency_agrees_that_came(name: str, store: Store) -> None:
    _, field, value = DECIDED[name]
    made, waits = decided(store, name)
    for nobody in ("nurse", "signer", "teacher"):
        with pytest.raises(Denied):
            store.say(nobody, AGREED, waits)
    store.say("officer", AGREED, waits)
    assert getattr(stands(made), field) == value
    assert set(rebuild(check=True).values()) == {True}


def test_those_who_came_are_told_and_nobody_else(store: Store) -> None:
    decided(store, "of a child")
    told = {user for user in ("team-manager", "officer", "nurse", "teacher", "chair") if to(user)}
    assert told == {"team-manager", "officer"}
    assert "at a meeting to which your agency came" in to("officer")[0].line


def test_somebody_outside_agrees_too_and_no_other_meeting(store: Store) -> None:
    made, waits = decided(store, "of a child")
    met = {"came": ["childrens_social_care", "health", "police"]}
    held = store.say("chair", MeetingHeld.heard(HELD | met), about=list(made.mentions)).entry
    with pytest.raises(Denied):
        store.say("chair", Seconded(why="We agree.", meeting=str(held.id)), waits)
    store.say("scrutineer", AGREED, waits)
    assert stands(made).decided == "She leaves the list."


def test_why_a_discussion_decided_it_is_its_word_too(store: Store) -> None:
    fact = {
        "present": ["childrens_social_care", "police", "health"],
        "outcome": "enquiry_together",
        "why": "Two plates.",
    }
    held = store.say("team-manager", StrategyDiscussionHeld.heard(fact), store.decide(store.report()).entry).entry
    waits = store.say("team-manager", fix("why", "No plates."), held).entry
    assert (waits.proposed, waits.saying.fact.met) == (True, ("police", "health"))
    store.say("nurse", AGREED, waits)
    assert stands(held).why == "No plates."


@pytest.mark.parametrize(
    ("field", "value"), [("why", "No reason."), ("decision", "Nothing."), ("who", "Grace Tarn"), ("speaks", "child")]
)
def test_a_dissent_is_put_otherwise_by_whoever_dissents(field: str, value: str, store: Store) -> None:
    made = dissent(store)
    waits = store.say("chair", fix(field, value), made).entry
    assert (waits.proposed, waits.saying.fact.author, stands(made)) == (True, "nurse", made.saying.fact)
    for nobody in ("signer", "officer", "head"):
        with pytest.raises(Denied):
            store.say(nobody, AGREED, waits)
    store.say("nurse", AGREED, waits)
    assert getattr(stands(made), field) == value


def test_ones_own_dissent_one_puts_right_alone(store: Store) -> None:
    made = dissent(store, by="nurse")
    assert store.say("nurse", fix("why", "Much too soon."), made).entry.proposed is False


def test_a_dissent_of_somebody_who_does_not_sign_in_takes_a_second_agency(store: Store) -> None:
    made = dissent(store, who="Wanda Marsh, youth worker", agency="youth_project", speaks="trusted_adult")
    waits = store.say("chair", fix("why", "No reason."), made).entry
    assert (waits.proposed, waits.saying.fact.author) == (True, None)


@pytest.mark.parametrize("field", ["must_not_know", "who"])
def test_who_must_not_know_is_put_otherwise_with_whoever_wrote_it_down(field: str, store: Store) -> None:
    made = contact(store)
    other = fix(field, ["Nobody"] if field == "must_not_know" else "Her aunt")
    assert needs_reason(store, "team-manager", other, made) == {"warned"}
    waits = store.say("team-manager", other, made, lowering=GOOD).entry
    assert waits.saying.fact.author == "social-worker"
    for nobody in ("signer", "officer", "head"):
        with pytest.raises(Denied):
            store.say(nobody, AGREED, waits)
    store.say("social-worker", AGREED, waits)
    assert stands(made) != made.saying.fact


def test_ones_own_takes_a_second_agency(store: Store) -> None:
    made = contact(store)
    waits = store.say("social-worker", fix("must_not_know", ["Nobody"]), made, lowering=GOOD).entry
    assert waits.saying.fact.author is None
    store.say("signer", AGREED, waits)
    assert stands(made) != made.saying.fact


def test_where_they_left_a_second_agency_agrees_and_their_manager_is_told(store: Store) -> None:
    made = contact(store)
    Role.objects.filter(user="social-worker").update(ended_seq=1)  # the only way here to leave without two signatures
    waits = store.say("head", fix("must_not_know", ["Nobody"]), made, lowering=GOOD).entry
    assert (waits.saying.fact.author, len(to("team-manager"))) == (None, 1)
    store.say("signer", AGREED, waits)
    assert stands(made) != made.saying.fact


@pytest.mark.parametrize(("whose", "alone"), [("child", False), ("parent", False), ("worker", True)])
def test_what_a_child_disagrees_with_is_not_put_otherwise_by_whoever_wrote_it_down(
    whose: str, alone: bool, store: Store
) -> None:
    said = {"whose": whose, "different": "It stays open.", "why": "I was not asked.", "level": "front_door"}
    raised = DisagreementRaised.heard(said | {"decided_by": "childrens_social_care"})
    made = store.say("social-worker", raised, store.report()).entry
    for field in ("different", "why"):
        assert store.say("social-worker", fix(field, "Nothing."), made).entry.proposed is not alone
    with pytest.raises(Refused, match="not put otherwise"):
        store.say("social-worker", fix("whose", "worker"), made)
