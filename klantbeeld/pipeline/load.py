"""Loading one delivery: its tables one after the other, block by block."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import polars as pl

from klantbeeld.pipeline import happenings, orders, subjects
from klantbeeld.pipeline.blocks import Block, TableWork, consents_of, make_ready, records_of
from klantbeeld.pipeline.mail import write_messages
from klantbeeld.pipeline.papers import write_documents
from klantbeeld.pipeline.standard import standardise_block
from klantbeeld.pipeline.writing import Writer

T = TypeVar("T")
PARTS_PER_BLOCK = 4
BUCKET_ROWS = 400_000


def _blocks(
    work: TableWork, writer: Writer, stage: str, make: Callable[[Block], T]
) -> Iterator[tuple[int, Block, T]]:
    """The blocks that are not written yet, with what `make` makes of each.

    While one is being written the next is made ready, on another core; not where the database
    must be asked about erased people, which belongs in the writing thread.
    """
    firsts = range(0, work.staged.parts, PARTS_PER_BLOCK)
    numbers = [n for n in range(len(firsts)) if not _is_done(writer, stage, n)]

    def ready(number: int) -> tuple[int, Block, T]:
        block = make_ready(work, work.staged.block(firsts[number], PARTS_PER_BLOCK))
        return number, block, make(block)

    if work.has_tombstones or len(numbers) < 2:
        yield from map(ready, numbers)
        return
    with ThreadPoolExecutor(1) as ahead:
        coming = ahead.submit(ready, numbers[0])
        for following in numbers[1:]:
            made, coming = coming.result(), ahead.submit(ready, following)
            yield made
        yield coming.result()


def _is_done(writer: Writer, stage: str, number: int) -> bool:
    return bool(writer.delivery.position.get(stage, [0, 0])[0] > number)


def write_customers(work: TableWork, writer: Writer) -> None:
    """Every row is a record."""
    stage = f"{work.name}/records"

    def make(block: Block) -> tuple[pl.DataFrame, pl.DataFrame]:
        return records_of(work, block), consents_of(work, block)

    for number, block, (made, said) in _blocks(work, writer, stage, make):

        def write(
            first: int, last: int, made: pl.DataFrame = made, said: pl.DataFrame = said
        ) -> None:
            part = made[first:last]
            spoken = said.filter(pl.col("key").is_in(part["key"].implode())) if len(said) else said
            writer.records(part, spoken, counts=True)

        writer.run(stage, number, len(made), write, block, work.name)


def write_subjects(work: TableWork, writer: Writer) -> None:
    """What a table of happenings says about its subjects, one record for each.

    Of several rows about one subject the last filled value of each column counts.
    """
    roles = work.mapping.roles()
    telling = [c for c, role in roles.items() if role in subjects.RECORD_ROLES]
    telling += [c for c, role in roles.items() if role in {"address", "full_name", "order_number"}]
    if not telling or work.is_bare:
        return
    stage = f"{work.name}/subjects"
    whole = work.subject_rows(list(dict.fromkeys(telling)))
    mapping = work.mapping_of(telling)
    for number, first in enumerate(range(0, len(whole), BUCKET_ROWS)):
        if _is_done(writer, stage, number):
            continue
        rows = standardise_block(whole[first : first + BUCKET_ROWS], mapping, work.options)
        rows = work.with_space(rows)
        keys = work.subjects.keys(rows, _guest(work))
        made = subjects.records(rows, keys, work.updated_at).unique(
            "key", keep="last", maintain_order=True
        )
        if work.subjects.facet:
            # A row that tells no more than a number must not overwrite the plain record.
            made = made.filter(pl.col("key").str.starts_with(work.subjects.facet + "/"))
        said = subjects.consents(rows, work.updated_at)
        if len(said):
            named = pl.DataFrame([rows.values["_row"], keys.alias("key")])
            said = said.join(named, on="_row")

        def write(
            first: int, last: int, made: pl.DataFrame = made, said: pl.DataFrame = said
        ) -> None:
            part = made[first:last]
            spoken = said.filter(pl.col("key").is_in(part["key"].implode())) if len(said) else said
            writer.records(part, spoken, counts=False)

        writer.run(stage, number, len(made), write)


def _guest(work: TableWork) -> str:
    return "order_number" if work.holds in {"orders", "lines"} else ""


def write_happenings(work: TableWork, writer: Writer) -> None:
    """Every row is an interaction; cases with an end are two."""
    write_subjects(work, writer)
    stage = f"{work.name}/rows"
    nobody = "campaign" if work.holds == "costs" else "anonymous"

    def make(block: Block) -> tuple[pl.DataFrame, pl.DataFrame]:
        made = happenings.interactions(block.usable, work.holds, block.keys, work.scope)
        if work.holds != "cases":
            return made, made.clear()
        return made, happenings.closings(block.usable, made, work.scope)

    for number, block, (made, ends) in _blocks(work, writer, stage, make):
        keys = pl.DataFrame([made["_row"], block.record_keys.alias("record_key")])

        def write(
            first: int,
            last: int,
            made: pl.DataFrame = made,
            ends: pl.DataFrame = ends,
            keys: pl.DataFrame = keys,
        ) -> None:
            part, owners = made[first:last], keys[first:last]
            space = work.reference_space
            writer.happenings(
                part, owners["record_key"], number_of=space, nobody=nobody, scope=work.scope
            )
            after = ends.join(owners, on="_row", maintain_order="left")
            if len(after):
                none = pl.Series([0] * len(after))
                writer.happenings(
                    after, after["record_key"], number_of=space, rows=none, scope=work.scope
                )

        writer.run(stage, number, len(made), write, block, work.name)


def write_subscriptions(work: TableWork, writer: Writer) -> None:
    """Every row is a subscription."""
    write_subjects(work, writer)
    stage = f"{work.name}/rows"

    def make(block: Block) -> pl.DataFrame:
        return happenings.subscriptions(block.usable, block.keys, work.scope).drop("_row")

    for number, block, made in _blocks(work, writer, stage, make):
        keys = block.record_keys

        def write(first: int, last: int, made: pl.DataFrame = made, keys: pl.Series = keys) -> None:
            writer.keyed("subscription", made[first:last], keys[first:last], work.reference_space)

        writer.run(stage, number, len(made), write, block, work.name)


def write_products(work: TableWork, writer: Writer) -> None:
    """Products are described once; lines refer to them by key."""
    stage = f"{work.name}/rows"

    def make(block: Block) -> pl.DataFrame:
        return orders.lines_of(block.usable, block.keys).frame

    for number, block, lines in _blocks(work, writer, stage, make):

        def write(first: int, last: int, lines: pl.DataFrame = lines) -> None:
            writer.products(lines[first:last])
            writer.count(last - first, 0)

        writer.run(stage, number, len(lines), write, block, work.name)


def write_orders(work: TableWork, writer: Writer, lines: TableWork | None = None) -> None:
    """Orders with their lines: from one table of lines, or from a table of orders and one of lines.

    Works in buckets of whole orders, so that an order's lines are always together.
    """
    write_subjects(work, writer)
    largest = max(work.staged.rows, lines.staged.rows if lines else 0)
    buckets = max(1, -(-largest // BUCKET_ROWS))
    stage = f"{work.name}/orders"
    for number in range(buckets):
        if not _is_done(writer, stage, number):
            _write_bucket(work, writer, lines, number, buckets)


def _write_bucket(
    work: TableWork, writer: Writer, lines: TableWork | None, number: int, buckets: int
) -> None:
    block = make_ready(work, work.bucket(number, buckets))
    keys = orders.order_keys(block.usable, block.keys, block.record_keys)
    if work.holds == "lines":
        headers = orders.headers_of(block.usable, keys, block.record_keys)
        owners = headers.values["record_key"]
        order_keys = headers.values["order"]
        line_frame = orders.lines_of(block.usable, keys).frame
        weights = keys.to_frame("order").group_by("order").len("rows")
    else:
        headers, owners, order_keys = block.usable, block.record_keys, block.keys
        weights = pl.DataFrame({"order": order_keys, "rows": 1})
        line_frame, block, weights = _with_line_table(work, lines, number, buckets, block, weights)
    made = happenings.interactions(headers, "orders", order_keys, work.scope)
    made = orders.with_lines(made, line_frame, work.scope) if len(line_frame) else made
    rows = order_keys.to_frame("order").join(weights, on="order", how="left", maintain_order="left")

    def write(first: int, last: int) -> None:
        part = made[first:last].with_columns(pl.int_range(pl.len(), dtype=pl.Int64).alias("parent"))
        own = line_frame.join(
            part.select("parent", pl.col("key").alias("order")), on="order", maintain_order="left"
        )
        writer.happenings(
            part, owners[first:last], rows=rows["rows"][first:last].fill_null(1),
            lines=writer.products(own) if len(own) else None, number_of=work.reference_space,
            scope=work.scope,
        )  # fmt: skip

    writer.run(f"{work.name}/orders", number, len(made), write, block, work.name)


def _with_line_table(
    work: TableWork,
    lines: TableWork | None,
    number: int,
    buckets: int,
    block: Block,
    weights: pl.DataFrame,
) -> tuple[pl.DataFrame, Block, pl.DataFrame]:
    """The bucket's lines from their own table, accounted for with the orders they belong to."""
    empty = pl.DataFrame(schema={"order": pl.String})
    if lines is None:
        return empty, block, weights
    ready = make_ready(lines, lines.bucket(number, buckets))
    order = ready.usable.column("order_number").cast(pl.String).alias("order")
    known = order.is_in(block.keys.implode())
    lost = ready.usable.values["_row"].filter(~known)
    block.quarantined += lines.unplaced(lost, "order_unknown")
    made = orders.lines_of(ready.usable, order).frame.filter(known)
    block.rows += ready.rows
    block.suppressed += ready.suppressed
    block.doubles += ready.doubles
    block.quarantined += ready.quarantined
    counted = order.filter(known).to_frame("order").group_by("order").len("more")
    weights = weights.join(counted, on="order", how="left").select(
        "order", pl.col("rows") + pl.col("more").fill_null(0)
    )
    return made, block, weights


WRITERS: Mapping[str, Callable[[TableWork, Writer], None]] = {
    "customers": write_customers,
    "products": write_products,
    "orders": write_orders,
    "lines": write_orders,
    "subscriptions": write_subscriptions,
    "messages": write_messages,
    "documents": write_documents,
    **dict.fromkeys(("quotes", "events", "loyalty", "cases", "surveys", "costs"), write_happenings),
}
# Who first: what others refer to.
ORDER = tuple(WRITERS)


def write_table(work: TableWork, writer: Writer, lines: TableWork | None = None) -> None:
    """Write one table; rows that are no data are counted as rejected, ragged ones quarantined."""
    work.account_for_rejects(writer)
    if work.holds == "orders":
        write_orders(work, writer, lines)
        if lines is not None:
            lines.account_for_rejects(writer)
    else:
        WRITERS[work.holds](work, writer)
