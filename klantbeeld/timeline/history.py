"""The history of a set of records as pages: what still comes, then what was, newest first."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from klantbeeld.accounts.reads import visible
from klantbeeld.core import bulk
from klantbeeld.core.actor import Actor
from klantbeeld.core.clock import day_to_date, local
from klantbeeld.timeline.rules import called, family_of, number_of

UPCOMING = 20
_NAMED_PRODUCTS = 3
# Members of `details` that hold what a field of the register holds: who may see that, sees this.
_AS_FIELDS = {
    "sender": "email", "recipients": "email", "sender_name": "full_name", "address": "street",
}  # fmt: skip
# Members of `details` that are read, not shown in a line.
TEXTS = ("body", "answer", "text", "resolution", "note")
_COLUMNS = (
    "id", "record_id", "at", "precision", "day", "kind", "channel", "direction", "subject",
    "status", "amount_minor", "currency", "employee", "origin", "campaign", "code", "key",
)  # fmt: skip
# Records whose newest interactions are looked up one index range each; more are read at once.
FEW_RECORDS = 60


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody who took part: ``customer`` (on whose record it is), ``also`` or another role."""

    record: int
    role: str
    name: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One interaction in a history.

    `at` is None when only the day is known. `key` is the source's own key: of an order its
    number. `people` are those who took part, apart from the employee. `products` are the names on
    the first lines; `lines` and `documents` count what can be unfolded; `has_text` says that
    there is a body or answer to read.
    """

    interaction: int
    record: int
    source: str
    source_name: str
    kind: str
    family: str
    day: date
    at: datetime | None
    is_upcoming: bool
    channel: str
    direction: str
    subject: str
    status: str
    amount_minor: int | None
    currency: str
    employee: str
    origin: str
    campaign: str
    code: str
    key: str
    details: Mapping[str, Any]
    people: tuple[Participant, ...] = ()
    products: tuple[str, ...] = ()
    lines: int = 0
    documents: int = 0
    has_text: bool = False

    @property
    def number(self) -> str:
        """The number by which the source knows an order, quote or case; "" when it gave none."""
        return number_of(self.kind, self.key, self.details)


@dataclass(frozen=True)
class History:
    """A page: what is still to come (soonest first; only on the first page), then the past.

    `counts` are interactions per family over all of the history; `older` is the interaction to
    pass as `after` for the next page, 0 at the end.
    """

    upcoming: tuple[Entry, ...]
    entries: tuple[Entry, ...]
    counts: Mapping[str, int]
    older: int = 0


@dataclass(frozen=True)
class Asked:
    """Which interactions: of these records, of these kinds (all when empty), up to a moment."""

    records: tuple[int, ...]
    kinds: tuple[str, ...]
    now: int
    limit: int


Raw = tuple[Any, ...]


def _selected() -> str:
    columns = ", ".join(f"i.{c}" for c in _COLUMNS)
    details = bulk.json_text("i.details")
    return f"SELECT {columns}, {details}, i.key_hash FROM timeline_interaction i"


def past(asked: Asked, after: tuple[int, int] | None) -> list[Raw]:
    """Up to `limit` + 1 rows from `now` back, or behind the interaction `after` (at, id)."""
    at, beyond = after if after else (asked.now, 1 << 62)
    behind = "i.at <= %s AND (i.at < %s OR i.id < %s)"
    order = "ORDER BY i.at DESC, i.id DESC"
    return _merged(asked, behind, (at, at, beyond), order, asked.limit + 1, newest=True)


def upcoming(asked: Asked) -> list[Raw]:
    """What lies after `now`, the soonest first."""
    order = "ORDER BY i.at, i.id"
    return _merged(asked, "i.at > %s", (asked.now,), order, UPCOMING, newest=False)


def _merged(
    asked: Asked, condition: str, params: Raw, order: str, limit: int, *, newest: bool
) -> list[Raw]:
    """Rows of the records themselves and those they take part in, each once, in order."""
    kinds, kind_params = _of_kinds(asked.kinds)
    tail = f"{condition}{kinds} {order} LIMIT %s"
    taking = (
        "i.id IN (SELECT p.interaction_id FROM timeline_participation p WHERE p.record_id"
        f" IN ({bulk.members('bigint')}))"
    )
    wheres = [(taking, bulk.packed(asked.records))]
    for group in _groups(asked.records):
        among = "= %s" if len(group) == 1 else f"IN ({bulk.members('bigint')})"
        value = group[0] if len(group) == 1 else bulk.packed(group)
        wheres.append((f"i.record_id {among}", value))
    # A limit of its own for each needs a query around it on SQLite.
    parts = [f"SELECT * FROM ({_selected()} WHERE {where} AND {tail}) q" for where, _ in wheres]
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(parts),
            [p for _, value in wheres for p in (value, *params, *kind_params, limit)],
        )
        rows = {row[0]: row for row in cursor.fetchall()}
    ordered = sorted(rows.values(), key=lambda r: (r[2], r[0]), reverse=newest)
    return ordered[:limit]


def _groups(records: Sequence[int]) -> list[tuple[int, ...]]:
    """One index range per record gives its newest rows without sorting the others."""
    if len(records) > FEW_RECORDS:
        return [tuple(records)]
    return [(record,) for record in records]


def _of_kinds(kinds: Sequence[str]) -> tuple[str, Raw]:
    if not kinds:
        return "", ()
    return f" AND i.kind IN ({', '.join(['%s'] * len(kinds))})", tuple(kinds)


def counts(records: Sequence[int]) -> dict[str, int]:
    """Interactions per kind, those only taken part in included."""
    own = bulk.members("bigint")
    found: dict[str, int] = defaultdict(int)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT kind, count(*) FROM timeline_interaction WHERE record_id IN ({own})"
            " GROUP BY kind UNION ALL"
            " SELECT i.kind, count(DISTINCT i.id) FROM timeline_participation p"
            " JOIN timeline_interaction i ON i.id = p.interaction_id"
            f" WHERE p.record_id IN ({own}) AND i.record_id NOT IN ({own}) GROUP BY i.kind",
            [bulk.packed(records)] * 3,
        )
        for kind, count in cursor.fetchall():
            found[kind] += count
    return dict(found)


def position(interaction: int) -> tuple[int, int] | None:
    """(at, id) of an interaction, None when it is gone."""
    rows = bulk.rows_where("SELECT at, id FROM timeline_interaction WHERE", "id", [interaction])
    return rows[0] if rows else None


def by_id(interaction: int, records: Sequence[int]) -> list[Raw]:
    """The row of an interaction, if it is these records' own or they take part in it."""
    with connection.cursor() as cursor:
        among = f"IN ({bulk.members('bigint')})"
        cursor.execute(
            f"{_selected()} WHERE i.id = %s AND (i.record_id {among} OR i.id IN (SELECT"
            f" p.interaction_id FROM timeline_participation p WHERE p.record_id {among}))",
            [interaction, bulk.packed(records), bulk.packed(records)],
        )
        return list(cursor.fetchall())


