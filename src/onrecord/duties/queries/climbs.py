"""To whom a duty went that was not met, as the record says it."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from onrecord.duties.facts import DutyEscalated
from onrecord.ledger.queries import answers, lines
from onrecord.ledger.rules.effect import Line


class Told(NamedTuple):
    """A step that was taken: when, to which role of which agency, outside or not, and whether anybody sat there."""

    at: datetime
    role: str
    agency: str
    outside: bool
    anybody: bool


def climbs(openings: Iterable[UUID]) -> dict[UUID, list[Told]]:
    """The steps taken for every duty that these facts opened, by the duty's key, in order."""
    return climbed(lines(answers(openings)))


def climbed(known: Iterable[Line]) -> dict[UUID, list[Told]]:
    """The steps taken, by the duty's key, among lines that were looked up already."""
    found: dict[UUID, list[Told]] = defaultdict(list)
    for line in known:
        if line.kind == DutyEscalated.kind:
            coded = line.coded
            told = Told(
                line.happened_at, coded["role"], coded["agency"], coded["outside"] == "yes", bool(coded.get("told"))
            )
            found[UUID(coded["duty"])].append(told)
    return dict(found)
