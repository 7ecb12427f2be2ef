"""A child's file: one page of everything, as one person may see it. It opens what is sealed; only actions ask."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from onrecord.access.queries import names, post
from onrecord.access.rules import Viewer
from onrecord.case.facts import SafeContactSet
from onrecord.case.queries.chronology import ASIDE, Beside, Item, agencies, chosen, items, kinds, listed
from onrecord.case.queries.contact import Contact, contact_from, contact_ids
from onrecord.case.queries.judged import Level, judged_last, level_from
from onrecord.case.queries.meetings import Meeting, meetings_in, next_of
from onrecord.case.queries.opening import visible
from onrecord.case.queries.own_words import NEWEST, OwnWords, quoted_in, said_last
from onrecord.case.queries.police import Pointer, pointers_from, pointers_in
from onrecord.case.queries.trusted import Trusted
from onrecord.case.rules import joined_by, leading, of_these, significant, still_trusted
from onrecord.duties.queries import DutyView, owed_about
from onrecord.duties.queries.authors import as_any
from onrecord.duties.queries.thread import by_whom
from onrecord.duties.queries.walls import said_inside
from onrecord.duties.rules.challenge import disputed
from onrecord.duties.rules.window import Still, still
from onrecord.ledger.facts import Entry, Person, Saying, mention_of
from onrecord.ledger.facts.fields import HERE
from onrecord.ledger.queries import entries, stand_among, threads_about
from onrecord.ledger.rules.corrections import PutRight, fixes_of, put_right
from onrecord.ledger.rules.effect import Line, standing
from onrecord.ledger.rules.places import whereabouts
from onrecord.linkage.queries import cluster

PAGE = 50


@dataclass(frozen=True)
class Asked:
    """Which part of a chronology is wanted: of one agency, of one kind, significant only; which page (from 1)."""

    agency: str = ""
    kind: str = ""
    page: int = 1
    significant: bool = False


@dataclass(frozen=True)
class Found:
    """What there is about a child that somebody may see, not opened yet."""

    mention: UUID
    people: frozenset[UUID]
    lines: tuple[Line, ...]
    sealed: bool = False
    """Whether all of it is the reader's own, behind a wall that does not let them through."""

    @property
    def mentions(self) -> tuple[UUID, ...]:
        """The mentions of the child that somebody may know of, in order."""
        return tuple(dict.fromkeys(one for line in self.lines for one in line.mentions if one in self.people))

    def named_in(self, entry: UUID) -> tuple[UUID, ...]:
        """The mentions of this child in an entry, which may be about others too; else the one the file is called by."""
        line = next((one for one in self.lines if one.id == entry), None)
        return tuple(one for one in line.mentions if one in self.people) if line and line.mentions else (self.mention,)


@dataclass(frozen=True)
class Joined:
    """That another mention was judged to be this child: its reference, when, by which role of which agency, and why."""

    reference: str
    at: datetime
    by: str
    why: str


@dataclass(frozen=True)
class ChildFile:
    """A child's file, opened. `called` is the child in every entry that names them, as said first and as put right."""

    found: Found
    named: PutRight
    called: tuple[Person, ...]
    contact: Contact
    level: Level | None
    owed: list[DutyView]
    items: list[Item]
    joined: list[Joined]
    count: int
    agencies: list[tuple[str, str]]
    kinds: list[tuple[str, str]]
    police: list[Pointer]
    words: OwnWords | None
    trusts: list[Trusted]
    lead: PutRight | None
    next: tuple[Meeting, str] | None
    """The next meeting that is called, and what the group is called."""
    challenges: list[Still]
    """What was lowered and can be challenged now, or was."""
    by_reason: bool = False
    """Whether it is open only because somebody gave a reason, and does not work with the child."""

    @property
    def child(self) -> Person | None:
        """The child, as they are named now."""
        child = getattr(self.named.entry.saying.fact, "child", None)
        return child if isinstance(child, Person) else None

    @property
    def reference(self) -> str:
        """What people call the file by, instead of a name."""
        return str(self.found.mention)[:8]


def what_there_is(viewer: Viewer, mention: UUID) -> Found | None:
    """What somebody may see about the child of a mention; None where there is nothing.

    To whoever reported the child, their own report and what they said of it always is something, so that nobody learns
    from the file that theirs is sealed. Who else may be this child was then judged behind the wall, and is not told.
    """
    people = cluster(mention)
    every = threads_about(people)
    lines = tuple(of_these(visible(viewer, every), people))
    known = frozenset(one for line in lines for one in line.mentions if one in people)
    if mention in known:
        return Found(mention, known, lines)
    own = tuple(line for line in said_inside(viewer, every) if mention in line.mentions)
    return Found(mention, frozenset({mention}), own, sealed=True) if own else None


