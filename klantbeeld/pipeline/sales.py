"""Writing orders with their lines, in buckets of whole orders."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from klantbeeld.pipeline import happenings, orders
from klantbeeld.pipeline.blocks import Block, TableWork, make_ready
from klantbeeld.pipeline.erased_parts import erased_orders
from klantbeeld.pipeline.standard import Standardised
from klantbeeld.pipeline.who import is_done, write_subjects
from klantbeeld.pipeline.writing import OfTable, Writer
from klantbeeld.sources.tables import ROW

BUCKET_ROWS = 400_000


@dataclass
class Sales:
    """One bucket: a header per order (with key and record key), lines, and rows per order.

    lines: see `orders.Lines`; rows: order, rows (how many delivered rows make up the order).
    """

    block: Block
    headers: Standardised
    keys: pl.Series
    owners: pl.Series
    lines: pl.DataFrame
    rows: pl.DataFrame


def write_orders(work: TableWork, writer: Writer, lines: TableWork | None = None) -> None:
    """Orders with their lines: from one table of lines, or from a table of orders and one of lines.

    Works in buckets of whole orders, so that an order's lines are always together. Lines that
    tell neither who nor when and whose orders are not delivered with them go to quarantine.
    """
    if work.needs_order:
        _refuse_lines(work, writer)
        return
    write_subjects(work, writer)
    largest = max(work.staged.rows, lines.staged.rows if lines else 0)
    buckets = max(1, -(-largest // BUCKET_ROWS))
    stage = f"{work.name}/orders"
    for number in range(buckets):
        if not is_done(writer, stage, number):
            block = make_ready(work, work.bucket(number, buckets))
            sales = sales_of_lines(work, block) if work.holds == "lines" else sales_of_orders(block)
            if lines is not None:
                add_lines(sales, lines, make_ready(lines, lines.bucket(number, buckets)))
            _write_bucket(work, writer, sales, number)


def _refuse_lines(work: TableWork, writer: Writer) -> None:
    stage = f"{work.name}/orders"
    if not is_done(writer, stage, 0):
        block = make_ready(work, work.staged.scan().collect())
        leave_out_erased(work, block)
        block.quarantined += work.unplaced(block.usable.values[ROW], "", "order_unknown")
        writer.run(stage, 0, 0, lambda first, last: None, block)


def leave_out_erased(work: TableWork, block: Block) -> None:
    """Lines of orders that were erased by themselves wait for no order."""
    gone = erased_orders(work.scope, block.usable.column("order_number").cast(pl.String))
    if gone is not None:
        block.suppressed += int(gone.sum())
        block.keep(~gone)


def sales_of_orders(block: Block) -> Sales:
    lines = pl.DataFrame(schema={"order": pl.String})
    rows = block.keys.to_frame("order").with_columns(pl.lit(1, pl.Int64).alias("rows"))
    return Sales(block, block.usable, block.keys, block.record_keys, lines, rows)


def sales_of_lines(work: TableWork, block: Block) -> Sales:
    """Orders out of lines; an order of which no line tells the time cannot be stored."""
    keys = orders.order_keys(block.usable, block.keys, block.record_keys)
    headers = orders.headers_of(block.usable, keys, block.record_keys)
    at = orders.moment_of(headers)
    timeless = headers.values["order"].filter(headers.values[at].is_null())
    if len(timeless):
        lost = keys.is_in(timeless.implode())
        column = work.mapping.column_for(at)
        name = column.column if column else ""
        block.quarantined += work.unplaced(block.usable.values[ROW].filter(lost), name, "missing")
        block.keep(~lost)
        return sales_of_lines(work, block)
    lines = orders.lines_of(block.usable, keys).frame
    rows = keys.to_frame("order").group_by("order").len("rows")
    values = headers.values
    return Sales(block, headers, values["order"], values["record_key"], lines, rows)


def add_lines(sales: Sales, lines: TableWork, ready: Block) -> None:
    """Put the lines of their own table with their orders; those without one are quarantined."""
    leave_out_erased(lines, ready)
    number = ready.usable.column("order_number").cast(pl.String)
    orders_by_number = pl.DataFrame(
        {"number": sales.headers.column("order_number").cast(pl.String), "order": sales.keys}
    ).unique("number", keep="first", maintain_order=True)
    order = number.to_frame("number").join(
        orders_by_number, on="number", how="left", maintain_order="left"
    )["order"]
    known = order.is_not_null()
    block = sales.block
    lost = ready.usable.values[ROW].filter(~known)
    block.quarantined += ready.quarantined + lines.unplaced(lost, "", "order_unknown")
    block.rows += ready.rows
    block.suppressed += ready.suppressed
    block.doubles += ready.doubles
    sales.lines = orders.lines_of(ready.usable, order).frame.filter(known)
    counted = order.filter(known).to_frame("order").group_by("order").len("more")
    sales.rows = sales.rows.join(counted, on="order", how="left").select(
        "order", pl.col("rows") + pl.col("more").fill_null(0)
    )


def _write_bucket(work: TableWork, writer: Writer, sales: Sales, number: int) -> None:
    made = happenings.interactions(sales.headers, "orders", sales.keys, work.scope)
    if len(sales.lines):
        made = orders.with_lines(made, sales.lines, work.scope)
    weights = sales.keys.to_frame("order").join(
        sales.rows, on="order", how="left", maintain_order="left"
    )["rows"]

    def write(first: int, last: int) -> None:
        part = made[first:last].with_columns(pl.int_range(pl.len(), dtype=pl.Int64).alias("parent"))
        own = sales.lines.join(
            part.select("parent", pl.col("key").alias("order")), on="order", maintain_order="left"
        )
        writer.happenings(
            part,
            sales.owners[first:last],
            OfTable(work.scope, work.reference_space),
            rows=weights[first:last].fill_null(1),
            children={"lines": writer.products(own)} if len(own) else None,
        )

    writer.run(f"{work.name}/orders", number, len(made), write, sales.block)
