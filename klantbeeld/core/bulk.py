"""Many rows at once, the same way on SQLite and PostgreSQL.

The ORM costs about 50 microseconds a row; a delivery of millions goes through here. Everything
runs on Django's own connection, inside the caller's transaction.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from operator import attrgetter, methodcaller
from typing import Any, TypeVar

import polars as pl
from django.db import connection, models, transaction

from klantbeeld.core import scratch

T = TypeVar("T")
Row = Sequence[Any]
Schema = Mapping[str, pl.DataType | type[pl.DataType]]
FETCH_ROWS = 50_000
CSV_ROWS = 10_000
PLAIN = re.compile(r"[\w {}.:/-]{0,100}")


def allocate(model: type[models.Model], count: int) -> int:
    """Take `count` keys of `model`'s table; returns the first. Inside a transaction only."""
    return allocate_all({model: count})[model]


def allocate_all(counts: Mapping[type[models.Model], int]) -> dict[type[models.Model], int]:
    """Take keys of several tables at once; returns the first of each that any were asked of."""
    asked = {model._meta.db_table: (model, n) for model, n in counts.items() if n}
    if not asked:
        return {}
    # Always in one order, so that two that take keys at a time do not wait for each other.
    rows = [(name, 1 + n) for name, (_, n) in sorted(asked.items())]
    places = ", ".join(["(%s, %s)"] * len(rows))
    following = rows_of(
        f"INSERT INTO core_counter (name, next) VALUES {places} ON CONFLICT (name)"
        " DO UPDATE SET next = core_counter.next + excluded.next - 1 RETURNING name, next",
        [value for row in rows for value in row],
    )
    return {asked[name][0]: int(next_) - asked[name][1] for name, next_ in following}


def insert(model: type[models.Model], columns: Sequence[str], rows: Iterable[Row]) -> int:
    """Append rows (database column names, JSON as text); returns how many."""
    table = model._meta.db_table
    if _is_postgresql():
        return _copy_in(table, columns, rows)
    names = ", ".join(f'"{c}"' for c in columns)
    marks = ", ".join("?" for _ in columns)
    raw = _driver_connection()
    cursor = raw.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', rows)
    return int(cursor.rowcount) if cursor.rowcount >= 0 else 0


def insert_frame(model: type[models.Model], frame: pl.DataFrame) -> None:
    """Append the rows of a frame whose columns are database columns (JSON as text)."""
    if frame.is_empty():
        return
    table = model._meta.db_table
    names = ", ".join(f'"{c}"' for c in frame.columns)
    if connection.vendor == "postgresql":
        with (
            connection.cursor() as cursor,
            cursor.cursor.copy(f'COPY "{table}" ({names}) FROM STDIN (FORMAT csv)') as copy,
        ):
            # Texts in quotation marks, so that an empty one is no null.
            for part in frame.iter_slices(CSV_ROWS):
                copy.write(part.write_csv(include_header=False, quote_style="non_numeric"))
        return
    same = {c: literal for c in frame.columns if (literal := _only_value(frame[c])) is not None}
    if len(same) == frame.width:
        # Something must tell how many rows there are.
        del same[frame.columns[0]]
    varying = frame.drop(same)
    raw = _driver_connection()
    if scratch.insert(raw, table, same, varying):
        return
    marks = ", ".join(same.get(c, "?") for c in frame.columns)
    raw.executemany(
        f'INSERT INTO "{table}" ({names}) VALUES ({marks})',
        varying.iter_rows(buffer_size=CSV_ROWS),
    )


def _only_value(column: pl.Series) -> str | None:
    """The one value of a column as an SQL literal: binding it row by row is most of the work.

    None where values differ, or the value is none that is plain to write down.
    """
    if column.null_count() == len(column):
        return "NULL"
    if column.null_count() or column[0] != column[-1] or column.n_unique() > 1:
        return None
    value = column[0]
    if isinstance(value, str) and PLAIN.fullmatch(value):
        return f"'{value}'"
    return str(value) if type(value) is int else None


def _copy_in(table: str, columns: Sequence[str], rows: Iterable[Row]) -> int:
    names = ", ".join(f'"{c}"' for c in columns)
    count = 0
    with (
        connection.cursor() as cursor,
        cursor.cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy,
    ):
        for row in rows:
            copy.write_row(row)
            count += 1
    return count


