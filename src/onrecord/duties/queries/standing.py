"""How the record stands, for those who watch over it: how much is late, open and met, by agency and by rule."""

from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Count

from onrecord.access.rules import Viewer, check_see_all_duties
from onrecord.duties.models import Owed
from onrecord.duties.queries.lists import counted
from onrecord.duties.queries.walls import seen_by


class Standing(NamedTuple):
    """`late` lists agency, rule and how many are late, most first; `counts` is of everything that they may see."""

    late: list[tuple[str, str, int]]
    counts: dict[str, int]


def standing(viewer: Viewer, now: datetime) -> Standing:
    """How it stands now. Raises Denied for those who do not watch."""
    check_see_all_duties(viewer)
    sums = {name: Count("key", filter=which) for name, which in counted(now).items()}
    groups: Any = Owed.objects.filter(seen_by(viewer)).values("agency", "rule").annotate(**sums)
    rows = list(groups.order_by("-late", "agency", "rule"))
    late = [(row["agency"], row["rule"], row["late"]) for row in rows if row["late"]]
    return Standing(late, {name.replace("_", " "): sum(row[name] for row in rows) for name in sums})
