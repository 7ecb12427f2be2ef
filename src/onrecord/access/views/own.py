"""What somebody signs in with: password, app, passkeys, recovery codes. django-allauth does it; the words are ours."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.views import PasswordChangeView
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from onrecord.access.forms import AddPasskey, NewPassword, SetUpApp
from onrecord.access.models import User
from onrecord.access.rules import Viewer
from onrecord.access.views.seating import second_step_owed, step_owed, viewer_for
from onrecord.access.views.sessions import note_session
from onrecord.access.views.trusted import trusted_for
from onrecord.ledger.gateway.clock import now

TYPES = Authenticator.Type
MINE = "/your-sign-in"


@login_required
@never_cache
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """Your sign-in: what there is, and what can be added. Who owes a second step is told so first."""
    user, viewer = request.user, viewer_for(request)
    held = list(Authenticator.objects.filter(user_id=user.pk).order_by("pk"))
    keys = [
        {"name": one.wrap().name, "added": one.created_at, "used": one.last_used_at, "id": one.pk}
        for one in held
        if one.type == TYPES.WEBAUTHN
    ]
    codes = next((len(one.wrap().get_unused_codes()) for one in held if one.type == TYPES.RECOVERY_CODES), None)
    context = {
        "owed": not held and _owed(request, viewer),
        "app": any(one.type == TYPES.TOTP for one in held),
        "keys": keys,
        "codes": codes,
        "password": isinstance(user, User) and user.has_usable_password(),
    }
    return render(request, "access/own.html", context)


def _owed(request: HttpRequest, viewer: Viewer | None) -> bool:
    """Whether a second step is owed: by whoever holds a role, and by an adult whom a child trusts."""
    return bool(step_owed(request, viewer) if viewer else trusted_for(request) and second_step_owed(request))


class SetUp(ActivateTOTPView):
    """Set up an app that makes codes. Its first right code is this session's second step too."""

    form_class = SetUpApp
    template_name = "access/app.html"
    extra_context = {"back_url": MINE}

    def form_valid(self, form: Any) -> HttpResponse:
        """The app is set up."""
        answered: HttpResponse = super().form_valid(form)
        record_authentication(self.request, self.request.user, "mfa", type=TYPES.TOTP.value, reauthenticated=True)
        return answered


class AddKey(AddWebAuthnView):
    """Add a passkey. That it was made here is this session's second step too."""

    form_class = AddPasskey
    template_name = "access/passkey.html"
    extra_context = {"back_url": MINE}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form as it was sent too: allauth makes a fresh one, which would lose what is wrong with it."""
        given: dict[str, Any] = super().get_context_data(**kwargs)
        return given | kwargs | self.extra_context

    def form_valid(self, form: Any) -> HttpResponse:
        """The passkey is kept."""
        answered: HttpResponse = super().form_valid(form)
        record_authentication(self.request, self.request.user, "mfa", type=TYPES.WEBAUTHN.value, reauthenticated=True)
        return answered


class ChangePassword(PasswordChangeView):
    """Change one's password; whoever has none here, having come by their organisation, finds no such page."""

    form_class = NewPassword
    template_name = "access/password.html"
    extra_context = {"back_url": MINE}

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Only with a password to change."""
        if not (isinstance(request.user, User) and request.user.has_usable_password()):
            raise Http404
        answered: HttpResponse = super().dispatch(request, *args, **kwargs)
        return answered

    def form_valid(self, form: Any) -> HttpResponse:
        """Everywhere else they are signed out by it; here they stay."""
        answered: HttpResponse = super().form_valid(form)
        note_session(self.request, now())
        return answered

    def get_default_success_url(self) -> str:
        """Back to what they sign in with."""
        return reverse("mfa_index")
