"""Django's name for this stage."""

from django.apps import AppConfig


class LinkageConfig(AppConfig):
    """The linkage stage."""

    name = "onrecord.linkage"
    label = "linkage"
