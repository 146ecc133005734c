"""Storing what a source says about its subjects: new, unchanged, changed records."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl
from django.db import transaction

from klantbeeld.core import bulk, changes
from klantbeeld.core.models import Delivery, Record, RecordVersion
from klantbeeld.privacy.models import ConsentEntry
from klantbeeld.timeline.models import Seen
from klantbeeld.timeline.tables import Sightings, note_seen, without

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
                seen.append(found.id)
        else:
            changed.append(place)
    note_seen(delivery, Record, seen)
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
    bulk.insert_frame(Record, ready.select(RECORD))
    versions = ready.with_columns(pl.col("id").alias("record_id"), pl.col("version").alias("id"))
    bulk.insert_frame(RecordVersion, versions.select(VERSION))
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

    As on the timeline (see `timeline.undo`): a version goes over to the first delivery that saw
    it again, or disappears, and what it said about being contacted goes with it. A record
    without versions becomes a stub, and is dropped by `drop_orphans`.
    """
    sightings = Sightings(delivery, Record)
    touched: set[int] = set()
    while records := _owned(delivery):
        with transaction.atomic():
            others = sightings.of(records)
            steps = _Steps()
            for record, versions in _versions(records).items():
                left, doubles = without(versions, delivery.pk, others.get(record, []))
                steps.add(versions, left)
                steps.sightings += [(other, record) for other in doubles]
            steps.take(delivery)
            _set_current(records)
            changes.note("record", records)
            changes.note("consent", records)
            touched.update(records)
    Seen.objects.filter(delivery=delivery, table=Record._meta.db_table).delete()
    return touched


@dataclass
class _Steps:
    """What has to be done to bring versions from what they were to what is left of them.

    gone: version, record, delivery; moved: version, seq, delivery; heirs: version, record, the
    delivery it goes over to; sightings: delivery, record.
    """

    gone: list[tuple[int, int, int]] = field(default_factory=list)
    moved: list[tuple[int, int, int]] = field(default_factory=list)
    heirs: list[tuple[int, int, int]] = field(default_factory=list)
    sightings: list[tuple[int, int]] = field(default_factory=list)

    def add(self, had: list[dict[str, Any]], left: list[dict[str, Any]]) -> None:
        """Versions of one record, oldest first, and those of them that stay."""
        stays = {v["id"]: (seq, v["delivery_id"]) for seq, v in enumerate(left, 1)}
        for v in had:
            seq, owner = stays.get(v["id"], (0, 0))
            if not seq:
                self.gone.append((v["id"], v["record_id"], v["delivery_id"]))
                continue
            if (seq, owner) != (v["seq"], v["delivery_id"]):
                self.moved.append((v["id"], seq, owner))
            if owner != v["delivery_id"]:
                self.heirs.append((v["id"], v["record_id"], owner))

    def take(self, delivery: Delivery) -> None:
        """Write it; what a version said about being contacted goes where the version goes.

        `delivery` is the one that is taken back.
        """
        bulk.delete(RecordVersion, "id", [version for version, *_ in self.gone])
        bulk.update(RecordVersion, ["seq", "delivery_id"], self.moved)
        by_owner: dict[int, list[int]] = {}
        for _, record, owner in self.gone:
            by_owner.setdefault(owner, []).append(record)
        for owner, records in by_owner.items():
            keys = bulk.rows_where(
                "SELECT id FROM privacy_consententry WHERE +delivery_id = %s AND", "record_id",
                records, params=[owner],
            )  # fmt: skip
            bulk.delete(ConsentEntry, "id", [row[0] for row in keys])
        for other, record in self.sightings:
            note_seen(Delivery(pk=other), Record, [record])
        self._inherit(delivery)

    def _inherit(self, delivery: Delivery) -> None:
        """What had no date of its own is as old as the delivery that says it now."""
        by_heir: dict[int, list[tuple[int, int]]] = {}
        for version, record, owner in self.heirs:
            by_heir.setdefault(owner, []).append((version, record))
        then = delivery.started_at
        for heir in Delivery.objects.filter(pk__in=list(by_heir)):
            versions, records = zip(*by_heir[heir.pk], strict=True)
            dated = RecordVersion.objects.filter(pk__in=versions, updated_at=then)
            dated.update(updated_at=heir.started_at)
            said = ConsentEntry.objects.filter(record__in=records, delivery=delivery)
            said.filter(at=then).update(at=heir.started_at)
            said.update(delivery=heir)


