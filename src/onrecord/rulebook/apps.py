"""Django's name for this stage."""

from django.apps import AppConfig


class RulebookConfig(AppConfig):
    """The rulebook stage."""

    name = "onrecord.rulebook"
    label = "rulebook"
