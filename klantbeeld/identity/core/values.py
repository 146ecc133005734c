"""From a table in roles to comparable values: one row in, one row out, text and ints only."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import numpy as np
import polars as pl

from . import contacts, names, organisations, registrations, shapes
from .coded import FEW, Coded, Column, Hashes, Listed, Scalar, Shape, hash_text
from .columns import ROLES
from .mixing import mixed
from .text import code, present

__all__ = ["FEW", "ORGANISATION", "PERSON", "hash_text", "hashes", "match_values", "mixed"]

PERSON, ORGANISATION = "person", "organisation"

# Columns that are compared; each has a twin `<name>#` with its 64-bit hash, 0 where missing.
COMPARED = (
    "first",  # first names in one word
    "root",  # the name that nicknames share
    "initials",
    "initial",
    "surname",  # without prefixes, partner's and own part joined
    "part",  # first part of the surname
    "other_part",  # second part, null when there is one
    "sound",
    "birth",  # yyyymmdd
    "gender",
    "email",
    "mailbox",  # local part of the e-mail address
    "phone",  # the mobile number when there are two
    "other_phone",
    "postcode",
    "region",  # the start of the postcode: a neighbourhood or a town
    "house",
    "suffix",
    "street",
    "city",
    "iban",
    "kvk",
    "vat",
    "domain",
    "login",
    "loyalty",
    "number",  # namespace:number
    "organisation",
)
# Compared too, yet only columns of a table that knows them.
PARTICULAR = (
    "middle", "national", "birthplace", "profession", "locality",
    "generation",  # 'jr', 'sr', 'ii'
    "documents",  # 'kind:number' of each, parted by spaces
)  # fmt: skip
VALUES = ("kind", "source", "updated", *COMPARED)

# Texts that many rows share: dictionary-encoded in large tables.
_SHARED = frozenset((
    "source", "first", "root", "initials", "initial", "surname", "part", "other_part", "sound",
    "gender", "postcode", "region", "house", "suffix", "street", "city", "domain",
))  # fmt: skip


# Roles of which the texts seldom recur, and have a common shape that is read without Python.
_SELDOM_SHARED = frozenset(("email", "phone", "mobile"))
_PLACE = {name: place for place, name in enumerate((*COMPARED, *PARTICULAR))}
# What each column counts by in the hash of all of them.
FACTORS = {
    name: (2 * at + 3) * 0x9E3779B97F4A7C15 & 0xFFFFFFFFFFFFFFFF | 1 for name, at in _PLACE.items()
}


def hashes(values: pl.DataFrame, name: str) -> Hashes:
    """The hash twin of a compared column; 0 is missing."""
    hashed = values.get_column(name + "#", default=None)
    if hashed is None:
        return np.broadcast_to(np.int64(0), len(values))
    twins: Hashes = hashed.to_numpy()
    return twins


def match_values(frame: pl.DataFrame | pl.LazyFrame) -> pl.DataFrame:
    """The comparable values of a table in roles (see `columns.ROLES`): `VALUES`, hashes and `key`.

    Roles that the table lacks are null. Placeholders, malformed addresses and fill values become
    null too: what identifies nobody must not match. `key` hashes everything that is compared, so
    rows that share it are alike in every comparison. Of a lazy frame one column at a time is read.
    """
    given = _Given(frame)
    del frame  # of a table that nobody else holds every column goes when it has been read
    columns = _columns(given)
    told = {"kind": _kinds(given, columns)}
    twins: dict[str, Hashes] = {}
    if given.has("birth_date"):
        told["birth"] = contacts.birth_dates(given.series("birth_date"))
        twins["birth"] = numbers(told["birth"])
    del given  # and with it the columns as they were read
    for name in (*VALUES[1:], *PARTICULAR):
        column = columns.pop(name, None)
        if column is not None:
            told[name] = column.rows(_dtype(name))
            if name in _PLACE:
                twins[name] = column.hashes()
    key = _content_key(told["kind"], twins)
    hashed = {name + "#": pl.Series(twin) for name, twin in twins.items()}
    return _whole(told | hashed | {"key": pl.Series(key)})


def numbers(dates: pl.Series) -> Hashes:
    if len(dates) < FEW:
        return np.array([date or 0 for date in dates.to_list()], dtype=np.int64)
    return dates.cast(pl.Int64).fill_null(0).to_numpy()


def _dtype(name: str) -> Any:
    if name in _SHARED:
        return pl.Categorical(pl.Categories(name, "klantbeeld.identity"))
    return pl.Int32 if name == "birth" else pl.String


def _whole(columns: dict[str, pl.Series]) -> pl.DataFrame:
    """With texts that the table lacks, which take no memory in a large one; `hashes` knows them."""
    size = len(columns["key"])
    lacking = [name for name in VALUES if name not in columns]
    if size < FEW:
        for name in lacking:
            columns[name] = pl.Series([None] * size, dtype=_dtype(name))
        return pl.DataFrame([columns[name].alias(name) for name in _ordered(columns)])
    values = pl.DataFrame([column.alias(name) for name, column in columns.items()])
    empty = [pl.lit(None, _dtype(name)).alias(name) for name in lacking]
    return values.with_columns(empty).select(_ordered({*columns, *lacking}))


def _ordered(names: Collection[str]) -> list[str]:
    """Texts, hashes and key, always in one order."""
    texts = (*VALUES, *PARTICULAR)
    return [n for n in (*texts, *(name + "#" for name in _PLACE), "key") if n in names]


def _content_key(kinds: pl.Series, twins: dict[str, Hashes]) -> Hashes:
    """A missing value adds nothing, so the key does not depend on which columns a table has."""
    total = (kinds == ORGANISATION).to_numpy().astype(np.uint64)
    for name, twin in twins.items():
        total += twin.view(np.uint64) * np.uint64(FACTORS[name])
    return mixed(total.view(np.int64))


class _Given:
    """The table as it came: a role's column by its distinct texts, None where it is empty."""

    def __init__(self, frame: pl.DataFrame | pl.LazyFrame) -> None:
        self._frame = frame
        if isinstance(frame, pl.LazyFrame):
            self._roles = set(frame.collect_schema().names()) & set(ROLES)
            self.size = int(frame.select(pl.len()).collect().item())
        else:
            self._roles, self.size = set(frame.columns) & set(ROLES), len(frame)
        self._taken: dict[str, Column | None] = {}

    def has(self, role: str) -> bool:
        """Whether the table has the column, be it empty."""
        return role in self._roles

    def series(self, role: str) -> pl.Series:
        """The column as it is."""
        if isinstance(self._frame, pl.LazyFrame):
            return self._frame.select(role).collect().to_series()
        return self._frame[role]

    def column(self, role: str) -> Column | None:
        """None when the role is wholly absent."""
        if role not in self._taken:
            column = self.series(role) if role in self._roles else None
            if column is None or column.null_count() == self.size:
                self._taken[role] = None
            else:
                self._taken[role] = self.coded(column.cast(pl.String), role)
            if isinstance(self._frame, pl.DataFrame) and self.size >= FEW:
                self._frame = self._frame.drop(role, strict=False)
        return self._taken[role]

    def coded(self, column: pl.Series, role: str = "") -> Column:
        """A column of texts by its distinct ones."""
        if self.size < FEW:
            return Listed.of(column)
        return Coded.apart(column) if role in _SELDOM_SHARED else Coded.of(column)

    def mapped(self, role: str, function: Scalar, shape: Shape | None = None) -> Any:
        """The function's answers for a role; None when it is wholly absent."""
        return _mapped(self.column(role), function, shape)


