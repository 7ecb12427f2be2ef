"""The mail goes out here, by whichever backend Django is set up with; a demonstration's goes to a folder."""

from hashlib import sha256
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage

from onrecord.ledger.gateway.clock import is_demo

NOWHERE = frozenset(f"django.core.mail.backends.{name}.EmailBackend" for name in ("filebased", "console", "dummy"))
"""Ways by which no mail leaves the machine."""


class NotDelivered(RuntimeError):
    """The mail system did not take it."""


def channel() -> str:
    """A mark of the way by which notices leave: the same while nobody changes it. Nothing in a demonstration."""
    if is_demo():
        return ""
    way = (settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_HOST_USER)
    return sha256("\n".join(map(str, (*way, settings.DEFAULT_FROM_EMAIL))).encode()).hexdigest()[:16]


def send(address: str, subject: str, body: str) -> None:
    """Hand a notice to the mail system. Raises NotDelivered when it does not take it; nothing is swallowed.

    Under a real origin, what only goes to a folder, a screen or nowhere reaches nobody, and so was not delivered.
    """
    if settings.EMAIL_BACKEND in NOWHERE and not is_demo():
        raise NotDelivered("no mail leaves this machine")
    message = EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [address])
    try:
        if message.send(fail_silently=False) != 1:
            raise NotDelivered("the mail system took nothing")
    except (OSError, SMTPException) as error:
        raise NotDelivered(type(error).__name__) from error
