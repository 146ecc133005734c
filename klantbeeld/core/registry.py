"""What rooms hand in at start: panels, export, erase, copied tables, columns, checks.

Registered from each room's `apps.py`; panels and checks of third parties come through the entry
points ``klantbeeld.panels`` and ``klantbeeld.checks`` (see `extensions`). The house only ever
walks these lists, so a new room shows up everywhere by declaring itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from klantbeeld.core.actor import Actor

Place = Literal["left", "middle", "right"]


@dataclass(frozen=True)
class Panel:
    """A part of the customer card: what it is called, where it stands, what it reads.

    `read(actor, records)` gets the customer's record ids and returns the template's context,
    or None when the panel has nothing to say and wants to be left out. `template` belongs to
    the web room.
    """

    key: str
    title: str
    place: Place
    order: int
    template: str
    read: Callable[[Actor, Sequence[int]], Mapping[str, Any] | None]


@dataclass(frozen=True)
class Store:
    """A room's share in exporting and erasing what hangs on a set of records.

    `export(records)` returns {section: rows}; `erase(records)` deletes and returns counts by
    table. `order` is the order of erasing: what points at others goes first. `is_sight` marks what
    people are found by: it goes at once, before the rest. `files(records)` names contents and
    folders beside the database that belong to them; `destroy(names)` takes away those that
    nothing refers to any more, and returns how many.
    """

    room: str
    order: int
    export: Callable[[Sequence[int]], Mapping[str, list[dict[str, Any]]]]
    erase: Callable[[Sequence[int]], Mapping[str, int]]
    is_sight: bool = False
    files: Callable[[Sequence[int]], Sequence[str]] | None = None
    destroy: Callable[[Sequence[str]], int] | None = None


@dataclass(frozen=True)
class CopiedTable:
    """A database table kept in the columnar copy.

    `columns` maps column name to a Polars type name; `partition_column` holds the record id
    that decides the partition, or "" for a small table copied whole. `computed` gives the SQL,
    the same on both databases, of columns that the table itself does not have.
    """

    name: str
    db_table: str
    columns: Mapping[str, str]
    partition_column: str
    personal: frozenset[str] = field(default_factory=frozenset)
    computed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class PersonalColumns:
    """Which text and JSON columns of a model hold personal data, and which never do."""

    db_table: str
    personal: frozenset[str]
    impersonal: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Check:
    """Something that must always hold in the stored data.

    `findings()` returns one sentence for each thing that is wrong, with keys and counts but no
    personal values; an empty list when it holds.
    """

    key: str
    title: str
    order: int
    findings: Callable[[], list[str]]


@dataclass(frozen=True)
class Partition:
    """Where it stands which customer a record belongs to: a table and its two columns."""

    db_table: str
    record: str
    customer: str


_PANELS: dict[str, Panel] = {}
_PARTITION: list[Partition] = []
_STORES: dict[str, Store] = {}
_COPIED: dict[str, CopiedTable] = {}
_COLUMNS: dict[str, PersonalColumns] = {}
_CHECKS: dict[str, Check] = {}


def add_panel(panel: Panel) -> None:
    """Put a panel on the card."""
    _PANELS[panel.key] = panel


def add_store(store: Store) -> None:
    """Hand in a room's export and erase."""
    _STORES[store.room] = store


def add_copied(table: CopiedTable) -> None:
    """Have a table kept in the columnar copy."""
    _COPIED[table.name] = table


def add_columns(columns: Iterable[PersonalColumns]) -> None:
    """Declare which columns hold personal data."""
    _COLUMNS.update({c.db_table: c for c in columns})


def add_checks(checks: Iterable[Check]) -> None:
    """Have something verified by `klantbeeld check`."""
    _CHECKS.update({c.key: c for c in checks})


def set_partition(partition: Partition) -> None:
    """Say where records are tied to customers; the room that decides it says so."""
    _PARTITION[:] = [partition]


def partition() -> Partition | None:
    """Where records are tied to customers; None before any room said so."""
    return _PARTITION[0] if _PARTITION else None


def panels() -> list[Panel]:
    """All panels in the order of the card."""
    return sorted(_PANELS.values(), key=lambda p: (p.place, p.order, p.key))


def stores() -> list[Store]:
    """All rooms that keep something of a customer, in order of erasing."""
    return sorted(_STORES.values(), key=lambda s: (s.order, s.room))


def copied_tables() -> dict[str, CopiedTable]:
    """The tables of the columnar copy by name."""
    return dict(_COPIED)


def personal_columns() -> dict[str, PersonalColumns]:
    """Declared columns by database table."""
    return dict(_COLUMNS)


def checks() -> list[Check]:
    """Everything that `klantbeeld check` verifies, in order."""
    return sorted(_CHECKS.values(), key=lambda c: (c.order, c.key))
