"""What signing in asks of the machine: where somebody knocks from, how often they failed, and secrets at rest."""

import base64
import hmac
import ipaddress
import secrets
from typing import Any

import jwt
from allauth.core.internal.httpkit import get_client_ip
from allauth.core.internal.ratelimit import consume
from allauth.core.ratelimit import clear
from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from onrecord.ledger.gateway.keys import seal, unseal

COUNTED = "allauth.account"
"""Where the settings of the counts stand: `ACCOUNT_RATE_LIMITS`."""
SIGNED_BY = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
KNOWN, YEAR = "known", 365 * 86400
"""The mark in a browser in which somebody signed in before, and for how many seconds it is kept."""
LEEWAY = 60
"""How far, in seconds, the issuer's clock may be from ours."""
SEED = b"second-step-seed"
"""Sixteen bytes to which a sealed secret is bound, so that nothing else that was sealed can stand in for one."""


def may_try(request: HttpRequest, what: str, user: str = "") -> bool:
    """Whether another try from this place at this name or code is heard now; it is counted.

    Only the two together are slowed. Who hammers a name keeps nobody else from signing in under it: not from another
    address, and not at the same one in a browser in which this person (`user`, by sign-in name) signed in before. The
    count stands in the database (`access_cache`), so that every process of the pages shares it.
    """
    counted = consume(request, app=COUNTED, action="try", key=_pair(request, what, user), limit_get=True)
    return counted is not None


def forget_tries(request: HttpRequest, what: str, user: str = "") -> None:
    """The right answer was given from here: what went before no longer counts."""
    clear(request, action="try", key=_pair(request, what, user))


def know_browser(response: HttpResponse, user: str) -> None:
    """Somebody signed in here: leave a mark, for the pages of signing in alone, that names nobody and opens nothing."""
    mark = signing.dumps([_mark(user), secrets.token_urlsafe(16)], salt=KNOWN)
    kept: dict[str, Any] = {"httponly": True, "samesite": "Lax", "secure": settings.SESSION_COOKIE_SECURE}
    response.set_cookie(KNOWN, mark, max_age=YEAR, path="/sign-in", **kept)


def sealed(text: str) -> str:
    """A secret of somebody's second step as it may stand in the database."""
    return base64.b64encode(seal(SEED, text.encode())).decode()


def opened(text: str) -> str:
    """What `sealed` sealed."""
    return unseal(SEED, base64.b64decode(text)).decode()


class NotBelieved(ValueError):
    """What an organisation's sign-in sent is not signed by it, not for us, not for this request, or too old."""


def believed(token: str, keys: Any, issuer: str, client: str, nonce: str) -> dict[str, Any]:
    """What an ID token says, when a key of the issuer signed it, for this client, in answer to this very request.

    `keys` is the issuer's published list (JWKS). Only signatures by a key of which the other half stays with the issuer
    are taken. Raises NotBelieved.
    """
    try:
        mark = jwt.get_unverified_header(token).get("kid")
        named = [key for key in jwt.PyJWKSet.from_dict(keys).keys if mark in (None, key.key_id)]
        key = named[0] if len(named) == 1 else None
        if key is None:
            raise NotBelieved("no one key of the issuer is named by the token")
        by = [issuer.rstrip("/"), f"{issuer.rstrip('/')}/"]
        also: Any = {"options": {"require": ["exp", "iat", "iss", "aud", "sub"]}, "leeway": LEEWAY}
        said: dict[str, Any] = jwt.decode(token, key, algorithms=SIGNED_BY, issuer=by, audience=client, **also)
    except (jwt.PyJWTError, AttributeError, TypeError) as error:
        raise NotBelieved(str(error)) from error
    if not nonce or not hmac.compare_digest(str(said.get("nonce", "")).encode(), nonce.encode()):
        raise NotBelieved("the token answers another request")
    if said.get("azp", client) != client:
        raise NotBelieved("the token was made for somebody else")
    return said


def _pair(request: HttpRequest, what: str, user: str) -> str:
    return f"{_known(request, user) or address_of(request)} {what}"


def _known(request: HttpRequest, user: str) -> str:
    """What tells a browser apart in which this person signed in before; "" for every other."""
    try:
        mark, browser = signing.loads(request.COOKIES.get(KNOWN, ""), salt=KNOWN)
    except (signing.BadSignature, ValueError):
        return ""
    return str(browser) if user and hmac.compare_digest(str(mark), _mark(user)) else ""


def _mark(user: str) -> str:
    return salted_hmac(KNOWN, user.lower(), algorithm="sha256").hexdigest()


def address_of(request: HttpRequest) -> str:
    """The address that asks; of the new sort the network, for one household has addresses without number."""
    found = ipaddress.ip_address(get_client_ip(request) or "0.0.0.0")  # noqa: S104  # an address to compare, not to bind
    return str(ipaddress.ip_network(f"{found}/64", strict=False)) if found.version == 6 else str(found)
