"""Start of the room `timeline`."""

from django.apps import AppConfig


class TimelineConfig(AppConfig):
    """The room's app."""

    name = "klantbeeld.timeline"
    label = "timeline"
