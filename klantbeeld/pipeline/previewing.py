"""What a dry run shows: the meaning found for every column, with values out of the file."""

from __future__ import annotations

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
    texts = (" ".join(str(v).split()) for v in values.drop_nulls().unique(maintain_order=True))
    told: list[str] = []
    for text in texts:
        if text:
            told.append(text if len(text) <= SAMPLE_LENGTH else text[: SAMPLE_LENGTH - 1] + "…")
        if len(told) == SAMPLES:
            break
    return tuple(told)
