"""Where somebody is signed in: the browser's family and the last use, and nothing else."""

from datetime import UTC, datetime, timedelta

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from onrecord.access.models import User
from onrecord.ledger.gateway.clock import now

NOWHERE = "0.0.0.0"  # noqa: S104  # stands for no address
FAMILIES = (("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
"""What a browser says of itself, most particular first: each later one is also said by those before it."""
FRESH = timedelta(minutes=5)
"""How exact the last use is. Written down more often, it would cost a write for every page."""


def family(agent: str) -> str:
    """Which sort of browser this is, from what it says of itself."""
    return next((name for mark, name in FAMILIES if mark in agent), "Another browser")


def note_session(request: HttpRequest, at: datetime) -> None:
    """Somebody just signed in, or has a new password: list the session that they have now."""
    UserSession.objects.create_from_request(request)
    _used(request, at)


def note_use(request: HttpRequest, at: datetime) -> None:
    """Somebody uses their session: keep when, once in a while."""
    seen = request.session.get("seen")
    if seen is not None and at - datetime.fromtimestamp(seen, UTC) >= FRESH:
        _used(request, at)


def _used(request: HttpRequest, at: datetime) -> None:
    request.session["seen"] = int(at.timestamp())
    kept = {"last_seen_at": at, "ip": NOWHERE, "user_agent": family(request.headers.get("User-Agent", ""))}
    UserSession.objects.filter(session_key=request.session.session_key).update(**kept)


@login_required
@never_cache
def where(request: HttpRequest) -> HttpResponse:
    """Where you are signed in; end one, or all but this one."""
    listed = _listed(request)
    if request.method == "POST":
        chosen = request.POST.get("end", "")
        ended = [one for one in listed if not one.is_current() and chosen in ("others", str(one.pk))]
        for one in ended:
            one.end()
        messages.success(request, _told(len(ended)))
        return redirect("usersessions_list")
    rows = [
        {"id": one.pk, "browser": one.user_agent, "at": one.last_seen_at, "here": one.is_current()} for one in listed
    ]
    return render(request, "access/where.html", {"rows": rows, "back_url": "/your-sign-in", "now": now()})


def _listed(request: HttpRequest) -> list[UserSession]:
    user = request.user
    found = UserSession.objects.purge_and_list(user) if isinstance(user, User) else []
    return sorted(found, key=lambda one: (not one.is_current(), -one.last_seen_at.timestamp()))


def _told(ended: int) -> str:
    return {0: "There was nothing to end.", 1: "You were signed out there."}.get(
        ended, f"You were signed out in {ended} places."
    )
