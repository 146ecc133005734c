"""One entry of the history with everything that was said about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from klantbeeld.accounts.reads import may
from klantbeeld.core import clock, fields
from klantbeeld.core.actor import Actor
from klantbeeld.profiles import reads as profiles
from klantbeeld.timeline import reads as room
from klantbeeld.timeline.reads import Line, Unfolded
from klantbeeld.web.filled import entries, places, words
from klantbeeld.web.filled.finding import found
from klantbeeld.web.filled.roles import ROLES
from klantbeeld.web.filled.special_words import not_looked_into
from klantbeeld.web.shapes import Detail, EntryView, Link, Money, OrderLine, Person, Value

# The machine's own notes, and what the line of the entry or another part of the view says already.
HIDDEN = frozenset({
    "match", "root", "episode", "is_organisation", "session_id", "in_reply_to", "message_id",
    "sender", "sender_name", "recipients", "attachments", "text", "media_type", "subject",
    "product_code", "content",
})  # fmt: skip
MOMENTS = frozenset({"closed_at", "opened_at", "event_at", "ordered_at", "ended_at", "started_at"})
AMOUNTS = frozenset({"discount_amount", "compensation", "cost_amount", "unit_price"})


@found
def entry(actor: Actor, public_id: str, entry_id: str) -> EntryView:
    """See `pages.Pages`."""
    records = profiles.records_of(actor, public_id)
    held = room.entry(actor, records, places.interaction(entry_id))
    name = profiles.card_for(actor, public_id).name or _("Customer without a name")
    return EntryView(
        entry=entries.shown(public_id, held.entry),
        customer=Link(name, places.card(public_id)),
        details=tuple(_details(held)),
        lines=tuple(_line(line, held.entry.currency) for line in held.lines),
        people=tuple(_people(held)),
        body=held.body.strip(),
        attachments=tuple(
            Link(
                words.joined(paper.name, not_looked_into(paper.unread)),
                places.document(public_id, paper.document, held.entry.interaction),
            )
            for paper in held.documents
        ),
        record=words.joined(held.entry.source_name, held.delivery_name),
        delivery_href=places.delivery(held.delivery),
        erase_href=_erase(actor, public_id, entry_id),
    )


def _erase(actor: Actor, public_id: str, entry_id: str) -> str:
    if not may(actor, "customers.erase"):
        return ""
    return reverse("web:erase_part", args=[public_id, "entry", entry_id])


def _line(line: Line, currency: str) -> OrderLine:
    each = round(line.amount_minor / line.quantity) if line.quantity else None
    quantity = Decimal(str(line.quantity)).normalize()
    return OrderLine(
        line.product or line.product_key or _("product without a name"),
        int(quantity) if quantity == quantity.to_integral_value() else quantity,
        None if each is None else Money(each, currency),
        Money(line.amount_minor, currency),
        line.category,
    )


def _people(held: Unfolded) -> Iterator[Person]:
    told = held.details
    sender = words.joined(told.get("sender_name"), told.get("sender"))
    if sender:
        yield Person(_("From"), sender)
    recipients = told.get("recipients")
    if recipients:
        yield Person(_("To"), _listed(recipients))
    if held.entry.employee:
        yield Person(_("Handled by"), held.entry.employee)
    for person in held.entry.people:
        if person.name:
            yield Person(_("With"), person.name)


def _listed(value: object) -> str:
    return ", ".join(str(v) for v in value) if isinstance(value, list | tuple) else str(value)


def _details(held: Unfolded) -> Iterator[Detail]:
    entry = held.entry
    if entry.origin:
        yield Detail(_("Came about by"), entry.origin)
    if entry.campaign:
        yield Detail(_("Campaign"), entry.campaign)
    if entry.code:
        yield Detail(_("Discount code"), entry.code)
    register = fields.everything()
    for key, value in held.details.items():
        shown = _value(key, value, entry.currency)
        if key not in HIDDEN and shown not in (None, ""):
            yield Detail(_label(key, register), shown)


def _label(key: str, register: Mapping[str, fields.Field]) -> str:
    if key in ROLES:
        return words.headed(ROLES, key)
    field = register.get(key)
    return field.label(get_language() or "nl") if field else words.headed({}, key)


def _value(key: str, value: Any, currency: str) -> Value:
    """A member of the details in the type that the screen knows how to write."""
    if key == "payment_method":
        return words.said(words.PAYMENTS, str(value))
    if key in MOMENTS and isinstance(value, int):
        moment = clock.local(value)
        return moment if moment.hour or moment.minute else moment.date()
    if key in AMOUNTS and isinstance(value, int):
        return Money(value, currency)
    if key == "valid_until":
        return _day(str(value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, float):
        return Decimal(str(value)).normalize()
    if isinstance(value, list | tuple):
        return _listed(value)
    return value if isinstance(value, int | str) else None if value is None else str(value)


def _day(text: str) -> Value:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return text
