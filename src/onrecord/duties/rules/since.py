"""From which day on a step may have been taken to answer a duty: nobody answers what was not yet to be answered. Pure.

Days are local ones, so that what is dated by its day alone is not held against the hour at which it was typed.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from uuid import UUID

from onrecord.duties.rules.law import local_day_of
from onrecord.ledger.rules.effect import Line
from onrecord.rulebook.facts import Rule


def first_day(rule: Rule, opening: Line, roots: Iterable[datetime]) -> date:
    """The first local day on which a step may have been taken to answer a duty that this line opened.

    What answers something else is dated by when it happened; so is what a limit runs from. Anything else is dated by
    its recording: a report says when a child was harmed. Nothing is dated before the first of what it goes back to was
    recorded (`roots`).
    """
    by_itself = rule.clock == "happened" or bool(opening.regarding)
    begins = min(opening.happened_at, opening.recorded_at) if by_itself else opening.recorded_at
    day = local_day_of(max([begins, *roots]))
    return day - timedelta(days=rule.early.days) if rule.early and rule.early.days else day


def roots_of(opening: Line, known: Mapping[UUID, Line]) -> list[datetime]:
    """When that was recorded which a line goes back to, at any remove, and which itself answers nothing."""
    found, seen, layer = list[datetime](), {opening.id}, [opening]
    while layer:
        above = {target: known[target] for line in layer for target in line.regarding if target in known}
        layer = [line for uid, line in above.items() if uid not in seen]
        seen.update(above)
        found += [line.recorded_at for line in layer if not line.regarding]
    return found


def is_further(line: Line, before: Line | None) -> bool:
    """Whether a step comes after the one that answered the round before: the same said again is no further one."""
    if before is None:
        return True
    days = local_day_of(before.happened_at), local_day_of(line.happened_at)
    again = line.happened_at == before.happened_at and (line.kind, line.coded) == (before.kind, before.coded)
    return days[0] <= days[1] and not again
