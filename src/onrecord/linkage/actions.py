"""The verbs of linkage that the machine does: reading another list into the register of known children."""

from collections.abc import Sequence

from onrecord.ledger.actions import append
from onrecord.ledger.facts import Entry, Saying


def register(sayings: Sequence[Saying]) -> list[Entry]:
    """Record the children of a list, all or none. Reading the same list again records nothing new."""
    return append(sayings)
