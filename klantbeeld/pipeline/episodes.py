"""Devices: a log-in by somebody else on the same device opens a new episode.

What is seen on a device belongs to whoever was logged in last, and before the first log-in to
whoever logs in first. Each device and log-in is a record of its own, so that a shared tablet
never mixes two people; what was never logged in stays with the bare device.
"""

from __future__ import annotations

import polars as pl

from klantbeeld.sources.tables import ROW, TableMapping

WHO_ROLES = ("login", "email", "customer_number")


def episodes(whole: pl.LazyFrame, mapping: TableMapping) -> pl.DataFrame | None:
    """`ROW` and `who` (the log-in in force) of a staged table with devices; None without."""
    device = mapping.column_for("device_id")
    if device is None:
        return None
    named = [mapping.column_for(role) for role in WHO_ROLES]
    texts = [pl.col(c.column).cast(pl.String).replace("", None) for c in named if c]
    if not texts:
        return None
    who = pl.coalesce(texts).str.strip_chars().alias("who")
    rows = whole.select(ROW, pl.col(device.column).cast(pl.String).alias("device"), who)
    filled = pl.col("who").forward_fill().backward_fill().over("device", order_by=ROW)
    return rows.with_columns(filled).select(ROW, "who").collect()


def with_episodes(values: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    """Put the log-in in force on every row: as `episode`, and in the column that names it."""
    joined = values.join(found, on=ROW, how="left", maintain_order="left")
    role = next(r for r in WHO_ROLES if r in values.columns)
    who = pl.col("who")
    return joined.with_columns(
        who.fill_null("").alias("episode"), pl.coalesce(role, who).alias(role)
    ).drop("who")
