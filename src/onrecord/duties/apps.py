"""Django's name for this stage."""

from django.apps import AppConfig


class DutiesConfig(AppConfig):
    """The duties stage."""

    name = "onrecord.duties"
    label = "duties"
