"""Opening a report with all that hangs together with it: one read, noted before it is shown."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from onrecord.access.actions import note_opened
from onrecord.access.rules import Viewer, can_decide_sealed, check_decide
from onrecord.duties.queries.report import Found, OpenedReport, find, opened
from onrecord.duties.queries.restricted import kept_from
from onrecord.intake.facts import by_reason_only
from onrecord.intake.queries import how_close
from onrecord.intake.queries.close import close_ones
from onrecord.ledger.facts import Person, mention_of
from onrecord.ledger.queries import NoSuchEntry


def open_at_the_door(viewer: Viewer, uid: UUID, now: datetime, why: str = "") -> OpenedReport:
    """A report as the deciding front door sees it, with who was known before. Raises Denied and NoSuchEntry.

    Of what a child wrote themselves that is looked up only with `why`.
    """
    check_decide(viewer)
    found = find(viewer, uid)
    child = mention_of(uid, "child")
    closed = found and kept_from(viewer, [child], {child: frozenset(found.judged.people)})
    return _opened(viewer, None if closed else found, uid, now, why)


def open_sealed(viewer: Viewer, uid: UUID, now: datetime, why: str = "") -> OpenedReport:
    """A sealed report, for those whom its wall lets through; for the designated officer with who was known before.

    Raises NoSuchEntry for everybody else, and for a report that is not sealed.
    """
    found = find(viewer, uid)
    behind = found if found and found.through else None
    return _opened(viewer, behind, uid, now, why if can_decide_sealed(viewer) else None)


def note_listed(viewer: Viewer, called: Mapping[UUID, Sequence[Person]], now: datetime) -> None:
    """Note that reports were listed, by how each child is called: one read, and one of those the reader is near to."""
    close = close_ones(viewer, called)
    for code in (None, *sorted(set(close.values()))):
        if listed := tuple(uid for uid in called if close.get(uid) == code):
            note_opened(viewer, "report", listed, now, close=code)


def _opened(viewer: Viewer, found: Found | None, uid: UUID, now: datetime, why: str | None) -> OpenedReport:
    """One read. `why` is why they ask who was known before; None from whoever may not know."""
    with_known = why is not None and found is not None and (bool(why) or not by_reason_only(found.line.coded))
    report = opened(viewer, found, now, with_known=with_known) if found else None
    if report is None:
        raise NoSuchEntry(f"There is no report {uid}.")
    what = "report_and_known" if with_known else "report"
    note_opened(viewer, what, (uid,), now, why or None, close=how_close(viewer, report.called, report.held))
    return report
