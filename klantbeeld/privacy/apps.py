"""Start of the room `privacy`."""

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    """The room's app."""

    name = "klantbeeld.privacy"
    label = "privacy"
