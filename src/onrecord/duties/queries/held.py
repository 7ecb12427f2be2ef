"""How much somebody owes, counted without reading it: a page reads only what it shows."""

from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, Q

from onrecord.access.rules import Viewer
from onrecord.duties.models import Owed
from onrecord.duties.queries.lists import held_by


class Held(NamedTuple):
    """How many duties somebody owes: all, those due today, late ones, and those said to be impossible in time."""

    every: int
    today: int
    late: int
    raised: int


def how_many_held(viewer: Viewer, now: datetime, day_ends: datetime) -> Held:
    """How many this person's roles owe. `day_ends` is when the day of `now` ends where they are."""
    found = Owed.objects.filter(held_by(viewer, now)).aggregate(
        every=Count("key"),
        today=Count("key", filter=Q(due_at__gt=now, due_at__lte=day_ends)),
        late=Count("key", filter=Q(due_at__lte=now)),
        raised=Count("key", filter=~Q(raised="")),
    )
    return Held(**found)
