"""IBANs: the country's own shape and the two check digits (ISO 13616, ISO 7064 mod 97-10)."""

from __future__ import annotations

from functools import lru_cache

import polars as pl
from schwifty import registry

from klantbeeld.quality.columns import filled

LONGEST = 60

_LETTERS = {chr(65 + i): str(10 + i) for i in range(26)}
_CHUNK = 9  # digits that, behind a remainder below 97, still fit 64 bits


def standard_ibans(text: pl.Series) -> pl.DataFrame:
    """value (upper case, no spaces), issue and country (of the account)."""
    value = text.str.to_uppercase().str.replace_many([" ", "-", "."], ["", "", ""])
    value = value.str.strip_prefix("IBAN").str.strip_chars(":")
    shaped = value.str.contains(r"^[A-Z]{2}\d{2}[A-Z0-9]{8,30}$")
    country = value.str.slice(0, 2).set(~shaped, None)
    issue = filled(None, text)
    issue = issue.set(~shaped, "not_an_iban")
    for code in country.drop_nulls().unique().to_list():
        issue = _country_issue(value, country == code, code, issue)
    candidates = issue.is_null()
    wrong = candidates & (_remainder(value.set(~candidates, None)) != 1).fill_null(True)
    issue = issue.set(wrong, "invalid_check_digit")
    digits = value.str.slice(8)
    nobody = value.str.contains(r"^NL\d\d[A-Z]{4}0{10}$|^[A-Z]{2}0+$|^NL\d\d[A-Z]{4}1?234567890?$")
    nobody |= digits.str.contains(r"^0+$") & shaped
    issue = issue.set(nobody, "placeholder")
    value = value.set(issue.is_not_null(), None)
    return pl.DataFrame({"value": value, "issue": issue, "country": value.str.slice(0, 2)})


def _country_issue(value: pl.Series, mine: pl.Series, code: str, issue: pl.Series) -> pl.Series:
    shape = country_shape(code)
    if shape is None:
        return issue.set(mine.fill_null(False), "unknown_country")
    length, pattern = shape
    mine = mine.fill_null(False)
    issue = issue.set(mine & (value.str.len_bytes() != length), "wrong_length")
    bad = mine & issue.is_null() & ~value.str.contains(pattern)
    return issue.set(bad, "not_an_iban")


@lru_cache(maxsize=300)
def country_shape(code: str) -> tuple[int, str] | None:
    """Length and pattern of a country's IBAN as schwifty's registry has them, null if none."""
    try:
        spec = registry.get_iban_spec(code)
    except Exception:  # the registry's error type moved between its versions
        return None
    pattern = spec.regex.pattern.lstrip("^").rstrip("$").removesuffix(r"\Z")
    return spec.iban_length, rf"^{code}\d\d(?:{pattern})$"


def _remainder(value: pl.Series) -> pl.Series:
    """The number that an IBAN spells, modulo 97; 1 when its check digits are right."""
    moved = value.str.slice(4) + value.str.slice(0, 4)
    digits = moved.str.replace_many(_LETTERS)
    longest = int(digits.str.len_bytes().max() or 0)  # type: ignore[arg-type]
    width = -(-longest // _CHUNK) * _CHUNK
    digits = digits.str.zfill(width)
    remainder = pl.repeat(0, len(value), dtype=pl.Int64, eager=True)
    for start in range(0, width, _CHUNK):
        number = digits.str.slice(start, _CHUNK).cast(pl.Int64, strict=False)
        remainder = (remainder * 10**_CHUNK + number) % 97
    return remainder
