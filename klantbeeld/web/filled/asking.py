"""Questions: what was understood, as a sentence to change by clicking, and its answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from klantbeeld.core.actor import Actor
from klantbeeld.core.clock import day_to_date
from klantbeeld.engine import RebuildNeeded
from klantbeeld.profiles import reads as profiles
from klantbeeld.segments import reads as segments
from klantbeeld.segments.reads import Asked, Found, Slot, Told, UnknownQuestion
from klantbeeld.web import formats
from klantbeeld.web.filled import columns, periods, places, spelling, telling
from klantbeeld.web.filled.columns import may_be
from klantbeeld.web.filled.customer_card import group, kind
from klantbeeld.web.filled.finding import found
from klantbeeld.web.filled.searching import hit
from klantbeeld.web.pages import NotFound
from klantbeeld.web.shapes import (
    AskQuery,
    AskView,
    Column,
    Link,
    ListRow,
    Money,
    Option,
    SentencePart,
)

Text = str | Promise
_SLOT = re.compile(r"\{(\w+)\}")
MOST_SHOWN = 500
WHO: Mapping[str, Text] = {
    "all": gettext_lazy("all of them"),
    "callable": gettext_lazy("whom I may call"),
}
NOTES: Mapping[str, Text] = {
    "leaving": gettext_lazy(
        "Simple recency against their own rhythm: at least three purchases, away one and a half"
        " times as long as usual, and the last purchase at most two years ago. No prediction."
    ),
    "best": gettext_lazy("Orders that were not cancelled, less returns."),
    "bought": gettext_lazy("Orders that were not cancelled; a return does not undo a purchase."),
    "bought_never": gettext_lazy(
        "Counted by order lines of orders that were not cancelled; a return does not undo a"
        " purchase. Whoever has or had a subscription that is called so is not “never”."
    ),
    "silent": gettext_lazy("Orders that were not cancelled count as purchases."),
    "newsletter": gettext_lazy("Opened or clicked, as the newsletter's own tool counted."),
}
LABELS: Mapping[str, tuple[Text, bool]] = {
    "revenue_minor": (gettext_lazy("Revenue"), True),
    "orders": (gettext_lazy("Orders"), True),
    "last_day": (gettext_lazy("Last purchase"), True),
    "times": (gettext_lazy("Times bought"), True),
    "amount_minor": (gettext_lazy("Amount"), True),
    "opened": (gettext_lazy("Opened"), True),
    "clicked": (gettext_lazy("Clicked"), True),
    "topics": (gettext_lazy("Topics"), False),
    "away_days": (gettext_lazy("Days since"), True),
    "usual_days": (gettext_lazy("Usually"), True),
    "contact": (gettext_lazy("May be called"), False),
    "phone": (gettext_lazy("Phone"), False),
    "city": (gettext_lazy("Place"), False),
}


@found
def ask(actor: Actor, query: AskQuery) -> AskView:
    """See `pages.Pages`."""
    if query.question:
        try:
            asked = segments.choose(actor, query.question, query.chosen, query.size)
        except UnknownQuestion as error:
            raise NotFound(str(error)) from error
        return _answered(actor, query, asked)
    if not query.text:
        return AskView(offered=tuple(spelling.lines(segments.QUESTIONS)))
    read = segments.ask(actor, query.text, query.customer)
    if read is None:
        near = segments.nearest(actor, query.text, formats.language())
        problem = _("I do not understand this question. These come nearest:")
        return AskView(query.text, problem=problem, offered=tuple(spelling.lines(near)))
    return _answered(actor, query, read)


def _answered(actor: Actor, query: AskQuery, asked: Asked) -> AskView:
    question = asked.question
    about: dict[str, Any] = {
        "text": query.text, "question": question.key, "sentence": tuple(_sentence(actor, asked)),
        "note": str(NOTES.get(question.key, "")),
        "candidates": tuple(hit(h) for h in asked.candidates),
        "candidates_total": asked.found,
    }  # fmt: skip
    if question.key == "checkup":
        return AskView(**about, screen=Link(_("Open the data check-up"), places.checkup()),
                       headline=telling.checkup_line(actor), is_answered=True)  # fmt: skip
    problem = _problem(asked)
    if problem:
        return AskView(**about, problem=problem)
    try:
        told = segments.answer(actor, asked)
    except RebuildNeeded:
        return AskView(
            **about,
            problem=_("There is no copy for analysis yet. It is made with the next import."),
        )
    if isinstance(told, Found):
        about["note"] = _left_out(_counted(about["note"], told), asked, told)
        return AskView(**about, **_listed(asked, told), is_answered=True)
    if isinstance(told, Told):
        answer = telling.about(asked, told)
        return AskView(**about, **answer, as_of=told.as_of, is_answered=True)
    return AskView(**about, problem=_("Fill in what is still open."))


def _counted(note: str, told: Found) -> str:
    """What was counted, with the subscriptions that were."""
    if not told.counted:
        return note
    return f"{note} " + _("Here: %(names)s.") % {"names": ", ".join(told.counted)}


def _left_out(note: str, asked: Asked, told: Found) -> str:
    """How many are not in the list because the law or a complaint forbids calling them."""
    if asked.keys.get("who") != "callable" or not told.left_out:
        return note
    text = ngettext(
        "%(n)d more is left out: may not be called, or has an open complaint.",
        "%(n)d more are left out: they may not be called, or have an open complaint.",
        told.left_out,
    )
    return f"{note} {text % {'n': told.left_out}}"


def _problem(asked: Asked) -> str:
    for slot, words in asked.unknown.items():
        if asked.question.slot(slot).kind == "customer":
            return _("I know no customer called “%(words)s”.") % {"words": words}
        return _("Nothing that is sold is called “%(words)s”. Choose from the list.") % {
            "words": words
        }
    if asked.candidates:
        return _("Which customer do you mean?")
    if "customer" in asked.missing:
        return _("About which customer? Type a name, or ask it from the card.")
    return _("Fill in what is still open.") if asked.missing else ""


def _sentence(actor: Actor, asked: Asked) -> Iterator[SentencePart]:
    """The rule in words, cut at its slots."""
    pieces = _SLOT.split(_(asked.question.rule))
    for n, piece in enumerate(pieces):
        if n % 2:
            yield _slot(actor, asked, asked.question.slot(piece))
        elif piece.strip():
            yield SentencePart(piece)


def _slot(actor: Actor, asked: Asked, slot: Slot) -> SentencePart:
    key = asked.keys.get(slot.name, "")
    if slot.kind == "period":
        return SentencePart(periods.said(key), slot.name, "period", periods.options(key), (key,))
    if slot.kind == "choice":
        options = tuple(Option(k, str(WHO[k])) for k in slot.options)
        return SentencePart(str(WHO[key]), slot.name, "choice", options, (key,))
    if slot.kind == "topic":
        return SentencePart(key or _("any topic"), slot.name, "topic", (), (key,))
    if slot.kind == "things":
        return _things(actor, asked, slot)
    name, href = asked.name, ""
    if asked.customer:
        named = profiles.named(actor, [profiles.customer_id_of(actor, asked.customer)])
        name = next(iter(named.values()), "") or _("Customer without a name")
        href = places.card(asked.customer)
    return SentencePart(name, slot.name, "customer", (), (asked.customer,), href)


def _things(actor: Actor, asked: Asked, slot: Slot) -> SentencePart:
    """What is chosen of what is sold: every category can be, and other things found by name."""
    chosen = asked.things.get(slot.name, ())
    every = {t.key: t.name for t in segments.categories(actor)}
    offered = {t.key: t.name for t in chosen} | every
    text = ", ".join(t.name for t in chosen) or _("choose…")
    options = tuple(Option(k, n) for k, n in sorted(offered.items(), key=lambda i: i[1].lower()))
    return SentencePart(text, slot.name, "things", options, tuple(t.key for t in chosen))


def _listed(asked: Asked, told: Found) -> dict[str, Any]:
    keys = ("city", *told.columns)
    shown = tuple(Column(k, _label(asked, k), LABELS[k][1], is_sortable=False) for k in keys)
    rows = tuple(
        ListRow(
            row.public_id, row.name or _("Customer without a name"), kind(row.kind),
            group(row.group), {k: _cell(k, figures.get(k, row.values.get(k)), row) for k in keys},
        )
        for row, figures in told.rows
    )  # fmt: skip
    return {
        "total": told.total, "columns": shown, "rows": rows, "as_of": told.as_of,
        "may_show_more": told.total > len(rows) and len(rows) < MOST_SHOWN,
        "sections": tuple(telling.topics(told)), "screen": _screen(asked),
    }  # fmt: skip


def _label(asked: Asked, key: str) -> str:
    if key == "last_day" and asked.question.key == "newsletter":
        return _("Last read")
    return str(LABELS[key][0])


def _cell(key: str, value: Any, row: profiles.Row) -> Any:
    if key == "phone":
        return columns.values(row, (Column("phone", ""),))["phone"]
    if key in ("away_days", "usual_days"):
        return _("%(n)s days") % {"n": formats.number(value)}
    if key == "contact":
        return may_be(value[1])
    if key.endswith("_minor"):
        return Money(int(value or 0))
    if key == "last_day":
        return None if value is None else day_to_date(value)
    return value


def _screen(asked: Asked) -> Link | None:
    """The list of customers with the same rows, where a filter of that list says the same."""
    period = asked.keys.get("period", "")
    if asked.question.key == "best" and period == segments.ALL:
        return Link(_("Open as list"), places.customers(sort="-revenue"))
    filters = {"365": "year", "730": "two_years"}
    if asked.question.key == "silent" and period in filters:
        address = places.customers(f_ordered=filters[period], sort="-revenue")
        return Link(_("Open as list"), address)
    return None
