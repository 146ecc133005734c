"""The list of customers: pages by key, counts that are not counted again for every page."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, TypeVar

from django.db import OperationalError, connection

from klantbeeld.accounts.reads import visible
from klantbeeld.core import bulk, indexes
from klantbeeld.core.actor import Actor
from klantbeeld.core.public_ids import to_public
from klantbeeld.profiles import finding, queries
from klantbeeld.profiles.models import GroupCount, Profile
from klantbeeld.profiles.queries import (
    BY_CITY,
    COMPLAINING,
    FACETS,
    MOST,
    Condition,
    CustomerQuery,
    beyond,
    conditions,
    directions,
    index_for,
    order_by,
    where,
)

COLUMNS = (
    "city", "sources", "records", "orders", "revenue_minor", "revenue_12m_minor", "interactions",
    "complaints", "open_complaints", "first_order_day", "last_order_day", "days_between_orders",
    "last_contact_at", "last_contact_kind", "contact",
)  # fmt: skip
_ALWAYS = ("customer_id", "name", "kind", '"group"', "group_reason")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Row:
    """One customer in a list; `values` holds the columns of the profile and golden values."""

    customer: int
    public_id: str
    name: str
    kind: str
    group: str
    group_reason: str
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Page:
    """A page of customers.

    `counts` are customers per group within the filters, `matching` how many the query selects,
    `total` how many there are.
    """

    rows: tuple[Row, ...]
    counts: Mapping[str, int]
    matching: int
    total: int
    has_next: bool
    has_previous: bool


@dataclass
class _Counted:
    """What takes a look at very many profiles, remembered until something is written."""

    kept: dict[Any, tuple[int, float, Any]] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def of(self, what: Any, generation: int, count: Callable[[], T]) -> T:
        """What `count` gave for `what` at this generation, or not long ago."""
        key = (connection.settings_dict["NAME"], what)
        now = time.monotonic()
        known = self.kept.get(key)
        if known and (known[0] == generation or now - known[1] < FRESH_SECONDS):
            found: T = known[2]
            return found
        found = count()
        with self.lock:
            if len(self.kept) >= _REMEMBERED:
                self.kept.clear()
            self.kept[key] = (generation, now, found)
        return found


# Under steady live traffic counts would never be remembered: they may be so many seconds old.
FRESH_SECONDS = 15.0
_REMEMBERED = 500
_counted = _Counted()


def page(actor: Actor, query: CustomerQuery) -> Page:
    """The page of customers that the query asks for."""
    totals, generation = _totals()
    found = _narrowed(actor, query)
    is_whole = query.is_unfiltered and not found
    counts = totals if is_whole else _counts(query, generation, found)
    matching = counts.get(query.group, 0) if query.group else sum(counts.values())
    rows, has_more = _rows(actor, query, matching, found) if matching else ([], False)
    return Page(
        rows=tuple(rows),
        counts=counts,
        matching=matching,
        total=_total(actor, totals, generation),
        has_next=has_more if not query.before else True,
        has_previous=bool(query.after) if not query.before else has_more,
    )


def _narrowed(actor: Actor, query: CustomerQuery) -> tuple[Condition, ...]:
    """What the text demands, and being in reach."""
    text = query.text.strip()
    demanded = [finding.customers_with(actor, text)] if text else []
    allowed = finding.in_reach(actor)
    return (*demanded, allowed) if allowed else tuple(demanded)


def _total(actor: Actor, totals: Mapping[str, int], generation: int) -> int:
    allowed = finding.in_reach(actor)
    if allowed is None:
        return sum(totals.values())
    return sum(_counts(CustomerQuery(), generation, (allowed,)).values())


def _totals() -> tuple[dict[str, int], int]:
    counts = list(GroupCount.objects.values_list("group", "customers", "generation"))
    return {g: n for g, n, _ in counts if n}, sum(generation for *_, generation in counts)


def _among(customers: Sequence[int]) -> Condition:
    return Condition(f"customer_id IN ({bulk.members('bigint')})", (bulk.packed(customers),))


def _counts(query: CustomerQuery, generation: int, found: tuple[Condition, ...]) -> dict[str, int]:
    """Customers per group within the filters."""

    def count() -> dict[str, int]:
        all_of = where(_all(query, found, with_group=False))
        facets = COMPLAINING if query.has_open_complaint else FACETS
        index = facets if not found and query.tag is None else ""
        rows = _selected('"group", count(*)', all_of, Condition('GROUP BY "group"'), index)
        return {group: int(n) for group, n in rows}

    if any(one.is_passing for one in found):
        # Who is in reach changes without a profile being written.
        return count()
    return _counted.of((query.filters, repr(found)), generation, count)


def _all(
    query: CustomerQuery, found: tuple[Condition, ...], *, with_group: bool = True
) -> list[Condition]:
    return [*conditions(query, with_group=with_group), *found]


def _rows(
    actor: Actor, query: CustomerQuery, matching: int, found: tuple[Condition, ...]
) -> tuple[list[Row], bool]:
    """The rows of the page, and whether more follow in the direction of reading."""
    size = max(1, min(query.size, MOST))
    columns = directions(query)
    if query.before:
        columns = tuple((c, not ascending) for c, ascending in columns)
    demanded = _all(query, found)
    start = _values_of(query.before or query.after, [c for c, _ in columns])
    if start is not None:
        demanded.append(beyond(columns, start))
    index = index_for(query, matching)
    is_few = found and (matching <= queries.FEW or index == FACETS)
    if is_few or any(one.is_passing for one in found):
        # Whoever meets the words, or is in reach, is picked out one by one.
        index = ""
    tail = Condition(f"ORDER BY {order_by(columns)} LIMIT %s", (size + 1,))
    fields = ", ".join([*_ALWAYS, *COLUMNS, bulk.json_text("data")])
    fetched = _selected(fields, where(demanded), tail, index)
    rows = _shown(actor, fetched[:size], query.columns)
    return (rows[::-1] if query.before else rows), len(fetched) > size


def _selected(
    columns: str, all_of: Condition, tail: Condition, index: str
) -> list[tuple[Any, ...]]:
    """Rows of profiles. SQLite, which keeps no statistics, is told along which index to go."""
    hint = f"INDEXED BY {index}" if index and connection.vendor == "sqlite" else ""
    sql = f"SELECT {columns} FROM profiles_profile {hint} WHERE {all_of.sql} {tail.sql}"
    with connection.cursor() as cursor:
        try:
            cursor.execute(sql, (*all_of.params, *tail.params))
        except OperationalError:
            # The indexes are held off while very many profiles are written (see `indexes`).
            if not hint or not indexes.are_held_off(Profile):
                raise
            cursor.execute(sql.replace(hint, ""), (*all_of.params, *tail.params))
        return list(cursor.fetchall())


def cities(limit: int) -> list[tuple[str, str, int]]:
    """(key, name, customers) of the cities with most customers."""

    def count() -> list[tuple[str, str, int]]:
        counted = _selected(
            "city_key, count(*) AS n", Condition("city_key <> ''"),
            Condition("GROUP BY city_key ORDER BY n DESC, city_key LIMIT %s", (limit,)), BY_CITY,
        )  # fmt: skip
        found = []
        for key, n in counted:
            one = Condition("city_key = %s", (key,))
            named = _selected("city", one, Condition("ORDER BY sort_key LIMIT 1"), BY_CITY)
            found += [(key, name, int(n)) for (name,) in named]
        return found

    return _counted.of(("cities", limit), _totals()[1], count)


def _values_of(customer: int, columns: Sequence[str]) -> tuple[Any, ...] | None:
    if not customer:
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {', '.join(columns)} FROM profiles_profile WHERE customer_id = %s",
            [customer],
        )
        found = cursor.fetchone()
        return tuple(found) if found else None


def _shown(actor: Actor, fetched: Sequence[Sequence[Any]], columns: Sequence[str]) -> list[Row]:
    golden = [json.loads(row[-1]) for row in fetched]
    keys = {key for data in golden for key in data}
    allowed = set(visible(actor, dict.fromkeys(keys)))
    rows = []
    for row, data in zip(fetched, golden, strict=True):
        customer, name, kind, group, reason, *figures = row[:-1]
        values = {c: data[c] for c in columns if c in data and c in allowed}
        values |= zip(COLUMNS, figures, strict=True)
        rows.append(
            Row(
                customer, to_public("customer", customer),
                finding.shown_name(name, data, allowed), kind, group, reason, values,
            )
        )  # fmt: skip
    return rows


def rows_of(actor: Actor, customers: Sequence[int], columns: Sequence[str]) -> list[Row]:
    """See `reads.rows_of`."""
    fields = ", ".join([*_ALWAYS, *COLUMNS, bulk.json_text("data")])
    fetched = bulk.rows_where(
        f"SELECT {fields} FROM profiles_profile WHERE", "customer_id", customers
    )
    place = {customer: n for n, customer in enumerate(customers)}
    fetched.sort(key=lambda row: place[row[0]])
    return _shown(actor, fetched, columns)


def selected(actor: Actor, query: CustomerQuery, most: int | None = None) -> list[int]:
    """See `reads.selected`."""
    found = _narrowed(actor, query)
    tail = Condition(f"ORDER BY {order_by(directions(query))}")
    if most is not None:
        tail = Condition(f"{tail.sql} LIMIT %s", (most,))
    return [row[0] for row in _selected("customer_id", where(_all(query, found)), tail, "")]


def rows_by_name(actor: Actor, customers: Sequence[int], columns: Sequence[str]) -> Iterator[Row]:
    """These customers as rows, by name."""
    if not customers:
        return
    tail = Condition("ORDER BY sort_key, customer_id")
    ordered = [row[0] for row in _selected("customer_id", _among(customers), tail, "")]
    yield from in_pieces(actor, ordered, columns)


def in_pieces(actor: Actor, customers: Sequence[int], columns: Sequence[str]) -> Iterator[Row]:
    """These customers as rows, in this order.

    Who is in it is settled at the start: page by page, a customer that goes meanwhile (erased,
    merged) would take the place along from which the next page begins.
    """
    for first in range(0, len(customers), MOST):
        yield from rows_of(actor, customers[first : first + MOST], columns)
