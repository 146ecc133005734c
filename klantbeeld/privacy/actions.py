"""Consents into the ledger, verdicts before sends; export, erasure and restriction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl
from django.db import transaction

from klantbeeld.accounts.reads import needs
from klantbeeld.core import audit, bulk, changes, registry
from klantbeeld.core.actor import Actor
from klantbeeld.core.free_text import screened
from klantbeeld.core.models import Delivery
from klantbeeld.core.sealing import CannotOpen as CannotOpen
from klantbeeld.privacy import disclosures
from klantbeeld.privacy.company import choose_company, choose_notice
from klantbeeld.privacy.contact_acts import (
    choose_contact,
    confirm,
    decide,
    mark_mail,
    note_contact,
    prefer,
    prefer_own,
    queue_confirmation,
    say,
    waiting,
    withdraw_all,
    withdraw_own,
)
from klantbeeld.privacy.deciding_fields import BadField, describe_field
from klantbeeld.privacy.erasure_actions import (
    ask_erasure,
    begin_again,
    begin_erasure,
    begin_expired,
    erase_bare,
    is_behind_ledger,
    note_list,
    refuse,
    remember,
    returned,
    run_erasures,
    take_out_again,
    unfinished_erasures,
)
from klantbeeld.privacy.models import ConsentEntry
from klantbeeld.privacy.parts import (
    ask_part,
    begin_part,
    begin_part_again,
    forget_reasons,
    fresh_number,
    part_standing,
    work_of_part,
)
from klantbeeld.privacy.restricting import end_passed, hold, lift, lift_hold, restrict
from klantbeeld.privacy.rights_acts import (
    BadRequest,
    answer_request,
    check_identity,
    close_with_act,
    extend_request,
    give_documents,
    link_erasure,
    note_correction,
    note_informed,
    note_told,
    open_request,
    undo_correction,
)
from klantbeeld.privacy.rules import CHANNELS
from klantbeeld.privacy.special import BadGround as BadGround
from klantbeeld.privacy.special import drop_expired as drop_expired
from klantbeeld.privacy.special import drop_original as drop_original
from klantbeeld.privacy.special import except_source as except_source
from klantbeeld.privacy.special import forget_judgement as forget_judgement
from klantbeeld.privacy.special import judge_column as judge_column
from klantbeeld.privacy.special import keep_originals as keep_originals
from klantbeeld.privacy.special import note_special as note_special
from klantbeeld.privacy.special import read_original as read_original
from klantbeeld.privacy.special import record_ground as record_ground
from klantbeeld.privacy.special import special_plan as special_plan
from klantbeeld.privacy.special import take_back_special as take_back_special
from klantbeeld.privacy.special import withdraw_ground as withdraw_ground
from klantbeeld.privacy.special_resealing import reseal_originals as reseal_originals

__all__ = [
    "BadField", "BadRequest", "answer_request", "ask_erasure", "ask_part", "begin_again",
    "begin_erasure", "begin_expired", "begin_part", "begin_part_again", "check_identity",
    "choose_company", "choose_contact", "choose_notice", "close_with_act", "confirm", "decide",
    "describe_field", "end_passed", "erase_bare", "export_records", "extend_request",
    "forget_reasons", "fresh_number", "give_documents", "hold", "is_behind_ledger", "lift",
    "lift_hold", "link_erasure", "mark_mail", "note_consents", "note_contact", "note_correction",
    "note_informed", "note_list", "note_reason", "note_told", "open_request", "part_standing",
    "prefer", "prefer_own", "queue_confirmation", "refuse", "remember", "restrict", "returned",
    "run_erasures", "say", "take_back_reasons", "take_out_again", "undo_correction",
    "unfinished_erasures", "waiting", "withdraw_all", "withdraw_own", "work_of_part",
]  # fmt: skip
CONSENT_COLUMNS = (
    "record_id", "at", "channel", "purpose", "topic", "state", "method", "evidence",
)  # fmt: skip


@needs("sources.import")
def note_consents(
    actor: Actor, delivery: Delivery, records: Sequence[int], frame: pl.DataFrame
) -> int:
    """Append what these records, new or changed by `delivery`, say about being contacted.

    frame: record_id, at (µs UTC), channel, purpose, topic, state, method, evidence. What the
    same delivery had them say before it was mended goes. Inside a transaction.
    """
    bulk.ensure_atomic()
    # The plus keeps SQLite from going through all that the delivery brought so far.
    said_before = bulk.rows_where(
        "SELECT id FROM privacy_consententry WHERE +delivery_id = %s AND", "record_id", records,
        params=[delivery.pk],
    )  # fmt: skip
    bulk.delete(ConsentEntry, "id", [row[0] for row in said_before])
    said = (
        frame.sort("at", maintain_order=True).select(CONSENT_COLUMNS).unique(maintain_order=True)
        if len(frame)
        else frame
    )
    first = bulk.allocate(ConsentEntry, max(1, len(said)))
    bulk.insert(
        ConsentEntry,
        ["id", "delivery_id", *CONSENT_COLUMNS, "brand"],
        [(first + n, delivery.pk, *row, "") for n, row in enumerate(said.iter_rows())],
    )
    changes.note("consent", set(said["record_id"]) if len(said) else ())
    return len(said)


@needs("sources.import")
@transaction.atomic
def note_reason(
    actor: Actor, delivery: Delivery, channels: Sequence[str], records: Sequence[int], reason: str
) -> list[int]:
    """Note that these people may be approached over these channels, with somebody's reason why.

    It holds for nobody of whom anything is known already, a refusal least of all; the reason that
    came with another delivery is none of that, for either goes when its own delivery is taken
    back. Returns the records it was noted for.
    """
    wanted = [channel for channel in CHANNELS if channel in channels]
    reason = screened(reason, "note")
    said = set(
        bulk.rows_where(
            "SELECT record_id, channel FROM privacy_consententry"
            " WHERE NOT (method = %s AND delivery_id <> %s) AND", "record_id", records,
            params=[ConsentEntry.REASONED, delivery.pk],
        )
    )  # fmt: skip
    fresh = [(r, c) for r in records for c in wanted if (r, c) not in said]
    first = bulk.allocate(ConsentEntry, max(1, len(fresh)))
    bulk.insert(
        ConsentEntry,
        ["id", "delivery_id", *CONSENT_COLUMNS, "brand"],
        [
            (first + n, delivery.pk, record, delivery.started_at, channel, "marketing", "",
             ConsentEntry.GRANTED, ConsentEntry.REASONED, reason, "")
            for n, (record, channel) in enumerate(fresh)
        ],
    )  # fmt: skip
    touched = sorted({record for record, _ in fresh})
    changes.note("consent", touched)
    values = {"channels": wanted, "records": len(touched)}
    audit.record(actor, "note_reason", ("delivery", delivery.pk), values)
    return touched


@needs("sources.undo")
@transaction.atomic
def take_back_reasons(actor: Actor, delivery: Delivery) -> list[int]:
    """Take away what `note_reason` noted with this delivery; returns the records it was about."""
    held = ConsentEntry.objects.filter(delivery=delivery, method=ConsentEntry.REASONED)
    touched = sorted(set(held.values_list("record_id", flat=True)))
    held.delete()
    changes.note("consent", touched)
    return touched


@needs("customers.export")
@transaction.atomic
def export_records(actor: Actor, subject: int, records: Sequence[int]) -> dict[str, Any]:
    """Everything that every room holds about these records of customer `subject`, by section."""
    bundle: dict[str, Any] = {"format": "klantbeeld-export", "version": 1}
    for store in registry.stores():
        for section, rows in store.export(records).items():
            bundle[section] = rows
    audit.record(actor, "export_customer", ("customer", subject), {"records": len(records)})
    disclosures.note(actor, disclosures.CARD, [subject])
    return bundle
