"""The ladder: to whom a duty climbs that is not met, and when.

Three alarm classes (they decide only how the step that leaves the agency is taken; every step is recorded):

- `child_now` climbs singly, day and night, at the times its rule gives;
- `child_owed` climbs inside one by one; it leaves singly once a second duty to the same child is missed, and at the
  latest with the weekly digest;
- `standard` climbs inside; it leaves with the weekly digest.

The digest goes out on Mondays at nine, local time.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from typing import NamedTuple

from onrecord.duties.rules.walls import is_outside, rungs
from onrecord.rulebook.facts import OUTSIDE, Calendar, Rule, Rung
from onrecord.rulebook.rules import from_local, rung_at, to_local

DIGEST_HOUR = 9
NO_INSIDE = ("partnership", OUTSIDE)
"""Who owes beside the agencies: there is no ladder inside that could be climbed first."""


class Step(NamedTuple):
    """A step of the ladder: its number, when it is due to be taken, to which role of which (sort of) agency."""

    number: int
    at: datetime
    role: str
    of: str
    outside: bool
    single: bool


def steps(
    rule: Rule,
    due: datetime,
    calendar: Calendar,
    second_miss: datetime | None,
    *,
    sealed: bool = False,
    at_once: datetime | None = None,
) -> list[Step]:
    """Every step a duty due at `due` will take while it is not met, in order.

    `second_miss` is when a second duty to the same child was missed; None while there is none. A duty that is owed
    by the partnership or outside is outside from its first step on, and waits for no digest. One that is sealed has
    only the steps outside; `at_once` is the moment of the first, where nobody inside may answer it.
    """
    return list(climb(rule, due, calendar, second_miss, sealed=sealed, at_once=at_once))


def climb(
    rule: Rule,
    due: datetime,
    calendar: Calendar,
    second_miss: datetime | None,
    *,
    sealed: bool = False,
    at_once: datetime | None = None,
) -> Iterator[Step]:
    """The same, one step at a time, for whoever needs only the next."""
    before, soon = due, at_once
    for number, rung in rungs(rule, sealed=sealed):
        at, single = _when(rule, rung, due, calendar, second_miss)
        before = max(at, before)
        yield Step(number, before if soon is None else soon, rung.to.role, rung.to.of, is_outside(rung), single)
        soon = None


def _when(
    rule: Rule, rung: Rung, due: datetime, calendar: Calendar, second_miss: datetime | None
) -> tuple[datetime, bool]:
    """When a step is taken, and whether it goes singly or in a digest."""
    plain = rung_at(rung, due, calendar)
    if rule.alarm == "child_now" or rule.owed_by.of in NO_INSIDE:
        return plain, True
    if not is_outside(rung):
        return plain, False
    weekly = next_digest(plain, calendar)
    if rule.alarm == "child_owed" and second_miss is not None and max(plain, second_miss) <= weekly:
        return max(plain, second_miss), True
    return weekly, False


def next_digest(moment: datetime, calendar: Calendar) -> datetime:
    """The first Monday at nine, local time, not before a moment (aware); in UTC."""
    local = to_local(moment, calendar)
    monday = local.date() - timedelta(days=local.weekday())
    for week in (0, 1):
        digest = from_local(datetime.combine(monday + timedelta(weeks=week), time(DIGEST_HOUR)), calendar)
        if digest >= moment:
            return digest.astimezone(UTC)
    raise AssertionError("a week holds a Monday")
