"""What the police hold about a child, as far as they said so: that it is there, and never what it says."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from onrecord.access.queries import post
from onrecord.case.facts import PoliceMaterialHeld, PoliceMaterialReviewed
from onrecord.ledger.facts import Entry
from onrecord.ledger.rules.corrections import put_right
from onrecord.ledger.rules.effect import Line, standing

OVER = ("released", "ended")


class Pointer(NamedTuple):
    """That the police hold something: reference, handling code, conditions, when they look again, by whom."""

    reference: str
    handling: str
    conditions: str
    review_on: date
    late: bool
    by: str


def pointers_in(given: Iterable[Line], known_at: datetime) -> dict[UUID, str]:
    """The pointers that stand among these lines, each with the day (ISO) by which it is reviewed."""
    found: dict[UUID, str] = {}
    for line, _ in standing(given, known_at):
        if line.kind == PoliceMaterialHeld.kind:
            found[line.id] = str(line.coded["review_on"])
        elif line.kind == PoliceMaterialReviewed.kind:
            for target in line.regarding:
                if line.coded["outcome"] in OVER:
                    found.pop(target, None)
                elif target in found:
                    found[target] = str(line.coded.get("review_on", found[target]))
    return found


def pointers_from(
    found: Mapping[UUID, str], fixes: Mapping[UUID, list[UUID]], opened: Mapping[UUID, Entry], today: date
) -> list[Pointer]:
    """These pointers, opened and as put right. `today` is the local day."""
    return [_pointer(put_right(opened[uid], fixes, opened).entry, day, today) for uid, day in found.items()]


def _pointer(made: Entry, on: str, today: date) -> Pointer:
    saying, fact, day = made.saying, made.saying.fact, date.fromisoformat(on)
    reference, handling, conditions = (fact.spoken(name) for name in ("reference", "handling", "conditions"))
    return Pointer(reference, handling, conditions, day, day < today, post(saying.role, saying.agency))
