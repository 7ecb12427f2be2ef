"""Opening a report with all that hangs together with it: one read, noted before it is shown."""

from datetime import datetime
from uuid import UUID

from onrecord.access.actions import note_opened
from onrecord.access.rules import Viewer, can_decide_sealed, check_decide
from onrecord.duties.queries.report import Found, OpenedReport, find, opened
from onrecord.intake.queries import how_close
from onrecord.ledger.queries import NoSuchEntry


def open_at_the_door(viewer: Viewer, uid: UUID, now: datetime) -> OpenedReport:
    """A report as the deciding front door sees it, with who was known before. Raises Denied and NoSuchEntry."""
    check_decide(viewer)
    return _opened(viewer, find(viewer, uid), uid, now, with_known=True)


def open_sealed(viewer: Viewer, uid: UUID, now: datetime) -> OpenedReport:
    """A sealed report, for those whom its wall lets through; for the designated officer with who was known before.

    Raises NoSuchEntry for everybody else, and for a report that is not sealed.
    """
    found = find(viewer, uid)
    behind = found if found and found.through else None
    return _opened(viewer, behind, uid, now, with_known=can_decide_sealed(viewer))


def _opened(viewer: Viewer, found: Found | None, uid: UUID, now: datetime, *, with_known: bool) -> OpenedReport:
    report = opened(viewer, found, now, with_known=with_known) if found else None
    if report is None:
        raise NoSuchEntry(f"There is no report {uid}.")
    what = "report_and_known" if with_known else "report"
    note_opened(viewer, what, (uid,), now, close=how_close(viewer, report.called, report.held))
    return report
