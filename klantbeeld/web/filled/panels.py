"""The panels that rooms register, as the card shows them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klantbeeld.core.actor import Actor
from klantbeeld.pipeline.reads import Holdings
from klantbeeld.profiles.reads import Card, PanelShown
from klantbeeld.timeline.reads import DocumentLine
from klantbeeld.web import formats
from klantbeeld.web.filled import enriching, places, words
from klantbeeld.web.filled.special_words import not_looked_into
from klantbeeld.web.shapes import Flag, Link, Money, Panel, PanelRow, Tag, Tone, Value

# Panel -> the part of the history that it is made of.
FAMILIES = {
    "purchases": "purchase", "cases": "complaint", "quotes": "quote", "campaigns": "newsletter",
    "loyalty": "loyalty", "surveys": "survey", "portal": "portal",
}  # fmt: skip
# Panels that say what would be here; others stay away when they have nothing to say.
EMPTY: Mapping[str, str | Promise] = {
    "cases": gettext_lazy("No complaints or other cases."),
    "purchases": gettext_lazy("Nothing bought yet, as far as the sources know."),
}
ICONS: Mapping[str, str] = {
    "good": "check", "warn": "clock", "bad": "alert-circle", "info": "clock", "grey": "point",
}  # fmt: skip
MEDIA = {
    "application/pdf": "PDF",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "Excel",
    "image/jpeg": "JPEG", "image/png": "PNG", "text/plain": "TXT",
}  # fmt: skip


def panels(actor: Actor, card: Card, house: Holdings) -> tuple[Panel, ...]:
    """All panels with something to say, the household, and the organisations around."""
    shown = [_panel(card, panel, enriching.offer(actor, panel.key, house)) for panel in card.panels]
    own = (panel for panel in shown if panel is not None)
    return (*own, *_household(card), *_relations(card))


def _panel(card: Card, held: PanelShown, offer: Link | None) -> Panel | None:
    place: Literal["who", "rest"] = "who" if held.place == "left" else "rest"
    if held.state == "empty":
        note = enriching.NOTHING_YET.get(held.key) if offer else EMPTY.get(held.key)
        if note is None:
            return None
        return Panel(held.key, held.title, place=place, state="empty", note=str(note), enrich=offer)
    if held.state != "ok":
        return Panel(held.key, held.title, place=place, state=held.state)
    context = held.context
    return Panel(
        key=held.key,
        title=held.title,
        data=tuple(_data(card, held.key, context)),
        template=held.template,
        place=place,
        count=context.get("count"),
        link=_link(card, held.key),
        note=str(context.get("note") or ""),
    )


def _data(card: Card, key: str, context: Mapping[str, Any]) -> Iterator[object]:
    """Rows and tags of the house as shapes; another room's own context as it is."""
    if key == "documents":
        yield from (_document(card, paper) for paper in context["data"])
    elif "rows" in context:
        yield from (_row(card, row) for row in context["rows"])
    elif "tags" in context:
        yield from (Tag(tag.text, tag.detail) for tag in context["tags"])
    else:
        yield context


def _row(card: Card, row: Any) -> PanelRow:
    value: Value = None
    detail = str(row.detail)
    if row.amount_minor is not None:
        value = Money(row.amount_minor, row.currency)
        detail = words.joined(formats.day(row.day) if row.day else "", detail)
    elif row.number is not None:
        value = row.number
        detail = words.joined(detail, formats.day(row.day) if row.day else "")
    elif row.day is not None:
        value = row.day
    tone: Tone = row.tone
    return PanelRow(
        title=row.title,
        detail=detail,
        value=value,
        flag=Flag(row.flag, tone, ICONS.get(tone, "point")) if row.flag else None,
        href=places.entry(card.public_id, row.interaction) if row.interaction else "",
        is_muted=row.is_muted,
        is_entry=bool(row.interaction),
    )


def _document(card: Card, paper: DocumentLine) -> PanelRow:
    kind = MEDIA.get(paper.media_type, paper.name.rpartition(".")[2].upper()[:8])
    return PanelRow(
        title=paper.name,
        detail=words.joined(
            kind,
            formats.file_size(paper.size),
            not_looked_into(paper.unread),
        ),
        value=paper.at.date(),
        href=places.document(card.public_id, paper.document),
    )


def _link(card: Card, key: str) -> Link | None:
    if key == "informed":
        return Link(_("All"), reverse("web:informed", args=[card.public_id]))
    family = FAMILIES.get(key, "")
    if not family or not card.history.counts.get(family):
        return None
    return Link(_("All"), places.card(card.public_id, family))


def _household(card: Card) -> Iterator[Panel]:
    if not card.household:
        return
    rows = tuple(
        PanelRow(
            other.name or _("Customer without a name"),
            href=places.card(other.public_id),
            why=places.why_not(card.public_id, other.public_id),
        )
        for other in card.household
    )
    yield Panel(
        "household", _("Household"), rows, place="who", count=len(rows) + 1,
        note=_("The same address, another person."),
    )  # fmt: skip


RELATIONS: Mapping[str, str | Promise] = {
    "parent": gettext_lazy("parent organisation"), "part": gettext_lazy("part of this one"),
    "branch": gettext_lazy("branch or sister"), "contact": gettext_lazy("employer"),
    "employs": gettext_lazy("works here"),
    "same_address": gettext_lazy("at the same address"),
}  # fmt: skip


def _relations(card: Card) -> Iterator[Panel]:
    if not card.relations:
        return
    rows = tuple(
        PanelRow(
            other.name or _("Customer without a name"),
            str(RELATIONS[other.relation]),
            href=places.card(other.public_id),
        )
        for other in card.relations
    )
    yield Panel(
        "relations", _("Organisations and contacts"), rows, place="who", count=len(rows),
        note=_("They share a registration, a domain, a name or an address."),
    )  # fmt: skip
