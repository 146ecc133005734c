"""Phone numbers as E.164; where a country is not given, the Netherlands are meant."""

from __future__ import annotations

import re
from functools import lru_cache

import phonenumbers
import polars as pl
from phonenumbers import PhoneMetadata, PhoneNumberType

from klantbeeld.quality.columns import filled, put

LONGEST = 200
SHORTEST = 7  # figures

NEIGHBOURS = ("NL", "BE", "DE", "FR")  # countries whose numbers are many in a Dutch file
_MOBILE = {PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE}
_OTHER_TYPES = (
    "toll_free",
    "premium_rate",
    "shared_cost",
    "voip",
    "personal_number",
    "pager",
    "uan",
    "voicemail",
)
_SEPARATORS = [" ", "-", "(", ")", ".", "/"]

# National numbers nobody has: one digit throughout after the first two, or a row of digits.
_NOBODY = (
    r"^\+\d{1,3}6?(?:0{7,}|1{7,}|2{7,}|3{7,}|4{7,}|5{7,}|6{7,}|7{7,}|8{7,}|9{7,})$"
    r"|12345678|87654321|^\+\d{2}[1-9]\d0{7}$|^\+31[1-57]\d(?:1234567|7654321)$"
    r"|^\+316(?:0{6,}\d*|12341234|11223344)$"
)
_NOBODY_TYPED = r"^\+?0*[01]*$|^(\+?0*31)?0?6?(?:0+|1+|2+|3+|4+|5+|6+|7+|8+|9+)$|^0*1234567\d*$"
_BETWEEN = re.compile(r"\s*(?:[;,|/]|:::|\bof\b|\ben\b|\bor\b)\s*")

# Where only blanks or words divide: what is no part of a number, and where one may begin.
_WORDS = re.compile(r"[^\d+().\s-]+")
_BEGIN = re.compile(r"\s+(?=[(+]*0|\+)")

_EXTENSION = re.compile(r"(?i)\s*\(?(?:tst|toestel|ext|doorkiesnr)\.?:?\s*\d{1,6}\)?$")


def standard_phones(text: pl.Series, region: str) -> pl.DataFrame:
    """value (E.164), issue, is_mobile, region (of the number) and also (further numbers)."""
    value, mobile, place = _written_plainly(text, region)
    issue = filled(None, text)
    also = issue
    rest = value.is_null().arg_true()
    if len(rest):
        read = [_read(v, region) for v in text.gather(rest).to_list()]
        value = put(value, rest, pl.Series([r[0] for r in read], dtype=pl.String))
        mobile = put(mobile, rest, pl.Series([r[1] for r in read], dtype=pl.Boolean))
        place = put(place, rest, pl.Series([r[2] for r in read], dtype=pl.String))
        issue = put(issue, rest, pl.Series([r[3] for r in read], dtype=pl.String))
        also = put(also, rest, pl.Series([r[4] for r in read], dtype=pl.String))
    nobody = value.str.contains(_NOBODY).fill_null(False)
    typed = text.filter(value.is_null()).str.replace_many(_SEPARATORS, [""] * len(_SEPARATORS))
    nobody = put(nobody, value.is_null().arg_true(), typed.str.contains(_NOBODY_TYPED))
    return pl.DataFrame(
        {
            "value": value.set(nobody, None),
            "issue": issue.set(nobody, "placeholder"),
            "is_mobile": mobile.set(nobody, None),
            "region": place.set(nobody, None),
            "also": also.set(nobody, None),
        }
    )


def _written_plainly(text: pl.Series, region: str) -> tuple[pl.Series, pl.Series, pl.Series]:
    """E.164, is_mobile and region of plain numbers of the region, and of neighbours with a +."""
    value, mobile = common_shape(text, region)
    place = pl.repeat(region, len(text), dtype=pl.String, eager=True).set(value.is_null(), None)
    foreign = (value.is_null() & text.str.starts_with("+")).arg_true()
    for neighbour in NEIGHBOURS:
        if neighbour == region or not len(foreign):
            continue
        theirs, theirs_mobile = common_shape(text.gather(foreign), neighbour)
        fits = theirs.is_not_null()
        taken = foreign.filter(fits)
        value = put(value, taken, theirs.filter(fits))
        mobile = put(mobile, taken, theirs_mobile.filter(fits))
        place = put(place, taken, pl.repeat(neighbour, len(taken), eager=True))
        foreign = foreign.filter(~fits)
    return value, mobile, place


