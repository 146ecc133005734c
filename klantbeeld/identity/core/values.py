"""From a table in roles to comparable values: one row in, one row out, text and ints only."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl
import polars_hash as plh
import xxhash

from . import contacts, names, organisations
from .columns import ROLES
from .text import code, over, present

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
# Compared too, yet only columns of a table that knows them: empty ones would cost memory.
PARTICULAR = (
    "middle", "national", "birthplace", "profession", "locality",
    "generation",  # 'jr', 'sr', 'ii'
    "documents",  # 'kind:number' of each, parted by spaces
)  # fmt: skip
VALUES = ("kind", "source", "updated", *COMPARED)

_PLACE = {name: at for at, name in enumerate((*COMPARED, *PARTICULAR))}

Column = list[Any]
# Below so many rows plain Python is faster than setting up column operations.
FEW = 1_000


def hash_text(texts: pl.Series) -> npt.NDArray[np.int64]:
    """Signed 64-bit xxh3 of every text, 0 for null. The same on every machine and release."""
    if len(texts) < FEW:
        digest = xxhash.xxh3_64_intdigest
        few = [0 if text is None else digest(text.encode()) for text in texts.to_list()]
        return np.array(few, dtype=np.uint64).view(np.int64)
    named = texts.alias("text").to_frame()
    hashed = plh.col("text").nchash.xxh3_64().reinterpret(signed=True).fill_null(0)
    return named.select(hashed).to_series().to_numpy()


def hashes(values: pl.DataFrame, name: str) -> npt.NDArray[np.int64]:
    """The hash twin of a compared column; 0 is missing."""
    if name + "#" not in values.columns:
        return np.broadcast_to(np.int64(0), len(values))
    return values[name + "#"].to_numpy()


def mixed(*parts: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """One hash of several (order counts), by the finaliser of splitmix64 (Steele et al., 2014)."""
    result = np.zeros(len(parts[0]), dtype=np.uint64)
    for part in parts:
        result = (result ^ part.view(np.uint64)) + np.uint64(0x9E3779B97F4A7C15)
        result = (result ^ (result >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        result = (result ^ (result >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        result ^= result >> np.uint64(31)
    return result.view(np.int64)


def match_values(frame: pl.DataFrame) -> pl.DataFrame:
    """The comparable values of a table in roles (see `columns.ROLES`): `VALUES`, hashes and `key`.

    Roles that the table lacks are null. Placeholders, malformed addresses and fill values become
    null too: what identifies nobody must not match. `key` hashes everything that is compared, so
    rows that share it are alike in every comparison.
    """
    columns = _columns(frame)
    size = len(frame)
    values = pl.DataFrame(
        [pl.Series(name, columns.get(name) or [None] * size, dtype=_dtype(name)) for name in VALUES]
        + [
            pl.Series(name, columns[name], dtype=pl.String)
            for name in PARTICULAR
            if columns.get(name) is not None
        ]
    )
    return with_hashes(values)


def _dtype(name: str) -> type[pl.DataType]:
    return pl.Int32 if name == "birth" else pl.String


def with_hashes(values: pl.DataFrame) -> pl.DataFrame:
    """The values with a hash column per compared column and the `key` over all of them."""
    size = len(values)
    twins: dict[str, npt.NDArray[np.int64]] = {}
    for name in (*COMPARED, *(name for name in PARTICULAR if name in values.columns)):
        column = values[name]
        if column.null_count() == size:
            twins[name] = np.zeros(size, dtype=np.int64)
        elif name == "birth":
            twins[name] = column.fill_null(0).cast(pl.Int64).to_numpy()
        else:
            twins[name] = hash_text(column)
    key = _content_key(values["kind"], twins)
    hashed = [pl.Series(name + "#", twin) for name, twin in twins.items()]
    return pl.DataFrame([*values.get_columns(), *hashed, pl.Series("key", key)])


def _content_key(
    kinds: pl.Series, twins: dict[str, npt.NDArray[np.int64]]
) -> npt.NDArray[np.int64]:
    """A missing value adds nothing, so the key does not depend on which columns a table has."""
    total = (kinds == ORGANISATION).to_numpy().astype(np.uint64)
    for name, twin in twins.items():
        at = _PLACE[name]
        factor = (2 * at + 3) * 0x9E3779B97F4A7C15 & 0xFFFFFFFFFFFFFFFF | 1
        total += twin.view(np.uint64) * np.uint64(factor)
    return mixed(total.view(np.int64))


class _Given:
    """The table as it came: a role's column, or a function over it, empty where it lacks."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self.size = len(frame)
        self._frame = frame
        self._has = {
            role
            for role in ROLES
            if role in frame.columns and frame[role].null_count() < len(frame)
        }

    def has(self, role: str) -> bool:
        return role in self._has

    def series(self, role: str) -> pl.Series:
        if role in self._has:
            return self._frame[role]
        return pl.Series(role, [None] * self.size, dtype=pl.String)

    def over(self, role: str, function: Callable[[str], Any]) -> Column | None:
        """None when the role is wholly absent."""
        if role not in self._has:
            return None
        return over(function, self._frame[role].cast(pl.String))


