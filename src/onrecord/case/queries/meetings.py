"""Meetings somebody may know of: those their agency was asked to, came to or recorded, and those about their children.

A sort of agency is an invitation only where there is one agency of that sort: that a school was asked tells no other
school anything. Only actions open a meeting.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from django.utils.timezone import localtime

from onrecord.access.queries import alone
from onrecord.access.rules import Viewer
from onrecord.case.facts import MeetingCalled, MeetingCalledOff, MeetingHeld, MeetingPutOff, MinutesCirculated
from onrecord.case.facts import MinutesLocked as Locked
from onrecord.case.facts import MinutesRecorded as Minutes
from onrecord.case.queries.opening import open_and_kept, visible
from onrecord.case.rules import MEETS, Sides, absent, quorate, sides, without_later
from onrecord.intake.queries.close import named_in
from onrecord.ledger.facts import Entry, Person
from onrecord.ledger.queries import entries, last_of, makers, threads
from onrecord.ledger.rules.corrections import PutRight, fixes_of, put_right
from onrecord.ledger.rules.effect import Line, answered_in, below, standing

ROOTS = (MeetingCalled.kind, MeetingHeld.kind)
LISTED = 100
"""How many of the newest meetings are looked through for a list."""
NOT_NAMED = "A child not named"


@dataclass(frozen=True)
class Meeting:
    """A meeting and everything that was said of it that counts, in ledger order; not opened.

    `open_to` are the children in it whose file the reader may open; `raw` are its lines with what is only proposed.
    """

    root: Line
    lines: tuple[Line, ...]
    raw: tuple[Line, ...]
    open_to: frozenset[UUID]

    def _last(self, kind: str) -> Line | None:
        return next((line for line in reversed(self.lines) if line.kind == kind), None)

    def at(self, uid: UUID) -> datetime:
        """When something that was said of it took place."""
        return next(line.happened_at for line in (*self.lines, *self.raw) if line.id == uid)

    @cached_property
    def called(self) -> Line | None:
        """By what it was called; None for one that just took place."""
        return self._last(MeetingCalled.kind)

    @cached_property
    def held(self) -> Line | None:
        """By what it is known that it took place."""
        return self._last(MeetingHeld.kind)

    @cached_property
    def put_off(self) -> Line | None:
        """By what it was put off last."""
        return self._last(MeetingPutOff.kind)

    @cached_property
    def called_off(self) -> Line | None:
        """By what it was called off."""
        return self._last(MeetingCalledOff.kind)

    @property
    def to_come(self) -> bool:
        """Whether it is called, and neither took place nor was called off."""
        return not (self.held or self.called_off)

    def _waiting(self, kind: str) -> Line | None:
        """What of this kind is proposed and waits for an answer, the last of it."""
        answered = answered_in(self.raw)
        waits = [one for one in self.raw if one.kind == kind and one.proposed and one.id not in answered]
        return waits[-1] if waits and self.to_come else None

    @property
    def put_off_to(self) -> date | None:
        """The day to which it is proposed to put it off; None where nothing waits."""
        waits = self._waiting(MeetingPutOff.kind)
        return date.fromisoformat(str(waits.coded["on_day"])) if waits else None

    @property
    def may_be_off(self) -> bool:
        """Whether it is proposed to call it off."""
        return self._waiting(MeetingCalledOff.kind) is not None

    @cached_property
    def minutes(self) -> Line | None:
        """Its minutes, once they are written."""
        return self._last(Minutes.kind)

    @cached_property
    def sent_round(self) -> Line | None:
        """By what it is known that the minutes were sent round."""
        return self._last(MinutesCirculated.kind)

    @cached_property
    def locked(self) -> bool:
        """Whether the minutes are locked."""
        return self._last(Locked.kind) is not None

    @property
    def day(self) -> date:
        """The day on which it took place, or for which it is called now."""
        if self.held:
            return localtime(self.held.happened_at).date()
        return date.fromisoformat(str((self.put_off or self.root).coded["on_day"]))

    @property
    def sort(self) -> str:
        """The code of its sort: what it was, else what it was called as."""
        return str((self.held or self.root).coded["sort"])

    @property
    def came(self) -> frozenset[str]:
        """The sorts of agency that came."""
        return frozenset(self.held.coded["came"]) if self.held else frozenset()

    @property
    def quorate(self) -> bool:
        """Whether it took place and could decide."""
        return self.held is not None and quorate(self.sort, self.came)

    @property
    def absent(self) -> frozenset[str]:
        """The sorts of agency that were not there, and without which it decides nothing."""
        return absent(self.sort, self.came)

    @cached_property
    def sides(self) -> Sides:
        """Its actions, its dissents, and what was sent in about its minutes."""
        return sides(self.lines)

    @property
    def children(self) -> tuple[UUID, ...]:
        """Everybody whom it is about, in order."""
        return tuple(dict.fromkeys(one for line in self.lines for one in line.mentions))

    def of(self, *kinds: str) -> list[Line]:
        """Its lines of these kinds."""
        return [line for line in self.lines if line.kind in kinds]


@dataclass(frozen=True)
class Opened:
    """A meeting, opened: what may be read of it as it stands now, by id, and how its children are called."""

    meeting: Meeting
    right: dict[UUID, PutRight]
    names: dict[UUID, str]
    called: tuple[Person, ...]

    @property
    def group(self) -> str:
        """What the group is called."""
        return str(getattr(self.right[self.meeting.root.id].entry.saying.fact, "group", ""))


def meeting(viewer: Viewer, uid: UUID, now: datetime) -> Meeting | None:
    """The meeting that this entry called or recorded; None where there is none that somebody may know of."""
    if not viewer.roles & MEETS:
        return None
    return next((one for one in _seen(viewer, [uid], now) if one.root.id == uid), None)


def meetings(viewer: Viewer, now: datetime, before: int | None = None) -> tuple[list[Meeting], int | None]:
    """The newest meetings that somebody may know of, or the newest before a number, by day, the latest first.

    Also the number from which to go on to older ones; None where there are none.
    """
    roots = last_of(ROOTS, LISTED, before) if viewer.roles & MEETS else []
    found = _seen(viewer, [line.id for line in roots], now)
    older = roots[-1].seq if len(roots) == LISTED else None
    return sorted(found, key=lambda one: (one.day, one.root.seq), reverse=True), older


def meetings_in(lines: Iterable[Line], now: datetime) -> list[Meeting]:
    """The meetings in a child's file, the latest first. `lines` are what somebody may see of it."""
    known = list(lines)
    counting = {line.id: line for line, _ in standing(known, now)}
    made = [_meeting(line, known, counting, frozenset(line.mentions)) for line in _firsts(counting)]
    return sorted(made, key=lambda one: (one.day, one.root.seq), reverse=True)


