"""Named questions about the outside seats: until when somebody has said that they are there."""

from datetime import datetime

from onrecord.access.facts import OUTSIDE_ROLES, SeatAccepted
from onrecord.access.rules import Viewer
from onrecord.duties.models import Owed
from onrecord.duties.rules.fold import OPEN
from onrecord.ledger.queries import envelopes


def contact_until(viewer: Viewer) -> list[tuple[str, datetime]]:
    """The outside seats that somebody holds and has accepted, each with the end of the quarter they spoke for."""
    if not viewer.roles & OUTSIDE_ROLES:
        return []
    mine = {row.uid: row.coded["role"] for row in envelopes([SeatAccepted.kind]) if row.coded["user"] == viewer.user}
    rows = Owed.objects.filter(opening__in=list(mine), state=OPEN).order_by("due_at")
    return [(mine[row.opening], row.due_at) for row in rows if mine[row.opening] in viewer.roles]
