"""The key figures above a card."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from klantbeeld.profiles.reads import Card, Figure
from klantbeeld.web import formats
from klantbeeld.web.filled import places, words
from klantbeeld.web.shapes import Fact, Money, Tone, Trend, Value

TONES: dict[str, Tone] = {"bad": "bad", "warn": "warn", "good": "good", "info": "info"}


def facts(card: Card) -> tuple[Fact, ...]:
    """The figures that the profile gives, and what runs."""
    figures = [_fact(card, figure) for figure in card.figures]
    return (*figures[:1], *_in_all(card), *figures[1:], *_subscriptions(card))


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


def _context(card: Card, key: str) -> Mapping[str, Any]:
    """What a panel read, {} when it has nothing to say."""
    return next((p.context for p in card.panels if p.key == key and p.state == "ok"), {})


def _in_all(card: Card) -> Iterator[Fact]:
    """What was ever bought: tells what the last year's revenue is a part of."""
    bought = _context(card, "purchases").get("data")
    if bought is None:
        return
    yield Fact(
        key="revenue",
        label=_("Revenue in all"),
        value=Money(bought.amount_minor),
        note=_("%(amount)s an order")
        % {"amount": formats.money(round(bought.amount_minor / bought.count), whole=True)}
        if bought.count
        else "",
        definition=_(
            "All orders that were not cancelled, less returns, since the first one known."
        ),
        as_of=card.updated_at,
        href=places.card(card.public_id, "purchase"),
    )


def _subscriptions(card: Card) -> Iterator[Fact]:
    held = _context(card, "subscriptions").get("data")
    if held is None:
        return
    ends = [row.ended for row in held.rows if row.is_running and row.ended]
    yield Fact(
        key="subscriptions",
        label=_("Subscriptions"),
        value=held.running,
        note=_ends(min(ends)) if ends else _("running today"),
        definition=_("Agreements that run today: maintenance, insurance and the like."),
        as_of=card.updated_at,
        href=f"{places.card(card.public_id)}#subscriptions",
    )


def _ends(day: date) -> str:
    return _("first ends %(day)s") % {"day": formats.day(day)}
