"""When so much is lowered at once by one agency that somebody outside hears of it."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from onrecord.ledger.rules.effect import Line

FEW, SHARE, WITHIN = 5, 10, timedelta(days=7)
"""Children, and of a hundred open concerns, in so many days. Our own defaults: no law gives a number. A panel that goes
through its whole list ends two or three in a week."""


def many(lines: Iterable[Line], concerns: int, now: datetime) -> dict[str, list[Line]]:
    """The agencies that lowered something of so many children within a week, each with the lines that say so.

    What only put off a meeting is not counted: a panel may be about twenty children.
    """
    by_agency: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        if now - WITHIN < line.recorded_at <= now and "put_off" not in line.coded:
            by_agency[line.agency].append(line)
    return {
        agency: found
        for agency, found in by_agency.items()
        if 100 * children(found) >= SHARE * concerns and children(found) >= FEW
    }


def children(lines: Iterable[Line]) -> int:
    """How many children these lines are about."""
    named: set[UUID] = {mention for line in lines for mention in line.mentions}
    return len(named)
