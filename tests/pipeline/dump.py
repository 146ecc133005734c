"""Everything that was imported as plain values: no keys of the database, no moments of storing.

Two states of which these are equal are the same to whoever uses them.
"""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from klantbeeld.core import bulk
from klantbeeld.core.models import Delivery
from klantbeeld.sources.models import Quarantined

Dump = dict[str, list[Any]]
PROFILE = (
    "kind", "name", "sort_key", "city", "city_key", "sources", "records", "consents", "group",
    "group_reason", "orders", "revenue_minor", "revenue_12m_minor", "interactions", "complaints",
    "open_complaints", "first_order_day", "last_order_day", "last_contact_kind",
)  # fmt: skip
HAPPENED = (
    "at", "precision", "day", "kind", "channel", "direction", "subject", "status", "amount_minor",
    "currency", "employee", "origin", "campaign", "code",
)  # fmt: skip
COUNTS = (
    "rows_read", "rows_stored", "rows_unchanged", "rows_quarantined", "rows_suppressed",
    "rows_rejected",
)  # fmt: skip


def rows(sql: str) -> list[tuple[Any, ...]]:
    """The result of a query."""
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())


def _quoted(alias: str, names: tuple[str, ...]) -> str:
    return ", ".join(f'{alias}."{name}"' for name in names)


def _json(column: str) -> str:
    return bulk.json_text(column)


def _plain(text: Any) -> str:
    return json.dumps(json.loads(text), sort_keys=True, ensure_ascii=False)


def _names() -> dict[int, str]:
    """Record id -> source and key."""
    found = rows(
        "SELECT r.id, s.key, r.key FROM core_record r JOIN core_source s ON s.id = r.source_id"
    )
    return {row[0]: f"{row[1]}:{row[2]}" for row in found}


def content() -> Dump:
    """What was imported and what was made of it; see `deliveries` for the accounts."""
    names = _names()
    made: Dump = {
        "records": _records(names),
        "interactions": _interactions(names),
        "subscriptions": _subscriptions(names),
        "documents": _documents(names),
        "products": rows("SELECT source_key, key, name, category, brand FROM timeline_product"),
        "consents": _consents(names),
        "customers": _customers(names),
        "quarantine": _quarantine(),
        "files": files(),
    }
    return {section: sorted(map(repr, found)) for section, found in made.items()}


def _records(names: dict[int, str]) -> list[Any]:
    versions: dict[int, list[Any]] = defaultdict(list)
    for record, kind, data, raw, issues in rows(
        f"SELECT record_id, kind, {_json('data')}, {_json('raw')}, {_json('issues')}"
        " FROM core_recordversion ORDER BY record_id, seq"
    ):
        versions[record].append((kind, _plain(data), _plain(raw), _plain(issues)))
    current = rows(f"SELECT id, kind, {_json('data')}, seq, hash FROM core_record")
    assert set(versions) <= set(names), "versions of records that are gone"
    return [
        (names[record], kind, _plain(data), seq, mark, versions.get(record, []))
        for record, kind, data, seq, mark in current
    ]


def _children(names: dict[int, str]) -> tuple[dict[int, list[Any]], dict[int, list[Any]]]:
    lines: dict[int, list[Any]] = defaultdict(list)
    for owner, number, product, quantity, amount in rows(
        "SELECT l.interaction_id, l.number, p.key, l.quantity, l.amount_minor"
        " FROM timeline_orderline l LEFT JOIN timeline_product p ON p.id = l.product_id"
        " ORDER BY l.interaction_id, l.number"
    ):
        lines[owner].append((number, product, quantity, amount))
    others: dict[int, list[Any]] = defaultdict(list)
    for owner, record, role in rows(
        "SELECT interaction_id, record_id, role FROM timeline_participation"
    ):
        others[owner].append((names[record], role))
    return lines, others


def _earlier(table: str) -> dict[int, int]:
    """How many former contents a row has."""
    return dict(
        rows(f"SELECT row, count(*) FROM timeline_earlier WHERE \"table\" = '{table}' GROUP BY row")
    )


def _interactions(names: dict[int, str]) -> list[Any]:
    lines, others = _children(names)
    former = _earlier("timeline_interaction")
    found = rows(
        f"SELECT i.id, i.record_id, i.key, {_json('i.details')}, {_quoted('i', HAPPENED)}"
        " FROM timeline_interaction i"
    )
    assert {row[0] for row in found} >= {*lines, *others, *former}, "children of what is gone"
    return [
        (
            names[record], key, values, _plain(details), lines.get(row, []),
            sorted(others.get(row, [])), former.get(row, 0),
        )
        for row, record, key, details, *values in found
    ]  # fmt: skip


