"""Storing and taking back keyed rows: new, unchanged, changed, and the way back.

One pair of functions serves every model that is `Keyed`. The state of a row is that of the
latest delivery that brought it; former contents stand in `Earlier`, and deliveries that brought
it again unchanged in `Seen`. So a delivery can be taken back exactly, whatever came after.
"""

from __future__ import annotations

import json
import zlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl
from django.db import models

from klantbeeld.core import bulk
from klantbeeld.core.models import Delivery
from klantbeeld.timeline.models import Earlier, Interaction, Keyed, OrderLine, Participation, Seen


@dataclass(frozen=True)
class Child:
    """Rows that belong to a keyed row and go with it: lines of an order, participants."""

    model: type[OrderLine | Participation]
    parent: str
    columns: tuple[str, ...]


CHILDREN: Mapping[type[Keyed], tuple[Child, ...]] = {
    Interaction: (
        Child(
            OrderLine,
            "interaction_id",
            ("number", "product_id", "quantity", "amount_minor"),
        ),
        Child(Participation, "interaction_id", ("record_id", "role")),
    ),
}


@dataclass
class Stored:
    """What became of the rows of one chunk.

    `ids` and `outcome` (True: stored by this delivery, False: it brought nothing new) are
    aligned with the frame's rows; `records` are those whose history changed, `left` those of
    them that lost a row to another record.
    """

    ids: list[int] = field(default_factory=list)
    outcome: list[bool] = field(default_factory=list)
    records: set[int] = field(default_factory=set)
    left: set[int] = field(default_factory=set)


def content_columns(model: type[Keyed]) -> list[str]:
    """Database columns of a keyed model but for its key, the owner and the delivery."""
    left_out = {"id", "delivery_id"}
    columns = (str(f.column) for f in model._meta.local_fields)
    return [c for c in columns if c not in left_out]


def json_columns(model: type[Keyed]) -> set[str]:
    """The model's JSON columns, which travel as text."""
    fields = model._meta.local_fields
    return {str(f.column) for f in fields if f.get_internal_type() == "JSONField"}


def store(
    model: type[Keyed],
    delivery: Delivery,
    frame: pl.DataFrame,
    children: Mapping[type, pl.DataFrame] | None = None,
    *,
    is_first: bool = False,
) -> Stored:
    """Store `frame` (the model's database columns but for id and delivery_id; keys distinct).

    `children` maps a child model to a frame with `parent` (row number in `frame`) and the
    child's columns. `is_first` says that none of these keys can exist yet, which saves looking.
    Inside a transaction.
    """
    result = Stored(ids=[0] * len(frame), outcome=[True] * len(frame))
    known = {} if is_first else _known(model, frame["key_hash"].to_list())
    if not known:
        new = list(range(len(frame)))
    else:
        new = _sort_out(model, delivery, frame, known, result, children or {})
    if new:
        _insert(model, delivery, frame, new, result, children or {})
    return result


def _known(model: type[Keyed], hashes: list[int]) -> dict[int, tuple[int, int, int]]:
    """key hash -> (id, content hash, delivery)."""
    table = model._meta.db_table
    rows = bulk.rows_where(
        f'SELECT key_hash, id, hash, delivery_id FROM "{table}" WHERE', "key_hash", hashes
    )
    return {row[0]: (row[1], row[2], row[3]) for row in rows}


def _sort_out(
    model: type[Keyed],
    delivery: Delivery,
    frame: pl.DataFrame,
    known: Mapping[int, tuple[int, int, int]],
    result: Stored,
    children: Mapping[type, pl.DataFrame],
) -> list[int]:
    """Split rows into new ones (returned), unchanged ones and changed ones (dealt with here)."""
    new: list[int] = []
    changed: list[int] = []
    seen: list[int] = []
    pairs = zip(frame["key_hash"].to_list(), frame["hash"].to_list(), strict=True)
    for place, (key_hash, content) in enumerate(pairs):
        found = known.get(key_hash)
        if found is None:
            new.append(place)
            continue
        result.ids[place] = found[0]
        if found[1] != content:
            changed.append(place)
        elif found[2] != delivery.pk:
            # What this delivery brought itself, before it was interrupted, counts as stored.
            result.outcome[place] = False
            seen.append(found[0])
    note_seen(delivery, model, seen)
    if changed:
        _change(model, delivery, frame, changed, result, children)
    return new


def _insert(
    model: type[Keyed],
    delivery: Delivery,
    frame: pl.DataFrame,
    places: list[int],
    result: Stored,
    children: Mapping[type, pl.DataFrame],
) -> None:
    columns = content_columns(model)
    first = bulk.allocate(model, len(places))
    part = frame if len(places) == len(frame) else frame[places]
    ready = part.select(
        pl.int_range(first, first + len(places), dtype=pl.Int64).alias("id"),
        pl.lit(delivery.pk, dtype=pl.Int64).alias("delivery_id"),
        *columns,
    )
    bulk.insert_frame(model, ready)
    if len(places) == len(frame):
        result.ids = list(range(first, first + len(places)))
    else:
        for offset, place in enumerate(places):
            result.ids[place] = first + offset
    result.records.update(part["record_id"].unique().to_list())
    _insert_children(model, result.ids, places, children)


