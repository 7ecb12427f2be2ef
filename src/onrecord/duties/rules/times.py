"""Times as written in files and commands: ISO dates and times, local where they name no zone."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any

from pydantic import ValidationError

from onrecord.ledger.facts import When
from onrecord.ledger.rules.moment import OLDEST

HOW = "Write a date or a time as 2026-03-27 or 2026-03-27T16:30"


def read_span(text: str, zone: tzinfo) -> tuple[datetime, datetime]:
    """The first and last moment that an ISO date or time means, in UTC; ValueError for anything else."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return _moment(text, zone)
    try:
        start, after = (
            datetime.combine(each, time(0), zone).astimezone(UTC) for each in (day, day + timedelta(days=1))
        )
    except OverflowError:
        raise ValueError(HOW) from None
    return start, after - timedelta(microseconds=1)


def read_moment(text: str, zone: tzinfo) -> datetime:
    """A moment in UTC; a date alone means the end of that day. ValueError for what is neither."""
    return read_span(text, zone)[1]


def read_when(given: Any, now: datetime, zone: tzinfo) -> When:
    """An interval from a file: a date, a time, or {earliest, latest, said}. ValueError, in words, for anything else."""
    said = {"earliest": given} if isinstance(given, str) else given
    if not isinstance(said, dict) or not said.keys() <= {"earliest", "latest", "said"}:
        raise ValueError(f"{HOW}, or give earliest, latest and said")
    words, ends = said.get("said", ""), (said.get("earliest"), said.get("latest", said.get("earliest")))
    if not all(isinstance(part, str) for part in (words, *ends)):
        raise ValueError(f"{HOW}, or give earliest, latest and said")
    earliest, latest = read_span(str(ends[0]), zone)[0], read_span(str(ends[1]), zone)[1]
    if earliest.year < OLDEST:
        raise ValueError("The year is not in living memory")
    if earliest > now:
        raise ValueError("That is still to come. Say when it happened")
    try:
        return When(earliest=earliest, latest=latest if latest <= now else max(earliest, now), said=words)
    except ValidationError as error:
        raise ValueError(error.errors()[0]["msg"].removeprefix("Value error, ")) from None


def _moment(text: str, zone: tzinfo) -> tuple[datetime, datetime]:
    try:
        made = datetime.fromisoformat(text)
        moment = (made if made.tzinfo else made.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError(HOW) from None
    return moment, moment
