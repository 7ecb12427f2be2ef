"""Pages that belong to no one stage: the way in, notices, the record itself, how this works, and what went wrong."""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from onrecord.access.facts import PEERS
from onrecord.access.rules import Viewer, can_record, can_see_all_duties
from onrecord.access.views import lost, seated, viewer_for
from onrecord.access.views.trusted import trusted_for
from onrecord.duties.views.joint import SIGNERS
from onrecord.ledger.facts import KeyAnnounced
from onrecord.ledger.gateway.home import origin
from onrecord.ledger.queries import envelopes, newest_checkpoint
from onrecord.notices.queries import to
from onrecord.web.doors import front

TOO_LONG = [
    "Nothing was recorded. Go back with your browser's Back button: what you typed is still there.",
    "Send it in parts. A long letter or a list can be taken in as a file instead.",
]
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


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """How these pages can be used, and what has not been tested."""
    return render(request, "onrecord/accessibility.html")


@require_safe
def how_it_works(request: HttpRequest) -> HttpResponse:
    """What OnRecord does, in plain words."""
    return render(request, "onrecord/how_it_works.html")


def not_taken(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A page whose proof of origin had run out: nothing was recorded, and what was typed is shown back."""
    return lost(request, reason)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400; 413 for more than is taken at once. A browser that goes back still has what was typed."""
    if isinstance(exception, RequestDataTooBig):
        return _message(request, 413, "This is too long to send at once", TOO_LONG)
    lines = ["The address or what was sent could not be read. Nothing was recorded."]
    return _message(request, 400, "This could not be read", lines)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403, with the rule that says so."""
    lines = [str(exception) or "Your role does not include this page.", "Nothing was recorded."]
    return _message(request, 403, "You cannot open this page", lines)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: the same words whether there is nothing there or it is not yours to see."""
    lines = ["There is no such page, or it is not one you can open.", "Check the address, or start again."]
    return _message(request, 404, "Page not found", lines)


def failed(request: HttpRequest) -> HttpResponse:
    """500. It asks nothing of the database, which may be what failed."""
    lines = [
        "Something failed on our side. If you were sending a report, go back and press Send again: "
        "it cannot be recorded twice.",
        "If it fails again, use the telephone.",
    ]
    text = render_to_string("onrecord/message.html", {"heading": "This did not work", "lines": lines, "url": "/"})
    return HttpResponse(text, status=500)


def _message(request: HttpRequest, status: int, heading: str, lines: list[str]) -> HttpResponse:
    context: dict[str, Any] = {"heading": heading, "lines": lines, "url": "/"}
    return render(request, "onrecord/message.html", context, status=status)
