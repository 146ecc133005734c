"""How good clusters are where the truth is known."""

from __future__ import annotations

import polars as pl


def judge(labels: pl.Series, truth: pl.Series) -> dict[str, float]:
    """Precision, recall, f1, b_cubed_f1 and exact_clusters of labels against truth, 0 to 1 each.

    Both series have one entry per row: `labels` the group found, `truth` the true one. Rows of
    which the truth is null are left out; a null label stands alone. Over pairs of rows: precision
    is the share of pairs put together that are one, recall the share of pairs that are one and
    were put together (nothing put together is nothing wrong: 1). B-cubed (Bagga and Baldwin, 1998)
    takes both per row and averages them, so that one large group does not outweigh the rest.
    exact_clusters is the share of true groups found with neither a row too many nor one too few.
    Raises ValueError when the lengths differ.
    """
    if len(labels) != len(truth):
        raise ValueError(f"{len(labels)} labels but {len(truth)} rows of truth; give one each")
    rows = pl.DataFrame({"found": _alone_where_null(labels), "truth": truth})
    cells = rows.drop_nulls("truth").group_by("found", "truth").len("both")
    cells = cells.with_columns(
        pl.col("both").sum().over("found").alias("together").cast(pl.Float64),
        pl.col("both").sum().over("truth").alias("one").cast(pl.Float64),
        pl.col("both").cast(pl.Float64),
    )
    if cells.is_empty():
        return dict.fromkeys(("precision", "recall", "f1", "b_cubed_f1", "exact_clusters"), 1.0)
    return _pairwise(cells) | _per_row(cells)


def _alone_where_null(labels: pl.Series) -> pl.Series:
    """Labels as numbers from 0, a number of its own for every null."""
    numbers = labels.rank("dense").cast(pl.Int64)
    if not labels.null_count():
        return numbers
    own = -1 - pl.int_range(len(labels), eager=True)
    return numbers.fill_null(own)


def pairs_in(*labels: pl.Series) -> float:
    """Pairs of rows that share all the labels; rows without a label share nothing."""
    named = [label.alias(str(place)) for place, label in enumerate(labels)]
    groups = pl.DataFrame(named).drop_nulls().group_by(pl.all()).len()
    return float(groups.select(_pairs(pl.col("len").cast(pl.Float64)).sum()).item())


def _pairs(size: pl.Expr) -> pl.Expr:
    return size * (size - 1) / 2


def _pairwise(cells: pl.DataFrame) -> dict[str, float]:
    """From the sizes of the groups found, the true ones, and their overlaps."""
    together, one, both = (
        float(part.select(_pairs(pl.col(size)).sum()).item())
        for part, size in (
            (cells.unique("found"), "together"),
            (cells.unique("truth"), "one"),
            (cells, "both"),
        )
    )
    return {
        "precision": both / together if together else 1.0,
        "recall": both / one if one else 1.0,
        "f1": 2 * both / (together + one) if together + one else 1.0,
    }


def _per_row(cells: pl.DataFrame) -> dict[str, float]:
    both, together, one = (pl.col(name) for name in ("both", "together", "one"))
    precision, recall, exact, groups = cells.select(
        (both * both / together).sum() / both.sum(),
        (both * both / one).sum().alias("recall") / both.sum(),
        ((both == together) & (both == one)).sum().alias("exact"),
        pl.col("truth").n_unique().alias("groups"),
    ).row(0)
    return {
        "b_cubed_f1": 2 * precision * recall / (precision + recall),
        "exact_clusters": exact / groups,
    }