def entries(actor: Actor, rows: Sequence[Raw], records: Sequence[int], now: int) -> list[Entry]:
    """Rows as entries, with who took part and what there is to unfold."""
    ids = [row[0] for row in rows]
    lines = _products(ids)
    hashes = [row[-1] for row in rows]
    papers = _counted("timeline_document", "interaction_key", hashes)
    people = _participants(actor, rows, set(records))
    sources = _sources([row[1] for row in rows])
    made = []
    every = seen_details(actor, [json.loads(row[-2]) for row in rows])
    for row, details in zip(rows, every, strict=True):
        told = dict(zip(_COLUMNS, row, strict=False))
        made.append(_entry(told, details, sources, people, now, (lines, papers, row[-1])))
    return made


def seen_details(actor: Actor, every: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Of each interaction's details the members that this actor's role may see.

    Kept columns stand in the field register under their own key; of the house's own members some
    are as personal as a field of a record.
    """
    fields = {key: _AS_FIELDS.get(key, key) for details in every for key in details}
    seen = visible(actor, dict.fromkeys(fields.values()))
    return [{k: v for k, v in details.items() if fields[k] in seen} for details in every]


def _entry(
    told: Mapping[str, Any], details: dict[str, Any], sources: Mapping[int, tuple[str, str]],
    people: Mapping[int, tuple[Participant, ...]], now: int,
    folded: tuple[Mapping[int, list[str]], Mapping[int, int], int],
) -> Entry:  # fmt: skip
    source, source_name = sources.get(told["record_id"], ("", ""))
    lines, papers, key_hash = folded
    same = (
        "kind", "channel", "direction", "subject", "status", "amount_minor", "currency",
        "employee", "origin", "campaign", "code", "key",
    )  # fmt: skip
    bought = lines.get(told["id"], [])
    return Entry(
        interaction=told["id"], record=told["record_id"], source=source, source_name=source_name,
        family=family_of(told["kind"]), day=day_to_date(told["day"]),
        at=None if told["precision"] == "day" else local(told["at"]),
        is_upcoming=told["at"] > now,
        details={k: v for k, v in details.items() if k not in TEXTS},
        people=people.get(told["id"], ()), lines=len(bought),
        products=tuple(name for name in bought[:_NAMED_PRODUCTS] if name),
        documents=papers.get(key_hash, 0), has_text=any(details.get(k) for k in TEXTS),
        **{name: told[name] for name in same},
    )  # fmt: skip


def _products(orders: Sequence[int]) -> dict[int, list[str]]:
    """Order to the name on each of its lines, in their order; '' where there is none."""
    rows = bulk.rows_where(
        "SELECT l.interaction_id, l.number, l.id, coalesce(p.name, '') FROM timeline_orderline l"
        " LEFT JOIN timeline_product p ON p.id = l.product_id WHERE",
        "l.interaction_id", orders,
    )  # fmt: skip
    found: dict[int, list[str]] = defaultdict(list)
    for order, _number, _id, name in sorted(rows):
        found[order].append(name)
    return found


def _counted(table: str, column: str, values: Sequence[int]) -> dict[int, int]:
    if not values:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {column}, count(*) FROM {table}"
            f" WHERE {column} IN ({bulk.members('bigint')}) GROUP BY {column}",
            [bulk.packed(values)],
        )
        return dict(cursor.fetchall())


def _sources(records: Sequence[int]) -> dict[int, tuple[str, str]]:
    rows = bulk.rows_where(
        "SELECT r.id, s.key, s.name FROM core_record r JOIN core_source s ON s.id = r.source_id"
        " WHERE",
        "r.id", sorted(set(records)),
    )  # fmt: skip
    return {row[0]: (row[1], row[2]) for row in rows}


def _participants(
    actor: Actor, rows: Sequence[Raw], own: set[int]
) -> dict[int, tuple[Participant, ...]]:
    """Who took part besides the customer whose history it is, per interaction."""
    held = bulk.rows_where(
        "SELECT interaction_id, record_id, role FROM timeline_participation WHERE",
        "interaction_id", [row[0] for row in rows],
    )  # fmt: skip
    others = [(row[0], row[1], "customer") for row in rows]
    taking = [t for t in [*others, *sorted(held)] if t[1] not in own]
    names = _names(actor, sorted({record for _, record, _ in taking}))
    people: dict[int, list[Participant]] = defaultdict(list)
    for interaction, record, role in taking:
        people[interaction].append(Participant(record, role, names.get(record, "")))
    return {interaction: tuple(found) for interaction, found in people.items()}


def _names(actor: Actor, records: Sequence[int]) -> dict[int, str]:
    rows = bulk.rows_where(
        f"SELECT id, {bulk.json_text('data')} FROM core_record WHERE", "id", records
    )
    return {record: called(visible(actor, json.loads(data))) for record, data in rows}
