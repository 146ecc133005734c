"""Rows that people mended: they stand mended in every later delivery of the same row.

Who mends a row in quarantine says what it should have been. The source goes on delivering it
wrong, so each delivery is corrected before anything else is done with it; then it is the same
row again, unchanged.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl

from klantbeeld.core.hashing import hash64
from klantbeeld.pipeline.relations import Found
from klantbeeld.pipeline.staging import Staged
from klantbeeld.pipeline.unusable import as_delivered
from klantbeeld.quality.tables import standardise
from klantbeeld.sources.models import Quarantined
from klantbeeld.sources.tables import ROW, TableMapping

MOST_ALIKE = 200


def put_mended(found: Sequence[Found], folder: Path) -> None:
    """Correct the staged tables by what people mended in earlier deliveries of their sources."""
    for number, table in enumerate(found):
        owner = table.lines_of or table
        lying = Quarantined.objects.filter(
            state=Quarantined.MENDED, delivery__source__key=owner.source, table=table.name
        )
        by_hash: dict[int, list[Quarantined]] = defaultdict(list)
        for row in lying.order_by("pk"):
            by_hash[row.hash].append(row)
        if by_hash:
            _correct(table, by_hash, folder / f"mended-{number}")


def _correct(table: Found, lying: Mapping[int, list[Quarantined]], folder: Path) -> None:
    staged = table.staged
    rejects, added = [], []
    waiting = {mark: list(rows) for mark, rows in lying.items()}
    for reject in staged.rejects:
        mark = hash64(f"{table.name}\x1f{as_delivered({'': reject.raw})}")
        if waiting.get(mark):
            added.append((reject.row, waiting[mark].pop(0)))
        else:
            rejects.append(reject)
    changed = _rows_of(staged, table.name, waiting)
    if not added and not changed:
        return
    rows = {**changed, **dict(added)}
    texts = {row: {c: str(v) for c, v in q.mended.items()} for row, q in rows.items()}
    mended = _written(staged, table.mapping, texts, folder)
    used = tuple(sorted(row.pk for row in (*changed.values(), *(r for _, r in added))))
    digest = hashlib.sha256(f"{staged.fingerprint}{used}".encode()).hexdigest()
    table.staged = replace(mended, rejects=tuple(rejects), fingerprint=digest)
    table.mended = used


def _rows_of(
    staged: Staged, table: str, waiting: Mapping[int, list[Quarantined]]
) -> dict[int, Quarantined]:
    """Row number -> the mended row that it is."""
    found: dict[int, Quarantined] = {}
    for mark, rows in waiting.items():
        if not rows or "" in rows[0].values:
            continue
        for number in _alike(staged, table, mark, rows[0].values)[: len(rows)]:
            found[number] = rows.pop(0)
    return found


def _alike(staged: Staged, table: str, mark: int, values: Mapping[str, Any]) -> list[int]:
    """The numbers of the staged rows that say exactly this."""
    schema = staged.scan().collect_schema()
    texts = {c: v for c, v in values.items() if isinstance(v, str) and schema.get(c) == pl.String}
    condition = pl.all_horizontal([pl.col(c) == v for c, v in texts.items()] or [pl.lit(True)])
    rows = staged.scan().filter(condition).head(MOST_ALIKE).collect()
    numbers = []
    for row in rows.iter_rows(named=True):
        number = row.pop(ROW)
        if hash64(f"{table}\x1f{as_delivered(row)}") == mark:
            numbers.append(number)
    return numbers


def put_cells(table: Found, texts: Mapping[int, Mapping[str, str]], folder: Path) -> None:
    """Put other cells into a staged table: row number -> column -> text, as somebody typed them."""
    if not texts:
        return
    typed = _written(table.staged, table.mapping, texts, folder)
    told = json.dumps(texts, sort_keys=True)
    digest = hashlib.sha256(f"{table.staged.fingerprint}{told}".encode()).hexdigest()
    table.staged = replace(typed, fingerprint=digest)


def _written(
    staged: Staged, mapping: TableMapping, texts: Mapping[int, Mapping[str, str]], folder: Path
) -> Staged:
    """The table with these cells in these rows, laid down in `folder`."""
    folder.mkdir()
    schema = dict(staged.scan().collect_schema())
    cells = _cells(texts, mapping, schema)
    parts, last = max(1, staged.parts), max(texts)
    for part in range(parts):
        frame = staged.block(part, 1) if staged.parts else staged.scan().collect()
        frame = frame.with_columns(
            pl.col(c).cast(pl.String) for c, t in schema.items() if t == pl.String
        )
        top = last if part == parts - 1 else int(frame[ROW].max())  # type: ignore[arg-type]
        mine = {row: cells.pop(row) for row in sorted(cells) if row <= top}
        _corrected(frame, mine).write_parquet(folder / f"{part:06d}.parquet", compression="lz4")
    count = pl.scan_parquet(folder / "*.parquet").select(pl.len()).collect().item()
    return replace(staged, folder=folder, rows=count, parts=parts)


def _corrected(frame: pl.DataFrame, cells: Mapping[int, Mapping[str, Any]]) -> pl.DataFrame:
    if not cells:
        return frame
    present = set(frame[ROW].to_list())
    fresh = [{ROW: row, **values} for row, values in cells.items() if row not in present]
    frame = pl.concat([frame, pl.DataFrame(fresh, schema=frame.schema)]).sort(ROW)
    place = {row: n for n, row in enumerate(frame[ROW].to_list())}
    for column in {c for values in cells.values() for c in values}:
        told = {place[row]: v[column] for row, v in cells.items() if column in v}
        frame = frame.with_columns(frame[column].scatter(list(told), list(told.values())))
    return frame


def _cells(
    texts: Mapping[int, Mapping[str, str]], mapping: TableMapping, schema: dict[str, Any]
) -> dict[int, dict[str, Any]]:
    """The mended cells in the types of their columns; a column that cannot hold one turns text.

    `schema` is changed for such columns.
    """
    cells: dict[int, dict[str, Any]] = {row: {} for row in texts}
    for column in {c for values in texts.values() for c in values} & set(schema):
        told = {row: v[column] for row, v in texts.items() if column in v}
        typed = {row: as_cell(text, column, mapping, schema[column]) for row, text in told.items()}
        if any(v is None for v in typed.values()):
            schema[column], typed = pl.String(), dict(told)
        for row, value in typed.items():
            cells[row][column] = value
    return cells


def as_cell(text: str, column: str, mapping: TableMapping, dtype: Any) -> Any:
    """What a person typed, as a cell of a column of this type; None when it cannot be one."""
    if dtype == pl.String:
        return text
    mapped = next((c for c in mapping.columns if c.column == column), None)
    if dtype.is_temporal() and mapped is not None:
        told = standardise(pl.Series([text]), mapped.role, order=mapped.format)
        day = told.parts["local_day"][0] if "local_day" in told.parts else told.value[0]
        return pl.Series([day]).str.to_datetime(strict=False).cast(dtype)[0] if day else None
    if dtype.is_numeric():
        plain = text.strip().replace(" ", "").lstrip("€")
        if "," in plain:
            plain = plain.replace(".", "").replace(",", ".")
        return pl.Series([plain]).cast(pl.Float64, strict=False).cast(dtype, strict=False)[0]
    return None
