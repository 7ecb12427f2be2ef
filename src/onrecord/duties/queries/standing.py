"""How the record stands, for those who watch over it: how much is late, open and met, and what is late."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple, cast

from django.db.models import Count, Max

from onrecord.access.rules import Holding, Viewer, check_see_all_duties
from onrecord.duties.models import Owed
from onrecord.duties.queries.counting import counted
from onrecord.duties.queries.lists import DutyView, viewed
from onrecord.duties.queries.walls import seen_by
from onrecord.duties.rules.fold import OPEN
from onrecord.duties.rules.walls import is_outside
from onrecord.ledger.gateway.kept import MOMENT, SOMEBODY, Kept, answers_to, built_once, kept, rows_in
from onrecord.rulebook.facts import Rulebook
from onrecord.rulebook.queries import edition, rule_of

LADDER = [[field.name for field in Owed._meta.concrete_fields].index(name) for name in ("edition", "rule", "rung")]
"""Where a row says how far it has climbed."""
SORTS = ("open", "late", "met", "met_late")
POINTERS = "police-material"
"""The rule of which one duty waits for each pointer that stands."""
LOOK_BACK = "look-back"


class Standing(NamedTuple):
    """`late` lists agency, rule and how many are late, most first; `counts` is of everything that they may see.

    `pointers` is how often the police hold material about a child: that it is there, and no more. `look_backs` are
    those that are still owed.
    """

    late: list[tuple[str, str, int]]
    counts: dict[str, int]
    pointers: int = 0
    look_backs: int = 0
    titles: Mapping[str, str] = MappingProxyType({})
    """What each rule that is late is called."""


def standing(viewer: Viewer, now: datetime) -> Standing:
    """How it stands now. Raises Denied for those who do not watch."""
    check_see_all_duties(viewer)
    found = answers_to(_groups(viewer.holdings), viewer.user, now)
    rows = [dict(zip(("agency", "rule", "by", *SORTS), row, strict=True)) for row in found]
    late = [(row["agency"], row["rule"], row["late"]) for row in rows if row["late"]]
    waits = {of: sum(row["open"] + row["late"] for row in rows if row["rule"] == of) for of in (POINTERS, LOOK_BACK)}
    counts = {name.replace("_", " "): sum(row[name] for row in rows) for name in SORTS}
    editions = {row["rule"]: edition(row["by"]) for row in rows if row["late"]}
    titles = {rule: _title(rule, book) for rule, book in editions.items()}
    return Standing(late, counts, waits[POINTERS], waits[LOOK_BACK], titles)


@built_once(100)
def _groups(holdings: tuple[Holding, ...]) -> Kept:
    sums = {f"of_{name}": Count("key", filter=which) for name, which in counted(MOMENT).items()}
    rows: Any = Owed.objects.filter(seen_by(Viewer(SOMEBODY, "", holdings))).values("agency", "rule")
    groups = rows.annotate(by=Max("edition"), **sums).values_list("agency", "rule", "by", *sums)
    return kept(groups.order_by("-of_late", "agency", "rule"))


class Late(NamedTuple):
    """A duty that is late somewhere, as its row stands, and whether it has gone outside."""

    row: tuple[Any, ...]
    outside: bool


def watched(viewer: Viewer, now: datetime) -> list[Late]:
    """All that is late anywhere, what went outside first, for those who watch over it. Raises Denied for others."""
    check_see_all_duties(viewer)
    rows = rows_in(Owed, _late(viewer.holdings), "ORDER BY t.rung DESC, t.due_at, t.key", viewer.user, now)
    found = [Late(row, _outside(*(row[place] for place in LADDER))) for row in rows]
    return sorted(found, key=lambda late: not late.outside)


@built_once(100)
def _late(holdings: tuple[Holding, ...]) -> Kept:
    seen = seen_by(Viewer(SOMEBODY, "", holdings))
    return kept(Owed.objects.filter(seen, state=OPEN, due_at__lte=MOMENT).values("key"))


def shown_late(late: Iterable[Late], now: datetime) -> list[DutyView]:
    """Some of that, as a page shows it."""
    return [viewed(Owed(*cast("Any", one.row)), now) for one in late]


@lru_cache(maxsize=10_000)
def _outside(digest: str, rule: str, taken: int) -> bool:
    """Whether the last of so many steps of a rule's ladder left the agencies."""
    return taken > 0 and is_outside(rule_of(digest, rule).ladder[taken - 1])


def _title(rule: str, book: Rulebook) -> str:
    return next((one.title for one in book.rules if one.id == rule), rule)
