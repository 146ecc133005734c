"""Filters and tags that give typed values their form on the screen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from itertools import count, groupby
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from klantbeeld.web import formats, looks
from klantbeeld.web.shapes import Column, Flag, ListRow, Money, Percent, TimelineEntry, Value
from klantbeeld.web.terms import TERMS

register = template.Library()
# Numbers the explanations that stand on pages.
_places = count(1)
WHOLE_FROM = 100_00  # from a hundred on, cents only distract, and nothing needs none


@lru_cache(maxsize=1)
def _sprite() -> str:
    return static("vendor/icons.svg")


@register.simple_tag
@lru_cache(maxsize=512)
def icon(name: str, extra: str = "") -> SafeString:
    """An icon of the sprite; it only decorates, the words stand beside it."""
    return format_html(
        '<svg class="icon {}" aria-hidden="true"><use href="{}#{}"/></svg>', extra, _sprite(), name
    )


@register.filter
def undo_address(tags: str) -> str:
    """Where a message's Undo button posts to, from its extra tag `undo:<address>`; else ""."""
    kind, _colon, address = (tags or "").partition(":")
    return address if kind == "undo" and address.startswith("/") else ""


@register.filter
def shown(value: Value) -> str:
    """Any value in its form: money, percent, date, number; nothing is a dash."""
    if value is None or value == "":
        return "–"
    if isinstance(value, Money):
        return formats.money(value.minor, value.currency)
    if isinstance(value, Percent):
        return formats.percent(value.value)
    if isinstance(value, datetime):
        return formats.moment(value)
    if isinstance(value, date):
        return formats.day(value)
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, int):
        return formats.number(value)
    if isinstance(value, Decimal):
        return formats.number(value, max(0, -int(value.normalize().as_tuple().exponent)))
    return value


@register.filter
def headline(value: Value) -> str | SafeString:
    """A value as a key figure: money without cents, dates as how long ago."""
    if isinstance(value, Money):
        return formats.money(
            value.minor, value.currency, whole=not value.minor or abs(value.minor) >= WHOLE_FROM
        )
    if isinstance(value, date):
        return ago(value)
    return shown(value)


@register.filter
def cell(value: Value) -> str:
    """Any value in a table, where a moment is its day."""
    return formats.day(value) if isinstance(value, date) else shown(value)


@register.filter
def ago(value: date | None) -> str | SafeString:
    """How long ago, with the exact date on hover."""
    if value is None:
        return "–"
    exact = formats.moment(value) if isinstance(value, datetime) else formats.day(value)
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        value.isoformat(),
        exact,
        formats.ago(value, formats.now()),
    )


@register.filter
def clock(value: datetime) -> str:
    """14:02."""
    return formats.clock(value)


@register.filter
def month_year(value: date) -> str:
    """maart 2019."""
    return formats.month_year(value)


@register.filter
def short_day(value: date) -> str:
    """ma 24."""
    return formats.short_day(value)


@register.filter
def day_month(value: date) -> str:
    """12 nov."""
    return formats.day_month(value)


@register.filter
def seconds(value: float) -> str:
    """Duration of a job."""
    return formats.seconds(value)


@register.filter
def initials(name: str) -> str:
    """Two letters for a face."""
    return formats.initials(name)


@register.filter
def is_flag(value: object) -> bool:
    """Whether a cell holds a flag instead of a value."""
    return isinstance(value, Flag)


@register.filter
def is_date(value: object) -> bool:
    """Whether a cell holds a day or moment: right, but with proportional figures."""
    return isinstance(value, date)


@register.filter
def breakable(text: str) -> SafeString:
    """A long address that may be broken after its @."""
    return format_html_join(mark_safe("@<wbr>"), "{}", ((part,) for part in text.split("@")))


@register.filter
def cells(row: ListRow, columns: Iterable[Column]) -> list[tuple[Column, Value | Flag]]:
    """A row's cells in the order of the columns shown."""
    return [(c, row.values.get(c.key)) for c in columns if c.is_shown]


@register.filter
def days(entries: Iterable[TimelineEntry], shown_day: date | None = None) -> Iterator[Any]:
    """Entries in runs of one day: (heading, entries); the heading is "" when it stands already.

    What still comes is one run with a heading of its own.
    """
    today = formats.now().date()
    for (upcoming, on), run in groupby(
        entries, key=lambda e: (e.is_upcoming, None if e.is_upcoming else e.day)
    ):
        if upcoming:
            yield gettext("Coming up"), list(run)
        elif on is not None:
            heading = "" if on == shown_day else formats.day_heading(on, today)
            yield heading, list(run)


