"""Start of the room `privacy`."""

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    """Hands in the consent ledger: export, erase, columns and the copied table."""

    name = "klantbeeld.privacy"
    label = "privacy"

    def ready(self) -> None:
        """Register what the room keeps."""
        from klantbeeld.core import erasing, fields, registry
        from klantbeeld.privacy import disclosures, register, special_stores, stores

        registry.add_store(stores.STORE)
        fields.register_columns(register.FIELDS)
        erasing.add_step(disclosures.STEP)
        registry.add_columns(stores.COLUMNS)
        registry.add_store(special_stores.STORE)
        registry.add_columns(special_stores.COLUMNS)
        for table in stores.COPIED:
            registry.add_copied(table)
