"""What five sources wrote down about the population, and whom each row is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from . import names
from .names import Texts
from .people import FIRST_YEAR, THIS_YEAR, Flags, Ints, People, Random, people
from .slips import Slip, dates_with_slips, digit, heard, scanned, typed, with_slips


@dataclass(frozen=True)
class Customers:
    """Rows in roles; for each the person and the household it is about, for judging only."""

    frame: pl.DataFrame
    person: pl.Series
    household: pl.Series


@dataclass(frozen=True)
class Source:
    """Rows per active person, what is filled how often, and how it goes wrong."""

    name: str
    rate: float
    filled: Mapping[str, float]
    slip: Slip
    names: str  # how the name is written: initials | first | heard | one
    slips: float
    numbered: bool = False  # has a customer number of its own
    again: float = 0.0  # share of a person's further rows that get in all the same


SOURCES = (
    Source("backoffice", 0.62, {"name": 1, "birth": 0.35, "email": 0.45, "landline": 0.55,
           "mobile": 0.25, "address": 0.99, "street": 1}, typed, "initials", 0.03, True, 0.06),
    Source("webshop", 0.95, {"name": 1, "email": 0.99, "mobile": 0.7, "landline": 0.08,
           "address": 0.97, "street": 1, "birth": 0.03}, typed, "first", 0.035, False, 0.6),
    Source("newsletter", 0.50, {"name": 0.6, "email": 1}, typed, "first", 0.02, False, 0.2),
    Source("service", 0.40, {"name": 0.97, "mobile": 0.5, "landline": 0.4, "email": 0.25,
           "address": 0.6, "street": 0.3}, heard, "heard", 0.08, False, 0.7),
    Source("card", 0.35, {"name": 1, "birth": 0.9, "email": 0.5, "mobile": 0.55, "landline": 0.2,
           "address": 0.93, "street": 0.9}, scanned, "one", 0.06, True, 0.05),
)  # fmt: skip

_COLUMNS = (
    "full_name", "initials", "first_name", "surname_prefix", "surname", "birth_date", "email",
    "phone", "mobile", "street", "house_number", "house_suffix", "postcode", "city",
    "customer_number",
)  # fmt: skip


def simulate(
    records: int = 100_000, seed: int = 0, dirt: float = 1.0, unique_ids: bool = True
) -> Customers:
    """Some `records` rows. `dirt` multiplies every share of errors; `unique_ids` gives two of the
    sources a customer number per row."""
    random = np.random.default_rng(seed)
    base = people(max(40, int(records / 1.99)), random)
    activity = random.gamma(1.6, 1 / 1.6, len(base.household))
    frames, persons = [], []
    for source in SOURCES:
        who = _rows(activity, source, random)
        frames.append(_written(base, who, source, dirt, random))
        persons.append(who)
    frame, person = pl.concat(frames), np.concatenate(persons)
    order = random.permutation(len(frame))[:records]
    frame = frame[order] if unique_ids else frame[order].drop("customer_number")
    home = base.household[person[order]]
    return Customers(frame, pl.Series("person", person[order]), pl.Series("household", home))


def _rows(activity: names.Floats, source: Source, random: Random) -> Ints:
    """A place in the population per row; who does much is written down more often."""
    times = random.poisson(activity * source.rate)
    further = random.binomial(np.maximum(times - 1, 0), source.again)
    return np.repeat(np.arange(len(times)), np.minimum(times, 1) + further)


def _written(base: People, who: Ints, source: Source, dirt: float, random: Random) -> pl.DataFrame:
    """What one source says of these people, one row each."""
    size, slips = len(who), source.slips * dirt
    year = THIS_YEAR - np.minimum(random.exponential(4, size), THIS_YEAR - FIRST_YEAR).astype(int)
    columns = _names(base, who, year, source, dirt, random)
    columns |= _reached(base, who, year, source, dirt, random)
    columns |= _address(base, who, year, source, slips, random)
    birth = base.birth[who].astype("datetime64[D]").astype(str).astype(object)
    birth = dates_with_slips(birth, slips, random)
    columns["birth_date"] = _given_up(birth, names.NO_BIRTH, 0.006 * dirt, random)
    roles = {"birth": ("birth_date",), "email": ("email",), "mobile": ("mobile",),
             "landline": ("phone",)}  # fmt: skip
    for field, written in roles.items():
        known = random.random(size) < source.filled.get(field, 0.0)
        columns |= {role: names.kept(columns[role], known) for role in written}
    if source.numbered:
        numbers = random.permutation(size) + 100_000
        columns["customer_number"] = numbers.astype(str).astype(object)
    empty = np.full(size, None, dtype=object)
    series = [
        pl.Series(name, columns.get(name, empty).tolist(), dtype=pl.String) for name in _COLUMNS
    ]
    return pl.DataFrame(series).with_columns(pl.lit(source.name).alias("source"))


def _given_up(texts: Texts, values: tuple[str, ...], share: float, random: Random) -> Texts:
    """A share replaced by what is entered when something must be."""
    given = np.array(values, dtype=object)[random.integers(0, len(values), len(texts))]
    result: Texts = np.where(random.random(len(texts)) < share, given, texts)
    return result


def _surnames(base: People, who: Ints, year: Ints, random: Random) -> tuple[Texts, Texts]:
    """Prefix and surname as used in that year: own, the partner's, or both."""
    prefix, surname = base.prefix[who], base.surname[who]
    usage = np.where(year >= base.wed[who], base.usage[who], 0)
    usage[(usage > 0) & (random.random(len(who)) < 0.12)] = 0  # not everybody uses it everywhere
    at = np.flatnonzero(usage)
    for place in at:
        own, partner = surname[place], base.partner[who[place]]
        before, _, last = partner.rpartition(" ")
        own_whole = f"{prefix[place]} {own}".strip()
        match usage[place]:
            case 1:
                prefix[place], surname[place] = before, last
            case 2:
                prefix[place], surname[place] = before, f"{last}-{own_whole}"
            case 3:
                surname[place] = f"{own}-{partner}"
    return prefix, surname


