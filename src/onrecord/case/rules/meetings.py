"""What follows from who came to a meeting: whether it could decide, what stays of it, what may be published."""

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple
from uuid import UUID

from onrecord.access.rules import CASE_ROLES
from onrecord.case.facts import (
    ActionAgreed,
    DissentRecorded,
    MeetingCalled,
    MeetingHeld,
    MinutesDisputed,
    MinutesLocked,
)
from onrecord.ledger.rules.effect import Line

MEETS = CASE_ROLES | {"licensing_officer", "analyst"}
"""Roles that are asked to meetings about children."""
FEW = 5
"""What is fewer than this is never published as a number."""


def needed(sort: str) -> frozenset[str]:
    """The sorts of agency without which this sort of meeting decides nothing; none for a sort that never decides."""
    return MeetingHeld.quorum.get(sort, frozenset())


def absent(sort: str, came: Collection[str]) -> frozenset[str]:
    """Those of them that were not there."""
    return needed(sort) - frozenset(came)


def quorate(sort: str, came: Collection[str]) -> bool:
    """Whether everybody was there without whom such a meeting decides nothing."""
    return bool(needed(sort)) and not absent(sort, came)


class Sides(NamedTuple):
    """A meeting taken apart: what stands in it for good, whatever was said later."""

    actions: tuple[Line, ...]
    dissents: tuple[Line, ...]
    taken_in: tuple[Line, ...]
    """Corrections to the minutes that were sent in before the minutes were locked."""
    beside: tuple[Line, ...]
    """Corrections that came after the lock: they stand beside the minutes, and are no part of them."""


def sides(lines: Iterable[Line]) -> Sides:
    """Everything in a meeting's thread that must never vanish from its page. `lines` are in ledger order."""
    given = list(lines)
    locks = [line.seq for line in given if line.kind == MinutesLocked.kind and not line.proposed]
    locked = min(locks, default=None)
    disputes = [line for line in given if line.kind == MinutesDisputed.kind]
    return Sides(
        actions=tuple(line for line in given if line.kind == ActionAgreed.kind),
        dissents=tuple(line for line in given if line.kind == DissentRecorded.kind),
        taken_in=tuple(line for line in disputes if locked is None or line.seq < locked),
        beside=tuple(line for line in disputes if locked is not None and line.seq > locked),
    )


def without_later(lines: Iterable[Line]) -> tuple[Line, ...]:
    """A meeting's thread without the meetings that decide again what it decided, and what was said of those."""
    first, *others = lines
    kept = {first.id: first}
    for line in others:
        held_again = line.kind == MeetingHeld.kind and (first.kind == line.kind or first.id not in line.regarding)
        called_again = line.kind == MeetingCalled.kind
        if not (held_again or called_again) and any(target in kept for target in line.regarding):
            kept[line.id] = line
    return tuple(kept.values())


def of_these(lines: Iterable[Line], people: Collection[UUID]) -> list[Line]:
    """Without what was said only of other children, and what answers that. `lines` are whole, in ledger order."""
    others: set[UUID] = set()
    kept = []
    for line in lines:
        if (line.mentions and not set(line.mentions) & set(people)) or others.intersection(line.regarding):
            others.add(line.id)
        else:
            kept.append(line)
    return kept


class Unrecorded(NamedTuple):
    """A body, how many meetings it held, and how many of them left no record."""

    body: tuple[str, str]
    held: int
    without: int


def unrecorded(held: Mapping[UUID, tuple[str, str]], without: Collection[UUID]) -> list[Unrecorded]:
    """Meetings by body (agency and sort), in the order of the bodies."""
    bodies = sorted(set(held.values()))
    return [
        Unrecorded(
            body,
            sum(one == body for one in held.values()),
            sum(one == body and uid in without for uid, one in held.items()),
        )
        for body in bodies
    ]


def published(number: int) -> str:
    """A count as anybody may read it: what is under FEW, none included, is never told apart."""
    return str(number) if number >= FEW else f"fewer than {FEW}"
