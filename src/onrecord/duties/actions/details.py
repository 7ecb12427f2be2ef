"""Open what somebody at work gave to be compared: for the designated officer, with a reason, noted first."""

from datetime import datetime

from onrecord.access.actions import note_opened
from onrecord.access.facts import StaffDetailsGiven
from onrecord.access.rules import Denied, Viewer, can_decide_sealed
from onrecord.duties.queries.details import details_of
from onrecord.ledger.queries import entries
from onrecord.ledger.rules.answers import answers

OFFICER = "Only the designated officer can see this."
ANSWERS = frozenset(said.label for name, _, said, _ in StaffDetailsGiven.fields() if name != "user")


def check_officer(viewer: Viewer) -> None:
    """Raise Denied unless this is the designated officer where reports are decided."""
    if not can_decide_sealed(viewer):
        raise Denied(OFFICER)


def open_details(viewer: Viewer, user: str, why: str, now: datetime) -> list[tuple[datetime, list[tuple[str, str]]]]:
    """What was given of somebody: when, and the answers; newest first. Noted in the reads ledger first."""
    check_officer(viewer)
    uids = details_of(user)
    note_opened(viewer, "staff_details", tuple(uids), now, why)
    return [(made.recorded_at, _said(made.saying.fact)) for made in reversed(entries(uids))]


def _said(fact: object) -> list[tuple[str, str]]:
    said = answers(fact) if isinstance(fact, StaffDetailsGiven) else []
    return [(label, text) for label, text in said if label in ANSWERS]
