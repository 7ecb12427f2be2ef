"""Silence climbs, step by step, and ends outside."""

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.duties.rules import steps
from onrecord.duties.rules.ladder import next_digest
from onrecord.rulebook.facts import OUTSIDE_ROLES, Rule
from onrecord.rulebook.gateway import read, shipped
from onrecord.rulebook.rules import to_local
from tests.rules.ledger.lines import START

ENGLAND = read(shipped())
CALENDAR = ENGLAND.calendar
RULES = {rule.id: rule for rule in ENGLAND.rules}
MOMENTS = st.integers(0, 60 * 24 * 400).map(lambda minutes: START + timedelta(minutes=minutes))
SECOND_MISSES = st.none() | st.integers(-9, 40).map(lambda days: timedelta(days=days))


@given(st.sampled_from(ENGLAND.rules), MOMENTS, SECOND_MISSES)
def test_a_ladder_only_climbs_and_ends_outside(rule: Rule, due: datetime, missed: timedelta | None) -> None:
    found = steps(rule, due, CALENDAR, None if missed is None else due + missed)
    assert all(earlier.at <= later.at for earlier, later in pairwise(found))
    assert all(step.at >= due for step in found)
    seats = [(step.role, step.of) for step in found]
    assert len(set(seats)) == len(seats) == len(rule.ladder)
    assert (found[-1].outside, found[-1].role in OUTSIDE_ROLES) == (True, True)


@pytest.mark.parametrize("alarm", ["child_now", "child_owed", "standard"])
def test_every_alarm_class_reaches_somebody_outside(alarm: str) -> None:
    ends = {rule.id: steps(rule, START, CALENDAR, None)[-1].outside for rule in ENGLAND.rules if rule.alarm == alarm}
    assert ends == dict.fromkeys(ends, True)
    assert ends


@given(st.sampled_from([rule for rule in ENGLAND.rules if rule.alarm == "child_now"]), MOMENTS)
def test_a_child_in_danger_now_waits_for_no_digest(rule: Rule, due: datetime) -> None:
    assert {step.single for step in steps(rule, due, CALENDAR, None)} == {True}


@given(st.sampled_from([rule for rule in ENGLAND.rules if rule.alarm == "standard"]), MOMENTS, SECOND_MISSES)
def test_a_standard_duty_leaves_with_the_digest(rule: Rule, due: datetime, missed: timedelta | None) -> None:
    found = [step for step in steps(rule, due, CALENDAR, None if missed is None else due + missed) if step.outside]
    walls = {(wall.weekday(), wall.hour, wall.minute) for wall in (to_local(step.at, CALENDAR) for step in found)}
    assert (walls, {step.single for step in found}) == ({(0, 9, 0)}, {False})


@given(MOMENTS)
def test_a_second_miss_is_told_singly_and_never_later_than_the_digest(due: datetime) -> None:
    rule = RULES["acknowledge-referral"]
    alone, again = steps(rule, due, CALENDAR, None), steps(rule, due, CALENDAR, due)
    assert all(sooner.at <= later.at for sooner, later in zip(again, alone, strict=True))
    assert {step.single for step in again if step.outside} == {True}


@given(MOMENTS)
def test_the_digest_is_the_next_monday_at_nine(moment: datetime) -> None:
    digest = next_digest(moment, CALENDAR)
    wall = to_local(digest, CALENDAR)
    assert (wall.weekday(), wall.hour, wall.minute) == (0, 9, 0)
    assert timedelta(0) <= digest - moment < timedelta(days=7, hours=1)


@given(st.sampled_from([rule for rule in ENGLAND.rules if rule.owed_by.of == "partnership"]), MOMENTS)
def test_what_the_partnership_owes_is_outside_at_once_and_waits_for_no_digest(rule: Rule, due: datetime) -> None:
    first = steps(rule, due, CALENDAR, None)[0]
    assert (first.at, first.outside, first.single) == (due, True, True)
