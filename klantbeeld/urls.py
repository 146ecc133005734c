"""All addresses."""

from django.urls import include, path

from klantbeeld.web import health

urlpatterns = [
    path("healthz", health.healthz),
    path("metrics", health.metrics),
    path("account/", include("allauth.urls")),
    path("language/", include("django.conf.urls.i18n")),
    path("", include("klantbeeld.web.urls")),
]
