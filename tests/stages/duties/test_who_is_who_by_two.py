"""To say that two mentions are two children after all takes two, where less would be weighed for one of them then."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest

from onrecord.case.facts import AttendanceChecked, ConferenceHeld, SafeContactSet
from onrecord.duties.actions import NeedsReason, Unanswerable
from onrecord.duties.facts import DisagreementSettled, LoweringTookEffect
from onrecord.ledger.actions import append, rebuild
from onrecord.ledger.facts import CountsAgain, Declined, Entry, SetAside, mention_of
from onrecord.ledger.gateway.clock import now, playing
from onrecord.ledger.rules.machine import machine_saying
from onrecord.linkage.facts import ChildRegistered, LinkJudged
from onrecord.linkage.queries import cluster
from tests.partnership import REPORT, START, Store
from tests.stages.duties.test_challenging_a_lowering import kinds_of
from tests.stages.duties.test_disagreeing import raise_it
from tests.stages.duties.test_lowering import AGREED, GOOD, assessed, needs_reason

APART = {"reason": "wrong_person", "words": "They are cousins of the same name."}
A_YEAR = timedelta(days=370)
HOME = {"concern": "harm_at_home"}


def pair(one: Entry, other: Entry) -> dict[str, object]:
    return {"about": [mention_of(made.id, "child") for made in (one, other)]}


def judge(store: Store, verdict: str, one: Entry, other: Entry, **more: object) -> Entry:
    said = LinkJudged(verdict=verdict, why="Compared.")
    return store.say("social-worker", said, **pair(one, other), **more).entry  # type: ignore[arg-type]


def are_one(one: Entry, other: Entry) -> bool:
    return mention_of(other.id, "child") in cluster(mention_of(one.id, "child"))


def reports(store: Store, **changed: object) -> tuple[Entry, Entry]:
    """A report, and another more than a year later: by itself, neither is a repeat."""
    one = store.report(**changed)
    with playing(START + A_YEAR):
        return one, store.report(by="nurse", **HOME)


def level(store: Store, one: Entry) -> None:
    fact = assessed("serious").model_copy(update={"review_on": (now() + timedelta(days=60)).date()})
    store.say("social-worker", fact, one)


def gate(store: Store, one: Entry) -> None:
    """The first report says sexual exploitation."""


def warning(store: Store, one: Entry) -> None:
    contact = SafeContactSet(who="The child", how="school", must_not_know=("Mr Quill",), judged="child")
    store.say("social-worker", contact, one, about=[mention_of(one.id, "child")])


def ending(store: Store, one: Entry) -> None:
    store.decide(one, outcome="no_further_action", **HOME)


WEIGHED: dict[str, tuple[Callable[[Store, Entry], None], dict[str, str], str]] = {
    "a level": (level, HOME, "how serious"),
    "the gate": (gate, {}, "may be exploitation"),
    "a warning": (warning, HOME, "keeps somebody safe"),
    "who ended the last": (ending, HOME, "who ended"),
}


@pytest.mark.parametrize("verdict", ["different", "unsure"])
@pytest.mark.parametrize("what", WEIGHED)
def test_what_was_weighed_for_both_is_not_taken_from_one_alone(what: str, verdict: str, store: Store) -> None:
    before, changed, words = WEIGHED[what]
    one, other = reports(store, **changed)
    with playing(START + A_YEAR):
        before(store, one)
        judge(store, "same", one, other)
        with pytest.raises(NeedsReason, match=words):
            judge(store, verdict, one, other)
        said = judge(store, verdict, one, other, lowering=APART)
        found = [said.proposed, are_one(one, other)]
        store.say("signer", AGREED, said)
        assert [*found, are_one(one, other)] == [True, True, False]
        assert set(rebuild(check=True).values()) == {True}


def test_a_repeat_within_a_year_does_not_become_a_first_report(store: Store) -> None:
    one, other = store.report(), store.report(by="nurse")
    judge(store, "same", one, other)
    with pytest.raises(NeedsReason, match="looked at by itself"):
        judge(store, "different", one, other)


def test_while_it_is_only_proposed_everything_is_weighed_as_before(store: Store) -> None:
    one, other = store.report(), store.report(by="nurse")
    store.say("social-worker", assessed("serious"), one)
    judge(store, "same", one, other)
    judge(store, "different", one, other, lowering=APART)
    assert needs_reason(store, "social-worker", assessed("none"), other) == {"level"}


def test_declined_they_stay_one(store: Store) -> None:
    one, other = store.report(), store.report(by="nurse")
    judge(store, "same", one, other)
    store.say("signer", Declined(answer="disagree", why="No."), judge(store, "different", one, other, lowering=APART))
    assert are_one(one, other)
    assert set(rebuild(check=True).values()) == {True}


def test_challenged_they_are_one_again_until_that_has_ended(store: Store) -> None:
    one, other = store.report(), store.report(by="nurse")
    judge(store, "same", one, other)
    said = judge(store, "different", one, other, lowering=APART)
    store.say("signer", AGREED, said)
    found = [are_one(one, other)]
    raised = raise_it(store, said, "social-worker", whose="worker", level="practitioner")
    found.append(are_one(one, other))
    assert set(rebuild(check=True).values()) == {True}
    store.say("social-worker", DisagreementSettled(), raised)
    assert [*found, are_one(one, other)] == [False, True, False]
    assert kinds_of(LoweringTookEffect, SetAside, CountsAgain) == [
        LoweringTookEffect.kind,
        SetAside.kind,
        CountsAgain.kind,
    ]
    assert set(rebuild(check=True).values()) == {True}


def test_where_neither_leans_on_the_other_one_person_takes_it_back(store: Store) -> None:
    row = {"child": REPORT["child"], "source": "Northbrook", "known_since": "2026-09-01", "need": "N1"}
    listed = append([machine_saying(ChildRegistered.heard(row), now(), uid=uuid4())])[0]
    made = store.report(**HOME)
    judge(store, "same", made, listed)
    assert not judge(store, "different", made, listed).proposed
    assert not are_one(made, listed)


def test_to_join_two_takes_one(store: Store) -> None:
    one, other = store.report(), store.report(by="nurse")
    assert not judge(store, "different", one, other).proposed
    assert not judge(store, "same", one, other).proposed
    assert are_one(one, other)


def test_a_link_further_on_is_not_broken_alone_either(store: Store) -> None:
    one, other, third = store.report(), store.report(by="nurse"), store.report(by="officer")
    store.say("social-worker", assessed("serious"), one)
    judge(store, "same", one, other)
    judge(store, "same", other, third)
    with pytest.raises(NeedsReason, match="how serious"):
        judge(store, "different", one, third)


YOUNG = {"given_name": "Wren", "family_name": "Ashdown", "born": "2014-05-02"}


def test_a_conference_held_for_another_child_frees_nobody_by_one_link(store: Store) -> None:
    young = store.report(child=YOUNG)
    store.decide(young)
    other = store.report(by="nurse", child=YOUNG | {"given_name": "Wrenna"})
    decided = store.decide(other, outcome="strategy_discussion").entry
    fact = ConferenceHeld(present=("childrens_social_care", "police", "health"), outcome="no_plan")
    store.say("officer", AttendanceChecked(right="yes"), store.say("team-manager", fact, decided).entry)
    with pytest.raises(NeedsReason, match="child protection conference"):
        judge(store, "same", young, other)
    with pytest.raises(Unanswerable, match="child protection conference"):
        store.decide(young, lowering=GOOD, outcome="no_further_action")


def test_two_who_agree_put_a_wrong_link_right_without_a_conference(store: Store) -> None:
    young, other = store.report(child=YOUNG), store.report(by="nurse")
    store.decide(young)
    judge(store, "same", young, other)
    store.say("signer", AGREED, judge(store, "different", young, other, lowering=APART))
    assert not are_one(young, other)
