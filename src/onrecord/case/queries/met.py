"""Where one's agency is said to have been, and another wrote it down: what waits for its word. Only actions open it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from onrecord.access.facts import OUTSIDE_ROLES
from onrecord.access.queries import alone, behind_wall
from onrecord.access.rules import NOBODY, Viewer, can_read_sealed
from onrecord.case.facts.decided import OF_A_MEETING
from onrecord.case.facts.meeting import MeetingHeld
from onrecord.case.queries.meetings import NOT_NAMED
from onrecord.case.queries.opening import open_and_kept, visible
from onrecord.case.rules import MEETS
from onrecord.duties.queries.looks import waits_for_a_word
from onrecord.duties.rules.quorum import checked
from onrecord.intake.queries.close import named_in
from onrecord.ledger.facts import Person
from onrecord.ledger.gateway.registry import catalogue
from onrecord.ledger.queries import above, answers, corrected, entries, last_of, lines, makers, threads
from onrecord.ledger.rules.corrections import PutRight
from onrecord.ledger.rules.effect import Line, standing, upward

STEPS = OF_A_MEETING - {MeetingHeld.kind}
"""Discussions, conferences and core groups. A meeting has a page of its own."""
NEWEST = 100
"""How many of the newest are looked through for a list."""


@dataclass(frozen=True)
class Met:
    """A step at which people met, not opened. `open_to` are its children whose file the reader may open."""

    line: Line
    checked: bool
    open_to: frozenset[UUID]


@dataclass(frozen=True)
class MetOpened:
    """The same, opened, and how the children are called with whom the reader works."""

    met: Met
    right: PutRight
    names: tuple[str, ...]
    called: tuple[Person, ...]


def one_met(viewer: Viewer, uid: UUID, now: datetime) -> Met | None:
    """The step at which the reader's agency is said to have been; None where there is none."""
    return next((one for one in _met(viewer, [uid], now) if one.line.id == uid), None)


def to_check(viewer: Viewer, now: datetime) -> list[Met]:
    """The steps of which the reader's agency has not said yet whether they are right, newest first.

    Of the newest, and of each, however old, that waits for a word by which a duty ends: no number of others hides it.
    """
    newest = last_of(sorted(STEPS), NEWEST, proposals=False)
    waiting = lines(answers(waits_for_a_word(now))) if len(newest) == NEWEST else []
    roots = {line.id for line in (*newest, *waiting) if line.kind in STEPS}
    return [one for one in _met(viewer, list(roots), now) if not one.checked]


def met_opened(found: Iterable[Met], now: datetime) -> list[MetOpened]:
    """These, opened all at once."""
    wanted = list(found)
    made = makers({one for each in wanted for one in each.open_to}) if wanted else {}
    right = corrected(entries([*(one.line.id for one in wanted), *made.values()]), now) if wanted else {}
    called = {mention: _called(right.get(uid)) for mention, uid in made.items()}
    children = tuple(child for uid in set(made.values()) for child in named_in(right[uid].first))
    return [MetOpened(one, right[one.line.id], _names(one, called), children) for one in wanted]


def _names(one: Met, called: Mapping[UUID, str]) -> tuple[str, ...]:
    return tuple(called[who] for who in one.line.mentions if who in one.open_to and who in called)


def _called(made: PutRight | None) -> str:
    child = getattr(made.entry.saying.fact, "child", None) if made else None
    return child.spoken() if isinstance(child, Person) else NOT_NAMED


def _met(viewer: Viewer, roots: list[UUID], now: datetime) -> list[Met]:
    """Of these steps those at which an agency of the reader is said to have been, at first or as put right."""
    outside = bool(viewer.roles & OUTSIDE_ROLES) and can_read_sealed(viewer)
    if not roots or not (outside or viewer.roles & MEETS):
        return []
    known = visible(viewer, threads(roots))
    first, counting = {line.id: line for line in known}, [line for line, _ in standing(known, now)]
    steps = [line for line in counting if line.id in roots and line.kind in OF_A_MEETING]
    mine, kept = open_and_kept(viewer, {one for line in steps for one in line.mentions}) if steps else ({}, set())
    ours = {held.agency for held in viewer.holdings}
    walled = _sealed(steps) if outside and steps else set()
    found = []
    for line in sorted(steps, reverse=True):
        open_to = frozenset(mine).intersection(line.mentions)
        named = _sorts(line) | _sorts(first[line.id])
        closed = bool(line.mentions) and kept.issuperset(line.mentions)
        there = line.id in walled or named & _theirs(viewer, known_there=bool(open_to))
        open_to = frozenset(line.mentions) if line.id in walled else open_to
        if line.agency not in ours and not closed and there:
            found.append(Met(line, not ours.isdisjoint(checked(counting, line)), open_to))
    return found


def _sealed(steps: Iterable[Line]) -> set[UUID]:
    """Those behind a wall, so that no agency that came can say that it is so."""
    beside = {line.id: {*line.mentions} for line in steps}
    known = above(beside)
    for uid, whom in beside.items():
        whom |= upward(known, [uid])
    wall = behind_wall(NOBODY, set().union(*beside.values()))
    return {uid for uid, whom in beside.items() if not wall.isdisjoint(whom)}


def _sorts(line: Line) -> frozenset[str]:
    return frozenset(line.coded.get(catalogue()[line.kind].attended, ()))


def _theirs(viewer: Viewer, *, known_there: bool) -> set[str]:
    """The reader's sorts of agency; of several agencies of one sort only the one that works with a child there."""
    sorts = {held.sort for held in viewer.holdings if held.role in MEETS}
    return sorts if known_there else sorts & alone()
