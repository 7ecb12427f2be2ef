"""Named questions about reports."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from onrecord.access.rules import Viewer, check_decide
from onrecord.intake.models import Report
from onrecord.ledger.facts import Entry
from onrecord.ledger.queries import entries


@dataclass(frozen=True)
class Waiting:
    """A report at the front door: the row and, opened, what was said."""

    row: Report
    entry: Entry
    earlier: int
    earlier_without_action: int


def waiting(viewer: Viewer, most: int = 100) -> list[Waiting]:
    """Reports without a decision in effect, those with danger now first, then the oldest. Raises Denied."""
    check_decide(viewer)
    rows = list(Report.objects.filter(decided_at=None).order_by("received_at")[:most])
    return _opened(sorted(rows, key=lambda row: (row.danger_now != "yes", row.received_at)))


def waiting_count() -> int:
    """How many reports have no decision in effect."""
    return Report.objects.filter(decided_at=None).count()


def mine(viewer: Viewer, most: int = 100) -> list[Report]:
    """The reports somebody made, newest first, each with what was decided, for ever in sight."""
    return list(Report.objects.filter(by=viewer.user).order_by("-seq")[:most])


def report(uid: UUID) -> Report | None:
    """The row of a report; None if there is none."""
    return Report.objects.filter(uid=uid).first()


def undecided_since(now: datetime) -> datetime | None:
    """When the oldest report without a decision was received; None when there is none. `now` bounds the answer."""
    oldest = Report.objects.filter(decided_at=None, received_at__lte=now).order_by("received_at").first()
    return oldest.received_at if oldest else None


def _opened(rows: list[Report]) -> list[Waiting]:
    found = {entry.id: entry for entry in entries([row.uid for row in rows])}
    earlier = _earlier([row.mention for row in rows])
    return [Waiting(row, found[row.uid], *earlier.get(row.mention, (0, 0))) for row in rows]


def _earlier(mentions: list[UUID]) -> dict[UUID, tuple[int, int]]:
    """Other reports on the same mention, and how many of them ended without action."""
    counts: dict[UUID, tuple[int, int]] = {}
    for mention, outcome in Report.objects.filter(mention__in=mentions).values_list("mention", "outcome"):
        count, ended = counts.get(mention, (-1, 0))
        counts[mention] = (count + 1, ended + (outcome == "no_further_action"))
    return counts