def _mapped(column: Any, function: Scalar, shape: Shape | None = None) -> Any:
    return None if column is None else column.mapped(function, shape)


def _recoded(column: Any) -> Any:
    """By its distinct texts, where what was made of others is often the same."""
    return None if column is None else column.recoded()


def _first_known(*columns: Any) -> Any:
    """Row by row the first value that is known; None when all columns are absent."""
    found = None
    for column in columns:
        found = column if found is None else found.otherwise(column)
    return found


def _columns(given: _Given) -> dict[str, Any]:
    columns = _name_columns(given) | _contact_columns(given) | _address_columns(given)
    columns |= _identifier_columns(given) | _particular_columns(given)
    host = columns.pop("host")
    columns["domain"] = _first_known(
        given.mapped("website", organisations.website_domain),
        _mapped(_recoded(host), organisations.mail_domain),
    )
    return columns


def _name_columns(given: _Given) -> dict[str, Any]:
    full = _full_names(given)
    given_name = given.mapped("first_name", names.first_name, shapes.first_name)
    first = _recoded(_first_known(given_name, full["first"]))
    parts = given.mapped("surname", names.surname_parts, shapes.surname_parts)
    surname = _first_known(parts, full["surname"])
    initials = _first_known(
        given.mapped("initials", names.initials, shapes.initials),
        given.mapped("first_name", names.initials_of, shapes.initials_of),
        full["initials"],
    )
    surname = _recoded(surname)
    part, other_part = (None, None) if surname is None else surname.halved("|")
    part, other_part = _recoded(part), _recoded(other_part)
    return {
        "first": first,
        "root": _mapped(first, names.nickname_root, shapes.nickname_root),
        "initials": initials,
        "initial": _first_known(
            _mapped(first, _first_letter, shapes.first_letter),
            _mapped(initials, _first_letter, shapes.first_letter),
        ),
        "surname": _mapped(surname, lambda parts: parts.replace("|", ""), shapes.without_bars),
        "part": part,
        "other_part": other_part,
        "sound": _mapped(part, names.sounding, shapes.sounding),
        "gender": _first_known(
            given.mapped("gender", names.gender), given.mapped("salutation", names.gender)
        ),
        "organisation": given.mapped(
            "organisation_name", organisations.organisation_name, organisations.plain_names
        ),
    }


