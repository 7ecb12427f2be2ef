"""Which duties somebody may know of. Everything that lists or counts duties for a person asks this first."""

from django.db.models import Q

from onrecord.access.queries import inside_walls, known_outside
from onrecord.access.rules import Viewer, can_read_sealed


def seen_by(viewer: Viewer) -> Q:
    """Duties behind no wall, and those behind a wall that lets this person through.

    A person outside also sees that a duty is there once it has gone outside, without what it is about.
    """
    seen = Q(wall=None)
    if can_read_sealed(viewer):
        seen |= Q(wall__in=inside_walls(viewer)) | Q(wall__in=known_outside(viewer), rung__gt=0)
    return seen
