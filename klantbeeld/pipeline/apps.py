"""Start of the room `pipeline`."""

from django.apps import AppConfig


class PipelineConfig(AppConfig):
    """The room's app."""

    name = "klantbeeld.pipeline"
    label = "pipeline"
