"""Facts become what is owed. Each row is a function of the thread of its opening fact, so a rebuild gives it again."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from onrecord.access.facts import AgencyJoined, RoleEnded
from onrecord.access.projector import Raised, Tie, agreed, raise_walls, relate, unrelate
from onrecord.access.queries import NOBODY_INSIDE, agencies, first_of_each_sort, still_held
from onrecord.access.queries.work import of_meetings
from onrecord.access.rules import CASE_ROLES
from onrecord.duties.facts import CannotInTime, DutyEscalated, DutyReassigned, InstructionReported, RulebookAdopted
from onrecord.duties.models import Adoption, Owed
from onrecord.duties.queries.adopted import law
from onrecord.duties.rules import Duty, fold
from onrecord.duties.rules.fold import ENDED, LATE, MET, MET_LATE, OPEN
from onrecord.duties.rules.ladder import climb
from onrecord.duties.rules.walls import CLOSED
from onrecord.intake.facts import ReportRouted
from onrecord.ledger.facts import Declined, Entry, Seconded, mention_of
from onrecord.ledger.gateway.registry import catalogue
from onrecord.ledger.gateway.rows import Row, Settled, row_type, settle
from onrecord.ledger.queries import about, coded, families, makers, threads
from onrecord.ledger.rules.effect import Line, line_of, standing, upward
from onrecord.rulebook.queries import edition

TABLES = (Owed, Adoption)
Owing = row_type(Owed)
TYING = frozenset({"opening", "agency", "role"})
"""What of a duty says which agency works with whom."""
EVER = datetime(9999, 1, 1, tzinfo=UTC)
STORED = {OPEN: OPEN, LATE: OPEN, MET: MET, MET_LATE: MET_LATE, ENDED: ENDED}


def project(entries: Sequence[Entry]) -> None:
    """Write the rows that follow from these entries."""
    _adoptions(entries)
    raise_walls(_past_everybody(entries))
    routed = [mention for entry in entries if entry.kind == ReportRouted.kind for mention in entry.mentions]
    answers = [entry.id for entry in entries if entry.saying.regarding] + _returned(entries) + _taken_on(entries)
    answers += about(routed) if routed else []
    lines = families(answers) if answers else []
    touched = upward(lines, answers)
    if routed:  # a wall stands round everything that answers, and all that is about the child, not what was answered
        touched = {line.id for line in lines}
    fresh = [entry for entry in entries if entry.id not in touched]
    lines += [line_of(entry, coded(entry.saying.fact, ())) for entry in fresh]
    new = touched | {entry.id for entry in fresh}
    lines += _round(lines, new)
    _relate(settle(Owing, "opening", touched, rows_of(lines, new)), lines)


def _past_everybody(entries: Iterable[Entry]) -> Iterable[Raised]:
    """A wall round each instruction not to report: nobody inside gets through, nor whoever is named in it."""
    for entry in entries:
        if isinstance(entry.saying.fact, InstructionReported):
            yield Raised(entry.id, NOBODY_INSIDE, entry.saying.fact.against or ())


def _round(lines: list[Line], new: set[UUID]) -> list[Line]:
    """The reports of the children whom these facts are only about, with what answers them: a wall may stand there."""
    others = {mention for line in lines if line.id in new for mention in line.mentions}
    for line in lines:  # the report that named them is almost always the first
        if not others:
            return []
        others.discard(mention_of(line.id, "child"))
    known = {line.id for line in lines}
    return [line for line in threads(makers(others).values()) if line.id not in known] if others else []


def _relate(settled: Settled, lines: Iterable[Line]) -> None:
    """An agency works with those about whom one of its people who work with children owes something."""
    if TYING.isdisjoint(settled.moved):
        return
    were, are = (
        {(row.opening, row.agency) for row in (Owing(*row) for row in rows) if row.role in CASE_ROLES}
        for rows in (settled.before, settled.after)
    )
    known = {line.id: line for line in lines}
    unrelate(_ties(were - are, known))
    relate(sorted(_ties(are - were, known)))


def _ties(pairs: Iterable[tuple[Any, str]], known: Mapping[UUID, Line]) -> list[Tie]:
    """Whom they bring to whom. An agency to which a file is lent has a tie of its own, which can end.

    What is owed for a meeting about several children lets nobody into the file of each of them.
    """
    owing = [(known.get(UUID(str(opening))), agency) for opening, agency in pairs]
    return [
        Tie(mention, agency, "owes", line.id)
        for line, agency in owing
        if line is not None and line.coded.get(catalogue()[line.kind].lends) != agency and not _of_several(line)
        for mention in line.mentions
    ]


def _of_several(line: Line) -> bool:
    """Whether it is said of a meeting about several children, and of none of them alone."""
    return len(line.mentions) > 1 and line.kind in of_meetings()


def rows_of(lines: Sequence[Line], openings: Collection[UUID]) -> list[Row]:
    """The rows that these threads amount to, of what some of their facts opened."""
    if not lines:
        return []
    said = _said(lines)
    duties = [duty for duty in fold(lines, law(), EVER, EVER, CLOSED, sorts=agencies) if duty.opening in openings]
    sorts = first_of_each_sort() if duties else {}
    return _held([_row(duty, said, sorts) for duty in duties], said)


def _held(rows: list[Row], said: Mapping[UUID, list[Line]]) -> list[Row]:
    """Say to whom duties were handed who still hold the role. From whoever left it, they are back with the role."""
    handed = {}
    for row in rows if said else ():
        if given := [line for line in said.get(row.key, ()) if line.kind == DutyReassigned.kind]:
            handed[row.key] = (str(given[-1].coded["holder"]), row.role, row.agency, given[-1].seq)
    if not handed:
        return rows
    here = still_held(handed.values())
    return [row._replace(holder=handed[row.key][0]) if handed.get(row.key) in here else row for row in rows]


def _returned(entries: Sequence[Entry]) -> list[UUID]:
    """The facts that opened what was handed to people whose role ends by these entries."""
    ending = [entry.saying.fact for entry in entries if entry.kind == RoleEnded.kind and not entry.proposed]
    ending += [proposal.saying.fact for entry in entries for proposal in agreed(entry)]
    users = {fact.user for fact in ending if isinstance(fact, RoleEnded)}
    return list(Owed.objects.filter(holder__in=users).values_list("opening", flat=True).distinct()) if users else []


def _taken_on(entries: Sequence[Entry]) -> list[UUID]:
    """The facts that opened what waited, under the name of a sort, for the first agency of that sort to join."""
    joined = [entry.saying.fact for entry in entries if entry.kind == AgencyJoined.kind]
    sorts = {fact.sort for fact in joined if isinstance(fact, AgencyJoined)}
    return list(Owed.objects.filter(agency__in=sorts).values_list("opening", flat=True).distinct()) if sorts else []


def _said(lines: Iterable[Line]) -> dict[UUID, list[Line]]:
    """What was said of each duty itself: handed over, climbed, cannot be done in time."""
    found: dict[UUID, list[Line]] = defaultdict(list)
    for line in lines:
        if line.kind in (DutyReassigned.kind, DutyEscalated.kind, CannotInTime.kind):
            found[UUID(line.coded["duty"])].append(line)
    return found


def _row(duty: Duty, said: Mapping[UUID, list[Line]], sorts: Mapping[str, str]) -> Row:
    key, owed_of = duty.key, duty.owed_of
    own = said.get(key, ()) if said else ()
    raised = [line.coded["reason"] for line in own if line.kind == CannotInTime.kind]
    rung = max([line.coded["rung"] + 1 for line in own if line.kind == DutyEscalated.kind], default=0)
    return Owing(
        key=key,
        rule=duty.rule.id,
        edition=duty.edition,
        alarm=duty.rule.alarm,
        opening=duty.opening,
        occurrence=duty.occurrence,
        mention=duty.mentions[0] if duty.mentions and not _of_several(duty.line) else None,
        role=duty.role,
        agency=sorts.get(owed_of, owed_of),
        holder="",
        started_at=duty.started_at,
        due_at=duty.due_at,
        state=STORED[duty.state],
        done_at=duty.done_at,
        done_by=duty.done_by,
        raised=raised[-1] if raised else "",
        rung=rung,
        look_at=_look_at(duty, rung),
        wall=duty.wall,
    )


def _look_at(duty: Duty, rung: int) -> datetime | None:
    """The earliest moment at which the next step could be taken; None when there is none to take."""
    if duty.done_at is not None or duty.state == ENDED:
        return None
    return _next_step(duty.edition, duty.rule.id, duty.due_at, rung, sealed=duty.wall is not None)


@lru_cache(maxsize=8192)
def _next_step(digest: str, name: str, due: datetime, rung: int, *, sealed: bool) -> datetime | None:
    """The same, from codes alone: most answers leave the other duties of their thread as they were."""
    made = edition(digest)
    rule = next(rule for rule in made.rules if rule.id == name)
    ahead = climb(rule, due, made.calendar, due, sealed=sealed)
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
