"""Lists of what is owed, as plain values. State is computed from the row and the time of asking."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache
from itertools import islice
from typing import Any
from uuid import UUID

from django.db.models import Case, F, Q, QuerySet, When

from onrecord.access.facts import OUTSIDE_ROLES
from onrecord.access.queries import agencies, apart, covered_by, covering, inside_walls
from onrecord.access.rules import Holding, Viewer, can_see_all_duties, led_by
from onrecord.duties.models import Owed
from onrecord.duties.queries.adopted import law
from onrecord.duties.queries.walls import seen_by
from onrecord.duties.rules import Duty, Step, fold, steps
from onrecord.duties.rules.fold import LATE, OPEN
from onrecord.duties.rules.walls import CLOSED, rungs
from onrecord.intake.queries import report_that_named
from onrecord.ledger.gateway.collector import paused
from onrecord.ledger.gateway.kept import SOMEBODY, Kept, built_once, kept, rows_in
from onrecord.ledger.gateway.rows import row_type
from onrecord.ledger.queries import all_lines, lines
from onrecord.rulebook.facts import OWING, Calendar, Rule, Rung, Seat, Value
from onrecord.rulebook.queries import edition, rule_of
from onrecord.rulebook.rules import local_day, value_on

DECISION, SIGNATURE, VACANT = "decide-next-step", "second-signature", "vacant-seat"
"""The rules that have pages of their own."""
ADDED = ("decide-on-what-was-added", "decide-on-what-was-sent")
"""The rules by which what is added to a report is owed a decision."""
LIGHT = row_type(Owed)


@dataclass(frozen=True)
class DutyView:
    """A duty as pages show it. `late` and `state` are true at the moment of asking."""

    key: UUID
    rule: Rule
    calendar: Calendar
    value: Value | None
    opening: UUID
    occurrence: int
    mention: UUID | None
    role: str
    agency: str
    holder: str
    started_at: datetime
    due_at: datetime
    state: str
    done_at: datetime | None
    raised: str
    rung: int
    wall: UUID | None
    covers: frozenset[str] = frozenset()

    @property
    def late(self) -> bool:
        """Whether it is not met and past its time."""
        return self.state == LATE

    @property
    def waits(self) -> bool:
        """Whether it is not met yet."""
        return self.state in (OPEN, LATE)

    @property
    def reference(self) -> str:
        """What people call it by: the reference on the receipt of what it is owed for."""
        return str(self.opening)[:8]

    @property
    def ladder(self) -> list[Step]:
        """Everybody it goes to while it is not met, in order. A weekly digest is counted as it stands now."""
        if self.wall is None:
            return self.promised
        return steps(self.rule, self.due_at, self.calendar, None, sealed=True)

    @cached_property
    def promised(self) -> list[Step]:
        """The same as the reporter is told: alike for every report, so that nobody learns that theirs is sealed."""
        return steps(self.rule, self.due_at, self.calendar, None)

    @property
    def last(self) -> Rung | None:
        """The last step of the ladder that was taken; None while none was."""
        return self.rule.ladder[self.rung - 1] if self.rung else None

    @property
    def reached(self) -> tuple[Seat, ...]:
        """The seats it has come to: those told, and the first of the ladder once somebody said that they cannot."""
        return _reached(self.rule, self.rung, bool(self.raised), self.wall is not None)

    def owed_by(self, viewer: Viewer) -> bool:
        """Whether somebody owes it: by their role, or because it was handed to them."""
        if self.holder:
            return viewer.user == self.holder or viewer.user in self.covers
        return viewer.holds(self.role, self.agency) or self.role in OUTSIDE_ROLES & viewer.roles

    def came_to(self, viewer: Viewer) -> bool:
        """Whether it has come to somebody inside: it is late, or its holder said that they cannot do it in time."""
        return any(self.sits(viewer, seat) for seat in self.reached)

    def sits(self, viewer: Viewer, seat: Seat) -> bool:
        """Whether somebody holds this seat of its ladder."""
        return any(
            held.role == seat.role and (held.agency == self.agency if seat.of == OWING else held.sort == seat.of)
            for held in viewer.holdings
        )


def mine(viewer: Viewer, now: datetime, first: int = 0, most: int = 500) -> list[DutyView]:
    """What this person's roles owe and nobody else has taken over, soonest first; a page of it begins at `first`."""
    rows = Owed.objects.filter(held_by(viewer, now)).order_by("due_at", "key")
    return shown(rows[first : first + most], now)


