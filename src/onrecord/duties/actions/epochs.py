"""Asking the people outside to let signing go on, when what was signed last is not in the record any more."""

from datetime import datetime
from uuid import uuid4

from django.db import transaction

from onrecord.access.rules import Denied, Viewer
from onrecord.duties.actions.adopt import ADOPTERS
from onrecord.duties.actions.people import tell_outside
from onrecord.ledger.actions import Frozen, Stand, append, stand
from onrecord.ledger.facts import Entry, EpochProposed, Lowering, Saying, When
from onrecord.ledger.facts.wrong import Refused, Wrong

ASKED = (
    "The record lacks entries that it had signed, and somebody asks to sign on without them. Ask what happened, and "
    "agree only when you know."
)


def propose_epoch(viewer: Viewer, log: str, why: str, now: datetime) -> Entry:
    """Propose to end the epoch of a log; both people outside are told, and it counts if one of them agrees.

    Raises Denied; and Refused where nothing is lost, where no reason is given, or where the head file itself is gone.
    """
    if not viewer.roles & ADOPTERS:
        raise Denied("A director or the partnership's manager proposes a new epoch.")
    found = _stand(log)
    held = {"signed": found.signed.size, "kept": found.kept, "receipts": found.receipts}
    fact = EpochProposed.heard({"log": log, "why": why, **held})
    seat, reason = viewer.seat, Lowering(reason="takes_two", words=why)
    saying = Saying(uuid4(), fact, viewer.user, seat.role, seat.agency, When.at(now), lowering=reason)
    with transaction.atomic():
        made = append([saying])[0]
        tell_outside(made, ASKED, now)
    return made


def _stand(log: str) -> Stand:
    try:
        found = stand(log)
    except Frozen as reason:
        raise Refused((Wrong("log", log, str(reason), "the head stands"),)) from None
    if found.whole:
        message = "The log holds everything that was signed, so no epoch has to end."
        raise Refused((Wrong("log", log, message, "something is lost"),))
    return found
