"""Opening what was said in somebody's place, for those who may agree: noted as a read before it is shown."""

from datetime import datetime
from uuid import UUID

from onrecord.access.facts import StaffDetailsGiven
from onrecord.access.rules import Viewer
from onrecord.duties.actions.people import may_sign
from onrecord.duties.queries.in_place import InPlace, opened_in_place, said_in_place
from onrecord.intake.actions import note_near
from onrecord.intake.queries import hidden
from onrecord.intake.queries.close import children_of
from onrecord.ledger.queries import NoSuchEntry


def open_in_place(viewer: Viewer, uid: UUID, now: datetime) -> InPlace:
    """A proposal that waits for this person, opened.

    Raises NoSuchEntry for everybody else, and once it was answered. What was sealed meanwhile opens to its author.
    """
    found = said_in_place(uid)
    if found is None:
        raise NoSuchEntry(f"There is no proposal {uid}.")
    proposal, original = found
    theirs = original is not None and original.by == viewer.user
    if (not theirs and hidden(viewer, [uid])) or not may_sign(viewer, proposal, now):
        raise NoSuchEntry(f"There is no proposal {uid}.")
    details = StaffDetailsGiven.kind in (proposal.kind, original.kind if original else "")
    what = "staff_details" if details else "report"
    note_near(viewer, what, (uid, *proposal.regarding), now, called=children_of(proposal.mentions, now), held=())
    return opened_in_place(proposal, now)
