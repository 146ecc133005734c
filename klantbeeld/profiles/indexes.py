"""The indexes of the profiles, laid down once after very many profiles instead of row by row.

Seven sorted indexes take a random place each per profile. Writing a million profiles into them
costs several times what sorting them once afterwards does. Whoever dies in between leaves a
table without indexes: lists are slow then, and the next refresh lays them down.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, models, transaction

from klantbeeld.profiles.models import Profile

_held_off = False


def _wanted() -> list[models.Index]:
    return list(Profile._meta.indexes)


def missing() -> list[models.Index]:
    """The indexes that the table should have and has not."""
    table = Profile._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT indexname FROM pg_indexes WHERE tablename = %s", [table])
        else:
            cursor.execute(
                "SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = %s", [table]
            )
        present = {row[0] for row in cursor.fetchall()}
    return [index for index in _wanted() if index.name not in present]


def lay() -> int:
    """Lay down what is missing, one transaction each; returns how many. Not while held off."""
    if _held_off:
        return 0
    absent = missing()
    for index in absent:
        statement = str(index.create_sql(Profile, connection.schema_editor()))
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    return len(absent)


@contextmanager
def held_off() -> Iterator[None]:
    """Without the indexes inside, with them afterwards, whatever happens. May be nested."""
    global _held_off
    if _held_off:
        yield
        return
    for index in _wanted():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f'DROP INDEX IF EXISTS "{index.name}"')
    _held_off = True
    try:
        yield
    finally:
        _held_off = False
        lay()
