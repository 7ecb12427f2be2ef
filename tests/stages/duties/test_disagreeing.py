"""Disagreement climbs by itself, is answered by somebody who did not decide, and ends by whoever raised it."""

from typing import Any

import pytest

from onrecord.access.rules import Denied
from onrecord.duties.facts import DisagreementContinued, DisagreementRaised, DisagreementSettled, StageAnswered
from onrecord.duties.models import Owed
from onrecord.duties.queries.challenge import disputed_now, ended_outside, one_raised, raised_by
from onrecord.ledger.actions import rebuild
from onrecord.ledger.facts import Entry
from onrecord.ledger.facts.wrong import Refused
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.queries import threads
from tests.partnership import Store

DISAGREES = {
    "whose": "reporter",
    "different": "She is seen this week.",
    "why": "The marmalade-coloured car came again.",
    "level": "front_door",
    "decided_by": "childrens_social_care",
}


def raise_it(store: Store, made: Entry, by: str = "teacher", **changed: Any) -> Entry:
    """Disagree with an entry."""
    return store.say(by, DisagreementRaised.heard(DISAGREES | changed), made).entry


def answer(store: Store, by: str, to: Entry, stage: str, outcome: str = "not_agreed") -> Entry:
    """Answer at a stage."""
    said = {"stage": stage, "outcome": outcome, "spoke": "yes", "words": "We spoke on Tuesday."}
    return store.say(by, StageAnswered.heard(said), to).entry


def owed() -> set[tuple[str, str, str]]:
    """The stages that wait for an answer: rule, role and agency."""
    rows = Owed.objects.filter(rule__startswith="disagreement", state="open")
    return set(rows.values_list("rule", "role", "agency"))


def test_every_stage_is_owed_by_the_next_seat_up_and_the_last_by_somebody_outside(store: Store) -> None:
    reported = store.report()
    store.decide(reported)
    last = raise_it(store, reported)
    assert owed() == {("disagreement-stage-1-front-door", "front_door", "social-care")}
    seats = {
        "team-manager": ("first", "disagreement-stage-2", "team_manager", "social-care"),
        "head": ("second", "disagreement-stage-3", "head_of_service", "social-care"),
        "director": ("third", "disagreement-stage-4", "director", "social-care"),
        "scrutineer": ("fourth", "disagreement-stage-5", "scrutineer", "outside"),
    }
    for by, (seat, (stage, *waits)) in zip(["front-door", *seats], seats.items(), strict=False):
        last = answer(store, by, last, stage)
        assert (seat, owed()) == (seat, {tuple(waits)})
    answer(store, "scrutineer", last, "outside", "changed")
    assert (owed(), ended_outside(now())) == (set(), 1)
    assert set(rebuild(check=True).values()) == {True}


def test_what_is_disputed_shows_it_until_it_is_over(store: Store) -> None:
    reported = store.report()
    store.decide(reported)
    made = raise_it(store, reported)
    assert disputed_now([reported.id], now()) == {reported.id: made.recorded_at}
    store.say("teacher", DisagreementSettled(), made)
    assert (disputed_now([reported.id], now()), owed()) == ({}, set())


@pytest.mark.parametrize("by", ["front-door", "team-manager", "nurse", "scrutineer"])
def test_nobody_settles_it_for_them(store: Store, by: str) -> None:
    reported = store.report()
    made = raise_it(store, reported)
    with pytest.raises(Denied, match="Nobody can for them"):
        store.say(by, DisagreementSettled(), made)
    assert len(owed()) == 1


def test_an_agreement_of_which_they_know_nothing_goes_outside(store: Store) -> None:
    reported = store.report()
    made = raise_it(store, reported)
    agreed = answer(store, "front-door", made, "first", "agreed")
    assert owed() == set()
    store.say("teacher", DisagreementContinued(why="Nobody spoke with me."), made, agreed)
    assert owed() == {("disagreement-not-settled", "scrutineer", "outside")}


def test_whoever_decided_answers_the_first_stage_and_no_later_one(store: Store) -> None:
    reported = store.report()
    decision = store.decide(reported).entry
    made = raise_it(store, decision)
    talked = answer(store, "front-door", made, "first")
    with pytest.raises(Denied, match="Somebody else answers"):
        answer(store, "front-door", talked, "second")
    answer(store, "team-manager", talked, "second", "changed")


def test_a_stage_is_neither_skipped_nor_answered_by_whoever_disagrees(store: Store) -> None:
    made = raise_it(store, store.report())
    with pytest.raises(Refused, match="not the stage"):
        answer(store, "team-manager", made, "third")
    with pytest.raises(Denied):
        answer(store, "teacher", made, "first", "agreed")


def test_only_who_has_to_do_with_it_disagrees_and_it_goes_to_who_decided(store: Store) -> None:
    reported = store.report()
    with pytest.raises(Denied, match="You can disagree with"):
        raise_it(store, reported, "nurse", whose="worker")
    with pytest.raises(Refused, match="This was decided by"):
        raise_it(store, reported, decided_by="police")
    raise_it(store, reported, "social-worker", whose="child")


def test_a_childs_disagreement_is_settled_by_those_who_heard_her_and_never_by_who_decided(store: Store) -> None:
    reported = store.report()
    decision = store.decide(reported).entry
    made = raise_it(store, decision, "social-worker", whose="child")
    for colleague in ("front-door", "team-manager"):
        with pytest.raises(Denied, match="Nobody can for them"):
            store.say(colleague, DisagreementSettled(), made)
    store.say("social-worker", DisagreementSettled(), made)
    assert owed() == set()


@pytest.mark.parametrize("whose", ["child", "parent", "trusted_adult"])
def test_nor_by_whoever_heard_her_and_decided_it(whose: str, store: Store) -> None:
    reported = store.report("nurse")
    made = raise_it(store, store.decide(reported).entry, "front-door", whose=whose)
    for by in ("front-door", "team-manager", "officer"):
        with pytest.raises(Denied, match="another agency"):
            store.say(by, DisagreementSettled(), made)
    store.say("front-door", DisagreementContinued(why="She still wants it."), made)
    store.say("nurse", DisagreementSettled(), made)
    assert {rule for rule, *_ in owed()} <= {"disagreement-not-settled"}


def test_of_a_sealed_report_nobody_who_works_there_learns_that_somebody_disagrees(store: Store) -> None:
    reported = store.report(words="Asha Verne, who takes the calls, told her to be quiet.")
    made = raise_it(store, reported)
    assert owed() == {("disagreement-stage-1-front-door", "designated_officer", "social-care")}
    found = one_raised(made.id, threads([made.id]), now())
    assert found
    answered = answer(store, "designated", made, "first")
    (seen,) = raised_by(store.viewer("teacher"), now())
    assert [(one.uid, one.by) for one in seen.answers] == [(answered.id, "")]
    with pytest.raises(Exception, match="There is no entry"):
        answer(store, "team-manager", answered, "second")
