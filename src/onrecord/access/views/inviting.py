"""The link by which somebody sets a password of their own: it works once, and for seven days."""

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from onrecord.access.actions import LinkSpent, use_invitation
from onrecord.access.forms import FirstPassword
from onrecord.access.gateway import forget_tries, may_try
from onrecord.access.models import User
from onrecord.access.queries import Stands, digest_of, invited
from onrecord.access.views.entering import too_many
from onrecord.ledger.gateway.clock import now

KEPT = "invitation"
"""Where the session keeps which link was opened: its digest, so that the link stands in no history and no log."""
SPENT = {
    None: "This link is not one of ours. Perhaps a part of it was lost: copy all of it.",
    Stands.USED: "This link was used already. Each works once. If it was not you who used it, say so at once.",
    Stands.OVER: "This link no longer works. A link works for seven days, and only the newest one that was made.",
}


@require_safe
@never_cache
def arrive(request: HttpRequest, secret: str) -> HttpResponse:
    """Somebody follows a link. Wrong ones slow the place they come from. Nothing is used up by opening it."""
    if not may_try(request, KEPT):
        return too_many(request)
    digest = digest_of(secret)
    if invited(digest, now()) is None:
        return _spent(request, None)
    forget_tries(request, KEPT)
    request.session[KEPT] = digest
    return redirect("invitation")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sensitive_post_parameters()
def set_password(request: HttpRequest) -> HttpResponse:
    """Set a password by the link that was opened, then sign in with it."""
    digest = str(request.session.get(KEPT, ""))
    user, stands = invited(digest, now()) or ("", None)
    if stands is not Stands.OPEN:
        return _spent(request, stands)
    form = FirstPassword(user=User.objects.get(username=user), data=request.POST or None)
    if not form.is_valid():
        return render(request, "access/invitation.html", {"form": form, "user_name": user})
    try:
        use_invitation(digest, form.cleaned_data["password1"], now())
    except LinkSpent:
        return _spent(request, Stands.USED)
    logout(request)
    get_adapter().add_message(request, messages.SUCCESS, message=f"Your password is set. Sign in as {user}.")
    return redirect("sign-in")


def _spent(request: HttpRequest, stands: Stands | None) -> HttpResponse:
    lines = [
        SPENT[stands],
        "Ask your manager, or the partnership's business manager, for a new link. It takes them a minute.",
    ]
    context = {"heading": "This link does not open", "lines": lines, "url": "/sign-in", "link": "Go to signing in"}
    return render(request, "onrecord/message.html", context, status=404 if stands is None else 410)
