"""How the record stands, for those who watch over it: how much is late, open and met, by agency and by rule."""

from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Count, Q

from onrecord.access.rules import Viewer, check_see_all_duties
from onrecord.duties.models import Owed
from onrecord.duties.queries.lists import counted
from onrecord.duties.queries.walls import seen_by
from onrecord.duties.rules.fold import OPEN


class Standing(NamedTuple):
    """`late` lists agency, rule and how many are late, most first; `counts` is of everything but what is sealed."""

    late: list[tuple[str, str, int]]
    counts: dict[str, int]


def standing(viewer: Viewer, now: datetime) -> Standing:
    """How it stands now. Raises Denied for those who do not watch."""
    check_see_all_duties(viewer)
    sums = {name: Count("key", filter=Q(wall=None) & which) for name, which in counted(now).items()}
    here = Count("key", filter=Q(seen_by(viewer), state=OPEN, due_at__lte=now))
    groups: Any = Owed.objects.values("agency", "rule").annotate(here=here, **sums)
    rows = list(groups.order_by("-here", "agency", "rule"))
    late = [(row["agency"], row["rule"], row["here"]) for row in rows if row["here"]]
    return Standing(late, {name.replace("_", " "): sum(row[name] for row in rows) for name in sums})
