"""Django's name for this stage."""

from django.apps import AppConfig


class MailboxConfig(AppConfig):
    """The mailbox stage."""

    name = "onrecord.mailbox"
    label = "mailbox"
