"""Named questions about reports."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.utils.timezone import localtime

from onrecord.access.queries import behind_wall, inside_walls, known_outside
from onrecord.access.rules import Viewer, check_decide, check_read_sealed
from onrecord.intake.facts import DecisionMade, OriginalKept, ReportReceived
from onrecord.intake.models import Report, StaffKey
from onrecord.intake.rules.named import Key, written_keys
from onrecord.ledger.facts import Entry
from onrecord.ledger.queries import above, entries, thread
from onrecord.linkage.gateway import all_keyed
from onrecord.linkage.queries import cluster, clusters

NO_ACTION = "no_further_action"
AT_ONCE = 500
"""How many keys the database is asked about at a time."""


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
    rows = Report.objects.filter(decided_at=None, route="front_door").order_by(danger, "received_at", "seq")
    return _opened(viewer, list(rows[first : first + most]))


def sealed(viewer: Viewer, first: int = 0, most: int = 100) -> list[Waiting]:
    """The same behind the wall, of those that let this person through. Raises Denied where none ever would."""
    check_read_sealed(viewer)
    rows = _sealed(viewer).order_by("received_at", "seq")
    return _opened(viewer, list(rows[first : first + most]))


def how_many_sealed(viewer: Viewer) -> int:
    """How many reports wait behind walls that let this person through."""
    return _sealed(viewer).count()


def sealed_by_month(viewer: Viewer) -> list[tuple[date, int]]:
    """How many sealed reports came in each month, newest first, for the people outside; for others there are none."""
    rows = Report.objects.filter(uid__in=known_outside(viewer)).exclude(route="front_door")
    months = Counter(date(at.year, at.month, 1) for at in map(localtime, rows.values_list("received_at", flat=True)))
    return sorted(months.items(), reverse=True)


def _sealed(viewer: Viewer) -> QuerySet[Report]:
    return Report.objects.filter(decided_at=None, uid__in=inside_walls(viewer))


def unrouted(most: int = 500) -> list[UUID]:
    """The reports of which it was not said yet where they go, the oldest first."""
    return list(Report.objects.filter(route="").order_by("seq").values_list("uid", flat=True)[:most])


def hidden(viewer: Viewer, uids: Iterable[UUID]) -> set[UUID]:
    """Those of these entries that stand behind a wall which does not let this person through.

    An entry stands there with the report that it answers at any remove, or with the child of such a report. A report of
    which nothing is known stands there too.
    """
    wanted = set(uids)
    found = above(wanted)
    reports = {line.id for line in found if line.kind == ReportReceived.kind}
    closed = behind_wall(viewer, {mention for line in found for mention in line.mentions} | reports, reports)
    for line in found:
        if closed.intersection((*line.regarding, *line.mentions)):
            closed.add(line.id)
    return wanted & closed


def named_staff(made: Entry) -> list[str]:
    """The sign-in names of those who work here and are named in a report, in order; but for the one who made it."""
    hashes = staff_hashes(written_keys(made.saying.fact))
    found: set[str] = set()
    for start in range(0, len(hashes), AT_ONCE):
        rows = StaffKey.objects.filter(hashed__in=hashes[start : start + AT_ONCE])
        found |= set(rows.values_list("user", flat=True))
    return sorted(found - {made.saying.by})


def staff_hashes(keys: Iterable[Key]) -> list[str]:
    """The keyed hashes of keys, of a person at work or of something written: equal where those are the same."""
    return all_keyed((f"staff_{sort}", text) for sort, text in keys)


def ended_the_last(user: str, uid: UUID) -> bool:
    """Whether somebody ended an earlier report about this report's child without action, and that still counts."""
    row = Report.objects.filter(uid=uid).first()
    if row is None:
        return False
    others = Report.objects.filter(mention__in=cluster(row.mention), outcome=NO_ACTION, seq__lt=row.seq)
    decided = [one.decided_by for one in others if one.decided_by]
    return any(made.saying.by == user for made in entries(decided)) if decided else False


def mine(viewer: Viewer, most: int = 100) -> list[Report]:
    """The reports somebody made, newest first, each with what was decided, for ever in sight."""
    return list(Report.objects.filter(by=viewer.user).order_by("-seq")[:most])


def report(uid: UUID) -> Report | None:
    """The row of a report; None if there is none."""
    return Report.objects.filter(uid=uid).first()


def originals(uid: UUID) -> list[tuple[UUID, OriginalKept]]:
    """The files that were kept with a report, in the order in which they were kept."""
    kept = [line.id for line in thread(uid) if line.kind == OriginalKept.kind and uid in line.regarding]
    found = entries(kept) if kept else []
    return [(made.id, made.saying.fact) for made in found if isinstance(made.saying.fact, OriginalKept)]


def referred(reference: str) -> list[UUID]:
    """The reports that people call by this reference: the first eight signs of the id, or all of it; two at most."""
    signs = reference.strip().lower().replace("-", "")
    if not re.fullmatch(r"[0-9a-f]{8,32}", signs):
        return []
    first, last = UUID(signs.ljust(32, "0")), UUID(signs.ljust(32, "f"))
    return list(Report.objects.filter(uid__gte=first, uid__lte=last).values_list("uid", flat=True)[:2])


def told(row: Report) -> str:
    """What the decision in effect says the person who reported will be told; "" while there is none."""
    found = entries([row.decided_by]) if row.decided_by else []
    fact = found[0].saying.fact if found else None
    return fact.tell_reporter if isinstance(fact, DecisionMade) else ""


def told_all(rows: Iterable[Report]) -> dict[UUID, str]:
    """Of many reports at once, what the decision in effect says that the person who reported will be told."""
    decided = {row.decided_by: row.uid for row in rows if row.decided_by}
    found = ((decided[made.id], made.saying.fact) for made in (entries(decided) if decided else []))
    return {uid: fact.tell_reporter for uid, fact in found if isinstance(fact, DecisionMade)}


def spoken_outcome(code: str) -> str:
    """A decision's outcome in a few words; "" for none."""
    options = DecisionMade.options("outcome")
    return options.words[code].partition(" (")[0] if options and code else ""


def undecided_since(now: datetime) -> datetime | None:
    """When the oldest report without a decision was received; None when there is none. `now` bounds the answer."""
    oldest = Report.objects.filter(decided_at=None, received_at__lte=now).order_by("received_at").first()
    return oldest.received_at if oldest else None


def _opened(viewer: Viewer, rows: list[Report]) -> list[Waiting]:
    found = {entry.id: entry for entry in entries([row.uid for row in rows])}
    earlier = _earlier(viewer, [row.mention for row in rows])
    return [Waiting(row, found[row.uid], *earlier.get(row.mention, (0, 0))) for row in rows]


def _earlier(viewer: Viewer, mentions: list[UUID]) -> dict[UUID, tuple[int, int]]:
    """Other reports on the same child, as far as somebody judged so, and how many of them ended without action."""
    people = clusters(mentions)
    asked = {mention for person in people.values() if len(person) > 1 for mention in person}
    asked -= behind_wall(viewer, asked)
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
