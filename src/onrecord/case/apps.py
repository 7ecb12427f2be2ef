"""Django's name for this stage."""

from django.apps import AppConfig


class CaseConfig(AppConfig):
    """The case stage."""

    name = "onrecord.case"
    label = "case"
