"""The columns that the list of customers can have."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from klantbeeld.core.clock import day_to_date, local
from klantbeeld.pipeline.reads import Holdings
from klantbeeld.privacy.reads import CHANNELS
from klantbeeld.profiles.reads import Row
from klantbeeld.web import formats
from klantbeeld.web.filled import enriching, words
from klantbeeld.web.shapes import Column, Flag, Money, Tone, Value

Cell = Value | Flag
# What a verdict about contact comes to in a list (see `profiles.contacting.letter`).
MAY_BE: Mapping[str, tuple[str | Promise, Tone, str]] = {
    "a": (_("yes"), "good", "check"),
    "q": (_("ask first"), "grey", "help"),
    "u": (_("not known"), "grey", "help"),
    "n": (_("no"), "bad", "ban"),
}
Read = Callable[[Mapping[str, Any]], Cell]


def _plain(key: str) -> Read:
    return lambda values: values.get(key) or None


def _number(key: str) -> Read:
    return lambda values: int(values.get(key) or 0)


def _money(key: str) -> Read:
    return lambda values: Money(int(values.get(key) or 0))


def _day(key: str) -> Read:
    return lambda values: None if values.get(key) is None else day_to_date(values[key])


def may_be(letter: str) -> Flag:
    """Whether somebody may be approached over a channel, as a lamp in a list."""
    text, tone, icon = MAY_BE[letter]
    return Flag(str(text), tone, icon)


def _verdict(channel: str) -> Read:
    place = CHANNELS.index(channel)
    return lambda values: may_be((values.get("contact") or "uuuu")[place])


def _moment(key: str) -> Read:
    return lambda values: local(values[key]).date() if values.get(key) else None


def _phone(values: Mapping[str, Any]) -> Cell:
    number = values.get("mobile") or values.get("phone")
    return formats.phone(str(number)) if number else None


def _iso(key: str) -> Read:
    def read(values: Mapping[str, Any]) -> Cell:
        try:
            return date.fromisoformat(str(values.get(key) or "")[:10])
        except ValueError:
            return None

    return read


def _complaints(values: Mapping[str, Any]) -> Cell:
    n, ever = int(values.get("open_complaints") or 0), int(values.get("complaints") or 0)
    if n:
        return Flag(ngettext("%(n)d open", "%(n)d open", n) % {"n": n}, "bad", "alert-circle")
    if not ever:
        return None
    return Flag(ngettext("%(n)d solved", "%(n)d solved", ever) % {"n": ever}, "grey", "check")


def _choice(key: str) -> Read:
    return lambda values: (
        words.said(words.CHOICES[key], str(values[key])) if values.get(key) else None
    )


def _joined(key: str) -> Read:
    return lambda values: str(values[key]).replace(" | ", ", ") if values.get(key) else None


# Key -> label, how to read it, whether it stands right, whether it is shown from the start.
# Sortable are those that `profiles` has an index for.
COLUMNS: tuple[tuple[str, str | Promise, Read, bool, bool], ...] = (
    ("city", _("Place"), _plain("city"), False, True),
    ("revenue_12m", _("Revenue 12 months"), _money("revenue_12m_minor"), True, True),
    ("revenue", _("Revenue in all"), _money("revenue_minor"), True, True),
    ("orders", _("Orders"), _number("orders"), True, True),
    ("last_order", _("Last purchase"), _day("last_order_day"), True, True),
    ("last_contact", _("Last contact"), _moment("last_contact_at"), True, True),
    ("complaints", _("Complaints"), _complaints, False, True),
    ("may_mail", _("May be mailed"), _verdict("email"), False, False),
    ("may_call", _("May be called"), _verdict("phone"), False, False),
    ("may_post", _("May get post"), _verdict("post"), False, False),
    ("first_order", _("First purchase"), _day("first_order_day"), True, False),
    ("email", _("E-mail"), _plain("email"), False, False),
    ("phone", _("Phone"), _phone, False, False),
    ("postcode", _("Postcode"), _plain("postcode"), False, False),
    ("customer_number", _("Customer number"), _plain("customer_number"), False, False),
    ("relation_type", _("Relation"), _choice("relation_type"), False, False),
    ("customer_since", _("Customer since"), _iso("customer_since"), True, False),
    ("tags", _("Tags"), _joined("tags"), False, False),
    ("interactions", _("Events"), _number("interactions"), True, False),
    ("sources", _("Sources"), _number("sources"), True, False),
    ("records", _("Records"), _number("records"), True, False),
)
# What a list of addresses shows in the place of purchases.
PLAIN = ("email", "phone", "postcode")
SORTABLE = frozenset({"city", "revenue", "last_contact"})
# Golden values that some column needs, to be asked for beside the figures.
GOLDEN = (
    "email", "mobile", "phone", "postcode", "customer_number", "relation_type", "customer_since",
    "tags",
)  # fmt: skip
_READ = {key: read for key, _label, read, _is_number, _is_shown in COLUMNS}


def columns(
    chosen: Sequence[str], house: Holdings, rows: Sequence[Row] | None = None
) -> tuple[Column, ...]:
    """All columns, those `chosen` shown; when none was, the usual ones that are not all empty.

    `rows` are those to be shown, None for whatever comes.
    """
    known = {key for key in chosen if key in _READ}
    poor = [] if enriching.is_told("orders", house) else [k for k in PLAIN if _any(k, rows)]
    return tuple(
        Column(
            key,
            str(label),
            is_number,
            key in SORTABLE,
            key in known if known else (is_usual and enriching.is_told(key, house)) or key in poor,
        )
        for key, label, _read, is_number, is_usual in COLUMNS
    )


def _any(key: str, rows: Sequence[Row] | None) -> bool:
    return rows is None or any(_READ[key](row.values) for row in rows)


def values(row: Row, shown: Sequence[Column]) -> dict[str, Cell]:
    """A row's cells by column."""
    return {c.key: _READ[c.key](row.values) for c in shown if c.is_shown}
