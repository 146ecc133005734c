"""Start of the room `profiles`."""

from django.apps import AppConfig


class ProfilesConfig(AppConfig):
    """Hands in the golden profiles: panels, export, erase, columns, the copied table."""

    name = "klantbeeld.profiles"
    label = "profiles"

    def ready(self) -> None:
        """Register what the room keeps and shows."""
        from klantbeeld.core import erasing, fields, registry
        from klantbeeld.profiles import panels, register, stores

        registry.add_store(stores.STORE)
        fields.register_columns(register.FIELDS)
        erasing.add_step(stores.STEP)
        registry.add_columns(stores.COLUMNS)
        for table in stores.COPIED:
            registry.add_copied(table)
        for panel in panels.PANELS:
            registry.add_panel(panel)
