"""A table in roles as it was delivered, brought into the parts that are compared.

What the product's own import does to a source with more care (`quality`), done here for a table
that nobody described: whole addresses are parted, dates of mixed notation read, numbers of
documents gathered, names in scripts without spaces parted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

import polars as pl

from . import contacts, registrations
from .addresses import Address, parted
from .columns import DOCUMENTS
from .text import code, over

_WHOLE_ADDRESS = r"(?i)^\s*#?\d+[a-z]?,?\s+\D|,|\bbox\s*\d|\b(?:suite|apt|unit|room)\b"
_UNSPACED = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]{2,4}|[\uac00-\ud7a3]{2,4}")
# Family names of two signs; all others in these scripts have one.
_DOUBLE_FAMILY_NAMES = frozenset(
    ("欧阳", "歐陽", "司马", "司馬", "上官", "诸葛", "諸葛", "东方", "皇甫", "尉迟")
)
_MONTHS = {
    name: month
    for month, names in enumerate(
        (
            "jan january januari januar jänner", "feb february februari februar",
            "mar march maart mrt märz maerz mär", "apr april", "may mei mai", "jun june juni",
            "jul july juli", "aug august augustus", "sep sept september",
            "oct october okt oktober", "nov november", "dec december dez dezember",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_NAMED_MONTH = re.compile(
    r"(\d{1,4})?[\s./-]*([^\W\d_]{3,9})\.?[\s.,/-]*(\d{1,2})?[\s.,/-]+(\d{2,4})"
)
_OPEN_DATE = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})")
_GENERATION = re.compile(r"[\s,]+(jr|junior|sr|senior|ii|iii|iv|i|2nd|3rd)\.?\s*$", re.IGNORECASE)
_GENERATIONS = {"junior": "jr", "senior": "sr", "2nd": "ii", "3rd": "iii"}


def tidied(frame: pl.DataFrame) -> pl.DataFrame:
    """The table in roles, as many rows, with what is written together taken apart.

    Columns that are in parts already are left as they are.
    """
    for tidy in (_addresses, _birth_dates, _unspaced_names, _generations, _documents):
        frame = tidy(frame)
    return frame


def _addresses(frame: pl.DataFrame) -> pl.DataFrame:
    lines = [role for role in ("address", "street") if role in frame.columns]
    if not lines or "house_number" in frame.columns:
        return frame
    line = pl.coalesce(pl.col(role).cast(pl.String).replace("", None) for role in lines)
    whole = frame.select(line.alias("line")).to_series()
    if not whole.str.contains(_WHOLE_ADDRESS).any():
        return frame
    found = over(_parted, whole)
    nothing = Address(None, None, None, None, None)
    parts = dict(
        zip(Address._fields, zip(*(a or nothing for a in found), strict=True), strict=True)
    )
    given = frame.drop(lines).with_columns(
        pl.Series("street", parts["street"], dtype=pl.String),
        pl.Series("house_number", parts["number"], dtype=pl.String),
    )
    for role, part in (("house_suffix", "suffix"), ("postcode", "postcode"), ("city", "city")):
        given = _filled(given, role, pl.Series(role, parts[part], dtype=pl.String))
    return given


def _parted(line: str) -> Address:
    return parted(line) or Address(*contacts.address_line(line), None, None)


def _filled(frame: pl.DataFrame, role: str, found: pl.Series) -> pl.DataFrame:
    """The column of a role, what was found where it is empty."""
    if role not in frame.columns:
        return frame.with_columns(found)
    known = frame[role].cast(pl.String).str.strip_chars().replace("", None)
    return frame.with_columns(pl.select(pl.coalesce(known, found)).to_series().alias(role))


def _birth_dates(frame: pl.DataFrame) -> pl.DataFrame:
    """Dates with the month in words, and those that cannot be in the order of most others."""
    if "birth_date" not in frame.columns or frame["birth_date"].dtype != pl.String:
        return frame
    texts = frame["birth_date"]
    if not texts.str.contains(r"\p{L}{3}|^\s*\d{1,2}[-/. ]\d{1,2}[-/. ]\d{2}").any():
        return frame
    distinct = texts.unique().drop_nulls().to_list()
    found = [_OPEN_DATE.fullmatch(text.strip()) for text in distinct]
    orders = Counter(
        "dmy" if int(f[1]) > 12 else "mdy" for f in found if f and max(int(f[1]), int(f[2])) > 12
    )
    if len(orders) < 2 and not texts.str.contains(r"\p{L}{3}").any():
        return frame  # one order, which the reading of dates finds itself
    is_month_first = orders["mdy"] > orders["dmy"]
    read = over(lambda text: _iso(text.strip(), is_month_first), texts)
    return frame.with_columns(pl.Series("birth_date", read, dtype=pl.String))


def _iso(text: str, is_month_first: bool) -> str:
    """The date as year-month-day; the text itself where it is none of the kinds known here."""
    named = _NAMED_MONTH.fullmatch(text)
    month = _MONTHS.get(named[2].lower()) if named else None
    if named and month:
        if named[1] and len(named[1]) == 4:
            return text
        return f"{_year(named[4])}-{month:02}-{int(named[1] or named[3] or 1):02}"
    plain = _OPEN_DATE.fullmatch(text)
    if not plain:
        return text
    first, second = int(plain[1]), int(plain[2])
    month_first = second > 12 or (is_month_first and first <= 12)
    month, day = (first, second) if month_first else (second, first)
    return f"{_year(plain[3])}-{month:02}-{day:02}"


def _year(digits: str) -> str:
    if len(digits) == 4:
        return digits
    return f"{19 if int(digits) >= contacts.PIVOT else 20}{int(digits):02}"


def _unspaced_names(frame: pl.DataFrame) -> pl.DataFrame:
    """'王秀英' as '王, 秀英': Chinese and Korean names have the family name first."""
    if "full_name" not in frame.columns or frame["full_name"].dtype != pl.String:
        return frame
    if not frame["full_name"].str.contains(r"[\p{Han}\p{Hangul}]").any():
        return frame
    names = over(_parted_name, frame["full_name"])
    return frame.with_columns(pl.Series("full_name", names, dtype=pl.String))


def _parted_name(name: str) -> str:
    plain = name.strip()
    if not _UNSPACED.fullmatch(plain):
        return name
    family = 2 if plain[:2] in _DOUBLE_FAMILY_NAMES and len(plain) > 2 else 1
    return f"{plain[:family]}, {plain[family:]}"


def _generations(frame: pl.DataFrame) -> pl.DataFrame:
    """'Smith Sr' as 'Smith' with the role generation 'sr': father and son are not one."""
    found: list[pl.Series] = []
    for role in ("surname", "first_name", "full_name"):
        if role not in frame.columns or frame[role].dtype != pl.String:
            continue
        if not frame[role].str.contains(f"(?i){_GENERATION.pattern}").any():
            continue
        told = pl.Series(role, over(_generation, frame[role]), dtype=pl.String)
        bare = over(lambda name: _GENERATION.sub("", name), frame[role])
        frame = frame.with_columns(pl.Series(role, bare, dtype=pl.String))
        found.append(told)
    if not found:
        return frame
    return frame.with_columns(pl.select(pl.coalesce(found)).to_series().alias("generation"))


def _generation(name: str) -> str | None:
    found = _GENERATION.search(name)
    return _GENERATIONS.get(found[1].lower(), found[1].lower()) if found else None


def _documents(frame: pl.DataFrame) -> pl.DataFrame:
    """The numbers of all documents as one text: 'npi:1234567893 passport:NW12X'."""
    roles = [role for role in DOCUMENTS if role in frame.columns]
    if not roles:
        return frame
    numbers = [over(_number_of(role), frame[role].cast(pl.String)) for role in sorted(roles)]
    texts = [" ".join(filter(None, row)) or None for row in zip(*numbers, strict=True)]
    return frame.drop(roles).with_columns(pl.Series("documents", texts, dtype=pl.String))


def _number_of(role: str) -> Callable[[str], str | None]:
    """Reads a number of one kind of document; one whose check digits are wrong is none."""

    def number(value: str) -> str | None:
        plain = code(value)
        if not plain or len(plain) < 4 or (role == "lei" and not registrations.lei(plain)):
            return None
        return f"{role}:{plain[:40]}"

    return number
