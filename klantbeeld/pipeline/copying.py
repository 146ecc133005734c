"""The columnar copy: brought up to date from the change log, partition by partition."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
from django.conf import settings
from django.db import connection

from klantbeeld.core import bulk, changes, registry
from klantbeeld.core.models import PARTITION_BLOCK_BITS, PARTITIONS
from klantbeeld.core.registry import CopiedTable
from klantbeeld.engine.errors import RebuildNeeded, StoreBusy
from klantbeeld.engine.manifest import Watermark
from klantbeeld.engine.store import Store

# So long somebody else may take to refresh a table before this gives up.
WAIT_SECONDS, PAUSE_SECONDS = 120.0, 0.1


def store() -> Store:
    """The installation's copy."""
    return Store(Path(settings.HOME) / "copy")


def refresh(*, rebuild: bool = False) -> dict[str, int]:
    """Bring every copied table up to the horizon of the change log; table -> partitions written.

    A copy that is absent, damaged or of another format is built anew.
    """
    written = {}
    for table in registry.copied_tables().values():
        written[table.name] = _refreshed(table, rebuild)
    return written


def _refreshed(table: CopiedTable, rebuild: bool) -> int:
    """Refresh one table, after whoever else is at it: several imports may end at once."""
    until = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            # Asked anew each time: whoever was at it may have gone further than this began.
            return _refresh_table(table, changes.horizon(), rebuild)
        except StoreBusy:
            if time.monotonic() > until:
                raise
            time.sleep(PAUSE_SECONDS)


def _refresh_table(table: CopiedTable, horizon: int, rebuild: bool) -> int:
    held = store()
    watermark = Watermark(horizon, datetime.now(UTC))
    try:
        if rebuild:
            raise RebuildNeeded(table.name, "asked for")
        after = held.watermark(table.name).position
        if after > horizon:
            raise RebuildNeeded(table.name, "the database is older than the copy")
        touched = changes.touched_between(table.name, after, horizon)
        if touched and not table.partition_column:
            touched = list(range(PARTITIONS))
        held.refresh(table.name, _partitions(table, touched), _schema(table), watermark)
    except RebuildNeeded:
        held.drop(table.name)
        touched = list(range(PARTITIONS))
        held.refresh(table.name, _partitions(table, touched), _schema(table), watermark)
    return len(touched)


def _partitions(table: CopiedTable, numbers: list[int]) -> dict[int, Iterator[pl.DataFrame]]:
    return {number: _rows(table, number) for number in numbers}


def _schema(table: CopiedTable) -> dict[str, type[pl.DataType]]:
    return {name: getattr(pl, kind) for name, kind in table.columns.items()}


def _rows(table: CopiedTable, number: int) -> Iterator[pl.DataFrame]:
    """The rows of one partition, read by ranges of the record index."""
    schema = _schema(table)
    names = ", ".join(table.computed.get(c, f'"{c}"') for c in table.columns)
    select = f'SELECT {names} FROM "{table.db_table}"'
    if not table.partition_column:
        if number == 0:
            yield from bulk.frames(select, [], schema)
        return
    column = f'"{table.partition_column}"'
    size = 1 << PARTITION_BLOCK_BITS
    for block in range(number, _last_block(table) + 1, PARTITIONS):
        where = f" WHERE {column} >= %s AND {column} < %s"
        yield from bulk.frames(select + where, [block * size, (block + 1) * size], schema)


def _last_block(table: CopiedTable) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT max("{table.partition_column}") FROM "{table.db_table}"')
        return int(cursor.fetchone()[0] or 0) >> PARTITION_BLOCK_BITS
