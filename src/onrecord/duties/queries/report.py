"""A report with all that hangs together with it, looked up once: who was known before, what happened, what is owed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from onrecord.access.queries import names
from onrecord.access.rules import Viewer
from onrecord.duties.queries.ended import likely
from onrecord.duties.queries.judged_by import Judges, judges
from onrecord.duties.queries.lists import ADDED, DutyView, owed_for
from onrecord.duties.queries.thread import Happening, happenings
from onrecord.duties.queries.walls import parted
from onrecord.intake.facts import ReferrerTold, ReportReceived
from onrecord.intake.queries import ended_by, hidden, reports_and_keys
from onrecord.ledger.facts import Person, mention_of
from onrecord.ledger.gateway.registry import needed
from onrecord.ledger.queries import around, entries
from onrecord.ledger.rules.corrections import PutRight, fixes_of, put_right
from onrecord.ledger.rules.effect import Line
from onrecord.ledger.rules.seen import Seen
from onrecord.linkage.queries import OPENED, Judged, KnownBefore, alike, candidates, judged_on, weighed
from onrecord.linkage.rules.scales import Scales

PANELS = "front_door_report"


@dataclass(frozen=True)
class Found:
    """What there is about a report, before anything of it is opened.

    `lines` are those that somebody may know of, `every` all of them; `through` says that the report is sealed and they
    may read it; `alike` are the entries that could name the same child, the likeliest first, or None where this one is
    not in the table yet; `weights` by what they are weighed.
    """

    line: Line
    lines: tuple[Line, ...]
    every: tuple[Line, ...]
    through: bool
    judged: Judged
    alike: tuple[UUID, ...] | None
    weights: Scales | None

    @property
    def uid(self) -> UUID:
        """The report's id."""
        return self.line.id


@dataclass(frozen=True)
class OpenedReport:
    """A report, opened: as it stands now, its row, who was known before, and everything that came of it."""

    seen: Seen
    made: PutRight
    row: Any
    known: list[KnownBefore]
    owed: list[DutyView]
    items: list[Happening]
    people: dict[str, str]
    told: str
    ended_by: frozenset[str]
    held: frozenset[str]
    """The keys by which the reader would be found in a report."""
    looked_up: bool
    """Whether it was looked up who was known before."""
    judges: Judges
    """Who said of those known before that they are the same child, or are not."""
    added: tuple[UUID, ...]
    """What was added since and waits for a decision."""

    @property
    def child(self) -> Person | None:
        """The child, as they are named now."""
        child = getattr(self.made.entry.saying.fact, "child", None)
        return child if isinstance(child, Person) else None

    @property
    def called(self) -> tuple[Person, ...]:
        """The child, as they are named now and as they were named first."""
        said = (getattr(made.saying.fact, "child", None) for made in (self.made.entry, self.made.first))
        return tuple(one for one in said if isinstance(one, Person))


def find(viewer: Viewer, uid: UUID) -> Found | None:
    """What there is about a report that somebody may know of; None where there is nothing, or it is no report."""
    child = mention_of(uid, "child")
    judged, like = judged_on(child), alike(child)
    every = around(judged.people, [uid, *(one.entry for one in (like.found if like else ()))])
    kept, through = parted(viewer, every)
    line = next((line for line in kept if line.id == uid and line.kind == ReportReceived.kind), None)
    seen = {one.id for one in kept}
    known = None if like is None else tuple(one.entry for one in like.found if one.entry in seen)[:OPENED]
    weights = like.weights if like else None
    return Found(line, tuple(kept), tuple(every), uid in through, judged, known, weights) if line else None


def opened(viewer: Viewer, found: Found, now: datetime, *, with_known: bool) -> OpenedReport | None:
    """Open a report; None where it has no row yet. Who was known before is opened only where that is asked."""
    alike = (found.alike or ()) if with_known else ()
    reports, held = reports_and_keys(viewer, {*found.judged.people, *(mention_of(uid, "child") for uid in alike)})
    row = next((row for row in reports if row.uid == found.uid), None)
    if row is None:
        return None
    seen, fixes = _open(found, now, alike), fixes_of(found.lines, now)
    right = {uid: put_right(made, fixes, seen.opened) for uid, made in seen.opened.items()}
    made = right[found.uid]
    known = weighed(made, (right[uid] for uid in alike), found.judged.verdicts, now.date(), found.weights)
    if with_known and found.alike is None:
        known = candidates(made.first, now, lambda uids: hidden(viewer, uids))
    thread = [line.id for line in seen.thread]
    owed = owed_for(thread, now)
    said = (right[uid].entry.saying for uid in thread)
    judged = judges(mention_of(found.uid, "child"), found.judged.people, found.lines if known else (), now)
    people = names({*judged.people, *(who for saying in said for who in (saying.by, saying.on_behalf) if who)})
    decided = right.get(row.decided_by) if row.decided_by else None
    same = found.judged.people | likely(known, judged, viewer.user)
    return OpenedReport(
        seen=seen,
        made=made,
        row=row,
        known=known,
        owed=[view for views in owed.values() for view in views if view.opening == found.uid or _of_later(view)],
        items=happenings(seen, right, people, _titles(owed.values())),
        people=people,
        told=getattr(decided.entry.saying.fact, "tell_reporter", "") if decided else "",
        ended_by=ended_by(row, (one for one in reports if one.mention in same)),
        held=held,
        looked_up=with_known,
        judges=judged,
        added=tuple(uid for uid in thread if uid != found.uid and any(map(waits_for_decision, owed.get(uid, ())))),
    )


def _open(found: Found, now: datetime, known: Iterable[UUID]) -> Seen:
    """Everything that the page and its panels show, opened at once."""
    shut = Seen(found.uid, found.lines, {}, found.judged.people)
    kinds = needed(PANELS)
    wanted = [line.id for line in shut.thread]
    wanted += [line.id for line in shut.of_child if line.kind in kinds]
    wanted += known
    fixes = fixes_of(found.lines, now)
    opened = entries([*wanted, *(uid for one in wanted for uid in fixes.get(one, ()))])
    return Seen(found.uid, found.lines, {made.id: made for made in opened}, found.judged.people)


def waits_for_decision(view: DutyView) -> bool:
    """Whether it is a decision on what was added to a report that is owed, and not made yet."""
    return view.waits and view.rule.id in ADDED


def _of_later(view: DutyView) -> bool:
    return waits_for_decision(view) or _to_tell(view)


def _to_tell(view: DutyView) -> bool:
    """Whether whoever reported waits for news of what came later, such as that it was ended."""
    return view.waits and any(match.kind == ReferrerTold.kind for match in view.rule.discharged_by)


def _titles(owed: Iterable[list[DutyView]]) -> dict[str, str]:
    return {view.rule.id: view.rule.title for views in owed for view in views}
