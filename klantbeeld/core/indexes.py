"""Indexes of a table laid down once after very many rows, instead of row by row.

Every index takes a random place per row: a million rows into a table with some of them costs
several times what sorting the indexes once afterwards does. What is dropped is kept in the
database, in the same transaction, so that whoever dies in between loses nothing: until `restore`
the table is only slow.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager

from django.conf import settings
from django.db import connection, models, transaction

from klantbeeld.core import leases
from klantbeeld.core.models import HeldIndex

LEASE = "indexes"

# From so many rows on, and when the table at least doubles, holding off pays.
VERY_MANY = 50_000
# Tables that this process, which then has the lease, is filling now.
_filling: set[str] = set()


def pays(model: type[models.Model], coming: int) -> bool:
    """Whether `coming` more rows are so many that the table's indexes had better wait.

    Never inside a transaction: dropping and laying down are transactions of their own.
    """
    if coming < VERY_MANY or connection.in_atomic_block:
        return False
    key = model._meta.pk.column
    with connection.cursor() as cursor:
        cursor.execute(
            f'SELECT count(*) FROM (SELECT "{key}" FROM "{model._meta.db_table}" LIMIT %s) t',
            [coming + 1],
        )
        return bool(cursor.fetchone()[0] <= coming)


def are_held_off(model: type[models.Model]) -> bool:
    """Whether the table is without some of its indexes at this moment."""
    return HeldIndex.objects.filter(table=model._meta.db_table).exists()


@contextmanager
def held_off(*tables: type[models.Model]) -> Iterator[None]:
    """Without these tables' indexes inside, with them afterwards, whatever happens.

    Primary keys and what keeps values unique stay. Within another `held_off` of the same table
    it is the outer one that lays them down; where another process is at it nothing is held off.
    Enter it outside any transaction.
    """
    mine = {model._meta.db_table for model in tables} - _filling
    with ExitStack() as stack:
        if not _filling:
            try:
                stack.enter_context(leases.held(LEASE))
            except leases.LeaseTaken:
                mine.clear()
        _filling.update(mine)
        try:
            for table in sorted(mine):
                _drop(table)
            yield
        finally:
            _filling.difference_update(mine)
            _lay(mine)


def restore() -> int:
    """Lay down what a process that died left held off; returns how many there were."""
    if _filling or not HeldIndex.objects.exists():
        return 0
    try:
        with leases.held(LEASE):
            return _lay(HeldIndex.objects.values_list("table", flat=True))
    except leases.LeaseTaken:
        return 0


def _lay(tables: Iterable[str]) -> int:
    held = HeldIndex.objects.filter(table__in=set(tables)).order_by("table", "name")
    with _sorting_on_all_cores():
        for index in held:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(index.definition)
                index.delete()
    return len(held)


@contextmanager
def _sorting_on_all_cores() -> Iterator[None]:
    """SQLite sorts with more than one thread only what it may put on disk, in runs as its cache.

    The database's own folder is the place for these, as big as they are.
    """
    if connection.vendor == "postgresql":
        yield
        return
    os.environ["SQLITE_TMPDIR"] = str(settings.HOME)
    wanted = {"temp_store": 1, "cache_size": -16_384, "threads": os.cpu_count() or 1}
    with connection.cursor() as cursor:
        usual = {p: cursor.execute(f"PRAGMA {p}").fetchone()[0] for p in wanted}
        try:
            for pragma, value in wanted.items():
                cursor.execute(f"PRAGMA {pragma}={value}")
            yield
        finally:
            for pragma, value in usual.items():
                cursor.execute(f"PRAGMA {pragma}={value}")


@contextmanager
def laid_anew(*tables: type[models.Model]) -> Iterator[None]:
    """For a table whose every row is replaced: the same within the caller's one transaction.

    Not on PostgreSQL, where it would lock readers out until the end.
    """
    if connection.vendor == "postgresql":
        yield
        return
    definitions = [d for model in tables for d in _definitions(model._meta.db_table)]
    with connection.cursor() as cursor:
        for name, _ in definitions:
            cursor.execute(f'DROP INDEX "{name}"')
        yield
        for _, definition in definitions:
            cursor.execute(definition)


def _drop(table: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for name, definition in _definitions(table):
            HeldIndex.objects.create(name=name, table=table, definition=definition)
            cursor.execute(f'DROP INDEX "{name}"')


def _definitions(table: str) -> list[tuple[str, str]]:
    """Name and SQL of the table's indexes that keep nothing unique."""
    if connection.vendor == "postgresql":
        sql = (
            "SELECT i.relname, pg_get_indexdef(x.indexrelid) FROM pg_index x"
            " JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid"
            " WHERE t.relname = %s AND NOT x.indisunique AND pg_table_is_visible(t.oid)"
        )
    else:
        sql = (
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = %s"
            " AND sql NOT LIKE 'CREATE UNIQUE%%'"
        )
    with connection.cursor() as cursor:
        cursor.execute(sql, [table])
        return [(name, definition) for name, definition in cursor.fetchall()]
