"""Start of the room `web`."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The room's app."""

    name = "klantbeeld.web"
    label = "web"
