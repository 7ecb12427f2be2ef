"""The verbs of intake: a report is taken whatever else is broken; a look-up is noted before it is answered."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from onrecord.access.actions import note_opened
from onrecord.access.rules import Viewer, check_decide, check_open_report, check_record
from onrecord.intake.facts import ReportReceived
from onrecord.ledger.actions import IdTaken as IdTaken
from onrecord.ledger.actions import append, receipt
from onrecord.ledger.facts import Entry, Saying, When
from onrecord.ledger.queries import NoSuchEntry, entry
from onrecord.linkage.queries import KnownBefore, candidates


def report(
    viewer: Viewer,
    fact: ReportReceived,
    uid: UUID,
    happened: When,
    on_behalf: str | None = None,
    *,
    said_when: bool = True,
) -> tuple[Entry, str]:
    """Take a report; the entry and its signed receipt. Sent twice, it is one report with one receipt.

    `said_when` is False where nobody said when it happened, and `happened` is only the moment of sending: sent again a
    moment later, it is still the same report. Raises Denied for an administrator, and IdTaken when the id already
    stands for another report. Nothing else that goes wrong after storing (a read table, matching, mail, the watch)
    can undo it.
    """
    check_record(viewer)
    seat = viewer.seat
    saying = Saying(uid, fact, viewer.user, seat.role, seat.agency, happened, on_behalf=on_behalf)
    try:
        made = append([saying])[0]
    except IdTaken:
        if said_when:
            raise
        made = append([replace(saying, happened=entry(uid).saying.happened)])[0]
    return made, receipt(made.id)


def open_receipt(viewer: Viewer, uid: UUID, now: datetime) -> tuple[Entry, str]:
    """One's own report and its signed receipt, noted in the reads ledger first.

    Raises NoSuchEntry for everybody else's reports, exactly as for one that does not exist.
    """
    made = entry(uid)
    if made.saying.by != viewer.user or not isinstance(made.saying.fact, ReportReceived):
        raise NoSuchEntry(f"There is no entry {uid}.")
    note_opened(viewer, "receipt", (uid,), now)
    return made, receipt(uid)


def open_report(viewer: Viewer, uid: UUID, now: datetime) -> Entry:
    """Open a report, noted in the reads ledger first. Raises NoSuchEntry and Denied."""
    made = entry(uid)
    check_open_report(viewer, made.saying.by)
    if not isinstance(made.saying.fact, ReportReceived):
        raise NoSuchEntry(f"There is no report {uid}.")
    note_opened(viewer, "report", (uid,), now)
    return made


def known_before(viewer: Viewer, uid: UUID, now: datetime) -> list[KnownBefore]:
    """Whether a stored report's child was known before: by whom, since when. Each look-up is noted as a read.

    Only for the deciding front door; Denied for anybody else, known or not.
    """
    check_decide(viewer)
    made = entry(uid)
    note_opened(viewer, "known_before", (uid,), now)
    return candidates(made)
