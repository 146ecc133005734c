"""The tables of a SQLite database, read-only and in batches; foreign keys stand in the details."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import polars as pl

from klantbeeld.sources.errors import UnreadableFile
from klantbeeld.sources.readers.content import Content
from klantbeeld.sources.readers.grid import cell_text
from klantbeeld.sources.readers.table import (
    BATCH_ROWS,
    ROW,
    Note,
    RejectRow,
    Table,
    table_of,
    without_nuls,
)


def sqlite_tables(content: Content) -> Iterator[Table]:
    """A table for each SQLite table with columns, in the order of their names."""
    path = content.local()
    try:
        with closing(_connection(path)) as connection:
            names = [
                name
                for (name,) in connection.execute(
                    "select name from sqlite_master where type = 'table'"
                    " and name not like 'sqlite\\_%' escape '\\'"
                    " and sql not like 'create virtual%' order by name"
                )
            ]
            described = [_described(connection, name) for name in names]
    except sqlite3.DatabaseError as problem:
        raise UnreadableFile(
            content.shown,
            "damaged",
            f"The database cannot be read ({type(problem).__name__}).",
            "Close the program that uses it, copy it again, and offer the copy.",
        ) from None
    if not described:
        raise UnreadableFile(
            content.shown, "empty", "The database has no tables.", "Check which file you need."
        )
    for name, columns, details in described:
        yield _table(content, name, columns, details)


def _connection(path: Path) -> sqlite3.Connection:
    # A database in WAL mode without its side files opens only as immutable.
    address = f"file:{quote(path.as_posix())}?mode=ro"
    connection = sqlite3.connect(address, uri=True)
    try:
        connection.execute("select count(*) from sqlite_master").fetchone()
    except sqlite3.OperationalError:
        connection.close()
        connection = sqlite3.connect(address + "&immutable=1", uri=True)
    return connection


def _patient(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _described(
    connection: sqlite3.Connection, name: str
) -> tuple[str, dict[str, str], dict[str, object]]:
    """(name, columns with the types found in them, details)."""
    info = connection.execute(f"pragma table_info({_quoted(name)})").fetchall()
    keys = connection.execute(f"pragma foreign_key_list({_quoted(name)})").fetchall()
    columns = _types_in(connection, name, [column for _, column, *_ in info])
    rows = connection.execute(f"select count(*) from {_quoted(name)}").fetchone()[0]
    details: dict[str, object] = {
        "format": "sqlite",
        "rows": rows,
        "primary_key": tuple(
            c for _, c, _, _, _, place in sorted(info, key=lambda r: r[5]) if place
        ),
        "foreign_keys": {source: (table, target) for _, _, table, source, target, *_ in keys},
        "declared_types": {column: declared for _, column, declared, *_ in info},
        "notes": [] if rows else [Note("no_rows", "The table has columns, and no rows.")],
    }
    return name, columns, details


def _types_in(connection: sqlite3.Connection, table: str, columns: list[str]) -> dict[str, str]:
    """The types of the values in each column, as 'integer,real'; any column may hold any type."""
    asked = ", ".join(f"group_concat(distinct typeof({_quoted(column)}))" for column in columns)
    found = connection.execute(f"select {asked} from {_quoted(table)}").fetchone()
    return {
        column: ",".join(sorted(set((types or "").split(",")) - {"null", ""}))
        for column, types in zip(columns, found, strict=True)
    }


_TYPES: dict[str, pl.DataType] = {
    "integer": pl.Int64(),
    "real": pl.Float64(),
    "integer,real": pl.Float64(),
    "blob": pl.Binary(),
}


def _table(
    content: Content, name: str, columns: dict[str, str], details: dict[str, object]
) -> Table:
    schema = {column: _TYPES.get(types, pl.String()) for column, types in columns.items()}

    def passes(_: RejectRow) -> Iterator[pl.DataFrame]:
        start = 1
        for rows in _batches(content.local(), name, list(schema)):
            yield _frame(rows, start, schema)
            start += len(rows)

    return table_of(name, content.shown, tuple(schema), passes, details)


def _batches(path: Path, table: str, columns: list[str]) -> Iterator[list[tuple[object, ...]]]:
    """The rows in batches; a text that is no UTF-8 makes the rest be read patiently.

    Decoding each text in Python costs half the time, and hardly any database needs it.
    """
    asked = f"select {', '.join(map(_quoted, columns))} from {_quoted(table)} limit -1 offset ?"
    done = 0
    with closing(_connection(path)) as connection:
        cursor = connection.execute(asked, (0,))
        while True:
            try:
                rows = cursor.fetchmany(BATCH_ROWS)
            except sqlite3.OperationalError:
                connection.text_factory = _patient
                cursor = connection.execute(asked, (done,))
                rows = cursor.fetchmany(BATCH_ROWS)
            if not rows:
                return
            yield rows
            done += len(rows)


def _frame(
    rows: list[tuple[object, ...]], start: int, schema: dict[str, pl.DataType]
) -> pl.DataFrame:
    series = [pl.Series(ROW, range(start, start + len(rows)), pl.Int64)]
    for (name, dtype), column in zip(schema.items(), zip(*rows, strict=True), strict=True):
        if dtype == pl.String and not set(map(type, column)) <= {str, type(None)}:
            column = tuple(map(_text, column))
        series.append(pl.Series(name, column, dtype, strict=False))
    return without_nuls(pl.DataFrame(series)).with_columns(pl.col(pl.String).replace("", None))


def _text(cell: object) -> str | None:
    if isinstance(cell, str) or cell is None:
        return cell or None
    return cell.hex() if isinstance(cell, bytes) else cell_text(cell)