@register.filter
def look(entry: TimelineEntry) -> looks.Look:
    """Icon and colour of an entry."""
    usual = looks.of_family(entry.family)
    return looks.Look(usual.icon, entry.tone) if entry.tone else usual


@register.filter
def family_icon(family: str) -> str:
    """Icon of a family of entries."""
    return looks.of_family(family).icon


@register.filter
def lamp_look(state: str) -> looks.Look:
    """Icon and colour of a consent."""
    return looks.LAMPS[state]


@register.filter
def state_look(state: str) -> looks.Look:
    """Icon and colour of a delivery's state."""
    return looks.STATES[state]


@register.filter
def outcome_look(outcome: str) -> looks.Look:
    """Icon and colour of what happened to a row."""
    return looks.OUTCOMES[outcome]


@register.filter
def spark_path(values: tuple[int, ...]) -> str:
    """An SVG path through equally spaced values in a box of 100 by 24, the lowest at the foot."""
    low, high = min(values), max(values)
    spread = (high - low) or 1
    step = 100 / max(1, len(values) - 1)
    points = (f"{i * step:.1f} {22 - 20 * (v - low) / spread:.1f}" for i, v in enumerate(values))
    return "M" + " L".join(points)


@register.filter
def shares(chips: Iterable[Any]) -> list[tuple[Any, str, str, float]]:
    """Chips with the start and width of their part of a bar, in percent, and that percentage."""
    parts = list(chips)
    total = sum(c.count for c in parts) or 1
    result, start = [], 0.0
    for chip in parts:
        width = 100 * chip.count / total
        result.append((chip, f"{start:.2f}", f"{width:.2f}", round(width, 1)))
        start += width
    return result


@register.filter
def sort_key(column: Column, sort: str) -> str:
    """What `sort` becomes when this column's heading is clicked."""
    if sort == column.key:
        return f"-{column.key}"
    if sort == f"-{column.key}":
        return column.key
    return f"-{column.key}" if column.is_number else column.key


@register.filter
def sort_state(column: Column, sort: str) -> str:
    """The aria-sort of a heading."""
    return {column.key: "ascending", f"-{column.key}": "descending"}.get(sort, "none")


@register.simple_tag
def explained(key: str) -> dict[str, object]:
    """A term with its meaning, and an id of its own: the same term may stand on a page twice."""
    term = TERMS[key]
    return {"id": f"term-{next(_places)}", "label": term.label, "meaning": term.meaning}


@register.simple_tag
def list_query(query: Any, **changes: str) -> str:
    """The query string of a list with some parts changed; paging starts again unless given."""
    parts = {"group": query.group, "sort": query.sort}
    parts |= {f"f_{name}": value for name, value in query.filters.items()}
    parts |= changes
    kept = {name: value for name, value in parts.items() if value}
    # urlencode leaves one character that HTML minds.
    return mark_safe("?" + urlencode(kept).replace("&", "&amp;"))


@register.filter
def as_percent(value: float) -> str:
    """34 %."""
    return formats.percent(value)


@register.filter
def group_tone(key: str) -> str:
    """Colour of a customer group."""
    return looks.GROUPS.get(key, "grey")


@register.filter
def unlocalized(value: float) -> str:
    """A number as HTML wants it in an attribute."""
    return f"{value:g}"


@register.filter
def plus(first: int, rows: tuple[object, ...]) -> int:
    """The place of the last of `rows` when the first has place `first`."""
    return first + len(rows) - 1


@register.filter
def role_label(role: str) -> str:
    """A role in words."""
    return str(looks.ROLES.get(role, role))


@register.filter
def purpose_label(purpose: str) -> str:
    """A purpose in words."""
    return str(looks.PURPOSES.get(purpose, purpose))


@register.filter
def sides(row: Any) -> tuple[Any, Any]:
    """What a row says on the left and on the right."""
    return row.left, row.right


@register.filter
def both(view: Any) -> tuple[Any, Any]:
    """The two sides of a comparison."""
    return view.left, view.right


@register.filter
def bits(value: float) -> str:
    """Evidence with its sign: +8,2 or −0,4."""
    text = formats.number(value, 1)
    return text if value < 0 else f"+{text}"
