"""Writing what happened: interactions, subscriptions, documents, products."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl
from django.db import connection

from klantbeeld.accounts.reads import needs
from klantbeeld.core import bulk, changes
from klantbeeld.core.actor import Actor
from klantbeeld.core.models import Delivery
from klantbeeld.timeline import keyed, undo
from klantbeeld.timeline.keyed import Stored
from klantbeeld.timeline.models import (
    Document,
    Interaction,
    Keyed,
    OrderLine,
    Participation,
    Product,
    Seen,
    Subscription,
)

KEYED: Mapping[str, type[Keyed]] = {
    "interaction": Interaction,
    "subscription": Subscription,
    "document": Document,
}


@needs("sources.import")
def store_rows(
    actor: Actor,
    delivery: Delivery,
    table: str,
    frame: pl.DataFrame,
    *,
    lines: pl.DataFrame | None = None,
    participants: pl.DataFrame | None = None,
    is_first: bool = False,
) -> Stored:
    """Store one chunk of `table` (a key of `KEYED`) inside the caller's transaction.

    `frame` has the model's columns without id and delivery_id, keys distinct. `lines` and
    `participants` have `parent`, the row number in `frame`, and their own columns.
    """
    bulk.ensure_atomic()
    children: dict[type, pl.DataFrame] = {}
    if lines is not None:
        children[OrderLine] = lines
    if participants is not None:
        children[Participation] = participants
    stored = keyed.store(KEYED[table], delivery, frame, children, is_first=is_first)
    changes.note(table, stored.records)
    return stored


@needs("sources.import")
def product_ids(actor: Actor, delivery: Delivery, source: str, products: pl.DataFrame) -> list[int]:
    """The ids of products, made where new; a filled name, category or brand wins over an empty.

    products: key, name, category, brand (String, no nulls; keys distinct). Aligned with it.
    """
    bulk.ensure_atomic()
    found = bulk.rows_where(
        "SELECT key, id, name, category, brand FROM timeline_product WHERE source_key = %s AND",
        "key", products["key"].to_list(), kind="text", params=[source],
    )  # fmt: skip
    known = {row[0]: row[1:] for row in found}
    missing = [row for row in products.iter_rows() if row[0] not in known]
    if missing:
        first = bulk.allocate(Product, len(missing))
        bulk.insert(
            Product,
            ["id", "delivery_id", "source_key", "key", "name", "category", "brand"],
            [(first + n, delivery.pk, source, *row) for n, row in enumerate(missing)],
        )
        known |= {row[0]: (first + n, *row[1:]) for n, row in enumerate(missing)}
    better = []
    for key, *described in products.iter_rows():
        have = known[key]
        best = tuple(old or new for old, new in zip(have[1:], described, strict=True))
        if best != tuple(have[1:]):
            better.append((have[0], *best))
    bulk.update(Product, ["name", "category", "brand"], better)
    return [known[key][0] for key in products["key"].to_list()]


@needs("sources.import")
def records_of(actor: Actor, delivery: Delivery) -> list[int]:
    """The records on whose history something of this delivery stands, ascending."""
    found: set[int] = set()
    for model in KEYED.values():
        held = model._default_manager.filter(delivery=delivery).values_list("record_id", flat=True)
        found.update(held.order_by().distinct().iterator(chunk_size=50_000))
    return sorted(found)


@needs("sources.undo")
def take_back(actor: Actor, delivery: Delivery) -> set[int]:
    """Undo everything `delivery` brought to the timeline; returns the records touched."""
    records: set[int] = set()
    for model in KEYED.values():
        records |= undo.take_back(model, delivery)
    _take_back_products(delivery)
    Seen.objects.filter(delivery=delivery, table__in=_tables()).delete()
    return records


def _tables() -> list[str]:
    return [model._meta.db_table for model in KEYED.values()]


def _take_back_products(delivery: Delivery) -> None:
    """Drop products that nobody else sells; hand the others to a delivery that does."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE timeline_product SET delivery_id = heir.delivery_id FROM ("
            " SELECT l.product_id, min(i.delivery_id) AS delivery_id"
            " FROM timeline_orderline l JOIN timeline_interaction i ON i.id = l.interaction_id"
            " WHERE l.product_id IN (SELECT id FROM timeline_product WHERE delivery_id = %s)"
            " GROUP BY l.product_id) AS heir WHERE heir.product_id = timeline_product.id",
            [delivery.pk],
        )
    Product.objects.filter(delivery=delivery).delete()
