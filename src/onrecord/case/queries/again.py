"""What a meeting decides that was called: what an earlier one of its sort could not, or somebody disagreed with."""

from datetime import datetime
from uuid import UUID

from onrecord.access.rules import Viewer
from onrecord.case.facts import MeetingHeld
from onrecord.case.queries.meetings import Meeting
from onrecord.duties.queries import DutyView, owed_about
from onrecord.ledger.queries import above, lines
from onrecord.ledger.rules.effect import Line


def decides_again(viewer: Viewer, called: Meeting, now: datetime) -> list[UUID]:
    """What is to be decided again at a meeting of this sort, owed by an agency of the reader, about its children."""
    people, ours = set(called.root.mentions), {held.agency for held in viewer.holdings}
    owed = [view for view in owed_about(people, now) if view.waits and view.agency in ours and _by_meeting(view)]
    asked = [line for line in lines(view.opening for view in owed) if line.id not in {one.id for one in called.lines}]
    return [line.id for line in asked if set(line.mentions) <= people and called.sort in _sorts(line, called.sort)]


def _by_meeting(view: DutyView) -> bool:
    return any(match.kind == MeetingHeld.kind for match in view.rule.discharged_by)


def _sorts(line: Line, otherwise: str) -> set[str]:
    """The sort of the meeting to which it goes back; any, where it goes back to none."""
    met = [one for one in above([line.id]) if one.kind == MeetingHeld.kind]
    return {str(one.coded["sort"]) for one in met} or {otherwise}
