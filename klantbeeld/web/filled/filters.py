"""The filters of the list of customers: what can be chosen, and what that asks of the room."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klantbeeld.core import clock
from klantbeeld.core.public_ids import UnknownPublicId, from_public, key_in, to_public
from klantbeeld.profiles.reads import City, TagCount
from klantbeeld.web.shapes import Filter, Option

Choices = Mapping[str, str | Promise]
KINDS: Choices = {
    "person": gettext_lazy("people"),
    "organisation": gettext_lazy("organisations"),
}
# In minor units, from and to (both inclusive).
REVENUES: Mapping[str, tuple[str | Promise, int | None, int | None]] = {
    "none": (gettext_lazy("nothing"), None, 0),
    "some": (gettext_lazy("up to € 100"), 1, 100_00),
    "more": (gettext_lazy("€ 100 to € 1,000"), 100_00, 1_000_00),
    "much": (gettext_lazy("€ 1,000 to € 10,000"), 1_000_00, 10_000_00),
    "most": (gettext_lazy("more than € 10,000"), 10_000_00, None),
}
# Days ago of the last order: at least, at most.
ORDERED: Mapping[str, tuple[str | Promise, int | None, int | None]] = {
    "30": (gettext_lazy("in the last 30 days"), None, 30),
    "90": (gettext_lazy("in the last 90 days"), None, 90),
    "365": (gettext_lazy("in the last year"), None, 365),
    "year": (gettext_lazy("longer than a year ago"), 366, None),
    "two_years": (gettext_lazy("longer than two years ago"), 731, None),
}
CONSENTS: Mapping[str, tuple[str | Promise, str, str]] = {
    "mail_yes": (gettext_lazy("mail: permission"), "email", "granted"),
    "mail_no": (gettext_lazy("mail: no permission"), "email", "denied"),
    "mail_off": (gettext_lazy("mail: unsubscribed"), "email", "withdrawn"),
    "mail_unknown": (gettext_lazy("mail: unknown"), "email", "unknown"),
    "phone_yes": (gettext_lazy("phone: permission"), "phone", "granted"),
    "phone_no": (gettext_lazy("phone: no permission"), "phone", "denied"),
    "post_no": (gettext_lazy("post: no permission"), "post", "denied"),
}
# What the verdict is, by law and for marketing; a channel, and one of `CustomerQuery.contact`.
CONTACT: Mapping[str, tuple[str | Promise, str, str]] = {
    "may_mail": (gettext_lazy("may be mailed"), "email", "allowed"),
    "may_call": (gettext_lazy("may be called"), "phone", "allowed"),
    "may_post": (gettext_lazy("may get post"), "post", "allowed"),
    "ask_mail": (gettext_lazy("mail: ask first"), "email", "ask"),
    "ask_call": (gettext_lazy("call: ask first"), "phone", "ask"),
    "not_mail": (gettext_lazy("may not be mailed"), "email", "refused"),
    "not_call": (gettext_lazy("may not be called"), "phone", "refused"),
}
COMPLAINTS: Choices = {"open": gettext_lazy("open complaint")}


def filters(
    cities: Iterable[City],
    sources: Mapping[int, str],
    tags: Iterable[TagCount],
    chosen: Mapping[str, str],
) -> tuple[Filter, ...]:
    """All filters with what is chosen of them."""
    offered: tuple[tuple[str, str, Mapping[str, object]], ...] = (
        ("kind", _("Kind"), KINDS),
        ("city", _("Place"), {city.key: city.name for city in cities}),
        ("revenue", _("Revenue"), {k: v[0] for k, v in REVENUES.items()}),
        ("ordered", _("Bought"), {k: v[0] for k, v in ORDERED.items()}),
        ("contact", _("Contact"), {k: v[0] for k, v in CONTACT.items()}),
        ("consent", _("Permission"), {k: v[0] for k, v in CONSENTS.items()}),
        ("complaint", _("Complaint"), COMPLAINTS),
        ("tag", _("Tag"), {to_public("tag", tag.key): tag.name for tag in tags}),
        ("source", _("Source"), {str(key): name for key, name in sources.items()}),
    )
    return tuple(
        Filter(
            key, label, tuple(Option(k, str(v)) for k, v in options.items()), chosen.get(key, "")
        )
        for key, label, options in offered
        if options
    )


def chosen(picked: Mapping[str, str]) -> dict[str, Any]:
    """The filters as parts of the room's query; what is not offered filters nothing."""
    asked: dict[str, Any] = {"city": picked.get("city", "")}
    if picked.get("kind") in KINDS:
        asked["kind"] = picked["kind"]
    if source := key_in(picked.get("source", "")):
        asked["source"] = source
    if picked.get("revenue") in REVENUES:
        _label, asked["revenue_from"], asked["revenue_to"] = REVENUES[picked["revenue"]]
    if picked.get("ordered") in ORDERED:
        _label, least, most = ORDERED[picked["ordered"]]
        today = clock.today()
        asked["ordered_to"] = None if least is None else today - least
        asked["ordered_from"] = None if most is None else today - most
    if picked.get("consent") in CONSENTS:
        asked["consent"] = CONSENTS[picked["consent"]][1:]
    if picked.get("contact") in CONTACT:
        asked["contact"] = CONTACT[picked["contact"]][1:]
    if picked.get("tag"):
        asked["tag"] = _tag(picked["tag"])
    if picked.get("complaint") in COMPLAINTS:
        asked["has_open_complaint"] = True
    return asked


def _tag(public_id: str) -> int:
    """The key of a tag; one that nobody carries for what is no tag."""
    try:
        return from_public("tag", public_id)
    except UnknownPublicId:
        return -1
