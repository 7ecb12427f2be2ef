"""Epochs: under which name a log signs now, and what of an ended one no longer stands here."""

from typing import NamedTuple

from onrecord.ledger.facts import CountsAgain, Declined, Entry, EpochBegun, EpochProposed, Seconded, SetAside
from onrecord.ledger.gateway.head import head_text
from onrecord.ledger.gateway.home import Damaged, origin
from onrecord.ledger.queries.entries import entries, of_kinds
from onrecord.ledger.queries.lines import envelopes
from onrecord.ledger.rules.note import BadNote, Checkpoint

ANSWERS = (Seconded.kind, Declined.kind, SetAside.kind, CountsAgain.kind)


class Epoch(NamedTuple):
    """An ended epoch: its origin and the next one's, how many entries were signed, how many of them stand here still.

    And how many receipts had been given for entries that are not here and were in no checkpoint yet.
    """

    origin: str
    followed_by: str
    signed: int
    kept: int
    receipts: int


def first_origin(using: str) -> str:
    """The origin a log began under: the record's own, or that of its reads."""
    return origin() if using == "default" else f"{origin()}/{using}"


def log_origin(using: str) -> str:
    """The origin a log signs under now: that of the head kept outside the database."""
    try:
        return Checkpoint.read(head_text(using)).origin
    except (Damaged, BadNote):
        return first_origin(using)


def ended_epochs(using: str) -> dict[str, Epoch]:
    """The epochs of a log that were ended, by origin, in the order in which they ended."""
    made = (entry.saying.fact for entry in begun_epochs(using))
    said = (fact for fact in made if isinstance(fact, EpochBegun))
    return {one.ended: Epoch(one.ended, one.begins, one.signed, one.kept, one.receipts) for one in said}


def begun_epochs(using: str) -> list[Entry]:
    """Where it is said that an epoch of a log began, opened, in ledger order.

    The read table says only where to look: a row there that no entry stands behind says nothing.
    """
    return _of_log(EpochBegun, using)


def proposed_epochs(using: str) -> list[Entry]:
    """The proposals to end an epoch of a log, opened, in ledger order."""
    return [made for made in _of_log(EpochProposed, using) if made.proposed]


def answers_to(asked: list[Entry]) -> list[Entry]:
    """Everything that agrees to one of these proposals, declines it or sets it aside, opened, in ledger order.

    It reads every leaf: a row that was taken out of a read table, or put into one, makes no difference.
    """
    wanted = {made.id for made in asked}
    return [made for made in of_kinds(ANSWERS) if not wanted.isdisjoint(made.saying.regarding)] if wanted else []


def _of_log(kind: type[EpochBegun | EpochProposed], using: str) -> list[Entry]:
    made = entries(row.uid for row in envelopes([kind.kind]))
    facts = ((entry, entry.saying.fact) for entry in made)
    return [entry for entry, fact in facts if isinstance(fact, kind) and fact.log == using]