def _owned(delivery: Delivery) -> list[int]:
    held = RecordVersion.objects.filter(delivery=delivery).values_list("record_id", flat=True)
    return list(held.order_by("record_id").distinct()[:CHUNK])


def _versions(records: Sequence[int]) -> dict[int, list[dict[str, Any]]]:
    """record -> its versions, oldest first."""
    columns = ("record_id", "seq", "id", "delivery_id", "hash")
    rows = bulk.rows_where(
        f"SELECT {', '.join(columns)} FROM core_recordversion WHERE", "record_id", records
    )
    found: dict[int, list[dict[str, Any]]] = {}
    for row in sorted(rows):
        found.setdefault(row[0], []).append(dict(zip(columns, row, strict=True)))
    return found


def _set_current(records: Sequence[int]) -> None:
    """Make the last version of each record its current state; without any it is a stub."""
    rows = bulk.rows_where(
        f"SELECT record_id, seq, kind, {bulk.json_text('data')}, hash, updated_at"
        " FROM core_recordversion WHERE", "record_id", records,
    )  # fmt: skip
    last = {row[0]: row for row in sorted(rows, key=lambda r: (r[0], r[1]))}
    current = [(r, kind, data, mark, seq, at) for r, seq, kind, data, mark, at in last.values()]
    bare = [record for record in records if record not in last]
    held = Record.objects.filter(pk__in=bare)
    for record, key, at in held.values_list("pk", "key", "created_at"):
        data = json.dumps(stub_data(key), ensure_ascii=False)
        current.append((record, stub_kind(key), data, 0, 0, at))
    bulk.update(Record, ("kind", "data", "hash", "seq", "updated_at"), current)


# What hangs on a record, and by whose delivery.
HANGING = (
    ("interaction", "record_id"), ("subscription", "record_id"), ("document", "record_id"),
    ("participation", "record_id"), ("earlier", "record"),
)  # fmt: skip
# What was said about contact on a screen or by a link: table of privacy, and what tells it apart.
SAID = (
    ("consententry", " AND s.delivery_id IS NULL"), ("contactnote", ""), ("contactpreference", ""),
)  # fmt: skip


def date_stubs(delivery: Delivery, records: Sequence[int]) -> None:
    """Make stubs among these as old as the first delivery that still refers to them.

    `delivery` was taken back: what was made before it is as old as it was. Inside a transaction.
    """
    young = bulk.rows_where(
        "SELECT id FROM core_record WHERE seq = 0 AND created_at >= %s AND", "id", records,
        params=[delivery.started_at],
    )  # fmt: skip
    stubs = sorted(row[0] for row in young)
    first: dict[int, int] = {}
    for table, column in HANGING:
        by = "i" if table == "participation" else "t"
        also = " JOIN timeline_interaction i ON i.id = t.interaction_id" if by == "i" else ""
        found = bulk.rows_where(
            f"SELECT DISTINCT t.{column}, d.started_at FROM timeline_{table} t{also}"
            f" JOIN core_delivery d ON d.id = {by}.delivery_id WHERE",
            f"t.{column}", stubs,
        )  # fmt: skip
        for record, at in found:
            first[record] = min(at, first.get(record, at))
    dated = [(record, at, at) for record, at in sorted(first.items())]
    bulk.update(Record, ("updated_at", "created_at"), dated)
    changes.note("record", sorted(first))