def held_by(viewer: Viewer, now: datetime) -> Q:
    """What somebody owes, or covers for those who are away."""
    return Q(state=OPEN) & seats_for(viewer, now) & seen_by(viewer)


def seats_for(viewer: Viewer, now: datetime) -> Q:
    """What somebody's roles owe and nobody else has taken over; what was handed to them, or to those they cover."""
    seats = seats_of((held.role, held.agency) for held in viewer.holdings)
    return (seats & Q(holder="")) | Q(holder=viewer.user) | Q(holder__in=covered_by(viewer.user, now))


def seats_of(held: Iterable[tuple[str, str]]) -> Q:
    """What these roles of agencies owe. Whoever sits in an outside seat owes it wherever they come from."""
    seats = Q(pk__in=[])
    for role, agency in held:
        seats |= Q(role=role) if role in OUTSIDE_ROLES else Q(role=role, agency=agency)
    return seats


def duty(viewer: Viewer, key: UUID, now: datetime) -> DutyView | None:
    """One duty, for those who owe it or lead its agency, to whom it came, or who watch; for others there is none."""
    view = next(iter(shown(Owed.objects.filter(seen_by(viewer), key=key), now)), None)
    if view is None:
        return None
    owes = viewer.holds(view.role, view.agency) or view.owed_by(viewer)
    leads = view.agency in led_by(viewer)
    return view if owes or leads or view.came_to(viewer) or can_see_all_duties(viewer) else None


def answerable(viewer: Viewer, opening: UUID, now: datetime) -> list[DutyView]:
    """What somebody owes because of one fact."""
    return shown(Owed.objects.filter(held_by(viewer, now), opening=opening), now)


def came_to(viewer: Viewer, now: datetime, most: int = 500) -> list[DutyView]:
    """What came to somebody from others: late, or said to be impossible in time. Soonest due first."""
    rows = rows_in(Owed, _climbing(viewer.holdings), "ORDER BY t.due_at, t.key", viewer.user, now)
    found: Iterable[Any] = (LIGHT(*row) for row in rows)
    roles = viewer.roles
    views = (viewed(Owed(*row), now) for row in found if not roles.isdisjoint(_roles_reached(row)))
    return list(islice((view for view in views if view.came_to(viewer) and not view.owed_by(viewer)), most))


@built_once(500)
def _climbing(holdings: tuple[Holding, ...]) -> Kept:
    rows = Owed.objects.filter(seen_by(Viewer(SOMEBODY, "", holdings)), state=OPEN)
    return kept(rows.filter(Q(rung__gt=0) | ~Q(raised="")).values("key"))


def _roles_reached(row: Any) -> frozenset[str]:
    """The roles that a duty has come to, in whatever agency. Few hold them, so that few rows have to be looked at."""
    return _of_ladder(row.edition, row.rule, row.rung, row.raised != "", row.wall is not None)


@lru_cache(maxsize=10_000)
def _of_ladder(digest: str, rule: str, taken: int, raised: bool, sealed: bool) -> frozenset[str]:
    return frozenset(seat.role for seat in _reached(rule_of(digest, rule), taken, raised, sealed))


def _reached(rule: Rule, taken: int, raised: bool, sealed: bool) -> tuple[Seat, ...]:
    ladder = rungs(rule, sealed=sealed)
    first = ladder[0][0] if raised and ladder else -1
    return tuple(rung.to for number, rung in ladder if number < taken or number == first)


def open_decisions() -> list[tuple[UUID, datetime, datetime]]:
    """Every report at the front door that is owed a decision: its id, since when, until when."""
    return _decisions(Q(wall=None))


