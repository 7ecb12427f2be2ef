"""How many duties there are of each sort, counted without reading them."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet, Value

from onrecord.access.rules import Holding, Viewer
from onrecord.duties.models import Owed
from onrecord.duties.queries.lists import DECISION, SIGNATURE, seats_for
from onrecord.duties.queries.walls import seen_by
from onrecord.duties.rules.fold import OPEN
from onrecord.ledger.gateway.kept import LATER, MOMENT, SOMEBODY, Kept, answers_to, built_once, kept

WAITING = ("decisions", "sealed", "signatures", "late", "mine")
"""What can wait on the pages of the menu."""


def counted(now: datetime) -> dict[str, Q]:
    """What a duty is counted as, each with how it is told from the others."""
    return {
        "open": Q(state=OPEN, due_at__gt=now),
        "late": Q(state=OPEN, due_at__lte=now),
        "met": Q(state="met"),
        "met_late": Q(state="met_late"),
    }


def counts(now: datetime) -> dict[str, int]:
    """How many duties are open, late and met, everywhere but behind walls. No names, no agencies."""
    sums = {name: Count("key", filter=which) for name, which in counted(now).items()}
    found = Owed.objects.filter(wall=None).aggregate(**sums)
    return {name.replace("_", " "): number for name, number in found.items()}


def waiting(viewer: Viewer, now: datetime, asked: Collection[str] = WAITING) -> dict[str, int]:
    """What waits on the pages of the menu: reports to decide, proposals to sign, what is late, what somebody holds.

    Only what is asked for is counted. Every page asks, so the question is kept for each set of seats.
    """
    names = tuple(name for name in WAITING if name in asked)
    if not names:
        return {}
    (found,) = answers_to(_waiting(viewer.holdings, names), viewer.user, now)
    return dict(zip(names, found, strict=True))


@built_once(500)
def _waiting(holdings: tuple[Holding, ...], names: tuple[str, ...]) -> Kept:
    viewer = Viewer(SOMEBODY, "", holdings)
    every = _sorts(viewer)
    return kept(summed(Owed.objects.filter(seen_by(viewer), state=OPEN), {name: every[name] for name in names}))


def _sorts(viewer: Viewer) -> dict[str, Q]:
    """What waits on each page of the menu."""
    return {
        "decisions": Q(rule=DECISION, wall=None),
        "sealed": Q(rule=DECISION, wall__isnull=False),
        "signatures": Q(rule=SIGNATURE),
        "late": Q(due_at__lte=MOMENT),
        "mine": seats_for(viewer, MOMENT),
    }


def summed(rows: QuerySet[Owed], which: Mapping[str, Q]) -> QuerySet[Any]:
    """How many of these rows there are of each sort, as one row."""
    sums = {f"of_{name}": Count("key", filter=sort) for name, sort in which.items()}
    found: QuerySet[Any] = rows.order_by().values(one=Value(1)).annotate(**sums).values_list(*sums)
    return found


class Held(NamedTuple):
    """How many duties somebody owes: all, those due today, late ones, and those said to be impossible in time."""

    every: int
    today: int
    late: int
    raised: int


def held_and_waiting(viewer: Viewer, now: datetime, day_ends: datetime) -> tuple[Held, dict[str, int]]:
    """How many this person's roles owe, and what waits on the pages of the menu: both are asked for at once.

    `day_ends` is when the day of `now` ends where they are.
    """
    (found,) = answers_to(_held(viewer.holdings), viewer.user, now, day_ends)
    return Held(*found[: len(Held._fields)]), dict(zip(WAITING, found[len(Held._fields) :], strict=True))


@built_once(500)
def _held(holdings: tuple[Holding, ...]) -> Kept:
    viewer = Viewer(SOMEBODY, "", holdings)
    every = _sorts(viewer)
    held = {
        "every": every["mine"],
        "today": every["mine"] & Q(due_at__gt=MOMENT, due_at__lte=LATER),
        "passed": every["mine"] & Q(due_at__lte=MOMENT),
        "raised": every["mine"] & ~Q(raised=""),
    }
    return kept(summed(Owed.objects.filter(seen_by(viewer), state=OPEN), held | every))
