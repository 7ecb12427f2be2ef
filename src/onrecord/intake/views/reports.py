"""Reporting, and the receipt: what was received, what happens next, and proof of it."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.views.decorators.http import require_safe

from onrecord.access.queries import called
from onrecord.access.rules import Viewer, check_decide, check_record
from onrecord.access.views import sealed_file, seated
from onrecord.intake.actions import IdTaken, open_original, open_receipt, report
from onrecord.intake.facts import ReportReceived
from onrecord.intake.forms import CALLED, CallForm, Rang, Referral, ReportForm
from onrecord.intake.queries import originals_in, spoken_outcome, with_receipt
from onrecord.intake.queries import report as report_row
from onrecord.intake.rules.papers import Piece
from onrecord.ledger.facts import Entry, Fact, When
from onrecord.ledger.forms import FactForm
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.gateway.registry import panels
from onrecord.ledger.rules.answers import answers
from onrecord.ledger.rules.seen import Seen

SENT_BEFORE = (
    "This page was sent before, with other words, and that report stands. "
    "Nothing you wrote is lost. If you press Send again, this becomes a second report."
)


@seated
def send_report(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """A worry about a child, in two minutes. What was typed is kept whatever is wrong with it."""
    check_record(viewer)
    form = ReportForm(request.POST if request.method == "POST" else None, initial={"id": uuid4()})
    moment = now()
    sent = _sent(form, viewer, moment, form.hear(moment))
    if sent is None:
        return render(request, "intake/report.html", {"form": form})
    return redirect("receipt", sent.id)


@seated
@require_safe
def receipt(request: HttpRequest, viewer: Viewer, uid: UUID) -> HttpResponse:
    """What the person who reported keeps: for ever in their sight, whatever is decided."""
    moment = now()
    made, proof, standing = open_receipt(viewer, uid, moment)
    context = _receipt(viewer, made, proof, moment) | {"standing": standing}
    return render(request, "intake/receipt.html", context)


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
    made, signed, _ = open_receipt(viewer, uid, moment)
    copied = _copied(viewer, made, signed, _promises(viewer, with_receipt(made, None, moment), moment))
    return _file(copied, f"onrecord-report-{str(uid)[:8]}.txt")


@seated
def take_in(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """A referral that somebody wrote already: its file is read into the form, and kept sealed with the report."""
    check_record(viewer)
    moment, page = now(), Referral(request, viewer)
    sent = _sent(page.form, viewer, moment, page.hear(moment), page.on_behalf, page.pieces)
    if sent is None:
        context = {"page": page, "form": page.form, "faulty": _faulty(page.came, page.form)}
        return render(request, "intake/take_in.html", context)
    if page.join(sent):
        messages.warning(request, "The report was received. A file could not be joined to it: send it again by hand.")
    return redirect("receipt", sent.id)


@seated
def phone_note(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """A note of a call at the front door. The receipt says what to read to the caller."""
    check_decide(viewer)
    typed, moment = request.POST if request.method == "POST" else None, now()
    form, rang = CallForm(typed, initial={"id": uuid4()}), Rang(typed)
    fact = form.hear(moment, CALLED | rang.contact()) if rang.is_valid() else None
    sent = _sent(form, viewer, moment, fact, rang.on_behalf()) if fact else None
    if sent is None:
        return render(request, "intake/phone_note.html", {"form": form, "rang": rang, "faulty": _faulty(rang, form)})
    return redirect("receipt", sent.id)


@seated
@require_safe
def original(request: HttpRequest, viewer: Viewer, uid: UUID) -> HttpResponse:
    """What a report was taken from, handed out as a file and never shown."""
    return sealed_file(request, lambda: open_original(viewer, uid, now()))


def _faulty(*asked: Form) -> Form:
    """The first of a page's forms with which something is wrong; else the last."""
    return next((form for form in asked if form.errors), asked[-1])


def _sent(
    form: FactForm,
    viewer: Viewer,
    moment: datetime,
    fact: Fact | None,
    on_behalf: str | None = None,
    papers: Callable[[], Sequence[Piece]] = tuple,
) -> Entry | None:
    """The report that was sent; None while there is none, with what is wrong beside each field."""
    if not isinstance(fact, ReportReceived):
        return None
    happened = form.happened(moment)
    dated, files = happened != When.at(moment), papers()
    try:
        return report(viewer, fact, form.coming, happened, on_behalf, said_when=dated, papers=files)[0]
    except IdTaken:
        form.typed["id"] = str(uuid4())
        form.add_error(None, SENT_BEFORE)
        return None


def _receipt(viewer: Viewer, made: Entry, signed: str, moment: datetime) -> dict[str, Any]:
    row = report_row(made.id)
    seen = with_receipt(made, row, moment)
    promises = _promises(viewer, seen, moment)
    decided = seen.opened.get(row.decided_by) if row and row.decided_by else None
    return {
        "made": made,
        "reference": str(made.id)[:8],
        "said": answers(made.saying.fact),
        "row": row,
        "outcome": spoken_outcome(row.outcome) if row else "",
        "proposed": spoken_outcome(row.proposed) if row else "",
        "told": getattr(decided.saying.fact, "tell_reporter", "") if decided else "",
        "panels": [panel(viewer, seen, moment) for panel in panels("receipt")],
        "originals": originals_in(seen),
        "aloud": " ".join(str(made.id)[:8]),
        "promises": promises,
        "proof": signed,
        "copy": _copied(viewer, made, signed, promises),
        "now": moment,
    }


def _promises(viewer: Viewer, seen: Seen, moment: datetime) -> list[str]:
    return [said for said in (panel(viewer, seen, moment) for panel in panels("receipt_text")) if said]


def _copied(viewer: Viewer, made: Entry, signed: str, promises: list[str]) -> str:
    """The whole report in plain text: what was said, by whom, what is owed now, and the proof."""
    at = f"{localtime(made.recorded_at):%-d %B %Y, %H:%M}"
    lines = [f"OnRecord report {str(made.id)[:8]}", f"Received: {at}"]
    behalf = f", for {made.saying.on_behalf}" if made.saying.on_behalf else ""
    lines += [f"Reported by: {viewer.name}, {called(made.saying.agency)}{behalf}"]
    lines += promises
    lines += [f"{label}{'' if label.endswith('?') else ':'} {said}" for label, said in answers(made.saying.fact)]
    return "\n".join([*lines, "", "Proof of receipt:", signed])


def _file(text: str, name: str) -> HttpResponse:
    made = HttpResponse(text, content_type="text/plain; charset=utf-8")
    made["Content-Disposition"] = f'attachment; filename="{name}"'
    return made
