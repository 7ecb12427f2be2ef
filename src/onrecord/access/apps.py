"""Django's name for this stage."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """The access stage."""

    name = "onrecord.access"
    label = "access"
