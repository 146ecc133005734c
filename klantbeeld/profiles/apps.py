"""Start of the room `profiles`."""

from django.apps import AppConfig


class ProfilesConfig(AppConfig):
    """The room's app."""

    name = "klantbeeld.profiles"
    label = "profiles"
