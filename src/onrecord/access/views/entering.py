"""Signing in and out."""

from itertools import groupby
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.views import LoginView
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from onrecord.access.facts import ROLES
from onrecord.access.forms import SignIn
from onrecord.access.models import User
from onrecord.access.queries import called, people, viewer_of
from onrecord.access.queries.trusted import everybody_trusted, trusted_adult
from onrecord.access.queries.who import TRUSTS
from onrecord.access.views.sessions import note_session
from onrecord.ledger.gateway.clock import is_demo, now

TRUSTED_HINT = "Sees what is owed to one child, and never the file"
HINTS = {
    "front_door": "Decides on reports",
    "practitioner": "Reports, and owes answers",
    "team_manager": "Is told first when something is late",
    "second_signer": "Signs the joint daily list",
    "scrutineer": "Is told what is not answered inside",
    "inspectorate": "Is told last",
    "peer_reader": "Reads again what was lowered elsewhere",
    "administrator": "Runs the machine, reads no case",
}


class Enter(LoginView):
    """Sign in with a password; in a demonstration, take an invented person's place."""

    form_class = SignIn
    template_name = "onrecord/sign_in.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A password, or the name of an invented person whose place is taken."""
        taken = _invented(request.POST["user"]) if is_demo() and "user" in request.POST else None
        if taken is None:
            answered: HttpResponse = super().post(request, *args, **kwargs)
            return answered
        get_adapter().login(request, taken)
        note_session(request, now())
        return redirect(self.get_success_url() or settings.LOGIN_REDIRECT_URL)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the page needs besides the form."""
        wanted = self.request.POST.get("next") or self.request.GET.get("next")
        also = {"next": wanted, "organisation": settings.ORGANISATION.get("name")}
        given: dict[str, Any] = super().get_context_data(**kwargs)
        return given | also | {"demo_users": _cast() if is_demo() else []}


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out, also half-way through signing in."""
    logout(request)
    return redirect(settings.LOGIN_URL)


def too_many(request: HttpRequest) -> HttpResponse:
    """429: somebody signed in tries the same thing too often."""
    lines = ["This was tried too often in one minute. Wait a minute, then try again.", "Your other pages still work."]
    return render(
        request, "onrecord/message.html", {"heading": "Wait a minute", "lines": lines, "url": "/"}, status=429
    )


def _invented(name: str) -> User | None:
    """A person of the demonstration, if they hold a role or a child trusts them."""
    known = viewer_of(name) or trusted_adult(name)
    return User.objects.filter(username=name, is_active=True).first() if known else None


def _cast() -> list[tuple[str, list[dict[str, Any]]]]:
    """Everybody whose place can be taken, by agency."""
    found = []
    for agency, members in groupby(sorted(people(), key=lambda person: called(person[3])), lambda person: person[3]):
        seats = [
            {"username": user, "name": name, "post": ROLES.words.get(role, role), "hint": HINTS.get(role, "")}
            for user, name, role, _ in members
        ]
        found.append((called(agency), seats))
    adults = [
        {"username": user, "name": name, "post": TRUSTS, "hint": TRUSTED_HINT} for user, name in everybody_trusted()
    ]
    return [*found, ("Adults whom a child trusts", adults)] if adults else found
