"""A table from wherever it comes: frames of any library, files of every kind the house reads."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import polars as pl

from klantbeeld.sources.errors import UnreadableFile

from .columns import UnreadableTable

# Longer cells carry no more identity, only memory.
LONGEST_CELL = 1_000
_NO_VALUES = (pl.Object, pl.Binary, pl.Unknown, pl.Duration)
KINDS = "CSV, Excel, JSON, JSON lines or Parquet"


def read_table(frame_or_path: Any) -> pl.DataFrame:
    """Polars frame of a Polars, pandas or Arrow table, or of a path to a file of one table.

    Columns are plain values: text, numbers, dates. A list gives its first value, the fields of a
    struct become columns ('address.city'), NaN is null. A row of a file that cannot be laid on the
    columns stands in its place with nothing known. Raises UnreadableTable when the kind of table
    is not known or the file cannot be read.
    """
    if isinstance(frame_or_path, pl.LazyFrame):
        frame_or_path = frame_or_path.collect()
    if isinstance(frame_or_path, (str, Path)):
        return plain(_read_path(Path(frame_or_path)))
    if isinstance(frame_or_path, pl.DataFrame):
        return plain(frame_or_path)
    return plain(_converted(frame_or_path))


def _converted(table: Any) -> pl.DataFrame:
    import narwhals as nw  # a file or a frame of Polars does without

    try:
        native = nw.from_native(_named_once(table), eager_only=True)
    except TypeError as error:
        raise UnreadableTable(
            f"cannot read a table from {type(table).__name__}; "
            f"give a Polars, pandas or Arrow table, or a path to {KINDS}"
        ) from error
    columns = [_column(native[name]) for name in native.columns]
    return pl.DataFrame(columns) if columns else pl.DataFrame(height=len(native))


def _named_once(table: Any) -> Any:
    """The table with column names that are text and occur once, as other libraries may not care."""
    names = getattr(table, "column_names", None) or getattr(table, "columns", None)
    if names is None:
        return table
    unique = _once(str(name) for name in names)
    if unique == list(names):
        return table
    return (
        table.rename_columns(unique)
        if hasattr(table, "rename_columns")
        else _renamed(table, unique)
    )


def _renamed(table: Any, names: list[str]) -> Any:
    return table.set_axis(names, axis=1) if hasattr(table, "set_axis") else table


def _once(names: Iterable[str]) -> list[str]:
    """'name', 'name' as 'name', 'name (2)'."""
    taken: dict[str, int] = {}
    unique = []
    for name in names:
        taken[name] = taken.get(name, 0) + 1
        unique.append(name if taken[name] == 1 else f"{name} ({taken[name]})")
    return unique


def _column(series: Any) -> pl.Series:
    """One column; of mixed types (a pandas column of objects) as text."""
    try:
        found: pl.Series = series.to_polars()
    except Exception:  # whatever the other library raises for what it cannot convert
        known = (value if _is_known(value) else None for value in series.to_list())
        texts = [value if value is None else str(value)[:LONGEST_CELL] for value in known]
        return pl.Series(series.name, texts, dtype=pl.String)
    return found.alias(series.name)


def _is_known(value: Any) -> bool:
    return value is not None and value == value and str(value) not in ("nan", "NaT", "<NA>")


def plain(frame: pl.DataFrame) -> pl.DataFrame:
    """The table with columns of plain values only; names occur once already."""
    columns: list[pl.Series] = []
    for series in frame.get_columns():
        if isinstance(series.dtype, pl.Struct):
            fields = series.struct.unnest().get_columns()
            columns += [_flat(field.alias(f"{series.name}.{field.name}")) for field in fields]
        else:
            columns.append(_flat(series))
    names = _once(series.name for series in columns)
    if not columns:
        return frame
    return pl.DataFrame([s.alias(name) for s, name in zip(columns, names, strict=True)])


def _flat(series: pl.Series) -> pl.Series:
    """A column of plain values: no lists, no structs, no bytes, no numbers that are none."""
    kind = series.dtype
    while isinstance(kind, (pl.List, pl.Array)):
        series = series.explode() if not len(series) else _first(series)
        kind = series.dtype
    if isinstance(kind, pl.Struct) or kind in _NO_VALUES:
        return pl.Series(series.name, [None] * len(series), dtype=pl.String)
    if kind.is_float():
        return _as_written(series.fill_nan(None))
    if kind == pl.String and (series.str.len_bytes().max() or 0) > LONGEST_CELL:  # type: ignore[operator]
        return series.str.slice(0, LONGEST_CELL)
    return series


def _first(series: pl.Series) -> pl.Series:
    first = series.list.first() if isinstance(series.dtype, pl.List) else series.arr.first()
    return first.alias(series.name)


def _as_written(series: pl.Series) -> pl.Series:
    """Whole numbers without the '.0' that a missing value elsewhere in the column brings."""
    known = series.drop_nulls()
    if len(known) and bool((known == known.round()).all()) and bool((known.abs() < 2**63).all()):
        return series.cast(pl.Int64)
    return series


def _read_path(path: Path) -> pl.DataFrame:
    """The table in one file; text formats come back as strings, so leading zeros survive."""
    if path.is_dir():
        raise UnreadableTable(f"{path}: is a folder; give a file of one table ({KINDS})")
    if not path.is_file():
        raise UnreadableTable(f"{path}: no such file")
    try:
        if path.suffix.lower() == ".parquet":
            return pl.read_parquet(path)
        return _read_delivered(path)
    except UnreadableFile as error:
        raise UnreadableTable(f"{path}: {error.message} {error.advice}") from error
    except (pl.exceptions.PolarsError, OSError) as error:
        raise UnreadableTable(f"{path}: cannot be read; is it whole? {_kind(error)}") from error


def _kind(error: Exception) -> str:
    return f"({type(error).__name__})"


def _read_delivered(path: Path) -> pl.DataFrame:
    """The first table of a file with rows, as the house's readers understand it."""
    from klantbeeld.sources.readers import ROW, tables_in

    for table in tables_in(path):
        parts = list(table.frames())
        rejected = pl.Series(ROW, [reject.row for reject in table.rejects()], dtype=pl.Int64)
        if len(rejected):
            parts.append(pl.DataFrame([rejected]))
        if sum(map(len, parts)):
            whole = pl.concat(parts, how="diagonal_relaxed").sort(ROW, maintain_order=True)
            return whole.drop(ROW)
        if table.columns:
            return table.empty().drop(ROW)
    raise UnreadableTable(f"{path}: holds no table of rows and columns")
