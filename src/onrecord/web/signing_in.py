"""Settings of signing in: django-allauth, without open sign-up, and the organisation's own sign-in where there is one.

No rate here counts an account or a whole address: see `onrecord.access.gateway.may_try`.
"""

import os
from typing import Any

from django.core.exceptions import ImproperlyConfigured

APPS = [
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]
"""Without "allauth" itself, which holds pages in a look and in words that are not ours."""

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]

ACCOUNT_ADAPTER = "onrecord.access.views.adapters.Accounts"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if os.environ.get("ONRECORD_HTTPS") == "1" else "http"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_AUTHENTICATED_LOGIN_REDIRECTS = False
ACCOUNT_RATE_LIMITS = {
    "try": "5/m/key,20/h/key",
    "change_password": "10/m/user",
    "reauthenticate": "10/m/user",
    **dict.fromkeys(("login", "login_failed", "signup", "reset_password", "reset_password_from_key")),
    **dict.fromkeys(("request_login_code", "confirm_email", "verify_phone", "change_phone", "manage_email")),
}

MFA_ADAPTER = "onrecord.access.views.adapters.SecondSteps"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RATE_LIMITS = {"webauthn_login": None}
MFA_TOTP_ISSUER = "OnRecord"
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True

SOCIALACCOUNT_ADAPTER = "onrecord.access.views.adapters.Organisations"
SOCIALACCOUNT_LOGIN_ON_GET = True

ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("ONRECORD_PROXIES", "0"))

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "access_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
"""In the database, because a memory for each worker would forget what another worker counted."""

PROVIDER = "organisation"
"""The one provider's name in allauth's tables. Each identity holds who vouched: see `access.views.organisation`."""


def organisation(issuer: str, client: str, secret: str, name: str) -> dict[str, Any]:
    """The settings by which people sign in with their organisation; nothing where no issuer is named."""
    if not (issuer or client or secret):
        return {"ORGANISATION": {}, "SOCIALACCOUNT_PROVIDERS": {}}
    if not (issuer and client and secret):
        raise ImproperlyConfigured("ONRECORD_OIDC_ISSUER, _CLIENT and _SECRET belong together: set all or none.")
    if not issuer.startswith(("https://", "http://localhost:", "http://127.0.0.1:")):
        raise ImproperlyConfigured("ONRECORD_OIDC_ISSUER begins with https://: what it says is trusted by its address.")
    app = {
        "provider_id": PROVIDER,
        "name": name,
        "client_id": client,
        "secret": secret,
        "settings": {"server_url": issuer.rstrip("/"), "oauth_pkce_enabled": True},
    }
    return {
        "ORGANISATION": {"issuer": issuer, "name": name},
        "SOCIALACCOUNT_PROVIDERS": {"openid_connect": {"APPS": [app]}},
    }


_chosen = organisation(
    os.environ.get("ONRECORD_OIDC_ISSUER", ""),
    os.environ.get("ONRECORD_OIDC_CLIENT", ""),
    os.environ.get("ONRECORD_OIDC_SECRET", ""),
    os.environ.get("ONRECORD_OIDC_NAME", "your organisation"),
)
ORGANISATION = _chosen["ORGANISATION"]
SOCIALACCOUNT_PROVIDERS = _chosen["SOCIALACCOUNT_PROVIDERS"]
