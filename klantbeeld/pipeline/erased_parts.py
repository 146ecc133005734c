"""What an import leaves out of a history because just that was erased: single events and values."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from klantbeeld.core.hashing import hash64, hash_column
from klantbeeld.pipeline.same_events import Told, told_elsewhere
from klantbeeld.privacy.tables import (
    erased_events,
    event_mark,
    has_events,
    identifiers_in,
    marks_held,
    may_be_erased,
    value_kinds,
    value_mark,
    value_of_mark,
)
from klantbeeld.sources.tables import groups_in, stripped_hash, text_of, without_value

QUARANTINED = "quarantined"
Kept = tuple[int, str, str]


def erased_rows(table: str, key_hashes: pl.Series) -> pl.Series | None:
    """Which rows of a keyed table were erased by themselves; None when none was."""
    if not len(key_hashes) or not has_events():
        return None
    gone = erased_events(table, key_hashes.to_list())
    return key_hashes.is_in(list(gone)) if gone else None


def erased_here_or_elsewhere(told: Told) -> pl.Series | None:
    """Which rows were erased, by their key or as another source told them; None for none."""
    both = [erased_rows(told.table, told.frame["key_hash"]), told_elsewhere(told)]
    found = [gone for gone in both if gone is not None]
    return pl.select(pl.any_horizontal(found)).to_series() if found else None


def without_children(child: pl.DataFrame, kept: pl.Series) -> pl.DataFrame:
    """What belongs to the rows that are kept, `parent` counted among those."""
    place = (kept.cast(pl.Int64).cum_sum() - 1).filter(kept)
    was = kept.arg_true().cast(pl.Int64)
    moved = pl.DataFrame({"parent": was, "place": place})
    found = child.with_columns(pl.col("parent").cast(pl.Int64)).join(
        moved, on="parent", maintain_order="left"
    )
    return found.with_columns(pl.col("place").alias("parent")).drop("place")


def erased_orders(scope: str, numbers: pl.Series) -> pl.Series | None:
    """Which rows name an order (within `scope`) that was erased; None when none does."""
    if not has_events():
        return None
    prefix = pl.Series([scope] * len(numbers), dtype=pl.String)
    hashes = hash_column(prefix + numbers.fill_null(""))
    return erased_rows("interaction", hashes)


def left_in_quarantine(source: int, table: str, rows: Sequence[Kept]) -> list[Kept]:
    """Of rows for quarantine (number, values, reasons) those that were not erased from it."""
    if not rows or not has_events():
        return list(rows)
    hashes = [hash64(f"{table}\x1f{values}") for _, values, _ in rows]
    gone = erased_events(in_quarantine(source), hashes)
    said = [cells_mark(json.loads(values)) for _, values, _ in rows]
    elsewhere = marks_held(said)
    return [
        row for row, mark, cells in zip(rows, hashes, said, strict=True)
        if mark not in gone and cells not in elsewhere
    ]  # fmt: skip


def in_quarantine(source: int) -> str:
    """The name under which rows in quarantine of a source (id) have their tombstones."""
    return f"{QUARANTINED}{source}"


def cells_mark(values: Mapping[str, Any]) -> tuple[str, str]:
    """The tombstone of a row in quarantine by all that it says, whatever source brought it."""
    told = json.dumps(values, sort_keys=True, ensure_ascii=False)
    return event_mark(QUARANTINED, hash64(told))


def quarantine_mark(source: int, mark: int) -> tuple[str, str]:
    """The tombstone of a row in quarantine."""
    return event_mark(in_quarantine(source), mark)


def without_erased_values(source: str, frame: pl.DataFrame) -> pl.DataFrame:
    """Records to be stored (see `subjects.records`) without values that were erased of them."""
    kinds = value_kinds() if len(frame) else frozenset()
    if not kinds:
        return frame
    told = [json.loads(text) for text in frame["data"].to_list()]
    likely = _likely(told, kinds)
    changed: dict[int, dict[str, Any]] = {}
    for place, groups in likely.items():
        key = frame["key"][place]
        who = [("key", f"{source}:{key}"), *identifiers_in(source, told[place])]
        gone = erased_of(who, [(g, text_of(g, told[place])) for g in groups])
        if gone:
            changed[place] = _stripped(frame.row(place, named=True), gone)
    if not changed:
        return frame
    rows = [changed.get(n, row) for n, row in enumerate(frame.iter_rows(named=True))]
    return pl.DataFrame(rows, schema=frame.schema)


def _likely(told: Sequence[Mapping[str, Any]], kinds: frozenset[str]) -> dict[int, list[str]]:
    """Place to the groups of fields whose value was erased of somebody."""
    asked: dict[tuple[str, str], list[tuple[int, str]]] = {}
    for place, data in enumerate(told):
        for group in groups_in(data):
            if may_be_erased(group, kinds):
                mark = value_mark(group, text_of(group, data))
                asked.setdefault(mark, []).append((place, group))
    found: dict[int, list[str]] = {}
    for mark in marks_held(asked):
        for place, group in asked[mark]:
            found.setdefault(place, []).append(group)
    return found


def erased_of(who: Sequence[tuple[str, str]], values: Sequence[tuple[str, str]]) -> list[str]:
    """The groups of those of these (group, text) that were erased of whom `who` tells."""
    marks = {value_of_mark(one, group, text): group for group, text in values for one in who}
    return sorted({marks[mark] for mark in marks_held(marks)})


def _stripped(row: Mapping[str, Any], groups: Sequence[str]) -> dict[str, Any]:
    data, raw, issues = (json.loads(row[name]) for name in ("data", "raw", "issues"))
    for group in groups:
        raw, issues = without_value(group, data, raw), without_value(group, data, issues)
        data = without_value(group, data, data)
    texts = {
        name: json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        for name, value in (("data", data), ("raw", raw), ("issues", issues))
    }
    return {**row, **texts, "hash": stripped_hash(row["kind"], data, issues)}
