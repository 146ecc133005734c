"""Rows in quarantine brought through the import again, with what people mended in them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
from django.db import transaction

from klantbeeld.core.actor import Actor, system_actor
from klantbeeld.core.models import Delivery
from klantbeeld.identity.actions import note_pending
from klantbeeld.pipeline.blocks import TableWork
from klantbeeld.pipeline.guarding import Guard
from klantbeeld.pipeline.late_lines import write_late_lines
from klantbeeld.pipeline.load import write_table
from klantbeeld.pipeline.mended import as_cell
from klantbeeld.pipeline.own_keys import decide
from klantbeeld.pipeline.plan import Plan, staging_folder, work_for
from klantbeeld.pipeline.relations import Found
from klantbeeld.pipeline.staging import Staged, type_named
from klantbeeld.pipeline.writing import COUNTS, Writer
from klantbeeld.privacy import actions as privacy
from klantbeeld.sources import actions as sources
from klantbeeld.sources.models import Quarantined
from klantbeeld.sources.tables import ROW, TableMapping
from klantbeeld.sources.tables import Mapping as SourceMapping
from klantbeeld.timeline import actions as timeline


def retry(actor: Actor, rows: Sequence[Quarantined]) -> dict[str, int]:
    """Load quarantined rows again, with their mended values, in the delivery they came with.

    Returns how many were stored and how many are still not right. Each row is a transaction.
    """
    counts = {"stored": 0, "quarantined": 0}
    ordered = sorted(rows, key=lambda row: (row.delivery_id, row.table, row.row))
    for row in ordered:
        if row.state != Quarantined.OPEN:
            continue
        with staging_folder() as folder, transaction.atomic():
            counts["stored" if _retry(actor, row, folder) else "quarantined"] += 1
    return counts


def _retry(actor: Actor, row: Quarantined, folder: Path) -> bool:
    delivery = Delivery.objects.select_related("source").get(pk=row.delivery_id)
    had = {count: getattr(delivery, count) for count in COUNTS}
    position, report = delivery.position, dict(delivery.report)
    delivery.position = {}
    # Who may mend a row may have it stored; importing at will is another permission.
    machine = system_actor("job")
    writer = Writer(machine, delivery, delivery.source.key, is_retry=True)
    work = _work_for(row, delivery, folder)
    (write_late_lines if work.holds == "lines" else write_table)(work, writer)
    is_stored = bool(delivery.rows_quarantined == had["rows_quarantined"])
    gained = {count: getattr(delivery, count) - had[count] for count in COUNTS}
    delivery.position, delivery.report = position, report
    for count in COUNTS:
        setattr(delivery, count, had[count])
    if is_stored:
        # The row leaves quarantine for whatever became of it: stored, mostly.
        outcome = next((c for c in COUNTS[1:] if gained[c] > 0), "rows_stored")
        delivery.rows_quarantined -= 1
        setattr(delivery, outcome, had[outcome] + 1)
        sources.set_row_state(actor, row, Quarantined.MENDED)
        note_pending(machine, timeline.records_of(machine, delivery), rematch=False)
    else:
        sources.keep_waiting(actor, row)
    delivery.save()
    return is_stored


def _work_for(row: Quarantined, delivery: Delivery, folder: Path) -> TableWork:
    """The table of one row, read as the whole table was."""
    mapping = SourceMapping.load(delivery.mapping)
    table = next(t for t in mapping.tables if t.table == row.table)
    decided: Mapping[str, Any] = delivery.report.get("tables", {}).get(row.table, {})
    columns = tuple(
        replace(c, format=c.format or decided.get("orders", {}).get(c.column))
        for c in table.columns
    )
    table = replace(table, columns=columns)
    roles = table.roles()
    guard = Guard(privacy.special_plan(system_actor("job"), delivery.source.key), lambda _: roles)
    frame = _frame_of(row, table, decided.get("types", {}))
    guard.decide(frame)
    frame = guard.clean(frame)
    frame.write_parquet(folder / "000000.parquet")
    print_ = hashlib.sha256(str(row.pk).encode()).hexdigest()
    staged = Staged(folder, tuple(frame.columns[1:]), 1, 1, (), print_)
    found = Found(delivery.source.key, delivery.name, row.table, staged, table)
    found.number_of = decided.get("number_of", "")
    found.number_width = decided.get("number_width", 0)
    work = work_for(Plan([found]), found, delivery.started_at)
    work.subjects = replace(work.subjects, facet=decided.get("facet", ""))
    if "own_key" in decided:
        # By itself a row may seem to be numbered by another column than the table is.
        work.own_keys = decide(staged, decided["own_key"], work.own_keys.content)
    if own := decided.get("own_addresses"):
        work.own_addresses = frozenset(own)
    return work


def _frame_of(row: Quarantined, table: TableMapping, types: Mapping[str, str]) -> pl.DataFrame:
    """The row as a staged frame, its cells in the types of the table's columns."""
    values = {c: v for c, v in row.values.items() if c}
    names = dict.fromkeys([*(c.column for c in table.columns), *values, *row.mended])
    series = [pl.Series(ROW, [row.row], dtype=pl.Int64)]
    for name in names:
        dtype = type_named(types[name]) if name in types else None
        if name in row.mended:
            cell = as_cell(str(row.mended[name]), name, table, dtype or pl.String())
            typed = dtype if cell is not None else None
            series.append(_cell(name, row.mended[name] if cell is None else cell, typed))
        else:
            series.append(_cell(name, values.get(name), dtype))
    return pl.DataFrame(series)


def _cell(name: str, value: Any, dtype: pl.DataType | None) -> pl.Series:
    """One cell out of quarantine, where dates lie as text."""
    if dtype is not None and dtype.is_temporal() and isinstance(value, str):
        zone = getattr(dtype, "time_zone", None)
        moment = pl.Series(name, [value]).str.to_datetime(strict=False, time_zone=zone)
        return moment.cast(dtype) if moment.null_count() == 0 else pl.Series(name, [value])
    if value is None:
        return pl.Series(name, [None], dtype=dtype or pl.String())
    return pl.Series(name, [value], dtype=dtype, strict=False)
