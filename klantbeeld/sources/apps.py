"""Start of the room `sources`."""

from django.apps import AppConfig


class SourcesConfig(AppConfig):
    """Hands in the quarantine: export, erase, columns; and the copied table of records."""

    name = "klantbeeld.sources"
    label = "sources"

    def ready(self) -> None:
        """Register what the room keeps."""
        from klantbeeld.core import fields, registry
        from klantbeeld.sources import register, stores

        registry.add_store(stores.STORE)
        fields.register_columns(register.FIELDS)
        registry.add_columns(stores.COLUMNS)
        for table in stores.COPIED:
            registry.add_copied(table)
