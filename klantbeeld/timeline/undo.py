"""Taking a delivery's keyed rows back, exactly, whatever was delivered since.

A row is a list of versions, oldest first: those in `Earlier` and the current one, each owned by
the delivery that brought it. Without delivery D a version of D goes over to the first delivery
that saw it again unchanged, or disappears; when its two neighbours then say the same, the later
one becomes a sighting of the earlier.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from klantbeeld.core import bulk, changes
from klantbeeld.core.models import Delivery
from klantbeeld.timeline.keyed import (
    CHILDREN,
    Sightings,
    _contents,
    content_columns,
    note_seen,
)
from klantbeeld.timeline.models import Earlier, Keyed, Participation

CHUNK = 4_000
Versions = list[dict[str, Any]]


def take_back(model: type[Keyed], delivery: Delivery) -> set[int]:
    """Undo what `delivery` said in `model`; returns the records touched.

    Works in transactions of some thousands of rows; killed halfway it can simply be called
    again, since every step leaves a state from which the rest follows.
    """
    sightings = Sightings(delivery, model)
    records: set[int] = set()
    while rows := _owned(model, delivery):
        with transaction.atomic():
            others = sightings.of(rows)
            layered = _with_earlier(model, rows)
            plain = [r for r in rows if r not in layered]
            inherited = [(r, others[r][0]) for r in plain if r in others]
            bulk.update(model, ["delivery_id"], inherited)
            touched = _remove(model, [r for r in plain if r not in others])
            for row, versions in _versions(model, sorted(layered)).items():
                touched |= _rewrite(model, row, versions, delivery, others.get(row, []))
            changes.note(model._meta.model_name or "", touched)
            records |= touched
    return records


def _owned(model: type[Keyed], delivery: Delivery) -> list[int]:
    table = model._meta.db_table
    current = model._default_manager.filter(delivery=delivery).values_list("pk", flat=True)
    rows = list(current[:CHUNK])
    former = Earlier.objects.filter(table=table, delivery=delivery).values_list("row", flat=True)
    return sorted({*rows, *former[: CHUNK - len(rows)]}) if len(rows) < CHUNK else rows


def _with_earlier(model: type[Keyed], rows: Sequence[int]) -> set[int]:
    found = bulk.rows_where(
        'SELECT DISTINCT "row" FROM timeline_earlier WHERE "table" = %s AND', '"row"', rows,
        params=[model._meta.db_table],
    )  # fmt: skip
    return {row[0] for row in found}


def _remove(model: type[Keyed], rows: Sequence[int]) -> set[int]:
    table = model._meta.db_table
    found = bulk.rows_where(f'SELECT DISTINCT record_id FROM "{table}" WHERE', "id", rows)
    records = {record for (record,) in found} | _participants(model, rows)
    for child in CHILDREN.get(model, ()):
        bulk.delete(child.model, child.parent, rows)
        # Copied by the key of their parent; what nobody copies is noted for nobody.
        changes.note(child.model._meta.model_name or "", rows)
    bulk.delete(model, "id", rows)
    return records


def _participants(model: type[Keyed], rows: Sequence[int]) -> set[int]:
    if not any(child.model is Participation for child in CHILDREN.get(model, ())):
        return set()
    found = bulk.rows_where(
        "SELECT DISTINCT record_id FROM timeline_participation WHERE", "interaction_id", rows
    )
    return {record for (record,) in found}


def _versions(model: type[Keyed], rows: Sequence[int]) -> dict[int, Versions]:
    """row -> versions oldest first; the last is the current one."""
    current = _contents(model, rows)
    versions: dict[int, Versions] = {row: [] for row in current}
    former = bulk.rows_where(
        f'SELECT "row", seq, delivery_id, {bulk.json_text("content")} FROM timeline_earlier '
        'WHERE "table" = %s AND', '"row"', rows, params=[model._meta.db_table],
    )  # fmt: skip
    for row, _seq, owner, content in sorted(former, key=lambda f: (f[0], f[1])):
        versions[row].append({**json.loads(content), "delivery_id": owner})
    for row, content in current.items():
        versions[row].append(content)
    return versions


def _rewrite(
    model: type[Keyed], row: int, versions: Versions, delivery: Delivery, seen_by: Sequence[int]
) -> set[int]:
    """Put `row` into the state without `delivery`; returns the records touched."""
    touched = {v["record_id"] for v in versions} | _participants(model, [row])
    left, sightings = without(versions, delivery.pk, seen_by)
    Earlier.objects.filter(table=model._meta.db_table, row=row).delete()
    if not left:
        return touched | _remove(model, [row])
    _write_current(model, row, left[-1])
    first = bulk.allocate(Earlier, max(1, len(left) - 1))
    Earlier.objects.bulk_create(
        Earlier(
            id=first + n, table=model._meta.db_table, row=row, seq=n + 1,
            record=v["record_id"], delivery_id=v["delivery_id"], content=v,
        )
        for n, v in enumerate(left[:-1])
    )  # fmt: skip
    for other in sightings:
        note_seen(Delivery(pk=other), model, [row])
    return touched


def without(
    versions: Versions, delivery: int, seen_by: Sequence[int]
) -> tuple[Versions, list[int]]:
    """The versions that remain without `delivery`, and deliveries that become mere sightings.

    `versions` are oldest first with `delivery_id` and `hash`; `seen_by` are other deliveries
    that saw the row unchanged. A sighting belongs to the version that was current then: the
    last one delivered before it.
    """
    left: Versions = []
    sightings: list[int] = []
    for place, version in enumerate(versions):
        owner = version["delivery_id"]
        if owner == delivery:
            until = versions[place + 1]["delivery_id"] if place + 1 < len(versions) else None
            heirs = [d for d in seen_by if d > owner and (until is None or d < until)]
            if not heirs:
                continue
            version = {**version, "delivery_id": heirs[0]}
        if left and left[-1]["hash"] == version["hash"]:
            sightings.append(version["delivery_id"])
        else:
            left.append(version)
    return left, sightings


def _write_current(model: type[Keyed], row: int, content: Mapping[str, Any]) -> None:
    columns = ["delivery_id", *content_columns(model)]
    # What was kept before a column was added says nothing of it.
    fresh = {str(f.column): f.get_default() for f in model._meta.local_fields}
    bulk.update(model, columns, [(row, *(content.get(c, fresh[c]) for c in columns))])
    for child in CHILDREN.get(model, ()):
        table = child.model._meta.db_table
        bulk.delete(child.model, child.parent, [row])
        children = content.get(table, [])
        if children:
            first = bulk.allocate(child.model, len(children))
            bulk.insert(
                child.model,
                ["id", child.parent, *child.columns],
                [(first + n, row, *values) for n, values in enumerate(children)],
            )
