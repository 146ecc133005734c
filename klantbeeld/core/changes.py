"""The change log: every writing transaction says which partitions of which tables it touched."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db import connection

from klantbeeld.core import bulk
from klantbeeld.core.clock import now_us
from klantbeeld.core.models import PARTITION_BLOCK_BITS, PARTITIONS, Change

# Of so many records no columns are set up.
_FEW = 100


def note(table: str, records: Iterable[int] | npt.NDArray[np.int64]) -> None:
    """Note that rows of `table` belonging to these records changed, inside the transaction."""
    if isinstance(records, set) and len(records) < _FEW:
        partitions = sorted({(key >> PARTITION_BLOCK_BITS) % PARTITIONS for key in records})
    else:
        keys = np.fromiter(records, dtype=np.int64)
        partitions = np.unique((keys >> PARTITION_BLOCK_BITS) % PARTITIONS).tolist()
    if not partitions:
        return
    at, xact = now_us(), _transaction_id()
    rows = [(at, table, partition, xact) for partition in partitions]
    bulk.insert(Change, ("at", "table", "partition", "xact"), rows)


def _transaction_id() -> int:
    if connection.vendor != "postgresql":
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        return int(cursor.fetchone()[0])


def horizon() -> int:
    """The position up to which the log is final: no open transaction can add anything below it.

    SQLite has one writer, so every id that is visible is final and the position is an id. On
    PostgreSQL ids are handed out before commit and in another order; there the position is a
    transaction id, the last one before the oldest transaction that is still open.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            return _before_oldest_open(cursor)
        cursor.execute("SELECT coalesce(max(id), 0) FROM core_change")
        return int(cursor.fetchone()[0])


def _before_oldest_open(cursor: Any) -> int:
    """Transactions of other databases on the server, which write nothing here, do not count.

    They are listed before the snapshot is taken: so one that is ignored now is known, or gone,
    the next time, and the horizon never goes back.
    """
    cursor.execute(
        "SELECT coalesce(array_agg(backend_xid::text::bigint), '{}') FROM pg_stat_activity"
        " WHERE backend_xid IS NOT NULL AND datname <> current_database()"
    )
    elsewhere = cursor.fetchone()[0]
    cursor.execute(
        "SELECT least(min(open), min(pg_snapshot_xmax(now)::text::bigint),"
        " min(pg_current_xact_id_if_assigned()::text::bigint)) - 1"
        " FROM (SELECT pg_current_snapshot() AS now) AS taken"
        " LEFT JOIN LATERAL (SELECT x::text::bigint AS open FROM pg_snapshot_xip(now) AS x) AS xip"
        " ON (open & 4294967295) <> ALL (%s::bigint[])",
        [elsewhere],
    )
    return int(cursor.fetchone()[0])


def touched_between(table: str, after: int, up_to: int) -> list[int]:
    """Partitions of `table` touched at positions with after < position <= up_to, ascending."""
    position = "xact" if connection.vendor == "postgresql" else "id"
    within = {f"{position}__gt": after, f"{position}__lte": up_to}
    found = Change.objects.filter(table=table, **within).values_list("partition", flat=True)
    return sorted(found.distinct())
