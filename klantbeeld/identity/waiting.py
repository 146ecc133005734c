"""The list of records to be matched or whose customers are to be built anew, and who comes on it
when records go."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

from klantbeeld.core import bulk
from klantbeeld.identity import matching
from klantbeeld.identity.blocks import within_cap
from klantbeeld.identity.holdings import next_holders
from klantbeeld.identity.models import Pending


def note(records: Iterable[int], *, rematch: bool) -> None:
    """Put records on the list; `rematch` when they are to be matched as well."""
    table = Pending._meta.db_table
    # Also where nothing changes the row is written, so that whoever takes it off the list waits.
    act = f"DO UPDATE SET rematch = {'true' if rematch else f'{table}.rematch'}"
    if connection.vendor == "sqlite":
        act = act.replace("= true", "= 1")
        source = "SELECT value, %s FROM json_each(%s) WHERE true"
        params: list[Any] = [rematch, bulk.packed(sorted(set(records)))]
    else:
        source = "SELECT unnest(%s::bigint[]), %s"
        params = [bulk.packed(sorted(set(records))), rematch]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (record, rematch) {source} ON CONFLICT (record) {act}", params
        )


def left_behind(gone: Sequence[int]) -> set[int]:
    """The records of others whose customer or household may be another one without these.

    Those that were compared with them, that lived with them, under whose keys there is room for
    comparing now, and that hold a value which fewer people use. To be asked while `gone` are
    still stored.
    """
    if not gone:
        return set()
    linked = {
        row[0]
        for one, other in (("left_id", "right_id"), ("right_id", "left_id"))
        for row in bulk.rows_where(f"SELECT {other} FROM identity_link WHERE", one, gone)
    }
    at_home = {
        row[0]
        for row in bulk.rows_where(
            "SELECT o.record_id FROM identity_membership m JOIN identity_membership o"
            " ON o.household = m.household WHERE m.household <> 0 AND", "m.record_id", gone,
        )
    }  # fmt: skip
    found = linked | at_home | _in_emptier_blocks(gone) | next_holders(set(gone))
    return found - set(gone)


def _in_emptier_blocks(gone: Sequence[int]) -> set[int]:
    """Records under keys that too many shared until now, and no more without those gone."""
    select = "SELECT kind, hash FROM identity_matchkey WHERE"
    keys = set(bulk.rows_where(select, "record_id", gone))
    return within_cap(keys, set(gone), matching.current_model()) if keys else set()