def common_shape(text: pl.Series, region: str) -> tuple[pl.Series, pl.Series]:
    """E.164 and is_mobile of the plainly written numbers of one country, null for the rest."""
    patterns = _patterns(region)
    if patterns is None:
        nothing = filled(None, text)
        return nothing, nothing.cast(pl.Boolean)
    shape, mobile, other, code = patterns
    digits = text.str.replace_many(_SEPARATORS, [""] * len(_SEPARATORS)).str.extract(shape, 1)
    digits = digits.set(digits.str.contains(other).fill_null(False), None)
    value = pl.select(pl.concat_str(pl.lit(f"+{code}"), digits)).to_series()
    return value, digits.str.contains(mobile)


@lru_cache(maxsize=300)
def _patterns(region: str) -> tuple[str, str, str, int] | None:
    """Shape of a whole number, of a mobile one, of other kinds, and the country code.

    All from the library's own tables; null for countries whose rules for leaving out digits
    go further than one leading 0.
    """
    about = PhoneMetadata.metadata_for_region(region, None)
    if about is None or about.national_prefix_for_parsing != "0" or about.leading_digits:
        return None
    code = about.country_code
    if about.national_prefix_transform_rule or about.same_mobile_and_fixed_line_pattern:
        return None
    if code is None or phonenumbers.region_code_for_country_code(code) != region:
        return None
    fixed, mobile = (
        kind.national_number_pattern if kind else None for kind in (about.fixed_line, about.mobile)
    )
    others = [
        kind.national_number_pattern
        for name in _OTHER_TYPES
        if (kind := getattr(about, name)) and kind.national_number_pattern
    ]
    if not fixed or not mobile:
        return None
    shape = rf"^(?:(?:\+|00){code}0?|0)({fixed}|{mobile})$"
    return shape, f"^(?:{mobile})$", f"^(?:{'|'.join(others) or 'x'})$", code


def library_form(text: str, region: str) -> _Form | None:
    """E.164, is it mobile, region; null when phonenumbers finds no valid number."""
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    number.extension = None
    return (
        phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164),
        phonenumbers.number_type(number) in _MOBILE,
        phonenumbers.region_code_for_number(number),
    )


_Form = tuple[str, bool, str | None]
_Read = tuple[str | None, bool | None, str | None, str | None, str | None]


@lru_cache(maxsize=4096)
def _read(text: str, region: str) -> _Read:
    """value, is_mobile, region, issue, further numbers of a text with a number somewhere."""
    whole = library_form(text, region)
    if whole is not None:
        return *whole, None, None
    plain = _EXTENSION.sub("", text)
    # A single number stands there whole: the library, which is slow, need not say no to it twice.
    found = [form for part in _BETWEEN.split(plain) for form in _forms(part, region, part == text)]
    if found:
        further = [form[0] for form in found[1:] if form[0] != found[0][0]]
        return *found[0], None, "; ".join(further) or None
    digits = _digits(plain)
    if digits == 0:
        return None, None, None, "not_a_phone", None
    if digits < SHORTEST:
        return None, None, None, "too_short", None
    return None, None, None, "too_long" if digits > 15 else "invalid_phone", None


def _forms(part: str, region: str, is_no_number: bool) -> list[_Form]:
    """The number that a text is, unless it is known to be none; else those that stand in it."""
    whole = None if is_no_number or not part else library_form(part, region)
    if whole is not None:
        return [whole]
    found = []
    for piece in _WORDS.split(part):
        waiting = ""
        for begun in _BEGIN.split(piece.strip()) if _digits(piece) >= SHORTEST else ():
            # A group of figures may begin with 0 too: 06 12 03 45 67.
            waiting = f"{waiting} {begun}".strip()
            is_asked = _digits(waiting) >= SHORTEST and waiting != part
            form = library_form(waiting, region) if is_asked else None
            if form is not None:
                found.append(form)
                waiting = ""
    return found


def _digits(text: str) -> int:
    return sum(c.isdigit() for c in text)
