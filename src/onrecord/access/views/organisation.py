"""Signing in with one's organisation (OpenID Connect). Only a person who is already known here comes in.

An identity is what the organisation's issuer calls somebody, with the issuer. Its first use needs an e-mail address
that the organisation has verified and that one person here has. It is then linked to that person, and the address no
longer matters: whoever gets it later does not become them.
"""

import secrets
from hashlib import sha256
from typing import Any

from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from requests import RequestException

from onrecord.access.gateway import NotBelieved, believed
from onrecord.access.models import User
from onrecord.access.queries import viewer_of

PROVIDER = "organisation"


class Vouched(OpenIDConnectOAuth2Adapter):
    """What an organisation says of somebody, believed only from the issuer that the settings name."""

    nonce = ""
    """What the token has to answer with: it was made for this request, and stands in the session's state."""

    def _decode_id_token(self, app: Any, id_token: str) -> dict[str, Any]:
        """What the token says, once its signature is found right by the keys that the issuer publishes."""
        with get_adapter().get_requests_session() as asking:
            answer = asking.get(str(self.openid_config.get("jwks_uri", "")))
            answer.raise_for_status()
            keys = answer.json()
        try:
            return believed(id_token, keys, str(settings.ORGANISATION.get("issuer", "")), app.client_id, self.nonce)
        except NotBelieved as error:
            raise OAuth2Error("The token cannot be believed.") from error

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> Any:
        """The identity and, if the organisation verified it, the address."""
        made = super().complete_login(request, app, token, **kwargs)
        said = made.account.extra_data
        issuer, subject, email = vouched(said.get("id_token") or {}, said.get("userinfo") or {})
        made.account.uid = sha256(f"{issuer}\n{subject}".encode()).hexdigest()
        made.account.extra_data = {"issuer": issuer}
        made.verified_email = email
        return made


class Back(OAuth2CallbackView):
    """Coming back, with what the request to the organisation kept."""

    def _get_state(self, request: HttpRequest, provider: Any) -> Any:
        state, answered = super()._get_state(request, provider)
        self.adapter.nonce = ((state or {}).get("data") or {}).get("nonce", "")
        return state, answered


def vouched(token: dict[str, Any], more: dict[str, Any]) -> tuple[str, str, str]:
    """Issuer, subject and verified address ("" for none); OAuth2Error where another issuer speaks, or of another."""
    issuer, subject = str(token.get("iss", "")), str(token.get("sub", ""))
    if issuer.rstrip("/") != str(settings.ORGANISATION.get("issuer", "")).rstrip("/") or not issuer or not subject:
        raise OAuth2Error("The token is not from the issuer that the settings name.")
    if more and more.get("sub") != subject:
        raise OAuth2Error("The token and what was said besides are about two people.")
    verified = next((said for said in (token, more) if said.get("email_verified") is True), {})
    return issuer, subject, str(verified.get("email", ""))


def known(login: Any) -> bool:
    """Whether somebody of this record stands behind an identity: linked before, or linked now by their address."""
    if not login.is_existing:
        person = _by_address(login.verified_email)
        if person is None or SocialAccount.objects.filter(user=person, extra_data=login.account.extra_data).exists():
            return False
        account = login.account
        SocialAccount.objects.create(user=person, provider=PROVIDER, uid=account.uid, extra_data=account.extra_data)
        login.lookup()
    return bool(login.user.is_active and viewer_of(login.user.username))


def _by_address(email: str) -> User | None:
    """The one person in use here who has this address and a role."""
    found = list(User.objects.filter(email__iexact=email, is_active=True)[:2]) if email else []
    return found[0] if len(found) == 1 and viewer_of(found[0].username) else None


def refused(request: HttpRequest) -> HttpResponse:
    """One answer whatever the reason, so that nobody learns from it who is known here."""
    lines = [
        "Your organisation's sign-in did not name anybody who is known here. Nothing was kept.",
        "Ask the person who runs OnRecord in your agency which e-mail address they have for you.",
    ]
    context = {
        "heading": "You cannot sign in this way",
        "lines": lines,
        "url": "/sign-in",
        "link": "Sign in another way",
    }
    return render(request, "onrecord/message.html", context, status=403)


@require_POST
@never_cache
def go(request: HttpRequest) -> HttpResponse:
    """On to the organisation: by a page of our own, because a form may lead nowhere else."""
    provider = _provider(request)
    nonce = secrets.token_urlsafe(24)
    asked = {"data": {"nonce": nonce}, "auth_params": provider.get_auth_params() | {"nonce": nonce}}
    try:
        away = provider.redirect(request, "login", next_url=get_next_redirect_url(request), **asked)
    except RequestException:
        lines = ["Your organisation's sign-in does not answer.", "Try again in a minute, or use your password."]
        context = {"heading": "This did not work", "lines": lines, "url": "/sign-in"}
        return render(request, "onrecord/message.html", context, status=503)
    return render(request, "access/go_on.html", {"away": away["Location"], "name": settings.ORGANISATION["name"]})


@require_safe
@never_cache
def back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Back from the organisation."""
    _provider(request)
    answered: HttpResponse = Back.adapter_view(Vouched(request, provider_id))(request)
    return answered


def _provider(request: HttpRequest) -> OpenIDConnectProvider:
    if not settings.ORGANISATION:
        raise Http404
    return get_adapter().get_provider(request, PROVIDER)
