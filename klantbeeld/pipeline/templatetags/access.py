"""Dates and periods of a bundle as people write them."""

from __future__ import annotations

from datetime import date

from django import template
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext

register = template.Library()
YEAR = 365


@register.filter
def day(text: str) -> str:
    """An ISO date or moment as a date: 22-11-2026, or 22 Nov 2026 in English."""
    try:
        held = date.fromisoformat(text[:10])
    except ValueError:
        return text
    return date_format(held, "d-m-Y" if (get_language() or "nl").startswith("nl") else "j M Y")


@register.filter
def period(days: int) -> str:
    """A number of days, in years when it is a whole number of them."""
    if days % YEAR:
        return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}
    return ngettext("%(n)d year", "%(n)d years", days // YEAR) % {"n": days // YEAR}


@register.filter
def short(purpose: str) -> str:
    """A purpose in one word: what stands before its explanation."""
    return purpose.partition(":")[0]


@register.filter
def plain(value: object) -> str:
    """A number without a needless decimal."""
    return f"{value:g}" if isinstance(value, float) else str(value)
