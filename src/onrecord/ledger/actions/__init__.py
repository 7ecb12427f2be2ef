"""The verbs of the ledger. Only stages' own actions may import them."""

from onrecord.ledger.actions.append import IdTaken, append, receipt
from onrecord.ledger.actions.begin import begin
from onrecord.ledger.actions.checkpoint import Frozen, checkpoint
from onrecord.ledger.actions.publish import NotPublished, Published, publish
from onrecord.ledger.actions.rebuild import heal, rebuild
from onrecord.ledger.actions.store import hold
from onrecord.ledger.actions.verify import Check, verify

__all__ = [
    "Check",
    "Frozen",
    "IdTaken",
    "NotPublished",
    "Published",
    "append",
    "begin",
    "checkpoint",
    "heal",
    "hold",
    "publish",
    "rebuild",
    "receipt",
    "verify",
]
