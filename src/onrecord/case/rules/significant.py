"""Which entries of a file somebody put among the significant events, and who leads the work."""

from collections.abc import Iterable
from uuid import UUID

from onrecord.case.facts import LeadNamed, MarkedSignificant
from onrecord.ledger.rules.effect import Line


def significant(counting: Iterable[Line]) -> dict[UUID, UUID]:
    """Of each entry that is among the significant events: the mark that put it there. The newest word counts."""
    found: dict[UUID, UUID] = {}
    for line in counting:
        if line.kind == MarkedSignificant.kind:
            for target in line.regarding:
                found.pop(target, None)
                if line.coded["mark"] == "in":
                    found[target] = line.id
    return found


def leading(counting: Iterable[Line]) -> UUID | None:
    """The entry that named the lead manager last."""
    return next((line.id for line in reversed(list(counting)) if line.kind == LeadNamed.kind), None)
