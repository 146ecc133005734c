"""Start of the room `timeline`."""

from django.apps import AppConfig


class TimelineConfig(AppConfig):
    """Hands in what happened: panels, export, erase, columns and copied tables."""

    name = "klantbeeld.timeline"
    label = "timeline"

    def ready(self) -> None:
        """Register what the room keeps and shows."""
        from klantbeeld.core import fields, registry
        from klantbeeld.timeline import panels, register, stores

        registry.add_store(stores.STORE)
        fields.register_columns(register.FIELDS)
        registry.add_columns(stores.COLUMNS)
        for table in stores.COPIED:
            registry.add_copied(table)
        for panel in panels.PANELS:
            registry.add_panel(panel)
