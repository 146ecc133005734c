"""Start of the room `accounts`."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Hands in who follows customers and who saw them: export, erase, columns."""

    name = "klantbeeld.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Register what the room keeps."""
        from klantbeeld.accounts import alarming, register, stores
        from klantbeeld.core import fields, regular
        from klantbeeld.core.registry import add_columns, add_store

        add_store(stores.STORE)
        fields.register_columns(register.FIELDS)
        add_columns(stores.COLUMNS)
        regular.add("glass", regular.MINUTE, alarming.keep_watch)
