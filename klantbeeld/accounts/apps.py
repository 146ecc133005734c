"""Start of the room `accounts`."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Declares which columns hold data of employees."""

    name = "klantbeeld.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Register the personal columns."""
        from klantbeeld.accounts import register
        from klantbeeld.core import fields
        from klantbeeld.core.registry import PersonalColumns, add_columns

        fields.register_columns(register.FIELDS)
        add_columns(
            [
                PersonalColumns(
                    "accounts_user",
                    frozenset({"email", "name"}),
                    frozenset({"password", "role", "language"}),
                ),
                PersonalColumns(
                    "accounts_apikey",
                    frozenset({"created_by"}),
                    frozenset({"name", "prefix", "digest", "role", "source"}),
                ),
                PersonalColumns("accounts_team", frozenset(), frozenset({"name"})),
            ]
        )
