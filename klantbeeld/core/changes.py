"""The change log: every writing transaction says which partitions of which tables it touched."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
from django.db import connection

from klantbeeld.core import bulk
from klantbeeld.core.clock import now_us
from klantbeeld.core.models import PARTITION_BLOCK_BITS, PARTITIONS, Change


def note(table: str, records: Iterable[int] | npt.NDArray[np.int64]) -> None:
    """Note that rows of `table` belonging to these records changed, inside the transaction."""
    keys = np.fromiter(records, dtype=np.int64)
    partitions = np.unique((keys >> PARTITION_BLOCK_BITS) % PARTITIONS)
    if not len(partitions):
        return
    at, xact = now_us(), _transaction_id()
    rows = [(at, table, partition, xact) for partition in partitions.tolist()]
    bulk.insert(Change, ("at", "table", "partition", "xact"), rows)


def _transaction_id() -> int:
    if connection.vendor != "postgresql":
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        return int(cursor.fetchone()[0])


def horizon() -> int:
    """The highest change id that no open transaction can still come before.

    SQLite has one writer, so every id that is visible is final. On PostgreSQL ids are handed
    out before commit: only changes of transactions older than the oldest open one are final.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT coalesce(min(id) - 1, (SELECT coalesce(max(id), 0) FROM core_change)) "
                "FROM core_change WHERE xact >= "
                "pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
            )
        else:
            cursor.execute("SELECT coalesce(max(id), 0) FROM core_change")
        return int(cursor.fetchone()[0])


def touched_between(table: str, after: int, up_to: int) -> list[int]:
    """Partitions of `table` touched by changes with after < id <= up_to, ascending."""
    found = (
        Change.objects.filter(table=table, id__gt=after, id__lte=up_to)
        .values_list("partition", flat=True)
        .distinct()
    )
    return sorted(found)
