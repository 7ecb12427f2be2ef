"""Reports and their answers become rows, and walls; people at work become keyed hashes.

A report's row and its walls are a function of the report's thread. One that is not routed yet stands behind a wall.
"""

from collections.abc import Iterable, Sequence
from itertools import chain
from uuid import UUID

from onrecord.access.facts import RoleHeld, StaffDetailsGiven
from onrecord.access.projector import Raised, raise_walls
from onrecord.access.queries import OPEN, UNROUTED
from onrecord.intake.facts import (
    DECISIONS,
    SET_ASIDE,
    DecisionMade,
    ReportMarked,
    ReportReceived,
    ReportRouted,
    ReportSetAside,
)
from onrecord.intake.models import Report, SealedBy, StaffKey
from onrecord.intake.queries import staff_hashes
from onrecord.intake.rules.named import home_keys, staff_keys
from onrecord.ledger.facts import Corrected, CountsAgain, Declined, Entry, Seconded, SetAside, mention_of
from onrecord.ledger.gateway.rows import Row, insert, remove, row_type, settle
from onrecord.ledger.queries import entries as opened
from onrecord.ledger.queries import families, lines
from onrecord.ledger.rules.corrections import fixes_of, put_right
from onrecord.ledger.rules.effect import Line, below, below_each, line_of, standing, upward

TABLES = (Report, StaffKey, SealedBy)
Reported, AtWork, ByDetails = row_type(Report), row_type(StaffKey), row_type(SealedBy)
MOVING = frozenset(
    {ReportRouted.kind, DecisionMade.kind, Corrected.kind, Seconded.kind, Declined.kind}
    | {SetAside.kind, CountsAgain.kind, ReportMarked.kind, ReportSetAside.kind}
)
"""What may change a report's row. Everything else that answers a report leaves it as it is."""

MATTERING = MOVING | {ReportReceived.kind, RoleHeld.kind, StaffDetailsGiven.kind}
"""What may change any row here."""


def project(entries: Sequence[Entry]) -> None:
    """Write the rows that follow from these entries."""
    if MATTERING.isdisjoint([entry.kind for entry in entries]):
        return
    answers = [entry.id for entry in entries if entry.kind in MOVING]
    family = families(answers) if answers else []
    new = {entry.id: line_of(entry) for entry in entries if isinstance(entry.saying.fact, ReportReceived)}
    known, above = {line.id for line in family}, upward(family, answers)
    reports = [line.id for line in family if line.kind == ReportReceived.kind and line.id in above]
    threads = [[line] for line in new.values() if line.id not in known] + below_each(family, reports)
    settle(Reported, "uid", reports, (row_of(thread) for thread in threads))
    raise_walls(wall for thread in threads if thread[0].id in new for wall in walls_of(thread))
    if any(entry.kind == ReportRouted.kind for entry in entries):
        moved = (thread for thread in threads if thread[0].id not in new)
        raise_walls((wall for thread in moved for wall in walls_of(thread)), anew=True)
    insert((row for entry in entries for row in _by_details(entry)), again=True)
    given = [line.id for line in family if line.kind == StaffDetailsGiven.kind and line.id in above]
    insert(row for entry in entries if entry.id not in given and not _waits(entry) for row in _keys(entry, entry.seq))
    if given:
        remove(StaffKey, "entry", given)
        insert(row for uid in given for row in _keys_now(below(family, uid)))


def project_anew(entries: Sequence[Entry]) -> None:
    """Make the keyed hashes of people at work again, where something was erased of what they were made from."""
    fixed = [uid for entry in entries if isinstance(entry.saying.fact, Corrected) for uid in entry.saying.regarding]
    for entry in opened([*(entry.id for entry in entries), *fixed]):
        if isinstance(entry.saying.fact, RoleHeld | StaffDetailsGiven):
            details = isinstance(entry.saying.fact, StaffDetailsGiven)
            remove(StaffKey, "entry", [entry.id])
            insert(_keys_now(below(families([entry.id]), entry.id)) if details else _keys(entry, entry.seq))


