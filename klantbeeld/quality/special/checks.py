"""Check digits and shapes of single numbers (plain text) and of columns of them."""

from __future__ import annotations

import re
from functools import lru_cache

import polars as pl

from klantbeeld.quality.ibans import country_shape

_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)
_DOUBLED = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)

# Issuers' ranges (ISO/IEC 7812 prefixes as the schemes publish them): scheme, prefixes, lengths.
# Maestro only where it was issued: under 6 stand loyalty and gift cards of shops as well.
CARD_RANGES: tuple[tuple[str, str, frozenset[int]], ...] = (
    ("visa", r"4", frozenset({16, 19})),
    (
        "mastercard",
        r"5[1-5]|222[1-9]|22[3-9]\d|2[3-6]\d\d|27[01]\d|2720",
        frozenset({16}),
    ),
    ("american express", r"3[47]", frozenset({15})),
    ("diners", r"30[0-5]|3095|3[689]", frozenset({14, 16})),
    ("discover", r"6011|64[4-9]|65", frozenset({16, 19})),
    ("jcb", r"35(?:2[89]|[3-8]\d)", frozenset({16, 19})),
    ("unionpay", r"62", frozenset({16, 17, 18, 19})),
    (
        "maestro",
        r"5018|5020|5038|5893|6304|6703|6706|6709|6759|676[1-3]|6771|6799",
        frozenset({16, 17, 18, 19}),
    ),
)


def is_bsn(digits: str) -> bool:
    """Eight or nine digits that pass the eleven test (weights 9 to 2 and -1)."""
    nine = digits.zfill(9)
    if len(nine) != 9 or not nine.isascii() or not nine.isdigit() or is_dull(nine):
        return False
    return sum(w * int(d) for w, d in zip(_WEIGHTS, nine, strict=True)) % 11 == 0


def is_dull(digits: str) -> bool:
    """One digit throughout, but for the last: typed to fill a field."""
    return len(set(digits[:-1])) <= 1


def passes_luhn(digits: str) -> bool:
    """The Luhn test (ISO/IEC 7812-1 annex B)."""
    total = sum(int(d) for d in digits[-1::-2]) + sum(_DOUBLED[int(d)] for d in digits[-2::-2])
    return total % 10 == 0


def luhn_column(digits: pl.Series) -> pl.Series:
    """Boolean: strings of at most 19 digits pass the Luhn test; null is false."""
    padded = digits.str.zfill(20)
    total = pl.repeat(0, len(digits), dtype=pl.Int64, eager=True)
    for place in range(20):
        digit = padded.str.slice(place, 1).cast(pl.Int64, strict=False)
        if place % 2 == 0:
            double = digit * 2
            digit = double - 9 * (double > 9).cast(pl.Int64)
        total = total + digit
    return (total % 10 == 0).fill_null(False)


def is_card(digits: str) -> bool:
    """In a range of a scheme, of its length, with the Luhn digit; not one digit throughout."""
    scheme = card_scheme(digits)
    return scheme is not None and passes_luhn(digits) and len(set(digits)) > 1


def card_scheme(digits: str) -> str | None:
    """The scheme whose range and length fit, null when none does."""
    for scheme, prefixes, lengths in CARD_RANGES:
        if len(digits) in lengths and _pattern(prefixes).match(digits):
            return scheme
    return None


def card_column(digits: pl.Series) -> pl.Series:
    """Boolean: as `is_card`, for a column of strings."""
    length = digits.str.len_bytes()
    fits = pl.repeat(False, len(digits), eager=True)
    for _, prefixes, lengths in CARD_RANGES:
        known = digits.str.contains(rf"^(?:{prefixes})") & length.is_in(list(lengths))
        fits = fits | known.fill_null(False)
    fits = fits & ~digits.str.contains(r"^(?:0+|1+|4+|5+)\d?$").fill_null(True)
    return fits & luhn_column(digits.set(~fits, None))


def is_iban(text: str) -> bool:
    """Compact upper-case text: the country's own shape and check digits mod 97 (ISO 13616)."""
    shape = country_shape(text[:2])
    if shape is None or len(text) != shape[0] or not _pattern(shape[1]).match(text):
        return False
    moved = text[4:] + text[:4]
    return int("".join(str(int(c, 36)) for c in moved)) % 97 == 1


def holds_bsn(number: str, tail: str) -> bool:
    """Is a Dutch tax number (nine digits, letter left out, two digits) one made from a BSN?

    Legal persons have an RSIN there, in practice of the series 00 and 8. Since 2020 sole traders
    have numbers with check digits mod 97, which never end in 01.
    """
    if not is_bsn(number) or in_legal_series(number):
        return False
    new = (2321 * 10**9 + int(number)) % 97 * 10_000 + 1100 + int(tail)
    return tail == "01" or new % 97 != 1


def in_legal_series(number: str) -> bool:
    """Nine digits of the series that legal persons have in practice: 00 and 8."""
    return number.startswith(("00", "8"))


@lru_cache(maxsize=400)
def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
