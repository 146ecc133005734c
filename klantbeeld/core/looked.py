"""Who looked at what is held about somebody: when, in which role, for which purpose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from klantbeeld.core import bulk
from klantbeeld.core.models import AuditEntry


@dataclass(frozen=True, slots=True)
class Look:
    """One time that somebody read or changed something. `at` in microseconds UTC.

    Without the employee's name: the customer is owed when, why and in which role he was looked
    at, not who did it (Court of Justice EU 22 June 2023, C-579/21, points 82 and 83).
    """

    at: int
    action: str
    role: str
    purpose: str
    interface: str


def looks_at(records: Sequence[int]) -> list[Look]:
    """Every noted look at these records, and at the customer that they are, the oldest first."""
    customers = [
        row[0]
        for row in bulk.rows_where("SELECT id FROM core_customer WHERE", "anchor_id", list(records))
    ]
    keys = [
        row[0]
        for kind, subjects in (("record", list(records)), ("customer", customers))
        for row in bulk.rows_where(
            "SELECT id FROM core_auditentry WHERE subject_type = %s AND", "subject_id", subjects,
            params=[kind],
        )
    ]  # fmt: skip
    held = AuditEntry.objects.filter(pk__in=keys).order_by("at", "pk")
    return [Look(e.at, e.action, e.role, e.purpose, e.interface) for e in held]
