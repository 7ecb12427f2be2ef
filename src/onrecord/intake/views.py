"""Reporting, and the receipt: what was received, what happens next, and proof of it."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.views.decorators.http import require_safe

from onrecord.access.queries import called
from onrecord.access.rules import Viewer, check_record
from onrecord.access.views import seated
from onrecord.intake.actions import IdTaken, open_receipt, report
from onrecord.intake.facts import ReportReceived
from onrecord.intake.forms import ReportForm
from onrecord.intake.queries import report as report_row
from onrecord.intake.queries import spoken_outcome, told
from onrecord.ledger.facts import Entry, When
from onrecord.ledger.forms import FactForm
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.gateway.registry import panels
from onrecord.ledger.rules.answers import answers

SENT_BEFORE = (
    "This page was sent before, with other words, and that report stands. "
    "Nothing you wrote is lost. If you press Send again, this becomes a second report."
)


@seated
def send_report(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """A worry about a child, in two minutes. What was typed is kept whatever is wrong with it."""
    check_record(viewer)
    form = ReportForm(request.POST if request.method == "POST" else None, initial={"id": uuid4()})
    sent = _sent(form, viewer, now())
    if sent is None:
        return render(request, "intake/report.html", {"form": form})
    return redirect("receipt", sent.id)


@seated
@require_safe
def receipt(request: HttpRequest, viewer: Viewer, uid: UUID) -> HttpResponse:
    """What the person who reported keeps: for ever in their sight, whatever is decided."""
    moment = now()
    made, proof = open_receipt(viewer, uid, moment)
    return render(request, "intake/receipt.html", _receipt(viewer, made, proof, moment))


@seated
@require_safe
def proof(request: HttpRequest, viewer: Viewer, uid: UUID) -> HttpResponse:
    """The signed receipt, as a file."""
    return _file(open_receipt(viewer, uid, now())[1], f"onrecord-proof-{str(uid)[:8]}.txt")


@seated
@require_safe
def copy(request: HttpRequest, viewer: Viewer, uid: UUID) -> HttpResponse:
    """The report in plain text, for another system."""
    moment = now()
    made, signed = open_receipt(viewer, uid, moment)
    return _file(_copied(viewer, made, signed, moment), f"onrecord-report-{str(uid)[:8]}.txt")


def _sent(form: FactForm, viewer: Viewer, moment: datetime) -> Entry | None:
    """The report that was sent; None while there is none, with what is wrong beside each field."""
    fact = form.hear(moment)
    if not isinstance(fact, ReportReceived):
        return None
    happened = form.happened(moment)
    try:
        return report(viewer, fact, form.coming, happened, said_when=happened != When.at(moment))[0]
    except IdTaken:
        form.typed["id"] = str(uuid4())
        form.add_error(None, SENT_BEFORE)
        return None


def _receipt(viewer: Viewer, made: Entry, signed: str, moment: datetime) -> dict[str, Any]:
    row = report_row(made.id)
    return {
        "made": made,
        "reference": str(made.id)[:8],
        "said": answers(made.saying.fact),
        "row": row,
        "outcome": spoken_outcome(row.outcome) if row else "",
        "proposed": spoken_outcome(row.proposed) if row else "",
        "told": told(row) if row else "",
        "panels": [panel(viewer, made.id, moment) for panel in panels("receipt")],
        "proof": signed,
        "copy": _copied(viewer, made, signed, moment),
        "now": moment,
    }


def _copied(viewer: Viewer, made: Entry, signed: str, moment: datetime) -> str:
    """The whole report in plain text: what was said, by whom, what is owed now, and the proof."""
    at = f"{localtime(made.recorded_at):%-d %B %Y, %H:%M}"
    lines = [f"OnRecord report {str(made.id)[:8]}", f"Received: {at}"]
    lines += [f"Reported by: {viewer.name}, {called(made.saying.agency)}"]
    lines += [panel(viewer, made.id, moment) for panel in panels("receipt_text")]
    lines += [f"{label}{'' if label.endswith('?') else ':'} {said}" for label, said in answers(made.saying.fact)]
    return "\n".join([*lines, "", "Proof of receipt:", signed])


def _file(text: str, name: str) -> HttpResponse:
    made = HttpResponse(text, content_type="text/plain; charset=utf-8")
    made["Content-Disposition"] = f'attachment; filename="{name}"'
    return made
