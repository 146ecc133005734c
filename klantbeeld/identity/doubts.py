"""Pairs that a person should look at: found with every match, and kept until they are judged."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import numpy as np
import numpy.typing as npt
import polars as pl

from klantbeeld.identity import core

Ints = npt.NDArray[np.int64]
SCHEMA = {
    "left_id": pl.Int64, "right_id": pl.Int64, "weight": pl.Float64, "doubt": pl.Float64,
    "reason": pl.String,
}  # fmt: skip
BRIDGE = "bridge"


def doubts_in(
    found: core.Links, own: Ints, thresholds: core.Thresholds, spoken: Iterable[tuple[int, int]]
) -> pl.DataFrame:
    """What `core.review` finds in a match, by record (`SCHEMA`): of two customers one pair.

    own: the record of each row; spoken: pairs of rows on which people gave their word, whose
    customers are not asked about again.
    """
    pairs = core.review(found.pairs, found.customers, thresholds)
    if pairs.is_empty():
        return pl.DataFrame(schema=SCHEMA)
    left, right = (pairs[side].to_numpy().astype(np.int64) for side in ("left", "right"))
    one, other = found.customers[left], found.customers[right]
    is_bridge = (pairs["reason"] == BRIDGE).to_numpy()
    # Two customers are one question; inside a customer every bridge is one.
    ends = np.where(is_bridge, left, one), np.where(is_bridge, right, other)
    low, high = np.minimum(*ends), np.maximum(*ends)
    records = own[left], own[right]
    told = pl.DataFrame(
        {
            "left_id": np.minimum(*records), "right_id": np.maximum(*records),
            "weight": pairs["weight"].cast(pl.Float64),
            "doubt": (pairs["weight"].cast(pl.Float64) - thresholds.same).abs(),
            "reason": pairs["reason"], "low": low, "high": high,
        }
    )  # fmt: skip
    asked = _asked(found.customers, spoken)
    keys = pl.struct("reason", "low", "high")
    if asked:
        barred = pl.DataFrame(asked, schema=["is_bridge", "low", "high"], orient="row")
        told = told.with_columns((pl.col("reason") == BRIDGE).alias("is_bridge")).join(
            barred, on=["is_bridge", "low", "high"], how="anti"
        )
    best = told.sort("doubt", "left_id", "right_id").filter(keys.is_first_distinct())
    return best.select(list(SCHEMA))


def _asked(customers: Ints, spoken: Iterable[tuple[int, int]]) -> list[tuple[bool, int, int]]:
    """The questions that were answered: (whether a bridge, lower end, higher end)."""
    found = set()
    for left, right in spoken:
        one, other = int(customers[left]), int(customers[right])
        found.add((False, min(one, other), max(one, other)))
        found.add((True, min(left, right), max(left, right)))
    return sorted(found)


def about(doubts: pl.DataFrame, records: Collection[int]) -> pl.DataFrame:
    """The doubts with one of these records, between two customers."""
    asked = pl.Series(list(records), dtype=pl.Int64).implode()
    touches = pl.col("left_id").is_in(asked) | pl.col("right_id").is_in(asked)
    return doubts.filter(touches & (pl.col("reason") != BRIDGE))


def valued(doubts: pl.DataFrame, clusters: pl.DataFrame) -> pl.DataFrame:
    """The doubts with what a judgement is expected to change, in records, the most first.

    clusters: as in `matching.Matched`. `doubt` becomes minus the probability of the answer that
    changes something times the records that would get another customer: of two customers those of
    the smaller one; of one that falls apart in two half of it at most. What keeps a pair of enough
    evidence apart is left out of its odds, so of those it is taken to be no better than even.
    """
    size = clusters.select(pl.len().over("cluster").alias("size"), "record")
    told = doubts.join(size, left_on="left_id", right_on="record", how="left")
    told = told.join(size, left_on="right_id", right_on="record", how="left", suffix="_right")
    is_bridge = pl.col("reason") == BRIDGE
    odds = pl.when(is_bridge).then(-pl.col("weight")).otherwise(pl.min_horizontal("weight", 0.0))
    chance = 1 / (1 + (-odds * np.log(2)).exp())
    smaller = pl.min_horizontal("size", "size_right")
    moved = pl.when(is_bridge).then(pl.col("size") / 2).otherwise(smaller)
    gain = (chance * moved).round(6).fill_null(0.0)
    return told.with_columns((-gain).alias("doubt")).select(list(SCHEMA))
