"""Whose answer it is: the seat that owes a duty, one above it on its ladder, or whoever stands in for that seat."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from onrecord.access.queries import covered_by, holders
from onrecord.access.rules import Viewer
from onrecord.duties.models import Owed
from onrecord.duties.queries.lists import DutyView, shown
from onrecord.duties.rules.fold import OPEN
from onrecord.duties.rules.walls import is_outside, rungs


def waiting_for(kind: str, openings: Iterable[UUID], now: datetime) -> dict[UUID, list[DutyView]]:
    """The duties that wait for an answer of this kind, by the fact that opened them."""
    found: dict[UUID, list[DutyView]] = {}
    for view in shown(Owed.objects.filter(opening__in=list(openings), state=OPEN), now):
        if any(match.kind == kind for match in view.rule.discharged_by):
            found.setdefault(view.opening, []).append(view)
    return found


def on_its_ladder(viewer: Viewer, view: DutyView, now: datetime) -> bool:
    """Whether it is theirs to answer: by the seat that owes it, one above inside, or outside once it has come there."""
    if view.owed_by(viewer) or viewer.holds(view.role, view.agency) or _stands_in(viewer, view, now):
        return True
    above = rungs(view.rule, sealed=view.wall is not None)
    come = [rung.to for number, rung in above if not is_outside(rung) or number < view.rung]
    return any(view.sits(viewer, seat) for seat in come)


def _stands_in(viewer: Viewer, view: DutyView, now: datetime) -> bool:
    """Whether whoever holds the seat that owes it is away, and is covered by this person."""
    away: Collection[str] = set(covered_by(viewer.user, now))
    return bool(away) and not set(holders(view.role, view.agency)).isdisjoint(away)
