"""Whose answer meets what arose only after the answer was recorded. Pure.

Whoever records an answer is asked whether it is theirs to give, where something waits for it. What arises later from
the same entry, because two agreed to it or it was put right, is met by such an answer only if those who owe gave it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from onrecord.duties.rules.law import Reading
from onrecord.ledger.rules.effect import CORRECTED, Line, Standing

Sorts = Callable[[], Mapping[str, str]]
"""Gives the sort of each agency, by its id. Looked up only where it is asked."""


def nobody() -> Mapping[str, str]:
    """No agency's sort is known."""
    return {}


def put_right_at(counting: Iterable[Standing]) -> Mapping[UUID, datetime]:
    """By the id of each entry that was put right: when it was, for the last time."""
    found: dict[UUID, datetime] = {}
    for line, since in counting:
        if line.kind == CORRECTED:
            for target in line.regarding:
                found[target] = max(since, found.get(target, since))
    return found


def arose(
    opens: Callable[[Mapping[str, Any]], bool], first: Line, since: datetime, put_right: Mapping[UUID, datetime]
) -> datetime:
    """When something came to be owed: as a fact came to count, or as it was put right so that it brings it.

    `opens` says whether codes bring it; `first` is the line as it was first recorded, and counts from `since`.
    """
    if first.id not in put_right or opens(first.coded):
        return since
    return max(since, put_right[first.id])


def theirs(
    reading: Reading,
    first: Line,
    since: datetime,
    put_right: Mapping[UUID, datetime],
    answers: Sequence[Standing],
    sorts: Sorts,
) -> Sequence[Standing]:
    """The answers that came once it was owed, or from the agency that owes it. `first` is as in `arose`."""
    arisen, owed_of = arose(reading.opens, first, since, put_right), reading.owing(first)
    early = {one.line.agency for one in answers if one.line.recorded_at < arisen} - {owed_of}
    if not early:
        return answers
    known = sorts()
    others = {agency for agency in early if known.get(agency) != owed_of}
    return [one for one in answers if one.line.recorded_at >= arisen or one.line.agency not in others]
