"""Django's name for this stage."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """The exchange stage."""

    name = "onrecord.exchange"
    label = "exchange"
