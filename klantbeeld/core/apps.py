"""Start of the room `core`."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Registers the built-in record fields and which columns are personal."""

    name = "klantbeeld.core"
    label = "core"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Fill the field register."""
        from klantbeeld.core import (
            checks,
            erasing,
            fields,
            physical,
            registry,
            regular,
            stores,
            verifying,
        )
        from klantbeeld.core.record_fields import RECORD_FIELDS
        from klantbeeld.core.register import COLUMN_FIELDS

        fields.register(RECORD_FIELDS)
        fields.register_columns(COLUMN_FIELDS)
        registry.add_columns(stores.COLUMNS)
        registry.add_store(stores.STORE)
        registry.add_checks(checks.CHECKS)
        for step in physical.STEPS:
            erasing.add_step(step)
        regular.add("log", regular.HOUR, verifying.verify_and_keep)
