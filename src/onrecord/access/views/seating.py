"""Who may see a page: somebody signed in, who holds a role and, in a real record, took a second step."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from onrecord.access.models import User
from onrecord.access.queries import viewer_of
from onrecord.access.rules import Denied, Viewer, needs_second_step
from onrecord.access.views.sessions import note_use
from onrecord.ledger.gateway.clock import is_demo, now
from onrecord.ledger.queries import NoSuchEntry

Args = ParamSpec("Args")
SECRET = frozenset({"password", "oldpassword", "password1", "password2", "code", "credential"})
KEPT_BACK = SECRET | {"csrfmiddlewaretoken", "id", "form"}


def viewer_for(request: HttpRequest) -> Viewer | None:
    """The person who asks, looked up once a request; None for somebody signed out or without a role."""
    if not hasattr(request, "onrecord_viewer"):
        user = request.user
        found = viewer_of(user.username, user.display_name or user.username) if isinstance(user, User) else None
        request.onrecord_viewer = found  # type: ignore[attr-defined]
    found = request.onrecord_viewer  # type: ignore[attr-defined]
    return found if isinstance(found, Viewer) else None


def seated(
    view: Callable[Concatenate[HttpRequest, Viewer, Args], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, Args], HttpResponseBase]:
    """A view for people who hold a role; it is given the viewer. Others sign in first, or are told they may not.

    Who still owes a second step is led to where they take it or set it up. What was typed is shown back to somebody
    whose session had ended, so that nothing is lost.
    """

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: Args.args, **kwargs: Args.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return lost(request) if request.method == "POST" else redirect_to_login(request.get_full_path())
        viewer = viewer_for(request)
        if viewer is None:
            raise PermissionDenied("You hold no role here. Ask the person who runs OnRecord in your agency.")
        if step := step_owed(request, viewer):
            return lost(request) if request.method == "POST" else redirect_to_login(request.get_full_path(), step)
        note_use(request, now())
        try:
            return view(request, viewer, *args, **kwargs)
        except Denied as denied:
            raise PermissionDenied(str(denied)) from denied
        except NoSuchEntry as missing:
            raise Http404 from missing

    return never_cache(guarded)


def step_owed(request: HttpRequest, viewer: Viewer) -> str:
    """Where somebody takes the second step that this session still lacks, or sets one up; "" when it lacks none."""
    return second_step_owed(request) if needs_second_step(viewer) else ""


def second_step_owed(request: HttpRequest) -> str:
    """The same for somebody who reads about a child, whoever they are."""
    if is_demo() or took_second_step(request):
        return ""
    if not Authenticator.objects.filter(user=request.user).exists():
        return reverse("mfa_index")
    return str(get_adapter().get_reauthentication_methods(request.user)[0]["url"])


def took_second_step(request: HttpRequest) -> bool:
    """Whether this very session was proved by a code or a passkey. That another one was does not count."""
    user = request.user
    proofs = get_authentication_records(request, user) if isinstance(user, User) else []
    return any(proof["method"] == "mfa" for proof in proofs)


def lost(request: HttpRequest, reason: str = "") -> HttpResponse:
    """What is said when a page could not be taken, with everything that was typed, to copy."""
    texts = [(name, text.strip()) for name, values in request.POST.lists() for text in values if name not in KEPT_BACK]
    typed = [(name.replace("-", " ").replace("_", " "), text) for name, text in texts if text]
    return render(request, "access/lost.html", {"typed": typed, "again": request.path}, status=403)
