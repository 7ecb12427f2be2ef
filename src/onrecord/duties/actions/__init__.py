"""The verbs of duties: record an answer, adopt the law, look again."""

from onrecord.duties.actions.adopt import adopt, proposal_effects
from onrecord.duties.actions.allowed import Unanswerable
from onrecord.duties.actions.begin import adopt_shipped, begin_record
from onrecord.duties.actions.record import (
    NeedsReason,
    ReasonRefused,
    Recorded,
    record,
    record_all,
)
from onrecord.duties.actions.tick import Ticked, tick
from onrecord.ledger.actions import IdTaken

__all__ = [
    "IdTaken",
    "NeedsReason",
    "ReasonRefused",
    "Recorded",
    "Ticked",
    "Unanswerable",
    "adopt",
    "adopt_shipped",
    "begin_record",
    "proposal_effects",
    "record",
    "record_all",
    "tick",
]
