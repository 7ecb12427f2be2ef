"""The meetings for which a chair may sign, and the proposals about the children whom they were about."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from onrecord.access.rules import Viewer
from onrecord.duties.models import Owed
from onrecord.duties.queries.lists import SIGNATURE, DutyView, shown
from onrecord.duties.queries.walls import seen_by
from onrecord.duties.rules.fold import OPEN
from onrecord.duties.rules.quorum import fresh, sorts_met
from onrecord.ledger.gateway.registry import catalogue
from onrecord.ledger.queries import lately
from onrecord.ledger.rules.effect import Line
from onrecord.linkage.queries import clusters

LATELY = timedelta(days=31)


def covers(meeting: Line, proposal: Line, people: Mapping[UUID, Collection[UUID]]) -> bool:
    """Whether a meeting was about every child of a proposal. `people` holds each child's mentions, by one of them."""
    return all({mention, *people.get(mention, ())}.intersection(meeting.mentions) for mention in proposal.mentions)


@dataclass(frozen=True)
class Signing:
    """What a chair may sign: proposals, soonest due first; the meetings; the mentions of the children of these."""

    owed: list[DutyView]
    meetings: list[Line]
    children: Mapping[UUID, Collection[UUID]]


NOTHING = Signing([], [], {})


def signing_for(viewer: Viewer, now: datetime) -> Signing:
    """What waits for a second signature about the children of the quorate meetings that somebody lately chaired."""
    lately = _chaired(viewer, now)
    found = clusters({mention for line in lately for mention in line.mentions}) if lately else {}
    rows = Owed.objects.filter(seen_by(viewer), rule=SIGNATURE, state=OPEN, mention__in=_by_each(found))
    views = shown(rows.order_by("due_at", "key"), now) if found else []
    if not views:
        return NOTHING
    meetings = [line for line in lately if fresh(line.happened_at, now, views[0].calendar)]
    mentions = {mention for line in meetings for mention in line.mentions}
    children = _by_each({mention: same for mention, same in found.items() if mention in mentions})
    return Signing([view for view in views if view.mention in children], meetings, children)


def _chaired(viewer: Viewer, now: datetime) -> list[Line]:
    """The quorate meetings of the last weeks that somebody put on record, newest first."""
    known = catalogue()
    kinds = [kind for kind, fact in known.items() if fact.quorum is not None]
    newest = lately(kinds, now - LATELY) if kinds else ()
    mine = [line for line in newest if line.by == viewer.user and line.happened_at > now - LATELY]
    return [line for line in mine if sorts_met(known[line.kind], line.coded)]


def _by_each(found: Mapping[UUID, Collection[UUID]]) -> dict[UUID, frozenset[UUID]]:
    """Every mention of a child, by each of them."""
    return {one: frozenset({mention, *same}) for mention, same in found.items() for one in {mention, *same}}
