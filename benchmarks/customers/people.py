"""The invented population: who lives with whom, is called what, and can be reached where, when."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from . import names
from .names import Texts

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Days = npt.NDArray[np.datetime64]
Random = np.random.Generator

HEAD, PARTNER, CHILD = 0, 1, 2
FIRST_YEAR, THIS_YEAR = 2012, 2026

# Kinds of household as roles of members, with their shares.
_KINDS = (
    ((HEAD,), 0.36),
    ((HEAD, PARTNER), 0.29),
    ((HEAD, PARTNER, CHILD), 0.09),
    ((HEAD, PARTNER, CHILD, CHILD), 0.13),
    ((HEAD, PARTNER, CHILD, CHILD, CHILD), 0.05),
    ((HEAD, CHILD), 0.05),
    ((HEAD, CHILD, CHILD), 0.03),
)


@dataclass(frozen=True)
class Homes:
    """Addresses, one place each."""

    town: Texts
    street: Texts
    number: Texts
    suffix: Texts
    postcode: Texts

    @classmethod
    def drawn(cls, size: int, random: Random) -> Homes:
        """Addresses in towns of very different size; some twelve houses share a postcode."""
        known = names.towns()
        town = random.choice(len(known), size, p=names.frequencies(len(known), 4, 1.0))
        # A street for every eight addresses drawn there: a base knows few houses of a street.
        street = random.integers(
            0, np.maximum(1, np.bincount(town, minlength=len(known))[town] // 8)
        )
        number = np.ceil(random.gamma(1.3, 40, size)).astype(np.int64)
        mixed = (town * 7919 + street * 104_729) % 2_147_483_647
        head, end = np.array(names.STREETS, dtype=object), np.array(names.STREET_ENDS, dtype=object)
        stem = names.surnames()[mixed // 64 % 3000]
        plain = pl.Series(stem).str.replace_all(r"^.* |[^a-z]", "").to_numpy()
        is_common = street < len(head)
        name = np.where(is_common, head[street % len(head)], plain) + end[mixed // 7 % len(end)]
        part = mixed + number // 24 * 31 + number % 2
        letters = np.array(list("ABCDEFGHJKLMNPRSTVWXZ"), dtype=object)
        area = 1000 + (town * 31 + street // 60) % 8900
        code = area.astype(str).astype(object) + letters[part // 21 % 21] + letters[part % 21]
        suffix = np.array(["A", "B", "C", "2", "bis", "hs"], dtype=object)
        has_suffix = random.random(size) < 0.11
        suffixes = names.kept(suffix[random.integers(0, 6, size)], has_suffix)
        return cls(known[town], name, number.astype(str).astype(object), suffixes, code)


@dataclass(frozen=True)
class People:
    """One place per person in every array; `home`, `home_before` are places in `homes`."""

    household: Ints
    role: Ints
    is_man: Flags
    birth: Days
    first: Texts
    called: Texts
    initials: Texts
    prefix: Texts
    surname: Texts
    partner: Texts  # full name of the partner's family, or None
    usage: Ints  # 0 own name, 1 partner's, 2 partner's - own, 3 own - partner's
    wed: Ints  # year since when that usage holds
    homes: Homes
    home: Ints
    home_before: Ints
    moved: Ints  # year of the last move; 0 never
    email: Texts
    email_before: Texts
    changed: Ints  # year in which the e-mail address and mobile changed
    shared_email: Texts  # of the family, of the work, or None
    mobile: Texts
    mobile_before: Texts
    landline: Texts


def people(size: int, random: Random) -> People:
    """Some `size` people in households."""
    household, role = _households(size, random)
    start = np.flatnonzero(np.r_[True, household[1:] != household[:-1]])[household]
    birth, is_man = _births(role, start, random)
    first, called, initials = _first_names(birth, is_man, random)
    known = names.surnames()
    code = random.choice(len(known), len(role), p=names.frequencies(len(known), 12, 0.82))
    father = np.where(random.random(len(role)) < 0.93, start, np.minimum(start + 1, len(role) - 1))
    code = np.where(role == CHILD, code[father], code)
    _namesakes(birth, is_man, role, start, (first, called, initials), random)
    married, usage, wed = _marriages(role, is_man, start, birth, random)
    homes, home, before, moved = _residences(household, role, birth, random)
    _same_town_names(code, homes.town[home], first, called, initials, random)
    prefix, surname = _split(known[code])
    partner = names.kept(known[code[np.maximum(married, 0)]], usage > 0)
    contacts = _contacts(called, surname, birth, household, start, random)
    return People(
        household, role, is_man, birth, first, called, initials, prefix, surname, partner, usage,
        wed, homes, home, before, moved, *contacts,
    )  # fmt: skip


def _households(size: int, random: Random) -> tuple[Ints, Ints]:
    kinds = random.choice(len(_KINDS), size, p=[share for _, share in _KINDS])
    length = np.array([len(roles) for roles, _ in _KINDS])[kinds]
    kinds = kinds[: int(np.searchsorted(np.cumsum(length), size)) + 1]
    roles = [np.array(roles) for roles, _ in _KINDS]
    household = np.repeat(np.arange(len(kinds)), [len(roles[kind]) for kind in kinds])
    return household, np.concatenate([roles[kind] for kind in kinds])


def _births(role: Ints, start: Ints, random: Random) -> tuple[Days, Flags]:
    size = len(role)
    is_man = random.random(size) < 0.5
    second = role == PARTNER
    other_sex = random.random(size) < 0.96
    is_man[second] = is_man[start[second]] ^ other_sex[second]
    year = np.clip(random.normal(1970, 17, size), 1928, 2004)[start]
    year += np.where(second, random.normal(0, 3.5, size), 0)
    year += np.where(role == CHILD, random.normal(29, 4.5, size), 0)
    whole = np.minimum(year, 2012).astype(np.int64)
    days = random.integers(0, 365, size)
    twin = np.flatnonzero((role[1:] == CHILD) & (role[:-1] == CHILD)) + 1
    twin = twin[random.random(len(twin)) < 0.035]
    whole[twin], days[twin] = whole[twin - 1], days[twin - 1]
    birth: Days = (whole - 1970).astype("datetime64[Y]").astype("datetime64[D]")
    birth = birth + days.astype("timedelta64[D]")
    return birth, is_man


def _first_names(birth: Days, is_man: Flags, random: Random) -> tuple[Texts, Texts, Texts]:
    """Baptismal name, the name gone by, and initials of one to three names."""
    size = len(birth)
    is_new = birth.astype("datetime64[Y]").astype(int) + 1970 + random.normal(0, 8, size) > 1980
    first, called = np.empty(size, dtype=object), np.empty(size, dtype=object)
    lists = (names.WOMEN_BEFORE, names.WOMEN_SINCE, names.MEN_BEFORE, names.MEN_SINCE)
    for place, words in enumerate(lists):
        at = np.flatnonzero(is_man * 2 + is_new == place)
        given, short = names.forms(words)
        drawn = random.choice(len(given), len(at), p=names.frequencies(len(given), 5, 1.1))
        pick = random.random(len(at))
        first[at] = np.array(given, dtype=object)[drawn]
        called[at] = [short[d][int(p * len(short[d]))] for d, p in zip(drawn, pick, strict=True)]
    letters = np.array(list("ajmcpwhgebnlrtsdfk"), dtype=object)
    further = random.random(size)
    initials = pl.Series(first).str.slice(0, 1).to_numpy().astype(object)
    second, third = (letters[random.integers(0, 18, size)] for _ in range(2))
    initials = np.where(further < 0.55, initials + second, initials)
    return first, called, np.where(further < 0.15, initials + third, initials)


def _namesakes(
    birth: Days, is_man: Flags, role: Ints, start: Ints, given: tuple[Texts, ...], random: Random
) -> None:
    """Sons called after their father, daughters after their mother, in place."""
    named = np.flatnonzero((role == CHILD) & (random.random(len(role)) < 0.04))
    parent = start[named]
    has_two = (parent + 1 < len(role)) & (role[np.minimum(parent + 1, len(role) - 1)] == PARTNER)
    parent = np.where(has_two & (is_man[parent] != is_man[named]), parent + 1, parent)
    named, parent = named[is_man[parent] == is_man[named]], parent[is_man[parent] == is_man[named]]
    for texts in given:
        texts[named] = texts[parent]


def _same_town_names(
    code: Ints, town: Texts, first: Texts, called: Texts, initials: Texts, random: Random
) -> None:
    """One person in a hundred has somebody else's whole name in the same town, in place."""
    order = np.argsort(town.astype(str), kind="stable")
    at = np.flatnonzero(random.random(len(order) - 40) < 0.01)
    one, other = order[at], order[at + random.integers(5, 40, len(at))]
    is_near = town[one] == town[other]
    one, other = one[is_near], other[is_near]
    for column in (code, first, called, initials):
        column[other] = column[one]


