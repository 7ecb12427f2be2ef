"""Reports and their answers become rows. A row is a function of the report's thread."""

from collections.abc import Sequence

from onrecord.intake.facts import DecisionMade, ReportReceived
from onrecord.intake.models import Report
from onrecord.ledger.facts import Corrected, Declined, Entry, Seconded, mention_of
from onrecord.ledger.gateway.rows import insert, remove
from onrecord.ledger.queries import families
from onrecord.ledger.rules.effect import Line, below, line_of, standing, upward

TABLES = (Report,)
MOVING = frozenset({DecisionMade.kind, Corrected.kind, Seconded.kind, Declined.kind})
"""What may change a report's row. Everything else that answers a report leaves it as it is."""


def project(entries: Sequence[Entry]) -> None:
    """Write the rows that follow from these entries."""
    answers = [entry.id for entry in entries if entry.kind in MOVING]
    lines = families(answers) if answers else []
    new = [line_of(entry) for entry in entries if isinstance(entry.saying.fact, ReportReceived)]
    known = {line.id for line in lines}
    reports = [line.id for line in lines if line.kind == ReportReceived.kind and line.id in upward(lines, answers)]
    if reports:
        remove(Report, "uid", reports)
    insert(row_of([line]) for line in new if line.id not in known)
    insert(row_of(below(lines, uid)) for uid in reports)


def row_of(lines: Sequence[Line]) -> Report:
    """The row of a report, from the lines of its thread, the report itself first."""
    counting = standing(lines, max(line.recorded_at for line in lines))
    report = next(line for line, _ in counting if line.id == lines[0].id)
    decisions = [(line, since) for line, since in counting if line.kind == DecisionMade.kind]
    settled = {line.id for line, _ in decisions}
    answered = {target for line in lines if line.kind.startswith("ledger.") for target in line.regarding}
    waiting = [
        line for line in lines if line.kind == DecisionMade.kind and line.proposed and line.id not in settled | answered
    ]
    latest = max(decisions, key=lambda made: (made[1], made[0].seq), default=None)
    return Report(
        uid=report.id,
        seq=report.seq,
        mention=mention_of(report.id, "child"),
        received_at=report.recorded_at,
        by=report.by,
        agency=report.agency,
        concern=report.coded["concern"],
        danger_now=report.coded["danger_now"],
        outcome=latest[0].coded["outcome"] if latest else "",
        proposed=waiting[-1].coded["outcome"] if waiting else "",
        decided_at=latest[1] if latest else None,
        decided_by=latest[0].id if latest else None,
    )
