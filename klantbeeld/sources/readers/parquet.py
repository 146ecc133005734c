"""Parquet, in batches, with the types it has."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from klantbeeld.sources.errors import UnreadableFile
from klantbeeld.sources.readers.content import Content
from klantbeeld.sources.readers.table import (
    BATCH_ROWS,
    ROW,
    Note,
    RejectRow,
    Table,
    table_of,
    without_nuls,
)


def parquet_table(content: Content) -> Table:
    path = content.local()
    try:
        scan = pl.scan_parquet(path)
        schema = scan.collect_schema()
        rows = scan.select(pl.len()).collect().item()
    except (pl.exceptions.PolarsError, OSError) as problem:
        raise _damaged(content, problem) from None

    def passes(_: RejectRow) -> Iterator[pl.DataFrame]:
        for start in range(0, rows, 4 * BATCH_ROWS):
            try:
                frame = scan.slice(start, 4 * BATCH_ROWS).collect()
            except pl.exceptions.PolarsError as problem:
                raise _damaged(content, problem) from None
            numbers = pl.int_range(start + 1, start + 1 + frame.height, dtype=pl.Int64)
            yield without_nuls(frame.select(numbers.alias(ROW), *frame.columns))

    notes = [] if rows else [Note("no_rows", "There are columns, and no rows.")]
    details = {"format": "parquet", "rows": rows, "notes": notes}
    return table_of(content.stem, content.shown, tuple(schema.names()), passes, details)


def _damaged(content: Content, problem: Exception) -> UnreadableFile:
    return UnreadableFile(
        content.shown,
        "damaged",
        f"The file begins as Parquet and cannot be read ({type(problem).__name__}).",
        "It may be cut off: copy it again.",
    )
