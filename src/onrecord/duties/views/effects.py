"""How far the duties that somebody may know of were compared with an edition: counts, kept in their session.

A part is compared with each page, so that no page takes long; the page goes on by itself until all were compared.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from onrecord.access.facts import OUTSIDE_ROLES
from onrecord.access.queries import called
from onrecord.access.rules import Viewer, can_see_all_duties, led_by
from onrecord.duties.actions.adopt import ADOPTERS
from onrecord.duties.queries.effects import compare_part, to_compare
from onrecord.duties.queries.walls import seen_by
from onrecord.duties.rules.compare import ELSEWHERE, GONE, LATER, NEW, SOONER, Moved
from onrecord.rulebook.facts import Rulebook

KEPT, GOING_ON = "edition-compared", "on"
LISTED = 50
"""How many duties are named one by one."""
COLUMNS = {
    LATER: "Due later",
    GONE: "Gone",
    SOONER: "Due sooner",
    ELSEWHERE: "Owed by others",
    NEW: "New",
}
COUNTERS = ADOPTERS | OUTSIDE_ROLES | {"second_signer"}
"""Who is told how many duties an edition would touch: those who propose one, and those who may agree."""


@dataclass
class Compared:
    """What was counted so far. `after` is where to go on; "" when all were compared."""

    editions: list[str]
    open: int
    whole: int
    counted: int = 0
    after: str | None = None
    found: dict[str, dict[str, int]] = field(default_factory=dict)
    named: list[list[str]] = field(default_factory=list)
    more: int = 0
    done: bool = False

    @property
    def lowered(self) -> bool:
        """Whether anything counted so far would be due later, or gone."""
        return any(counts.get(what) for counts in self.found.values() for what in (LATER, GONE))

    def take(self, viewer: Viewer, moved: tuple[Moved, ...]) -> None:
        """Count what would become of some duties, and name those that this person may open."""
        for one in moved:
            counts = Counter(self.found.get(f"{one.rule} {one.agency}", {}))
            self.found[f"{one.rule} {one.agency}"] = dict(counts + Counter([one.what]))
            if can_see_all_duties(viewer) or one.agency in led_by(viewer):
                self._name(one)

    def _name(self, one: Moved) -> None:
        if len(self.named) == LISTED:
            self.more += 1
        else:
            key = str(one.key) if one.key else ""
            self.named.append([one.what, one.rule, one.agency, str(one.opening)[:8], key])


def count_on(request: HttpRequest, viewer: Viewer, current: Rulebook, proposed: Rulebook) -> Compared | None:
    """Compare one more part, unless all were; a page that is opened anew begins anew. None for those not told.

    What one part holds whole is not kept: it is as soon counted again.
    """
    if not viewer.roles & COUNTERS:
        return None
    kept, seen, both = request.session.get(KEPT), seen_by(viewer), [current.digest, proposed.digest]
    going_on = kept is not None and kept["editions"] == both and (GOING_ON in request.GET or request.method == "POST")
    said = Compared(**kept) if kept is not None and going_on else Compared(both, *to_compare(current, proposed, seen))
    if not said.done:
        part = compare_part(current, proposed, seen, UUID(said.after) if said.after else None)
        said.counted += part.counted
        said.take(viewer, part.moved)
        said.after, said.done = str(part.last) if part.last else None, part.last is None
        if going_on or not said.done:
            request.session[KEPT] = asdict(said)
    return said


def table(said: Compared, titles: Mapping[str, str]) -> dict[str, Any]:
    """What was counted, by rule and agency, with only the columns in which anything stands."""
    columns = {what: words for what, words in COLUMNS.items() if any(what in row for row in said.found.values())}
    rows = []
    for place, counts in said.found.items():
        rule, _, agency = place.partition(" ")
        cells = [(words, counts.get(what, 0)) for what, words in columns.items()]
        rows.append({"rule": titles.get(rule, rule), "agency": called(agency), "cells": cells})
    return {"columns": list(columns.values()), "rows": sorted(rows, key=lambda row: (row["rule"], row["agency"]))}


def named(said: Compared, titles: Mapping[str, str]) -> list[dict[str, str]]:
    """The duties that somebody may open, each with what would become of it."""
    return [
        {"what": COLUMNS[what], "title": titles.get(rule, rule), "agency": called(agency), "reference": ref, "key": key}
        for what, rule, agency, ref, key in said.named
    ]


def strip(said: Compared) -> list[tuple[int | str, str, bool]]:
    """The counts over the table."""
    sums: Counter[str] = sum((Counter(row) for row in said.found.values()), Counter())
    found: list[tuple[int | str, str, bool]] = [(said.open, "open now", False)]
    found += [(sums[LATER], "would be due later", bool(sums[LATER])), (sums[GONE], "would be gone", bool(sums[GONE]))]
    found += [(sums[SOONER], "would be due sooner", False), (sums[ELSEWHERE], "would be owed by others", False)]
    return [*found, (sums[NEW], "would be new", False)]
