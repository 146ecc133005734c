"""All addresses."""

from django.urls import include, path

from klantbeeld.web import health

urlpatterns = [
    path("healthz", health.healthz),
    path("metrics", health.metrics),
    path("", include("klantbeeld.web.urls")),
]
