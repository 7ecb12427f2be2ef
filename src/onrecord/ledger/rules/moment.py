"""When it happened, from what was said: words, a day, a time. Nothing is guessed and nothing is lost."""

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from onrecord.ledger.facts.fields import When
from onrecord.ledger.facts.wrong import Refused, Wrong

CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?(?:\s*([ap])\.?m?\.?)?", re.IGNORECASE)
NAMED = {"noon": time(12), "midday": time(12), "midnight": time(0)}
LONGEST = 300
TO_COME = "That is still to come. Say when it happened."
OLDEST = 1900
"""The first year in living memory. Earlier ones are slips, and too near the first day that can be counted."""


def when_heard(said: str, on: str, at: str, now: datetime, zone: tzinfo) -> When:
    """The interval somebody means. Refused (naming said, on or at) for a day that is none or is to come.

    Without a day, all that is sure is that it is said now: earliest and latest are `now`, the words kept.
    With a day, it is that day in `zone`, or the minute if `at` is a time of the clock; never after `now`.
    """
    said, on, at = said.strip(), on.strip(), at.strip()
    clock = read_clock(at)
    words = ", ".join(part for part in (said, at if at and not (on and clock) else "") if part)
    if len(words) > LONGEST:
        raise Refused((Wrong("said", words, f"Say when in {LONGEST} characters or fewer.", "length"),))
    if not on:
        return When.at(now, words)
    earliest, latest = _span(_day(on, now), clock, zone)
    if earliest > now:
        where = "at" if clock and earliest.astimezone(zone).date() == now.astimezone(zone).date() else "on"
        raise Refused((Wrong(where, on, TO_COME, "not in the future"),))
    return When(earliest=earliest, latest=min(latest, now), said=words)


def read_clock(text: str) -> time | None:
    """A time of the clock, or None for words and for anything that could mean morning or evening ("4.30")."""
    lowered = text.strip().lower()
    if lowered in NAMED:
        return NAMED[lowered]
    match = CLOCK.fullmatch(lowered)
    if not match:
        return None
    hour, minute, half = int(match[1]), int(match[2] or 0), match[3]
    if minute > 59 or hour > 23 or (half and not 1 <= hour <= 12):
        return None
    if half:
        return time(hour % 12 + (12 if half == "p" else 0), minute)
    return time(hour, minute) if match[2] and (len(match[1]) == 2 or hour == 0) else None


def _day(on: str, now: datetime) -> date:
    try:
        day = date.fromisoformat(on)
    except ValueError:
        day = date.min
    if day.year < OLDEST:
        raise Refused((Wrong("on", on, "Give a real date, for example 27 3 2026.", "a real day"),))
    if day.year > now.year + 1:
        raise Refused((Wrong("on", on, TO_COME, "not in the future"),))
    return day


def _span(day: date, clock: time | None, zone: tzinfo) -> tuple[datetime, datetime]:
    if clock is not None:
        moment = datetime.combine(day, clock, zone).astimezone(UTC)
        return moment, moment
    start = datetime.combine(day, time(0), zone).astimezone(UTC)
    after = datetime.combine(day + timedelta(days=1), time(0), zone).astimezone(UTC)
    return start, after - timedelta(microseconds=1)