def next_of(found: Iterable[Meeting], now: datetime) -> Meeting | None:
    """Of these, the next one that is called for today or later."""
    today = localtime(now).date()
    coming = [one for one in found if one.to_come and one.day >= today]
    return min(coming, key=lambda one: (one.day, one.root.seq), default=None)


def listed(found: Sequence[Meeting], now: datetime) -> list[Opened]:
    """These meetings, each with what called or recorded it, opened all at once; no child is named."""
    return _opened({one.root.id: [one.root.id] for one in found}, found, {}, now)


def whole(found: Meeting, now: datetime) -> Opened:
    """A meeting, opened: all of it that the reader may read, and the names of the children they work with."""
    made = makers(found.open_to) if found.open_to else {}
    return _opened({found.root.id: _readable(found)}, [found], made, now)[0]


def _opened(
    wanted: Mapping[UUID, list[UUID]], found: Sequence[Meeting], made: Mapping[UUID, UUID], now: datetime
) -> list[Opened]:
    """`wanted` are the entries to read of each meeting, `made` the entry that named each child."""
    fixes = fixes_of([line for one in found for line in one.raw], now)
    uids = {uid for some in wanted.values() for uid in some}
    more = {fix for uid in uids for fix in fixes.get(uid, ())}
    opened = {entry.id: entry for entry in entries(uids | more | set(made.values()))}
    names = {mention: _called(opened.get(uid)) for mention, uid in made.items()}
    called = tuple(child for uid in set(made.values()) if uid in opened for child in named_in(opened[uid]))
    rights = ({uid: put_right(opened[uid], fixes, opened) for uid in wanted[one.root.id]} for one in found)
    return [Opened(one, right, names, called) for one, right in zip(found, rights, strict=True)]


def _called(made: Entry | None) -> str:
    child = getattr(made.saying.fact, "child", None) if made else None
    return child.spoken() if isinstance(child, Person) else NOT_NAMED


def _readable(found: Meeting) -> list[UUID]:
    """What of a meeting is opened: not what was said only of children whom the reader does not work with."""
    everybody = set(found.root.mentions)
    theirs = [line for line in found.lines if not line.mentions or set(line.mentions) >= everybody]
    named = [line for line in found.lines if found.open_to.intersection(line.mentions)]
    return list(dict.fromkeys(line.id for line in (*theirs, *named)))


def _seen(viewer: Viewer, roots: Iterable[UUID], now: datetime) -> list[Meeting]:
    """Of these meetings those that somebody may know of. One that was called is told from its call.

    To whom a restriction closes the files of all its children there is no such meeting, whoever was asked.
    """
    known = visible(viewer, threads(roots))
    counting = {line.id: line for line, _ in standing(known, now)}
    firsts = _firsts(counting)
    mine, kept = open_and_kept(viewer, {one for line in firsts for one in line.mentions}) if firsts else ({}, set())
    firsts = [line for line in firsts if not line.mentions or not kept.issuperset(line.mentions)]
    made = [_meeting(line, known, counting, frozenset(mine)) for line in firsts]
    ours = [held for held in viewer.holdings if held.role in MEETS]
    agencies_of = {held.agency for held in ours}
    found = [one for one in made if one.open_to or agencies_of & {line.agency for line in one.of(*ROOTS)}]
    others = [one for one in made if one not in found]
    only = alone() if others else frozenset()
    return found + [one for one in others if _asked(one) & only & {held.sort for held in ours}]


def _firsts(counting: Mapping[UUID, Line]) -> list[Line]:
    """Of the lines that count those with which a meeting begins: what was called is told from its call."""
    calls = {line.id for line in counting.values() if line.kind == MeetingCalled.kind}
    return [line for line in counting.values() if line.kind in ROOTS and not calls.intersection(line.regarding)]


def _meeting(first: Line, known: list[Line], counting: Mapping[UUID, Line], mine: frozenset[UUID]) -> Meeting:
    raw = without_later(below(known, first.id))
    counts = tuple(counting[one.id] for one in raw if one.id in counting)
    return Meeting(first, counts, raw, mine.intersection(first.mentions))


def _asked(found: Meeting) -> set[str]:
    """The sorts of agency that were asked or came, at first or as put right: who was struck out may say so there."""
    said = [line for line in (*found.lines, *found.raw) if line.kind in ROOTS]
    return {sort for line in said for sort in (*line.coded.get("invited", ()), *line.coded.get("came", ()))}
