"""Named questions about reports."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Case, IntegerField, Max, OuterRef, QuerySet, Subquery, Value, When
from django.utils.timezone import localtime

from onrecord.access.queries import Together, apart, behind_wall, closed_to, inside_walls, known_outside
from onrecord.access.rules import Viewer, check_decide, check_read_sealed
from onrecord.intake.facts import OUTCOMES, SET_ASIDE, OriginalKept, ReportReceived
from onrecord.intake.models import Report, SealedBy, StaffKey
from onrecord.intake.queries.changed import changed as changed
from onrecord.intake.queries.named import Named as Named
from onrecord.intake.queries.named import named_staff as named_staff
from onrecord.intake.queries.named import past_everybody as past_everybody
from onrecord.intake.queries.named import said_hashes as said_hashes
from onrecord.intake.queries.named import staff_hashes as staff_hashes
from onrecord.intake.rules.named import home_keys
from onrecord.ledger.facts import Corrected, Entry, Person
from onrecord.ledger.gateway.rows import as_models
from onrecord.ledger.queries import above, as_they_stand, entries, stand_among, thread
from onrecord.ledger.rules.corrections import PutRight
from onrecord.ledger.rules.effect import Line
from onrecord.ledger.rules.seen import Seen
from onrecord.linkage.queries import clusters
from onrecord.linkage.rules import could_be_family

NO_ACTION = "no_further_action"


@dataclass(frozen=True)
class Waiting:
    """A report at the front door: the row and, opened, what was said, as it stands now."""

    row: Report
    said: PutRight
    earlier: int
    earlier_without_action: int


def waiting(viewer: Viewer, now: datetime, first: int = 0, most: int = 100) -> list[Waiting]:
    """Reports without a decision in effect, those with danger now first, then the oldest. Raises Denied."""
    check_decide(viewer)
    danger = Case(When(danger_now="yes", then=Value(0)), default=Value(1), output_field=IntegerField())
    rows = Report.objects.filter(decided_at=None, route="front_door").order_by(danger, "received_at", "seq")
    return opened(viewer, list(rows[first : first + most]), now)


def sealed(viewer: Viewer, now: datetime, first: int = 0, most: int = 100) -> list[Waiting]:
    """The same behind the wall, of those that let this person through. Raises Denied where none ever would."""
    check_read_sealed(viewer)
    rows = _sealed(viewer).order_by("received_at", "seq")
    return opened(viewer, list(rows[first : first + most]), now)


def open_concerns() -> int:
    """How many reports there are that were not ended without action."""
    return Report.objects.exclude(outcome=NO_ACTION).count()


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
    return [row.uid for row in as_models(Report, "WHERE t.route = '' ORDER BY t.seq LIMIT %s", [most])]


def hidden(viewer: Viewer, uids: Iterable[UUID]) -> set[UUID]:
    """Those of these entries that stand behind a wall which does not let this person through.

    An entry stands there with the report that it answers at any remove, or with the child of such a report. A report of
    which nothing is known stands there too. What answers nothing may have a wall of its own.
    """
    wanted = set(uids)
    return wanted & hidden_among(viewer, above(wanted))


def hidden_among(viewer: Viewer, found: Sequence[Line], people: Iterable[UUID] = ()) -> set[UUID]:
    """The same of lines with everything that they answer, in ledger order; also the walls themselves, and of `people`
    whoever stands behind one.
    """
    reports = {line.id for line in found if line.kind == ReportReceived.kind}
    own = {line.id for line in found if not line.regarding}
    named = {mention for line in found for mention in line.mentions}
    closed = behind_wall(viewer, named | reports | own | set(people), reports)
    for line in found:
        if closed.intersection((*line.regarding, *line.mentions)):
            closed.add(line.id)
    return closed


def sealed_by_details(but: Collection[UUID]) -> dict[str, list[tuple[UUID, UUID]]]:
    """By sign-in name, which report was sealed by which entry of details, the oldest first; without some entries."""
    found = defaultdict[str, list[tuple[UUID, UUID]]](list)
    for made in SealedBy.objects.exclude(entry__in=but).order_by("id"):
        found[made.user].append((made.report, made.entry))
    return found


def corrections(uid: UUID) -> list[Corrected]:
    """Everything that was said to put a report right, whether or not it counts yet."""
    said = [line.id for line in thread(uid) if line.kind == Corrected.kind and uid in line.regarding]
    found = (made.saying.fact for made in (entries(said) if said else []))
    return [fact for fact in found if isinstance(fact, Corrected)]


def report_that_named(column: str) -> Subquery:
    """The id of the report by which a mention was made, for a question that has the mention in this column."""
    return Subquery(Report.objects.filter(mention=OuterRef(column)).values("uid")[:1])


def newest_of_people() -> int:
    """The number of the last entry from which on somebody who works here is known by something new; -1 before it."""
    newest = StaffKey.objects.aggregate(newest=Max("seq"))["newest"]
    return -1 if newest is None else newest


def undecided(after: int, most: int) -> list[tuple[int, UUID]]:
    """Reports that were routed and wait for a decision, after the one with a number, the oldest first."""
    rows = Report.objects.filter(decided_at=None, seq__gt=after).exclude(route="").order_by("seq")
    return list(rows.values_list("seq", "uid")[:most])


def how_close(viewer: Viewer, called: Iterable[Person | None], held: Collection[str] | None = None) -> str | None:
    """How a reader could be near to a child, in any way the child is called: by last name, by home, or by both.

    The answer is a code of a read: "yes" for the name, "home", "both"; None for neither. `held` are the reader's keys,
    where they were read with the report.
    """
    named = [child for child in called if child]
    homes = staff_hashes(home_keys(child.postcode for child in named))
    if held is None and homes:
        held = set(StaffKey.objects.filter(user=viewer.user, hashed__in=homes).values_list("hashed", flat=True))
    near = not set(homes).isdisjoint(held or ())
    family = any(could_be_family(viewer.name, child) for child in named)
    if near:
        return "both" if family else "home"
    return "yes" if family else None


def reports_on(mentions: Iterable[UUID]) -> list[Report]:
    """The rows of every report that names one of these."""
    return list(Report.objects.filter(mention__in=list(mentions)))


def reports_and_keys(viewer: Viewer, mentions: Iterable[UUID]) -> tuple[list[Report], frozenset[str]]:
    """The same, and the keys by which this person would be found in a report."""
    mine = StaffKey.objects.filter(user=viewer.user).order_by().values("user")
    keys = Subquery(mine.annotate(all=Together("hashed")).values("all"))
    rows: list[Any] = list(Report.objects.filter(mention__in=list(mentions)).annotate(held=keys))
    return rows, apart(rows[0].held) if rows else frozenset()


def ended_by(row: Report, others: Iterable[Report]) -> frozenset[str]:
    """Who ended one of the earlier of these reports without action, or set it aside, where that is still in effect."""
    return frozenset(one.decider for one in others if one.outcome in (NO_ACTION, SET_ASIDE) and one.seq < row.seq)


def ended_of(user: str, uids: Iterable[UUID]) -> set[UUID]:
    """Those of these reports that somebody ended without action, where that is still in effect."""
    ended = Report.objects.filter(uid__in=list(uids), outcome=NO_ACTION, decider=user)
    return set(ended.values_list("uid", flat=True))


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


def originals_in(seen: Seen) -> list[tuple[UUID, OriginalKept]]:
    """The same, where the report's thread has been looked up and opened."""
    facts = ((line.id, seen.opened[line.id].saying.fact) for line in seen.thread if line.id in seen.opened)
    return [(uid, fact) for uid, fact in facts if isinstance(fact, OriginalKept)]


