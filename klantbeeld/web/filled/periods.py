"""Periods in words, as they stand in the sentence of a question."""

from __future__ import annotations

from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from klantbeeld.core import clock
from klantbeeld.segments.reads import ALL, OFFERED
from klantbeeld.web.shapes import Option

YEAR = 365
MONTH = YEAR / 12


def said(key: str) -> str:
    """A period in words: "in the last year", "in 2025", "in March 2026", "ever"."""
    year, _dash, month = key.partition("-")
    if key == ALL or not key:
        return _("ever")
    if month:
        return _("in %(month)s %(year)s") % {"month": MONTHS[int(month)], "year": year}
    days = int(key)
    if 1990 <= days <= 2100:
        return _("in %(year)s") % {"year": key}
    if days % YEAR == 0:
        return ngettext("in the last year", "in the last %(n)d years", days // YEAR) % {
            "n": days // YEAR
        }
    months = round(days / MONTH)
    if months > 1 and int(months * MONTH) == days:
        return _("in the last %(n)d months") % {"n": months}
    return ngettext("in the last %(n)d day", "in the last %(n)d days", days) % {"n": days}


def options(chosen: str) -> tuple[Option, ...]:
    """The periods to choose from, the chosen one among them."""
    this_year = clock.day_to_date(clock.today()).year
    keys = [*OFFERED, str(this_year), str(this_year - 1), ALL]
    if chosen and chosen not in keys:
        keys.insert(0, chosen)
    return tuple(Option(key, said(key)) for key in keys)