def _first_letter(word: str) -> str:
    return word[0]


def _full_names(given: _Given) -> dict[str, Any]:
    """First name, initials and surname from full names, for rows that have neither apart."""
    full = given.column("full_name")
    if full is None:
        return {"first": None, "initials": None, "surname": None}
    apart = [given.mapped(role, present, shapes.present) for role in ("surname", "first_name")]
    known = [column.known() for column in apart if column is not None]
    if known:
        full = full.only(~np.any(known, axis=0))
    first, surname = full.parted(names.split_full_name, 2, shapes.split_full_name)
    return {
        "first": first.mapped(names.first_name, shapes.first_name),
        "initials": first.mapped(names.initials_of, shapes.initials_of),
        "surname": surname.mapped(names.surname_parts, shapes.surname_parts),
    }


def _contact_columns(given: _Given) -> dict[str, Any]:
    email = given.mapped("email", contacts.email, shapes.email)
    mobile = given.mapped("mobile", contacts.phone, shapes.phone)
    phone = given.mapped("phone", contacts.phone, shapes.phone)
    mailbox, host = (None, None) if email is None else email.halved("@")
    other = None
    if mobile is not None and phone is not None:
        other = phone.only(mobile.differs(phone))
    return {
        "email": email,
        "mailbox": mailbox,
        "host": host,
        "phone": _first_known(mobile, phone),
        "other_phone": other,
    }


def _address_columns(given: _Given) -> dict[str, Any]:
    written = given.column("address") or given.column("street")
    line: Sequence[Column | None] = (None, None, None)
    number: Sequence[Column | None] = (None, None)
    if written is not None:
        line = written.parted(contacts.address_line, 3, shapes.street)
    if (houses := given.column("house_number")) is not None:
        number = houses.parted(contacts.house_number, 2)
    plain_street = given.mapped("street", contacts.street, shapes.street)
    own = None  # a number beside the street is no part of it; without one the line holds both
    if number[0] is not None and plain_street is not None:
        own = plain_street.only(number[0].known())
    plain_street = _first_known(own, line[0], plain_street)
    suffix = given.mapped("house_suffix", code)
    return {
        "street": plain_street,
        "house": _first_known(number[0], line[1]),
        "suffix": _first_known(suffix, number[1], line[2]),
        "postcode": given.mapped("postcode", contacts.postcode, shapes.postcode),
        "region": _recoded(given.mapped("postcode", contacts.region, shapes.region)),
        "city": given.mapped("city", contacts.city),
    }


