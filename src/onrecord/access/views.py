"""Who may see a page, and signing in and out."""

from collections.abc import Callable
from functools import wraps
from itertools import groupby
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from onrecord.access.facts import ROLES
from onrecord.access.forms import SignIn
from onrecord.access.models import User
from onrecord.access.queries import called, people, viewer_of
from onrecord.access.rules import Denied, Viewer
from onrecord.ledger.gateway.clock import is_demo
from onrecord.ledger.queries import NoSuchEntry

Args = ParamSpec("Args")
KEPT_BACK = frozenset({"csrfmiddlewaretoken", "id", "password", "form"})
HINTS = {
    "front_door": "Decides on reports",
    "practitioner": "Reports, and owes answers",
    "team_manager": "Is told first when something is late",
    "second_signer": "Signs the joint daily list",
    "scrutineer": "Is told what is not answered inside",
    "inspectorate": "Is told last",
    "administrator": "Runs the machine, reads no case",
}


def viewer_for(request: HttpRequest) -> Viewer | None:
    """The person who asks, looked up once a request; None for somebody signed out or without a role."""
    if not hasattr(request, "onrecord_viewer"):
        user = request.user
        found = viewer_of(user.username, user.display_name or user.username) if isinstance(user, User) else None
        request.onrecord_viewer = found  # type: ignore[attr-defined]
    found = request.onrecord_viewer  # type: ignore[attr-defined]
    return found if isinstance(found, Viewer) else None


def seated(
    view: Callable[Concatenate[HttpRequest, Viewer, Args], HttpResponse],
) -> Callable[Concatenate[HttpRequest, Args], HttpResponse]:
    """A view for people who hold a role; it is given the viewer. Others sign in first, or are told they may not.

    What was typed is shown back to somebody whose session had ended, so that nothing is lost.
    """

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: Args.args, **kwargs: Args.kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return lost(request) if request.method == "POST" else redirect_to_login(request.get_full_path())
        viewer = viewer_for(request)
        if viewer is None:
            raise PermissionDenied("You hold no role here. Ask the person who runs OnRecord in your agency.")
        try:
            return view(request, viewer, *args, **kwargs)
        except Denied as denied:
            raise PermissionDenied(str(denied)) from denied
        except NoSuchEntry as missing:
            raise Http404 from missing

    return never_cache(guarded)


def lost(request: HttpRequest, reason: str = "") -> HttpResponse:
    """What is said when a page could not be taken, with everything that was typed, to copy."""
    texts = [(name, text.strip()) for name, values in request.POST.lists() for text in values if name not in KEPT_BACK]
    typed = [(name.replace("-", " ").replace("_", " "), text) for name, text in texts if text]
    return render(request, "access/lost.html", {"typed": typed, "again": request.path}, status=403)


@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in with a password; in a demonstration, take an invented person's place."""
    demo, after = is_demo(), _after(request)
    taking = request.method == "POST" and demo and "user" in request.POST
    form = SignIn(request, data=request.POST if request.method == "POST" and not taking else None)
    user = _invented(request.POST["user"]) if taking else form.get_user() if form.is_valid() else None
    if isinstance(user, User):
        login(request, user)
        return redirect(after)
    cast = _cast() if demo else []
    context = {"form": form, "next": request.GET.get("next") or request.POST.get("next"), "demo_users": cast}
    return render(request, "onrecord/sign_in.html", context)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out."""
    logout(request)
    return redirect(settings.LOGIN_URL)


def _after(request: HttpRequest) -> str:
    """Where to go after signing in: the page asked for, if it is one of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if ours else settings.LOGIN_REDIRECT_URL


def _invented(name: str) -> User | None:
    """A person of the demonstration, if they hold a role."""
    return User.objects.filter(username=name, is_active=True).first() if viewer_of(name) else None


def _cast() -> list[tuple[str, list[dict[str, Any]]]]:
    """Everybody whose place can be taken, by agency."""
    found = []
    for agency, members in groupby(sorted(people(), key=lambda person: called(person[3])), lambda person: person[3]):
        seats = [
            {"username": user, "name": name, "post": ROLES.words.get(role, role), "hint": HINTS.get(role, "")}
            for user, name, role, _ in members
        ]
        found.append((called(agency), seats))
    return found
