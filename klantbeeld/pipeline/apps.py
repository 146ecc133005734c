"""Start of the room `pipeline`."""

from django.apps import AppConfig


class PipelineConfig(AppConfig):
    """Hands in what must hold between the database and what is derived from it."""

    name = "klantbeeld.pipeline"
    label = "pipeline"

    def ready(self) -> None:
        """Register the checks, and then what other packages hand in."""
        from klantbeeld.core import erasing, extensions, registry
        from klantbeeld.pipeline import checks, erasing_steps, stores, withheld

        registry.add_checks(checks.CHECKS)
        registry.add_store(stores.STORE)
        registry.add_columns(stores.COLUMNS)
        for step in erasing_steps.STEPS:
            erasing.add_step(step)
        withheld.register()
        # The last room to start: every own panel is registered, so none can be replaced.
        extensions.load()