def _subscriptions(names: dict[int, str]) -> list[Any]:
    columns = (
        "name", "started_day", "ended_day", "period", "amount_minor", "currency", "status",
    )  # fmt: skip
    former = _earlier("timeline_subscription")
    found = rows(
        f"SELECT id, record_id, key, {_json('details')}, {_quoted('s', columns)}"
        " FROM timeline_subscription s"
    )
    return [
        (names[record], key, values, _plain(details), former.get(row, 0))
        for row, record, key, details, *values in found
    ]


def _documents(names: dict[int, str]) -> list[Any]:
    columns = ("name", "media_type", "sha256", "size", "text")
    found = rows(
        f"SELECT d.record_id, d.key, i.key, {_quoted('d', columns)} FROM timeline_document d"
        " LEFT JOIN timeline_interaction i ON i.key_hash = d.interaction_key"
    )
    return [(names[record], *values) for record, *values in found]


def _consents(names: dict[int, str]) -> list[Any]:
    ledger: dict[tuple[str, ...], list[Any]] = defaultdict(list)
    for record, channel, purpose, topic, state, method, evidence in rows(
        "SELECT record_id, channel, purpose, topic, state, method, evidence"
        " FROM privacy_consententry ORDER BY at, id"
    ):
        ledger[names[record], channel, purpose, topic].append((state, method, evidence))
    return list(ledger.items())


def partition() -> dict[str, frozenset[str]]:
    """Each record, by source and key, with the records of its customer."""
    names = _names()
    members: dict[int, set[str]] = defaultdict(set)
    for record, customer in rows("SELECT record_id, customer_id FROM identity_membership"):
        members[customer].add(names[record])
    return {name: frozenset(held) for held in members.values() for name in held}


def homes() -> set[frozenset[str]]:
    """The records, by source and key, of each household."""
    names = _names()
    members: dict[int, set[str]] = defaultdict(set)
    found = "SELECT record_id, household FROM identity_membership WHERE household <> 0"
    for record, household in rows(found):
        members[household].add(names[record])
    return set(map(frozenset, members.values()))


def _customers(names: dict[int, str]) -> list[Any]:
    members: dict[int, list[str]] = defaultdict(list)
    houses: dict[int, set[str]] = defaultdict(set)
    for record, customer, household in rows(
        "SELECT record_id, customer_id, household FROM identity_membership"
    ):
        members[customer].append(names[record])
        if household:
            houses[household].add(names[record])
    profiles = {
        customer: (values, _plain(data))
        for customer, data, *values in rows(
            f"SELECT customer_id, {_json('p.data')}, {_quoted('p', PROFILE)}"
            " FROM profiles_profile p"
        )
    }
    assert set(profiles) <= set(members), "profiles of customers that have no records"
    found: list[Any] = [
        (sorted(held), _without_ids(profiles.get(customer))) for customer, held in members.items()
    ]
    return found + [("household", sorted(held)) for held in houses.values()]


def _without_ids(profile: Any) -> Any:
    """Golden values tell source and record by their keys in the database, and when."""
    if profile is None:
        return None
    values, text = profile
    data = json.loads(text)
    golden = {
        name: value.get("value", value) if isinstance(value, dict) else value
        for name, value in data.items()
    }
    return values, json.dumps(golden, sort_keys=True, ensure_ascii=False)


def _quarantine() -> list[Any]:
    columns = ("delivery__source__key", "table", "row", "state", "values", "reasons", "mended")
    return [
        (*found[:4], *(json.dumps(v, sort_keys=True, ensure_ascii=False) for v in found[4:]))
        for found in Quarantined.objects.values_list(*columns)
    ]


def files() -> list[str]:
    """The contents in the file store."""
    store = Path(settings.HOME) / "files"
    return sorted(p.name for p in store.rglob("*") if p.is_file())


def deliveries() -> list[Any]:
    """What became of every row that was delivered, in order."""
    return [
        (d.source.key, d.name, d.state, *(getattr(d, c) for c in COUNTS), d.report)
        for d in Delivery.objects.select_related("source").order_by("pk")
    ]


def assert_accounted() -> None:
    """The row law: every row that was read is stored, unchanged, or lies somewhere."""
    for delivery in Delivery.objects.exclude(state=Delivery.UNDONE):
        assert delivery.rows_read == delivery.rows_accounted, (
            delivery.name, [(c, getattr(delivery, c)) for c in COUNTS],
        )  # fmt: skip


def assert_same(found: Dump, wanted: Dump, *, without: tuple[str, ...] = ()) -> None:
    """Fail with the first differences."""
    for section in wanted:
        if section in without or found[section] == wanted[section]:
            continue
        more = [r for r in found[section] if r not in set(wanted[section])]
        less = [r for r in wanted[section] if r not in set(found[section])]
        raise AssertionError(
            f"{section}: too much {len(more)} {more[:3]}; missing {len(less)} {less[:3]}"
        )
