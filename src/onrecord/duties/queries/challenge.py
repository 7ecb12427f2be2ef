"""Disagreements, requests and what else somebody raised, each with how it stands; and what is disputed now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from onrecord.access.queries import names
from onrecord.access.rules import Viewer
from onrecord.duties.facts import (
    DisagreementContinued,
    DisagreementRaised,
    DisagreementSettled,
    InstructionAnswered,
    InstructionReported,
    RefusalViewed,
    RequestAnswered,
    RequestMade,
    StageAnswered,
)
from onrecord.duties.models import Owed
from onrecord.duties.queries.lists import DutyView, shown
from onrecord.duties.queries.thread import by_whom, told
from onrecord.duties.rules.challenge import LAST, Dispute, disputed, disputes
from onrecord.duties.rules.window import Still, still
from onrecord.ledger.facts import Entry
from onrecord.ledger.facts.fields import HERE
from onrecord.ledger.queries import entries, envelopes, threads
from onrecord.ledger.rules.effect import Line, below

RAISED = (DisagreementRaised.kind, RequestMade.kind, InstructionReported.kind)
SAID_SINCE = frozenset(
    made.kind
    for made in (
        StageAnswered,
        DisagreementContinued,
        DisagreementSettled,
        RequestAnswered,
        RefusalViewed,
        InstructionAnswered,
    )
)


@dataclass(frozen=True)
class Answer:
    """Something said since: its entry, when, what it is called, in a sentence, by whom."""

    uid: UUID
    at: datetime
    title: str
    text: str
    by: str


@dataclass(frozen=True)
class Raised:
    """Something that somebody raised: what they said, what was said since, what is owed now, and of a disagreement
    how it stands."""

    made: Entry
    text: str
    answers: tuple[Answer, ...]
    owed: tuple[DutyView, ...]
    dispute: Dispute | None

    @property
    def reference(self) -> str:
        """What people call it by."""
        return str(self.made.id)[:8]


def raised_by(viewer: Viewer, now: datetime, newest: int = 50) -> list[Raised]:
    """What somebody raised, the newest first."""
    mine = [row.uid for row in envelopes(RAISED) if row.by == viewer.user][:newest]
    return _raised(mine, threads(mine) if mine else [], now)


def one_raised(uid: UUID, known: Sequence[Line], now: datetime) -> Raised | None:
    """One thing that was raised, among lines that were looked up with all that answers it; None where there is none.

    Who may see it is for the caller to ask.
    """
    return next(iter(_raised([uid], known, now)), None)


def disputed_now(uids: Iterable[UUID], now: datetime) -> dict[UUID, datetime]:
    """Those of these entries with which somebody disagrees now, each with the moment since when."""
    return disputed(threads(uids), now)


class Challenged(NamedTuple):
    """Of a report: since when its author or somebody else disagrees, and what can still be challenged with effect."""

    disputed: datetime | None
    window: Still | None


def challenges_now(reports: Sequence[UUID], now: datetime) -> dict[UUID, Challenged]:
    """How each of these reports stands; everything is looked up at once."""
    known = threads(reports) if reports else []
    since, day = disputed(known, now), now.astimezone(HERE).date()
    found = {uid: still(below(known, uid), day, now) for uid in reports}
    return {uid: Challenged(since.get(uid), found[uid][-1] if found[uid] else None) for uid in reports}


def ended_outside(now: datetime) -> int:
    """How many disagreements ended with a view from outside: published as a number."""
    rows = envelopes((StageAnswered.kind,))
    return sum(row.coded["stage"] == LAST and row.recorded_at <= now for row in rows)


def _raised(uids: Sequence[UUID], given: Sequence[Line], now: datetime) -> list[Raised]:
    found = [line for line in given if line.id in set(uids) and line.kind in RAISED]
    said = {line.id: below(given, line.id) for line in found}
    opened = {made.id: made for made in entries(line.id for thread in said.values() for line in thread)}
    people = names(made.saying.by for made in opened.values())
    owed = _owed(opened, now)
    stand = {one.id: one for one in disputes(given, now)}
    rows = [_row(line, said[line.id], opened, people, owed, stand.get(line.id)) for line in found]
    return sorted(rows, key=lambda one: one.made.seq, reverse=True)


def _owed(openings: Iterable[UUID], now: datetime) -> list[DutyView]:
    rows = Owed.objects.filter(opening__in=list(openings)).order_by("due_at", "key")
    return [view for view in shown(rows, now) if view.waits]


def _row(
    line: Line,
    thread: Sequence[Line],
    opened: dict[UUID, Entry],
    people: dict[str, str],
    owed: Iterable[DutyView],
    dispute: Dispute | None,
) -> Raised:
    inside = {one.id for one in thread}
    waiting = tuple(view for view in owed if view.opening in inside)
    titles = {view.rule.id: view.rule.title for view in waiting}
    quiet = dispute is not None and dispute.whose == "reporter"
    answers = tuple(
        _answer(opened[one.id], titles, "" if quiet else by_whom(opened[one.id], people))
        for one in thread[1:]
        if one.kind in SAID_SINCE
    )
    return Raised(opened[line.id], told(opened[line.id], titles), answers, waiting, dispute)


def _answer(made: Entry, titles: dict[str, str], by: str) -> Answer:
    """An answer as whoever raised it reads it. A reporter is not told by whom: that could say that theirs is sealed."""
    return Answer(made.id, made.recorded_at, made.saying.fact.title, told(made, titles), by)
