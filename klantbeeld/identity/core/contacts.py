"""E-mail addresses, telephone numbers, postal addresses, dates and codes in comparable form."""

from __future__ import annotations

import re

import polars as pl

from .coded import FEW, Coded, Listed
from .text import LONGEST, alphanumeric, code, folded, letters, present

NO_MAILBOX = frozenset((
    "noemail", "geenemail", "geen", "nomail", "none", "onbekend", "unknown", "noreply", "no-reply",
    "donotreply", "test", "na", "nvt", "x", "xx", "xxx", "email", "mail", "dummy", "anoniem",
))  # fmt: skip
DOTLESS = frozenset(("gmail.com", "googlemail.com"))
_EMAIL = re.compile(r"[^@\s,;]{1,64}@[^@\s,;]+\.[^@\s,;.]{2,}")
_NOT_DIGIT = re.compile(r"\D+")
_FILL_NUMBER = re.compile(r"(?:31)?6?(?:(\d)\1*|12345678)")
_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{10,30}")

_LINE = re.compile(r"^(.*?\D)[\s,]*\b(\d{1,6})\s*[-/]?\s*([^\W_]{0,8})\s*(?:,.*)?$")
_NUMBER_FIRST = re.compile(r"^(\d{1,6})[\s,]+(\D.*)$")
_DIGITS = re.compile(r"\d{1,6}")
_ABBREVIATED = (("str.", "straat"), ("str", "straat"), ("pln", "plein"), ("ln", "laan"))

_YMD = re.compile(r"(\d{4})[-/.]?(\d{1,2})[-/.]?(\d{1,2})(?:\D.*)?")
_DMY = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})(?:\D.*)?")
# Written in two digits, years from here on are of the twentieth century.
PIVOT = 25
_FILL_DATES = frozenset((19000101, 19010101, 19700101, 18991230, 99991231, 11110101))


def email(value: str) -> str | None:
    """The address in lower case without '+tag'; None when malformed or a placeholder."""
    plain = value[:300].strip().lower().removeprefix("mailto:")
    if plain.endswith(">"):  # 'Jan Steenhof <jan@example.nl>'
        plain = plain[plain.rfind("<") + 1 : -1]
    if len(plain) > 254 or not _EMAIL.fullmatch(plain):
        return None
    local, _, host = plain.partition("@")
    local = local.partition("+")[0]
    if host in DOTLESS:
        local, host = local.replace(".", ""), "gmail.com"
    return None if not local or local in NO_MAILBOX else f"{local}@{host}"


def mailbox(email_address: str) -> str:
    """The local part of an e-mail address."""
    return email_address.partition("@")[0]


def host(email_address: str) -> str:
    """The part behind the @ of an e-mail address."""
    return email_address.rpartition("@")[2]


def phone(value: str) -> str | None:
    """Digits with country code, '31…' for Dutch notation; None when too short or a fill value."""
    written = value[:60].strip()
    digits = _NOT_DIGIT.sub("", written.replace("(0)", ""))
    if digits.startswith("00"):
        digits = digits[2:]
    elif digits.startswith("0"):
        digits = "31" + digits[1:]
    is_usable = 7 <= len(digits) <= 15 and not _FILL_NUMBER.fullmatch(digits)
    return digits if is_usable else None


# Dutch (also those of devices), Belgian, German, British.
_MOBILE = ("316", "3197", "324", "4915", "4916", "4917", "447")


def is_mobile(phone_number: str) -> bool:
    """Whether a normal number is a mobile one, as far as it shows."""
    return phone_number.startswith(_MOBILE)


def are_mobile(phone_numbers: pl.Series) -> pl.Series:
    """As `is_mobile`, of a column."""
    return phone_numbers.str.contains(f"^(?:{'|'.join(_MOBILE)})")


def birth_dates(column: pl.Series) -> pl.Series:
    """Int32 yyyymmdd of dates, datetimes or written dates; null where not a plausible date.

    Written dates may be ISO, yyyymmdd, or day-month-year; a column in which the second part goes
    past twelve, and the first never does, is month-day-year as a whole.
    """
    if column.dtype == pl.Date or column.dtype == pl.Datetime:
        column = column.dt.strftime("%Y%m%d")
    few = len(column) < FEW
    texts = Listed.of(column.cast(pl.String)) if few else Coded.of(column.cast(pl.String))
    distinct = texts.distinct()
    plain = [None] * len(distinct) if few else _iso_numbers(pl.Series(distinct, dtype=pl.String))
    pairs = zip(distinct, plain, strict=True)
    parts = [_date_parts(t) if number is None and t is not None else None for t, number in pairs]
    is_month_first = _is_month_first([part for part in parts if part and part[3]])
    dates = [
        (number or None) if part is None else _as_number(part, is_month_first)
        for part, number in zip(parts, plain, strict=True)
    ]
    return texts.answered(dates).rows(pl.Int32).alias(column.name)


