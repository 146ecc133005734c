"""What there is to see of an intake: tables and columns, wrong cells, rows tried out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from klantbeeld.core.actor import Actor
from klantbeeld.pipeline import intake_files
from klantbeeld.pipeline.intake_files import Kept
from klantbeeld.pipeline.models import Intake
from klantbeeld.pipeline.previewing import values_of
from klantbeeld.pipeline.screening import screen_of
from klantbeeld.pipeline.standard import options_for, standardise_block
from klantbeeld.privacy.tables import Sighting
from klantbeeld.quality.tables import MASK
from klantbeeld.sources.tables import (
    REPEATABLE,
    ROW,
    ColumnMapping,
    TableMapping,
)
from klantbeeld.sources.tables import (
    Mapping as SourceMapping,
)

SEEN_ROWS = 5_000
CELLS = 40
PAGE = 50
# These are no mistakes of a cell: a placeholder says that there is nothing.
NO_MISTAKES = frozenset({"placeholder", "initials_only"})


@dataclass(frozen=True, slots=True)
class ShownColumn:
    """One column: what it is taken for (role "" for nothing), how surely, and values out of it.

    Values are as the file has them: texts, and of a workbook dates and numbers too.
    """

    column: str
    role: str
    confidence: float
    samples: tuple[Any, ...]
    format: str = ""


@dataclass(frozen=True, slots=True)
class ShownTable:
    """One table of an intake with its columns in the order of the file."""

    number: int
    name: str
    path: str
    source: str
    holds: str
    rows: int
    rejected: int
    columns: tuple[ShownColumn, ...]
    notes: tuple[str, ...] = ()
    special: tuple[Sighting, ...] = ()

    @property
    def recognised(self) -> int:
        """How many columns are taken for something of the house's own fields."""
        return sum(1 for c in self.columns if c.role not in {"", "keep", "ignore"})


@dataclass(frozen=True, slots=True)
class WrongCell:
    """A cell that cannot be used as it stands: reason is a code."""

    table: int
    row: int
    column: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class TriedRow:
    """A row with what it would be: see `trial.try_out`; `customer` is 0 for a new one."""

    table: int
    row: int
    name: str
    place: str
    verdict: str
    customer: int
    with_table: int
    with_row: int
    with_name: str


@dataclass(frozen=True, slots=True)
class UnusableRow:
    """A row that cannot be used: its cells as delivered, and role (or "") to reason code."""

    table: int
    row: int
    values: Mapping[str, Any]
    reasons: Mapping[str, str]


class DoubleRole(ValueError):
    """Two columns of one table are said to mean what only one can: (table, role)."""

    def __init__(self, table: int, role: str) -> None:
        super().__init__(f"Two columns of table {table} are {role}.")
        self.table, self.role = table, role


def mapping_of(intake: Intake, number: int) -> TableMapping:
    """How one table is read."""
    (mapping,) = SourceMapping.load(intake.mappings[number]).tables
    return mapping


def tables(intake: Intake) -> list[ShownTable]:
    """The tables of an intake that is read."""
    return [
        _table(intake, number, kept)
        for number, kept in enumerate(intake_files.tables_of(intake.token))
    ]


def _table(intake: Intake, number: int, kept: Kept) -> ShownTable:
    mapping = mapping_of(intake, number)
    head = _head(intake, number, kept)
    known = {c.column: c for c in mapping.columns}
    shown = []
    taken = {s.column for s in kept.special if s.is_column}
    for name in kept.columns:
        mapped = known.get(name) or ColumnMapping(name, _unmapped(mapping), 0.0)
        samples = values_of(head[name])
        if name in taken:
            samples = (MASK, *samples)
        shown.append(
            ShownColumn(name, mapped.role, mapped.confidence, samples, mapped.format or "")
        )
    return ShownTable(
        number, kept.name, kept.path, kept.source, mapping.holds, kept.rows, len(kept.rejects),
        tuple(shown), mapping.notes, kept.special,
    )  # fmt: skip


def _unmapped(mapping: TableMapping) -> str:
    return "keep" if mapping.unmapped == "keep" else ""


def _head(intake: Intake, number: int, kept: Kept) -> pl.DataFrame:
    staged = intake_files.staged_of(intake.token, number, kept)
    return staged.scan().head(SEEN_ROWS).collect()


def changed(intake: Intake, number: int, holds: str, roles: Mapping[str, str]) -> str:
    """The YAML of one table's mapping with other meanings: column to role ("" is left out).

    Raises `DoubleRole`.
    """
    kept = intake_files.tables_of(intake.token)[number]
    mapping = mapping_of(intake, number)
    known = {c.column: c for c in mapping.columns}
    columns = []
    for name in kept.columns:
        role = roles.get(name, known[name].role if name in known else "") or "ignore"
        same = name in known and known[name].role == role
        columns.append(known[name] if same else ColumnMapping(name, role))
    single = [c.role for c in columns if c.role not in REPEATABLE]
    for role in single:
        if single.count(role) > 1:
            raise DoubleRole(number, role)
    key = (
        mapping.key
        if any(c.column == mapping.key and c.role != "ignore" for c in columns)
        else None
    )
    is_same = holds in ("", mapping.holds)
    made = replace(
        mapping, holds=holds or mapping.holds, columns=tuple(columns), key=key, not_mapped=(),
        confidence=mapping.confidence if is_same else 1.0,
    )  # fmt: skip
    return SourceMapping(kept.source, (made,)).dump()


