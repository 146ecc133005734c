"""Start of the room `sources`."""

from django.apps import AppConfig


class SourcesConfig(AppConfig):
    """The room's app."""

    name = "klantbeeld.sources"
    label = "sources"
