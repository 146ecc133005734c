"""Writing down who looked at whom: gathered while a request is answered, written once at its end.

A person who shows up several times in one answer is written down once, under what shows most.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from typing import Any

from klantbeeld.core import bulk, ledger, registry
from klantbeeld.core.actor import Actor
from klantbeeld.core.ledger import Kind, Look

# What shows most of somebody first: of several looks in one answer the first of these counts.
ACTIONS = (
    "export", "export_list", "card", "read", "bring", "match", "compare", "list", "search", "name",
    "quarantine",
)  # fmt: skip
KINDS: Mapping[str, Kind] = {"export": "export", "export_list": "export", "search": "search"}
_gathered: ContextVar[list[Look] | None] = ContextVar("looks", default=None)


def at(
    actor: Actor, action: str, whom: Iterable[int], of: str = "customer", **details: Any
) -> None:
    """Note that the actor is shown these people. Raises `ledger.LedgerBusy` when it cannot be.

    What the house itself reads while it works (interface ``job``) is nobody's look.
    """
    if actor.interface == "job":
        return
    look = Look(actor, KINDS.get(action, "read"), action, tuple(dict.fromkeys(whom)), of, details)
    if not look.whom and look.kind == "read":
        return
    _note(look)


def at_records(actor: Actor, action: str, records: Iterable[int]) -> None:
    """As `at` for the customers of these records."""
    held = registry.partition()
    if actor.interface == "job" or held is None:
        return
    rows = bulk.rows_where(
        f"SELECT DISTINCT {held.customer} FROM {held.db_table} WHERE", held.record, list(records)
    )
    at(actor, action, sorted(row[0] for row in rows))


def note(actor: Actor, kind: Kind, action: str, whom: Iterable[int] = (), **details: Any) -> None:
    """Write down something else than a look, such as a bypass or a refusal."""
    _note(Look(actor, kind, action, tuple(whom), details=details))


def _note(look: Look) -> None:
    gathered = _gathered.get()
    if gathered is None:
        ledger.append([look])
    else:
        gathered.append(look)


@contextmanager
def gathering() -> Iterator[None]:
    """Gather what is looked at and write it down at the end, also when that is an error."""
    looks: list[Look] = []
    token = _gathered.set(looks)
    try:
        yield
    finally:
        _gathered.reset(token)
        ledger.append(once(looks))


def once(looks: Iterable[Look]) -> list[Look]:
    """The looks with each person once, and none left without anybody unless it found nobody."""
    place = {action: n for n, action in enumerate(ACTIONS)}
    held = sorted(enumerate(looks), key=lambda pair: (place.get(pair[1].action, -1), pair[0]))
    seen: set[tuple[object, ...]] = set()
    kept: list[Look] = []
    for _n, look in held:
        who = (look.actor.user_id, look.actor.key_id, look.actor.role, look.of)
        fresh = tuple(w for w in look.whom if (who, w) not in seen)
        seen |= {(who, w) for w in fresh}
        if fresh or not look.whom:
            kept.append(replace(look, whom=fresh))
    same: dict[tuple[object, ...], Look] = {}
    for look in kept:
        key = (look.actor, look.kind, look.action, look.of, str(sorted(look.details.items())))
        told = same.get(key)
        same[key] = look if told is None else replace(told, whom=(*told.whom, *look.whom))
    return list(same.values())
