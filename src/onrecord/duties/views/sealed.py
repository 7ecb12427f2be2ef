"""Sealed reports: the list and the page of the designated officer, who decides, and of one person outside, who reads.

For everybody else there are none. Who is named in a report never finds it here, whatever their role.
"""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from onrecord.access.rules import Viewer, can_decide_sealed, check_read_sealed
from onrecord.access.views import seated
from onrecord.duties.actions.opening import note_listed, open_sealed
from onrecord.duties.queries import sealed_decisions
from onrecord.duties.queries.sealed_later import sealed_later
from onrecord.duties.views.front_door import PAGE, children_in, done_words, line_of, page_of, sheets_of, summary
from onrecord.intake.queries import how_many_sealed, sealed
from onrecord.ledger.forms import WhyForm
from onrecord.ledger.gateway.clock import now


@seated
@require_safe
def sealed_list(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Every sealed report without a decision that one may read, the oldest first. Opening it is noted as one read."""
    check_read_sealed(viewer)
    moment, clocks = now(), sealed_decisions(viewer)
    page = Paginator(range(how_many_sealed(viewer)), PAGE).get_page(request.GET.get("page"))
    found = sealed(viewer, moment, (page.number - 1) * PAGE, PAGE)
    due = {opening: until for opening, _, until in clocks}
    note_listed(viewer, {one.row.uid: children_in(one.said.first, one.said.entry) for one in found}, moment)
    listing = [line_of(one, due.get(one.row.uid)) for one in found]
    context = {"lines": listing, "page": page, "counts": summary(clocks, moment), "now": moment}
    context["officer"] = can_decide_sealed(viewer)
    return render(request, "duties/sealed.html", context)


@seated
def sealed_report(request: HttpRequest, viewer: Viewer, uid: UUID) -> HttpResponse:
    """One sealed report: what was said; and for the designated officer who was known before, and what happens next."""
    moment = now()
    look = WhyForm.heard(request.POST, "look")
    report = open_sealed(viewer, uid, moment, look.said)
    sheets = sheets_of(request, viewer, report, moment) if can_decide_sealed(viewer) else {}
    done = next((sheet for sheet in sheets.values() if sheet.recorded), None)
    if done and done.recorded:
        messages.success(request, done_words(done.recorded.entry))
        return redirect("sealed-report", uid)
    context = page_of(viewer, report, sheets, moment) | {"later": sealed_later(viewer, uid, report.seen.thread)}
    context["look"] = look
    return render(request, "duties/sealed_report.html", context)
