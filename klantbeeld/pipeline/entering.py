"""What colleagues enter by hand: a customer, a note, tags; on the card at once, and undone whole.

Each entry is a delivery of the source `desk`, so it is counted, shown and taken back like any
other. A customer's own entries hang on one record of that source, tied to the customer by a
judgement between it and the record that anchors the customer.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import polars as pl
from django.db import transaction

from klantbeeld.accounts.actions import follow_entered
from klantbeeld.accounts.reads import needs
from klantbeeld.core import audit, bulk
from klantbeeld.core.actor import Actor, system_actor
from klantbeeld.core.clock import local_day, now_us
from klantbeeld.core.hashing import hash64
from klantbeeld.core.models import Customer, Delivery, Record, Source
from klantbeeld.core.record_fields import CORRECTED
from klantbeeld.identity import actions as identity
from klantbeeld.identity import reads as partition
from klantbeeld.pipeline import jobs, subjects
from klantbeeld.pipeline.errors import BadEntry
from klantbeeld.pipeline.happenings import COLUMNS, scope_of, with_hashes
from klantbeeld.pipeline.screening import MASK, screen_of
from klantbeeld.pipeline.screening import keep as keep_apart
from klantbeeld.pipeline.settling import settle_at_once
from klantbeeld.pipeline.standard import Standardised, standardise_block
from klantbeeld.privacy.actions import note_consents
from klantbeeld.privacy.tables import ASKED, erased_at
from klantbeeld.sources import actions as sources
from klantbeeld.sources.tables import ROW, ColumnMapping, TableMapping
from klantbeeld.timeline import actions as timeline

NOTES: Mapping[str, tuple[str, str]] = {
    "note": ("", ""), "observation": ("", ""), "remark": ("shop", "in"),
}  # fmt: skip
"""Kind of note to channel and direction."""
NAMES = ("full_name", "surname", "first_name", "organisation_name")
REACHED = ("email", "phone", "mobile")
CUSTOMER_ROLES = (
    "full_name", "organisation_name", "email", "phone", "postcode", "house_number", "city",
    "birth_date", "consent_email",
)  # fmt: skip
SUBJECT_LENGTH = 140
JOINER = " | "
# About more customers it is done in the background.
AT_ONCE = 200
MACHINE = system_actor("job")


@dataclass(frozen=True, slots=True)
class Entered:
    """An entry: the customer it ended up with, and the delivery to take it back by.

    `is_known` says that what was entered turned out to be a customer there was already, `is_queued`
    that it is still being done in the background.
    """

    customer: int
    delivery: int
    is_known: bool = False
    is_queued: bool = False


@needs("notes.write", "itself")
@transaction.atomic
def enter_customer(
    actor: Actor, values: Mapping[str, str], note: str = "", keep: str = MASK, *,
    came_back: bool = False,
) -> Entered:  # fmt: skip
    """Enter a new customer: role (see `CUSTOMER_ROLES`) to text as typed, and a first note.

    Special data is masked; `keep` ``apart`` keeps it sealed, where a ground and the role allow.
    `came_back` says that somebody who was erased comes himself now: he is a new customer then, of
    whom nothing from before is known, and the log says who said so.

    Raises `BadEntry` with a reason code per role when something cannot be used, with ``nobody``
    when there is neither a name nor an address to reach anybody by, and ``erased`` for somebody
    who was erased.
    """
    screen = screen_of(actor, keep=keep)
    told = {
        r: screen.text(v.strip(), r, is_free=False)
        for r, v in values.items() if r in CUSTOMER_ROLES and v.strip()
    }  # fmt: skip
    note = screen.text(note.strip(), "note")
    rows = _understood(told)
    erased = _erased(rows)
    if erased and not came_back:
        raise BadEntry({"": "erased"}, erased)
    delivery = sources.open_entry(actor, "customer", 2 if note else 1)
    key = _fresh_key()
    at = now_us()
    made = subjects.records(rows, pl.Series("key", [key]), at).drop(ROW)
    (record,) = sources.store_records(MACHINE, delivery, made).ids
    said = subjects.consents(rows, at)
    if len(said):
        spoken = said.drop(ROW).with_columns(
            pl.lit(record).alias("record_id"), pl.lit("entered").alias("method")
        )
        note_consents(MACHINE, delivery, [record], spoken)
    if note:
        _store_note(actor, delivery, record, "note", note)
    if erased:
        audit.record(actor, "enter_came_back", ("record", record), {"erased_at": erased})
    keep_apart(delivery, record, screen)
    settle_at_once(MACHINE, [record])
    customer = partition.customers_of(MACHINE, [record])[record]
    is_known = len(partition.records_of(MACHINE, customer)) > 1
    if not is_known:
        # Whoever does not reach everybody follows whom they entered; never whom others knew.
        follow_entered(actor, record)
    return Entered(customer, delivery.pk, is_known)


def _understood(told: Mapping[str, str]) -> Standardised:
    columns = tuple(ColumnMapping(role, role) for role in told)
    frame = pl.DataFrame({ROW: [1], **{role: [text] for role, text in told.items()}})
    rows = standardise_block(frame, TableMapping("customer", "customers", columns), {})
    problems = {role: str(issue[0]) for role, issue in rows.issues.items() if issue[0]}
    if problems:
        raise BadEntry(problems)
    known = [r for r in (*NAMES, *REACHED) if rows.has(r) and rows.values[r][0]]
    if not known:
        raise BadEntry({"": "nobody"})
    return rows


def _erased(rows: Standardised) -> int:
    """When somebody who goes by this was erased (µs UTC), 0 for nobody."""
    held = {k: rows.values[k] for k in ASKED if k != "key" and rows.has(k)}
    return int(erased_at(held)[0]) if held else 0


@needs("notes.write")
@transaction.atomic
def enter_note(
    actor: Actor, customer: int, text: str, kind: str = "note", keep: str = MASK
) -> Entered:
    """Write a note about a customer; `kind` is one of `NOTES`. Raises `BadEntry` without text.

    Special data is masked; `keep` ``apart`` keeps it sealed, where a ground and the role allow.
    """
    if not text.strip() or kind not in NOTES:
        raise BadEntry({"text": "empty" if kind in NOTES else "kind"})
    delivery = sources.open_entry(actor, kind, 1)
    record = own_records(actor, delivery, [customer])[customer]
    screen = screen_of(actor, keep=keep)
    _store_note(actor, delivery, record, kind, screen.text(text.strip(), "note"))
    keep_apart(delivery, record, screen)
    settle_at_once(MACHINE, [record])
    return Entered(customer, delivery.pk)


def _store_note(actor: Actor, delivery: Delivery, record: int, kind: str, text: str) -> None:
    at = now_us()
    first = text.splitlines()[0]
    is_long = len(text) > SUBJECT_LENGTH or first != text
    subject = first if len(first) <= SUBJECT_LENGTH else first[: SUBJECT_LENGTH - 1] + "…"
    channel, direction = NOTES[kind]
    row: dict[str, Any] = {
        ROW: 1, "record_id": record, "key": f"{kind}:{secrets.token_hex(8)}", "at": at,
        "precision": "second", "day": local_day(at), "kind": kind, "channel": channel,
        "direction": direction, "subject": subject, "status": "", "amount_minor": None,
        "currency": "EUR", "employee": actor.name, "origin": "", "campaign": "", "code": "",
        "details": json.dumps({"body": text} if is_long else {}, ensure_ascii=False),
    }  # fmt: skip
    made = pl.DataFrame([row]).with_columns(pl.col("amount_minor").cast(pl.Int64))
    made = with_hashes(made, scope_of(Source.DESK, "events", "notes"))
    timeline.store_rows(MACHINE, delivery, "interaction", made.select(COLUMNS))


def version(record: Record, data: Mapping[str, Any]) -> dict[str, Any]:
    """The record's next version with this data, as a row for `sources.store_records`."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True)
    return {
        "key": record.key, "kind": record.kind, "data": text, "raw": "{}", "issues": "{}",
        "updated_at": now_us(), "hash": hash64(record.kind + text),
    }  # fmt: skip


