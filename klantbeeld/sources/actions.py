"""Writing deliveries: their records, their quarantine, and taking them back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

import polars as pl
from django.db import connection, transaction
from django.db.models import F

from klantbeeld.accounts.actions import forget_records
from klantbeeld.accounts.reads import needs
from klantbeeld.core import audit, bulk, changes
from klantbeeld.core.actor import Actor
from klantbeeld.core.clock import local_day, now_us
from klantbeeld.core.fields import Field
from klantbeeld.core.hashing import hash64
from klantbeeld.core.models import CustomField, Delivery, Record, RecordVersion, Source
from klantbeeld.core.transitions import DELIVERY
from klantbeeld.sources import quarantine_parts, records
from klantbeeld.sources import values as single_values
from klantbeeld.sources.entries import count_entry, open_entry, own_entry
from klantbeeld.sources.errors import RowClosed
from klantbeeld.sources.models import Quarantined
from klantbeeld.sources.records import StoredRecords
from klantbeeld.timeline.models import Seen
from klantbeeld.timeline.tables import Sightings, note_seen

__all__ = [
    "anonymous_record", "campaign_records", "close_deliveries", "close_delivery", "count_entry",
    "date_stubs", "drop_orphans", "keep_waiting", "mark_undone", "mend_row", "note_loaded",
    "open_delivery", "open_entry", "own_entry", "quarantine", "records_of", "refer_to",
    "register_fields", "run_of_today", "saw_mended", "set_row_state", "source_named",
    "store_records", "take_back",
]  # fmt: skip
# Stands among a delivery's positions when nothing is left to be written.
WRITTEN = ""


@needs("sources.import")
@transaction.atomic
def source_named(actor: Actor, key: str, name: str = "") -> Source:
    """The source with this key, made when it is new."""
    source, is_new = Source.objects.get_or_create(
        key=key,
        defaults={"name": name or key.replace("-", " ").capitalize(), "created_at": now_us()},
    )
    if is_new:
        audit.record(actor, "create_source", ("source", source.pk), {"key": key})
    return source


@needs("sources.import")
@transaction.atomic
def set_basis(actor: Actor, source: Source, basis: str) -> None:
    """Say why the company may hold what this source says; raises ValueError for no such basis."""
    if basis not in {known for known, _ in Source.BASES}:
        raise ValueError(f"Unknown basis {basis!r}.")
    if source.basis != basis:
        source.basis = basis
        source.save(update_fields=["basis"])
        audit.record(actor, "set_basis", ("source", source.pk), {"basis": basis})


@needs("contact.manage")
@transaction.atomic
def set_obtained(actor: Actor, source: Source, through: str, offered_way_out: bool | None) -> None:
    """Note how the addresses of a source came in (one of `Source.WAYS`, "" for not known).

    `offered_way_out`: whether an easy way out stood beside it then, None when nobody knows.
    """
    if through not in {"", *(way for way, _ in Source.WAYS)}:
        raise ValueError("No such way.")
    Source.objects.filter(pk=source.pk).update(
        obtained_through=through, offered_way_out=offered_way_out
    )
    audit.record(actor, "set_obtained", ("source", source.pk), {"through": through})


@needs("sources.import")
@transaction.atomic
def register_fields(actor: Actor, fields: Iterable[Field]) -> None:
    """Put kept columns into the field register; one that stands there already stays as it is.

    Taking the delivery back leaves them: people may have said more about them since.
    """
    for field in fields:
        held, is_new = CustomField.objects.get_or_create(
            key=field.key,
            defaults={
                "label_nl": field.label_nl, "label_en": field.label_en, "type": field.type,
                "nature": field.nature, "category": field.category,
                "purposes": list(field.purposes), "basis": field.basis,
                "retention_days": field.retention_days,
            },
        )  # fmt: skip
        if is_new:
            audit.record(actor, "register_field", ("field", held.pk), {"key": field.key})


@needs("sources.import")
@transaction.atomic
def open_delivery(
    actor: Actor, source: Source, name: str, fingerprint: str, mapping: str, run: int = 0
) -> Delivery:
    """The unfinished delivery of the same content, to go on with, else a new one."""
    same = Delivery.objects.filter(
        source=source, fingerprint=fingerprint, state__in=[Delivery.RUNNING, Delivery.FAILED]
    )
    found = same.order_by("pk").first()
    if found is not None:
        if found.state == Delivery.FAILED:
            DELIVERY.check(found.state, Delivery.RUNNING)
            found.state = Delivery.RUNNING
            found.save(update_fields=["state"])
        return found
    delivery = Delivery.objects.create(
        source=source, name=name, fingerprint=fingerprint, mapping=mapping, run=run,
        actor=actor.name, started_at=now_us(),
    )  # fmt: skip
    if not run:
        delivery.run = delivery.pk
        delivery.save(update_fields=["run"])
    audit.record(actor, "open_delivery", ("delivery", delivery.pk), {"source": source.key})
    return delivery


@needs("sources.import")
def run_of_today(actor: Actor, source: str) -> int:
    """The run of the calls by which a program brought something of a source today, 0 for none."""
    calls = Delivery.objects.filter(source__key=source, name=Delivery.CALL).order_by("-pk")
    last = calls.values_list("run", "started_at").first()
    return last[0] if last and local_day(last[1]) == local_day(now_us()) else 0


@needs("sources.import")
@transaction.atomic
def note_loaded(actor: Actor, delivery: Delivery, report: Mapping[str, Any]) -> None:
    """Everything of this delivery is written; it is closed once customers follow from it.

    Killed before that, the next import of the same content still finds it, and nothing to do.
    """
    delivery.position[WRITTEN] = [1, 0]
    delivery.report = dict(report)
    delivery.save(update_fields=["position", "report"])


@needs("sources.import")
@transaction.atomic
def close_deliveries(actor: Actor) -> None:
    """Set the end state of deliveries of which everything is written."""
    for delivery in Delivery.objects.filter(state=Delivery.RUNNING).order_by("pk"):
        if WRITTEN in delivery.position:
            _close(actor, delivery)


@needs("sources.import")
@transaction.atomic
def close_delivery(actor: Actor, delivery: Delivery) -> None:
    """Set the end state of one delivery of which everything is written and settled."""
    _close(actor, delivery)


def _close(actor: Actor, delivery: Delivery) -> None:
    DELIVERY.check(delivery.state, Delivery.LOADED)
    delivery.state, delivery.finished_at = Delivery.LOADED, now_us()
    delivery.save(update_fields=["state", "finished_at"])
    values = {"read": delivery.rows_read, "stored": delivery.rows_stored}
    audit.record(actor, "close_delivery", ("delivery", delivery.pk), values)


@needs("sources.import")
def store_records(actor: Actor, delivery: Delivery, frame: pl.DataFrame) -> StoredRecords:
    """Store one chunk of records (see `records.store`) inside the caller's transaction."""
    bulk.ensure_atomic()
    return records.store(delivery, frame, now_us())


