"""Which key kinds a large table can do without: those whose own pairs bring hardly anybody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import polars as pl

from .compare import compare
from .key_kinds import KEY_KINDS, SMALL
from .keys import READ, match_keys
from .meeting import Blocks
from .mixing import mixed
from .model import Parameters
from .runs import among
from .score import score

Ints = npt.NDArray[np.int64]

# Up to so many rows nothing is won by leaving pairs out.
FEW_ROWS = SMALL
# A kind is judged when it alone brings this share of all meetings, by so many of its pairs.
_LARGE_SHARE, _SAMPLE = 0.01, 10_000
# Least share of its own pairs that may be one person or live together: of fifty strangers at most
# one is worth comparing all of them for.
_LEAST_YIELD = 0.02
# What the model learns from, see `estimate`: kept whatever they bring.
_KEPT = frozenset(("email", "phone", "address", "name", "surname_birth", "birth_postcode"))


def idle_kinds(
    values: pl.DataFrame,
    rows: Ints,
    met: tuple[Ints, Sequence[Blocks]],
    start: Parameters,
    kind: str,
) -> tuple[str, ...]:
    """Names of the kinds of which, by the starting odds, hardly any own pair is worth comparing.

    `met`: the stop-keys and blocks that `meet` gave for `rows`. Own pairs are those that no other
    kind brings; the sample is spread evenly over all, so the answer does not depend on the order
    of rows.
    """
    if len(rows) < FEW_ROWS:
        return ()
    stops, blocks = met
    scale = len(rows) / start.records
    start = replace(
        start,
        records=len(rows),
        same_pairs=start.same_pairs * scale,
        household_pairs=start.household_pairs * scale,
    )
    costs = {KEY_KINDS[one.place].name: int(one.cost().sum()) for one in blocks}
    whole, idle = sum(costs.values()), []
    for one in blocks:
        name = KEY_KINDS[one.place].name
        if name in _KEPT or costs[name] <= _LARGE_SHARE * whole:
            continue
        left, right = (rows[end] for end in one.sample(_SAMPLE))
        others = [other for other in costs if other != name and other not in idle]
        own = ~_meet_otherwise(values, (left, right), others, stops)
        if own.mean() * costs[name] < _LARGE_SHARE * whole:
            continue
        pairs = pl.DataFrame({"left": left[own], "right": right[own]}).cast(pl.UInt32)
        scores = score(compare(values, pairs, kind), start, kind)
        may_be = (scores["p_same"] + scores["p_household"]).to_numpy() >= 0.5
        if may_be.mean() < _LEAST_YIELD:
            idle.append(name)
    return tuple(idle)


def _meet_otherwise(
    values: pl.DataFrame, ends: tuple[Ints, Ints], kinds: Sequence[str], stops: Ints
) -> npt.NDArray[np.bool_]:
    """Which pairs of rows share a key of one of these kinds too, stop-keys left out."""
    left, right = ends
    read = [name for name in values.columns if name.endswith("#") or name in READ]
    keys = match_keys(values.select(read)[np.concatenate([left, right])], kinds)
    row, hashed = (keys[name].to_numpy() for name in ("row", "hash"))
    is_open = ~among(hashed, stops)
    row, hashed = row[is_open].astype(np.int64), hashed[is_open]
    key, is_left = mixed(row % len(left), hashed), row < len(left)
    is_shared = among(key[~is_left], np.sort(key[is_left]))
    found = np.zeros(len(left), dtype=bool)
    found[row[~is_left][is_shared] - len(left)] = True
    return found