def _first_known(*columns: Column | None) -> Column | None:
    """Row by row the first value that is known."""
    found: Column | None = None
    for column in columns:
        if found is None:
            found = column
        elif column is not None:
            found = [b if a is None else a for a, b in zip(found, column, strict=True)]
    return found


def _mapped(function: Callable[[Any], Any], column: Column | None) -> Column | None:
    return None if column is None else over(function, column)


def _columns(frame: pl.DataFrame) -> dict[str, Column | None]:
    given = _Given(frame)
    columns = _name_columns(given) | _contact_columns(given) | _address_columns(given)
    columns |= _identifier_columns(given) | _particular_columns(given)
    columns["domain"] = _first_known(
        given.over("website", organisations.website_domain),
        _mapped(organisations.mail_domain, columns["email"]),
    )
    columns["kind"] = _kinds(given, columns)
    return columns


def _name_columns(given: _Given) -> dict[str, Column | None]:
    full = _full_names(given)
    first = _first_known(given.over("first_name", names.first_name), full["first"])
    surname = _first_known(given.over("surname", names.surname_parts), full["surname"])
    initials = _first_known(
        given.over("initials", names.initials),
        given.over("first_name", names.initials_of),
        full["initials"],
    )
    part = _mapped(lambda parts: parts.split("|")[0], surname)
    return {
        "first": first,
        "root": _mapped(names.nickname_root, first),
        "initials": initials,
        "initial": _first_known(_mapped(_first_letter, first), _mapped(_first_letter, initials)),
        "surname": _mapped(lambda parts: parts.replace("|", ""), surname),
        "part": part,
        "other_part": _mapped(lambda parts: parts.partition("|")[2] or None, surname),
        "sound": _mapped(names.sounding, part),
        "gender": _first_known(
            given.over("gender", names.gender), given.over("salutation", names.gender)
        ),
        "organisation": given.over("organisation_name", organisations.organisation_name),
        "birth": contacts.birth_dates(given.series("birth_date")).to_list(),
    }


def _first_letter(word: str) -> str:
    return word[0]


def _full_names(given: _Given) -> dict[str, Column | None]:
    """First name, initials and surname from full names, for rows that have neither apart."""
    if not given.has("full_name"):
        return {"first": None, "initials": None, "surname": None}
    full = given.series("full_name").cast(pl.String)
    if given.has("surname") or given.has("first_name"):
        apart = [given.over(role, present) or [] for role in ("surname", "first_name")]
        is_apart = np.any([[v is not None for v in column] for column in apart if column], axis=0)
        full = pl.select(pl.when(pl.Series(is_apart)).then(None).otherwise(full)).to_series()
    split = over(names.split_full_name, full)
    firsts = [pair[0] if pair else None for pair in split]
    return {
        "first": _mapped(names.first_name, firsts),
        "initials": _mapped(names.initials_of, firsts),
        "surname": _mapped(names.surname_parts, [pair[1] if pair else None for pair in split]),
    }