def read(found: Found, asked: Asked, now: datetime) -> ChildFile:
    """Open a file."""
    everything, first = listed(found.lines, now), _first_screen(found, now)
    marks = significant(first.counting)
    wanted = chosen(everything, asked.agency, asked.kind, set(marks) if asked.significant else None)
    page = wanted[(asked.page - 1) * PAGE : asked.page * PAGE]
    fixes, made = fixes_of(found.lines, now), naming(found)
    joins = joined_by(found.mention, found.lines)
    beside = [marks[one.line.id] for one in page if one.line.id in marks]
    uids = [*first.uids, *made, *beside, *(line.id for line in joins.values()), *(one.line.id for one in page)]
    opened = {made.id: made for made in entries({*uids, *(uid for one in uids for uid in fixes.get(one, ()))})}
    right = {uid: put_right(opened[uid], fixes, opened) for uid in {*first.uids, *made}}
    owed = [view for view in owed_in(found, now) if not view.rule.opens.kind.startswith(ASIDE)]
    rules = {view.rule.id: view.rule.title for view in owed}
    return ChildFile(
        found=found,
        named=right[made[0]],
        called=_called(right[uid] for uid in made),
        contact=contact_from(first.contacts, fixes, opened),
        level=level_from(first.judged, right[first.judged.id], owed, now) if first.judged else None,
        owed=[view for view in owed if view.waits],
        items=items(page, Beside(fixes, opened, rules, disputed(found.lines, now), marks)),
        joined=_joined(found, joins, fixes, opened),
        count=len(wanted),
        agencies=agencies(everything),
        kinds=kinds(everything),
        police=pointers_from(first.held, fixes, opened, now.astimezone(HERE).date()),
        words=said_last(first.quoted, right, found.lines, now),
        trusts=[Trusted(right[uid], waits=False) for uid in first.trusted],
        lead=right[first.lead] if first.lead else None,
        challenges=still(found.lines, now.astimezone(HERE).date(), now),
        next=(first.meets, str(_field(right[first.meets.root.id], "group"))) if first.meets else None,
    )


@dataclass(frozen=True)
class _First:
    """What the first screen of a file is made of, not opened."""

    counting: list[Line]
    contacts: list[UUID]
    held: dict[UUID, str]
    judged: Line | None
    quoted: list[Line]
    trusted: list[UUID]
    lead: UUID | None
    meets: Meeting | None

    @property
    def uids(self) -> list[UUID]:
        """Every entry that is opened for it."""
        lines = [
            *self.quoted[:NEWEST],
            *([self.judged] if self.judged else []),
            *([self.meets.root] if self.meets else []),
        ]
        lead = [self.lead] if self.lead else []
        return [*self.contacts, *self.held, *self.trusted, *lead, *(line.id for line in lines)]


def _first_screen(found: Found, now: datetime) -> _First:
    stand = standing(found.lines, now)
    counting = [line for line, _ in stand]
    return _First(
        counting=counting,
        contacts=contact_ids(found.lines, now),
        held=pointers_in(found.lines, now),
        judged=judged_last(stand),
        quoted=quoted_in(stand),
        trusted=[line.id for line in still_trusted(counting)],
        lead=leading(counting),
        meets=next_of(meetings_in(found.lines, now), now),
    )


def owed_in(found: Found, now: datetime) -> list[DutyView]:
    """The duties that arose from what somebody may see of a file, soonest due first."""
    ids = {line.id for line in found.lines}
    owed = [view for view in owed_about(found.mentions, now) if view.opening in ids]
    return [as_any(view) for view in owed] if found.sealed else owed


def where(found: Found, now: datetime) -> list[tuple[str, str, str, datetime]]:
    """Where the child is and how to ring, as far as anybody said so: what, the words, by whom, when; newest first."""
    fixes = fixes_of(found.lines, now)
    uids = [line.id for line, _ in standing(found.lines, now)]
    opened = {made.id: made for made in entries([*uids, *(uid for fix in fixes.values() for uid in fix)])}
    right = [put_right(opened[uid], fixes, opened).entry for uid in reversed(uids)]
    people = names(made.saying.by for made in right)
    return [
        (label, said, by_whom(made, people), made.recorded_at)
        for made in right
        for label, said in whereabouts(made.saying.fact)
    ]


def answering(viewer: Viewer, file: ChildFile) -> tuple[UUID, ...]:
    """What a new safe contact answers: the decisions for which somebody owes it, or the first naming of the child."""
    asks = [view for view in file.owed if any(one.kind == SafeContactSet.kind for one in view.rule.discharged_by)]
    ours = {held.agency for held in viewer.holdings}
    return tuple(dict.fromkeys(view.opening for view in asks if view.agency in ours)) or (file.named.entry.id,)


def naming(found: Found) -> list[UUID]:
    """The entries that name the child, first the one by whose words the file is called.

    That is the one that made this mention, else the first that made any.
    """
    made = {mention_of(line.id, "child"): line.id for line in reversed(found.lines)}
    names_them = [made[one] for one in (found.mention, *found.mentions) if one in made]
    return list(dict.fromkeys(names_them)) or [found.lines[0].id]


def children_in(found: Found, now: datetime) -> tuple[Person, ...]:
    """How the child is called in every entry that names them, as said first and as put right. It opens those alone."""
    return _called(stand_among(found.lines, naming(found), now).values())


def _field(made: PutRight, name: str) -> Any:
    return getattr(made.entry.saying.fact, name, None)


def _called(made: Iterable[PutRight]) -> tuple[Person, ...]:
    said = (getattr(entry.saying.fact, "child", None) for one in made for entry in (one.entry, one.first))
    return tuple(one for one in said if isinstance(one, Person))


def _joined(
    found: Found, joins: Mapping[UUID, Line], fixes: Mapping[UUID, list[UUID]], opened: Mapping[UUID, Entry]
) -> list[Joined]:
    """How each mention that somebody may know of came to this file."""
    known = [one for one in found.mentions if one in joins]
    said = ((one, put_right(opened[joins[one].id], fixes, opened).entry) for one in known)
    return [_join(one, made.recorded_at, made.saying) for one, made in said]


def _join(mention: UUID, at: datetime, saying: Saying) -> Joined:
    return Joined(str(mention)[:8], at, post(saying.role, saying.agency), saying.fact.spoken("why"))