def wrong_cells(intake: Intake) -> list[WrongCell]:
    """The first cells that cannot be used, of the first rows of each table, as they stand now."""
    found: list[WrongCell] = []
    for number, kept in enumerate(intake_files.tables_of(intake.token)):
        mapping = mapping_of(intake, number)
        frame = _with_edits(intake, number, _head(intake, number, kept))
        found += list(_wrong(number, mapping, frame))[: CELLS - len(found)]
    return found


def _with_edits(intake: Intake, number: int, frame: pl.DataFrame) -> pl.DataFrame:
    """The rows with what somebody typed over them; columns that were mended are text."""
    edits = intake.edits.get(str(number), {})
    by_column: dict[str, dict[int, str]] = {}
    for row, cells in edits.items():
        for column, text in cells.items():
            by_column.setdefault(column, {})[int(row)] = text
    place = {row: n for n, row in enumerate(frame[ROW].to_list())}
    for column, cells in by_column.items():
        here = {place[row]: text for row, text in cells.items() if row in place}
        if here and column in frame.columns:
            texts = frame[column].cast(pl.String, strict=False)
            frame = frame.with_columns(texts.scatter(list(here), list(here.values())))
    return frame


def _wrong(number: int, mapping: TableMapping, frame: pl.DataFrame) -> Iterator[WrongCell]:
    rows = standardise_block(frame, mapping, options_for(mapping, frame.lazy()))
    for role, issue in rows.issues.items():
        mapped = mapping.column_for(role)
        if mapped is None or mapped.column not in frame.columns:
            continue
        wrong = issue.is_not_null() & ~issue.is_in(list(NO_MISTAKES))
        for place in wrong.arg_true().to_list()[:CELLS]:
            value = frame[mapped.column][place]
            yield WrongCell(number, frame[ROW][place], mapped.column, _text(value), issue[place])


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def tried_rows(
    intake: Intake, verdict: str = "", after: int = 0, size: int = PAGE
) -> tuple[list[TriedRow], int]:
    """Rows of the trial run from place `after` on, of one verdict or all; and their number."""
    path = intake_files.folder_of(intake.token) / "rows.parquet"
    if not path.exists():
        return [], 0
    rows = pl.scan_parquet(path)
    if verdict:
        rows = rows.filter(pl.col("verdict") == verdict)
    total = int(rows.select(pl.len()).collect().item())
    columns = (
        "table", "row", "name", "place", "verdict", "customer", "with_table", "with_row",
        "with_name",
    )  # fmt: skip
    page = rows.slice(after, size).select(columns).collect()
    return [
        TriedRow(
            row["table"],
            row["row"],
            row["name"] or "",
            row["place"] or "",
            row["verdict"],
            row["customer"] or 0,
            row["with_table"],
            row["with_row"],
            row["with_name"] or "",
        )
        for row in page.iter_rows(named=True)
    ], total


def verdicts(intake: Intake) -> dict[str, int]:
    """How many rows got each verdict."""
    path = intake_files.folder_of(intake.token) / "rows.parquet"
    if not path.exists():
        return {}
    counted = pl.scan_parquet(path).group_by("verdict").len().collect()
    return dict(counted.iter_rows())


def doubled(intake: Intake) -> list[tuple[str, str]]:
    """Source and key of the records that the trial run found to be somebody's second."""
    path = intake_files.folder_of(intake.token) / "rows.parquet"
    if not path.exists():
        return []
    rows = pl.scan_parquet(path).filter(pl.col("verdict").is_in(["double", "joins"]))
    return rows.select("source", "key").unique(maintain_order=True).collect().rows()


def unusable_rows(intake: Intake) -> list[UnusableRow]:
    """The first rows that the trial run could not use."""
    path = intake_files.folder_of(intake.token) / "unusable.json"
    if not path.exists():
        return []
    told = json.loads(path.read_text(encoding="utf-8"))
    return [UnusableRow(t, r, json.loads(v), json.loads(w)) for t, r, v, w in told]


def with_cells(
    actor: Actor, intake: Intake, cells: Sequence[tuple[int, int, str, str]]
) -> dict[str, dict[str, dict[str, str]]]:
    """The intake's edits with more of them: (table, row, column, text); unknown columns are not."""
    kept = intake_files.tables_of(intake.token)
    edits: dict[str, dict[str, dict[str, str]]] = json.loads(json.dumps(intake.edits))
    for table, row, column, typed in cells:
        if 0 <= table < len(kept) and column in kept[table].columns:
            text = screen_of(actor, kept[table].source).text(typed, column)
            edits.setdefault(str(table), {}).setdefault(str(row), {})[column] = text
    return edits
