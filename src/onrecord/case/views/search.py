"""Looking for a child: why is asked before anything is looked at."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from onrecord.access.rules import Viewer, can_decide, check_work_cases
from onrecord.access.views import seated
from onrecord.case.actions import search as look_for
from onrecord.case.forms import SearchForm
from onrecord.ledger.gateway.clock import now


@seated
def search(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Children whose file somebody may open, among those who could be meant. Of anybody else nothing is said."""
    check_work_cases(viewer)
    form = SearchForm(request.POST if request.method == "POST" else None)
    context = {"form": form, "decides": can_decide(viewer)}
    if form.is_valid() and form.sought:
        looked, found, more = look_for(viewer, form.sought, form.reason, now())
        context |= {"searched": True, "found": found, "more": more, "elsewhere": looked.elsewhere}
    return render(request, "case/search.html", context)
