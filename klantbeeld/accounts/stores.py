"""What the room keeps of customers (who follows, who was let in) and of employees."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from klantbeeld.accounts.models import (
    ApiKey,
    BreakGlass,
    Following,
    Invitation,
    LogIn,
    Team,
    User,
)
from klantbeeld.accounts.watching import ids_of, looked_at
from klantbeeld.core import bulk, ledger, registry
from klantbeeld.core.registry import PersonalColumns, Store


def export(records: Sequence[int]) -> Mapping[str, list[dict[str, Any]]]:
    """Who looked, since when somebody follows the customer, who was let in beyond reach, and why.

    Employees are told by their role: which of them it was is theirs.
    """
    followed = Following.objects.filter(record__in=records).order_by("at")
    opened = BreakGlass.objects.filter(record__in=records).select_related("user")
    looks = reversed(looked_at(ids_of(records)))
    return {
        "looked_at": [
            {"at": one.at, "role": one.role, "purpose": one.purpose, "what": one.action}
            for one in looks
        ],
        "followed": [{"at": f.at, "by_team": f.team_id is not None} for f in followed],
        "let_in": [
            {"at": b.begun_at, "until": b.until, "role": b.user.role, "reason": b.reason}
            for b in opened.order_by("begun_at")
        ],
    }


def erase(records: Sequence[int]) -> Mapping[str, int]:
    """Delete who follows these records and who was let in, and who looked at whom they make up.

    A customer who keeps other records keeps who looked.
    """
    gone = _whole_customers(records)
    transaction.on_commit(lambda: ledger.forget(gone))
    return {
        model._meta.db_table: bulk.delete(model, "record_id", records)
        for model in (Following, BreakGlass)
    }


def _whole_customers(records: Sequence[int]) -> list[int]:
    """The customers of whom nothing is left without these records, with whom they absorbed."""
    held = registry.partition()
    if held is None:
        return []
    asked = set(records)
    owners = bulk.rows_where(
        f"SELECT DISTINCT {held.customer} FROM {held.db_table} WHERE", held.record, records
    )
    rows = bulk.rows_where(
        f"SELECT {held.record}, {held.customer} FROM {held.db_table} WHERE", held.customer,
        [row[0] for row in owners],
    )  # fmt: skip
    kept = {customer for record, customer in rows if record not in asked}
    whole = [record for record, customer in rows if customer not in kept]
    return ids_of(whole)


# While it can still be told whose the records are.
STORE = Store(room="accounts", order=5, export=export, erase=erase, is_sight=True)

COLUMNS = (
    PersonalColumns(
        User._meta.db_table,
        frozenset({"email", "name"}),
        frozenset({"password", "role", "language", "reach"}),
    ),
    PersonalColumns(
        ApiKey._meta.db_table,
        frozenset({"created_by"}),
        frozenset({"name", "prefix", "digest", "role", "source"}),
    ),
    PersonalColumns(Team._meta.db_table, frozenset(), frozenset({"name"})),
    PersonalColumns(BreakGlass._meta.db_table, frozenset({"reason"})),
    PersonalColumns(
        Invitation._meta.db_table,
        frozenset({"email", "name", "created_by"}),
        frozenset({"role", "reach", "digest"}),
    ),
    PersonalColumns(LogIn._meta.db_table, frozenset({"device", "address"}), frozenset({"key"})),
)
