"""One report against a million known children: how long the look-up takes, how often the right child stands first.

The record is the real one: entries sealed, keys in their table, candidates opened and weighed. Ours is given a report
as it came and has to make it comparable; Splink is asked the same, one record at a time, over the same children, all
made comparable and put into its database beforehand.
"""

import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from benchmarks.known_load import by_all_hands, child_of, id_of, load
from benchmarks.known_splink import each
from benchmarks.link import write
from benchmarks.people_made import COLUMNS, Made, population
from benchmarks.store import START, Figure, found_store, scaled
from onrecord.ledger.facts import Entry, Saying, When
from onrecord.ledger.gateway.clock import playing
from onrecord.ledger.rules.machine import MACHINE
from onrecord.linkage.actions import register
from onrecord.linkage.facts import ChildRegistered
from onrecord.linkage.queries import OPENED, candidates, sharing

ASKED, BATCH = 1_000, 500
MILLISECONDS = {"sqlite": 5.0, "postgresql": 10.0}
BEHIND, CEILING, FASTER = 0.01, 0.96, 500
UNSAID = ("house_no", "street")
WHILE_CHILDREN = datetime(1989, 1, 1, tzinfo=UTC)
"""Asked when none of them is 18, not even the fathers after whom sons are named: of a grown person nothing is told."""


class Answer(NamedTuple):
    """One look-up: how long it took, whether the child was among those opened, and whether they stood first."""

    took: float
    cpu: float
    there: bool
    first: bool


def run() -> list[Figure]:
    """A million known, and a thousand who come anew."""
    made = population(scaled(1_000_000) + ASKED)
    found_store()
    with playing(START):
        with by_all_hands() as spread:
            load(made[ASKED:], saying(made[ASKED]), START, spread)
        coming = [entry for part in parts(made[:ASKED]) for entry in register(part)]
    mates: dict[int, set[UUID]] = defaultdict(set)
    for one in made[ASKED:]:
        mates[one.person].add(id_of(one))
    _settled()
    answers = []
    for entry, one in zip(coming, made[:ASKED], strict=True):
        answers.append((_ask(entry, mates[one.person]), bool(mates[one.person])))
        mates[one.person].add(entry.id)
    with TemporaryDirectory() as folder:
        write(Path(folder) / "in.csv", [as_reported(one) for one in made])
        splink = each(Path(folder) / "in.csv", ASKED)
    return _figures(len(made) - ASKED, answers, splink)


def _figures(known: int, answers: Sequence[tuple[Answer, bool]], splink: Mapping[str, float]) -> list[Figure]:
    name, within = f"{connection.vendor}, {known:,} known", MILLISECONDS[connection.vendor]
    usual, slow = _times(answer.took for answer, _ in answers)
    mated = [answer for answer, mate in answers if mate]
    ceiling = sum(answer.there for answer in mated) / len(mated)
    first = sum(answer.first for answer in mated) / len(mated)
    faster, behind = min(splink.values()) / usual, ceiling - first
    calls = [Figure(f"{name}: one call of Splink, {how}", round(took), "ms", "for comparison", True)
             for how, took in splink.items()]  # fmt: skip
    return [
        Figure(f"{name}: one look-up, middle", round(usual, 2), "ms", "for comparison", True),
        Figure(f"{name}: one look-up, p95", round(slow, 2), "ms", f"under {within:g}", slow < within),
        Figure(f"{name}: the same, p95 of CPU", round(_times(one.cpu for one, _ in answers)[1], 2), "ms", "", True),
        *calls,
        Figure(f"{name}: faster than Splink", round(faster), "times", f"at least {FASTER}", faster >= FASTER),
        Figure(f"{name}: the child is opened", round(ceiling, 4), "", f"at least {CEILING}", ceiling >= CEILING),
        Figure(f"{name}: the child stands first", round(first, 4), "", f"{BEHIND:g} less at most", behind <= BEHIND),
    ]


def _times(seconds: Iterable[float]) -> tuple[float, float]:
    """The middle time and the one that one in twenty passes, in milliseconds."""
    times = sorted(1000 * one for one in seconds)
    return median(times), times[int(0.95 * len(times))]


def _ask(report: Entry, mates: set[UUID]) -> Answer:
    start, used = time.perf_counter(), time.process_time()
    found = candidates(report, WHILE_CHILDREN)
    took, cpu = time.perf_counter() - start, time.process_time() - used
    first = max(found, key=lambda one: one.likeness.weight).entry if found else None
    opened = {one.entry for one in sharing(report).found[:OPENED]}
    return Answer(took, cpu, not mates.isdisjoint(opened), first in mates)


def _settled() -> None:
    """Let PostgreSQL count what it holds, as it does by itself in the first minutes."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def parts(made: Sequence[Made]) -> list[list[Saying]]:
    """Records as what a register says of each, in parts that one append takes."""
    return [[saying(one) for one in made[start : start + BATCH]] for start in range(0, len(made), BATCH)]


def saying(one: Made) -> Saying:
    """A record as what a register says."""
    said = {"child": child_of(one), "source": one.cells[1], "known_since": "2026-03-02", "need": "N0"}
    return Saying(id_of(one), ChildRegistered.heard(said), MACHINE, "machine", MACHINE, When.at(START))


def as_reported(one: Made) -> Made:
    """A record without what a report has no field for: the house and the street."""
    return one._replace(
        cells=tuple("" if name in UNSAID else cell for name, cell in zip(COLUMNS, one.cells, strict=True))
    )
