"""The screens as a Django app."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Templates, static files and tags; no models."""

    name = "klantbeeld.web"
    label = "web"
