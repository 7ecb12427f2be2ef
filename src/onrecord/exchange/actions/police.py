"""Take a file of police notifications: a report and a receipt for every row, or nothing at all."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from onrecord.access.rules import Viewer, check_record
from onrecord.exchange.rules.notifications import Notification
from onrecord.exchange.rules.table import CellFault, FileRefused
from onrecord.intake.actions import report
from onrecord.intake.facts import ReportReceived
from onrecord.ledger.actions import IdTaken
from onrecord.ledger.facts import Entry, When
from onrecord.ledger.queries import entries

Progress = Callable[[int, int], None]
CHANGED = (
    "This notification was taken before and said something else. What was taken stands. To add to it, give the row a "
    "reference of its own."
)


@dataclass(frozen=True)
class Received:
    """A row that was taken: its report, when it was received, and its receipt."""

    row: int
    reference: str
    id: UUID
    received_at: datetime
    receipt: str


def take_notifications(
    viewer: Viewer, given: Sequence[Notification], now: datetime, progress: Progress = lambda done, of: None
) -> list[Received]:
    """Report every row, in order. Taken again, a row is the same report. Raises FileRefused and Denied."""
    check_record(viewer)
    known = {made.id: made for made in entries([one.id for one in given])}
    done: list[Received] = []
    faults: list[CellFault] = []
    with transaction.atomic():
        for count, one in enumerate(given, start=1):
            try:
                made, proof = _report(viewer, one, known.get(one.id), now)
                reference = one.row.cell("reference")
                done.append(Received(one.row.number, reference, made.id, made.recorded_at, proof))
            except IdTaken:
                faults.append(one.row.fault("reference", CHANGED, "a reference stands for one notification"))
            progress(count, len(given))
        if faults:
            raise FileRefused(faults)
    return done


def _report(viewer: Viewer, one: Notification, known: Entry | None, now: datetime) -> tuple[Entry, str]:
    """Report a row. One that came in an earlier file stays in the batch of that file."""
    fact = one.fact
    if known and isinstance(known.saying.fact, ReportReceived):
        fact = fact.model_copy(update={"batch": known.saying.fact.batch})
    when = one.happened or When.at(now)
    return report(viewer, fact, one.id, when, one.on_behalf, said_when=one.happened is not None, in_batch=True)
