"""A meeting is called off by two where it may be about exploitation; only the sort that was called takes its place."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from onrecord.case.facts import MeetingCalled, MeetingCalledOff, MeetingHeld, MeetingPutOff
from onrecord.case.queries.meetings import meeting
from onrecord.duties.actions import ReasonRefused, Unanswerable, tick
from onrecord.duties.actions.file import LinesRefused, record_lines
from onrecord.duties.facts import BulkLoweringFound, LoweringRefused
from onrecord.duties.rules.lines import Asked, Lines
from onrecord.ledger.actions import rebuild
from onrecord.ledger.facts import Corrected, Declined, Entry, Seconded
from onrecord.ledger.facts.wrong import Refused
from onrecord.ledger.gateway.clock import now, playing
from onrecord.ledger.models import Envelope
from tests.partnership import START, Store
from tests.stages.duties.test_putting_off import FIRST, HELD, OFF, called, owed, put_off

CALLED_OFF = {"reason": "other_meeting", "why": "The core group decides it.", "instead": "The core group on Friday."}
NOBODY: dict[str, Any] = {"sort": "exploitation_panel", "group": "Panel", "on_day": "2026-10-08", "invited": ["police"]}


def off(store: Store, made: Entry, **changed: Any) -> Any:
    return store.say("social-worker", MeetingCalledOff.heard(CALLED_OFF | changed), made)


def panel(store: Store) -> Entry:
    """A panel on exploitation that is called about nobody."""
    return store.say("social-worker", MeetingCalled.heard(NOBODY)).entry


def test_inside_the_gate_it_waits_for_a_second_person(store: Store) -> None:
    made = called(store)
    said = off(store, made)
    assert ([lower.what for lower in said.lowers], owed(made)) == (["due"], [("open", FIRST)])
    assert said.entry.saying.lowering.words == "The core group decides it."
    store.say("signer", Seconded(why="It is doubled."), said.entry)
    assert owed(made) == [("met", FIRST)]
    found = meeting(store.viewer("social-worker"), made.id, now())
    assert found is not None
    assert (found.to_come, found.may_be_off) == (False, False)
    assert set(rebuild(check=True).values()) == {True}


@pytest.mark.parametrize(("way", "found"), [(off, [5]), (put_off, [])])
def test_many_children_whose_meetings_are_called_off_are_told_outside(way: Any, found: list[int], store: Store) -> None:
    for number in range(5):
        made = called(store, {"child": {"given_name": f"Nessa {number}", "family_name": "Loam"}})
        store.say("signer", Seconded(why="It is doubled."), way(store, made).entry)
    tick(now(), sign=False)
    assert [row.coded["children"] for row in Envelope.objects.filter(kind=BulkLoweringFound.kind)] == found


def test_not_agreed_it_is_still_owed_to_say_what_became_of_it(store: Store) -> None:
    made = called(store)
    store.say("signer", Declined(answer="disagree", why="It is needed."), off(store, made).entry)
    with playing(FIRST):
        assert owed(made) == [("late", FIRST)]


def test_outside_the_gate_it_takes_one_person(store: Store) -> None:
    made = called(store, {"concern": "harm_at_home"})
    assert off(store, made).lowers == ()
    assert owed(made) == [("met", FIRST)]


@pytest.mark.parametrize("kind", ["panel about nobody", "harm at home"])
@pytest.mark.parametrize("way", ["put off", "called off"])
def test_that_nobody_had_the_time_is_never_a_reason(kind: str, way: str, store: Store) -> None:
    made = panel(store) if kind == "panel about nobody" else called(store, {"concern": "harm_at_home"})
    with pytest.raises(ReasonRefused, match="never a reason"):
        (put_off if way == "put off" else off)(store, made, reason="capacity")
    assert (Envelope.objects.filter(kind=LoweringRefused.kind).count(), owed(made)) == (1, [("open", FIRST)])


def test_nor_in_a_file_and_the_attempt_is_on_record(store: Store) -> None:
    made = called(store, {"concern": "harm_at_home"})
    fact = MeetingPutOff.heard(OFF | {"reason": "capacity"})
    asked = Asked(1, UUID(int=7), fact, None, (), (made.id,), None, None)
    with pytest.raises(LinesRefused) as refused:
        record_lines(store.viewer("social-worker"), Lines(asked=[asked]), now())
    assert [fault.rule for fault in refused.value.faults] == ["never a reason to lower anything"]
    (noted,) = Envelope.objects.filter(kind=LoweringRefused.kind)
    assert (noted.coded["reason"], noted.coded["attempted"]) == ("capacity", MeetingPutOff.kind)


def test_a_panel_on_exploitation_about_nobody_is_put_off_and_called_off_by_two(store: Store) -> None:
    found = [[one.what for one in way(store, panel(store)).lowers] for way in (put_off, off)]
    assert found == [["due"], ["due"]]


def test_an_informal_group_about_nobody_takes_one_person(store: Store) -> None:
    said = NOBODY | {"sort": "informal"}
    made = store.say("social-worker", MeetingCalled.heard(said)).entry
    assert put_off(store, made).lowers == ()


def test_only_the_sort_that_was_called_ends_the_call(store: Store) -> None:
    made = called(store, sort="strategy_discussion")
    with pytest.raises(Refused, match="Another sort of meeting does not take its place"):
        store.say("social-worker", MeetingHeld.heard(HELD | {"sort": "informal"}), made)
    assert owed(made) == [("open", FIRST)]
    store.say("social-worker", MeetingHeld.heard(HELD | {"sort": "strategy_discussion"}), made)
    assert owed(made) == [("met", FIRST)]


@pytest.mark.parametrize("held", [False, True])
def test_nobody_calls_it_another_sort_afterwards(held: bool, store: Store) -> None:
    made = called(store, sort="strategy_discussion")
    if held:
        made = store.say("social-worker", MeetingHeld.heard(HELD | {"sort": "strategy_discussion"}), made).entry
    with pytest.raises(Unanswerable, match="Record it anew"):
        store.say("social-worker", Corrected(field="sort", value='"informal"', why="Wrong."), made)


def test_what_was_held_or_called_off_is_neither_put_off_nor_held_again(store: Store) -> None:
    made = called(store, {"concern": "harm_at_home"})
    off(store, made)
    for say in (lambda: store.say("social-worker", MeetingHeld.heard(HELD), made), lambda: put_off(store, made)):
        with pytest.raises(Unanswerable, match="Meeting called off” is on record"):
            say()
    again = called(store, {"concern": "harm_at_home"})
    with playing(START + timedelta(days=3)):
        store.say("social-worker", MeetingHeld.heard(HELD), again)
        with pytest.raises(Unanswerable, match="Put right what is wrong"):
            store.say("social-worker", MeetingHeld.heard(HELD), again)
        with pytest.raises(Unanswerable, match="Meeting held” is on record"):
            off(store, again)
