"""Everything on record about one child in the order of time, in sentences, the newest first."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from uuid import UUID

from onrecord.access.queries import called, names
from onrecord.case.facts import MarkedSignificant
from onrecord.duties.queries.thread import WAITING, by_whom, told
from onrecord.ledger.facts import Corrected, Declined, Door, Entry, Fact
from onrecord.ledger.gateway.registry import catalogue
from onrecord.ledger.rules.copied import Copied, copied
from onrecord.ledger.rules.corrections import put_right
from onrecord.ledger.rules.effect import Line, set_aside, standing
from onrecord.ledger.rules.machine import MACHINE
from onrecord.ledger.rules.places import quiet
from onrecord.ledger.rules.shape import Sort, parts

ASIDE = ("access.", "intake.report_routed")
"""Kinds about reading, roles and routing. Who read a file is not for those who read it."""


NOT_AGREED = "Proposed, and not agreed"
ASIDE_NOW = "Set aside, as it was challenged"
NO_DISPUTE = ("duties.disagreement_", "duties.stage_", "ledger.")
"""Kinds with which nobody disagrees by a fact of its own: they say so in the disagreement itself."""


@dataclass(frozen=True)
class Listed:
    """A line of the chronology, not opened: `waits`, `declined` and `aside` mark a proposal that has no effect."""

    line: Line
    waits: bool = False
    declined: bool = False
    aside: bool = False
    """Whether two agreed to it, and somebody challenged it in time."""

    @property
    def state(self) -> str:
        """Why it has no effect, in words; "" where it has."""
        stands = ((ASIDE_NOW, self.aside), (WAITING, self.waits), (NOT_AGREED, self.declined))
        return next((words for words, applies in stands if applies), "")


@dataclass(frozen=True)
class Item:
    """A line of the chronology, opened. `first` is what was first said, where it was put right since."""

    at: datetime
    recorded_at: datetime
    title: str
    text: str
    by: str
    first: str
    state: str
    """Why it has no effect; "" where it has."""
    plain: bool
    """Whether that is over: it was not agreed."""
    uid: UUID | None = None
    """The entry, where somebody could disagree with it."""
    disputed: datetime | None = None
    """Since when somebody disagrees with it, and it is not over."""
    at_work: bool = False
    """Whether somebody at work put it in words of their own, which another may challenge."""
    entry: UUID | None = None
    """The entry, where it could stand among the significant events."""
    marked: str = ""
    """Who put it there, and why; "" where it does not stand there."""
    copy: Copied | None = None
    """The entry in plain text, where staff said it."""


@dataclass(frozen=True)
class Beside:
    """What stands beside the lines of a chronology.

    `fixes` are the corrections of each entry, `opened` all that was opened. `rules` are titles by id, `since` says of
    entries since when they are disputed, `marks` by which entry each was put among the significant events.
    """

    fixes: Mapping[UUID, list[UUID]]
    opened: Mapping[UUID, Entry]
    rules: Mapping[str, str] = field(default_factory=dict)
    since: Mapping[UUID, datetime] = field(default_factory=dict)
    marks: Mapping[UUID, UUID] = field(default_factory=dict)


def listed(lines: Iterable[Line], known_at: datetime) -> list[Listed]:
    """What the chronology lists, the newest first. A correction that counts stands with what it puts right."""
    given = _told_here(lines)
    counting = {made.line.id: made.line for made in standing(given, known_at)}
    declined = {target for line in given if line.kind == Declined.kind for target in line.regarding}
    found = [Listed(line) for line in counting.values() if line.kind != Corrected.kind]
    aside = set_aside(given, known_at)
    found += [
        Listed(line, line.id not in declined and line.id not in aside, line.id in declined, line.id in aside)
        for line in given
        if line.proposed and line.id not in counting
    ]
    return sorted(found, key=lambda one: (one.line.happened_at, one.line.seq), reverse=True)


def _told_here(lines: Iterable[Line]) -> list[Line]:
    """Without what is said aside, and all that answers it: that a file was opened, and that nobody reviewed it."""
    aside: set[UUID] = set()
    kept = []
    for line in lines:
        if line.kind.startswith(ASIDE) or aside.intersection(line.regarding):
            aside.add(line.id)
        else:
            kept.append(line)
    return kept


def chosen(found: Iterable[Listed], agency: str, kind: str, among: Collection[UUID] | None = None) -> list[Listed]:
    """Those of one agency, of one kind ("" for any), and among these entries (None for any)."""
    return [
        one
        for one in found
        if agency in ("", one.line.agency) and kind in ("", one.line.kind) and (among is None or one.line.id in among)
    ]


def agencies(found: Iterable[Listed]) -> list[tuple[str, str]]:
    """Every agency that said something, with its name; the machine is no agency."""
    ids = {one.line.agency for one in found}
    return sorted(((uid, called(uid)) for uid in ids if called(uid) != uid), key=lambda pair: pair[1])


def kinds(found: Iterable[Listed]) -> list[tuple[str, str]]:
    """Every kind that occurs, with its title."""
    return sorted({(one.line.kind, catalogue()[one.line.kind].title) for one in found}, key=lambda pair: pair[1])


def items(found: Iterable[Listed], beside: Beside) -> list[Item]:
    """These lines in sentences."""
    given = [(one, beside.opened[one.line.id]) for one in found]
    marks = [beside.opened[beside.marks[one.line.id]] for one, _ in given if one.line.id in beside.marks]
    people = names(made.saying.on_behalf or made.saying.by for made in (*(made for _, made in given), *marks))
    return [_item(one, made, beside, people) for one, made in given]


def _open_to_dispute(line: Line) -> UUID | None:
    """The entry, if staff say such things, and it is no part of a disagreement or of a second signature."""
    aside = catalogue()[line.kind].door is not Door.STAFF or line.kind.startswith(NO_DISPUTE)
    return None if aside or line.by == MACHINE else line.id


def _item(one: Listed, made: Entry, beside: Beside, people: Mapping[str, str]) -> Item:
    right, by = put_right(made, beside.fixes, beside.opened), by_whom(made, people)
    disputable = _open_to_dispute(one.line)
    mark = beside.marks.get(made.id)
    return Item(
        at=one.line.happened_at,
        recorded_at=made.recorded_at,
        title=made.saying.fact.title,
        text=told(quiet(right.entry), beside.rules),
        by=by,
        first=told(quiet(made), beside.rules) if right.fields else "",
        state=one.state,
        plain=one.declined,
        at_work=_in_own_words(type(made.saying.fact)),
        uid=disputable,
        copy=copied(right.entry, one.line.happened_at, by, one.state) if disputable else None,
        disputed=beside.since.get(made.id),
        entry=made.id if one.line.kind != MarkedSignificant.kind else None,
        marked=_marked(beside.opened[mark], beside, people) if mark else "",
    )


def _marked(mark: Entry, beside: Beside, people: Mapping[str, str]) -> str:
    why = put_right(mark, beside.fixes, beside.opened).entry.saying.fact.spoken("why")
    return f"{by_whom(mark, people)}: {why}"


@cache
def _in_own_words(made: type[Fact]) -> bool:
    wordy = {part.name for part in parts(made) if part.sort in (Sort.WORDS, Sort.ROWS)}
    return made.door is Door.STAFF and bool(wordy - made.told_us)
