"""Links by which people set a password, and the keys of other systems: made, listed, taken back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from onrecord.access.queries import Key, everybody, keys_seen, names
from onrecord.access.rules import Denied, Viewer, may_invite
from onrecord.access.views import seated
from onrecord.duties.actions.doors import invite, take_back
from onrecord.duties.forms import InviteForm, TakeBackForm
from onrecord.ledger.gateway.clock import now

MOST = 200


@seated
def make_link(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Make a link by which somebody sets their own password. It is shown once."""
    chosen = _invitable(viewer)
    if not chosen:
        raise Denied("A link is made by a manager who may propose the person's role, or by somebody outside.")
    form = InviteForm(chosen, request.POST if request.method == "POST" else None, initial=request.GET.dict())
    if request.method == "POST" and form.is_valid():
        user = form.cleaned_data["user"]
        address = reverse("invitation-link", args=[invite(viewer, user, now())])
        context = {"name": chosen[user], "link": request.build_absolute_uri(address)}
        return render(request, "duties/link.html", context)
    return render(request, "duties/invite.html", {"form": form})


@seated
def keys(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The keys of other systems: for whom each speaks, when it was last used, and a way to take it back."""
    found = keys_seen(viewer)[:MOST]
    known = names(key.user for key in found)
    rows = [_row(request, key, known) for key in found]
    sent = next((row["form"] for row in rows if row["form"] and row["form"].is_bound), None)
    if sent and sent.is_valid():
        take_back(viewer, sent.prefix, sent.cleaned_data["why"], now())
        messages.success(request, "The key was taken back. What that system sends from now on is refused.")
        return redirect("keys")
    return render(request, "duties/keys.html", {"rows": rows, "form": sent, "back_url": reverse("mfa_index")})


def _row(request: HttpRequest, key: Key, known: dict[str, str]) -> dict[str, Any]:
    """A key, with the form that takes it back while it stands."""
    typed = request.POST if request.method == "POST" and request.POST.get("form") == key.mark else None
    form = None if key.ended_at else TakeBackForm(typed, prefix=key.mark)
    return {"key": key, "name": known.get(key.user, key.user), "form": form}


def _invitable(viewer: Viewer) -> dict[str, str]:
    """Everybody for whom somebody may make a link: their names, by sign-in name."""
    return {other.user: other.name for other in everybody() if may_invite(viewer, other)}
