"""What five sources wrote down about the organisations, and whom each row is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from benchmarks.customers import names as people
from benchmarks.customers.slips import Slip, digit, heard, scanned, typed, with_slips

from .firms import PRIVATE, Firms, Ints, Random, Texts, firms, words


@dataclass(frozen=True)
class Organisations:
    """Rows in roles, and the truth for judging only.

    organisation: the place (or the person) each row is about; group: its head office; employer:
    the place where a contact works, null for rows about organisations.
    """

    frame: pl.DataFrame
    organisation: pl.Series
    group: pl.Series
    employer: pl.Series


@dataclass(frozen=True)
class Source:
    """Rows per place, what is filled how often, which name is used, and how it goes wrong."""

    name: str
    rate: float
    filled: Mapping[str, float]
    slip: Slip
    slips: float
    legal: float  # share of rows with the name as it is registered
    contacts: float = 0.0  # share of rows about somebody who works there


SOURCES = (
    Source("register", 0.55, {"address": 1, "kvk": 0.97, "vat": 0.2, "lei": 0.12}, typed, 0.005, 1.0),
    Source("crm", 0.75, {"address": 0.9, "phone": 0.75, "email": 0.6, "website": 0.55, "kvk": 0.3,
           "vat": 0.15}, typed, 0.03, 0.35, 0.12),
    Source("invoices", 0.6, {"address": 0.96, "phone": 0.25, "email": 0.5, "vat": 0.65,
           "iban": 0.55, "lei": 0.03}, scanned, 0.025, 0.7),
    Source("webshop", 0.4, {"address": 0.95, "phone": 0.6, "email": 0.98, "vat": 0.25}, typed,
           0.04, 0.15),
    Source("service", 0.35, {"address": 0.35, "phone": 0.8, "email": 0.3}, heard, 0.08, 0.1, 0.1),
)  # fmt: skip
_MAILBOXES = ("info", "administratie", "contact", "inkoop", "office", "facturen")
_COLUMNS = (
    "organisation_name", "full_name", "street", "house_number", "postcode", "city", "phone",
    "email", "website", "kvk", "vat", "iban", "lei",
)  # fmt: skip


def simulate(records: int = 100_000, seed: int = 0) -> Organisations:
    """Some `records` rows about half as many places, and those who work there."""
    random = np.random.default_rng(seed)
    base = firms(max(60, int(records / 2.0)), random)
    size = len(base.group)
    activity = random.gamma(1.8, 1 / 1.8, size)
    frames, abouts, are_people = [], [], []
    for source in SOURCES:
        times = random.poisson(activity * source.rate)
        further = random.binomial(np.maximum(times - 1, 0), 0.3)
        at = np.repeat(np.arange(size), np.minimum(times, 1) + further)
        is_person = random.random(len(at)) < source.contacts
        frames.append(_written(base, at, source, is_person, random))
        abouts.append(at)
        are_people.append(is_person)
    at, is_person = np.concatenate(abouts), np.concatenate(are_people)
    order = random.permutation(len(at))[:records]
    frame, at, is_person = pl.concat(frames)[order], at[order], is_person[order]
    # Each contact is somebody of their own: two of one name at one firm are one.
    name = frame["full_name"].rank("dense").fill_null(0).to_numpy().astype(np.int64)
    own = np.where(is_person, size * (name + 1) + at, at)
    employer = pl.Series("employer", at).set(pl.Series(~is_person), None)
    return Organisations(
        frame,
        pl.Series("organisation", own),
        pl.Series("group", base.group[at]),
        employer,
    )


def _written(
    base: Firms, at: Ints, source: Source, is_person: np.ndarray, random: Random
) -> pl.DataFrame:
    """What one source says of these places, one row each."""
    size = len(at)
    is_former = random.random(size) < 0.35  # written down before a move or another number
    where = np.where(is_former, base.before[at], at)
    columns: dict[str, Texts] = {
        "organisation_name": _name(base, at, source, random),
        "street": with_slips(_titled(base.street[where]), source.slips, source.slip, random),
        "house_number": with_slips(base.number[where], 0.3 * source.slips, digit, random),
        "postcode": with_slips(base.postcode[where], 0.4 * source.slips, digit, random),
        "city": _titled(base.city[where]),
        "phone": with_slips(
            np.where(is_former, base.phone_before[at], base.phone[at]),
            0.5 * source.slips, digit, random,
        ),
        "website": "https://www." + base.domain[at] + "/",
        "email": _email(base, at, random),
    }  # fmt: skip
    for name in ("kvk", "vat", "iban", "lei"):
        columns[name] = with_slips(getattr(base, name)[at], 0.015, digit, random)
    columns["website"][base.domain[at] == PRIVATE] = None
    first, last = (_people(at, place, random) for place in (0, 1))
    columns["full_name"] = np.where(is_person, first + " " + last, None)
    columns["email"] = np.where(
        is_person & (base.domain[at] != PRIVATE), first + "." + last + "@" + base.domain[at],
        columns["email"],
    )  # fmt: skip
    known_address = random.random(size) < source.filled["address"]
    for name in columns:
        if name in ("street", "house_number", "postcode", "city"):
            columns[name] = people.kept(columns[name], known_address & ~is_person)
        elif name not in ("organisation_name", "full_name"):
            known = random.random(size) < source.filled.get(name, 0.0)
            columns[name] = people.kept(columns[name], known | (is_person & (name == "email")))
    series = [pl.Series(name, columns[name].tolist(), dtype=pl.String) for name in _COLUMNS]
    return pl.DataFrame(series).with_columns(pl.lit(source.name).alias("source"))


def _titled(texts: Texts) -> Texts:
    titled: Texts = pl.Series(texts).str.to_titlecase().to_numpy().astype(object)
    return titled


def _name(base: Firms, at: Ints, source: Source, random: Random) -> Texts:
    """The registered name with its form, or the one on the door, as people write it."""
    size = len(at)
    is_legal = random.random(size) < source.legal
    plain = with_slips(
        np.where(is_legal, base.core[at], base.trade[at]), source.slips, source.slip, random
    )
    plain = _titled(plain)
    with_form = is_legal | (random.random(size) < 0.3)
    form = base.form[at]
    written = np.where(with_form & (form != ""), plain + " " + form, plain)
    is_before = with_form & (form == "Stichting")
    written = np.where(is_before, "Stichting " + plain, written)
    loud = pl.Series(written).str.to_uppercase().to_numpy()
    result: Texts = np.where(random.random(size) < 0.12, loud, written)
    return result


def _email(base: Firms, at: Ints, random: Random) -> Texts:
    """A mailbox of the firm; of the small ones a private one; an accountant's now and then."""
    size = len(at)
    box = np.array(_MAILBOXES, dtype=object)[random.integers(0, len(_MAILBOXES), size)]
    private = np.array([f"{core[:9].replace(' ', '.')}{place % 9973}" for core, place in
                        zip(base.core[at], at, strict=True)], dtype=object)  # fmt: skip
    email = np.where(base.domain[at] == PRIVATE, private, box) + "@" + base.domain[at]
    offices = max(2, size // 2_000)
    accountant = np.array([f"post@kantoor{n}.example.nl" for n in at % offices], dtype=object)
    result: Texts = np.where(random.random(size) < 0.02, accountant, email)
    return result


def _people(at: Ints, place: int, random: Random) -> Texts:
    """First names or surnames of those who work somewhere: two people for each place."""
    given = [name.partition("=")[0] for name in (*people.MEN_SINCE, *people.WOMEN_SINCE)]
    texts = np.array(given, dtype=object)
    who = at * 2 + (random.random(len(at)) < 0.3)
    if place:
        texts = words(5_000, np.random.default_rng(7))
    found: Texts = texts[(who * 7919 + 13) % len(texts)]
    return found
