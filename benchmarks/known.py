"""One report against a million known children: how long the look-up takes, how often the right child stands first.

The record is the real one: entries sealed, keys in their table, candidates opened and weighed. Splink is asked the
same, one record at a time, over the same children.
"""

import time
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import NamedTuple
from uuid import UUID, uuid5

from django.db import connection

from benchmarks.known_splink import each
from benchmarks.link import write
from benchmarks.people_made import COLUMNS, Made, population
from benchmarks.store import SPACE, START, Figure, found_store, scaled
from onrecord.ledger.facts import Entry, Person, Saying, When
from onrecord.ledger.gateway.clock import playing
from onrecord.ledger.rules.machine import MACHINE
from onrecord.linkage.actions import register
from onrecord.linkage.facts import ChildRegistered
from onrecord.linkage.queries import OPENED, candidates, sharing

ASKED, BATCH = 1_000, 500
MILLISECONDS = {"sqlite": 5.0, "postgresql": 10.0}
BEHIND, CEILING, FASTER = 0.01, 0.96, 500
WHILE_CHILDREN = datetime(1989, 1, 1, tzinfo=UTC)
"""Asked when none of them is 18, not even the fathers after whom sons are named: of a grown person nothing is told."""


class Answer(NamedTuple):
    """One look-up: how long it took, whether the child was among those opened, and whether they stood first."""

    took: float
    there: bool
    first: bool


def run() -> list[Figure]:
    """A million known, and a thousand who come anew."""
    made = population(scaled(1_000_000) + ASKED)
    found_store()
    with playing(START):
        known = [entry for part in parts(made[ASKED:]) for entry in register(part)]
        coming = [entry for part in parts(made[:ASKED]) for entry in register(part)]
    mates: dict[int, set[UUID]] = defaultdict(set)
    for entry, one in zip(known, made[ASKED:], strict=True):
        mates[one.person].add(entry.id)
    _settled()
    answers = []
    for entry, one in zip(coming, made[:ASKED], strict=True):
        answers.append((_ask(entry, mates[one.person]), bool(mates[one.person])))
        mates[one.person].add(entry.id)
    with TemporaryDirectory() as folder:
        write(Path(folder) / "in.csv", made)
        splink = each(Path(folder) / "in.csv", ASKED)
    return _figures(len(known), answers, splink)


def _figures(known: int, answers: Sequence[tuple[Answer, bool]], splink: float) -> list[Figure]:
    name, within = f"{connection.vendor}, {known:,} known", MILLISECONDS[connection.vendor]
    times = sorted(1000 * answer.took for answer, _ in answers)
    usual, slow = median(times), times[int(0.95 * len(times))]
    mated = [answer for answer, mate in answers if mate]
    ceiling = sum(answer.there for answer in mated) / len(mated)
    first = sum(answer.first for answer in mated) / len(mated)
    faster, behind = splink / usual, ceiling - first
    return [
        Figure(f"{name}: one look-up, middle", round(usual, 2), "ms", "for comparison", True),
        Figure(f"{name}: one look-up, p95", round(slow, 2), "ms", f"under {within:g}", slow < within),
        Figure(f"{name}: one call of Splink", round(splink), "ms", "for comparison", True),
        Figure(f"{name}: faster than Splink", round(faster), "times", f"at least {FASTER}", faster >= FASTER),
        Figure(f"{name}: the child is opened", round(ceiling, 4), "", f"at least {CEILING}", ceiling >= CEILING),
        Figure(f"{name}: the child stands first", round(first, 4), "", f"{BEHIND:g} less at most", behind <= BEHIND),
    ]


def _ask(report: Entry, mates: set[UUID]) -> Answer:
    start = time.perf_counter()
    found = candidates(report, WHILE_CHILDREN)
    took = time.perf_counter() - start
    first = max(found, key=lambda one: one.likeness.weight).entry if found else None
    opened = {one.entry for one in sharing(report)[:OPENED]}
    return Answer(took, not mates.isdisjoint(opened), first in mates)


def _settled() -> None:
    """Let PostgreSQL count what it holds, as it does by itself in the first minutes."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def parts(made: Sequence[Made]) -> list[list[Saying]]:
    """Records as what a register says of each, in parts that one append takes."""
    return [[_saying(one) for one in made[start : start + BATCH]] for start in range(0, len(made), BATCH)]


def _saying(one: Made) -> Saying:
    fact = ChildRegistered(
        child=person_of(one), source=one.cells[1], known_since=date(2026, 3, 2), need="N0", episodes=1
    )
    uid = uuid5(SPACE, f"known/{one.cells[0]}")
    return Saying(uid, fact, MACHINE, "machine", MACHINE, When.at(START))


def person_of(one: Made) -> Person:
    """A record of the invented population, as a report would say it: without a house."""
    said = dict(zip(COLUMNS, one.cells, strict=True))
    given = " ".join(part for part in (said["given_name"], said["middle_name"]) if part)
    return Person(
        given_name=given or None,
        family_name=said["surname"] or None,
        born=_born(said["dob"]),
        sex=said["gender"] or None,
        phone=said["phone"] or None,
        postcode=said["postcode"] or None,
    )


def _born(said: str) -> date | None:
    return datetime.strptime(said, "%d/%m/%Y" if "/" in said else "%Y-%m-%d").date() if said else None  # noqa: DTZ007
