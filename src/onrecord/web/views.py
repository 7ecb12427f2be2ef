"""Pages that belong to no one stage: the way in, notices, the record itself, and how this works."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from onrecord.access.facts import PEERS
from onrecord.access.rules import Viewer, can_record, can_see_all_duties
from onrecord.access.views import seated, viewer_for
from onrecord.access.views.trusted import trusted_for
from onrecord.duties.views.joint import SIGNERS
from onrecord.intake.views.guarded import unsigned
from onrecord.ledger.facts import KeyAnnounced
from onrecord.ledger.gateway.home import origin
from onrecord.ledger.queries import envelopes, newest_checkpoint
from onrecord.notices.queries import to
from onrecord.web.doors import front

MANAGERS = frozenset({"team_manager", "head_of_service", "director", "panel_chair", "designated_officer"})


def home(request: HttpRequest) -> HttpResponseBase:
    """The doors, for whoever has not signed in; else the page that somebody's role begins with."""
    if not request.user.is_authenticated:
        return front(request)
    return redirect("trusting") if viewer_for(request) is None and trusted_for(request) else begin(request)


@seated
@require_safe
def begin(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The page that somebody's role begins with."""
    return redirect(first_page(viewer))


def first_page(viewer: Viewer) -> str:
    """The name of the page that somebody's role begins with."""
    of_social_care = any(held.sort == "childrens_social_care" for held in viewer.holdings)
    pages = (
        ("front-door", "front_door" in viewer.roles),
        ("joint-list", bool(viewer.roles & SIGNERS)),
        ("watch", can_see_all_duties(viewer)),
        ("my-duties", bool(viewer.roles & (MANAGERS | PEERS)) or of_social_care),
        ("report", can_record(viewer)),
    )
    return next((name for name, fits in pages if fits), "record-check")


@seated
@require_safe
def notices(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What was sent to somebody: reference, rule, agency and age, and never a name."""
    return render(request, "onrecord/notices.html", {"notices": to(viewer.user)})


@seated
@require_safe
def record_check(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What the record last signed, how long it was then, and how anybody can check it.

    How long it is now stands on the ledger's page, for those who watch: from one minute to the next it would tell
    whoever reported how much was recorded of their report, and by that whether it was sealed.
    """
    keys = [(row.coded["use"], row.coded["vkey"]) for row in envelopes([KeyAnnounced.kind])]
    context = {"origin": origin(), "keys": keys[::-1], "checkpoint": newest_checkpoint()}
    return render(request, "onrecord/record.html", context)


@unsigned
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """How these pages can be used, and what has not been tested."""
    return render(request, "onrecord/accessibility.html", {"user": request.user})


@require_safe
def how_it_works(request: HttpRequest) -> HttpResponse:
    """What OnRecord does, in plain words."""
    return render(request, "onrecord/how_it_works.html")
