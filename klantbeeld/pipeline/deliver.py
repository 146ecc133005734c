"""Deliveries: each file's tables written, in the order in which they need each other."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import polars as pl

from klantbeeld.core.actor import Actor
from klantbeeld.core.clock import now_us
from klantbeeld.core.models import Delivery, Record
from klantbeeld.identity.actions import note_pending
from klantbeeld.pipeline.load import ORDER, write_table
from klantbeeld.pipeline.plan import Plan, staging_folder, work_for
from klantbeeld.pipeline.relations import Found
from klantbeeld.pipeline.staging import Staged
from klantbeeld.pipeline.writing import Writer
from klantbeeld.sources import actions as sources
from klantbeeld.sources.models import Quarantined
from klantbeeld.sources.tables import ROW, Mapping
from klantbeeld.timeline import actions as timeline
from klantbeeld.timeline.models import Interaction

Progress = Callable[[str, int], None]


def deliver(actor: Actor, plan: Plan, progress: Progress) -> Iterator[Delivery]:
    """Load the tables of a plan, a delivery per file; those with customers go first."""
    run = 0
    for group in _groups(plan.found):
        delivery = _load(actor, plan, group, run, progress)
        run = run or delivery.run
        yield delivery


def _groups(found: Sequence[Found]) -> list[list[Found]]:
    """Tables by file; bare order lines go with the file of their orders."""
    by_file: dict[tuple[str, str], list[Found]] = {}
    for table in found:
        owner = table.lines_of or table
        by_file.setdefault((owner.source, owner.path), []).append(table)
    return sorted(by_file.values(), key=lambda tables: min(_rank(t) for t in tables))


def _rank(table: Found) -> int:
    holds = table.mapping.holds
    return ORDER.index(holds) if holds in ORDER else len(ORDER)


def _load(
    actor: Actor, plan: Plan, tables: Sequence[Found], run: int, progress: Progress
) -> Delivery:
    owner = next((t for t in tables if t.lines_of is None), tables[0])
    source = sources.source_named(actor, owner.source)
    for table in tables:
        if table.number_of:
            sources.source_named(actor, table.number_of)
    mapping = Mapping(owner.source, tuple(t.mapping for t in tables)).dump()
    delivery = sources.open_delivery(actor, source, owner.path, _fingerprint(tables), mapping, run)
    writer = Writer(actor, delivery, owner.source, progress)
    writer.is_first = not delivery.position and not _brought_before(source.pk)
    without = 0
    for table in sorted(tables, key=_rank):
        if table.lines_of is not None:
            continue
        if table.mapping.holds not in ORDER:
            _refuse(writer, table)
            continue
        lines = next((t for t in tables if t.lines_of is table), None)
        work = work_for(plan, table, delivery.started_at)
        line_work = work_for(plan, lines, delivery.started_at) if lines else None
        write_table(work, writer, line_work)
        without += work.nobody
    # Whose history changed is noted here, at once: row by row it would cost more than the rows.
    note_pending(actor, timeline.records_of(actor, delivery), rematch=False)
    report = {"without_customer": without, "anonymous": _anonymous(delivery)}
    sources.close_delivery(actor, delivery, report)
    return delivery


def _brought_before(source: int) -> bool:
    """Whether anything of this source is on the timeline already."""
    deliveries = Delivery.objects.filter(source=source).values_list("pk", flat=True)
    return Interaction.objects.filter(delivery_id__in=list(deliveries)).exists()


def _anonymous(delivery: Delivery) -> int:
    """Interactions of this delivery that hang on no customer."""
    held = Interaction.objects.filter(delivery=delivery, record__kind=Record.ANONYMOUS)
    return held.count()


def _fingerprint(tables: Sequence[Found]) -> str:
    parts = "".join(t.staged.fingerprint for t in tables)
    return hashlib.sha256(parts.encode()).hexdigest()


def _refuse(writer: Writer, table: Found) -> None:
    """A table of which nothing is recognised: its rows are counted as rejected, once."""
    stage = f"{table.name}/refused"

    def write(first: int, last: int) -> None:
        writer.reject(table.staged.rows + len(table.staged.rejects))

    writer.run(stage, 0, 1, write)


def retry(actor: Actor, rows: Sequence[Quarantined]) -> dict[str, int]:
    """Load quarantined rows again, with their mended values, in the delivery they came with."""
    counts = {"stored": 0, "quarantined": 0}
    for delivery in {row.delivery for row in rows}:
        for name in sorted({row.table for row in rows if row.delivery_id == delivery.pk}):
            mine = [r for r in rows if r.delivery_id == delivery.pk and r.table == name]
            with staging_folder() as folder:
                stored = _retry_table(actor, delivery, name, mine, folder)
            counts["stored"] += stored
            counts["quarantined"] += len(mine) - stored
    return counts


def _retry_table(
    actor: Actor, delivery: Delivery, name: str, rows: Sequence[Quarantined], folder: Path
) -> int:
    mapping = Mapping.load(delivery.mapping)
    table = next(t for t in mapping.tables if t.table == name)
    stored = 0
    for number, row in enumerate(rows):
        values = {**row.values, **row.mended}
        columns = tuple(dict.fromkeys([*(c.column for c in table.columns), *values]))
        frame = pl.DataFrame(
            {ROW: [row.row], **{c: [_text(values.get(c))] for c in columns}},
            schema={ROW: pl.Int64, **dict.fromkeys(columns, pl.String)},
        )
        part = folder / str(number)
        part.mkdir()
        frame.write_parquet(part / "000000.parquet")
        staged = Staged(part, columns, 1, 1, (), row_fingerprint(row))
        found = Found(delivery.source.key, delivery.name, name, staged, table)
        delivery.position = {}
        before = (delivery.rows_quarantined, delivery.rows_stored, delivery.rows_read)
        writer = Writer(actor, delivery, delivery.source.key)
        write_table(work_for(Plan([found]), found, now_us()), writer)
        if delivery.rows_quarantined == before[0]:
            delivery.rows_quarantined -= 1
            sources.set_row_state(actor, row, Quarantined.MENDED)
            stored += 1
        else:
            delivery.rows_quarantined, delivery.rows_stored = before[0], before[1]
            sources.keep_waiting(actor, row)
        delivery.rows_read = before[2]
        delivery.save()
    return stored


def row_fingerprint(row: Quarantined) -> str:
    """A fingerprint for one row that is retried."""
    return hashlib.sha256(f"{row.pk}".encode()).hexdigest()


def _text(value: object) -> str | None:
    return None if value is None else str(value)
