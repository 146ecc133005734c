"""Start of the room `pipeline`."""

from django.apps import AppConfig


class PipelineConfig(AppConfig):
    """Hands in what must hold between the database and what is derived from it."""

    name = "klantbeeld.pipeline"
    label = "pipeline"

    def ready(self) -> None:
        """Register the checks."""
        from klantbeeld.core import registry
        from klantbeeld.pipeline import checks

        registry.add_checks(checks.CHECKS)
