"""What signing in asks of the machine: where somebody knocks from, how often they failed, and secrets at rest."""

import base64
import ipaddress

from allauth.core.internal.httpkit import get_client_ip
from allauth.core.ratelimit import clear, consume
from django.http import HttpRequest

from onrecord.ledger.gateway.keys import seal, unseal

SEED = b"second-step-seed"
"""Sixteen bytes to which a sealed secret is bound, so that nothing else that was sealed can stand in for one."""


def may_try(request: HttpRequest, what: str) -> bool:
    """Whether another try from this address at this name or code is heard now; it is counted.

    Only the two together are slowed. Who hammers a name keeps nobody else from signing in under it. The count stands in
    the database (`access_cache`), so that every process of the pages shares it.
    """
    return bool(consume(request, action="try", key=_pair(request, what)))


def forget_tries(request: HttpRequest, what: str) -> None:
    """The right answer was given from here: what went before no longer counts."""
    clear(request, action="try", key=_pair(request, what))


def sealed(text: str) -> str:
    """A secret of somebody's second step as it may stand in the database."""
    return base64.b64encode(seal(SEED, text.encode())).decode()


def opened(text: str) -> str:
    """What `sealed` sealed."""
    return unseal(SEED, base64.b64decode(text)).decode()


def _pair(request: HttpRequest, what: str) -> str:
    return f"{_address(request)} {what}"


def _address(request: HttpRequest) -> str:
    """The address that asks; of the new sort the network, for one household has addresses without number."""
    found = ipaddress.ip_address(get_client_ip(request) or "0.0.0.0")  # noqa: S104  # an address to compare, not to bind
    return str(ipaddress.ip_network(f"{found}/64", strict=False)) if found.version == 6 else str(found)
