"""A stage or a request is answered by the seat that owes it, by one above it, or by whoever stands in for that seat."""

from datetime import timedelta

import pytest

from onrecord.access.actions import take_up_role
from onrecord.access.facts import AbsenceNoted
from onrecord.access.rules import Denied
from onrecord.duties.actions import Unanswerable
from onrecord.duties.facts import DutyReassigned, RequestAnswered, RequestMade
from onrecord.duties.models import Owed
from onrecord.ledger.facts import Entry
from onrecord.ledger.gateway.clock import now, playing
from tests.partnership import START, Store
from tests.stages.duties.test_disagreeing import answer, raise_it

YES = RequestAnswered(outcome="given", words="From next month on.")


def asked(store: Store) -> Entry:
    said = {"wanted": "people", "what": "Two more.", "group": "The group", "by_day": "2026-10-08"}
    return store.say("social-worker", RequestMade.heard(said)).entry


def row(opening: Entry) -> Owed:
    return Owed.objects.get(opening=opening.id)


@pytest.mark.parametrize("by", ["social-worker", "designated", "teacher", "scrutineer"])
def test_no_other_seat_answers_a_stage(by: str, store: Store) -> None:
    raised = raise_it(store, store.report(by="nurse"), "nurse")
    with pytest.raises(Denied, match=r"answers a duty of another agency|those who owe it"):
        answer(store, by, raised, "first", "agreed")
    assert row(raised).state == "open"


@pytest.mark.parametrize("by", ["front-door", "team-manager", "head", "director"])
def test_the_seat_that_owes_it_and_those_above_it_answer_a_stage(by: str, store: Store) -> None:
    raised = raise_it(store, store.report())
    answer(store, by, raised, "first", "agreed")
    assert row(raised).state == "met"


def test_nobody_below_answers_a_later_stage(store: Store) -> None:
    raised = raise_it(store, store.report())
    talked = answer(store, "front-door", raised, "first")
    take_up_role("second-door", "Una Marsh", "front_door", "social-care", START.date(), START)
    with pytest.raises(Denied, match=r"those who owe it \(team manager\)"):
        answer(store, "second-door", talked, "second", "agreed")
    answer(store, "head", talked, "second", "changed")
    assert row(talked).state == "met"


def test_what_was_answered_is_answered_by_nobody_again(store: Store) -> None:
    made = asked(store)
    store.say("team-manager", YES, made)
    with pytest.raises(Unanswerable, match="It was answered"):
        store.say("head", RequestAnswered(outcome="refused", words="After all not."), made)


def test_a_colleague_does_not_answer_a_request_to_the_manager(store: Store) -> None:
    made = asked(store)
    with pytest.raises(Denied, match=r"those who owe it \(team manager\)"):
        store.say("front-door", YES, made)
    store.say("team-manager", YES, made)
    assert row(made).state == "met"


def test_whoever_it_was_handed_to_answers_it(store: Store) -> None:
    made, key = asked(store), ""
    take_up_role("other-manager", "Una Marsh", "team_manager", "social-care", START.date(), START)
    key = str(row(made).key)
    store.say("team-manager", DutyReassigned(duty=key, holder="other-manager", why="Una knows them."), made)
    store.say("other-manager", YES, made)
    assert row(made).state == "met"


def test_whoever_covers_the_manager_who_is_away_answers_it(store: Store) -> None:
    made, today = asked(store), now().date()
    with pytest.raises(Denied):
        store.say("front-door", YES, made)
    away = AbsenceNoted(user="team-manager", first=today, last=today + timedelta(days=3), cover="front-door")
    store.say("head", away)
    store.say("front-door", YES, made)
    assert row(made).state == "met"


def test_outside_answers_once_it_has_come_there(store: Store) -> None:
    raised = raise_it(store, store.report())
    with pytest.raises(Denied):
        answer(store, "scrutineer", raised, "first", "agreed")
    Owed.objects.filter(opening=raised.id).update(rung=5)
    with playing(START + timedelta(days=60)):
        answer(store, "scrutineer", raised, "first", "agreed")
    assert row(raised).state == "met_late"
