"""Whether a report stands with a child's file that is restricted, and so is closed to those who are not named."""

from uuid import UUID

from onrecord.access.queries.restricted import restricted
from onrecord.access.rules import Viewer
from onrecord.intake.queries import report
from onrecord.ledger.queries import NoSuchEntry
from onrecord.linkage.queries import cluster


def check_open_file(viewer: Viewer, uid: UUID) -> None:
    """Raise NoSuchEntry for a report with a restricted file that does not name this person, once it is decided.

    While it waits for a decision the front door owes one, and sees what it decides on.
    """
    row = report(uid) if viewer.limits else None
    if row is None or row.decided_at is None:
        return
    limits = restricted(cluster(row.mention)).values()
    if limits and not any(viewer.user in one.users for one in limits):
        raise NoSuchEntry(f"There is no report {uid}.")
