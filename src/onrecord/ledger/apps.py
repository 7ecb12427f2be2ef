"""Django's name for this stage."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """The ledger stage."""

    name = "onrecord.ledger"
    label = "ledger"
