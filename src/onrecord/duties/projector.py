"""Facts become what is owed. Each row is a function of the thread of its opening fact, so a rebuild gives it again."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from onrecord.access.facts import RoleEnded
from onrecord.access.projector import Tie, agreed, relate, unrelate
from onrecord.access.queries import first_of_each_sort, still_held
from onrecord.access.rules import CASE_ROLES
from onrecord.duties.facts import CannotInTime, DutyEscalated, DutyReassigned, RulebookAdopted
from onrecord.duties.models import Adoption, Owed
from onrecord.duties.queries.adopted import law
from onrecord.duties.rules import Duty, fold
from onrecord.duties.rules.fold import ENDED, LATE, MET, MET_LATE, OPEN
from onrecord.duties.rules.ladder import climb
from onrecord.duties.rules.walls import CLOSED
from onrecord.intake.facts import ReportRouted
from onrecord.ledger.facts import Declined, Entry, Seconded
from onrecord.ledger.gateway.rows import fetch, insert, remove
from onrecord.ledger.queries import coded, families, threads
from onrecord.ledger.rules.effect import Line, line_of, standing, upward
from onrecord.rulebook.facts import Calendar
from onrecord.rulebook.queries import edition

TABLES = (Owed, Adoption)
EVER = datetime(9999, 1, 1, tzinfo=UTC)
STORED = {OPEN: OPEN, LATE: OPEN, MET: MET, MET_LATE: MET_LATE, ENDED: ENDED}


def project(entries: Sequence[Entry]) -> None:
    """Write the rows that follow from these entries."""
    _adoptions(entries)
    answers = [entry.id for entry in entries if entry.saying.regarding] + _returned(entries)
    lines = families(answers) if answers else []
    touched = upward(lines, answers)
    if any(entry.kind == ReportRouted.kind for entry in entries):
        touched = {line.id for line in lines}  # a wall stands round everything that answers, not what was answered
    fresh = [entry for entry in entries if entry.id not in touched]
    lines += [line_of(entry, coded(entry.saying.fact, ())) for entry in fresh]
    new = touched | {entry.id for entry in fresh}
    _replace([row for row in rows_of(lines) if row.opening in new], touched, lines)


def _replace(rows: list[Owed], touched: set[UUID], lines: list[Line]) -> None:
    """Write the rows of these opening facts, and only those that are not so already: most answers change one duty."""
    marks = ", ".join(["%s"] * len(touched))
    found = fetch(Owed, f"WHERE t.opening IN ({marks})", list(touched)) if touched else []
    _relate([_owed(row) for row in found], rows, {line.id: line.mentions for line in lines})
    standing = {row[0]: row for row in found}
    made = {row.key: row for row in rows}
    same = {key for key, row in made.items() if standing.get(key) == _values(row)}
    if old := standing.keys() - same:
        remove(Owed, "key", old)
    insert(row for key, row in made.items() if key not in same)


def _relate(before: list[Owed], after: list[Owed], about: Mapping[UUID, tuple[UUID, ...]]) -> None:
    """An agency works with those about whom one of its people who work with children owes something."""
    were, are = (
        {
            Tie(mention, row.agency, "owes", row.opening)
            for row in rows
            if row.role in CASE_ROLES
            for mention in about.get(row.opening, ())
        }
        for rows in (before, after)
    )
    unrelate(were - are)
    relate(sorted(are - were))


def _owed(values: tuple[Any, ...]) -> Owed:
    return Owed(**{field.attname: value for field, value in zip(Owed._meta.concrete_fields, values, strict=True)})


def _values(row: Owed) -> tuple[Any, ...]:
    return tuple(getattr(row, field.attname) for field in Owed._meta.concrete_fields)


def rows_of(lines: Iterable[Line]) -> list[Owed]:
    """The rows that these threads amount to."""
    given = list(lines)
    if not given:
        return []
    said, duties = _said(given), fold(given, law(), EVER, EVER, CLOSED)
    sorts = first_of_each_sort() if duties else {}
    rows = [_row(duty, said[duty.key], sorts.get(duty.owed_of, duty.owed_of)) for duty in duties]
    return _held(rows, said)


def _held(rows: list[Owed], said: Mapping[UUID, list[Line]]) -> list[Owed]:
    """Say to whom duties were handed who still hold the role. From whoever left it, they are back with the role."""
    handed = {}
    for row in rows:
        if given := [line for line in said.get(row.key, ()) if line.kind == DutyReassigned.kind]:
            handed[row.key] = (str(given[-1].coded["holder"]), row.role, row.agency, given[-1].seq)
    here = still_held(handed.values())
    for row in rows:
        if row.key in handed and handed[row.key] in here:
            row.holder = handed[row.key][0]
    return rows


def _returned(entries: Sequence[Entry]) -> list[UUID]:
    """The facts that opened what was handed to people whose role ends by these entries."""
    ending = [entry.saying.fact for entry in entries if entry.kind == RoleEnded.kind and not entry.proposed]
    ending += [proposal.saying.fact for entry in entries for proposal in agreed(entry)]
    users = {fact.user for fact in ending if isinstance(fact, RoleEnded)}
    return list(Owed.objects.filter(holder__in=users).values_list("opening", flat=True).distinct()) if users else []


def _said(lines: list[Line]) -> dict[UUID, list[Line]]:
    """What was said of each duty itself: handed over, climbed, cannot be done in time."""
    found: dict[UUID, list[Line]] = defaultdict(list)
    for line in lines:
        if line.kind in (DutyReassigned.kind, DutyEscalated.kind, CannotInTime.kind):
            found[UUID(line.coded["duty"])].append(line)
    return found


def _row(duty: Duty, said: list[Line], agency: str) -> Owed:
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
        role=duty.role,
        agency=agency,
        holder="",
        started_at=duty.started_at,
        due_at=duty.due_at,
        state=STORED[duty.state],
        done_at=duty.done_at,
        done_by=duty.done_by,
        raised=raised[-1] if raised else "",
        rung=rung,
        look_at=_look_at(duty, rung, edition(duty.edition).calendar),
        wall=duty.wall,
    )


def _look_at(duty: Duty, rung: int, calendar: Calendar) -> datetime | None:
    """The earliest moment at which the next step could be taken; None when there is none to take."""
    if duty.done_at is not None or duty.state == ENDED:
        return None
    ahead = climb(duty.rule, duty.due_at, calendar, duty.due_at, sealed=duty.wall is not None)
    return next((step.at for step in ahead if step.number >= rung), None)


def _adoptions(entries: Sequence[Entry]) -> None:
    for entry in entries:
        fact = entry.saying.fact
        if isinstance(fact, RulebookAdopted):
            since = None if entry.proposed else entry.recorded_at
            Adoption.objects.create(entry=entry.id, digest=fact.digest, effective_at=since, seq=entry.seq)
        elif isinstance(fact, Seconded | Declined):
            for row in Adoption.objects.filter(entry__in=entry.saying.regarding):
                counting = {line.id: since for line, since in standing(threads([row.entry]), entry.recorded_at)}
                Adoption.objects.filter(entry=row.entry).update(effective_at=counting.get(row.entry))
