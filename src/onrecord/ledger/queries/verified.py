"""What the last check of everything found, so that people outside need not take somebody's word for when it was."""

from datetime import datetime
from typing import Any, NamedTuple

from onrecord.ledger.gateway.verified import kept


class Verified(NamedTuple):
    """When the record and its reads were last checked; each check's number, what it proves and its faults.

    `except_by` is what was not there to be checked, in sentences: lawful erasures, and ended epochs.
    """

    at: datetime
    record: list[dict[str, Any]]
    reads: list[dict[str, Any]]
    except_by: list[str]

    @property
    def faults(self) -> list[str]:
        """Every fault that was found, of both."""
        return [fault for check in (*self.record, *self.reads) for fault in check["faults"]]


def last_verified() -> Verified | None:
    """What the last check found; None where there was none."""
    found = kept()
    if found is None:
        return None
    checks = found["checks"]
    return Verified(datetime.fromisoformat(found["at"]), checks["default"], checks["reads"], found.get("except_by", []))
