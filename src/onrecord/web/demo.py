"""The clock of a demonstration, moved on from the page: so that a report can be seen to go unanswered, and to climb."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from onrecord.duties.actions import tick
from onrecord.ledger.gateway.clock import is_demo, move_on, now

STEPS = {"4": "4 hours", "24": "1 day", "168": "1 week"}


@require_POST
def move_clock(request: HttpRequest) -> HttpResponse:
    """Move the clock on and look at what has become late. There is no such page in a real record."""
    if not is_demo():
        raise Http404
    hours = request.POST.get("hours", "")
    if hours not in STEPS:
        return HttpResponseBadRequest("Choose one of the steps on the page.")
    move_on(timedelta(hours=int(hours)))
    done = tick(now())
    messages.success(request, f"The clock moved on by {STEPS[hours]}. {_told(done.escalated)}")
    back = request.POST.get("next", "/")
    return redirect(back if url_has_allowed_host_and_scheme(back, {request.get_host()}) else "/")


def _told(escalated: int) -> str:
    if not escalated:
        return "Nothing that was owed went to somebody new."
    return (
        "One duty was not met and went to somebody new."
        if escalated == 1
        else (f"{escalated} duties were not met and went to somebody new.")
    )
