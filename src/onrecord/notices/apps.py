"""Django's name for this stage."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """The notices stage."""

    name = "onrecord.notices"
    label = "notices"
