"""Whose customers an actor reaches: SQL for lists, and a look at given records and customers.

A customer is reached when somebody follows one of its records: the actor, a colleague of the
actor's team, or the team; or when the glass was broken for it and the hour is not over.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from klantbeeld.accounts import rules
from klantbeeld.accounts.errors import OutOfReach
from klantbeeld.core import bulk, registry
from klantbeeld.core.actor import Actor, Scope
from klantbeeld.core.clock import now_us

READ = "customers.read"
# Names of arguments that hold customers or records, of one or of several.
CUSTOMERS = frozenset({"customer", "customers"})
RECORDS = frozenset(
    {"record", "records", "left", "right", "one", "other", "fellows", "owners", "sets"}
)


@dataclass(frozen=True)
class Within:
    """SQL that selects every customer in reach, with its parameters."""

    sql: str
    params: tuple[Any, ...]


def scope_of(actor: Actor, permission: str = READ) -> Scope | None:
    """Whose customers the actor reaches with a permission; None for nobody's."""
    return rules.reach_of(actor.role, permission, actor.reach)


def within(actor: Actor, permission: str = READ) -> Within | None:
    """The customers in reach; None when that is everybody."""
    scope = scope_of(actor, permission)
    if scope == "all":
        return None
    held = registry.partition()
    if scope is None or held is None:
        return Within("SELECT 0 WHERE 1 = 0", ())
    conditions, params = ["f.user_id = %s"], [actor.user_id or 0]
    if scope == "team" and actor.team_id:
        conditions += [
            "f.team_id = %s", "f.user_id IN (SELECT id FROM accounts_user WHERE team_id = %s)"
        ]  # fmt: skip
        params += [actor.team_id, actor.team_id]
    tied = f"m.{held.customer} FROM {held.db_table} m"
    return Within(
        f"SELECT {tied} JOIN accounts_following f ON f.record_id = m.{held.record}"
        f" WHERE {' OR '.join(conditions)}"
        f" UNION SELECT {tied} JOIN accounts_breakglass b ON b.record_id = m.{held.record}"
        " WHERE b.user_id = %s AND b.ended_at = 0 AND b.until > %s",
        (*params, actor.user_id or 0, now_us()),
    )


def reached(actor: Actor, customers: Iterable[int], permission: str = READ) -> set[int]:
    """Those of these customers that are in reach."""
    asked = list(customers)
    allowed = within(actor, permission)
    if allowed is None or not asked:
        return set(asked)
    rows = bulk.rows_of(
        f"SELECT value FROM (SELECT w.value FROM ({_values()}) w) AS asked"
        f" WHERE value IN ({allowed.sql})",
        [bulk.packed(asked), *allowed.params],
    )
    return {int(row[0]) for row in rows}


def _values() -> str:
    """SQL that unfolds one parameter into rows with a column `value`."""
    return bulk.members("bigint").replace("unnest(%s::bigint[])", "unnest(%s::bigint[]) AS value")


def records_reached(actor: Actor, records: Iterable[int], permission: str = READ) -> set[int]:
    """Those of these records whose customer is in reach."""
    asked = list(records)
    allowed, held = within(actor, permission), registry.partition()
    if allowed is None or not asked or held is None:
        return set(asked) if allowed is None else set()
    rows = bulk.rows_of(
        f"SELECT {held.record} FROM {held.db_table} WHERE {held.record} IN"
        f" ({bulk.members('bigint')}) AND {held.customer} IN ({allowed.sql})",
        [bulk.packed(asked), *allowed.params],
    )
    return {int(row[0]) for row in rows}


def objects_of(function: Callable[..., Any]) -> dict[str, int]:
    """The arguments of a read or action that are customers or records, with their places."""
    names = list(inspect.signature(function).parameters)[1:]
    return {name: place for place, name in enumerate(names) if name in CUSTOMERS | RECORDS}


def require(
    actor: Actor,
    permission: str,
    objects: Mapping[str, int],
    given: tuple[Sequence[Any], Mapping[str, Any]],
) -> None:
    """Raise `OutOfReach` unless every customer and record among the arguments is in reach."""
    places, named = given
    for name, place in objects.items():
        value = named[name] if name in named else places[place] if place < len(places) else ()
        asked = set(_numbers(value))
        look = reached if name in CUSTOMERS else records_reached
        if asked - look(actor, asked, permission):
            raise OutOfReach(actor.role, permission)


def _numbers(value: Any) -> Iterable[int]:
    if isinstance(value, int):
        yield value
    elif isinstance(value, Iterable) and not isinstance(value, str | bytes):
        for one in value:
            yield from _numbers(one)
