"""Writing what happened: interactions, subscriptions, documents, products."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl
from django.db import connection, transaction

from klantbeeld.accounts.reads import needs
from klantbeeld.core import bulk, changes
from klantbeeld.core.actor import Actor
from klantbeeld.core.models import Delivery
from klantbeeld.timeline import keyed, parts, undo
from klantbeeld.timeline.keyed import Stored
from klantbeeld.timeline.models import (
    Document,
    Earlier,
    Interaction,
    Keyed,
    OrderLine,
    Participation,
    Product,
    Seen,
    Subscription,
)
from klantbeeld.timeline.parts import Single
from klantbeeld.timeline.stores import drop_unreferenced

KEYED: Mapping[str, type[Keyed]] = {
    "interaction": Interaction,
    "subscription": Subscription,
    "document": Document,
}
CHILDREN: Mapping[str, type[OrderLine | Participation]] = {
    "lines": OrderLine,
    "participants": Participation,
}


@needs("sources.import")
def store_rows(
    actor: Actor,
    delivery: Delivery,
    table: str,
    frame: pl.DataFrame,
    children: Mapping[str, pl.DataFrame] | None = None,
    *,
    is_first: bool = False,
) -> Stored:
    """Store one chunk of `table` (a key of `KEYED`) inside the caller's transaction.

    `frame` has the model's columns without id and delivery_id, keys distinct. `children` holds
    the rows that belong to these, by name (see `CHILDREN`): `parent`, the row number in
    `frame`, and their own columns.
    """
    bulk.ensure_atomic()
    belonging: dict[type, pl.DataFrame] = {CHILDREN[n]: f for n, f in (children or {}).items()}
    stored = keyed.store(KEYED[table], delivery, frame, belonging, is_first=is_first)
    changes.note(table, stored.records)
    return stored


@needs("sources.import")
def product_ids(
    actor: Actor, delivery: Delivery, source: str, products: pl.DataFrame, *, is_leading: bool
) -> tuple[list[int], list[bool]]:
    """The ids of products, made where new, and for each whether this told anything new.

    products: key, name, category, brand (String, no nulls; keys distinct). A filled value wins
    over an empty one; of two filled ones the new one when it `is_leading`: it comes from a list
    of products, not from a line of an order.
    """
    bulk.ensure_atomic()
    found = bulk.rows_where(
        "SELECT key, id, name, category, brand FROM timeline_product WHERE source_key = %s AND",
        "key", products["key"].to_list(), kind="text", params=[source],
    )  # fmt: skip
    known = {row[0]: row[1:] for row in found}
    missing = [row for row in products.iter_rows() if row[0] not in known]
    first = bulk.allocate(Product, max(1, len(missing)))
    bulk.insert(
        Product,
        ["id", "delivery_id", "source_key", "key", "name", "category", "brand"],
        [(first + n, delivery.pk, source, *row) for n, row in enumerate(missing)],
    )
    fresh = {row[0]: first + n for n, row in enumerate(missing)}
    ids, is_new, better = [], [], []
    for key, *told in products.iter_rows():
        product, *had = known.get(key, (fresh.get(key), *told))
        order = zip(told, had, strict=True) if is_leading else zip(had, told, strict=True)
        best = [one or other for one, other in order]
        if best != had:
            better.append((product, *best))
        ids.append(product)
        is_new.append(key in fresh or best != had)
    bulk.update(Product, ["name", "category", "brand"], better)
    return ids, is_new


@needs("sources.import")
def records_of(actor: Actor, delivery: Delivery, owners: set[int] | None = None) -> list[int]:
    """The records on whose history something of this delivery stands, ascending.

    `owners` are those that own its rows, for whoever knows them; the others take part.
    """
    found = set(owners or ())
    for model in KEYED.values() if owners is None else ():
        held = model._default_manager.filter(delivery=delivery).values_list("record_id", flat=True)
        found.update(held.order_by().distinct().iterator(chunk_size=50_000))
    others = Participation.objects.filter(interaction__delivery=delivery)
    found.update(others.values_list("record_id", flat=True).distinct().iterator(chunk_size=50_000))
    return sorted(found)


@needs("sources.undo")
def take_back(actor: Actor, delivery: Delivery) -> set[int]:
    """Undo everything `delivery` brought to the timeline; returns the records touched.

    File contents that no document refers to any more go too.
    """
    contents = _contents_of(delivery)
    records: set[int] = set()
    for model in KEYED.values():
        records |= undo.take_back(model, delivery)
    _take_back_products(delivery)
    Seen.objects.filter(delivery=delivery, table__in=_tables()).delete()
    drop_unreferenced(contents)
    return records


@needs("customers.erase")
def erase_interactions(actor: Actor, interactions: Sequence[int]) -> list[int]:
    """Erase single things that happened, in every version, with their lines and documents.

    Returns the records whose history changed. Inside a transaction.
    """
    bulk.ensure_atomic()
    rows = bulk.rows_where(
        "SELECT record_id, key_hash FROM timeline_interaction WHERE", "id", interactions
    )
    papers = bulk.rows_where(
        "SELECT id, sha256 FROM timeline_document WHERE", "interaction_key", [r[1] for r in rows]
    )
    contents = {row[1] for row in papers}
    former = Earlier.objects.filter(table=Document._meta.db_table, row__in=[r[0] for r in papers])
    contents |= {said["sha256"] for said in former.values_list("content", flat=True)}
    former.delete()
    Earlier.objects.filter(table=Interaction._meta.db_table, row__in=list(interactions)).delete()
    bulk.delete(Document, "id", [row[0] for row in papers])
    bulk.delete(OrderLine, "interaction_id", interactions)
    bulk.delete(Participation, "interaction_id", interactions)
    bulk.delete(Interaction, "id", interactions)
    records = sorted({row[0] for row in rows})
    changes.note("interaction", records)
    changes.note("document", records)
    changes.note("orderline", interactions)
    transaction.on_commit(lambda: drop_unreferenced(contents))
    return records


@needs("customers.erase")
def erase_single(actor: Actor, one: Single) -> dict[str, int]:
    """Erase single things that happened (see `parts.single`); counts by table."""
    return parts.take_away(one)


@needs("sources.import")
def drop_contents(actor: Actor, contents: Sequence[str]) -> None:
    """Let go of file contents (SHA-256) that no document came to refer to, after the commit."""
    transaction.on_commit(lambda: drop_unreferenced(contents) and None)


def _tables() -> list[str]:
    return [model._meta.db_table for model in KEYED.values()]


def _contents_of(delivery: Delivery) -> set[str]:
    """The file contents (SHA-256) that this delivery's documents refer to.

    They are noted in the delivery first: killed halfway, the next try still knows them.
    """
    held = set(Document.objects.filter(delivery=delivery).values_list("sha256", flat=True))
    former = Earlier.objects.filter(delivery=delivery, table=Document._meta.db_table)
    held |= {said["sha256"] for said in former.values_list("content", flat=True)}
    held |= set(delivery.report.get("contents", ()))
    if held:
        delivery.report["contents"] = sorted(held)
        delivery.save(update_fields=["report"])
    return held


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
    doomed = set(Product.objects.filter(delivery=delivery).values_list("pk", flat=True))
    kept = _sold_earlier(delivery, doomed) if doomed else {}
    bulk.update(Product, ["delivery_id"], sorted(kept.items()))
    Product.objects.filter(delivery=delivery).delete()


def _sold_earlier(delivery: Delivery, products: set[int]) -> dict[int, int]:
    """Of these products those in a former state of an order, with whose state that is.

    Such a state comes back when the delivery that replaced it is undone.
    """
    former = Earlier.objects.filter(
        table=Interaction._meta.db_table, delivery__source=delivery.source_id
    )
    found: dict[int, int] = {}
    for owner, content in former.values_list("delivery_id", "content").iterator():
        for _number, product, *_ in content.get(OrderLine._meta.db_table, ()):
            if product in products:
                found.setdefault(product, owner)
    return found
