"""A key that signs is changed: the next one is announced on record, and the old one signs that it was."""

from onrecord.ledger.actions.append import append
from onrecord.ledger.actions.checkpoint import checkpoint
from onrecord.ledger.facts import KeyAnnounced
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.gateway.keys import make_following, retire
from onrecord.ledger.rules.machine import machine_saying
from onrecord.ledger.rules.note import Verifier


def rotate(use: str) -> Verifier:
    """Change the key of a use, "checkpoint" or "receipt"; the public half of the new one.

    The announcement stands in a checkpoint that both keys signed before the old one is put away: whoever trusts the old
    key can follow. Broken off, it is simply done again. Frozen, and nothing changed, where nothing can be signed.
    """
    made = make_following(use)
    for using in ("default", "reads"):
        append([machine_saying(KeyAnnounced(use=use, vkey=str(made)), now())], using)
    for using in ("default", "reads"):
        checkpoint(using)
    retire(use)
    return made