def _names(
    base: People, who: Ints, year: Ints, source: Source, dirt: float, random: Random
) -> dict[str, Texts]:
    size = len(who)
    prefix, surname = _surnames(base, who, year, random)
    goes_by = random.random(size) < 0.75
    first = np.where(goes_by, base.called[who], base.first[who])
    only_initial = random.random(size) < {"first": 0.05, "heard": 0.45, "one": 0.35}.get(
        source.names, 0
    )
    initials = base.initials[who].copy()
    first = with_slips(first, source.slips * dirt, source.slip, random)
    surname = with_slips(surname, 1.3 * source.slips * dirt, source.slip, random)
    prefix[random.random(size) < 0.06 * dirt] = ""  # the tussenvoegsel forgotten
    known = random.random(size) < source.filled["name"]
    dotted = pl.Series(initials).str.to_uppercase().str.replace_all(r"(.)", "${1}.").to_numpy()
    titled = (
        pl.DataFrame({"first": first, "surname": surname})
        .select(pl.all().str.to_titlecase())
        .get_columns()
    )
    first, surname = (column.to_numpy().astype(object) for column in titled)
    swapped = random.random(size) < 0.006 * dirt
    first, surname = np.where(swapped, surname, first), np.where(swapped, first, surname)
    glued = pl.Series(prefix + " " + surname).str.strip_chars().to_numpy().astype(object)
    if source.names == "initials":
        capitals = pl.Series(surname).str.to_uppercase().to_numpy()
        loud = random.random(size) < 0.25
        columns = {"initials": dotted, "surname_prefix": names.kept(prefix, prefix != ""),
                   "surname": np.where(loud, capitals, surname)}  # fmt: skip
    elif source.names == "one":
        columns = {"full_name": np.where(only_initial, dotted, first) + " " + glued}
    else:
        columns = {"first_name": np.where(only_initial, dotted, first), "surname": glued}
        if source.name == "newsletter":
            asks = random.random(size) < 0.45
            columns["surname"] = names.kept(columns["surname"], asks)
    return {name: names.kept(texts, known) for name, texts in columns.items()}


def _reached(
    base: People, who: Ints, year: Ints, source: Source, dirt: float, random: Random
) -> dict[str, Texts]:
    """E-mail and telephones of that year; some use the family's, the firm's, the partner's."""
    size = len(who)
    is_former: Flags = year < base.changed[who]
    email = np.where(is_former, base.email_before[who], base.email[who])
    shares = (random.random(size) < 0.75) & (base.shared_email[who] != None)  # noqa: E711
    email = np.where(shares, base.shared_email[who], email)
    next_one = np.minimum(who + 1, len(base.household) - 1)
    borrows = (base.household[next_one] == base.household[who]) & (random.random(size) < 0.03)
    email = np.where(borrows, base.email[next_one], email)
    email = with_slips(email, 0.4 * source.slips * dirt, source.slip, random)
    mobile = np.where(is_former, base.mobile_before[who], base.mobile[who])
    slip = 0.5 * source.slips * dirt
    mobile, landline = (
        with_slips(numbers, slip, digit, random) for numbers in (mobile, base.landline[who])
    )
    abroad = pl.Series(mobile).str.replace(r"^0", "+31").to_numpy().astype(object)
    return {
        "email": _given_up(email, names.NO_EMAIL, 0.01 * dirt, random),
        "mobile": _given_up(
            np.where(random.random(size) < 0.3, abroad, mobile), names.NO_PHONE, 0.01 * dirt, random
        ),
        "phone": _given_up(landline, names.NO_PHONE, 0.01 * dirt, random),
    }


def _address(
    base: People, who: Ints, year: Ints, source: Source, slips: float, random: Random
) -> dict[str, Texts]:
    """Where they lived in that year; the back office now and then never heard of the move."""
    size = len(who)
    unheard = (source.name == "backoffice") & (random.random(size) < 0.2)
    is_former = (base.moved[who] > 0) & ((year < base.moved[who]) | unheard)
    at = np.where(is_former, base.home_before[who], base.home[who])
    homes = base.homes
    street = with_slips(homes.street[at], slips, source.slip, random)
    columns = {
        "street": pl.Series(street).str.to_titlecase().to_numpy().astype(object),
        "house_number": with_slips(homes.number[at], 0.3 * slips, digit, random),
        "house_suffix": names.kept(homes.suffix[at], random.random(size) < 0.8),
        "postcode": with_slips(homes.postcode[at], 0.5 * slips, digit, random),
        "city": pl.Series(homes.town[at]).str.to_titlecase().to_numpy().astype(object),
    }
    known = random.random(size) < source.filled.get("address", 0.0)
    has_street = known & (random.random(size) < source.filled.get("street", 0.0))
    return {
        role: names.kept(texts, has_street if role in {"street", "city"} else known)
        for role, texts in columns.items()
    }
