"""Customers whom nobody reads: one of their records is restricted, or being erased.

The background goes on knowing them, or what they are could not be kept right.
"""

from __future__ import annotations

from collections.abc import Iterable

from klantbeeld.core import bulk
from klantbeeld.core.actor import Actor
from klantbeeld.privacy.tables import hidden_records


def hidden_owners() -> set[int]:
    """The customers with a record that nobody reads."""
    rows = bulk.rows_where(
        "SELECT DISTINCT customer_id FROM identity_membership WHERE", "record_id", hidden_records()
    )
    return {row[0] for row in rows}


def hidden_from(actor: Actor) -> set[int]:
    """Those of them whom this actor does not read: everybody but the background."""
    return set() if actor.interface == "job" else hidden_owners()


def hidden_fellows() -> list[int]:
    """All records of those customers."""
    rows = bulk.rows_where(
        "SELECT record_id FROM identity_membership WHERE", "customer_id", sorted(hidden_owners())
    )
    return [row[0] for row in rows]


def shown(actor: Actor, owners: dict[int, int]) -> dict[int, int]:
    """Record to customer, without those whom the actor does not read."""
    hidden = hidden_from(actor)
    return {r: c for r, c in owners.items() if c not in hidden} if hidden else owners


def without(actor: Actor, customers: Iterable[int]) -> list[int]:
    """The customers whom the actor reads."""
    hidden = hidden_from(actor)
    return [c for c in customers if c not in hidden]
