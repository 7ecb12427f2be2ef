"""Meetings in somebody's own calendar: the address is made and taken back on one page, and read without signing in."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from onrecord.access.rules import Viewer
from onrecord.access.views import seated
from onrecord.case.actions.calendar import end_calendar, make_calendar, read_calendar
from onrecord.case.actions.meetings import check_meets
from onrecord.case.queries.calendar import has_calendar
from onrecord.ledger.gateway.clock import now


@seated
def calendar(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Make the address of one's calendar, or take it back. A new address is shown once."""
    check_meets(viewer)
    wanted = request.POST.get("do", "") if request.method == "POST" else ""
    if wanted == "end":
        end_calendar(viewer)
        messages.success(request, "Taken back. Your calendar gets nothing more by that address.")
        return redirect("calendar")
    address = ""
    if wanted == "make":
        address = request.build_absolute_uri(reverse("calendar-feed", args=[make_calendar(viewer, now())]))
    answer = render(request, "case/calendar.html", {"address": address, "has": has_calendar(viewer)})
    answer["Cache-Control"] = "no-store"
    return answer


@require_safe
def calendar_feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The meetings to come, for a calendar: reference, sort, day and link. An address of nobody is answered as none."""

    def link(uid: UUID) -> str:
        return request.build_absolute_uri(reverse("meeting", args=[uid]))

    found = read_calendar(secret, link, now())
    if found is None:
        raise Http404
    return HttpResponse(found, content_type="text/calendar; charset=utf-8", headers={"Cache-Control": "no-store"})
