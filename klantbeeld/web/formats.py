"""Numbers, money, dates and durations as they are written in Dutch and in English."""

from __future__ import annotations

import math
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

import phonenumbers
from django.utils import timezone
from django.utils.dates import MONTHS, MONTHS_3, WEEKDAYS_ABBR
from django.utils.translation import get_language, gettext, ngettext

from klantbeeld.core.money import exponent, to_decimal

NBSP = "\N{NO-BREAK SPACE}"
SYMBOLS = {"EUR": "€", "USD": "$", "GBP": "£"}
Language = Literal["nl", "en"]


def language() -> Language:
    """The language of the screen."""
    return "nl" if (get_language() or "nl").startswith("nl") else "en"


def number(value: int | float | Decimal, decimals: int = 0) -> str:
    """12.345,6 in Dutch, 12,345.6 in English; halves away from zero."""
    step = Decimal(1).scaleb(-decimals)
    exact = Decimal(str(value)).quantize(step, rounding=ROUND_HALF_UP)
    text = f"{abs(exact):,.{decimals}f}"
    if language() == "nl":
        text = text.translate({ord(","): ".", ord("."): ","})
    return f"−{text}" if exact < 0 else text


def money(minor: int, currency: str = "EUR", whole: bool = False) -> str:
    """€ 1.234,56 in Dutch, €1,234.56 in English; `whole` leaves the cents out."""
    amount = to_decimal(minor, currency)
    text = number(abs(amount), 0 if whole else exponent(currency))
    sign = SYMBOLS.get(currency, currency)
    gap = NBSP if language() == "nl" or sign == currency else ""
    minus = "−" if amount < 0 and text.strip("0.,") else ""
    return f"{minus}{sign}{gap}{text}"


def as_written(value: object) -> str:
    """A cell of a file for the eye: dates and numbers in the language of the screen."""
    match value:
        case bool():
            return gettext("yes") if value else gettext("no")
        case datetime():
            return moment(value) if value.hour or value.minute or value.second else day(value)
        case date():
            return day(value)
        case float() | Decimal() if math.isfinite(value):
            return _plain(value)
    return str(value)


def _plain(value: float | Decimal) -> str:
    """All decimals that are there, and no thousands: numbers in files are often keys."""
    text = format(Decimal(str(value)).normalize(), "f")
    return text.replace(".", ",") if language() == "nl" else text


def percent(value: float) -> str:
    """34 % in Dutch, 34% in English; one decimal when it is not whole."""
    text = number(value, 0 if float(value).is_integer() else 1)
    return f"{text}{NBSP}%" if language() == "nl" else f"{text}%"


def day(value: date) -> str:
    """21-11-2026 in Dutch, 21 Nov 2026 in English."""
    if language() == "nl":
        return f"{value.day}-{value.month}-{value.year}"
    return f"{value.day} {value:%b} {value.year}"


def day_text(text: str) -> str:
    """A date of a machine (2026-11-21) as `day` writes it."""
    return day(date.fromisoformat(text))


def moment(value: datetime) -> str:
    """Day and time: 21-11-2026 14:02."""
    return f"{day(value)} {clock(value)}"


def clock(value: datetime) -> str:
    """14:02."""
    return f"{value:%H:%M}"


def month_year(value: date) -> str:
    """maart 2019."""
    return f"{MONTHS[value.month]} {value.year}"


def day_heading(value: date, today: date) -> str:
    """Vandaag, 21 november; 12 november; 3 november 2025 when it is another year."""
    named = f"{value.day} {MONTHS[value.month]}"
    distance = (today - value).days
    if distance == 0:
        return gettext("Today, %(day)s") % {"day": named}
    if distance == 1:
        return gettext("Yesterday, %(day)s") % {"day": named}
    return named if value.year == today.year else f"{named} {value.year}"


def short_day(value: date) -> str:
    """ma 24: for what still comes, where the day stands in front."""
    return f"{WEEKDAYS_ABBR[value.weekday()]} {value.day}"


def day_month(value: date) -> str:
    """12 nov."""
    return f"{value.day} {MONTHS_3[value.month]}"


def ago(value: date, now: datetime) -> str:
    """How long ago in the largest whole unit: 4 minuten geleden, gisteren, over 3 dagen."""
    if isinstance(value, datetime):
        seconds = (now - value).total_seconds()
        if 0 <= seconds < 86_400 and value.date() == now.date():
            return _ago_today(int(seconds))
        value = value.date()
    days = (now.date() - value).days
    return _ago_days(days) if days >= 0 else _ahead_days(-days)


def _ago_today(seconds: int) -> str:
    if seconds < 60:
        return gettext("just now")
    if seconds < 3600:
        n = seconds // 60
        return ngettext("%(n)d minute ago", "%(n)d minutes ago", n) % {"n": n}
    n = seconds // 3600
    return ngettext("%(n)d hour ago", "%(n)d hours ago", n) % {"n": n}


def _ago_days(days: int) -> str:
    if days == 0:
        return gettext("today")
    if days == 1:
        return gettext("yesterday")
    if days < 60:
        return ngettext("%(n)d day ago", "%(n)d days ago", days) % {"n": days}
    if days < 730:
        n = days // 30
        return ngettext("%(n)d month ago", "%(n)d months ago", n) % {"n": n}
    n = days // 365
    return ngettext("%(n)d year ago", "%(n)d years ago", n) % {"n": n}


def _ahead_days(days: int) -> str:
    if days == 1:
        return gettext("tomorrow")
    if days < 60:
        return ngettext("in %(n)d day", "in %(n)d days", days) % {"n": days}
    n = days // 30
    return ngettext("in %(n)d month", "in %(n)d months", n) % {"n": n}


def now() -> datetime:
    """The present in the company's zone."""
    return timezone.localtime()


def phone(number: str) -> str:
    """A number as +31 33 000 0024; what is not one stays as it is."""
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def iban(number: str) -> str:
    """In groups of four: NL91 ABNA 0417 1643 00."""
    bare = number.replace(" ", "")
    return " ".join(bare[i : i + 4] for i in range(0, len(bare), 4))


def file_size(size: int) -> str:
    """340 kB, 1,2 MB."""
    if size < 1_000_000:
        return f"{number(max(1, round(size / 1000)))}{NBSP}kB"
    return f"{number(size / 1_000_000, 1)}{NBSP}MB"


def initials(name: str) -> str:
    """Two letters for a face: of the first and last word that start with a letter."""
    words = [w for w in name.split() if w[0].isalpha()]
    if not words:
        return "?"
    capitals = [w for w in words if w[0].isupper()] or words
    chosen = [capitals[0], capitals[-1]] if len(capitals) > 1 else capitals
    return "".join(w[0] for w in chosen).upper()


def seconds(value: float) -> str:
    """Duration of a job: 0,8 s; 42 s; 3 min 20 s."""
    if value < 10:
        return f"{number(value, 1)}{NBSP}s"
    whole = round(value)
    if whole < 60:
        return f"{whole}{NBSP}s"
    return f"{whole // 60}{NBSP}min{NBSP}{whole % 60}{NBSP}s"
