"""The parts of a child's file that have a page of their own: what of it is opened, all at once. Only actions ask."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from uuid import UUID

from onrecord.access.facts import GlassBroken
from onrecord.access.queries import names
from onrecord.access.queries.work import no_work
from onrecord.access.rules import Viewer
from onrecord.case.facts import ActionAgreed, ActionDone, ActionNotDone, ExploitationAssessed
from onrecord.case.queries.chronology import Listed, listed
from onrecord.case.queries.file import Found, naming, owed_in
from onrecord.duties.queries import DutyView
from onrecord.duties.queries.thread import by_whom
from onrecord.duties.queries.walls import parted
from onrecord.ledger.facts import Person
from onrecord.ledger.gateway.registry import catalogue
from onrecord.ledger.queries import entries, threads, threads_about
from onrecord.ledger.rules.corrections import PutRight, fixes_of, put_right
from onrecord.ledger.rules.effect import Line, standing
from onrecord.ledger.rules.machine import MACHINE

ACTIONS = (ActionAgreed.kind, ActionDone.kind, ActionNotDone.kind)
Choose = Callable[[Found, datetime], list[UUID]]
"""Which entries a part of a file is made of."""


@dataclass(frozen=True)
class Part:
    """A part of a child's file, opened: its entries by id, as they stand now."""

    found: Found
    right: Mapping[UUID, PutRight]
    wanted: tuple[UUID, ...]
    now: datetime
    works: bool = True
    """Whether an agency of the reader works with the child; else the file is open by reason only."""

    @cached_property
    def called(self) -> tuple[Person, ...]:
        """The child, in every entry that names them."""
        made = (getattr(self.right[uid].entry.saying.fact, "child", None) for uid in naming(self.found))
        return tuple(one for one in made if isinstance(one, Person))

    @property
    def child(self) -> str:
        """The child, as named."""
        return self.called[0].spoken() if self.called else "A child not named"

    @property
    def reference(self) -> str:
        """What people call the file by, instead of a name."""
        return str(self.found.mention)[:8]

    @cached_property
    def people(self) -> dict[str, str]:
        """The names of those who said any of it, by sign-in name."""
        return names(self.right[uid].entry.saying.by for uid in self.wanted)

    def by(self, uid: UUID) -> str:
        """Who said an entry of it, and in which role."""
        return by_whom(self.right[uid].first, self.people)

    @cached_property
    def listed(self) -> dict[UUID, Listed]:
        """How each of its entries stands: whether it waits for a second person, or was not agreed."""
        return {one.line.id: one for one in listed(self.found.lines, self.now)}

    @cached_property
    def owed(self) -> list[DutyView]:
        """The duties about the child, soonest due first."""
        return owed_in(self.found, self.now)


def part(found: Found, choose: Choose, now: datetime) -> Part:
    """Open a part of a file, with the name of the child."""
    wanted = choose(found, now)
    ours = {line.id for line in found.lines}
    others = [uid for uid in wanted if uid not in ours]
    fixes = fixes_of((*found.lines, *threads(others)) if others else found.lines, now)
    first = list(dict.fromkeys((*naming(found), *wanted)))
    opened = {made.id: made for made in entries({*first, *(fix for uid in first for fix in fixes.get(uid, ()))})}
    return Part(found, {uid: put_right(opened[uid], fixes, opened) for uid in first}, tuple(wanted), now)


def assessments(found: Found, now: datetime) -> list[UUID]:
    """Every exploitation assessment, the newest first; also one that waits, and one that was not agreed."""
    return [one.line.id for one in listed(found.lines, now) if one.line.kind == ExploitationAssessed.kind]


def actions(found: Found, now: datetime) -> list[UUID]:
    """What meetings agreed that somebody does, and what came of each."""
    return [line.id for line, _ in standing(found.lines, now) if line.kind in ACTIONS]


def glass(found: Found, now: datetime) -> list[UUID]:
    """Each time that somebody opened the file without working with the child, the newest first."""
    return [line.id for line in reversed(found.lines) if line.kind == GlassBroken.kind and line.recorded_at <= now]


REPORTED, RECORDED, OWES = "Reported a worry", "Recorded something", "Owes something"
PASSED = "The child was passed on to them"


def lent(lines: Sequence[Line]) -> list[str]:
    """The agencies to which the file is lent by these lines, and that have not given it back."""
    kinds, back = catalogue(), set[UUID]()
    for line in lines:
        if (ends := kinds[line.kind].gives_back) and line.coded.get(ends[0]) == ends[1]:
            back.update(line.regarding)
    agencies = [line.coded.get(kinds[line.kind].lends) for line in lines if line.id not in back]
    return [str(agency) for agency in agencies if agency]


def works_with(lines: Sequence[Line], owed: Iterable[DutyView]) -> dict[str, list[str]]:
    """Which agencies work with a child, and why, as far as these lines and duties say."""
    aside = no_work()
    found: dict[str, dict[str, None]] = {}
    for line in lines:
        if line.by != MACHINE and line.mentions and line.kind not in aside:
            reported = catalogue()[line.kind].opens_concern
            found.setdefault(line.agency, {})[REPORTED if reported else RECORDED] = None
    for agency in lent(lines):
        found.setdefault(agency, {})[PASSED] = None
    for view in owed:
        if view.waits:
            found.setdefault(view.agency, {})[OWES] = None
    return {agency: list(why) for agency, why in found.items()}


def sealed_in(viewer: Viewer, found: Found) -> int:
    """How many entries of a file stand behind a wall that lets this person through. To all others there are none."""
    kept, through = parted(viewer, threads_about(found.people))
    inside = set(through)
    for line in kept:
        if inside.intersection((line.id, *line.regarding, *line.mentions)):
            inside.add(line.id)
    return sum(line.id in inside for line in found.lines)