def _fresh_key() -> str:
    return f"own:{secrets.token_hex(8)}"


def own_records(actor: Actor, delivery: Delivery, customers: Sequence[int]) -> dict[int, int]:
    """Customer to the record of its own entries, made and tied to its anchor where there is none.

    Raises LookupError for a customer without records.
    """
    # The plus keeps SQLite from going through everything that was ever entered by hand.
    rows = bulk.rows_where(
        "SELECT m.customer_id, r.id FROM identity_membership m"
        " JOIN core_record r ON r.id = m.record_id WHERE +r.source_id = %s"
        " AND r.key NOT LIKE %s AND",
        "m.customer_id", customers,
        params=[delivery.source_id, f"{CORRECTED}%"],
    )  # fmt: skip
    own = dict(sorted(rows, reverse=True))
    missing = [customer for customer in customers if customer not in own]
    anchors = dict(Customer.objects.filter(pk__in=missing).values_list("pk", "anchor_id"))
    held = set(Record.objects.filter(pk__in=anchors.values()).values_list("pk", flat=True))
    made = []
    for customer in missing:
        anchor = anchors.get(customer)
        if anchor not in held:
            raise LookupError("This customer has no records any more.")
        # It is of the kind of whoever it hangs on, which another delivery may change.
        bare = Record(key=_fresh_key(), kind=Record.UNKNOWN)
        made.append((customer, anchor, version(bare, {})))
    if made:
        frame = pl.DataFrame([version for *_, version in made])
        ids = sources.store_records(MACHINE, delivery, frame).ids
        ties = [(record, anchor) for record, (_, anchor, _v) in zip(ids, made, strict=True)]
        identity.tie_entries(actor, ties)
        own |= {customer: r for r, (customer, *_) in zip(ids, made, strict=True)}
    return own


@needs("notes.write", "nothing")
@transaction.atomic
def take_back_entry(actor: Actor, delivery: int) -> int:
    """Take an own entry back; returns a customer that it was about, 0 when that is gone with it.

    One about very many customers is taken back in the background, and 0 is returned. Raises
    LookupError for what is no entry of this actor, or was taken back before.
    """
    held = sources.own_entry(actor, delivery)
    if held.rows_stored > AT_ONCE:
        transaction.on_commit(partial(jobs.undo_entry.enqueue, held.pk))
        return 0
    touched = {
        *timeline.records_of(MACHINE, held), *sources.records_of(MACHINE, held)
    }  # fmt: skip
    customers = sorted(set(partition.customers_of(actor, sorted(touched)).values()))
    touched |= {r for c in customers for r in partition.records_of(actor, c)}
    timeline.take_back(MACHINE, held)
    sources.take_back(MACHINE, held)
    sources.drop_orphans(MACHINE, sorted(touched))
    sources.mark_undone(MACHINE, held)
    settle_at_once(MACHINE, sorted(touched))
    left = set(partition.customers_of(actor, sorted(touched)).values())
    return next((customer for customer in customers if customer in left), 0)
