"""The key of each row of a table, so that bringing a row again is noticed.

A row with a number of its own (order, message, event) has that; other rows are known by what
they say, and by being the first, second, third row that says exactly that. All of it is decided
over the whole table, so that blocks do not matter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from klantbeeld.core.hashing import hash_column
from klantbeeld.pipeline.staging import Staged
from klantbeeld.sources.tables import ROW

SEPARATOR = "\x1f"


@dataclass(frozen=True)
class OwnKeys:
    """Where rows of a table get their keys from.

    `column` is the column with the rows' own number, "" when they have none. `marks` holds, for
    the rows that need it, `ROW`, `nth` (how many rows before it have the same key but say
    something else, or say the same and have no number) and `is_double` (an exact repetition of
    a numbered row).
    """

    column: str
    content: tuple[str, ...]
    marks: pl.DataFrame

    def keys(self, block: pl.DataFrame) -> pl.DataFrame:
        """`ROW`, `key` (String) and `is_double` of the rows of a block, in order."""
        key = self._own(block)
        keyed = pl.DataFrame([block[ROW], key])
        if self.marks.is_empty():
            return keyed.with_columns(pl.lit(False).alias("is_double"))
        return (
            keyed.join(self.marks, on=ROW, how="left", maintain_order="left")
            .with_columns(
                pl.when(pl.col("nth") > 0)
                .then(pl.concat_str(pl.col("key"), pl.lit("#"), pl.col("nth") + 1))
                .otherwise(pl.col("key"))
                .alias("key"),
                pl.col("is_double").fill_null(False),
            )
            .drop("nth")
        )

    def _own(self, block: pl.DataFrame) -> pl.Series:
        """The rows' own numbers; where they lack one, the hash of what they say."""
        if not self.column:
            return _content_hash(block, self.content).cast(pl.String).alias("key")
        own = _as_text(block[self.column])
        has_own = own.is_not_null() & (own != "")
        if has_own.all():
            return own.alias("key")
        said = _content_hash(block, self.content).cast(pl.String)
        return own.zip_with(has_own, said).alias("key")


def _as_text(column: pl.Series) -> pl.Series:
    """Keys as text: 17850.0 is 17850, blanks around are not part of it."""
    if column.dtype.is_float():
        whole = column.cast(pl.Int64, strict=False)
        same = (whole == column).fill_null(False)
        return whole.cast(pl.String).zip_with(same, column.cast(pl.String))
    return column.cast(pl.String, strict=False).str.strip_chars()


def _texts(frame: pl.DataFrame, columns: Sequence[str]) -> list[pl.Series]:
    made = []
    for name in columns:
        column = frame[name]
        if isinstance(column.dtype, pl.List | pl.Struct):
            made.append(pl.Series(name, [repr(v) for v in column.to_list()]))
        else:
            made.append(column.cast(pl.String, strict=False).fill_null(""))
    return made


def _content_hash(frame: pl.DataFrame, columns: Sequence[str]) -> pl.Series:
    texts = pl.DataFrame(_texts(frame, columns))
    joined = texts.select(pl.concat_str(pl.all(), separator=SEPARATOR).alias("content"))
    return hash_column(joined["content"])


def decide(staged: Staged, column: str, content: Sequence[str]) -> OwnKeys:
    """Look at the whole table and say where its rows' keys come from.

    `column` is the candidate for a number of its own; `content` the mapped columns.
    """
    if column and _is_unique(staged, column):
        return OwnKeys(column, tuple(content), pl.DataFrame())
    pieces = []
    for number in range(staged.parts):
        block = staged.block(number, 1)
        said = _content_hash(block, content)
        key = said
        if column:
            own = _as_text(block[column])
            key = hash_column(own).zip_with(own.is_not_null() & (own != ""), said)
        has_own = (key != said) if column else pl.Series([False] * len(block))
        pieces.append(
            pl.DataFrame(
                [block[ROW], key.alias("key"), said.alias("said"), has_own.alias("has_own")]
            )
        )
    if not pieces:
        return OwnKeys(column, tuple(content), pl.DataFrame())
    return OwnKeys(column, tuple(content), _marks(pl.concat(pieces)))


def _is_unique(staged: Staged, column: str) -> bool:
    """Whether every row has a number of its own: then nothing needs to be told apart."""
    own = pl.col(column)
    if isinstance(staged.scan().collect_schema()[column], pl.String):
        own = own.str.strip_chars()
    counted = staged.scan().select(own.n_unique().alias("distinct"), own.count().alias("filled"))
    distinct, filled = counted.collect().row(0)
    return bool(distinct == filled == staged.rows)


def _marks(rows: pl.DataFrame) -> pl.DataFrame:
    repeated = rows.filter(pl.col("key").is_duplicated())
    if repeated.is_empty():
        return pl.DataFrame()
    marked = repeated.with_columns(
        pl.int_range(pl.len()).over("key", "said").alias("again"),
    ).with_columns((pl.col("has_own") & (pl.col("again") > 0)).alias("is_double"))
    counted = marked.with_columns(
        (~pl.col("is_double")).cast(pl.Int64).cum_sum().over("key").sub(1).alias("nth")
    )
    return counted.filter((pl.col("nth") > 0) | pl.col("is_double")).select(ROW, "nth", "is_double")
