"""Erasing a part of a history on screen: a complaint, a mail, a document, an old address."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from klantbeeld.accounts.reads import may
from klantbeeld.core import fields
from klantbeeld.core.actor import Actor
from klantbeeld.core.clock import local
from klantbeeld.core.public_ids import from_public, to_public
from klantbeeld.pipeline import actions as pipeline
from klantbeeld.pipeline import reads as counted
from klantbeeld.pipeline.errors import NothingToErase
from klantbeeld.pipeline.reads import PartValue
from klantbeeld.privacy.errors import OnHold
from klantbeeld.privacy.models import Erasure
from klantbeeld.profiles import reads as profiles
from klantbeeld.profiles.reads import address_line, person_name
from klantbeeld.timeline import reads as timeline
from klantbeeld.web import formats
from klantbeeld.web.filled import entries, erasing_words, words
from klantbeeld.web.filled.finding import found
from klantbeeld.web.pages import Invalid, NotFound
from klantbeeld.web.shapes.parting import PartRow, PartsView, PartView

# What stands in an address to the kind of key that follows it.
KEYS = {"entry": "interaction", "document": "document", "subscription": "subscription"}
VALUE = "value-"
MOST = 500
SHOWN: Mapping[str, Callable[[str], str]] = {
    "phone": formats.phone, "mobile": formats.phone, "iban": formats.iban,
    "birth_date": formats.day_text, "customer_since": formats.day_text,
}  # fmt: skip


@found
def parts(actor: Actor, public_id: str) -> PartsView:
    """See `parting_pages.PartPages`."""
    customer = profiles.customer_id_of(actor, public_id)
    public, name = _who(actor, customer)
    held = counted.values_of(actor, customer)
    rows = [(one, _value_row(public, one)) for one in held]
    return PartsView(
        public, name,
        tuple(row for one, row in rows if not one.is_current),
        tuple(row for one, row in rows if one.is_current),
        tuple(_papers(actor, public, customer)),
        tuple(_subscriptions(actor, public)),
    )  # fmt: skip


def _who(actor: Actor, customer: int) -> tuple[str, str]:
    name = profiles.named(actor, [customer]).get(customer, "") or _("Customer without a name")
    return to_public("customer", customer), name


def _value_row(public: str, one: PartValue) -> PartRow:
    first, last = (formats.day(local(moment).date()) for moment in (one.since, one.until))
    when = f"{first} – {last}" if first != last else last
    key = to_public("version", one.version)
    href = "" if one.is_bound else reverse("web:erase_part", args=[public, VALUE + one.group, key])
    return PartRow(
        field_word(one.group), said(one.group, one.data), words.joined(when, *one.sources), href,
        one.is_current,
    )  # fmt: skip


def field_word(group: str) -> str:
    """What a value is called."""
    if group in ("address", "name"):
        return _("Address") if group == "address" else _("Name")
    field = fields.everything().get(group)
    return field.label(get_language() or "nl") if field else group


def said(group: str, data: Mapping[str, Any]) -> str:
    """A value as people write it."""
    if group == "address":
        return address_line(data) or str(data.get("address") or data.get("city") or "")
    if group == "name":
        return person_name(data) or str(data.get("full_name") or "")
    text = str(data.get(group) or "")
    if group in words.CHOICES:
        return words.said(words.CHOICES[group], text)
    shown = SHOWN.get(group)
    return shown(text) if shown else text


def _papers(actor: Actor, public: str, customer: int) -> Iterator[PartRow]:
    for paper in timeline.documents(actor, profiles.records_of(actor, public), MOST):
        key = to_public("document", paper.document)
        yield PartRow(
            _("Document"), paper.name, formats.day(paper.at.date()),
            reverse("web:erase_part", args=[public, "document", key]),
        )  # fmt: skip


def _subscriptions(actor: Actor, public: str) -> Iterator[PartRow]:
    for one in timeline.subscriptions(actor, profiles.records_of(actor, public)).rows:
        first, last = (formats.day(day) if day else "" for day in (one.started, one.ended))
        when = f"{first} – {last}" if first and last else first or last
        key = to_public("subscription", one.subscription)
        yield PartRow(
            _("Subscription"), one.name, words.joined(when, one.number),
            reverse("web:erase_part", args=[public, "subscription", key]), one.is_running,
        )  # fmt: skip


def part_of(what: str, key: str) -> pipeline.Part:
    """What an address asks for. Raises `NotFound`."""
    if what.startswith(VALUE):
        return pipeline.Part("value", from_public("version", key), what.removeprefix(VALUE))
    if what not in KEYS:
        raise NotFound("There is no such part.")
    return pipeline.Part(what, from_public(KEYS[what], key))


@found
def part(actor: Actor, public_id: str, what: str, key: str) -> PartView:
    """See `parting_pages.PartPages`."""
    if not may(actor, "customers.erase"):
        raise PermissionError("customers.erase")
    customer = profiles.customer_id_of(actor, public_id)
    asked = part_of(what, key)
    public, name = _who(actor, customer)
    try:
        told = pipeline.preview_part(actor, customer, asked)
        label, text, day = described(actor, customer, asked)
    except NothingToErase as error:
        raise NotFound(str(error)) from error
    return PartView(
        public, name, what, key, label, text, day,
        tuple(erasing_words.parts(told.counts, is_part=True)), told.others,
        profiles.card_for(actor, public).sources,
        tuple((key, str(text)) for key, text in erasing_words.PART_REASONS.items()),
        told.holds, told.approvers, to_public("erasure", told.asked) if told.asked else "",
    )  # fmt: skip


def described(actor: Actor, customer: int, asked: pipeline.Part) -> tuple[str, str, date | None]:
    """What a part is, in words: of which kind, what it says, of which day."""
    records = profiles.records_of(actor, to_public("customer", customer))
    if asked.what == "value":
        data = counted.value_data(actor, customer, asked.key)
        return field_word(asked.group), said(asked.group, data), None
    if asked.what == "entry":
        entry = entries.shown("", timeline.entry(actor, records, asked.key).entry)
        return _("From the history"), entry.title, entry.day
    if asked.what == "document":
        papers = timeline.documents(actor, records, MOST)
        paper = next((p for p in papers if p.document == asked.key), None)
        return _("Document"), paper.name if paper else "", paper.at.date() if paper else None
    held = timeline.subscriptions(actor, records).rows
    one = next((row for row in held if row.subscription == asked.key), None)
    return _("Subscription"), one.name if one else "", one.started if one else None


@found
def ask_part(actor: Actor, public_id: str, what: str, key: str, reason: str) -> str:
    """See `parting_pages.PartPages`."""
    customer = profiles.customer_id_of(actor, public_id)
    known = reason if reason in erasing_words.PART_REASONS else Erasure.REQUEST
    try:
        asked = pipeline.ask_part(actor, customer, part_of(what, key), known)
    except OnHold as error:
        raise Invalid({"": erasing_words.on_hold(error)}) from error
    except NothingToErase as error:
        raise NotFound(str(error)) from error
    return to_public("erasure", asked.pk)
