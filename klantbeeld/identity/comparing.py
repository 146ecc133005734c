"""What another match would change: which customers merge, fall apart, or pass records on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import polars as pl

from .core.components import components

KINDS = ("merged", "split", "moved")
# Of each kind so many are kept to be looked at, and of each so many records.
EXAMPLES, MOST_RECORDS = 12, 40


@dataclass(frozen=True)
class Difference:
    """counts: customers before and after, those that stay as they are, and by kind how many
    customers of now are concerned; households before and after. examples: see `Experiment`.
    """

    counts: dict[str, int]
    examples: list[dict[str, Any]]


def difference(before: pl.DataFrame, after: pl.DataFrame) -> Difference:
    """Compare two partitions (record, cluster, household); of records in both only."""
    both = before.join(after, on="record", suffix="_after").sort("record")
    pairs = both.select("cluster", "cluster_after").unique()
    group = _groups(pairs)
    sized = group.group_by("group").agg(
        pl.col("cluster").n_unique().alias("n_before"),
        pl.col("cluster_after").n_unique().alias("n_after"),
    )
    changed = sized.filter((pl.col("n_before") > 1) | (pl.col("n_after") > 1)).with_columns(
        pl.when(pl.col("n_after") == 1).then(pl.lit("merged"))
        .when(pl.col("n_before") == 1).then(pl.lit("split"))
        .otherwise(pl.lit("moved")).alias("kind")
    )  # fmt: skip
    by_kind = dict(changed.group_by("kind").agg(pl.col("n_before").sum()).iter_rows())
    total = both["cluster"].n_unique()
    counts = {
        "before": total, "after": both["cluster_after"].n_unique(),
        "unchanged": total - sum(by_kind.values()),
        **{kind: int(by_kind.get(kind, 0)) for kind in KINDS},
        "households_before": _homes(both, "household"),
        "households_after": _homes(both, "household_after"),
    }  # fmt: skip
    return Difference(counts, list(_examples(both, group, changed)))


def _groups(pairs: pl.DataFrame) -> pl.DataFrame:
    """The pairs with `group`: customers of now and then that share records, one way or another."""
    one = pairs["cluster"].rank("dense").cast(pl.Int64).to_numpy() - 1
    other = pairs["cluster_after"].rank("dense").cast(pl.Int64).to_numpy() - 1
    first = int(one.max()) + 1 if len(one) else 0
    size = first + (int(other.max()) + 1 if len(other) else 0)
    label = components(size, one, other + first)
    return pairs.with_columns(pl.Series("group", label[one]))


def _homes(both: pl.DataFrame, column: str) -> int:
    return both.filter(pl.col(column) != 0)[column].n_unique()


def _examples(
    both: pl.DataFrame, group: pl.DataFrame, changed: pl.DataFrame
) -> Iterator[dict[str, Any]]:
    """The first of each kind, small ones first: those can be judged at a glance."""
    for kind in KINDS:
        mine = changed.filter(pl.col("kind") == kind)
        chosen = mine.sort(pl.col("n_before") + pl.col("n_after"), "group").head(EXAMPLES)
        for number in chosen["group"].to_list():
            ends = group.filter(pl.col("group") == number)
            records = both.join(ends.select("cluster", "cluster_after"),
                                on=["cluster", "cluster_after"]).head(MOST_RECORDS)  # fmt: skip
            yield {
                "kind": kind,
                "before": _sets(records, "cluster"),
                "after": _sets(records, "cluster_after"),
            }


def _sets(records: pl.DataFrame, column: str) -> list[list[int]]:
    told = records.group_by(column, maintain_order=True).agg("record")
    return [sorted(found) for found in told["record"].to_list()]
