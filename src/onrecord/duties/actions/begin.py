"""Begin a record: its keys, its first entries, and the law it starts with."""

from datetime import datetime

from onrecord.duties.actions.adopt import adopt
from onrecord.ledger.actions import begin
from onrecord.rulebook.gateway import read, shipped


def begin_record(origin: str, partnership: str) -> None:
    """Set up both ledgers under an origin. Done again, it changes nothing; ValueError under another origin."""
    begin(origin, partnership)


def adopt_shipped(now: datetime) -> None:
    """Adopt the edition shipped with OnRecord: the first law of a new record."""
    adopt(read(shipped()), "The edition shipped with OnRecord, adopted when the record began.", now)
