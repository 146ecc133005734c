"""Storing what a source says about its subjects: new, unchanged, changed records."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import polars as pl
from django.db import transaction

from klantbeeld.core import bulk, changes
from klantbeeld.core.models import Delivery, Record, RecordVersion
from klantbeeld.timeline.keyed import note_seen, seen_by_others
from klantbeeld.timeline.models import Seen

VERSION = (
    "id", "record_id", "seq", "delivery_id", "at", "updated_at", "kind", "data", "raw",
    "issues", "hash",
)  # fmt: skip
RECORD = (
    "id", "source_id", "key", "kind", "data", "hash", "seq", "updated_at", "created_at",
)  # fmt: skip
CHUNK = 4_000


@dataclass
class StoredRecords:
    """What became of the records of one chunk; `ids` is aligned with the frame's rows."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    ids: list[int] = field(default_factory=list)
    touched: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class _Known:
    id: int
    hash: int
    seq: int
    version: int
    owner: int


def store(delivery: Delivery, frame: pl.DataFrame, at: int) -> StoredRecords:
    """Store records (key, kind, data, raw, issues, updated_at, hash; keys distinct).

    `data`, `raw` and `issues` are JSON texts, `updated_at` microseconds UTC. `at` is the
    moment of storing. Inside a transaction.
    """
    result = StoredRecords(ids=[0] * len(frame))
    known = _known(delivery.source_id, frame["key"].to_list())
    new: list[int] = []
    changed: list[int] = []
    seen: list[int] = []
    for place, (key, content) in enumerate(frame.select("key", "hash").iter_rows()):
        found = known.get(key)
        if found is None:
            new.append(place)
            continue
        result.ids[place] = found.id
        if found.seq and found.hash == content:
            result.unchanged += 1
            if found.owner != delivery.pk:
                seen.append(found.version)
        else:
            changed.append(place)
    note_seen(delivery, RecordVersion, seen)
    _insert(delivery, frame, new, at, result)
    _change(delivery, frame, changed, at, result, known)
    changes.note("record", result.touched)
    return result


KEY_PREFIXES = {
    "email": "email", "login": "login", "card": "loyalty_number", "phone": "phone",
    "social": "social_handle", "kvk": "kvk",
}  # fmt: skip


def stub_data(key: str) -> dict[str, str]:
    """What a record key itself tells: the number, or the identifier after its prefix."""
    prefix, colon, rest = key.partition(":")
    if colon and prefix in KEY_PREFIXES:
        return {KEY_PREFIXES[prefix]: rest}
    if prefix == "device" and colon:
        device, _, login = rest.partition("/")
        return {"device_id": device, **({"login": login} if login else {})}
    return {} if colon else {"customer_number": key}


def stubs(source: int, keys: Sequence[str], at: int) -> tuple[list[int], list[int]]:
    """The ids of records that are referred to, and which of them were made just now.

    A record that nobody explained yet says no more than its key does.
    """
    known = dict(
        bulk.rows_where(
            "SELECT key, id FROM core_record WHERE source_id = %s AND",
            "key", list(keys), kind="text", params=[source],
        )
    )  # fmt: skip
    missing = [key for key in keys if key not in known]
    if missing:
        first = bulk.allocate(Record, len(missing))
        rows = [
            (
                first + n, source, key, stub_kind(key),
                json.dumps(stub_data(key), ensure_ascii=False), 0, 0, at, at,
            )
            for n, key in enumerate(missing)
        ]  # fmt: skip
        bulk.insert(Record, RECORD, rows)
        known |= {key: first + n for n, key in enumerate(missing)}
        changes.note("record", range(first, first + len(missing)))
    return [known[key] for key in keys], [known[key] for key in missing]


def stub_kind(key: str) -> str:
    """A device without log-in is a device; of other stubs the kind is not known yet."""
    is_device = key.startswith("device:") and key.endswith("/")
    return Record.DEVICE if is_device else Record.UNKNOWN


def campaigns(source: int, names: Sequence[str], at: int) -> list[int]:
    """The records of campaigns, on which their costs hang; never customers."""
    ids = []
    for name in names:
        record, _ = Record.objects.get_or_create(
            source_id=source, key=f"campaign:{name}",
            defaults={
                "id": bulk.allocate(Record, 1), "kind": Record.CAMPAIGN,
                "data": {"campaign": name}, "updated_at": at, "created_at": at,
            },
        )  # fmt: skip
        ids.append(record.pk)
    return ids


def anonymous(delivery: Delivery, at: int) -> int:
    """The record on which the source's sales without any customer hang."""
    record = Record.objects.filter(source=delivery.source_id, kind=Record.ANONYMOUS).first()
    if record is None:
        record = Record.objects.create(
            id=bulk.allocate(Record, 1), source_id=delivery.source_id, key="\u2014",
            kind=Record.ANONYMOUS, updated_at=at, created_at=at,
        )  # fmt: skip
    return record.pk


def _known(source: int, keys: list[str]) -> dict[str, _Known]:
    rows = bulk.rows_where(
        "SELECT r.key, r.id, r.hash, r.seq, coalesce(v.id, 0), coalesce(v.delivery_id, 0)"
        " FROM core_record r LEFT JOIN core_recordversion v ON v.record_id = r.id"
        " AND v.seq = r.seq WHERE r.source_id = %s AND",
        "r.key", keys, kind="text", params=[source],
    )  # fmt: skip
    return {row[0]: _Known(*row[1:]) for row in rows}