@needs("sources.import")
def refer_to(
    actor: Actor, delivery: Delivery, keys: Sequence[str], number_of: str = ""
) -> tuple[list[int], list[int]]:
    """The records with these keys, and which of them are new: stubs that say no more than the key.

    `number_of` is the key of another source whose numbers these are.
    """
    bulk.ensure_atomic()
    source = Source.objects.get(key=number_of).pk if number_of else delivery.source_id
    return records.stubs(source, keys, delivery.started_at)


@needs("sources.import")
def campaign_records(actor: Actor, delivery: Delivery, names: Sequence[str]) -> list[int]:
    """The records of campaigns by name."""
    bulk.ensure_atomic()
    return records.campaigns(delivery.source_id, names, delivery.started_at)


@needs("sources.import")
def anonymous_record(actor: Actor, delivery: Delivery) -> int:
    """The record for sales without any customer."""
    bulk.ensure_atomic()
    return records.anonymous(delivery, delivery.started_at)


@needs("sources.import")
def quarantine(
    actor: Actor, delivery: Delivery, table: str, rows: Sequence[tuple[int, str, str]]
) -> int:
    """Keep rows (line number, values as JSON text, reasons as JSON text) that cannot be used.

    A row that lies here already, from this or an earlier delivery of the source, is not laid
    here twice. Returns how many of them had been mended before.
    """
    bulk.ensure_atomic()
    hashes = [hash64(f"{table}\x1f{values}") for _, values, _ in rows]
    found = bulk.rows_where(
        "SELECT q.hash, q.state, q.id, q.delivery_id FROM sources_quarantined q"
        " JOIN core_delivery d ON d.id = q.delivery_id WHERE d.source_id = %s AND",
        "q.hash", hashes, params=[delivery.source_id],
    )  # fmt: skip
    known = {mark: state for mark, state, *_ in found}
    note_seen(delivery, Quarantined, sorted({r[2] for r in found if r[3] != delivery.pk}))
    at = now_us()
    fresh = [
        (delivery.pk, table, row, mark, values, reasons, Quarantined.OPEN, "{}", at)
        for (row, values, reasons), mark in zip(rows, hashes, strict=True)
        if mark not in known
    ]
    columns = (
        "delivery_id", "table", "row", "hash", "values", "reasons", "state", "mended", "at",
    )  # fmt: skip
    bulk.insert(Quarantined, columns, fresh)
    return sum(1 for mark in hashes if known.get(mark) == Quarantined.MENDED)