def sealed_decisions(viewer: Viewer) -> list[tuple[UUID, datetime, datetime]]:
    """The same of the reports behind walls that let this person through."""
    return _decisions(Q(wall__in=inside_walls(viewer)))


def _decisions(which: Q) -> list[tuple[UUID, datetime, datetime]]:
    rows = Owed.objects.filter(which, rule=DECISION, state=OPEN).order_by("due_at")
    return list(rows.values_list("opening", "started_at", "due_at"))


def at_the_door() -> tuple[list[tuple[UUID, datetime, datetime]], dict[UUID, datetime]]:
    """Every report at the front door that is owed a decision, as `open_decisions`; and those decided to which something
    was added that waits for one, soonest first: by when.

    Of a report that waits for its first decision nothing is said besides: that answers what was added too.
    """
    report = Case(When(rule=DECISION, then=F("opening")), default=report_that_named("mention"))
    rows = Owed.objects.filter(wall=None, rule__in=(DECISION, *ADDED), state=OPEN).annotate(report=report)
    known = list(rows.order_by("due_at").values_list("rule", "report", "started_at", "due_at"))
    waiting = [(uid, since, until) for rule, uid, since, until in known if rule == DECISION]
    first, added = {uid for uid, _, _ in waiting}, dict[UUID, datetime]()
    for rule, uid, _, until in known:
        if rule != DECISION and uid not in first:
            added.setdefault(uid, until)
    return waiting, added


def vacant_seats() -> dict[str, list[UUID]]:
    """The outside seats that nobody has accepted, each with the facts that say so."""
    found: dict[str, list[UUID]] = {}
    for line in lines(Owed.objects.filter(rule=VACANT, state=OPEN).values_list("opening", flat=True)):
        found.setdefault(str(line.coded.get("role", "")), []).append(line.id)
    return found


def owed_for(openings: Iterable[UUID], now: datetime) -> dict[UUID, list[DutyView]]:
    """Every duty that these facts opened, by fact, soonest first."""
    found: dict[UUID, list[DutyView]] = {}
    for view in shown(Owed.objects.filter(opening__in=list(openings)).order_by("due_at", "key"), now):
        found.setdefault(view.opening, []).append(view)
    return found


def owed_about(mentions: Iterable[UUID], now: datetime, most: int = 500) -> list[DutyView]:
    """Every duty about these people, soonest due first. Where there are more, the oldest that are done are left out."""
    rows = Owed.objects.filter(mention__in=list(mentions))
    found = shown(rows.order_by(F("done_at").desc(nulls_first=True), "due_at", "key")[:most], now)
    return sorted(found, key=lambda view: (view.due_at, view.key))


def duties_as_at(as_at: datetime, known_at: datetime) -> list[Duty]:
    """Every duty that had arisen at `as_at`, as known at `known_at`, folded anew from the record's lines."""
    with paused():
        return fold(all_lines(), law(), as_at, known_at, CLOSED, sorts=agencies)


def shown(rows: QuerySet[Owed], now: datetime) -> list[DutyView]:
    """Rows as pages show them, in the same order."""
    found = rows.annotate(away=covering("holder", now))
    return [viewed(row, now, apart(row.away)) for row in found]


def viewed(row: Owed, now: datetime, away: Iterable[str] = ()) -> DutyView:
    """A row as pages show it; `away` are those who cover for whoever holds it."""
    made, rule = edition(row.edition), rule_of(row.edition, row.rule)
    values = rule.repeats.every if rule.repeats and row.occurrence > 1 else rule.within
    return DutyView(
        key=row.key,
        rule=rule,
        calendar=made.calendar,
        value=value_on(values, local_day(row.started_at, made.calendar)),
        opening=row.opening,
        occurrence=row.occurrence,
        mention=row.mention,
        role=row.role,
        agency=row.agency,
        holder=row.holder,
        started_at=row.started_at,
        due_at=row.due_at,
        state=LATE if row.state == OPEN and now >= row.due_at else row.state,
        done_at=row.done_at,
        raised=row.raised,
        rung=row.rung,
        wall=row.wall,
        covers=frozenset(away),
    )
