"""Who was told what, and when: a page for those who watch over the record, and for the agencies that were told."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import get_default_timezone
from django.views.decorators.http import require_safe

from onrecord.access.actions import note_opened
from onrecord.access.queries import called
from onrecord.access.rules import Denied, Viewer, can_record, can_see_all_duties
from onrecord.access.views import seated
from onrecord.duties.rules.spoken import by_when
from onrecord.duties.views.opened import described
from onrecord.ledger.gateway.clock import now
from onrecord.oversight.facts import PUT
from onrecord.oversight.queries import Put, opened, put_to_agencies

PAGE = 25


@seated
@require_safe
def told(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What was put to agencies and what each answered: what waits first, then the newest."""
    if not (can_record(viewer) or can_see_all_duties(viewer)):
        raise Denied("This is for those who work with children, and for those who watch over the record.")
    moment = now()
    page = Paginator(put_to_agencies(viewer, moment), PAGE).get_page(request.GET.get("page"))
    found = opened(list(page), moment)
    if found:
        note_opened(viewer, "told", tuple(one.made.id for one in found), moment)
    words = described([made for one in found for made in (one.made, *one.answers)], moment)
    lines = [
        {
            "put": words[one.made.id],
            "reference": str(one.made.id)[:8],
            "answers": [words[made.id] for made in one.answers],
            "stands": _stands(one),
            "late": one.duty is not None and one.duty.late,
        }
        for one in found
    ]
    may = can_record(viewer)
    return render(
        request, "oversight/told.html", {"lines": lines, "page": page, "kinds": PUT if may else (), "now": moment}
    )


def _stands(one: Put) -> str:
    """Who owes an answer and by when, or that it was given."""
    if one.duty is None or not one.duty.waits:
        return ""
    agency, when = called(one.duty.agency), by_when(one.duty.due_at, get_default_timezone())
    if one.duty.late:
        return f"{agency} has not answered. It was due by {when}."
    return f"{agency} answers by {when}."
