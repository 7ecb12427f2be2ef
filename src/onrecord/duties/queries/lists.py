"""Lists of what is owed, as plain values. State is computed from the row and the time of asking."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from onrecord.access.rules import Denied, Viewer, can_see_all_duties
from onrecord.duties.models import Owed
from onrecord.duties.queries.adopted import adopted
from onrecord.duties.rules import Duty, fold
from onrecord.duties.rules.fold import LATE, OPEN
from onrecord.ledger.queries import all_lines
from onrecord.rulebook.facts import Rule, Value
from onrecord.rulebook.queries import edition
from onrecord.rulebook.rules import local_day, value_on


@dataclass(frozen=True)
class DutyView:
    """A duty as pages show it. `late` and `state` are true at the moment of asking."""

    key: UUID
    rule: Rule
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

    @property
    def late(self) -> bool:
        """Whether it is not met and past its time."""
        return self.state == LATE


def mine(viewer: Viewer, now: datetime) -> list[DutyView]:
    """What this person's roles owe and nobody else has taken over, soonest first."""
    seats = Q(pk__in=[])
    for held in viewer.holdings:
        seats |= Q(role=held.role, agency=held.agency)
    rows = Owed.objects.filter(state=OPEN).filter((seats & Q(holder="")) | Q(holder=viewer.user))
    return _views(rows.order_by("due_at", "key")[:500], now)


def watched(viewer: Viewer, now: datetime, newest: int = 500) -> list[DutyView]:
    """What is late anywhere, for those who watch over it. Raises Denied for anybody else."""
    if not can_see_all_duties(viewer):
        raise Denied("Only people outside, and the partnership's manager, see what is late everywhere.")
    return _views(Owed.objects.filter(state=OPEN, due_at__lte=now).order_by("due_at", "key")[:newest], now)


def duty(viewer: Viewer, key: UUID, now: datetime) -> DutyView | None:
    """One duty, for those who owe it or watch over it; None for anybody else, as if there were none."""
    row = Owed.objects.filter(key=key).first()
    if row is None:
        return None
    view = _views([row], now)[0]
    owes = any(held.agency == view.agency for held in viewer.holdings) or view.holder == viewer.user
    return view if owes or can_see_all_duties(viewer) else None


def owed_for(openings: Iterable[UUID], now: datetime) -> dict[UUID, list[DutyView]]:
    """Every duty that these facts opened, by fact, soonest first."""
    found: dict[UUID, list[DutyView]] = {}
    for view in _views(Owed.objects.filter(opening__in=list(openings)).order_by("due_at", "key"), now):
        found.setdefault(view.opening, []).append(view)
    return found


def counts(now: datetime) -> dict[str, int]:
    """How many duties are open, late and met, everywhere. No names, no agencies."""
    waiting = Owed.objects.filter(state=OPEN)
    return {
        "open": waiting.filter(due_at__gt=now).count(),
        "late": waiting.filter(due_at__lte=now).count(),
        "met": Owed.objects.filter(state="met").count(),
        "met late": Owed.objects.filter(state="met_late").count(),
    }


def duties_as_at(as_at: datetime, known_at: datetime) -> list[Duty]:
    """Every duty that had arisen at `as_at`, as known at `known_at`, folded anew from the record's lines."""
    return fold(all_lines(), adopted(), as_at, known_at)


def _views(rows: QuerySet[Owed] | Iterable[Owed], now: datetime) -> list[DutyView]:
    return [_view(row, now) for row in rows]


def _view(row: Owed, now: datetime) -> DutyView:
    made = edition(row.edition)
    rule = next(rule for rule in made.rules if rule.id == row.rule)
    values = rule.repeats.every if rule.repeats and row.occurrence > 1 else rule.within
    return DutyView(
        key=row.key,
        rule=rule,
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
    )
