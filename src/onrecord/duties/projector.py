"""Facts become what is owed. Each row is a function of the thread of its opening fact, so a rebuild gives it again."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from uuid import UUID

from onrecord.access.queries import first_of_each_sort
from onrecord.duties.facts import CannotInTime, DutyEscalated, DutyReassigned, RulebookAdopted
from onrecord.duties.models import Adoption, Owed
from onrecord.duties.queries.adopted import adopted
from onrecord.duties.rules import Duty, fold, steps
from onrecord.duties.rules.fold import ENDED, LATE, MET, MET_LATE, OPEN
from onrecord.ledger.facts import Declined, Entry, Seconded
from onrecord.ledger.gateway.rows import insert
from onrecord.ledger.queries import ancestors, coded, threads
from onrecord.ledger.rules.effect import Line, line_of
from onrecord.rulebook.facts import Calendar
from onrecord.rulebook.queries import edition

TABLES = (Owed, Adoption)
EVER = datetime(9999, 1, 1, tzinfo=UTC)
STORED = {OPEN: OPEN, LATE: OPEN, MET: MET, MET_LATE: MET_LATE, ENDED: ENDED}


def project(entries: Sequence[Entry]) -> None:
    """Write the rows that follow from these entries."""
    _adoptions(entries)
    fresh = [entry for entry in entries if not entry.saying.regarding]
    touched = {uid for entry in entries if entry.saying.regarding for uid in _roots(entry)}
    lines = [line_of(entry, coded(entry.saying.fact, ())) for entry in fresh if entry.id not in touched]
    insert(rows_of(lines))
    if touched:
        Owed.objects.filter(opening__in=touched).delete()
        insert(row for row in rows_of(threads(touched)) if row.opening in touched)


def rows_of(lines: Iterable[Line]) -> list[Owed]:
    """The rows that these threads amount to."""
    given = list(lines)
    if not given:
        return []
    said, duties = _said(given), fold(given, adopted(), EVER, EVER)
    sorts = first_of_each_sort() if duties else {}
    return [_row(duty, said[duty.key], sorts.get(duty.owed_of, duty.owed_of)) for duty in duties]


def _roots(entry: Entry) -> list[UUID]:
    return ancestors(entry.id, entry.saying.regarding)


def _said(lines: list[Line]) -> dict[UUID, list[Line]]:
    """What was said of each duty itself: handed over, climbed, cannot be done in time."""
    found: dict[UUID, list[Line]] = defaultdict(list)
    for line in lines:
        if line.kind in (DutyReassigned.kind, DutyEscalated.kind, CannotInTime.kind):
            found[UUID(line.coded["duty"])].append(line)
    return found


def _row(duty: Duty, said: list[Line], agency: str) -> Owed:
    held = [line.coded["holder"] for line in said if line.kind == DutyReassigned.kind]
    raised = [line.coded["reason"] for line in said if line.kind == CannotInTime.kind]
    rung = max((line.coded["rung"] + 1 for line in said if line.kind == DutyEscalated.kind), default=0)
    return Owed(
        key=duty.key,
        rule=duty.rule.id,
        edition=duty.edition,
        alarm=duty.rule.alarm,
        opening=duty.opening,
        occurrence=duty.occurrence,
        mention=duty.mentions[0] if duty.mentions else None,
        role=duty.rule.owed_by.role,
        agency=agency,
        holder=held[-1] if held else "",
        started_at=duty.started_at,
        due_at=duty.due_at,
        state=STORED[duty.state],
        done_at=duty.done_at,
        done_by=duty.done_by,
        raised=raised[-1] if raised else "",
        rung=rung,
        look_at=_look_at(duty, rung, edition(duty.edition).calendar),
    )


def _look_at(duty: Duty, rung: int, calendar: Calendar) -> datetime | None:
    """The earliest moment at which the next step could be taken; None when there is none to take."""
    if duty.done_at is not None or duty.state == ENDED or rung >= len(duty.rule.ladder):
        return None
    return steps(duty.rule, duty.due_at, calendar, duty.due_at)[rung].at


def _adoptions(entries: Sequence[Entry]) -> None:
    for entry in entries:
        fact = entry.saying.fact
        if isinstance(fact, RulebookAdopted):
            since = None if entry.proposed else entry.recorded_at
            Adoption.objects.create(entry=entry.id, digest=fact.digest, effective_at=since, seq=entry.seq)
        elif isinstance(fact, Seconded | Declined):
            waiting = Adoption.objects.filter(entry__in=entry.saying.regarding, effective_at=None)
            if waiting.exists() and isinstance(fact, Seconded):
                waiting.update(effective_at=entry.recorded_at)