def _marriages(
    role: Ints, is_man: Flags, start: Ints, birth: Days, random: Random
) -> tuple[Ints, Ints, Ints]:
    """Place of the partner (-1 none), how the name is used since, and since when."""
    size = len(role)
    second = np.flatnonzero(role == PARTNER)
    married = np.full(size, -1)
    married[second], married[start[second]] = start[second], second
    takes = (married >= 0) & ~is_man & (random.random(size) < 0.62)
    usage = np.where(takes, random.choice([1, 2, 3], size, p=[0.42, 0.43, 0.15]), 0)
    age = birth.astype("datetime64[Y]").astype(int) + 1970
    wed = age + np.clip(random.normal(29, 5, size), 19, 60).astype(int)
    again = (married >= 0) & (random.random(size) < 0.06)  # remarried: the name changed recently
    return married, usage, np.where(again, random.integers(FIRST_YEAR, THIS_YEAR, size), wed)


def _residences(
    household: Ints, role: Ints, birth: Days, random: Random
) -> tuple[Homes, Ints, Ints, Ints]:
    """Homes; of each person the place of this one and the former, and when they moved."""
    size, count = len(household), int(household[-1]) + 1
    year = birth.astype("datetime64[Y]").astype(int) + 1970
    has_left = (role == CHILD) & (year < 2003) & (random.random(size) < 0.75)
    moves = (random.random(count) < 0.38)[household]
    when = random.integers(FIRST_YEAR, THIS_YEAR + 1, count)[household]
    own = 2 * count + np.arange(size)
    homes = Homes.drawn(2 * count + size, random)
    home = np.where(has_left, own, household)
    before = np.where(has_left, household, count + household)
    moved = np.where(has_left, np.maximum(year + 20, FIRST_YEAR), np.where(moves, when, 0))
    near = has_left & (random.random(size) < 0.45)  # many stay in the town of their parents
    homes.town[home[near]] = homes.town[before[near]]
    return homes, home, before, moved


