"""When so much is lowered at once, by one agency or as one person proposed it, that somebody outside hears of it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from onrecord.ledger.rules.effect import Line
from onrecord.rulebook.facts import Many

PERSON = "person"


class Found(NamedTuple):
    """Much that was lowered at once: by which agency, as one person proposed or as several, within how many days."""

    agency: str
    one_person: bool
    days: int
    said: list[Line]


def span(limit: Many) -> timedelta:
    """Within how much time it is counted."""
    return timedelta(days=limit.term.number if limit.term else 0)


def many(
    lines: Iterable[Line], proposers: Mapping[UUID, str], limits: Mapping[str, Many], concerns: int, now: datetime
) -> list[Found]:
    """What was too much at once, each with the lines that say so; a line that one found is in no other.

    `proposers` are who proposed what those lines regard. What only put off a meeting is not counted: a panel may be
    about twenty children.
    """
    left = [line for line in lines if "put_off" not in line.coded]
    found: list[Found] = []
    for of, limit in limits.items():
        groups: dict[tuple[str, str], list[Line]] = defaultdict(list)
        for line in left:
            if now - span(limit) < line.recorded_at <= now:
                groups[line.agency, proposers.get(line.regarding[0], "") if of == PERSON else ""].append(line)
        for (agency, _), said in groups.items():
            if _too_many(children(said), limit, concerns):
                found.append(Found(agency, of == PERSON, span(limit).days, said))
                left = [line for line in left if line not in said]
    return found


def _too_many(count: int, limit: Many, concerns: int) -> bool:
    return count >= limit.children and 100 * count >= (limit.in_hundred or 0) * concerns


def children(lines: Iterable[Line]) -> int:
    """How many children these lines are about."""
    named: set[UUID] = {mention for line in lines for mention in line.mentions}
    return len(named)
