"""What the last check of everything found, so that people outside need not take somebody's word for when it was."""

from datetime import datetime
from typing import Any, NamedTuple

from onrecord.ledger.gateway.verified import kept


class Verified(NamedTuple):
    """When the record and its reads were last checked; each check's number, what it proves and its faults."""

    at: datetime
    record: list[dict[str, Any]]
    reads: list[dict[str, Any]]

    @property
    def faults(self) -> list[str]:
        """Every fault that was found, of both."""
        return [fault for check in (*self.record, *self.reads) for fault in check["faults"]]


def last_verified() -> Verified | None:
    """What the last check found; None where there was none."""
    found = kept()
    if found is None:
        return None
    return Verified(datetime.fromisoformat(found["at"]), found["checks"]["default"], found["checks"]["reads"])
