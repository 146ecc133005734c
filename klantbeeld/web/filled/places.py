"""Addresses of screens, and the way from a key to an opaque id and back."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

from klantbeeld.core.public_ids import from_public, to_public


def card(customer: str, family: str = "") -> str:
    """The card of a customer (public id), its history filtered on a family."""
    address = reverse("web:card", args=[customer])
    return f"{address}?kind={family}#history" if family else address


def why_not(customer: str, other: str) -> str:
    """Why two customers (public ids) are not one."""
    return reverse("web:why_not", args=[customer, other])


def entry_id(interaction: int) -> str:
    """The public id of an interaction."""
    return to_public("interaction", interaction)


def interaction(public_id: str) -> int:
    """The interaction behind a public id. Raises `UnknownPublicId`."""
    return from_public("interaction", public_id)


def entry(customer: str, key: int) -> str:
    """The page of one entry of the history."""
    return reverse("web:entry", args=[customer, entry_id(key)])


def document(customer: str, key: int, entry_of: int = 0) -> str:
    """A document of the customer, or one that came with an entry."""
    public = to_public("document", key)
    if entry_of:
        return reverse("web:entry_document", args=[customer, entry_id(entry_of), public])
    return reverse("web:document", args=[customer, public])


def delivery_id(key: int) -> str:
    """The public id of a delivery."""
    return to_public("delivery", key)


def delivery(key: int) -> str:
    """The page of a delivery."""
    return reverse("web:delivery", args=[delivery_id(key)])


def row_id(key: int) -> str:
    """The public id of a quarantined row."""
    return to_public("quarantined", key) if key else ""


def checkup() -> str:
    """How good the data are."""
    return reverse("web:checkup")


def checked(what: str, source: int = 0) -> str:
    """The rows behind a figure of the check-up."""
    return _queried("web:checkup_rows", {"what": what, "source": str(source) if source else ""})


def customers(**parts: str) -> str:
    """The list of customers: `group`, and filters as `f_<key>`."""
    return _queried("web:customers", parts)


def quarantine(reason: str = "") -> str:
    """Rows in quarantine, of one reason or all."""
    return _queried("web:quarantine", {"reason": reason})


def add() -> str:
    """Where data is added on screen; the page of sources says how where there is no such screen."""
    return _named("web:add") or reverse("web:deliveries")


def template(key: str) -> str:
    """An example file to fill in, "" when there is none of this key."""
    return _named("web:template", key) if key else ""


def _named(name: str, *parts: str) -> str:
    try:
        return reverse(name, args=parts)
    except NoReverseMatch:
        return ""


def _queried(name: str, parts: dict[str, str]) -> str:
    kept = {key: value for key, value in parts.items() if value}
    return reverse(name) + (f"?{urlencode(kept)}" if kept else "")
