"""Numbers and codes that tell one customer, company or order from another."""

from __future__ import annotations

import polars as pl
from stdnum.eu import vat as eu_vat
from stdnum.exceptions import ValidationError

from klantbeeld.quality.columns import filled, mapped

LONGEST = 200

_BSN_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)


def standard_codes(text: pl.Series) -> pl.DataFrame:
    """A key as text: leading zeros kept, '17850.0' as '17850'. Zeros only are a placeholder."""
    value = text.str.strip_chars("\"' ").str.replace(r"^(\d+)\.0+$", "$1")
    issue = filled(None, text)
    issue = issue.set(text.str.contains(r"(?i)^\d[.,]\d+e\+?\d+$"), "scientific_notation")
    issue = issue.set(value.str.contains(r"^0*$") | value.str.contains(r"^-1$"), "placeholder")
    return pl.DataFrame({"value": value.set(issue.is_not_null(), None), "issue": issue})


def standard_handles(text: pl.Series) -> pl.DataFrame:
    """A name on a social network: lower case, without '@' and without the network's address."""
    value = text.str.to_lowercase().str.replace(r"^https?://(?:www\.)?[^/]+/(?:in/|company/)?", "")
    value = value.str.strip_chars("@/ ")
    issue = filled(None, text).set(value.str.len_bytes() == 0, "invalid_handle")
    return pl.DataFrame({"value": value.set(issue.is_not_null(), None), "issue": issue})


def standard_kvk(text: pl.Series) -> pl.DataFrame:
    """Eight digits of the Dutch trade register (it has no check digit). parts: branch.

    Seven digits are a number whose leading zero a spreadsheet dropped; twelve are the old file
    number with its branch.
    """
    digits = text.str.replace(r"(?i)^kvk[\s:.-]*(?:nr|nummer)?[\s:.]*", "")
    digits = digits.str.replace(r"^(\d+)\.0+$", "$1").str.replace_all(r"[\s.\-/]", "")
    long = digits.str.contains(r"^\d{12}$")
    branch = digits.str.slice(8).set(~long, None)
    value = digits.str.slice(0, 8).zip_with(long, digits)
    value = value.str.replace(r"^(\d{7})$", "0$1")
    issue = filled(None, text).set(~value.str.contains(r"^\d{8}$"), "wrong_length")
    issue = issue.set(~digits.str.contains(r"^\d+$"), "not_a_number")
    nobody = value.str.contains(r"^(?:0{8}|1{8}|9{8}|12345678|87654321)$") & issue.is_null()
    issue = issue.set(nobody, "placeholder")
    bad = issue.is_not_null()
    return pl.DataFrame(
        {"value": value.set(bad, None), "issue": issue, "branch": branch.set(bad, None)}
    )


def standard_vat(text: pl.Series) -> pl.DataFrame:
    """VAT number with country letters (NL123456782B12). parts: country.

    Dutch numbers pass the eleven test or, since 2020, mod 97-10; those of other members of the
    European Union their country's own test (python-stdnum).
    """
    value = text.str.to_uppercase().str.replace_all(r"[\s.\-/]", "")
    value = value.str.replace(r"^(?:BTW|VAT|TVA)(?:NR|NUMMER|NO)?:?", "")
    value = value.str.replace(r"^(\d{9}B\d{2})$", "NL$1")
    dutch = value.str.contains(r"^NL\d{9}B\d{2}$")
    good = dutch & (passes_eleven(value.str.slice(2, 9)) | (remainder_97(value) == 1)).fill_null(
        False
    )
    good &= value.str.contains(r"^NL0*[1-9]\d*B(?:0[1-9]|[1-9]\d)$")
    issue = filled(None, text).set(dutch & ~good, "invalid_check_digit")
    foreign = mapped(value.set(dutch, None), _foreign_vat_issue)
    issue = foreign.zip_with(~dutch, issue)
    issue = issue.set(issue == "", None)
    issue = issue.set(value.str.contains(r"^NL(?:0{9}|123456789|9{9}|1{9})B\d\d$"), "placeholder")
    value = value.set(issue.is_not_null(), None)
    return pl.DataFrame({"value": value, "issue": issue, "country": value.str.slice(0, 2)})


def _foreign_vat_issue(number: str) -> str:
    """The reason why a VAT number is not valid; '' when it is."""
    code = number[:2]
    if not code.isalpha():
        return "unknown_country"
    if code == "NL":
        return "wrong_length"
    try:
        eu_vat.validate(number)
    except ValidationError as error:
        reasons = {
            "InvalidChecksum": "invalid_check_digit",
            "InvalidLength": "wrong_length",
            "InvalidComponent": "unknown_country",
        }
        return reasons.get(type(error).__name__, "invalid_vat")
    except Exception:  # the library's rules are third-party code: a bad value must not stop a load
        return "invalid_vat"
    return ""


def looks_like_bsn(column: pl.Series) -> pl.Series:
    """Boolean: nine digits that pass the eleven test of the citizen service number.

    One number in eleven does so by chance, so only a whole column of them means something.
    """
    digits = column.cast(pl.String).str.replace_all(r"[\s.]", "").str.replace(r"^(\d{8})$", "0$1")
    shaped = digits.str.contains(r"^\d{9}$").fill_null(False)
    return (shaped & passes_eleven(digits.set(~shaped, None)).fill_null(False)).alias(column.name)


def passes_eleven(digits: pl.Series) -> pl.Series:
    """Boolean: nine digits (String) pass the eleven test of BSN and RSIN; null stays null."""
    total = pl.repeat(0, len(digits), dtype=pl.Int64, eager=True)
    for place, weight in enumerate(_BSN_WEIGHTS):
        total = total + digits.str.slice(place, 1).cast(pl.Int64, strict=False) * weight
    return (total % 11 == 0) & (digits != "000000000")


def remainder_97(value: pl.Series) -> pl.Series:
    """1 where a Dutch VAT number has the check digits given out since 2020.

    ISO 7064 mod 97-10 over NL999999999B99 with letters as numbers (N 23, L 21, B 11).
    """
    number = value.str.slice(2, 9).cast(pl.Int64, strict=False)
    tail = value.str.slice(12, 2).cast(pl.Int64, strict=False)
    return ((2321 * 10**9 + number) % 97 * 10_000 + 1100 + tail) % 97