def walls_of(lines: Sequence[Line]) -> list[Raised]:
    """The walls round a report and round the child it names, from the lines of its thread, the report itself first."""
    uid, routed = lines[0].id, _routed(lines)
    state = UNROUTED if routed is None else OPEN if routed.coded["to"] == "front_door" else "sealed"
    against = tuple(routed.coded.get("against", ())) if routed else ()
    return [Raised(subject, state, against) for subject in (uid, mention_of(uid, "child"))]


def _routed(lines: Sequence[Line]) -> Line | None:
    """Where a report was last said to go; None while nothing was said."""
    return next((line for line in reversed(lines) if line.kind == ReportRouted.kind), None)


def _waits(entry: Entry) -> bool:
    """Whether details wait for a second person. Somebody proposed for a role is compared at once."""
    return entry.proposed and isinstance(entry.saying.fact, StaffDetailsGiven)


def _keys(entry: Entry, seq: int) -> list[Row]:
    """The keyed hashes of somebody at work. Who left stays: those who decide may be their friends."""
    fact = entry.saying.fact
    if isinstance(fact, RoleHeld):
        keys = staff_keys(fact.name, (), (), ())
    elif isinstance(fact, StaffDetailsGiven):
        called = (key for name in (*fact.names, *fact.relatives) for key in staff_keys(name, (), (), ()))
        said = staff_keys("", fact.phones, fact.plates, fact.employers)
        keys = chain(said, called, home_keys([fact.postcode]))
    else:
        return []
    hashes = dict.fromkeys(staff_hashes(keys))
    return [AtWork(hashed=hashed, user=fact.user, entry=entry.id, seq=seq) for hashed in hashes]


def _keys_now(thread: Sequence[Line]) -> list[Row]:
    """The keys of details as they stand: none while they wait for a second person, and none that were taken back."""
    uid, known_at = thread[0].id, max(line.recorded_at for line in thread)
    if uid not in {line.id for line, _ in standing(thread, known_at)}:
        return []
    fixes = fixes_of(thread, known_at)
    found = {made.id: made for made in opened([uid, *fixes.get(uid, ())])}
    seq = max(line.seq for line in thread if line.id == uid or line.kind == Seconded.kind)
    return _keys(put_right(found[uid], fixes, found).entry, seq)


def _by_details(entry: Entry) -> Iterable[Row]:
    """By which details a report was sealed."""
    fact = entry.saying.fact
    if not isinstance(fact, ReportRouted) or not fact.details:
        return ()
    given = lines(map(UUID, fact.details))
    return [ByDetails(report=entry.saying.regarding[0], entry=line.id, user=str(line.coded["user"])) for line in given]


def row_of(lines: Sequence[Line]) -> Row:
    """The row of a report, from the lines of its thread, the report itself first."""
    counting = standing(lines, max(line.recorded_at for line in lines))
    report = next(line for line, _ in counting if line.id == lines[0].id)
    decisions = [(line, since) for line, since in counting if line.kind in DECISIONS]
    settled = {line.id for line, _ in decisions}
    answered = {target for line in lines if line.kind.startswith("ledger.") for target in line.regarding}
    waiting = [line for line in lines if line.kind in DECISIONS and line.proposed and line.id not in settled | answered]
    routed = _routed(lines)
    marked = next((line for line in lines if line.kind == ReportMarked.kind), None)
    latest = max(decisions, key=lambda made: (made[1], made[0].seq), default=None)
    return Reported(
        uid=report.id,
        seq=report.seq,
        mention=mention_of(report.id, "child"),
        received_at=report.recorded_at,
        route=routed.coded["to"] if routed else "",
        by=report.by,
        agency=report.agency,
        concern=report.coded["concern"],
        danger_now=report.coded["danger_now"],
        outcome=_outcome(latest[0]) if latest else "",
        proposed=_outcome(waiting[-1]) if waiting else "",
        decided_at=latest[1] if latest else None,
        decided_by=latest[0].id if latest else None,
        decider=latest[0].by if latest else "",
        batch=marked.coded["together"] if marked else report.coded.get("batch", ""),
    )


def _outcome(line: Line) -> str:
    return str(line.coded["outcome"]) if line.kind == DecisionMade.kind else SET_ASIDE
