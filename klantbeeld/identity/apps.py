"""Start of the room `identity`."""

from django.apps import AppConfig


class IdentityConfig(AppConfig):
    """The room's app."""

    name = "klantbeeld.identity"
    label = "identity"