def _insert(
    delivery: Delivery, frame: pl.DataFrame, places: list[int], at: int, result: StoredRecords
) -> None:
    if not places:
        return
    part = frame[places]
    first, version = bulk.allocate(Record, len(places)), bulk.allocate(RecordVersion, len(places))
    ready = part.with_columns(
        pl.int_range(first, first + pl.len(), dtype=pl.Int64).alias("id"),
        pl.int_range(version, version + pl.len(), dtype=pl.Int64).alias("version"),
        pl.lit(delivery.source_id).alias("source_id"),
        pl.lit(delivery.pk).alias("delivery_id"),
        pl.lit(1).alias("seq"),
        pl.lit(at).alias("at"),
        pl.lit(at).alias("created_at"),
    )
    bulk.insert(Record, RECORD, ready.select(RECORD).iter_rows(buffer_size=4_096))
    versions = ready.with_columns(pl.col("id").alias("record_id"), pl.col("version").alias("id"))
    bulk.insert(RecordVersion, VERSION, versions.select(VERSION).iter_rows(buffer_size=4_096))
    for offset, place in enumerate(places):
        result.ids[place] = first + offset
    result.new += len(places)
    result.touched += range(first, first + len(places))


def _change(
    delivery: Delivery,
    frame: pl.DataFrame,
    places: list[int],
    at: int,
    result: StoredRecords,
    known: dict[str, _Known],
) -> None:
    if not places:
        return
    part = frame[places]
    records = [known[key] for key in part["key"].to_list()]
    version = bulk.allocate(RecordVersion, len(places))
    appended, replaced, current = [], [], []
    columns = ("updated_at", "kind", "data", "raw", "issues", "hash")
    for offset, (had, row) in enumerate(
        zip(records, part.select(columns).iter_rows(), strict=True)
    ):
        if had.owner == delivery.pk:
            # The same delivery mends its own word: no second version of one statement.
            replaced.append((had.version, at, *row))
            seq = had.seq
        else:
            seq = had.seq + 1
            appended.append((version + offset, had.id, seq, delivery.pk, at, *row))
        current.append((had.id, row[1], row[2], row[5], seq, row[0]))
    bulk.insert(RecordVersion, VERSION, appended)
    bulk.update(RecordVersion, ("at", *columns), replaced)
    bulk.update(Record, ("kind", "data", "hash", "seq", "updated_at"), current)
    result.changed += len(places)
    result.touched += [had.id for had in records]


def take_back(delivery: Delivery) -> set[int]:
    """Undo the versions that `delivery` brought; returns the records touched.

    Like `timeline.undo`: a version goes over to the first delivery that saw it again, or
    disappears; a record without versions becomes a stub, and is dropped by `drop_orphans`.
    """
    heirs = seen_by_others(delivery, RecordVersion)
    records: set[int] = set()
    while versions := _owned(delivery):
        with transaction.atomic():
            inherited = [(v, heirs[v][0]) for v in versions if v in heirs]
            bulk.update(RecordVersion, ["delivery_id"], inherited)
            gone = [v for v in versions if v not in heirs]
            touched = {
                r
                for (r,) in bulk.rows_where(
                    "SELECT record_id FROM core_recordversion WHERE", "id", gone
                )
            }
            bulk.delete(RecordVersion, "id", gone)
            _renumber(sorted(touched))
            changes.note("record", touched)
            records |= touched
    Seen.objects.filter(delivery=delivery, table=RecordVersion._meta.db_table).delete()
    return records


def _owned(delivery: Delivery) -> list[int]:
    held = RecordVersion.objects.filter(delivery=delivery).values_list("pk", flat=True)
    return list(held[:CHUNK])


def _renumber(records: Sequence[int]) -> None:
    """Close the gaps in the versions of records, and set the last one as current."""
    columns = ("record_id", "seq", "id", "hash", "delivery_id", "updated_at", "kind")
    names = ", ".join(columns)
    rows = bulk.rows_where(
        f"SELECT {names}, {bulk.json_text('data')} FROM core_recordversion WHERE",
        "record_id", records,
    )  # fmt: skip
    by_record: dict[int, list[tuple[object, ...]]] = {record: [] for record in records}
    for row in sorted(rows, key=lambda r: (r[0], r[1])):
        by_record[row[0]].append(row)
    current, shifted, doubled, bare = [], [], [], []
    for record, versions in by_record.items():
        kept = versions[:1]
        for before, after in pairwise(versions):
            if before[3] == after[3]:
                doubled.append(after)
            else:
                kept.append(after)
        shifted += [(v[2], n) for n, v in enumerate(kept, 1) if v[1] != n]
        if kept:
            last = kept[-1]
            current.append((record, last[6], last[7], last[3], len(kept), last[5]))
        else:
            bare.append(record)
    _turn_into_sightings(doubled, by_record)
    bulk.update(RecordVersion, ["seq"], shifted)
    for record, key in Record.objects.filter(pk__in=bare).values_list("pk", "key"):
        data = json.dumps(stub_data(key), ensure_ascii=False)
        current.append((record, stub_kind(key), data, 0, 0, 0))
    bulk.update(Record, ("kind", "data", "hash", "seq", "updated_at"), current)


def _turn_into_sightings(
    doubled: Sequence[tuple[object, ...]], by_record: dict[int, list[tuple[object, ...]]]
) -> None:
    """A version that now says the same as the one before it becomes a sighting of that one."""
    for version in doubled:
        versions = by_record[int(str(version[0]))]
        place = versions.index(version)
        before = next(v for v in reversed(versions[:place]) if v not in doubled)
        note_seen(Delivery(pk=int(str(version[4]))), RecordVersion, [int(str(before[2]))])
    bulk.delete(RecordVersion, "id", [int(str(v[2])) for v in doubled])
