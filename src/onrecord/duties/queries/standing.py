"""How the record stands, for those who watch over it: how much is late, open and met, by agency and by rule."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, NamedTuple

from django.db.models import Count, Max

from onrecord.access.rules import Viewer, check_see_all_duties
from onrecord.duties.models import Owed
from onrecord.duties.queries.lists import counted
from onrecord.duties.queries.walls import seen_by
from onrecord.rulebook.facts import Rulebook
from onrecord.rulebook.queries import edition

POINTERS = "police-material"
"""The rule of which one duty waits for each pointer that stands."""


class Standing(NamedTuple):
    """`late` lists agency, rule and how many are late, most first; `counts` is of everything that they may see.

    `pointers` is how often the police hold material about a child: that it is there, and no more.
    """

    late: list[tuple[str, str, int]]
    counts: dict[str, int]
    pointers: int = 0
    titles: Mapping[str, str] = MappingProxyType({})
    """What each rule that is late is called."""


def standing(viewer: Viewer, now: datetime) -> Standing:
    """How it stands now. Raises Denied for those who do not watch."""
    check_see_all_duties(viewer)
    sums = {name: Count("key", filter=which) for name, which in counted(now).items()}
    groups: Any = Owed.objects.filter(seen_by(viewer)).values("agency", "rule").annotate(**sums, by=Max("edition"))
    rows = list(groups.order_by("-late", "agency", "rule"))
    late = [(row["agency"], row["rule"], row["late"]) for row in rows if row["late"]]
    pointers = sum(row["open"] + row["late"] for row in rows if row["rule"] == POINTERS)
    counts = {name.replace("_", " "): sum(row[name] for row in rows) for name in sums}
    editions = {row["rule"]: edition(row["by"]) for row in rows if row["late"]}
    titles = {rule: _title(rule, book) for rule, book in editions.items()}
    return Standing(late, counts, pointers, titles)


def _title(rule: str, book: Rulebook) -> str:
    return next((one.title for one in book.rules if one.id == rule), rule)
