"""Epochs: under which name a log signs now, and what of an ended one no longer stands here."""

from typing import NamedTuple

from onrecord.ledger.facts import EpochBegun
from onrecord.ledger.gateway.head import head_text
from onrecord.ledger.gateway.home import Damaged, origin
from onrecord.ledger.queries.lines import envelopes
from onrecord.ledger.rules.note import BadNote, Checkpoint

EVERY = 10_000


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
    """The epochs of a log that were ended, by origin."""
    rows = [row for row in envelopes([EpochBegun.kind], newest=EVERY) if row.coded["log"] == using]
    made = (Epoch(*(row.coded[name] for name in ("ended", "begins", "signed", "kept", "receipts"))) for row in rows)
    return {epoch.origin: epoch for epoch in made}
