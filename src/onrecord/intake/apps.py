"""Django's name for this stage."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """The intake stage."""

    name = "onrecord.intake"
    label = "intake"
