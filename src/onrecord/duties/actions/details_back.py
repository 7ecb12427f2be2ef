"""Taking back part of what somebody at work gave: proposed by one, it counts when a second person agrees."""

import json
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from onrecord.access.actions import note_opened
from onrecord.access.facts import StaffDetailsGiven
from onrecord.access.rules import Viewer
from onrecord.duties.actions.allowed import Unanswerable
from onrecord.duties.actions.details import check_officer
from onrecord.duties.actions.record import Recorded, record
from onrecord.duties.queries.details import COMPARED, details_of
from onrecord.ledger.facts import Corrected
from onrecord.ledger.queries import corrected, entries

TO_TAKE_BACK = "To take something back"
GONE = "That is not among these details any more."


class Part(NamedTuple):
    """One thing that is compared: how a page calls it, the question, the answer."""

    key: str
    label: str
    said: str


def open_parts(viewer: Viewer, user: str, uid: UUID, now: datetime) -> list[Part]:
    """Everything that one entry of somebody's details says, as it stands; noted as a read first. Raises Denied.

    There is nothing where the entry is not about them.
    """
    check_officer(viewer)
    if uid not in details_of(user):
        return []
    note_opened(viewer, "staff_details", (uid,), now, TO_TAKE_BACK)
    labels = {name: said.label for name, _, said, _ in StaffDetailsGiven.fields()}
    body = _stands(uid, now)
    return [
        Part(f"{name}/{place}", labels[name], one)
        for name in COMPARED
        for place, one in enumerate(_listed(body.get(name)))
    ]


def take_back(viewer: Viewer, uid: UUID, part: str, why: str, coming: UUID, now: datetime) -> Recorded:
    """Propose that one part is taken back. Raises Denied, Unanswerable, Refused and IdTaken."""
    name, _, place = part.partition("/")
    said = _stands(uid, now).get(name)
    listed = _listed(said)
    if name not in COMPARED or not place.isdecimal() or int(place) >= len(listed):
        raise Unanswerable(GONE)
    left = [one for at, one in enumerate(listed) if at != int(place)] if isinstance(said, list) else None
    fact = Corrected.heard({"field": name, "value": json.dumps(left), "why": why})
    return record(viewer, fact, uid=coming, now=now, regarding=[uid])


def _stands(uid: UUID, now: datetime) -> dict[str, Any]:
    """The body of an entry of details, as it stands."""
    fact = corrected(entries([uid]), now)[uid].entry.saying.fact
    return fact.model_dump(mode="json", exclude_none=True)


def _listed(said: Any) -> list[str]:
    return list(said) if isinstance(said, list) else [said] if said else []
