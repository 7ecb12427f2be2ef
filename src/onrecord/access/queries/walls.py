"""Named questions about walls: what is sealed from whom."""

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple
from uuid import UUID

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from onrecord.access.facts import OUTSIDE_ROLES
from onrecord.access.models import Role, Seat, Wall
from onrecord.access.rules import Viewer, can_decide_sealed, can_read_sealed
from onrecord.ledger.gateway.rows import fetch, marks
from onrecord.ledger.queries import BATCH

OPEN, UNROUTED, NOBODY_INSIDE = "open", "unrouted", "outside"


def behind_wall(viewer: Viewer, subjects: Iterable[UUID], certain: Collection[UUID] = ()) -> set[UUID]:
    """Those of these reports and mentions that stand behind a wall which does not let this person through.

    To everybody whom it answers, what stands there does not exist. Those in `certain` stand behind one unless a row
    says that they do not: what could not be compared yet, or is not in the table, is closed and not open.
    """
    return walls_round(viewer, subjects, certain).closed


class Walls(NamedTuple):
    """Of some reports and mentions: those closed to somebody, and those behind a wall that lets them through."""

    closed: set[UUID]
    through: set[UUID]


def walls_round(viewer: Viewer, subjects: Iterable[UUID], certain: Collection[UUID] = ()) -> Walls:
    """How the walls round these reports and mentions stand to somebody; `certain` as for `behind_wall`."""
    wanted = set(subjects)
    known: dict[UUID, str] = {}
    through: set[UUID] = set()
    for part in _parts(wanted | set(certain)):
        if can_read_sealed(viewer):
            inside = ExpressionWrapper(Q(subject__in=inside_walls(viewer)), output_field=BooleanField())
            rows = Wall.objects.filter(subject__in=part).annotate(inside=inside)
            found = list(rows.values_list("subject", "state", "inside"))
        else:
            plain = fetch(Wall, f"WHERE t.subject IN ({marks(part)})", part)
            found = [(subject, state, False) for _, subject, state, _ in plain]
        known |= {subject: state for subject, state, _ in found}
        through |= {subject for subject, _, inside in found if inside}
    closed = {subject for subject in wanted if known.get(subject, OPEN) != OPEN} - through
    return Walls(closed | {subject for subject in certain if subject not in known}, through)


def through_walls(viewer: Viewer) -> set[UUID]:
    """Everything that stands behind a wall which lets this person through. For almost everybody that is nothing."""
    return set(inside_walls(viewer)) if can_read_sealed(viewer) else set()


def inside_walls(viewer: Viewer) -> "QuerySet[Wall, UUID]":
    """The same, for the database to look up by the way.

    The designated officer who decides reads what is sealed; outside reads one, the scrutineer, or where none is left
    whom it is not about, the inspectorate. What is not routed yet, and what was said past everybody inside, is read
    outside only. Nobody reads of themselves.
    """
    accepted = Seat.objects.filter(user=viewer.user)
    through = Q(pk__in=[])
    if can_decide_sealed(viewer):
        through |= ~Q(state__in=(UNROUTED, NOBODY_INSIDE))
    if "scrutineer" in viewer.roles:
        through |= Q(Exists(accepted.filter(role="scrutineer")))
    if "inspectorate" in viewer.roles:
        through |= Q(Exists(accepted.filter(role="inspectorate"))) & ~Q(Exists(_scrutineers_left()))
    return _not_against(viewer).filter(through).values_list("subject", flat=True)


def closed_to(viewer: Viewer) -> "QuerySet[Wall, UUID]":
    """What stands behind a wall that does not let this person through; to stand inside another question."""
    closed = Wall.objects.filter(against="").exclude(state=OPEN)
    through = closed.exclude(subject__in=inside_walls(viewer)) if can_read_sealed(viewer) else closed
    return through.values_list("subject", flat=True)


def known_outside(viewer: Viewer) -> "QuerySet[Wall, UUID]":
    """What stands behind a wall and is not about this person, who sits outside: that it is there, and no more."""
    found = _not_against(viewer) if viewer.roles & OUTSIDE_ROLES else Wall.objects.none()
    return found.values_list("subject", flat=True)


def named_in(subject: UUID) -> set[str]:
    """The sign-in names of those who never get through this wall."""
    return set(Wall.objects.filter(subject=subject).exclude(against="").values_list("against", flat=True))


def is_routed(subject: UUID) -> bool:
    """Whether it has been said where this goes."""
    return Wall.objects.filter(subject=subject).exclude(state=UNROUTED).exists()


def _not_against(viewer: Viewer) -> "QuerySet[Wall, Wall]":
    """How each wall stands that is not open, and not raised against this person."""
    mine = Wall.objects.filter(against=viewer.user).values("subject")
    return Wall.objects.filter(against="").exclude(state=OPEN).exclude(subject__in=mine)


def _scrutineers_left() -> "QuerySet[Role, Role]":
    """Those who hold and have accepted the scrutineer's seat, and are not named in what the wall stands round."""
    named = Wall.objects.filter(subject=OuterRef(OuterRef("subject"))).exclude(against="").values("against")
    accepted = Seat.objects.filter(role="scrutineer").values("user")
    held = Role.objects.filter(role="scrutineer", ended_seq=None, user__in=accepted)
    return held.exclude(user__in=named)


def _parts(subjects: set[UUID]) -> Iterator[list[UUID]]:
    """A few hundred at a time, which any database takes."""
    every = sorted(subjects)
    for start in range(0, len(every), BATCH):
        yield every[start : start + BATCH]