def _contact_columns(given: _Given) -> dict[str, Column | None]:
    email = given.over("email", contacts.email)
    mobile, phone = given.over("mobile", contacts.phone), given.over("phone", contacts.phone)
    other = None
    if mobile is not None and phone is not None:
        other = [p if m and p != m else None for m, p in zip(mobile, phone, strict=True)]
    return {
        "email": email,
        "mailbox": _mapped(contacts.mailbox, email),
        "phone": _first_known(mobile, phone),
        "other_phone": other,
    }


def _address_columns(given: _Given) -> dict[str, Column | None]:
    line_role = "address" if given.has("address") else "street"
    lines = given.over(line_role, contacts.address_line)
    numbers = given.over("house_number", contacts.house_number)
    plain_street = given.over("street", contacts.street)
    if numbers is None or plain_street is None:  # the line holds what has no column of its own
        plain_street = _first_known(_nth(lines, 0), plain_street)
    return {
        "street": plain_street,
        "house": _first_known(_nth(numbers, 0), _nth(lines, 1)),
        "suffix": _first_known(given.over("house_suffix", code), _nth(numbers, 1), _nth(lines, 2)),
        "postcode": given.over("postcode", contacts.postcode),
        "region": given.over("postcode", contacts.region),
        "city": given.over("city", contacts.city),
    }


def _nth(column: Column | None, at: int) -> Column | None:
    return None if column is None else [item[at] if item else None for item in column]


def _identifier_columns(given: _Given) -> dict[str, Column | None]:
    number = given.over("number", present)
    own = given.over("customer_number", code)
    if own is not None:
        sources = given.over("source", str.lower) or [None] * given.size
        own = [f"{s or ''}:{v}" if v else None for s, v in zip(sources, own, strict=True)]
    return {
        "source": given.over("source", present),
        "updated": given.over("updated_at", present),
        "iban": given.over("iban", contacts.iban),
        "kvk": given.over("kvk", contacts.chamber_number),
        "vat": given.over("vat", code),
        "login": given.over("login", lambda value: (present(value) or "").lower() or None),
        "loyalty": given.over("loyalty_number", code),
        "number": _first_known(number, own),
    }


def _particular_columns(given: _Given) -> dict[str, Column | None]:
    return {
        "middle": _first_known(given.over("middle_name", _further_words), _further_names(given)),
        "generation": given.over(
            "generation", lambda value: (present(value) or "").lower() or None
        ),
        "documents": given.over("documents", present),
        "national": given.over("national_id", code),
        "birthplace": given.over("birth_place", contacts.city),
        "profession": given.over("profession", contacts.city),
        "locality": given.over("locality", contacts.street),
    }


def _further_words(name: str) -> str | None:
    return " ".join(names.name_words(name) or ()) or None


def _further_names(given: _Given) -> Column | None:
    """Words of a full name that are in neither the first name nor the surname beside it."""
    if not given.has("full_name") or not (given.has("first_name") or given.has("surname")):
        return None
    nothing = [None] * given.size
    apart = (given.over(role, names.name_words) or nothing for role in ("first_name", "surname"))
    rows = zip(given.over("full_name", names.name_words) or nothing, *apart, strict=True)
    return [
        " ".join(w for w in full if w not in (first or ()) and w not in (last or ())) or None
        if full and (first or last)
        else None
        for full, first, last in rows
    ]


def _kinds(given: _Given, columns: dict[str, Column | None]) -> Column:
    """As given; else an organisation where an organisation's name is all that is known."""
    kinds = given.over("kind", _kind) or [None] * given.size
    if columns["organisation"] is None:
        return [kind or PERSON for kind in kinds]
    nobody = [None] * given.size
    rows = zip(
        kinds,
        columns["organisation"],
        columns["first"] or nobody,
        columns["surname"] or nobody,
        strict=True,
    )
    return [
        kind or (ORGANISATION if firm and not (first or surname) else PERSON)
        for kind, firm, first, surname in rows
    ]


def _kind(value: str) -> str | None:
    plain = value[:20].strip().lower()
    if plain.startswith(("org", "compan", "bedrijf", "business")):
        return ORGANISATION
    return PERSON if plain.startswith(("pers", "consumer", "particulier")) else None
