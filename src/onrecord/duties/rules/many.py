"""When so much is lowered at once, by one agency or by one person, that somebody outside hears of it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from onrecord.ledger.rules.effect import Line
from onrecord.rulebook.facts import Many

AGENCY, PERSON, SIGNATURE = "agency", "person", "signature"
"""By whom it is counted: everything of an agency; what one person proposed and another agreed to; what one person ended
by their signature alone."""


class Less(NamedTuple):
    """Something that was lowered or ended: its entry, who decided or proposed it, from when it counts, and of whom."""

    id: UUID
    by: str
    agency: str
    since: datetime
    mentions: tuple[UUID, ...]
    alone: bool

    @classmethod
    def of(cls, line: Line, taken: Line) -> "Less":
        """What a line says, from another on; by one signature where that is the same line."""
        return cls(line.id, line.by, line.agency, taken.recorded_at, taken.mentions, taken is line)

    @property
    def reference(self) -> str:
        """What people call it by."""
        return str(self.id)[:8]


class Found(NamedTuple):
    """Much that was lowered at once: of which agency, by which count, within how many days."""

    agency: str
    of: str
    days: int
    less: list[Less]


def span(limit: Many) -> timedelta:
    """Within how much time it is counted."""
    return timedelta(days=limit.term.number if limit.term else 0)


def many(less: Iterable[Less], limits: Mapping[str, Many], concerns: int, now: datetime) -> list[Found]:
    """What was too much at once; what one count found is in no other."""
    left = list(less)
    found: list[Found] = []
    for of, limit in limits.items():
        groups: dict[tuple[str, str], list[Less]] = defaultdict(list)
        for one in left:
            if now - span(limit) < one.since <= now and _counts(one, of):
                groups[one.agency, "" if of == AGENCY else one.by].append(one)
        for (agency, _), some in groups.items():
            if _too_many(children(some), limit, concerns):
                found.append(Found(agency, of, span(limit).days, some))
                left = [one for one in left if one not in some]
    return found


def _counts(one: Less, of: str) -> bool:
    return of == AGENCY or one.alone == (of == SIGNATURE)


def _too_many(count: int, limit: Many, concerns: int) -> bool:
    return count >= limit.children and 100 * count >= (limit.in_hundred or 0) * concerns


def children(less: Iterable[Less]) -> int:
    """How many children it is about."""
    named: set[UUID] = {mention for one in less for mention in one.mentions}
    return len(named)
