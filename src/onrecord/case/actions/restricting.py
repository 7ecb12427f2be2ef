"""Seeing how a child's file is restricted, for those who open it."""

from datetime import datetime
from uuid import UUID

from onrecord.access.rules import Denied, Viewer, check_work_cases
from onrecord.case.queries import may_open_any, what_there_is
from onrecord.case.queries.file import children_in
from onrecord.case.queries.restricted import Restricted, restrictions
from onrecord.intake.actions import note_near

NOT_OPEN = "Only those who open a child's file see who else does."


def open_restrictions(viewer: Viewer, mention: UUID, now: datetime) -> list[Restricted]:
    """How the file is restricted, noted as a read. Raises Denied for a file that is not open to this person."""
    check_work_cases(viewer)
    found = what_there_is(viewer, mention)
    if found is None or not may_open_any(viewer, found.people):
        raise Denied(NOT_OPEN)
    note_near(viewer, "who_knows", found.mentions, now, called=children_in(found, now))
    return restrictions(found.lines, now)
