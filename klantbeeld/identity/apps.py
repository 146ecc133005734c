"""Start of the room `identity`."""

from django.apps import AppConfig


class IdentityConfig(AppConfig):
    """Hands in links, judgements and the partition: export, erase, columns, the copied table."""

    name = "klantbeeld.identity"
    label = "identity"

    def ready(self) -> None:
        """Register what the room keeps."""
        from klantbeeld.core import fields, registry
        from klantbeeld.identity import checks, register, stores

        registry.set_partition(
            registry.Partition("identity_membership", "record_id", "customer_id")
        )
        registry.add_store(stores.STORE)
        fields.register_columns(register.FIELDS)
        registry.add_columns(stores.COLUMNS)
        registry.add_checks(checks.CHECKS)
        for table in stores.COPIED:
            registry.add_copied(table)
