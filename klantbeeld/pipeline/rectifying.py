"""Rectification: what somebody corrects on the card holds over every source.

A correction is an own entry: a record of the source `desk` with a key that begins with `fix:`,
which survivorship puts before all others (see `profiles.rules`) until a source that came later
says the same; from then on the sources decide again. It is a delivery like any other, so it is
exported, erased, shown with its source, and taken back.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import replace

import polars as pl
from django.db import transaction

from klantbeeld.accounts.reads import needs
from klantbeeld.core.actor import Actor
from klantbeeld.core.clock import now_us
from klantbeeld.core.models import Customer, Record
from klantbeeld.core.record_fields import CORRECTED, EMPTIED
from klantbeeld.identity import actions as identity
from klantbeeld.pipeline import subjects
from klantbeeld.pipeline.entering import MACHINE, Entered, take_back_entry, version
from klantbeeld.pipeline.errors import BadEntry
from klantbeeld.pipeline.settling import settle_at_once
from klantbeeld.pipeline.standard import standardise_block
from klantbeeld.privacy import actions as privacy
from klantbeeld.profiles import reads as profiles
from klantbeeld.sources import actions as sources
from klantbeeld.sources.tables import ROW, ColumnMapping, TableMapping

NAME = ("initials", "first_name", "surname_prefix", "surname")
ADDRESS = ("street", "house_number", "house_suffix", "postcode", "city", "country")
SINGLE = (
    "organisation_name", "email", "phone", "mobile", "birth_date", "gender", "language",
    "profession", "job_title", "iban", "website",
)  # fmt: skip
FIELDS = (*NAME, *ADDRESS, *SINGLE)
DATES = frozenset({"birth_date"})


@needs("customers.rectify")
@transaction.atomic
def correct_customer(
    actor: Actor, customer: int, values: Mapping[str, str], reason: str
) -> Entered:
    """Correct fields of a customer: key (one of `FIELDS`) to text as typed, and why.

    Only what differs from what holds is corrected; of a name or address the whole of it. What is
    typed as nothing is nothing from then on, whatever the sources go on saying. Raises
    `BadEntry` with a reason code per field, with ``nothing`` when nothing differs and
    ``no_reason`` without a reason. LookupError for a customer without records.
    """
    if not reason.strip():
        raise BadEntry({"reason": "no_reason"})
    told, emptied = _differing(actor, customer, values)
    if not told and not emptied:
        raise BadEntry({"": "nothing"})
    data = _standard(told) if told else {}
    if emptied:
        data[EMPTIED] = sorted(emptied)
    anchor = Customer.objects.filter(pk=customer).values_list("anchor_id", flat=True).first()
    if not Record.objects.filter(pk=anchor or 0).exists():
        raise LookupError("This customer has no records any more.")
    machine = replace(MACHINE, name=actor.name)
    delivery = sources.open_entry(machine, "correction", 1)
    fresh = Record(key=f"{CORRECTED}{secrets.token_hex(8)}", kind=Record.UNKNOWN)
    frame = pl.DataFrame([version(fresh, data)])
    (record,) = sources.store_records(machine, delivery, frame).ids
    identity.tie_entries(machine, [(record, int(anchor or 0))])
    privacy.note_correction(actor, int(anchor or 0), delivery.pk, [*told, *emptied], reason)
    settle_at_once(MACHINE, [record])
    return Entered(customer, delivery.pk)


def _differing(
    actor: Actor, customer: int, values: Mapping[str, str]
) -> tuple[dict[str, str], list[str]]:
    """The typed fields to correct, with the others of their group; and those to be nothing."""
    held = {k: str(v) for k, v in profiles.golden_of(actor, customer).items()}
    typed = {k: " ".join(values[k].split()) for k in FIELDS if k in values}
    found: dict[str, str] = {}
    emptied: list[str] = []
    for group in (NAME, ADDRESS, *((key,) for key in SINGLE)):
        own = {key: typed[key] for key in group if key in typed}
        if any(text != held.get(key, "") for key, text in own.items()):
            filled = {key: text for key, text in own.items() if text}
            found |= filled
            if not filled:
                emptied += [key for key in own if held.get(key)]
    return found, emptied


def _standard(told: Mapping[str, str]) -> dict[str, object]:
    """Typed values as a record's data; raises `BadEntry`."""
    columns = tuple(
        ColumnMapping(role, role, format="ymd" if role in DATES else None) for role in told
    )
    frame = pl.DataFrame({ROW: [1], **{role: [text] for role, text in told.items()}})
    rows = standardise_block(frame, TableMapping("correction", "customers", columns), {})
    problems = {role: str(issue[0]) for role, issue in rows.issues.items() if issue[0]}
    if problems:
        raise BadEntry(problems)
    made = subjects.records(rows, pl.Series("key", ["x"]), now_us())
    return dict(json.loads(made["data"][0]))


@needs("customers.rectify", "nothing")
@transaction.atomic
def take_back_correction(actor: Actor, entry: int) -> int:
    """Take a correction back; returns the customer. Raises LookupError when there is none."""
    customer = take_back_entry(replace(MACHINE, name=actor.name), entry)
    privacy.undo_correction(replace(MACHINE, name=actor.name), entry)
    return customer
