"""What the room keeps of customers (who follows, who was let in) and of employees."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from klantbeeld.accounts.models import (
    ApiKey,
    BreakGlass,
    Following,
    Invitation,
    LogIn,
    Team,
    User,
)
from klantbeeld.core import bulk
from klantbeeld.core.registry import PersonalColumns, Store


def export(records: Sequence[int]) -> Mapping[str, list[dict[str, Any]]]:
    """Since when somebody follows the customer, and who was let in beyond their reach, and why.

    Employees are told by their role: which of them it was is theirs.
    """
    followed = Following.objects.filter(record__in=records).order_by("at")
    opened = BreakGlass.objects.filter(record__in=records).select_related("user")
    return {
        "followed": [{"at": f.at, "by_team": f.team_id is not None} for f in followed],
        "let_in": [
            {"at": b.begun_at, "until": b.until, "role": b.user.role, "reason": b.reason}
            for b in opened.order_by("begun_at")
        ],
    }


def erase(records: Sequence[int]) -> Mapping[str, int]:
    """Delete who follows these records and who was let in."""
    return {
        model._meta.db_table: bulk.delete(model, "record_id", records)
        for model in (Following, BreakGlass)
    }


STORE = Store(room="accounts", order=5, export=export, erase=erase)

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
