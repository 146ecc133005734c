"""What a dry run shows: the meaning found for every column, with values out of the file."""

from __future__ import annotations

from typing import Any

import polars as pl

from klantbeeld.pipeline.plan import SAMPLE_ROWS, Plan
from klantbeeld.pipeline.relations import Found
from klantbeeld.pipeline.report import ColumnReport, ImportReport
from klantbeeld.sources.tables import Mapping

SAMPLES, SAMPLE_LENGTH = 3, 40


def show_columns(report: ImportReport, plan: Plan) -> None:
    """Put each table's columns and the mappings they would be read by into the report."""
    for table, found in zip(report.tables, plan.found, strict=True):
        table.columns = _columns(found)
        # A mapping that was handed in is not kept by an import, and yet shown.
        if found.source not in plan.mappings:
            known = report.mappings.get(found.source, Mapping(found.source))
            report.mappings[found.source] = known.with_table(found.mapping)


def _columns(found: Found) -> tuple[ColumnReport, ...]:
    """The columns in the order of the file."""
    rows = found.staged.scan().head(SAMPLE_ROWS).collect()
    mapped = {column.column: column for column in found.mapping.columns}
    shown = []
    for name in found.staged.columns:
        known, samples = mapped.get(name), samples_of(rows[name])
        if known is None:
            shown.append(ColumnReport(name, "", samples=samples))
            continue
        shown.append(
            ColumnReport(
                name, known.role, known.confidence, known.format or "", known.decimal or "",
                samples,
            )
        )  # fmt: skip
    return tuple(shown)


def samples_of(values: pl.Series) -> tuple[str, ...]:
    """The first few different values, each on one line and not too long."""
    return tuple(str(value) for value in values_of(values))


def values_of(values: pl.Series) -> tuple[Any, ...]:
    """The same, but dates and numbers as they are: every screen writes those in its own way.

    Of what holds several values, as the recipients and attachments of a letter, their texts; bytes
    say nothing.
    """
    told: list[Any] = []
    for value in values.drop_nulls().unique(maintain_order=True).to_list():
        said = _listed(value) if isinstance(value, (list, dict, bytes)) else value
        said = _one_line(said) if isinstance(said, str) else said
        if said != "" and said not in told:
            told.append(said)
        if len(told) == SAMPLES:
            break
    return tuple(told)


def _listed(value: Any) -> str:
    """The texts in a list, and the first one of each that has fields: an attachment's name."""
    if isinstance(value, list):
        return ", ".join(filter(None, map(_listed, value)))
    if isinstance(value, dict):
        return next(filter(None, map(_listed, value.values())), "")
    return "" if value is None or isinstance(value, bytes) else str(value)


def _one_line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SAMPLE_LENGTH else line[: SAMPLE_LENGTH - 1] + "…"
