"""How many people may use one e-mail address or number before it says nothing about who they are.

A value over its limit is taken as missing for everybody who has it, so nothing is joined by it. It
is decided from what its holders say, never from clusters: so it does not depend on the order in
which records came, and when one goes the others are what they would have been without it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from .compare import compare
from .contacts import birth_dates
from .identifiers import contradicts
from .mixing import mixed
from .runs import pairs_within
from .values import PERSON, hashes, match_values

Ints = npt.NDArray[np.int64]

# What can be limited or blocked: the roles that hold it, and the compared columns that it is in.
# The order is part of the stored format.
LIMITED: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "number": (("number",), ("number",)),
    "login": (("login",), ("login",)),
    "loyalty": (("loyalty_number",), ("loyalty",)),
    "email": (("email",), ("email",)),
    "phone": (("phone", "mobile"), ("phone", "other_phone")),
    "iban": (("iban",), ("iban",)),
}
TYPES = tuple(LIMITED)
MOST_PERSONS = 100
# Whoever they are: so many people by name have nothing in common but the value.
_MOST_NAMES = 200
_NAMED = ("first", "initials", "surname", "birth", "gender")
_DAY = 86_400_000_000
# From here on a number is a moment in microseconds, not a written date.
_FIRST_MICROS = 10**12


@dataclass(frozen=True)
class Limit:
    """At most so many `persons` use one value; within `days` of each other, or ever (None).

    Raises ValueError for limits that cannot be.
    """

    persons: int
    days: int | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.persons <= MOST_PERSONS or (self.days is not None and self.days < 1):
            raise ValueError(f"no limit: {self.persons} persons in {self.days} days")


def held_in(told: pl.DataFrame, types: Collection[str]) -> pl.DataFrame:
    """Which rows of a table in roles hold which values: row (Int64), type (place), hash."""
    parts = []
    for name in sorted(types, key=TYPES.index):
        roles, columns = LIMITED[name]
        for role in roles:
            if role in told.columns:
                one = match_values(told.select(role))
                parts.append(_held(hashes(one, columns[0]), name))
    return _together(parts)


def held_by(values: pl.DataFrame, types: Collection[str]) -> pl.DataFrame:
    """As `held_in`, of comparable values (see `values.match_values`)."""
    ordered = sorted(types, key=TYPES.index)
    return _together([_held(hashes(values, c), t) for t in ordered for c in LIMITED[t][1]])


def _held(hashed: Ints, name: str) -> pl.DataFrame:
    rows = np.flatnonzero(hashed)
    place = pl.lit(TYPES.index(name), pl.Int64).alias("type")
    return pl.DataFrame({"row": rows, "hash": hashed[rows]}).select("row", place, "hash")


def _together(parts: list[pl.DataFrame]) -> pl.DataFrame:
    schema = {"row": pl.Int64, "type": pl.Int64, "hash": pl.Int64}
    return pl.concat([pl.DataFrame(schema=schema), *parts]).unique(maintain_order=True)


def crowded(
    held: pl.DataFrame,
    values_of: Callable[[Ints], pl.DataFrame],
    limits: Mapping[str, Limit],
) -> pl.DataFrame:
    """The values (type, hash) that more people use than their limit allows.

    held: as `held_in`, of all rows that hold the values; values_of: the comparable values of rows.
    People are counted as rows of which every two contradict each other (see
    `identifiers.contradicts`): so nobody is counted twice, and who tells no name not at all. What
    an organisation holds as well is that organisation's, and is left alone.
    """
    bounds = {TYPES.index(name): limit for name, limit in limits.items()}
    most = pl.col("type").replace_strict({t: b.persons for t, b in bounds.items()}, default=None)
    many = held.filter(pl.len().over("type", "hash") > most).sort("type", "hash", "row")
    if many.is_empty():
        return many.select("type", "hash")
    rows = many["row"].unique().sort().to_numpy()
    values = values_of(rows)
    place = np.searchsorted(rows, many["row"].to_numpy())
    is_firm = (values["kind"] != PERSON).to_numpy()
    named = many.select("type", "hash").with_columns(
        pl.Series("place", place),
        pl.Series("firm", is_firm[place]),
        pl.Series("name", _names(values)[place]),
        pl.Series("day", _days(values)[place]),
    )
    named = named.filter(~pl.col("firm").any().over("type", "hash") & (pl.col("name") != 0))
    named = named.filter(pl.col("name").n_unique().over("type", "hash") > most)
    found = [key for key, limit, group in _groups(named, bounds) if _is_over(values, group, limit)]
    return pl.DataFrame(found, schema={"type": pl.Int64, "hash": pl.Int64}, orient="row")


def _names(values: pl.DataFrame) -> Ints:
    """A hash of what a row says of who it is, 0 where it does not tell a first name or initials."""
    whole = mixed(*(hashes(values, name) for name in _NAMED))
    tells = (hashes(values, "first") != 0) | (hashes(values, "initials") != 0)
    return np.where(tells, whole, 0)


def _days(values: pl.DataFrame) -> pl.Series:
    """The day of every row's update, counted from 1970; null where that is not told."""
    told = values["updated"].cast(pl.String)
    number = told.cast(pl.Int64, strict=False)
    date = birth_dates(told)
    written = pl.date(pl.col("date") // 10_000, pl.col("date") // 100 % 100, pl.col("date") % 100)
    day = pl.when(pl.col("number") > _FIRST_MICROS).then(pl.col("number") // _DAY)
    both = pl.DataFrame({"number": number, "date": date})
    return both.select(day.otherwise(written.cast(pl.Int64)).alias("day")).to_series()


def _groups(
    named: pl.DataFrame, bounds: Mapping[int, Limit]
) -> Iterator[tuple[tuple[int, int], Limit, pl.DataFrame]]:
    """Per value its key, its limit and the rows that hold it."""
    for group in named.partition_by("type", "hash", maintain_order=True):
        kind, hash_ = group.select("type", "hash").row(0)
        yield (kind, hash_), bounds[kind], group


def _is_over(values: pl.DataFrame, group: pl.DataFrame, limit: Limit) -> bool:
    by_name = group.group_by("name", maintain_order=True).agg("place", "day")
    if len(by_name) > _MOST_NAMES:
        return True
    places = np.array([rows[0] for rows in by_name["place"].to_list()])
    against = _contradictions(values, places)
    everybody = (1 << len(places)) - 1
    if not _is_clique_over(against, everybody, limit.persons):
        return False
    if limit.days is None:
        return True
    days = by_name["day"].to_list()
    starts = {day for told in days for day in told if day is not None}
    return any(
        _is_clique_over(against, _within(days, start, limit.days), limit.persons)
        for start in sorted(starts or {0})
    )


def _within(days: list[list[int | None]], start: int, length: int) -> int:
    """Who used the value in a stretch of days, as bits; who does not tell when did."""
    users = 0
    for place, told in enumerate(days):
        if any(day is None or start <= day <= start + length for day in told):
            users |= 1 << place
    return users


def _contradictions(values: pl.DataFrame, places: Ints) -> list[int]:
    """Per row, as bits, with which others it cannot be one person."""
    start, size = np.zeros(1, dtype=np.intp), np.array([len(places)], dtype=np.intp)
    one, other = pairs_within(start, size)
    ends = {"left": places[one].astype(np.uint32), "right": places[other].astype(np.uint32)}
    unlike = contradicts(compare(values, pl.DataFrame(ends)))
    against = [0] * len(places)
    for a, b in zip(one[unlike].tolist(), other[unlike].tolist(), strict=True):
        against[a] |= 1 << b
        against[b] |= 1 << a
    return against


def _is_clique_over(against: list[int], among: int, most: int) -> bool:
    """Whether more than `most` of these all contradict each other."""
    if most < 0:
        return True
    while among.bit_count() > most:
        one = among.bit_length() - 1
        among ^= 1 << one
        if _is_clique_over(against, among & against[one], most - 1):
            return True
    return False


def without(values: pl.DataFrame, held: pl.DataFrame, barred: pl.DataFrame) -> pl.DataFrame:
    """The comparable values with barred ones (type, hash) taken as missing.

    held: as `held_by`.
    """
    hit = held.join(barred, on=["type", "hash"], how="semi")
    changed: dict[str, Ints] = {}
    for kind, row, hash_ in hit.select("type", "row", "hash").iter_rows():
        for name in LIMITED[TYPES[kind]][1]:
            twin = changed.setdefault(name, hashes(values, name).copy())
            if twin[row] == hash_:
                twin[row] = 0
                if name == "email" and "mailbox#" in values.columns:
                    changed.setdefault("mailbox", hashes(values, "mailbox").copy())[row] = 0
    twins = [pl.Series(name + "#", twin) for name, twin in changed.items()]
    return values.with_columns(twins) if twins else values


def blocked_in(values: Mapping[str, Collection[str]]) -> pl.DataFrame:
    """Values to be left out, as (type, hash), from what people write: {"email": ["info@…"]}.

    Raises ValueError for an unknown type.
    """
    parts = [pl.DataFrame(schema={"type": pl.Int64, "hash": pl.Int64})]
    for name, texts in values.items():
        if name not in LIMITED:
            raise ValueError(f"unknown identifier {name!r}; use one of {', '.join(TYPES)}")
        told = pl.DataFrame({LIMITED[name][0][0]: pl.Series(list(texts), dtype=pl.String)})
        parts.append(held_in(told, [name]).select("type", "hash"))
    return pl.concat(parts).unique(maintain_order=True)