def _split(full: Texts) -> tuple[Texts, Texts]:
    """'van den berg' as 'van den' and 'berg'."""
    parts = pl.DataFrame({"full": full}).select(
        pl.col("full").str.extract(r"^(.*) ").fill_null("").alias("prefix"),
        pl.col("full").str.extract(r"([^ ]*)$").alias("surname"),
    )
    return parts["prefix"].to_numpy().astype(object), parts["surname"].to_numpy().astype(object)


def _contacts(
    called: Texts, surname: Texts, birth: Days, household: Ints, start: Ints, random: Random,
) -> tuple[Texts, Texts, Ints, Texts, Texts, Texts, Texts]:  # fmt: skip
    size, year = len(called), birth.astype("datetime64[Y]").astype(int) + 1970
    plain = pl.Series(surname).str.replace_all(r"[^a-z]", "").to_numpy().astype(object)
    email = _mailboxes(called, plain, birth, random)
    before = _mailboxes(called, plain, birth, random)
    changes = random.random(size)
    changed = np.where(changes < 0.3, random.integers(FIRST_YEAR, THIS_YEAR + 1, size), 0)
    hosts = np.array(names.HOSTS, dtype=object)[household % len(names.HOSTS)]
    family = "fam" + plain[start] + household.astype(str).astype(object) + "@" + hosts
    firm = (random.integers(0, max(1, size // 200), size)).astype(str).astype(object)
    work = "info@firma" + firm + ".example.com"
    shares = (random.random(int(household[-1]) + 1) < 0.14)[household] & (random.random(size) < 0.8)
    works = (year < 2000) & (random.random(size) < 0.02)
    shared = np.where(works, work, names.kept(family, shares))
    mobile, mobile_before = (_numbers("0970", 8, size, random) for _ in range(2))
    mobile_before = np.where(changes < 0.15, mobile_before, mobile)
    young = (year > 2006) & (random.random(size) < 0.4)  # whose parents left their own number
    mobile[young] = mobile[start[young]]
    landline = _numbers("0850", 6, size, random)[start]
    return email, before, changed, shared, mobile, mobile_before, landline


def _mailboxes(called: Texts, plain: Texts, birth: Days, random: Random) -> Texts:
    """Addresses of many habits, each its owner's only."""
    size = len(called)
    year = birth.astype("datetime64[Y]").astype(int) + 1970
    short = (year % 100).astype(str).astype(object)
    initial = pl.Series(called).str.slice(0, 1).to_numpy().astype(object)
    handle = np.array(names.HANDLES, dtype=object)[random.integers(0, len(names.HANDLES), size)]
    style = random.choice(6, size, p=[0.30, 0.22, 0.12, 0.12, 0.12, 0.12])
    local = np.select(
        [style == place for place in range(5)],
        [
            called + "." + plain,
            initial + "." + plain,
            called + plain,
            plain + "." + initial + short,
            called + short,
        ],
        handle + random.integers(1, 10_000, size).astype(str).astype(object),
    )
    shares = names.frequencies(len(names.HOSTS), 1, 1.0)
    host = np.array(names.HOSTS, dtype=object)[random.choice(len(names.HOSTS), size, p=shares)]
    taken = pl.DataFrame({"local": local, "host": host}).select(
        pl.int_range(pl.len()).over("local", "host")
    )
    again = taken.to_series().to_numpy()
    number = (again + random.integers(1, 9, size)).astype(str).astype(object)
    number[again > 0] += np.flatnonzero(again > 0).astype(str).astype(object)
    result: Texts = local + np.where(again > 0, number, "") + "@" + host
    return result


def _numbers(start: str, digits: int, size: int, random: Random) -> Texts:
    drawn = random.integers(0, 10**digits, size)
    return np.char.add(start, np.char.zfill(drawn.astype(str), digits)).astype(object)
