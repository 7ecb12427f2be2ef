"""Django's name for the pages."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The pages put together."""

    name = "onrecord.web"
    label = "web"
