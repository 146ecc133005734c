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

from .compare import COMPARISONS
from .contacts import birth_dates
from .identifiers import contradicts
from .mixing import mixed
from .runs import among, pairs_within, runs
from .sides import Sides
from .values import PERSON, hashes, match_values

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

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
# What `contradicts` looks at, and how many pairs at once.
_TELLING = frozenset(("first_name", "surname", "birth_date", "gender"))
_CHUNK = 100_000
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
    told = many.select("type", "hash").with_columns(
        pl.Series("place", place),
        pl.Series("firm", is_firm[place]),
        pl.Series("name", _names(values)[place]),
        pl.Series("day", _days(values)[place])
        if any(b.days for b in bounds.values())
        else pl.lit(None, pl.Int64).alias("day"),
    )
    told = told.filter(~pl.col("firm").any().over("type", "hash") & (pl.col("name") != 0))
    by_name = told.group_by("type", "hash", "name").agg(pl.col("place").min(), "day")
    users = by_name.filter(pl.len().over("type", "hash") > most).sort("type", "hash", "name")
    found = [key for key, group, against in _groups(users, values, bounds)
             if _is_over(group, against, bounds[key[0]])]  # fmt: skip
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
    users: pl.DataFrame, values: pl.DataFrame, bounds: Mapping[int, Limit]
) -> Iterator[tuple[tuple[int, int], pl.DataFrame, list[int]]]:
    """Per value that may be over its limit its key, its users by name, and per user, as bits, with
    which others that one cannot be one person; nobody where the names are too many to tell."""
    if users.is_empty():
        return
    start, size = runs(users.select(pl.struct("type", "hash").rle_id()).to_series().to_numpy())
    few = np.flatnonzero(size <= _MOST_NAMES)
    one, other = pairs_within(start[few], size[few])
    unlike = _contradicting(values, users["place"].to_numpy(), one, other)
    one, other = one[unlike], other[unlike]
    group = np.searchsorted(start, one, side="right") - 1
    order = np.argsort(group, kind="stable")
    one, other, count = one[order], other[order], np.bincount(group, minlength=len(start))
    ends = np.cumsum(count)
    kinds = users["type"].to_numpy()[start]
    least = np.array(
        [(b.persons + 1) * b.persons // 2 for b in map(bounds.get, kinds.tolist()) if b]
    )
    for at in np.flatnonzero((count >= least) | (size > _MOST_NAMES)).tolist():
        mine = users[int(start[at]) : int(start[at] + size[at])]
        pairs = slice(int(ends[at] - count[at]), int(ends[at]))
        against = [0] * len(mine) if size[at] <= _MOST_NAMES else []
        for a, b in zip((one[pairs] - start[at]).tolist(), (other[pairs] - start[at]).tolist(),
                        strict=True):  # fmt: skip
            against[a] |= 1 << b
            against[b] |= 1 << a
        yield mine.select("type", "hash").row(0), mine, against


def _contradicting(values: pl.DataFrame, places: Ints, one: Ints, other: Ints) -> Flags:
    """Which pairs of users cannot be one person."""
    found = [np.zeros(0, dtype=bool)]
    for start in range(0, len(one), _CHUNK):
        part = slice(start, start + _CHUNK)
        left, right = (places[ends[part]].astype(np.uint32) for ends in (one, other))
        sides = Sides(values, left, right)
        levels = {c.name: c.grade(sides) for c in COMPARISONS[PERSON] if c.name in _TELLING}
        found.append(contradicts(levels))
    return np.concatenate(found)


def _is_over(group: pl.DataFrame, against: list[int], limit: Limit) -> bool:
    if not against:
        return True
    everybody = (1 << len(against)) - 1
    if not _is_clique_over(against, everybody, limit.persons):
        return False
    if limit.days is None:
        return True
    days = group["day"].to_list()
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


def without(values: pl.DataFrame, barred: pl.DataFrame) -> pl.DataFrame:
    """The comparable values with barred ones (type, hash) taken as missing."""
    twins: list[pl.Series] = []
    for (place,), hashed in barred.group_by("type", maintain_order=True):
        known = np.sort(hashed["hash"].to_numpy())
        for name in LIMITED[TYPES[int(str(place))]][1]:
            twin = hashes(values, name)
            hit = among(twin, known) & (twin != 0)
            twins.append(pl.Series(name + "#", np.where(hit, 0, twin)))
            if name == "email":
                twins.append(pl.Series("mailbox#", np.where(hit, 0, hashes(values, "mailbox"))))
    kept = [twin for twin in twins if twin.name in values.columns]
    return values.with_columns(kept) if kept else values


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
