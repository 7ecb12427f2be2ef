"""Reports and their answers become rows, and walls; people at work become keyed hashes.

A report's row and its walls are a function of the report's thread. One that is not routed yet stands behind a wall.
"""

from collections.abc import Sequence
from itertools import chain

from onrecord.access.facts import RoleHeld, StaffDetailsGiven
from onrecord.access.projector import Raised, raise_walls
from onrecord.access.queries import OPEN, UNROUTED
from onrecord.intake.facts import DecisionMade, ReportReceived, ReportRouted
from onrecord.intake.models import Report, StaffKey
from onrecord.intake.queries import staff_hashes
from onrecord.intake.rules.named import home_keys, staff_keys
from onrecord.ledger.facts import Corrected, Declined, Entry, Seconded, mention_of
from onrecord.ledger.gateway.rows import Row, insert, row_type, settle
from onrecord.ledger.queries import families
from onrecord.ledger.rules.effect import Line, below, line_of, standing, upward

TABLES = (Report, StaffKey)
Reported, AtWork = row_type(Report), row_type(StaffKey)
MOVING = frozenset({ReportRouted.kind, DecisionMade.kind, Corrected.kind, Seconded.kind, Declined.kind})
"""What may change a report's row. Everything else that answers a report leaves it as it is."""


def project(entries: Sequence[Entry]) -> None:
    """Write the rows that follow from these entries."""
    answers = [entry.id for entry in entries if entry.kind in MOVING]
    lines = families(answers) if answers else []
    new = [line_of(entry) for entry in entries if isinstance(entry.saying.fact, ReportReceived)]
    known = {line.id for line in lines}
    reports = [line.id for line in lines if line.kind == ReportReceived.kind and line.id in upward(lines, answers)]
    first, moved = [[line] for line in new if line.id not in known], [below(lines, uid) for uid in reports]
    settle(Reported, "uid", reports, (row_of(thread) for thread in first + moved))
    raise_walls(wall for thread in first for wall in walls_of(thread))
    if any(entry.kind == ReportRouted.kind for entry in entries):
        raise_walls((wall for thread in moved for wall in walls_of(thread)), anew=True)
    insert(row for entry in entries for row in _keys(entry))


def walls_of(lines: Sequence[Line]) -> list[Raised]:
    """The walls round a report and round the child it names, from the lines of its thread, the report itself first."""
    uid, routed = lines[0].id, _routed(lines)
    state = UNROUTED if routed is None else OPEN if routed.coded["to"] == "front_door" else "sealed"
    against = tuple(routed.coded.get("against", ())) if routed else ()
    return [Raised(subject, state, against) for subject in (uid, mention_of(uid, "child"))]


def _routed(lines: Sequence[Line]) -> Line | None:
    """Where a report was last said to go; None while nothing was said."""
    return next((line for line in reversed(lines) if line.kind == ReportRouted.kind), None)


def _keys(entry: Entry) -> list[Row]:
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
    return [AtWork(hashed=hashed, user=fact.user, entry=entry.id) for hashed in hashes]


def row_of(lines: Sequence[Line]) -> Row:
    """The row of a report, from the lines of its thread, the report itself first."""
    counting = standing(lines, max(line.recorded_at for line in lines))
    report = next(line for line, _ in counting if line.id == lines[0].id)
    decisions = [(line, since) for line, since in counting if line.kind == DecisionMade.kind]
    settled = {line.id for line, _ in decisions}
    answered = {target for line in lines if line.kind.startswith("ledger.") for target in line.regarding}
    waiting = [
        line for line in lines if line.kind == DecisionMade.kind and line.proposed and line.id not in settled | answered
    ]
    routed = _routed(lines)
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
        outcome=latest[0].coded["outcome"] if latest else "",
        proposed=waiting[-1].coded["outcome"] if waiting else "",
        decided_at=latest[1] if latest else None,
        decided_by=latest[0].id if latest else None,
        batch=report.coded.get("batch", ""),
    )
