"""Named questions about reports."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Case, IntegerField, Value, When

from onrecord.access.rules import Viewer, check_decide
from onrecord.intake.facts import DecisionMade
from onrecord.intake.models import Report
from onrecord.ledger.facts import Entry
from onrecord.ledger.queries import entries
from onrecord.linkage.queries import clusters

NO_ACTION = "no_further_action"


@dataclass(frozen=True)
class Waiting:
    """A report at the front door: the row and, opened, what was said."""

    row: Report
    entry: Entry
    earlier: int
    earlier_without_action: int


def waiting(viewer: Viewer, first: int = 0, most: int = 100) -> list[Waiting]:
    """Reports without a decision in effect, those with danger now first, then the oldest. Raises Denied."""
    check_decide(viewer)
    danger = Case(When(danger_now="yes", then=Value(0)), default=Value(1), output_field=IntegerField())
    rows = Report.objects.filter(decided_at=None).order_by(danger, "received_at", "seq")
    return _opened(list(rows[first : first + most]))


def mine(viewer: Viewer, most: int = 100) -> list[Report]:
    """The reports somebody made, newest first, each with what was decided, for ever in sight."""
    return list(Report.objects.filter(by=viewer.user).order_by("-seq")[:most])


def report(uid: UUID) -> Report | None:
    """The row of a report; None if there is none."""
    return Report.objects.filter(uid=uid).first()


def told(row: Report) -> str:
    """What the decision in effect says the person who reported will be told; "" while there is none."""
    found = entries([row.decided_by]) if row.decided_by else []
    fact = found[0].saying.fact if found else None
    return fact.tell_reporter if isinstance(fact, DecisionMade) else ""


def spoken_outcome(code: str) -> str:
    """A decision's outcome in a few words; "" for none."""
    options = DecisionMade.options("outcome")
    return options.words[code].partition(" (")[0] if options and code else ""


def undecided_since(now: datetime) -> datetime | None:
    """When the oldest report without a decision was received; None when there is none. `now` bounds the answer."""
    oldest = Report.objects.filter(decided_at=None, received_at__lte=now).order_by("received_at").first()
    return oldest.received_at if oldest else None


def _opened(rows: list[Report]) -> list[Waiting]:
    found = {entry.id: entry for entry in entries([row.uid for row in rows])}
    earlier = _earlier([row.mention for row in rows])
    return [Waiting(row, found[row.uid], *earlier.get(row.mention, (0, 0))) for row in rows]


def _earlier(mentions: list[UUID]) -> dict[UUID, tuple[int, int]]:
    """Other reports on the same child, as far as somebody judged so, and how many of them ended without action."""
    people = clusters(mentions)
    asked = {mention for person in people.values() if len(person) > 1 for mention in person}
    if not asked:
        return {}
    ended = {
        mention: outcome == NO_ACTION
        for mention, outcome in Report.objects.filter(mention__in=asked).values_list("mention", "outcome")
    }
    found = {}
    for mention, person in people.items():
        others = [ended[other] for other in person if other in ended and other != mention]
        found[mention] = (len(others), sum(others))
    return found
