"""Named questions about the outside seats: until when somebody has said that they are there."""

from datetime import datetime
from typing import NamedTuple

from onrecord.access.facts import OUTSIDE_ROLES, SeatAccepted
from onrecord.access.rules import Viewer
from onrecord.duties.facts import SeatFoundVacant
from onrecord.duties.models import Owed
from onrecord.duties.queries.lists import VACANT
from onrecord.duties.rules.fold import OPEN
from onrecord.ledger.queries import envelopes


class Seats(NamedTuple):
    """`mine`: what somebody holds and has accepted, each with the end of the quarter they spoke for; `vacant` ones."""

    mine: list[tuple[str, datetime]]
    vacant: list[str]


def outside_seats(viewer: Viewer) -> Seats:
    """How the outside seats stand: those that this person holds, and those that nobody has accepted."""
    said = {row.uid: row for row in envelopes([SeatAccepted.kind, SeatFoundVacant.kind])}
    rows = list(Owed.objects.filter(opening__in=list(said), state=OPEN).order_by("due_at"))
    asked = [(said[row.opening].coded, row) for row in rows if row.rule != VACANT]
    held = viewer.roles & OUTSIDE_ROLES
    mine = [(coded["role"], row.due_at) for coded, row in asked if coded["user"] == viewer.user]
    vacant = [said[row.opening].coded["role"] for row in rows if row.rule == VACANT]
    return Seats([(role, due) for role, due in mine if role in held], list(dict.fromkeys(vacant)))


def contact_until(viewer: Viewer) -> list[tuple[str, datetime]]:
    """The outside seats that somebody holds and has accepted, each with the end of the quarter they spoke for."""
    return outside_seats(viewer).mine