def _direct(sql: str, params: Row, answer: Callable[[Any], T]) -> T | None:
    """What the driver's own cursor answers, None where it has to be asked through Django's.

    That takes as long as most queries themselves.
    """
    own = transaction.get_connection()
    if own.vendor != "sqlite" or own.execute_wrappers:
        return None
    if own.connection is None:
        own.ensure_connection()
    with own.wrap_database_errors:
        return answer(own.connection.execute(_marked(sql), params))


_ROWS, _COUNT = methodcaller("fetchall"), attrgetter("rowcount")


def _driver_connection() -> Any:
    own = transaction.get_connection()
    own.ensure_connection()
    return own.connection


@cache
def _is_postgresql() -> bool:
    """An installation has one database, and asking Django for it takes its time."""
    return bool(connection.vendor == "postgresql")


def update(model: type[models.Model], columns: Sequence[str], rows: Sequence[Row]) -> None:
    """Set `columns` of existing rows; each row is (id, value, …)."""
    if not rows:
        return
    table = model._meta.db_table
    key = model._meta.pk.column
    settings = ", ".join(f'"{c}" = %s' for c in columns)
    with connection.cursor() as cursor:
        cursor.executemany(
            f'UPDATE "{table}" SET {settings} WHERE "{key}" = %s',
            [(*row[1:], row[0]) for row in rows],
        )


def delete(model: type[models.Model], column: str, values: Sequence[int]) -> int:
    """Delete the rows whose integer `column` is one of `values`; returns how many."""
    if not values:
        return 0
    table = model._meta.db_table
    sql = f'DELETE FROM "{table}" WHERE "{column}" IN ({members("bigint")})'
    done: int | None = _direct(sql, [packed(values)], _COUNT)
    if done is not None:
        return done
    with connection.cursor() as cursor:
        cursor.execute(sql, [packed(values)])
        return int(cursor.rowcount)


def update_where(sql: str, column: str, values: Sequence[int], *, params: Row = ()) -> int:
    """Run an UPDATE (`sql` ends in its WHERE) on rows with `column` among values; how many."""
    if not values:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} {column} IN ({members('bigint')})", [*params, packed(values)])
        return int(cursor.rowcount)


def empty(model: type[models.Model]) -> None:
    """Delete every row; nothing that refers to them is looked at."""
    with connection.cursor() as cursor:
        cursor.execute(f'DELETE FROM "{model._meta.db_table}"')


def members(kind: str) -> str:
    """SQL that unfolds one parameter into a set of values: any number of them, one statement."""
    if _is_postgresql():
        return f"SELECT unnest(%s::{kind}[])"
    return "SELECT value FROM json_each(%s)"


def packed(values: Sequence[Any]) -> Any:
    """The one parameter that `members` unfolds."""
    return list(values) if _is_postgresql() else json.dumps(list(values))


def rows_where(
    sql: str, column: str, values: Sequence[Any], *, kind: str = "bigint", params: Row = ()
) -> list[tuple[Any, ...]]:
    """Rows of `sql` (which ends in a WHERE clause, or in AND) with `column` among `values`."""
    if not values:
        return []
    return rows_of(f"{sql} {column} IN ({members(kind)})", [*params, packed(values)])


def rows_of(sql: str, params: Row) -> list[tuple[Any, ...]]:
    """All rows of a query that gives few."""
    found: list[tuple[Any, ...]] | None = _direct(sql, params, _ROWS)
    if found is not None:
        return found
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())


@lru_cache(maxsize=256)
def _marked(sql: str) -> str:
    """A query with its parameters marked as SQLite's driver does."""
    return sql % (("?",) * len(re.findall(r"(?<!%)%s", sql)))


def frames(sql: str, params: Row, schema: Schema) -> Iterator[pl.DataFrame]:
    """The result of a query as Polars frames of up to 50,000 rows, through the driver's cursor."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql, params)
        while rows := cursor.fetchmany(FETCH_ROWS):
            yield pl.DataFrame([tuple(r) for r in rows], schema=dict(schema), orient="row")


def frame(sql: str, params: Row, schema: Schema) -> pl.DataFrame:
    """The result of a query as one Polars frame."""
    parts = list(frames(sql, params, schema))
    return pl.concat(parts) if parts else pl.DataFrame(schema=dict(schema))


def json_text(column: str) -> str:
    """SQL for a JSON column as text: PostgreSQL's driver would parse it otherwise."""
    return f"{column}::text" if _is_postgresql() else column


def ensure_atomic() -> None:
    """Raise unless inside a transaction: keys and rows must commit together."""
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("bulk writes need a transaction")