@needs("sources.import")
def saw_mended(actor: Actor, delivery: Delivery, rows: Sequence[int]) -> None:
    """Note that `delivery` brought rows again that people mended: they outlive the first one."""
    bulk.ensure_atomic()
    others = Quarantined.objects.filter(pk__in=rows).exclude(delivery=delivery)
    note_seen(delivery, Quarantined, sorted(others.values_list("pk", flat=True)))


@needs("quarantine.mend")
@transaction.atomic
def mend_row(actor: Actor, row: Quarantined, values: Mapping[str, Any]) -> None:
    """Note new values for columns of a quarantined row; the pipeline then retries it.

    Raises `RowClosed` for a row that waits no more.
    """
    if not Quarantined.objects.filter(pk=row.pk, state=Quarantined.OPEN).exists():
        raise RowClosed
    row.mended = {**row.mended, **dict(values)}
    row.save(update_fields=["mended"])
    audit.record(actor, "mend_row", ("delivery", row.delivery_id), {"row": row.row})


@needs("quarantine.mend")
@transaction.atomic
def keep_waiting(actor: Actor, row: Quarantined) -> None:
    """A mended row that is still not right waits on, with the reasons of the last try.

    The try laid it in quarantine once more; that double goes.
    """
    again = Quarantined.objects.filter(
        delivery=row.delivery_id, table=row.table, row=row.row, pk__gt=row.pk
    ).exclude(state=Quarantined.MENDED)
    last = again.order_by("pk").last()
    if last is not None:
        row.reasons = last.reasons
        row.save(update_fields=["reasons"])
        again.delete()


@needs("quarantine.mend")
@transaction.atomic
def set_row_state(actor: Actor, row: Quarantined, state: str) -> None:
    """Mark a quarantined row as mended (it is stored now) or dropped (it never will be), once.

    A dropped row counts as rejected from now on. Raises `RowClosed` for a row that waits no more.
    """
    if not Quarantined.objects.filter(pk=row.pk, state=Quarantined.OPEN).update(state=state):
        raise RowClosed
    row.state = state
    if state == Quarantined.DROPPED:
        Delivery.objects.filter(pk=row.delivery_id).update(
            rows_quarantined=F("rows_quarantined") - 1, rows_rejected=F("rows_rejected") + 1
        )
    audit.record(actor, f"{state}_row", ("delivery", row.delivery_id), {"row": row.row})


@needs("customers.erase")
def forget_value(
    actor: Actor, records: Sequence[int], group: str, text: str
) -> tuple[int, list[int]]:
    """Take a value out of every version of records; see `values.forget`."""
    return single_values.forget(records, group, text)


