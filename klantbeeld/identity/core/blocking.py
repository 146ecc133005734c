"""Which key kinds a large table can do without: those whose own pairs bring hardly anybody."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import polars as pl

from .compare import compare
from .key_kinds import KEY_KINDS
from .model import Parameters
from .score import score

# Up to so many pairs nothing is won by leaving some out.
FEW_PAIRS = 1_000_000
# A kind is judged when it alone brings this share of all pairs, by so many of those.
_LARGE_SHARE, _SAMPLE = 0.02, 2_000
# Least share of its own pairs that may be one person or live together.
_LEAST_YIELD = 0.005
# What the model learns from, see `estimate`: kept whatever they bring.
_KEPT = frozenset(("email", "phone", "address", "name", "surname_birth", "birth_postcode"))


def idle_kinds(
    values: pl.DataFrame,
    rows: npt.NDArray[np.int64],
    pairs: pl.DataFrame,
    start: Parameters,
    kind: str,
) -> tuple[str, ...]:
    """Names of the kinds of which, by the starting odds, hardly any own pair is worth comparing.

    `rows` and `pairs` as in `link.Prepared`. Own pairs are those that no other kind brings; the
    sample is spread evenly over them, so the answer does not depend on the order of rows.
    """
    if len(pairs) < FEW_PAIRS:
        return ()
    scale = len(rows) / start.records
    start = replace(
        start,
        records=len(rows),
        same_pairs=start.same_pairs * scale,
        household_pairs=start.household_pairs * scale,
    )
    rules, idle = pairs["rules"].to_numpy(), []
    for place, key_kind in enumerate(KEY_KINDS):
        own = np.flatnonzero(rules == np.uint64(1 << place))
        if key_kind.name in _KEPT or len(own) < _LARGE_SHARE * len(pairs):
            continue
        sample = pairs[own[np.linspace(0, len(own) - 1, _SAMPLE).astype(np.int64)]]
        ends = [
            pl.Series(name, rows[sample[name].to_numpy()].astype(np.uint32))
            for name in ("left", "right")
        ]
        scores = score(compare(values, pl.DataFrame(ends), kind), start, kind)
        may_be = (scores["p_same"] + scores["p_household"]).to_numpy() >= 0.5
        if may_be.mean() < _LEAST_YIELD:
            idle.append(key_kind.name)
    return tuple(idle)


def without_kinds(pairs: pl.DataFrame, kinds: tuple[str, ...]) -> pl.DataFrame:
    """The pairs as if the key kinds named had brought none."""
    gone = sum(1 << place for place, kind in enumerate(KEY_KINDS) if kind.name in kinds)
    left = pairs["rules"].to_numpy() & ~np.uint64(gone)
    return pairs.with_columns(pl.Series("rules", left)).filter(pl.Series(left != 0))
