"""Which duties somebody may know of. Everything that lists or counts duties for a person asks this first."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q

from onrecord.access.queries import inside_walls, known_outside, walls_round
from onrecord.access.rules import Viewer, can_read_sealed
from onrecord.intake.facts import ReportReceived
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
