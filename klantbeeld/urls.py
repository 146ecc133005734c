"""All addresses."""

from django.urls import include, path, re_path

from klantbeeld.web import account, health

urlpatterns = [
    path("healthz", health.healthz),
    path("metrics", health.metrics),
    # In front of what would send mail.
    path("account/password/reset/", account.forgotten),
    re_path(r"^account/(?:email|confirm-email|password/reset)/", account.closed),
    path("account/", include("allauth.urls")),
    path("language/", include("django.conf.urls.i18n")),
    path("api/v1/", include("klantbeeld.api.urls")),
    path("", include("klantbeeld.web.urls")),
]
