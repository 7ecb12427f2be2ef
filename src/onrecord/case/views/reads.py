"""Who read what, and searches that led to nothing: for the partnership's business manager, and hidden from others."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from onrecord.access.rules import Viewer
from onrecord.access.views import seated
from onrecord.case.actions import list_reads, list_unfollowed
from onrecord.case.queries import readers
from onrecord.ledger.gateway.clock import now

PAGE = 50


@seated
@require_safe
def reads(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The newest reads, by person or by the reference of a child."""
    user, reference = request.GET.get("who", ""), request.GET.get("child", "")
    found = list_reads(viewer, user, reference, now())
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    people = [{"value": one, "text": name, "selected": one == user} for one, name in readers(viewer)]
    people.insert(0, {"value": "", "text": "Everybody"})
    return render(request, "case/reads.html", {"page": page, "people": people, "child": reference})


@seated
@require_safe
def searches(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Searches after which a week passed and nothing was recorded about a child that was found."""
    page = Paginator(list_unfollowed(viewer, now()), PAGE).get_page(request.GET.get("page"))
    return render(request, "case/searches.html", {"page": page})