def _iso_numbers(texts: pl.Series) -> list[int | None]:
    """Of texts like 1970-12-31 the number, 0 where it is no plausible date; None of others."""
    is_iso = texts.str.contains("^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
    number = texts.str.replace_all("-", "", literal=True).cast(pl.Int32, strict=False)
    year, month, day = number // 10000, number // 100 % 100, number % 100
    is_date = year.is_between(1000, 2999) & month.is_between(1, 12) & day.is_between(1, 31)
    is_date &= ~number.is_in(sorted(_FILL_DATES))
    answer = pl.when(is_iso).then(pl.when(is_date).then(number).otherwise(0))
    return pl.select(answer).to_series().to_list()


def birth_date(value: str) -> int | None:
    """As `birth_dates`, of one written date."""
    parts = _date_parts(value)
    return _as_number(parts, _is_month_first([parts] if parts[3] else [])) if parts else None


def _date_parts(text: str) -> tuple[int, int, int, bool] | None:
    """(year, month, day, False), or (year, first, second, True) where the order is open."""
    trimmed = text[:32].strip()
    if found := _YMD.fullmatch(trimmed):
        year, month, day = map(int, found.groups())
        return (year, month, day, False)
    if found := _DMY.fullmatch(trimmed):
        first, second, year = map(int, found.groups())
        if year < 100:
            year += 1900 if year >= PIVOT else 2000
        return (year, first, second, True)
    return None


def _is_month_first(open_parts: list[tuple[int, int, int, bool]]) -> bool:
    if not open_parts:
        return False
    return max(p[2] for p in open_parts) > 12 >= max(p[1] for p in open_parts)


def _as_number(parts: tuple[int, int, int, bool], is_month_first: bool) -> int | None:
    year, month, day, is_open = parts
    if is_open and not is_month_first:
        month, day = day, month
    number = year * 10000 + month * 100 + day
    is_date = 1000 <= year <= 2999 and 1 <= month <= 12 and 1 <= day <= 31
    return number if is_date and number not in _FILL_DATES else None


def address_line(line: str) -> tuple[str | None, str | None, str | None]:
    """(street, house number, suffix) of one address line: 'Dorpsstraat 12-B', '12 Main Street'."""
    known = present(line)
    if not known:
        return (None, None, None)
    known = known[: 2 * LONGEST]
    if found := _LINE.match(known):
        return (street(found.group(1)), _number(found.group(2)), code(found.group(3)))
    if found := _NUMBER_FIRST.match(known):
        return (street(found.group(2)), _number(found.group(1)), None)
    return (street(known), None, None)


def house_number(value: str) -> tuple[str | None, str | None]:
    """(number, suffix) of a house number column: '12', '12-B', '12 bis'."""
    found = _DIGITS.search(value[:40])
    if not found:
        return (None, None)
    return (_number(found.group()), code(value[found.end() : found.end() + 12]))


def _number(digits: str) -> str | None:
    return digits.lstrip("0") or None


def street(value: str) -> str | None:
    """The street's letters and digits, usual abbreviations written in full."""
    known = present(value)
    if not known:
        return None
    plain = folded(known)
    for short, full in _ABBREVIATED:
        if plain.endswith(short):
            plain = plain.removesuffix(short) + full
            break
    return alphanumeric(plain).replace("ij", "y")[: LONGEST // 2] or None


def postcode(value: str) -> str | None:
    """The postcode in capitals without spaces."""
    plain = code(value)
    return plain[:10] if plain else None


def region(value: str) -> str | None:
    """The part of a postcode that stands for a neighbourhood or town; None in short postcodes."""
    plain = code(value)
    return plain[:4] if plain and len(plain) >= 6 else None


def city(value: str) -> str | None:
    """The place's letters."""
    known = present(value)
    return letters(folded(known)) if known else None


def iban(value: str) -> str | None:
    """An account number of IBAN's shape, None otherwise."""
    plain = code(value)
    return plain if plain and _IBAN.fullmatch(plain) else None


def chamber_number(value: str) -> str | None:
    """A KvK number's eight digits."""
    digits = _NOT_DIGIT.sub("", value[:30])
    is_fill = _FILL_NUMBER.fullmatch(digits)
    return digits if len(digits) == 8 and not is_fill else None