def _insert_children(
    model: type[Keyed],
    ids: Sequence[int],
    places: Sequence[int],
    children: Mapping[type, pl.DataFrame],
) -> None:
    for child in CHILDREN.get(model, ()):
        rows = children.get(child.model)
        if rows is None or rows.is_empty():
            continue
        owner = pl.DataFrame(
            {"parent": places, child.parent: [ids[p] for p in places]},
            schema={"parent": pl.Int64, child.parent: pl.Int64},
        )
        ready = rows.with_columns(pl.col("parent").cast(pl.Int64)).join(
            owner, on="parent", maintain_order="left"
        )
        if ready.is_empty():
            continue
        first = bulk.allocate(child.model, len(ready))
        ready = ready.select(
            pl.int_range(first, first + pl.len(), dtype=pl.Int64).alias("id"),
            child.parent,
            *child.columns,
        )
        bulk.insert_frame(child.model, ready)


def _change(
    model: type[Keyed],
    delivery: Delivery,
    frame: pl.DataFrame,
    places: list[int],
    result: Stored,
    children: Mapping[type, pl.DataFrame],
) -> None:
    ids = [result.ids[p] for p in places]
    before = _contents(model, ids)
    # A delivery that mends its own row replaces its word; only others' words are kept.
    of_others = {i: c for i, c in before.items() if c["delivery_id"] != delivery.pk}
    if of_others:
        _keep_earlier(model, of_others)
    columns = content_columns(model)
    part = frame[places].select(columns)
    rows = [(i, delivery.pk, *row) for i, row in zip(ids, part.iter_rows(), strict=True)]
    bulk.update(model, ["delivery_id", *columns], rows)
    for child in CHILDREN.get(model, ()):
        bulk.delete(child.model, child.parent, ids)
    _insert_children(model, result.ids, places, children)
    result.records.update(part["record_id"].unique().to_list())
    result.left = {content["record_id"] for content in before.values()} - result.records
    result.records |= result.left


def _contents(model: type[Keyed], ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """id -> every column, with the children under their table's name."""
    columns = ["id", "delivery_id", *content_columns(model)]
    texts = json_columns(model)
    names = ", ".join(bulk.json_text(f'"{c}"') if c in texts else f'"{c}"' for c in columns)
    table = model._meta.db_table
    found = bulk.rows_where(f'SELECT {names} FROM "{table}" WHERE', "id", ids)
    contents = {row[0]: dict(zip(columns, row, strict=True)) for row in found}
    for child in CHILDREN.get(model, ()):
        child_table = child.model._meta.db_table
        selected = ", ".join(f'"{c}"' for c in (child.parent, *child.columns))
        for row in bulk.rows_where(
            f'SELECT {selected} FROM "{child_table}" WHERE', child.parent, ids
        ):
            contents[row[0]].setdefault(child_table, []).append(list(row[1:]))
    return contents


def _keep_earlier(model: type[Keyed], contents: Mapping[int, dict[str, Any]]) -> None:
    table = model._meta.db_table
    last: dict[int, int] = defaultdict(int)
    for row, seq in bulk.rows_where(
        'SELECT "row", seq FROM timeline_earlier WHERE "table" = %s AND', '"row"',
        list(contents), params=[table],
    ):  # fmt: skip
        last[row] = max(last[row], seq)
    first = bulk.allocate(Earlier, len(contents))
    rows = [
        (
            first + n, table, row, last[row] + 1, content["record_id"],
            content["delivery_id"], json.dumps(content, ensure_ascii=False),
        )
        for n, (row, content) in enumerate(contents.items())
    ]  # fmt: skip
    bulk.insert(Earlier, ["id", "table", "row", "seq", "record", "delivery_id", "content"], rows)


def note_seen(delivery: Delivery, model: type[models.Model], rows: Sequence[int]) -> None:
    """Note that `delivery` brought these rows again without change."""
    if rows:
        packed = zlib.compress(np.sort(np.asarray(rows, dtype="<i8")).tobytes(), 1)
        Seen.objects.create(delivery=delivery, table=model._meta.db_table, rows=packed)


def seen_rows(seen: Seen) -> npt.NDArray[np.int64]:
    """The keys in a `Seen`, ascending."""
    return np.frombuffer(zlib.decompress(bytes(seen.rows)), dtype="<i8").astype(np.int64)


class Sightings:
    """Which other deliveries of a source brought rows of a model again without change."""

    def __init__(self, delivery: Delivery, model: type[models.Model]) -> None:
        others = Seen.objects.filter(
            table=model._meta.db_table, delivery__source=delivery.source_id
        ).exclude(delivery=delivery)
        seen = [(o.delivery_id, seen_rows(o)) for o in others.order_by("delivery_id")]
        rows = np.concatenate([np.empty(0, np.int64), *(held for _, held in seen)])
        owners = np.repeat(
            np.array([d for d, _ in seen], dtype=np.int64), [len(held) for _, held in seen]
        )
        order = np.lexsort((owners, rows))
        self._rows, self._owners = rows[order], owners[order]

    def of(self, rows: Sequence[int]) -> dict[int, list[int]]:
        """The deliveries that saw each of `rows`, ascending; rows nobody saw are left out."""
        first = np.searchsorted(self._rows, rows, "left")
        last = np.searchsorted(self._rows, rows, "right")
        return {
            row: np.unique(self._owners[start:end]).tolist()
            for row, start, end in zip(rows, first.tolist(), last.tolist(), strict=True)
            if end > start
        }
