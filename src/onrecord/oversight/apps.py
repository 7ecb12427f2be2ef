"""Django's name for this stage."""

from django.apps import AppConfig


class OversightConfig(AppConfig):
    """The oversight stage."""

    name = "onrecord.oversight"
    label = "oversight"
