"""When something is due: a table anybody can check by hand, and what must hold for every moment."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.rulebook.facts import Calendar, Rung, Seat, Term
from onrecord.rulebook.gateway import read, shipped
from onrecord.rulebook.rules import (
    BeyondCalendar,
    due_at,
    from_local,
    is_working_day,
    rung_at,
    to_local,
)

CALENDAR = read(shipped()).calendar


def wall(said: str) -> datetime:
    """Read a time on the wall clock in London."""
    return from_local(datetime.fromisoformat(said), CALENDAR)


@pytest.mark.parametrize(
    ("start", "term", "due"),
    [
        # Working days: the day of the start never counts.
        ("2026-11-20 17:00", {"working_days": 1}, "2026-11-24 00:00"),  # Friday, so all of Monday
        ("2026-11-20 00:00", {"working_days": 1}, "2026-11-24 00:00"),
        ("2026-11-20 23:59", {"working_days": 1}, "2026-11-24 00:00"),
        ("2026-11-21 12:00", {"working_days": 1}, "2026-11-24 00:00"),  # Saturday
        ("2026-11-22 12:00", {"working_days": 1}, "2026-11-24 00:00"),  # Sunday
        ("2026-11-23 00:00", {"working_days": 1}, "2026-11-25 00:00"),  # Monday has begun
        ("2026-11-09 10:00", {"working_days": 15}, "2026-12-01 00:00"),
        ("2026-09-07 11:00", {"working_days": 45}, "2026-11-10 00:00"),
        # Christmas 2026: Friday 25th, Monday 28th in place of Boxing Day, Friday 1 January.
        ("2026-12-24 15:00", {"working_days": 1}, "2026-12-30 00:00"),
        ("2026-12-24 15:00", {"working_days": 3}, "2027-01-01 00:00"),
        ("2026-12-24 15:00", {"working_days": 4}, "2027-01-05 00:00"),
        # Easter 2026: Good Friday 3 April, Monday 6 April.
        ("2026-04-02 09:00", {"working_days": 1}, "2026-04-08 00:00"),
        # The extra bank holidays of 2022, 2023: the Queen's funeral, the coronation.
        ("2022-09-16 09:00", {"working_days": 1}, "2022-09-21 00:00"),
        ("2023-05-05 09:00", {"working_days": 1}, "2023-05-10 00:00"),
        # Hours are hours, whatever the clocks do. They went back on 25 October and forward on 29 March.
        ("2026-11-20 16:00", {"hours": 24}, "2026-11-21 16:00"),
        ("2026-10-24 16:00", {"hours": 24}, "2026-10-25 15:00"),
        ("2026-03-28 16:00", {"hours": 24}, "2026-03-29 17:00"),
        ("2026-10-23 20:00", {"hours": 72}, "2026-10-26 19:00"),
        ("2026-11-20 16:00", {"hours": 0}, "2026-11-20 16:00"),
        # Days and the same day end with the day, in winter and in summer time.
        ("2026-11-20 00:00", {"same_day": True}, "2026-11-21 00:00"),
        ("2026-11-20 23:59", {"same_day": True}, "2026-11-21 00:00"),
        ("2026-07-01 00:30", {"same_day": True}, "2026-07-02 00:00"),
        ("2026-10-24 12:00", {"days": 1}, "2026-10-26 00:00"),
        ("2026-12-24 12:00", {"days": 7}, "2027-01-01 00:00"),
        # Months end with the same day, or with the last day of a shorter month.
        ("2026-01-12 10:00", {"months": 6}, "2026-07-13 00:00"),
        ("2026-08-31 10:00", {"months": 6}, "2027-03-01 00:00"),
        ("2023-11-30 10:00", {"months": 3}, "2024-03-01 00:00"),
        ("2026-12-31 10:00", {"months": 1}, "2027-02-01 00:00"),
        ("2026-12-15 10:00", {"months": 12}, "2027-12-16 00:00"),
    ],
)
def test_a_limit_ends_when_a_reader_of_the_rule_would_say(start: str, term: dict[str, int], due: str) -> None:
    assert due_at(Term(**term), wall(start), CALENDAR) == wall(due)


def test_due_times_are_told_in_utc() -> None:
    due = due_at(Term(working_days=1), wall("2026-07-01 12:00"), CALENDAR)
    assert due == datetime(2026, 7, 2, 23, tzinfo=UTC)
    assert due.utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    ("due", "after", "told"),
    [
        # Due at the end of Tuesday 24th: one working day later is the end of Wednesday, not of Thursday.
        ("2026-11-25 00:00", {"hours": 0}, "2026-11-25 00:00"),
        ("2026-11-25 00:00", {"hours": 4}, "2026-11-25 04:00"),
        ("2026-11-25 00:00", {"working_days": 1}, "2026-11-26 00:00"),
        ("2026-11-25 00:00", {"days": 1}, "2026-11-26 00:00"),
        # Due on Thursday in the middle of the day.
        ("2026-11-26 14:00", {"working_days": 1}, "2026-11-28 00:00"),
        # Due at the end of Friday.
        ("2026-11-28 00:00", {"working_days": 1}, "2026-12-01 00:00"),
    ],
)
def test_a_rung_counts_from_the_day_that_the_duty_fell_due(due: str, after: dict[str, int], told: str) -> None:
    rung = Rung(after=Term(**after), to=Seat(role="director", of="owing"))
    assert rung_at(rung, wall(due), CALENDAR) == wall(told)


def test_weekends_and_bank_holidays_are_not_worked(few_days: Calendar) -> None:
    worked = [day for day in range(2, 16) if is_working_day(date(2026, 11, day), few_days)]
    assert worked == [2, 4, 5, 6, 9, 10, 11, 12, 13]


@pytest.mark.parametrize("day", [date(2026, 11, 1), date(2026, 11, 16)])
def test_a_day_outside_the_calendar_is_not_guessed(few_days: Calendar, day: date) -> None:
    with pytest.raises(BeyondCalendar, match=str(day)):
        is_working_day(day, few_days)


def test_a_limit_that_outlasts_the_calendar_is_not_guessed(few_days: Calendar) -> None:
    start = datetime(2026, 11, 2, 12, tzinfo=UTC)
    assert due_at(Term(working_days=8), start, few_days) == datetime(2026, 11, 14, tzinfo=UTC)
    with pytest.raises(BeyondCalendar, match="2026-11-15"):
        due_at(Term(working_days=9), start, few_days)
    with pytest.raises(BeyondCalendar, match="2026-11-01"):
        due_at(Term(working_days=1), start - timedelta(days=1), few_days)


@pytest.mark.parametrize("term", [{"hours": 1}, {"days": 1}, {"working_days": 1}, {"months": 1}, {"same_day": True}])
def test_a_time_without_a_zone_is_refused(term: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="time zone"):
        due_at(Term(**term), datetime(2026, 11, 20, 17), CALENDAR)  # noqa: DTZ001  (that is the point)


def test_two_calendars_of_one_span_keep_their_own_days(few_days: Calendar) -> None:
    """Their hashes are equal on purpose; what is kept for one must never answer for the other."""
    other = few_days.model_copy(update={"holidays": frozenset()})
    assert hash(other) == hash(few_days)
    start = datetime(2026, 11, 2, 12, tzinfo=UTC)
    assert due_at(Term(working_days=1), start, few_days) == datetime(2026, 11, 5, tzinfo=UTC)
    assert due_at(Term(working_days=1), start, other) == datetime(2026, 11, 4, tzinfo=UTC)


MOMENTS = st.datetimes(datetime(1991, 1, 1), datetime(2050, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
TERMS = st.one_of(
    st.builds(Term, working_days=st.integers(1, 60)),
    st.builds(Term, days=st.integers(1, 400)),
    st.builds(Term, hours=st.integers(0, 2000)),
    st.builds(Term, months=st.integers(1, 24)),
    st.just(Term(same_day=True)),
)
UNITS = st.sampled_from(["working_days", "days", "hours", "months"])


@given(MOMENTS, TERMS)
def test_nothing_is_due_before_it_begins(start: datetime, term: Term) -> None:
    assert due_at(term, start, CALENDAR) >= start


@given(MOMENTS, MOMENTS, TERMS)
def test_what_begins_later_is_never_due_earlier(one: datetime, other: datetime, term: Term) -> None:
    earlier, later = sorted((one, other))
    assert due_at(term, earlier, CALENDAR) <= due_at(term, later, CALENDAR)


@given(MOMENTS, UNITS, st.integers(1, 60))
def test_one_more_of_a_unit_is_later(start: datetime, unit: str, number: int) -> None:
    assert due_at(Term(**{unit: number}), start, CALENDAR) < due_at(Term(**{unit: number + 1}), start, CALENDAR)


@given(MOMENTS, TERMS, st.integers(-14 * 60, 14 * 60))
def test_the_zone_in_which_a_moment_is_written_moves_nothing(start: datetime, term: Term, minutes: int) -> None:
    elsewhere = start.astimezone(timezone(timedelta(minutes=minutes)))
    assert due_at(term, elsewhere, CALENDAR) == due_at(term, start, CALENDAR)


@given(MOMENTS, st.integers(1, 60))
def test_working_days_count_like_a_finger_on_the_calendar(start: datetime, number: int) -> None:
    """The same answer by walking day by day, which is slow and plain."""
    day = to_local(start, CALENDAR).date()
    for _ in range(number):
        day += timedelta(days=1)
        while not is_working_day(day, CALENDAR):
            day += timedelta(days=1)
    midnight = datetime.combine(day + timedelta(days=1), datetime.min.time())
    assert to_local(due_at(Term(working_days=number), start, CALENDAR), CALENDAR) == midnight


@given(MOMENTS, TERMS)
def test_a_rung_is_never_reached_before_the_duty_is_late(due: datetime, after: Term) -> None:
    assert rung_at(Rung(after=after, to=Seat(role="director", of="owing")), due, CALENDAR) >= due
