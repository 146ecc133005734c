"""Loading one delivery: its tables one after the other, block by block."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import polars as pl

from klantbeeld.core import indexes
from klantbeeld.pipeline import happenings, orders
from klantbeeld.pipeline.blocks import Block, TableWork, consents_of, make_ready, records_of
from klantbeeld.pipeline.mail import write_messages
from klantbeeld.pipeline.papers import write_documents
from klantbeeld.pipeline.sales import write_orders
from klantbeeld.pipeline.who import is_done, write_subjects
from klantbeeld.pipeline.writing import OfTable, Writer
from klantbeeld.sources.tables import ROW
from klantbeeld.timeline.models import Interaction

T = TypeVar("T")
PARTS_PER_BLOCK = 4


def _blocks(
    work: TableWork, writer: Writer, stage: str, make: Callable[[Block], T]
) -> Iterator[tuple[int, Block, T]]:
    """The blocks that are not written yet, with what `make` makes of each.

    While one is being written the next is made ready, on another core; not where the database
    must be asked about erased people, which belongs in the writing thread.
    """
    firsts = range(0, work.staged.parts, PARTS_PER_BLOCK)
    numbers = [n for n in range(len(firsts)) if not is_done(writer, stage, n)]

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
            if work.is_former:
                part = writer.unsaid(part)
            spoken = said.filter(pl.col("key").is_in(part["key"].implode())) if len(said) else said
            writer.records(part, spoken, counts=True)

        writer.run(stage, number, len(made), write, block)


def write_happenings(work: TableWork, writer: Writer) -> None:
    """Every row is an interaction; cases with an end are two."""
    write_subjects(work, writer)
    stage = f"{work.name}/rows"
    nobody = "campaign" if work.holds == "costs" else "anonymous"
    of = OfTable(work.scope, work.reference_space, nobody)

    def make(block: Block) -> tuple[pl.DataFrame, pl.DataFrame]:
        made = happenings.interactions(
            block.usable, work.holds, block.keys, work.scope, f"{work.source}/{work.name}"
        )
        if work.holds != "cases":
            return made, made.clear()
        return made, happenings.closings(block.usable, made, work.scope)

    for number, block, (made, ends) in _blocks(work, writer, stage, make):
        keys = pl.DataFrame([made[ROW], block.record_keys.alias("record_key")])

        def write(
            first: int,
            last: int,
            made: pl.DataFrame = made,
            ends: pl.DataFrame = ends,
            keys: pl.DataFrame = keys,
        ) -> None:
            part, owners = made[first:last], keys[first:last]
            writer.happenings(part, owners["record_key"], of)
            after = ends.join(owners, on=ROW, maintain_order="left")
            if len(after):
                none = pl.Series([0] * len(after))
                writer.happenings(after, after["record_key"], of, rows=none)

        writer.run(stage, number, len(made), write, block)


def write_subscriptions(work: TableWork, writer: Writer) -> None:
    """Every row is a subscription."""
    write_subjects(work, writer)
    stage = f"{work.name}/rows"

    def make(block: Block) -> pl.DataFrame:
        return happenings.subscriptions(block.usable, block.keys, work.scope).drop(ROW)

    for number, block, made in _blocks(work, writer, stage, make):
        keys = block.record_keys

        def write(first: int, last: int, made: pl.DataFrame = made, keys: pl.Series = keys) -> None:
            writer.keyed("subscription", made[first:last], keys[first:last], work.reference_space)

        writer.run(stage, number, len(made), write, block)


def write_products(work: TableWork, writer: Writer) -> None:
    """Products are described once; lines refer to them by key."""
    stage = f"{work.name}/rows"

    def make(block: Block) -> pl.DataFrame:
        return orders.lines_of(block.usable, block.keys).frame

    for number, block, lines in _blocks(work, writer, stage, make):

        def write(first: int, last: int, lines: pl.DataFrame = lines) -> None:
            writer.listed_products(lines[first:last])

        writer.run(stage, number, len(lines), write, block)


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
    writer.begin(work)
    work.account_for_rejects(writer)
    writer.note_decisions(work)
    is_long = work.holds not in {"customers", "products"} and writer.is_untouched(work.scope)
    if not is_long or not indexes.pays(Interaction, work.staged.rows):
        _write(work, writer, lines)
        return
    # The timeline is to hold little but this table.
    with indexes.held_off(Interaction):
        _write(work, writer, lines)
    writer.progress(f"{work.name}/indexes", 0)


def _write(work: TableWork, writer: Writer, lines: TableWork | None) -> None:
    if work.holds == "orders":
        write_orders(work, writer, lines)
        if lines is not None:
            lines.account_for_rejects(writer)
            writer.note_decisions(lines)
    else:
        WRITERS[work.holds](work, writer)
