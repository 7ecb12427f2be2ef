"""The verbs of the ledger. Only stages' own actions may import them."""

from onrecord.ledger.actions.append import IdTaken, append, receipt, receipt_and_standing
from onrecord.ledger.actions.backup import destroy_key, destroy_keys, make_backup, note_backup, restore_backup
from onrecord.ledger.actions.begin import begin
from onrecord.ledger.actions.checkpoint import checkpoint
from onrecord.ledger.actions.checks import Check
from onrecord.ledger.actions.epoch import Stand, stand
from onrecord.ledger.actions.erase import Change, NotAgreed, carry_out, finish, planned
from onrecord.ledger.actions.heads import Frozen
from onrecord.ledger.actions.policy import name_agreed, name_witnesses
from onrecord.ledger.actions.prove import NotSigned, Proved, prove
from onrecord.ledger.actions.publish import NotPublished, Published, publish
from onrecord.ledger.actions.rebuild import heal, rebuild
from onrecord.ledger.actions.rotate import rotate
from onrecord.ledger.actions.store import hold
from onrecord.ledger.actions.verify import verify

__all__ = [
    "Change",
    "Check",
    "Frozen",
    "IdTaken",
    "NotAgreed",
    "NotPublished",
    "NotSigned",
    "Proved",
    "Published",
    "Stand",
    "append",
    "begin",
    "carry_out",
    "checkpoint",
    "destroy_key",
    "destroy_keys",
    "finish",
    "heal",
    "hold",
    "make_backup",
    "name_agreed",
    "name_witnesses",
    "note_backup",
    "planned",
    "prove",
    "publish",
    "rebuild",
    "receipt",
    "receipt_and_standing",
    "restore_backup",
    "rotate",
    "stand",
    "verify",
]
