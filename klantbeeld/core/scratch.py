"""Very many rows into SQLite without binding each of them in Python.

Arrow's own driver lays a frame down in a scratch database, and Django's connection, which attaches
that, copies the rows within its transaction. Both run outside the interpreter's lock, in half the
processor time. The driver brings an SQLite library of its own, and two of those in one process
must never have the same file open (https://sqlite.org/howtocorrupt.html, 2.2.1): it never sees the
live database, and closes the scratch file before the connection opens it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from secrets import token_hex

import polars as pl
from django.conf import settings
from django.db import transaction

# Fewer rows are sooner bound one by one.
MANY = 2_000
# A scratch database stays attached until its transaction ends; SQLite allows ten in all.
NAMES = tuple(f"scratch_{n}" for n in range(6))
PLAIN_TYPES = frozenset({pl.String, pl.Int64, pl.Int32, pl.Float64})


def insert(
    raw: sqlite3.Connection, table: str, same: Mapping[str, str], frame: pl.DataFrame
) -> bool:
    """Append `frame` to `table`, with the SQL literals `same` in every row; inside a transaction.

    False, and nothing done, where it would not pay or cannot be: few rows, a type that the
    drivers could write down differently, no place for a further database in this transaction.
    """
    if len(frame) < MANY or not set(frame.dtypes) <= PLAIN_TYPES or not raw.in_transaction:
        return False
    name = _free_name(raw)
    if not name:
        return False
    path = Path(settings.HOME, f"{name}-{token_hex(6)}.sqlite3")
    try:
        _lay_down(frame, path)
        # Immutable: nobody else knows of this file, so nothing needs to be locked.
        raw.execute(f"ATTACH ? AS {name}", [f"{path.absolute().as_uri()}?immutable=1"])
    finally:
        _remove(path)
    names = ", ".join(f'"{c}"' for c in (*frame.columns, *same))
    values = ", ".join([*(f'"{c}"' for c in frame.columns), *same.values()])
    raw.execute(f'INSERT INTO "{table}" ({names}) SELECT {values} FROM {name}.laid')
    transaction.on_commit(lambda: _detach(raw, name, path))
    return True


def _lay_down(frame: pl.DataFrame, path: Path) -> None:
    # Only here: it loads Arrow, where that is installed, which every command would wait for.
    from adbc_driver_sqlite import dbapi

    with dbapi.connect(str(path), autocommit=True) as driver, driver.cursor() as cursor:
        for pragma in ("journal_mode=OFF", "synchronous=OFF"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.adbc_ingest("laid", frame, mode="create")


def _free_name(raw: sqlite3.Connection) -> str:
    """A name under which a scratch database can be attached; "" when all are in use."""
    attached = {row[1]: row[2] for row in raw.execute("PRAGMA database_list")}
    for name in NAMES:
        if name not in attached or _detach(raw, name, Path(attached[name])):
            return name
    return ""


def _detach(raw: sqlite3.Connection, name: str, path: Path) -> bool:
    """Let go of a scratch database; not as long as the transaction that read it goes on."""
    try:
        raw.execute(f"DETACH {name}")
    except sqlite3.Error:
        return False
    _remove(path)
    return True


def _remove(path: Path) -> None:
    # Windows removes no file that is open; there it goes once it is detached.
    with suppress(OSError):
        path.unlink()
