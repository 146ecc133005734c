"""Postcodes by country: '1234 AB', '1000', '10115', 'SW1A 1AA'."""

from __future__ import annotations

import polars as pl

from klantbeeld.quality.columns import filled

LONGEST = 24

# Upper case without spaces: pattern, and how the standard form is written.
_SHAPES: dict[str, tuple[str, str]] = {
    "NL": (r"^([1-9]\d{3})([A-Z]{2})$", "$1 $2"),
    "BE": (r"^(?:B-?)?([1-9]\d{3})$", "$1"),
    "LU": (r"^(?:L-?)?(\d{4})$", "$1"),
    "DE": (r"^(?:D-?)?(\d{5})$", "$1"),
    "FR": (r"^(?:F-?)?(\d{5})$", "$1"),
    "ES": (r"^(?:E-?)?((?:0[1-9]|[1-4]\d|5[0-2])\d{3})$", "$1"),
    "IT": (r"^(?:I-?)?(\d{5})$", "$1"),
    "AT": (r"^(?:A-?)?([1-9]\d{3})$", "$1"),
    "CH": (r"^(?:CH-?)?([1-9]\d{3})$", "$1"),
    "DK": (r"^(?:DK-?)?(\d{4})$", "$1"),
    "US": (r"^(\d{5})-?(\d{4})?$", "$1-$2"),
    "SE": (r"^(?:SE?-?)?(\d{3})(\d{2})$", "$1 $2"),
    "PL": (r"^(\d{2})-?(\d{3})$", "$1-$2"),
    "AU": (r"^(\d{4})$", "$1"),
    "PT": (r"^(\d{4})-?(\d{3})$", "$1-$2"),
    "GB": (
        r"^(GIR|[A-PR-UWYZ](?:\d[0-9A-HJKPS-UW]?|[A-HK-Y]\d[0-9ABEHMNPRV-Y]?))"
        r"(\d[ABD-HJLNP-UW-Z]{2})$",
        "$1 $2",
    ),
}
# Dutch letters that are never given out.
_NEVER = r"(?:SA|SD|SS)$"
_NOBODY = (
    r"^(?:0000(?:AA|XX|ZZ)?|1111(?:AA|XX|BB)|9999(?:ZZ|XX|AA)|1234(?:XX|ZZ)|00000|99999"
    r"|X+|1111|9999|12345|11111)$"
)


def standard_postcodes(text: pl.Series, country: str | None) -> pl.DataFrame:
    """value, issue and country (given, or told by the shape: NL and GB show themselves).

    Without a country four or five digits are kept as they are.
    """
    bare = text.str.to_uppercase().str.replace_all(r"[\s.]", "").str.replace(r"^NL-?", "")
    bare = bare.str.replace(r"^(\d{4,5})\.?0?$", "$1") if country in (None, "NL") else bare
    nobody = bare.str.contains(_NOBODY) & _domestic(country)
    if country in _SHAPES:
        value, issue = _by_country(bare, country)
        place = filled(country, text)
    elif country is not None:
        value, issue = (
            bare,
            filled(None, text).set(~bare.str.contains(r"^[A-Z0-9-]{2,10}$"), "invalid_postcode"),
        )
        value = text.str.to_uppercase()
        place = filled(country, text)
    else:
        value, issue, place = _by_shape(bare)
    issue = issue.set(nobody, "placeholder")
    bad = issue.is_not_null()
    return pl.DataFrame(
        {"value": value.set(bad, None), "issue": issue, "country": place.set(bad, None)}
    )


def _domestic(country: str | None) -> pl.Series:
    return pl.Series([country in (None, "NL")])


def _by_country(bare: pl.Series, country: str) -> tuple[pl.Series, pl.Series]:
    shape, written = _SHAPES[country]
    fits = bare.str.contains(shape)
    issue = filled(None, bare).set(~fits, "invalid_postcode")
    if country == "NL":
        issue = issue.set(bare.str.contains(r"^[1-9]\d{3}$"), "incomplete_postcode")
        issue = issue.set(fits & bare.str.contains(_NEVER), "impossible_postcode")
    value = bare.str.replace(shape, written).str.strip_chars("-")
    return value, issue


def _by_shape(bare: pl.Series) -> tuple[pl.Series, pl.Series, pl.Series]:
    value, issue = _by_country(bare, "NL")
    dutch = bare.str.contains(_SHAPES["NL"][0])
    british = bare.str.contains(_SHAPES["GB"][0])
    other = bare.str.contains(r"^(?:[A-Z]{1,2}-)?\d{3,6}(?:-\d{2,4})?$|^[A-Z]\d[A-Z]\d[A-Z]\d$")
    value = bare.str.replace(_SHAPES["GB"][0], "$1 $2").zip_with(british, value)
    value = bare.zip_with(other & ~dutch, value)
    issue = issue.set((british | other) & ~dutch, None)
    place = filled(None, bare).set(dutch, "NL").set(british & ~dutch, "GB")
    return value, issue, place
