"""The mail goes out here, by whichever backend Django is set up with; a demonstration's goes to a folder."""

import json
from hashlib import sha256
from smtplib import SMTPServerDisconnected
from typing import NamedTuple

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from onrecord.ledger.gateway.clock import is_demo

NOWHERE = frozenset(f"django.core.mail.backends.{name}.EmailBackend" for name in ("filebased", "console", "dummy"))
"""Ways by which no mail leaves the machine."""


SECONDS = 20
"""A mail system that does not answer for so long did not take it."""


class NotDelivered(RuntimeError):
    """The mail system did not take it."""


class NoAnswer(NotDelivered):
    """The mail system did not answer in time."""


class Way(NamedTuple):
    """A mail system: how, through which machine, and under which name."""

    backend: str
    host: str
    port: int
    user: str
    sender: str

    def text(self) -> str:
        """As it is kept on record."""
        return json.dumps(self)

    def mark(self) -> str:
        """The same while nobody changes it."""
        return sha256("\n".join(map(str, self)).encode()).hexdigest()[:16]


def way_set() -> Way:
    """The mail system that the settings name."""
    found = (settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_HOST_USER)
    return Way(*found, settings.DEFAULT_FROM_EMAIL)


def way_kept(text: str) -> Way:
    """One that was kept on record."""
    return Way(*json.loads(text))


def send(address: str, subject: str, body: str, by: Way) -> None:
    """Hand a notice to a mail system. Raises NotDelivered when it does not take it; nothing is swallowed.

    Under a real origin, what only goes to a folder, a screen or nowhere reaches nobody, and so was not delivered.
    """
    if by.backend in NOWHERE and not is_demo():
        raise NotDelivered("no mail leaves this machine")
    try:
        connection = get_connection(by.backend, host=by.host, port=by.port, username=by.user, timeout=SECONDS)
        taken = EmailMessage(subject, body, by.sender, [address], connection=connection).send(fail_silently=False)
    except (TimeoutError, SMTPServerDisconnected) as error:
        raise NoAnswer(type(error).__name__) from error
    except Exception as error:  # a way that is gone, or is set wrong, holds up nobody's notice and no look of the watch
        raise NotDelivered(type(error).__name__) from error
    if taken != 1:
        raise NotDelivered("the mail system took nothing")