def with_receipt(made: Entry, row: Report | None, now: datetime) -> Seen:
    """A report's thread for its author: opened are what it was taken from, and the decision in effect as it stands."""
    found = thread(made.id)
    wanted = [line.id for line in found if line.kind == OriginalKept.kind or (row and line.id == row.decided_by)]
    opened = stand_among(found, wanted, now) if wanted else {}
    return Seen(made.id, found, {made.id: made} | {uid: one.entry for uid, one in opened.items()})


def referred(reference: str) -> list[UUID]:
    """The reports that people call by this reference: the first eight signs of the id, or all of it; two at most."""
    signs = reference.strip().lower().replace("-", "")
    if not re.fullmatch(r"[0-9a-f]{8,32}", signs):
        return []
    first, last = UUID(signs.ljust(32, "0")), UUID(signs.ljust(32, "f"))
    return list(Report.objects.filter(uid__gte=first, uid__lte=last).values_list("uid", flat=True)[:2])


def told(row: Report, now: datetime) -> str:
    """What the decision in effect says the person who reported will be told; "" while there is none."""
    return told_in(row, as_they_stand([row.decided_by], now) if row.decided_by else {})


def told_in(row: Report, right: Mapping[UUID, PutRight]) -> str:
    """The same, among entries that were looked up as they stand."""
    decided = right.get(row.decided_by) if row.decided_by else None
    return getattr(decided.entry.saying.fact, "tell_reporter", "") if decided else ""


def spoken_outcome(code: str) -> str:
    """A decision's outcome in a few words; "" for none."""
    return OUTCOMES[code].partition(" (")[0] if code else ""


def opened(viewer: Viewer, rows: list[Report], now: datetime) -> list[Waiting]:
    """Rows of reports with what was said, and how often the child was reported before."""
    found = as_they_stand([row.uid for row in rows], now)
    earlier = _earlier(viewer, [row.mention for row in rows])
    return [Waiting(row, found[row.uid], *earlier.get(row.mention, (0, 0))) for row in rows]


def _earlier(viewer: Viewer, mentions: list[UUID]) -> dict[UUID, tuple[int, int]]:
    """Other reports on the same child, as far as somebody judged so, and how many of them ended without action."""
    people = clusters(mentions)
    asked = {mention for person in people.values() if len(person) > 1 for mention in person}
    if not asked:
        return {}
    rows = Report.objects.filter(mention__in=asked).exclude(mention__in=closed_to(viewer))
    ended = {mention: outcome == NO_ACTION for mention, outcome in rows.values_list("mention", "outcome")}
    found = {}
    for mention, person in people.items():
        others = [ended[other] for other in person if other in ended and other != mention]
        found[mention] = (len(others), sum(others))
    return found
