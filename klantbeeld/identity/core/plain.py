"""One record in plain Python: its comparable values and keys, and how they are packed to be kept.

The same functions on one value at a time as `values.match_values` and `keys.match_keys` run on
columns; tests hold both ways equal.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import cache, lru_cache
from operator import itemgetter
from typing import Any, NamedTuple

import polars as pl
import xxhash

from . import contacts, names, organisations, registrations
from .key_kinds import KEY_KINDS, KINDS_OF, KeyKind
from .keys import SHAREABLE, SHORTEST_WORD
from .mixing import mixed_first, mixed_further, mixed_one, unmixed
from .text import code, present
from .values import FACTORS, ORGANISATION, PERSON, kind_said

Told = Mapping[str, Any]


class Plain(NamedTuple):
    """The comparable values of one record (see `values.COMPARED`): '' and 0 where missing."""

    kind: str = PERSON
    source: str = ""
    updated: str = ""
    first: str = ""
    initials: str = ""
    initial: str = ""
    surname: str = ""
    part: str = ""
    other_part: str = ""
    birth: int = 0
    gender: str = ""
    email: str = ""
    mailbox: str = ""
    phone: str = ""
    other_phone: str = ""
    postcode: str = ""
    region: str = ""
    house: str = ""
    suffix: str = ""
    street: str = ""
    city: str = ""
    iban: str = ""
    kvk: str = ""
    vat: str = ""
    domain: str = ""
    login: str = ""
    loyalty: str = ""
    number: str = ""
    organisation: str = ""
    middle: str = ""
    national: str = ""
    birthplace: str = ""
    profession: str = ""
    locality: str = ""
    generation: str = ""
    documents: str = ""


def plain(told: Told) -> Plain:
    """The comparable values of one record in roles (see `columns.ROLES`), its values texts."""
    given = {role: str(value) for role, value in told.items() if value is not None}
    said = _names(given) | _contacts(given) | _address(given) | _identifiers(given)
    organisation = said.get("organisation")
    is_firm = bool(organisation) and not said["first"] and not said["surname"]
    kind = _mapped(given, "kind", kind_said) or (ORGANISATION if is_firm else PERSON)
    return Plain(kind=kind, **{name: value for name, value in said.items() if value})


def _mapped(given: Mapping[str, str], role: str, function: Callable[[str], Any]) -> Any:
    value = given.get(role)
    return None if value is None else function(value)


def _names(given: Mapping[str, str]) -> dict[str, Any]:
    first, initials, parts = _full_name(given)
    first = _mapped(given, "first_name", names.first_name) or first
    written = _mapped(given, "initials", names.initials)
    initials = written or _mapped(given, "first_name", names.initials_of) or initials
    surname = _mapped(given, "surname", names.surname_parts) or parts or ""
    part, _, other_part = surname.partition("|")
    gender = _mapped(given, "gender", names.gender)
    return {
        "first": first,
        "initials": initials,
        "initial": (first or initials or "")[:1],
        "surname": surname.replace("|", ""),
        "part": part,
        "other_part": other_part,
        "gender": gender or _mapped(given, "salutation", names.gender),
        "organisation": _mapped(given, "organisation_name", organisations.organisation_name),
        "middle": _further_words(given),
        "generation": (_mapped(given, "generation", present) or "").lower(),
    }


def _full_name(given: Mapping[str, str]) -> tuple[str | None, str | None, str | None]:
    """First name, initials and surname of a full name, where neither is told apart."""
    full = given.get("full_name")
    if full is None or any(_mapped(given, role, present) for role in ("surname", "first_name")):
        return (None, None, None)
    first, surname = names.split_full_name(full)
    parts = None if surname is None else names.surname_parts(surname)
    if first is None:
        return (None, None, parts)
    return (names.first_name(first), names.initials_of(first), parts)


def _further_words(given: Mapping[str, str]) -> str:
    words = " ".join(_mapped(given, "middle_name", names.name_words) or ())
    full = _mapped(given, "full_name", names.name_words)
    if words or not full:
        return words
    apart = [_mapped(given, role, names.name_words) for role in ("first_name", "surname")]
    known = [word for beside in apart for word in beside or ()]
    return " ".join(word for word in full if word not in known) if known else ""


def _contacts(given: Mapping[str, str]) -> dict[str, Any]:
    email = _mapped(given, "email", contacts.email) or ""
    mobile, fixed = (_mapped(given, role, contacts.phone) for role in ("mobile", "phone"))
    website = _mapped(given, "website", organisations.website_domain)
    return {
        "email": email,
        "mailbox": email.partition("@")[0],
        "phone": mobile or fixed,
        "other_phone": fixed if mobile and mobile != fixed else None,
        "domain": website or (organisations.mail_domain(email) if email else None),
        "birth": _mapped(given, "birth_date", contacts.birth_date),
    }


def _address(given: Mapping[str, str]) -> dict[str, Any]:
    written = given.get("address", given.get("street"))
    line = contacts.address_line(written) if written is not None else (None, None, None)
    number = _mapped(given, "house_number", contacts.house_number) or (None, None)
    street = _mapped(given, "street", contacts.street)
    suffix = _mapped(given, "house_suffix", code)
    return {
        "street": street if number[0] and street else line[0] or street,
        "house": number[0] or line[1],
        "suffix": suffix or number[1] or line[2],
        "postcode": _mapped(given, "postcode", contacts.postcode),
        "region": _mapped(given, "postcode", contacts.region),
        "city": _mapped(given, "city", contacts.city),
    }


def _identifiers(given: Mapping[str, str]) -> dict[str, Any]:
    own = _mapped(given, "customer_number", code)
    source = given.get("source", "").lower()
    simple = {
        "iban": registrations.iban,
        "kvk": registrations.chamber_number,
        "vat": registrations.vat_number,
    }
    told = {role: _mapped(given, role, function) for role, function in simple.items()}
    return told | {
        "source": _mapped(given, "source", present),
        "updated": _mapped(given, "updated_at", present),
        "login": (_mapped(given, "login", present) or "").lower(),
        "loyalty": _mapped(given, "loyalty_number", code),
        "number": _mapped(given, "number", present) or (f"{source}:{own}" if own else None),
        "documents": _mapped(given, "documents", present),
        "national": _mapped(given, "national_id", code),
        "birthplace": _mapped(given, "birth_place", contacts.city),
        "profession": _mapped(given, "profession", contacts.city),
        "locality": _mapped(given, "locality", contacts.street),
    }


def content_key(said: Plain) -> int:
    """As the `key` of `values.match_values`: a hash of all that is compared."""
    total = int(said.kind == ORGANISATION)
    for text, factor in zip(_TEXTS(said), _TEXT_FACTORS, strict=True):
        if text:
            total += xxhash.xxh3_64_intdigest(text.encode()) * factor
    for name, factor in _DERIVED_FACTORS:
        total += _DERIVED[name](said) * factor
    return mixed_one(total + said.birth * FACTORS["birth"])


def is_somebody(said: Plain) -> bool:
    """Whether two records that say exactly this must be one subject (see `link`)."""
    if said.kind == ORGANISATION:
        is_placed = said.postcode or said.phone or said.domain
        return bool((said.organisation and is_placed) or said.kvk or said.vat)
    is_found = said.birth or said.phone or (said.postcode and said.house)
    is_named = said.initial and said.surname and is_found
    return bool(said.email or said.login or said.number or is_named)


def hash_of(text: str) -> int:
    """As `coded.hash_text`, of one text; 0 for ''."""
    digest = xxhash.xxh3_64_intdigest(text.encode()) if text else 0
    return digest - (1 << 64) if digest >> 63 else digest


def keys_of(
    said: Plain, kinds: tuple[str, ...], hashed: Hashed | None = None, kind: str = ""
) -> list[tuple[int, int]]:
    """The keys of one record, of the kinds named: (place of the kind, hash).

    hashed: of this record where some were computed before. kind: taken for one of that kind.
    """
    hashed = Hashed(said) if hashed is None else hashed
    found: dict[tuple[int, int], None] = {}
    for place, begun, words, ways in _ways(kind or said.kind, kinds):
        if words:
            telling = [w for w in getattr(said, words).split(" ") if len(w) >= SHORTEST_WORD]
            found |= {(place, mixed_further(begun, (hash_of(w),))): None for w in telling}
        for columns in ways:
            parts = []
            for name in columns:
                if not (part := hashed[name]):
                    break
                parts.append(part)
            else:
                found[place, mixed_further(begun, parts)] = None
    return list(found)


@cache
def _ways(
    kind: str, kinds: tuple[str, ...]
) -> list[tuple[int, int, str, tuple[tuple[str, ...], ...]]]:
    """Of each key kind: its place, what its hashes begin with, the column of words, the columns."""
    return [
        (
            place,
            mixed_first(place + 1),
            one.words_of,
            () if one.words_of else (one.columns, one.also) if one.also else (one.columns,),
        )
        for place, one in _PLACED[kind]
        if one.name in kinds
    ]


_PLACED: dict[str, list[tuple[int, KeyKind]]] = {
    kind: [(KEY_KINDS.index(one), one) for one in kinds] for kind, kinds in KINDS_OF.items()
}
# What each column counts by: those of texts, and what is derived.
_TEXT_COLUMNS = tuple(n for n in FACTORS if n in Plain._fields and n != "birth")
_TEXTS = itemgetter(*map(Plain._fields.index, _TEXT_COLUMNS))
_TEXT_FACTORS = tuple(FACTORS[name] for name in _TEXT_COLUMNS)
_DERIVED_FACTORS = tuple((name, f) for name, f in FACTORS.items() if name not in Plain._fields)


class Hashed(dict[str, int]):
    """Hashes of the columns of keys of one record, each computed when asked for."""

    def __init__(self, said: Plain) -> None:
        super().__init__()
        self._said = said

    def __missing__(self, name: str) -> int:
        own = _DERIVED.get(name)
        self[name] = found = own(self._said) if own else hash_of(getattr(self._said, name))
        return found


def _full_key(said: Plain) -> int:
    first, last = hash_of(said.first), hash_of(said.part)
    return mixed_one(min(first, last), max(first, last)) if first and last else 0


def _birth_key(said: Plain) -> int:
    year, rest = divmod(said.birth, 10000)
    month, day = divmod(rest, 100)
    return year * 10000 + min(month, day) * 100 + max(month, day)


@lru_cache(maxsize=1_024)
def _sound(part: str) -> int:
    """Kept, for records that are looked at together are mostly of one name."""
    return hash_of(names.sounding(part)) if part else 0


_DERIVED: dict[str, Callable[[Plain], int]] = {
    "first+surname": _full_key,
    "birth~": _birth_key,
    "birth^": lambda said: said.birth // 10000,
    "first^": lambda said: hash_of(said.first[:3]),
    "surname^": lambda said: hash_of(said.surname[:4]),
    "postcode^": lambda said: hash_of(said.postcode[:4]),
    "organisation^": lambda said: hash_of(said.organisation[:5]),
    "root": lambda said: hash_of(names.nickname_root(said.first)) if said.first else 0,
    "sound": lambda said: _sound(said.part),
}


class Stopped:
    """Values that bring nobody together: by column of one kind the hashes of such texts.

    A stop-key is the mix of a value's hash; the mix is turned back, so that a text is looked up
    by its own hash.
    """

    def __init__(self, kind: str, stop_keys: Collection[int]) -> None:
        self._held: dict[int, frozenset[int]] = {}
        for place, one in _PLACED[kind]:
            values = frozenset(unmixed(place + 1, list(stop_keys)))
            for name in SHAREABLE.get(one.name, ()) if stop_keys else ():
                at = Plain._fields.index(name)
                self._held[at] = self._held.get(at, frozenset()) | values

    def taken_out(self, said: Plain) -> Plain:
        """The record without them, as `keys.without_stopped`."""
        gone = [
            at for at, values in self._held.items() if said[at] and hash_of(str(said[at])) in values
        ]
        if not gone:
            return said
        return Plain._make("" if at in gone else value for at, value in enumerate(said))


# Between the packed values of a record; a record in which one holds it is not packed.
_BETWEEN = "\x1f"
_FIRST = (
    "kind", "first", "initials", "part", "other_part", "birth",
    "gender", "email", "phone", "other_phone", "postcode",
)  # fmt: skip
_DERIVED_TEXTS = frozenset(("initial", "surname", "mailbox", "region", "source", "updated"))
PACKED = _FIRST + tuple(n for n in Plain._fields if n not in _DERIVED_TEXTS and n not in _FIRST)


_PACKED_PLACES = tuple(map(Plain._fields.index, PACKED))


def packed(values: pl.DataFrame) -> pl.Series:
    """What is compared of each row of a values frame in one text, null where that cannot be."""
    known = [
        pl.col(name).cast(pl.String).fill_null("") if name in values.columns else pl.lit("")
        for name in PACKED
    ]
    text = pl.concat_str(known, separator=_BETWEEN)
    is_whole = text.str.count_matches(_BETWEEN, literal=True) == len(PACKED) - 1
    whole = pl.when(is_whole).then(text.str.strip_chars_end(_BETWEEN))
    return values.select(whole.alias("said")).to_series()


def packed_one(said: Plain) -> str | None:
    """As `packed`, of one record."""
    text = _BETWEEN.join([str(said[place] or "") for place in _PACKED_PLACES])
    return text.rstrip(_BETWEEN) if text.count(_BETWEEN) == len(PACKED) - 1 else None


def unpacked(text: str, source: str = "", updated: str = "") -> Plain:
    """The record that was `packed`; its source and when it was updated are not in the text."""
    parts = text.split(_BETWEEN)
    parts += [""] * (len(PACKED) - len(parts))
    kind, first, initials, part, other_part, birth, *rest = parts
    gender, email, phone, other_phone, postcode, *rest = rest
    return Plain(
        kind, source, updated, first, initials, (first or initials)[:1],
        part + other_part.replace("|", ""), part, other_part, int(birth or 0), gender,
        email, email.partition("@")[0], phone, other_phone, postcode,
        postcode[:4] if len(postcode) >= 6 else "", *rest,
    )  # fmt: skip
