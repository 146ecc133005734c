"""Lines that come after their order was stored: mended ones, put with the lines that are there."""

from __future__ import annotations

import json

import polars as pl

from klantbeeld.core.hashing import hash64
from klantbeeld.pipeline import happenings, orders
from klantbeeld.pipeline.blocks import Block, TableWork, make_ready
from klantbeeld.pipeline.sales import write_orders
from klantbeeld.pipeline.writing import Writer
from klantbeeld.sources.tables import ROW
from klantbeeld.timeline.models import Interaction, OrderLine

# The columns of an interaction as `happenings.interactions` makes them.
SAID = {
    "at": pl.Int64, "precision": pl.String, "day": pl.Int32, "kind": pl.String,
    "subject": pl.String, "status": pl.String, "amount_minor": pl.Int64, "currency": pl.String,
    "employee": pl.String, "origin": pl.String, "campaign": pl.String, "code": pl.String,
    "direction": pl.String, "channel": pl.String,
}  # fmt: skip


def write_late_lines(work: TableWork, writer: Writer) -> None:
    """Write a table of few lines: each goes to its order, which is made where it is new."""
    block = make_ready(work, work.staged.scan().collect())
    if block.quarantined or not len(block.keys):
        writer.run(f"{work.name}/late", 0, 0, lambda first, last: None, block)
        return
    if work.needs_order:
        keys = block.usable.column("order_number").cast(pl.String)
    else:
        keys = orders.order_keys(block.usable, block.keys, block.record_keys)
    scope = work.scope
    stored = [_stored(f"{scope}{key}") for key in keys.to_list()]
    if any(order is None for order in stored):
        write_orders(work, writer)
        return
    lines = orders.lines_of(block.usable, keys).frame

    def write(first: int, last: int) -> None:
        for place in range(first, last):
            order = stored[place]
            assert order is not None
            _add(work, writer, order, lines[place : place + 1], block)

    writer.run(f"{work.name}/late", 0, len(lines), write, block)


def _stored(key: str) -> Interaction | None:
    return Interaction.objects.filter(key_hash=hash64(key)).first()


def _add(
    work: TableWork, writer: Writer, order: Interaction, line: pl.DataFrame, block: Block
) -> None:
    """One line more for an order: its sum and subject follow where the lines gave them."""
    had = _lines_of(order, line)
    made = _as_made(order)
    before = orders.summed(had) if len(had) else None
    if before is not None and before["lines_minor"][0] == order.amount_minor:
        made = made.with_columns(pl.lit(None, dtype=pl.Int64).alias("amount_minor"))
    if before is not None and before["lines_subject"][0] == order.subject:
        made = made.with_columns(pl.lit("").alias("subject"))
    every = pl.concat([had, line.with_columns(number=pl.lit(len(had) + 1, dtype=pl.Int64))])
    made = orders.with_lines(made, every, work.scope)
    writer.add_to_order(made, order.record_id, every.with_columns(parent=pl.lit(0, pl.Int64)))


def _as_made(order: Interaction) -> pl.DataFrame:
    details = json.dumps(order.details, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    said = {name: [getattr(order, name)] for name in SAID}
    row = {ROW: [0], "key": [order.key], **said, "details": [details]}
    schema = {ROW: pl.Int64, "key": pl.String, **SAID, "details": pl.String}
    return happenings.with_hashes(pl.DataFrame(row, schema=schema), "")


def _lines_of(order: Interaction, like: pl.DataFrame) -> pl.DataFrame:
    """The lines of a stored order, in the shape of `orders.Lines`."""
    held = OrderLine.objects.filter(interaction=order.pk).select_related("product")
    rows = [
        {
            ROW: 0, "order": order.key, "number": line.number,
            "product": line.product.key if line.product else None,
            "name": line.product.name if line.product else "",
            "category": line.product.category if line.product else "",
            "brand": line.product.brand if line.product else "",
            "quantity": line.quantity, "amount_minor": line.amount_minor,
        }
        for line in held.order_by("number")
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=like.schema)