@needs("customers.erase")
def rows_about_event(
    actor: Actor, sources: Sequence[int], keys: Collection[str], texts: Collection[str],
    records: Sequence[int],
) -> list[int]:  # fmt: skip
    """Rows in quarantine about a single event; see `quarantine_parts.about_event`."""
    return quarantine_parts.about_event(sources, keys, texts, records)


@needs("customers.erase")
def rows_about_value(
    actor: Actor, records: Sequence[int], tells: Callable[[str], bool]
) -> list[int]:
    """Rows in quarantine that tell a value of these records."""
    return quarantine_parts.about_value(records, tells)


@needs("customers.erase")
def marks_of_rows(
    actor: Actor, rows: Sequence[int]
) -> list[tuple[int, int, Mapping[str, Any]]]:  # fmt: skip
    """Source, hash and cells of rows in quarantine."""
    return quarantine_parts.marks_of(rows)


@needs("customers.erase")
def forget_rows(actor: Actor, rows: Sequence[int]) -> int:
    """Delete rows in quarantine; how many."""
    return quarantine_parts.forget(rows)


@needs("sources.undo")
def records_of(actor: Actor, delivery: Delivery) -> list[int]:
    """The records of which this delivery brought a version, ascending."""
    held = RecordVersion.objects.filter(delivery=delivery).order_by("record_id").distinct()
    return list(held.values_list("record_id", flat=True))


@needs("sources.undo")
def take_back(actor: Actor, delivery: Delivery) -> set[int]:
    """Undo the record versions and the quarantine of a delivery; returns the records touched.

    A row in quarantine that a later delivery brought again stays, as the later one's.
    """
    touched = records.take_back(delivery)
    with transaction.atomic():
        lying = list(Quarantined.objects.filter(delivery=delivery).values_list("pk", flat=True))
        heirs = Sightings(delivery, Quarantined).of(lying)
        bulk.update(Quarantined, ["delivery_id"], [(row, who[0]) for row, who in heirs.items()])
        Quarantined.objects.filter(delivery=delivery).delete()
        Seen.objects.filter(delivery=delivery, table=Quarantined._meta.db_table).delete()
    return touched


@needs("sources.undo")
def drop_orphans(actor: Actor, among: Sequence[int] | None = None) -> list[int]:
    """Delete records that nobody says anything about any more, and return them.

    `among` are the only ones that can be, for whoever knows them: then not all are looked at.
    Inside the caller's transaction, so that whoever keeps something of them hears of it.
    """
    bulk.ensure_atomic()
    nothing = " AND ".join(
        f"NOT EXISTS (SELECT 1 FROM timeline_{table} t WHERE t.{column} = r.id)"
        for table, column in records.HANGING
    )
    # What somebody said himself holds on, also when the file that he came with is taken back.
    unsaid = " AND ".join(
        f"NOT EXISTS (SELECT 1 FROM privacy_{table} s WHERE s.record_id = r.id{apart})"
        for table, apart in records.SAID
    )
    sql = f"SELECT r.id FROM core_record r WHERE r.seq = 0 AND {nothing} AND {unsaid}"
    if among is None:
        with connection.cursor() as cursor:
            cursor.execute(sql)
            orphans = [row[0] for row in cursor.fetchall()]
    else:
        orphans = [row[0] for row in bulk.rows_where(f"{sql} AND", "r.id", among)]
    changes.note("record", orphans)
    forget_records(actor, orphans)
    bulk.delete(Record, "id", orphans)
    return orphans


@needs("sources.undo")
def date_stubs(actor: Actor, delivery: Delivery, among: Sequence[int]) -> None:
    """Make records that are only referred to as old as without this delivery (see `records`)."""
    bulk.ensure_atomic()
    records.date_stubs(delivery, among)


@needs("sources.undo")
@transaction.atomic
def mark_undone(actor: Actor, delivery: Delivery) -> None:
    """The last step of undoing."""
    DELIVERY.check(delivery.state, Delivery.UNDONE)
    delivery.state, delivery.finished_at = Delivery.UNDONE, now_us()
    delivery.save(update_fields=["state", "finished_at"])
    audit.record(actor, "undo_delivery", ("delivery", delivery.pk), {})