def _identifier_columns(given: _Given) -> dict[str, Any]:
    own = given.mapped("customer_number", code, shapes.code)
    if own is not None:
        own = own.after(given.mapped("source", str.lower))
    return {
        "source": given.mapped("source", present),
        "updated": given.mapped("updated_at", present),
        "iban": given.mapped("iban", registrations.iban),
        "kvk": given.mapped("kvk", registrations.chamber_number),
        "vat": given.mapped("vat", registrations.vat_number),
        "login": given.mapped("login", lambda value: (present(value) or "").lower() or None),
        "loyalty": given.mapped("loyalty_number", code, shapes.code),
        "number": _first_known(given.mapped("number", present), own),
    }


def _particular_columns(given: _Given) -> dict[str, Any]:
    return {
        "middle": _first_known(given.mapped("middle_name", _further_words), _further_names(given)),
        "generation": given.mapped(
            "generation", lambda value: (present(value) or "").lower() or None
        ),
        "documents": given.mapped("documents", present),
        "national": given.mapped("national_id", code, shapes.code),
        "birthplace": given.mapped("birth_place", contacts.city),
        "profession": given.mapped("profession", contacts.city),
        "locality": given.mapped("locality", contacts.street),
    }


def _further_words(name: str) -> str | None:
    return " ".join(names.name_words(name) or ()) or None


def _further_names(given: _Given) -> Column | None:
    """Words of a full name that are in neither the first name nor the surname beside it."""
    full, *apart = map(given.column, ("full_name", "first_name", "surname"))
    if full is None or apart == [None, None]:
        return None
    known = [column.known() for column in apart if column]
    at = np.flatnonzero(full.known() & np.any(known, axis=0))
    if not len(at):
        return None
    nothing = [None] * len(at)
    beside = (column.of_rows(at).told(names.name_words) if column else nothing for column in apart)
    words = [
        " ".join(w for w in whole if w not in (first or ()) and w not in (last or ())) or None
        if whole and (first or last)
        else None
        for whole, first, last in zip(full.of_rows(at).told(names.name_words), *beside, strict=True)
    ]
    further = np.full(given.size, None, dtype=object)
    further[at] = words
    return given.coded(pl.Series(further.tolist(), dtype=pl.String))


def _kinds(given: _Given, columns: dict[str, Any]) -> pl.Series:
    """As given; else an organisation where an organisation's name is all that is known."""
    is_firm = np.zeros(given.size, dtype=bool)
    if columns["organisation"] is not None:
        named = [columns[name] for name in ("first", "surname") if columns[name] is not None]
        is_firm = columns["organisation"].known()
        is_firm &= ~np.logical_or.reduce([is_firm & False, *(name.known() for name in named)])
    told = given.mapped("kind", kind_said)
    if told is not None:
        kinds = [None if kind is None else kind == ORGANISATION for kind in told.distinct()]
        said = told.answered(kinds).rows(pl.Boolean)
        is_firm = np.where(told.known(), said.to_numpy(), is_firm).astype(bool)
    if given.size < FEW:
        sides = [ORGANISATION if firm else PERSON for firm in is_firm.tolist()]
        return pl.Series(sides, dtype=pl.String)
    return pl.Series(is_firm.astype(np.uint8)).cat.to(pl.Enum([PERSON, ORGANISATION]))


def kind_said(value: str) -> str | None:
    plain = value[:20].strip().lower()
    if plain.startswith(("org", "compan", "bedrijf", "business")):
        return ORGANISATION
    return PERSON if plain.startswith(("pers", "consumer", "particulier")) else None
