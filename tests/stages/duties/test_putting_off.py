"""Putting off a meeting about exploitation lowers what is owed: two agree to it, and lack of time is no reason."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from onrecord.case.facts import MeetingCalled, MeetingHeld, MeetingPutOff
from onrecord.duties.actions import ReasonRefused, tick
from onrecord.duties.facts import BulkLoweringFound, LoweringRefused, LoweringTookEffect
from onrecord.duties.models import Owed
from onrecord.duties.queries import owed_for
from onrecord.ledger.actions import rebuild
from onrecord.ledger.facts import Corrected, Declined, Entry, Seconded
from onrecord.ledger.gateway.clock import now, playing
from onrecord.ledger.models import Envelope
from onrecord.ledger.queries import entry
from tests.partnership import START, Store
from tests.stages.duties.test_lowering import needs_reason

CALLED = {"sort": "core_group", "group": "Core group", "on_day": "2026-10-08", "invited": ["police", "health"]}
HELD = {
    "sort": "core_group",
    "group": "Core group",
    "came": ["police"],
    "present": ["Sam Whitlock"],
    "trusted_adult": "none_named",
}
OFF = {"reason": "not_quorate", "why": "Health could not come.", "on_day": "2026-10-15"}
FIRST, LATER = datetime(2026, 10, 9, 23, tzinfo=UTC), datetime(2026, 10, 16, 23, tzinfo=UTC)
"""The ends of the working days after the first day and after the later one."""


def called(store: Store, *children: dict[str, Any], **changed: Any) -> Entry:
    """A core group about the children of as many reports."""
    made = [store.report(**one) for one in children or ({},)]
    about = [mention for one in made for mention in one.mentions]
    return store.say("social-worker", MeetingCalled.heard(CALLED | changed), about=about).entry


def put_off(store: Store, made: Entry, **changed: Any) -> Any:
    return store.say("social-worker", MeetingPutOff.heard(OFF | changed), made)


def owed(made: Entry) -> list[tuple[str, datetime]]:
    """What is owed of the meeting: that somebody says what became of it."""
    found = owed_for([made.id], now())[made.id]
    return [(view.state, view.due_at) for view in found if view.rule.id == "meeting-took-place"]


def test_a_later_day_is_only_proposed_and_what_is_owed_stays(store: Store) -> None:
    made = called(store)
    said = put_off(store, made)
    assert [lower.what for lower in said.lowers] == ["due"]
    assert (said.entry.saying.lowering.reason, said.entry.saying.lowering.words) == (
        "put_off",
        "Health could not come.",
    )
    assert owed(made) == [("open", FIRST)]


def test_it_counts_once_a_second_person_agrees(store: Store) -> None:
    made = called(store)
    store.say("signer", Seconded(why="Health is ill."), put_off(store, made).entry)
    assert owed(made) == [("met", FIRST), ("open", LATER)]
    assert set(rebuild(check=True).values()) == {True}


def test_not_agreed_the_first_day_stands_and_is_late_when_nobody_meets(store: Store) -> None:
    made = called(store)
    store.say("signer", Declined(answer="disagree", why="Meet without them."), put_off(store, made).entry)
    with playing(FIRST):
        assert owed(made) == [("late", FIRST)]
        store.say("social-worker", MeetingHeld.heard(HELD), made)
        assert owed(made) == [("met_late", FIRST)]


@pytest.mark.parametrize("on_day", ["2026-10-07", "2026-10-08"])
def test_a_day_that_is_no_later_takes_one_person(on_day: str, store: Store) -> None:
    assert put_off(store, called(store), on_day=on_day).lowers == ()


def test_outside_the_gate_it_takes_one_person(store: Store) -> None:
    made = called(store, {"concern": "harm_at_home"})
    assert put_off(store, made).lowers == ()
    assert owed(made) == [("met", FIRST), ("open", LATER)]


def test_one_word_of_exploitation_about_one_of_the_children_is_enough(store: Store) -> None:
    other = {"concern": "harm_at_home", "child": {"given_name": "Odo", "family_name": "Wren", "born": "2011-05-06"}}
    assert [lower.what for lower in put_off(store, called(store, other, {})).lowers] == ["due"]


def test_that_nobody_had_the_time_is_refused_and_on_record(store: Store) -> None:
    made = called(store)
    with pytest.raises(ReasonRefused, match="never a reason"):
        put_off(store, made, reason="capacity")
    (noted,) = Envelope.objects.filter(kind=LoweringRefused.kind)
    assert (noted.coded["reason"], noted.coded["attempted"], owed(made)) == (
        "capacity",
        MeetingPutOff.kind,
        [("open", FIRST)],
    )
    assert not Envelope.objects.filter(kind=MeetingPutOff.kind).exists()


def test_a_correction_to_a_later_day_takes_two_as_well(store: Store) -> None:
    made = called(store)
    fix = Corrected(field="on_day", value='"2026-10-15"', why="It was written down wrong.")
    assert needs_reason(store, "social-worker", fix, made) == {"due"}


def test_a_panel_of_many_that_is_put_off_is_no_removal_of_many(store: Store) -> None:
    names = [{"child": {"given_name": f"Odo{n}", "family_name": "Wren", "born": "2011-05-06"}} for n in range(6)]
    said = put_off(store, called(store, *names)).entry
    store.say("signer", Seconded(why="Health is ill."), said)
    tick(START + timedelta(minutes=5))
    (row,) = Envelope.objects.filter(kind=LoweringTookEffect.kind)
    assert (row.coded["put_off"], row.coded["reread"]) == ("yes", "no")
    assert entry(row.uid).saying.fact.spoken("until") == "19 October 2026"
    assert not Envelope.objects.filter(kind=BulkLoweringFound.kind).exists()
    assert Owed.objects.filter(rule="many-lowered").count() == 0
