"""Where django-allauth asks OnRecord: no open sign-up, our own words, and limits that silence nobody."""

from typing import Any

import qrcode
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import mark_safe
from qrcode.image.svg import SvgPathImage

from onrecord.access import gateway
from onrecord.access.models import User
from onrecord.access.views.organisation import known, refused
from onrecord.access.views.sessions import NOWHERE, note_session
from onrecord.ledger.gateway.clock import now

SAID = {
    "account/messages/password_changed.txt": "Your password was changed. You are signed in only here now.",
    "mfa/messages/totp_activated.txt": "The app was set up.",
    "mfa/messages/totp_deactivated.txt": "The app was taken away.",
    "mfa/messages/webauthn_added.txt": "The passkey was added.",
    "mfa/messages/webauthn_removed.txt": "The passkey was taken away.",
}
"""What was just done, by the name of the message that allauth would show."""

TOO_MANY = "Too many tries from this place. Wait a few minutes, then try again. A passkey, or another place, works now."


class Accounts(DefaultAccountAdapter):
    """Names, passwords and sessions."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": "Check your sign-in name and password. At least one of them is not right.",
        "too_many_login_attempts": TOO_MANY,
        "incorrect_password": "This is not your password.",
        "enter_current_password": "This is not the password you have now.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes themselves a place here: people are named by their partnership."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count a try at a password by the name and the address together."""
        user = str(credentials.get("username", ""))
        if not gateway.may_try(request, self._tried(credentials), user):
            raise self.validation_error("too_many_login_attempts")

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """The person, if the password is right."""
        user = super().authenticate(request, **credentials)
        if user is not None:
            gateway.forget_tries(request, self._tried(credentials), user.username)
        return user

    def _tried(self, credentials: dict[str, Any]) -> str:
        return f"password of {str(credentials.get('username', '')).lower()}"

    def get_client_ip(self, request: HttpRequest) -> str:
        """No address is kept with a session."""
        return NOWHERE

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        """Somebody gave the right password of a name that is no longer used."""
        lines = ["This sign-in name is no longer in use.", "Ask the person who runs OnRecord in your agency."]
        return render(request, "onrecord/message.html", {"heading": "You cannot sign in", "lines": lines}, status=403)

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Signed in: list the session by its browser and last use, and know the browser again."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        note_session(request, now())
        gateway.know_browser(response, user.username)
        return response

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        """Who has a second step proves it again by that, never by the password alone."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return [method for method in methods if method["id"] != "reauthenticate"] or methods

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """After a new password, back to the list of what one signs in with."""
        return reverse("mfa_index")

    def is_safe_url(self, url: str) -> bool:
        """Only an address of this very site is gone on to."""
        return url_has_allowed_host_and_scheme(url, {self.request.get_host()}, require_https=self.request.is_secure())

    def add_message(self, request: HttpRequest, level: int, *args: Any, message: str = "", **kwargs: Any) -> None:
        """Say what was done in our own words, or say nothing."""
        template = kwargs.get("message_template") or (args[0] if args else "")
        if words := message or SAID.get(str(template), ""):
            messages.add_message(request, level, words)


class SecondSteps(DefaultMFAAdapter):
    """Apps, passkeys and recovery codes."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "This did not match. Codes change every half minute. Use the one shown now. Each works once.",
        "too_many_tries": TOO_MANY,
    }

    def get_totp_label(self, user: User) -> str:
        """How the app names this entry."""
        return str(user.username)

    def generate_authenticator_name(self, user: User, kind: Authenticator.Type) -> str:
        """What a passkey is called by whoever gives it no name."""
        number = Authenticator.objects.filter(user_id=user.pk, type=kind).count()
        return f"Passkey {number + 1}" if number else "Passkey"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """How a device names the place that a passkey opens."""
        return dict(super().get_public_key_credential_rp_entity()) | {"name": "OnRecord"}

    def get_public_key_credential_user_entity(self, user: User) -> dict[str, Any]:
        """How a device names whose passkey it is."""
        named = {"name": user.username, "display_name": user.display_name or user.username}
        return dict(super().get_public_key_credential_user_entity(user)) | named

    def build_totp_svg(self, url: str) -> str:
        """The square that a telephone reads, as a drawing that stands in the page itself."""
        drawn: str = qrcode.make(url, image_factory=SvgPathImage).to_string(encoding="unicode")
        named = drawn.replace("<svg ", '<svg role="img" aria-label="Square code for your app to read" ', 1)
        return mark_safe(named)  # noqa: S308  # drawn by us: a path of numbers

    def encrypt(self, text: str) -> str:
        """Secrets of second steps are sealed: the database alone makes no codes."""
        return gateway.sealed(text)

    def decrypt(self, encrypted_text: str) -> str:
        """A secret as it was."""
        return gateway.opened(encrypted_text)


class Organisations(DefaultSocialAccountAdapter):
    """Signing in with one's organisation."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Nobody is made because an organisation knows them."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Let in who is known here; anybody else is told so, and nothing is kept."""
        if not known(sociallogin):
            raise ImmediateHttpResponse(refused(request))

    def on_authentication_error(self, request: HttpRequest, provider: Any, *args: Any, **kwargs: Any) -> None:
        """The organisation did not vouch for anybody, or what it said could not be believed."""
        raise ImmediateHttpResponse(refused(request))
