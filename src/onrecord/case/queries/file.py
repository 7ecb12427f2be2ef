"""A child's file: one page of everything, as one person may see it. It opens what is sealed; only actions ask."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from onrecord.access.queries import names, post
from onrecord.access.rules import Viewer
from onrecord.case.facts import ExploitationAssessed, SafeContactSet
from onrecord.case.queries.chronology import ASIDE, Item, agencies, chosen, items, kinds, listed
from onrecord.case.queries.contact import Contact, contact_from, contact_ids
from onrecord.case.queries.opening import visible
from onrecord.case.rules import joined_by
from onrecord.duties.queries import DutyView, owed_about
from onrecord.duties.queries.thread import by_whom
from onrecord.ledger.facts import Entry, Person, Saying, mention_of
from onrecord.ledger.queries import entries, threads_about
from onrecord.ledger.rules.corrections import PutRight, fixes_of, put_right
from onrecord.ledger.rules.effect import Line, standing
from onrecord.ledger.rules.places import whereabouts
from onrecord.linkage.queries import cluster

PAGE = 50


@dataclass(frozen=True)
class Asked:
    """Which part of a chronology is wanted: of one agency, of one kind, which page (from 1)."""

    agency: str = ""
    kind: str = ""
    page: int = 1


@dataclass(frozen=True)
class Found:
    """What there is about a child that somebody may see, not opened yet."""

    mention: UUID
    people: frozenset[UUID]
    lines: tuple[Line, ...]

    @property
    def mentions(self) -> tuple[UUID, ...]:
        """The mentions of the child that somebody may know of, in order."""
        return tuple(dict.fromkeys(one for line in self.lines for one in line.mentions if one in self.people))


@dataclass(frozen=True)
class Level:
    """The judgement in effect: its code, since when, and when it is owed again. `stale` when that time is over."""

    code: str
    since: datetime
    again: datetime | None
    stale: bool

    @property
    def again_on(self) -> datetime | None:
        """The last moment in time: a day that ends at midnight ends on the day before."""
        return self.again - timedelta(microseconds=1) if self.again else None


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
    """What somebody may see about the child of a mention; None where there is nothing."""
    people = cluster(mention)
    lines = tuple(visible(viewer, threads_about(people)))
    return Found(mention, people, lines) if any(mention in line.mentions for line in lines) else None


def read(found: Found, asked: Asked, now: datetime) -> ChildFile:
    """Open a file."""
    everything = listed(found.lines, now)
    wanted = chosen(everything, asked.agency, asked.kind)
    page = wanted[(asked.page - 1) * PAGE : asked.page * PAGE]
    fixes, contacts, made = fixes_of(found.lines, now), contact_ids(found.lines, now), _naming(found)
    joins = joined_by(found.mention, found.lines)
    first = [*contacts, *made, *(line.id for line in joins.values()), *(one.line.id for one in page)]
    opened = {made.id: made for made in entries([*first, *(uid for one in first for uid in fixes.get(one, ()))])}
    ids = {line.id for line in found.lines}
    owed = [view for view in owed_about(found.mentions, now) if view.opening in ids]
    owed = [view for view in owed if not view.rule.opens.kind.startswith(ASIDE)]
    return ChildFile(
        found=found,
        named=put_right(opened[made[0]], fixes, opened),
        called=_called(put_right(opened[uid], fixes, opened) for uid in made),
        contact=contact_from(contacts, fixes, opened),
        level=_level(found, owed, now),
        owed=[view for view in owed if view.waits],
        items=items(page, fixes, opened, {view.rule.id: view.rule.title for view in owed}),
        joined=_joined(found, joins, fixes, opened),
        count=len(wanted),
        agencies=agencies(everything),
        kinds=kinds(everything),
    )


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


def _naming(found: Found) -> list[UUID]:
    """The entries that name the child, first the one by whose words the file is called.

    That is the one that made this mention, else the first that made any.
    """
    made = {mention_of(line.id, "child"): line.id for line in reversed(found.lines)}
    names_them = [made[one] for one in (found.mention, *found.mentions) if one in made]
    return list(dict.fromkeys(names_them)) or [found.lines[0].id]


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


def _level(found: Found, owed: Sequence[DutyView], now: datetime) -> Level | None:
    judged = [made for made in standing(found.lines, now) if made.line.kind == ExploitationAssessed.kind]
    if not judged:
        return None
    line = max(judged, key=lambda made: (made.effective_at, made.line.seq)).line
    repeats = [view for view in owed if view.waits and view.rule.repeats and _judges(view)]
    again = min((view.due_at for view in repeats), default=None)
    return Level(str(line.coded["level"]), line.happened_at, again, again is not None and again <= now)


def _judges(view: DutyView) -> bool:
    return any(one.kind == ExploitationAssessed.kind for one in view.rule.discharged_by)
