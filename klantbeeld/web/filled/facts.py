"""The key figures above a card."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from klantbeeld.profiles.reads import Card, Figure
from klantbeeld.web import formats
from klantbeeld.web.filled import places, words
from klantbeeld.web.shapes import Fact, Money, Tone, Trend, Value

TONES: dict[str, Tone] = {"bad": "bad", "warn": "warn", "good": "good", "info": "info"}


def facts(card: Card) -> tuple[Fact, ...]:
    """The figures that the profile gives, and what runs."""
    return (*(_fact(card, figure) for figure in card.figures), *_subscriptions(card))


def _fact(card: Card, figure: Figure) -> Fact:
    family = figure.family or _family_of(card, figure)
    return Fact(
        key=figure.key,
        label=figure.label,
        value=_value(figure),
        note=_note(figure),
        tone=TONES.get(figure.tone),
        trend=None if figure.trend is None else Trend(figure.trend, figure.trend >= 0),
        spark=figure.spark if any(figure.spark) else (),
        definition=figure.definition,
        source=figure.source,
        as_of=figure.as_of,
        href=places.card(card.public_id, family) if card.history.counts.get(family) else "",
    )


def _value(figure: Figure) -> Value:
    if figure.amount_minor is not None:
        return Money(figure.amount_minor)
    if figure.number is not None:
        return figure.number
    return figure.day or (None if figure.key == "last_contact" else figure.text or None)


def _note(figure: Figure) -> str:
    kind = figure.text if figure.key == "last_contact" else ""
    last = figure.day if figure.number is not None else None
    return words.joined(
        figure.note,
        _("last %(day)s") % {"day": formats.day(last)} if last else "",
        words.said(words.CONTACTS, kind.removesuffix("_closed")) if kind else "",
    )


def _family_of(card: Card, figure: Figure) -> str:
    """The part of the history that a kind of contact belongs to."""
    kind = figure.text.removesuffix("_closed")
    return kind if kind in card.history.counts else ""


def _subscriptions(card: Card) -> Iterator[Fact]:
    held = next((p for p in card.panels if p.key == "subscriptions" and p.state == "ok"), None)
    if held is None:
        return
    running = held.context["data"].running
    ends = [row.ended for row in held.context["data"].rows if row.is_running and row.ended]
    yield Fact(
        key="subscriptions",
        label=_("Subscriptions"),
        value=running,
        note=_ends(min(ends)) if ends else ngettext("running", "running", running),
        definition=_("Agreements that run today: maintenance, insurance and the like."),
        source=", ".join(s for s in card.sources if s) if len(card.sources) == 1 else "",
        as_of=card.updated_at,
        href=f"{places.card(card.public_id)}#subscriptions",
    )


def _ends(day: date) -> str:
    return _("first ends %(day)s") % {"day": formats.day(day)}
