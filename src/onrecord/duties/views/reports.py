"""One's own reports, for ever in sight: what was decided, and if nothing was, how late it is."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import get_default_timezone
from django.views.decorators.http import require_safe

from onrecord.access.actions import note_opened
from onrecord.access.rules import Viewer, check_record
from onrecord.access.views import seated
from onrecord.duties.queries import DECISION, DutyView, last_beat, owed_for
from onrecord.duties.queries.authors import told_rung
from onrecord.duties.queries.challenge import challenges_now
from onrecord.duties.rules.spoken import by_when
from onrecord.duties.views.copies import copied
from onrecord.duties.views.shown import climbed_to
from onrecord.intake.facts import ReportReceived
from onrecord.intake.queries import mine, spoken_outcome, told_in
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.queries import as_they_stand
from onrecord.ledger.rules.corrections import PutRight


@seated
@require_safe
def my_reports(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Every report somebody made, the newest first. Opening the list is noted as one read."""
    check_record(viewer)
    moment = now()
    rows = mine(viewer)
    if rows:
        note_opened(viewer, "receipt", tuple(row.uid for row in rows), moment)
    owed, beat = owed_for([row.uid for row in rows], moment), last_beat(moment)
    said = as_they_stand([uid for row in rows for uid in (row.uid, row.decided_by) if uid], moment)
    since = challenges_now([row.uid for row in rows], moment)
    looked = beat.at if beat else None
    lines = [_line(row, said[row.uid], owed.get(row.uid, []), told_in(row, said), looked) for row in rows]
    lines = [line | since[line["uid"]]._asdict() for line in lines]
    return render(request, "duties/my_reports.html", {"lines": lines, "now": moment})


def _line(row: Any, made: PutRight, owed: list[DutyView], told: str, looked: datetime | None) -> dict[str, Any]:
    fact = made.entry.saying.fact
    decision = next((view for view in owed if view.rule.id == DECISION), None)
    return {
        "uid": row.uid,
        "reference": str(row.uid)[:8],
        "child": fact.child.spoken() if isinstance(fact, ReportReceived) else "",
        "first": made.first_sentence,
        "received_at": row.received_at,
        "outcome": spoken_outcome(row.outcome),
        "proposed": spoken_outcome(row.proposed),
        "due": decision,
        "climbed": climbed_to(decision, told_rung(decision, looked)) if decision else "",
        "copy_name": f"copy-{row.uid}",
        "copy": copied(made.entry, row, told, [f"Decision by: {_by(decision)}"] if decision else []),
    }


def _by(decision: DutyView) -> str:
    return by_when(decision.due_at, get_default_timezone())
