"""Addresses of the screens; they carry opaque ids and keys only."""

from django.urls import include, path, register_converter

from klantbeeld.web import views


class PublicId:
    """An opaque public id in an address."""

    regex = "[0-9a-hjkmnp-tv-z]{13}"

    def to_python(self, value: str) -> str:
        """As it is."""
        return value

    def to_url(self, value: str) -> str:
        """As it is."""
        return value


register_converter(PublicId, "public")
app_name = "web"
urlpatterns = [
    path("", views.start, name="start"),
    path("customers/", views.customers, name="customers"),
    path("customers/export", views.customers_export, name="customers_export"),
    path("customers/<public:public_id>/", views.card, name="card"),
    path("customers/<public:public_id>/history", views.timeline, name="timeline"),
    path("customers/<public:public_id>/history/<public:entry_id>", views.entry, name="entry"),
    path(
        "customers/<public:public_id>/history/<public:entry_id>/documents/<public:document_id>",
        views.document,
        name="entry_document",
    ),
    path(
        "customers/<public:public_id>/documents/<public:document_id>",
        views.document,
        name="document",
    ),
    path("customers/<public:public_id>/erase", views.erase, name="erase"),
    path("customers/<public:public_id>/export", views.customer_export, name="customer_export"),
    path("add/", include("klantbeeld.web.add_urls")),
    path("search", views.search, name="search"),
    path("sources/", views.deliveries, name="deliveries"),
    path("sources/<public:public_id>/", views.delivery, name="delivery"),
    path("sources/<public:public_id>/undo", views.delivery_undo, name="delivery_undo"),
    path("quarantine/", views.quarantine, name="quarantine"),
    path("quarantine/<public:public_id>/", views.mend, name="mend"),
    path("quarantine/<public:public_id>/discard", views.discard, name="discard"),
    path("choose", views.choose, name="choose"),
]
