"""Which duties somebody may know of. Everything that lists or counts duties for a person asks this first."""

from collections.abc import Iterable, Sequence
from operator import attrgetter
from uuid import UUID

from django.db.models import Q

from onrecord.access.queries import behind_wall, inside_walls, known_outside, walls_round
from onrecord.access.rules import Viewer, can_read_sealed
from onrecord.intake.facts import ReportReceived, ReportRouted
from onrecord.ledger.facts import mention_of
from onrecord.ledger.queries import lines as ledger_lines
from onrecord.ledger.queries import makers, threads
from onrecord.ledger.rules.effect import Line


def seen_by(viewer: Viewer) -> Q:
    """Duties behind no wall, and those behind a wall that lets this person through.

    A person outside also sees that a duty is there once it has gone outside, without what it is about.
    """
    seen = Q(wall=None)
    if can_read_sealed(viewer):
        seen |= Q(wall__in=inside_walls(viewer)) | Q(wall__in=known_outside(viewer), rung__gt=0)
    return seen


def parted(viewer: Viewer, lines: Sequence[Line]) -> tuple[list[Line], set[UUID]]:
    """What of this somebody may see, and the reports and children in it whose wall lets them through.

    The one place where what is sealed is left out, with its answers. `lines` are whole threads, in ledger order.
    """
    reports = {line.id for line in lines if line.kind == ReportReceived.kind}
    named = {uid for line in lines for uid in (*line.regarding, *line.mentions)}
    closed, through = walls_round(viewer, named | reports, reports)
    kept = []
    for line in lines:
        if closed.intersection((line.id, *line.regarding, *line.mentions)):
            closed.add(line.id)
        else:
            kept.append(line)
    return kept, through


def said_inside(viewer: Viewer, lines: Iterable[Line]) -> list[Line]:
    """The reports that somebody made, and what they said of those and of nothing else, whether or not it is sealed.

    They know what they said. Nothing of it tells them whether it is sealed; what others said behind the wall would.
    """
    own: set[UUID] = set()
    kept = []
    for line in lines:
        if line.by != viewer.user:
            continue
        if line.kind == ReportReceived.kind:
            own |= {line.id, mention_of(line.id, "child")}
        elif (touched := {*line.regarding, *line.mentions}) and touched <= own:
            own.add(line.id)
        else:
            continue
        kept.append(line)
    return kept


def known_lines(viewer: Viewer, lines: Sequence[Line]) -> list[Line]:
    """What of this is behind no wall, or lets this person through, or is their own. `lines` as for `parted`."""
    found = {line.id: line for line in (*parted(viewer, lines)[0], *said_inside(viewer, lines))}
    return sorted(found.values(), key=attrgetter("seq"))


def seen_about(viewer: Viewer, mention: UUID, lines: Sequence[Line]) -> list[Line]:
    """What somebody may see about a child; of one whom they reported, at least that and what they said of it.

    `lines` are all that are about the child, under whatever mention, as for `parted`.
    """
    kept = parted(viewer, lines)[0]
    if any(mention in line.mentions for line in kept):
        return kept
    return [line for line in said_inside(viewer, lines) if mention in line.mentions]


def closed_to(viewer: Viewer, mention: UUID) -> bool:
    """Whether a mention stands behind a wall that lets this person not through; to whoever made it, it never does."""
    if not behind_wall(viewer, [mention]):
        return False
    return all(line.by != viewer.user for line in ledger_lines(makers([mention]).values()))


def own_and_routed(viewer: Viewer, found: Iterable[Line]) -> set[UUID]:
    """Of these lines a person's own reports, what they said of them, and that each was sent somewhere at first.

    The lines are given with everything that they answer. All of that is there of any report. Where it was sent, and
    whether it was sent on, is not told.
    """
    own = {line.id for line in said_inside(viewer, found)}
    routed: dict[UUID, UUID] = {}
    for line in threads(own) if own else ():
        if line.kind == ReportRouted.kind and own.issuperset(line.regarding):
            routed.setdefault(line.regarding[0], line.id)
    return own | set(routed.values())
