"""Addresses of the screens; they carry opaque ids and keys only."""

from django.urls import include, path, register_converter

from klantbeeld.web import (
    asking,
    comparing,
    contacting,
    correcting,
    entering,
    erasing,
    informing,
    judging,
    limiting,
    listing,
    matching,
    own,
    parting,
    registering,
    requesting,
    special,
    views,
    welcome,
)


class PublicId:
    """An opaque public id in an address."""

    regex = "[0-9a-hjkmnp-tv-z]{13}"

    def to_python(self, value: str) -> str:
        """As it is."""
        return value

    def to_url(self, value: str) -> str:
        """As it is."""
        return value


class Token:
    """A token of a link in a message (see `privacy.links`)."""

    regex = "[A-Za-z0-9_-]{4,900}~[A-Za-z0-9_-]{24}"

    def to_python(self, value: str) -> str:
        """As it is."""
        return value

    def to_url(self, value: str) -> str:
        """As it is."""
        return value


register_converter(PublicId, "public")
register_converter(Token, "token")
app_name = "web"
urlpatterns = [
    path("", views.start, name="start"),
    path("welcome/sample", welcome.load_sample, name="sample"),
    path("welcome/leave", welcome.leave_sample, name="sample_leave"),
    path("welcome/progress", welcome.progress, name="sample_progress"),
    path("welcome/goals", welcome.goals, name="goals"),
    path("templates/<slug:key>.xlsx", welcome.template, name="template"),
    path("customers/", views.customers, name="customers"),
    path("customers/export", views.customers_export, name="customers_export"),
    path("customers/tag", listing.tag, name="tag"),
    path("customers/views/save", listing.save_view, name="view_save"),
    path("customers/views/<public:view_id>/", listing.open_view, name="view"),
    path("customers/views/<public:view_id>/forget", listing.forget_view, name="view_forget"),
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
    path("customers/<public:public_id>/erase", erasing.erase, name="erase"),
    path("customers/<public:public_id>/erase/parts", parting.parts, name="erase_parts"),
    path(
        "customers/<public:public_id>/erase/<slug:what>/<public:key>",
        parting.part,
        name="erase_part",
    ),
    path("customers/<public:public_id>/limits", limiting.customer, name="limits"),
    path("customers/<public:public_id>/split", judging.split, name="split"),
    path("customers/<public:public_id>/merge", judging.merge_search, name="merge_search"),
    path("customers/<public:public_id>/merge/<public:other_id>", judging.merge, name="merge"),
    path("customers/<public:public_id>/judgements", judging.judgements, name="judgements"),
    path(
        "customers/<public:public_id>/judgements/<public:judgement_id>/undo",
        judging.judgement_undo,
        name="judgement_undo",
    ),
    path("customers/<public:public_id>/export", views.customer_export, name="customer_export"),
    path("customers/<public:public_id>/contact", contacting.contact, name="contact"),
    path("customers/<public:public_id>/contact/say", contacting.say, name="contact_say"),
    path(
        "customers/<public:public_id>/contact/withdraw",
        contacting.withdraw,
        name="contact_withdraw",
    ),
    path("customers/<public:public_id>/contact/prefer", contacting.prefer, name="contact_prefer"),
    path("customers/<public:public_id>/contact/note", contacting.note, name="contact_note"),
    path("contact/settings", contacting.settings, name="contact_settings"),
    path("contact/confirm/<token:text>", own.confirm, name="contact_confirm"),
    path("contact/out/<token:text>", own.out, name="contact_out"),
    path("contact/mine/<token:text>", own.preferences, name="contact_preferences"),
    path("customers/<public:public_id>/note", entering.note, name="note"),
    path("customers/<public:public_id>/why", comparing.why_one, name="why_one"),
    path("customers/<public:public_id>/compare", comparing.compare_search, name="compare_search"),
    path(
        "customers/<public:public_id>/compare/<public:other_id>", comparing.why_not, name="why_not"
    ),
    path("compare/<public:left_id>/<public:right_id>", comparing.compare, name="compare"),
    path("review/", comparing.review, name="review"),
    path("review/judge", comparing.judge, name="review_judge"),
    path("review/undo", comparing.review_undo, name="review_undo"),
    path("matching/", matching.matching, name="matching"),
    path("matching/<public:public_id>/", matching.experiment, name="experiment"),
    path("matching/<public:public_id>/go", matching.go_on, name="experiment_go_on"),
    path("special/", special.special, name="special"),
    path("special/off", special.off, name="special_off"),
    path("special/<public:public_id>/withdraw", special.withdraw, name="special_withdraw"),
    path("special/<public:public_id>/forget", special.forget, name="special_forget"),
    path("special/<public:public_id>/read", special.read, name="special_read"),
    path("special/<public:public_id>/drop", special.drop, name="special_drop"),
    path("keys/", matching.keys, name="keys"),
    path("keys/<public:public_id>/revoke", matching.key_revoke, name="key_revoke"),
    path("erasures/", erasing.erasures, name="erasures"),
    path("erasures/<public:public_id>/", erasing.erasure, name="erasure"),
    path("erasures/<public:public_id>/approve", erasing.approve, name="erasure_approve"),
    path("erasures/<public:public_id>/refuse", erasing.refuse, name="erasure_refuse"),
    path("enter/", entering.customer, name="enter"),
    path("enter/doubles", entering.doubles, name="enter_doubles"),
    path("enter/<public:entry_id>/undo", entering.undo, name="entry_undo"),
    path("add/", include("klantbeeld.web.add_urls")),
    path("search", views.search, name="search"),
    path("ask", asking.ask, name="ask"),
    path("checkup/", asking.checkup, name="checkup"),
    path("checkup/rows", asking.checkup_rows, name="checkup_rows"),
    path("sources/", views.deliveries, name="deliveries"),
    path("sources/<public:public_id>/", views.delivery, name="delivery"),
    path("sources/<public:public_id>/undo", views.delivery_undo, name="delivery_undo"),
    path("quarantine/", views.quarantine, name="quarantine"),
    path("quarantine/<public:public_id>/", views.mend, name="mend"),
    path("quarantine/<public:public_id>/discard", views.discard, name="discard"),
    path("customers/<public:public_id>/requests", requesting.of_customer, name="customer_requests"),
    path("customers/<public:public_id>/informed", informing.informed, name="informed"),
    path("customers/<public:public_id>/correct", correcting.correct, name="correct"),
    path(
        "customers/<public:public_id>/correct/<public:entry_id>/undo",
        correcting.undo,
        name="correction_undo",
    ),
    path(
        "customers/<public:public_id>/correct/<public:correction_id>/told",
        correcting.told,
        name="correction_told",
    ),
    path("privacy/", registering.overview, name="privacy"),
    path("privacy/documents/<slug:key>/", registering.document, name="privacy_document"),
    path("privacy/documents/<slug:key>/file", registering.file, name="privacy_file"),
    path("privacy/company", registering.company, name="privacy_company"),
    path("privacy/sources", registering.sources, name="privacy_sources"),
    path("privacy/fields", registering.own_fields, name="privacy_fields"),
    path("privacy/limits", limiting.standing, name="privacy_limits"),
    path("privacy/retention", limiting.retention, name="privacy_retention"),
    path("privacy/requests/", requesting.register, name="requests"),
    path("privacy/requests/<public:public_id>/", requesting.one, name="request"),
    path("privacy/requests/<public:public_id>/bundle", requesting.bundle, name="request_bundle"),
    path("choose", views.choose, name="choose"),
    path("", include("klantbeeld.web.people_urls")),
]
