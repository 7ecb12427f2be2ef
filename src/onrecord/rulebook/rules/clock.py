"""When something is due. All times in are aware; all times out are in UTC.

How each unit counts, on the wall clock of the calendar's time zone:

- working days: the end of the Nth working day after the day of the start;
- days: the end of the Nth day after the day of the start;
- months: the end of the same day N months on, or of the last day of a shorter month;
- same day: the end of the day of the start;
- hours: exactly N hours, whatever the clocks do.

The end of a day is the midnight that follows it.
"""

from bisect import bisect_right
from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from onrecord.rulebook.facts import Calendar, Rung, Term

INSTANT = timedelta(microseconds=1)
SATURDAY = 5


class BeyondCalendar(ValueError):
    """A working day was asked for outside the days that the calendar knows."""


def due_at(term: Term, start: datetime, calendar: Calendar) -> datetime:
    """Say when a term that begins at `start` (aware) ends, in UTC.

    Raises ValueError for a start without a zone, and BeyondCalendar when the calendar ends too soon.
    """
    return due_on(term, start, local_day(start, calendar), calendar)


def due_on(term: Term, start: datetime, day: date, calendar: Calendar) -> datetime:
    """The same, for a caller who already knows on which local `day` the start falls."""
    if term.working_days is not None:
        return _end_of_working_day(calendar, day, term.working_days)
    if term.hours is not None:
        return aware(start).astimezone(UTC) + timedelta(hours=term.hours)
    if term.days is not None:
        return end_of_day(day + timedelta(days=term.days), calendar.timezone)
    if term.months is not None:
        return end_of_day(months_on(day, term.months), calendar.timezone)
    return end_of_day(day, calendar.timezone)


def due_by(day: date, grace: Term | None, calendar: Calendar) -> datetime:
    """Say when something is due by a day that was named, in UTC: at its end, or when the grace after it ends.

    Beyond the calendar no working day can be counted: there is no grace.
    """
    ends = end_of_day(day, calendar.timezone)
    if grace is None:
        return ends
    try:
        return due_on(grace, ends, day, calendar)
    except BeyondCalendar:
        return ends


def due_with_what_is_left(
    term: Term, closed: datetime, due: datetime, again: datetime, calendar: Calendar, *, named: bool
) -> datetime:
    """Say when what was due at `due`, and closed at `closed`, is due if it is open again from `again` on, in UTC.

    It has the time that was left: hours of a limit in hours; else as many days, or working days where the limit counts
    those and no day was `named`. What was late when it was closed stays due when it was.
    """
    if due <= closed or again <= closed:
        return due
    if term.hours is not None and not named:
        return again + (due - closed)
    last, begun, day = (local_day(moment, calendar) for moment in (due - INSTANT, closed, again))
    if term.working_days is None or named:
        return end_of_day(day + (last - begun), calendar.timezone)
    days = _working_days(calendar)
    left = bisect_right(days, last) - bisect_right(days, begun)
    return _end_of_working_day(calendar, day, left) if left else end_of_day(day, calendar.timezone)


def rung_at(rung: Rung, due: datetime, calendar: Calendar) -> datetime:
    """Say when a rung of the ladder is reached by a duty that fell due at `due`, in UTC.

    A duty due at the end of Tuesday falls due on Tuesday, so one working day later is the end of Wednesday.
    """
    return due_at(rung.after, due if rung.after.hours is not None else due - INSTANT, calendar)


def is_working_day(day: date, calendar: Calendar) -> bool:
    """Say whether the day is worked: neither a weekend nor a bank holiday. Raises BeyondCalendar."""
    if not calendar.first <= day <= calendar.last:
        raise BeyondCalendar(f"{day} is outside the calendar of {calendar.nation}, {calendar.first} to {calendar.last}")
    return day.weekday() < SATURDAY and day not in calendar.holidays


def local_day(moment: datetime, calendar: Calendar) -> date:
    """Name the day it is, at an aware moment, in the calendar's time zone."""
    return aware(moment).astimezone(zone(calendar.timezone)).date()


def from_local(wall: datetime, calendar: Calendar) -> datetime:
    """Place a naive local time in UTC. Of an hour that comes twice, the first is meant."""
    return wall.replace(tzinfo=zone(calendar.timezone)).astimezone(UTC)


def to_local(moment: datetime, calendar: Calendar) -> datetime:
    """Read the naive time on the calendar's wall clock at an aware moment."""
    return aware(moment).astimezone(zone(calendar.timezone)).replace(tzinfo=None)


def aware(moment: datetime) -> datetime:
    """Return the moment. Raises ValueError when it has no zone: it could be two times."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return moment


def months_on(day: date, months: int) -> date:
    """Find the same day of the month that many months later, or that month's last day if it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@lru_cache(maxsize=8)
def zone(name: str) -> ZoneInfo:
    """Find the time zone of that name."""
    return ZoneInfo(name)


@lru_cache(maxsize=1 << 16)
def end_of_day(day: date, timezone: str) -> datetime:
    """Find the midnight that follows the day, in UTC."""
    following = day + timedelta(days=1)
    return datetime(following.year, following.month, following.day, tzinfo=zone(timezone)).astimezone(UTC)


@lru_cache(maxsize=1 << 16)
def _end_of_working_day(calendar: Calendar, day: date, number: int) -> datetime:
    """Find the end of the Nth working day after the day. Kept, because a rebuild asks a million times."""
    is_working_day(day, calendar)
    days = _working_days(calendar)
    place = bisect_right(days, day) + number - 1
    if place >= len(days):
        raise BeyondCalendar(f"{number} working days after {day} is past {calendar.last}, where the calendar ends")
    return end_of_day(days[place], calendar.timezone)


@lru_cache(maxsize=8)
def _working_days(calendar: Calendar) -> tuple[date, ...]:
    """List every working day the calendar knows, in order."""
    length = (calendar.last - calendar.first).days + 1
    days = (calendar.first + timedelta(days=number) for number in range(length))
    return tuple(day for day in days if is_working_day(day, calendar))
