"""Rows that another program brings, one or a few at a time: loaded, matched and shown at once.

They go the way of every file: a delivery of a source, the same reading, the same quarantine, the
same undo. What an import does over all customers is done here for the customers it concerns.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import polars as pl
from django.db import transaction

from klantbeeld.accounts.reads import needs
from klantbeeld.core import bulk, looks
from klantbeeld.core.actor import Actor, system_actor
from klantbeeld.core.clock import now_us
from klantbeeld.core.hashing import hash_column
from klantbeeld.core.models import Delivery, Source
from klantbeeld.core.public_ids import from_public, to_public
from klantbeeld.identity import reads as identity
from klantbeeld.pipeline import subjects
from klantbeeld.pipeline.blocks import Block, TableWork, make_ready
from klantbeeld.pipeline.deliver import deliver
from klantbeeld.pipeline.errors import BadRows
from klantbeeld.pipeline.guarding import Guard
from klantbeeld.pipeline.plan import Plan, as_key, relate, staging_folder, work_for
from klantbeeld.pipeline.relations import Found
from klantbeeld.pipeline.settling import settle_at_once
from klantbeeld.pipeline.staging import stage
from klantbeeld.pipeline.standard import Standardised, standardise_block
from klantbeeld.privacy import actions as privacy
from klantbeeld.sources import actions as sources
from klantbeeld.sources.tables import (
    DATE_ROLES,
    ROLE_GROUPS,
    ROLES,
    ROW,
    ColumnMapping,
    Table,
    TableMapping,
)
from klantbeeld.timeline import actions as timeline

MOST_ROWS = 500
MOST_TEXT = 10_000
LINES = "lines"
HOLDS = ("customers", "orders")
LINE_ROLES = frozenset({*ROLE_GROUPS["lines"].split(), "order_number"})
# What a program does not say of itself.
NOT_BROUGHT = frozenset({"keep", "ignore", "content", "attachments"})
MACHINE = system_actor("job")
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Brought:
    """What became of one row: stored, quarantined (`reasons`: field to code) or suppressed.

    `customer` is the public id of whom it ended up with, "" for nobody.
    """

    row: int
    outcome: str
    customer: str = ""
    reasons: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Bringing:
    """A delivery by another program: its rows, and how many were new or said nothing new."""

    delivery: str
    rows: tuple[Brought, ...]
    stored: int
    unchanged: int
    quarantined: int
    suppressed: int


@needs("sources.import")
@transaction.atomic
def bring(actor: Actor, source: str, holds: str, rows: Sequence[Row]) -> Bringing:
    """Load rows (role to value; orders may have `lines`) of a source; customers follow at once.

    All or nothing. The same order or customer number again is the same order or customer, so it
    does no harm to bring it twice. Raises `BadRows` for what cannot be read at all.
    """
    told, lines = _taken(holds, rows)
    key = as_key(source)
    with staging_folder() as folder:
        plan = _plan(key, holds, told, lines, folder)
        run = sources.run_of_today(actor, key)
        (delivery,) = deliver(actor, plan, lambda stage, done: None, run)
        work = work_for(plan, plan.found[0], now_us())
        block = make_ready(work, work.staged.scan().collect())
    touched = {*timeline.records_of(MACHINE, delivery), *sources.records_of(MACHINE, delivery)}
    settle_at_once(MACHINE, sorted(touched))
    sources.close_delivery(actor, delivery)
    done = _told(actor, delivery, work, block, len(told))
    looks.at(actor, "bring", (from_public("customer", r.customer) for r in done.rows if r.customer))
    return done


def _taken(holds: str, rows: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """The rows as texts, and the lines of orders as rows of their own."""
    if not rows or len(rows) > MOST_ROWS:
        raise BadRows("no_rows" if not rows else "too_many_rows")
    told: list[Row] = []
    lines: list[Row] = []
    for number, row in enumerate(rows, 1):
        parts = (row.get(LINES) or []) if holds == "orders" else []
        if parts and not row.get("order_number"):
            raise BadRows("lines_without_order_number", number)
        told.append(
            _texts(number, {k: v for k, v in row.items() if k != LINES or holds != "orders"})
        )
        for place, part in enumerate(parts, 1):
            line = {"line_number": place, **part, "order_number": row["order_number"]}
            wrong = sorted(set(line) - LINE_ROLES)
            if wrong:
                raise BadRows("unknown_field", number, wrong[0])
            lines.append(_texts(number, line))
    return told, lines


def _texts(number: int, row: Row) -> dict[str, str]:
    found = {}
    for role, value in row.items():
        if role not in ROLES or role in NOT_BROUGHT:
            raise BadRows("unknown_field", number, role[:80])
        if value is None or value == "":
            continue
        if isinstance(value, bool):
            value = "true" if value else "false"
        if not isinstance(value, str | int | float):
            raise BadRows("not_a_value", number, role)
        text = str(value).replace("\0", "")
        if len(text) > MOST_TEXT:
            raise BadRows("too_long", number, role)
        found[role] = text
    return found


def _plan(key: str, holds: str, told: list[Row], lines: list[Row], folder: Path) -> Plan:
    name = secrets.token_hex(8)
    plan = Plan()
    plan.found.append(_found(key, name, holds, holds, told, folder))
    if lines:
        of_it = _found(key, name, "order_lines", LINES, lines, folder)
        of_it.lines_of = plan.found[0]
        plan.found.append(of_it)
    relate(plan, folder)
    return plan


def _found(key: str, name: str, table: str, holds: str, rows: Sequence[Row], folder: Path) -> Found:
    """Rows as a staged table of which every column is a role."""
    roles = tuple(dict.fromkeys(role for row in rows for role in row))
    schema: dict[str, Any] = {ROW: pl.Int64, **dict.fromkeys(roles, pl.String)}
    values = [(n, *(row.get(role) for role in roles)) for n, row in enumerate(rows, 1)]
    frame = pl.DataFrame(values, schema=schema, orient="row")

    def frames() -> Iterator[pl.DataFrame]:
        yield frame

    guard = Guard(privacy.special_plan(MACHINE, key), lambda head: {role: role for role in roles})
    staged = stage(Table(table, Delivery.CALL, roles, frames, {}, list), folder / table, guard)
    # Two programs that bring the same are two deliveries, and neither goes on with the other's.
    staged = replace(staged, fingerprint=f"{name}{staged.fingerprint}"[:64])
    columns = tuple(
        ColumnMapping(role, role, format="ymd" if role in DATE_ROLES else None, decimal=".")
        for role in roles
    )
    return Found(key, Delivery.CALL, table, staged, TableMapping(table, holds, columns))


def _told(actor: Actor, delivery: Delivery, work: TableWork, block: Block, rows: int) -> Bringing:
    delivery.refresh_from_db()
    owners = _owners(block, work.number_of or work.source)
    erased = _erased(work, block) if delivery.rows_suppressed > block.suppressed else set()
    refused = {kept.row: kept.reasons for kept in block.quarantined}
    usable = set(block.usable.values[ROW].to_list())
    doubles = set(range(1, rows + 1)) - usable - set(refused)
    told = []
    for number in range(1, rows + 1):
        if number in refused:
            told.append(Brought(number, "quarantined", "", json.loads(refused[number])))
        elif number in erased or (number in doubles and block.suppressed):
            told.append(Brought(number, "suppressed"))
        else:
            told.append(Brought(number, "stored", owners.get(number, "")))
    return Bringing(
        to_public("delivery", delivery.pk), tuple(told), delivery.rows_stored,
        delivery.rows_unchanged, delivery.rows_quarantined, delivery.rows_suppressed,
    )  # fmt: skip


def _erased(work: TableWork, block: Block) -> set[int]:
    """The rows that were not stored, as just that order was erased before."""
    if work.holds != "orders":
        return set()
    hashes = hash_column(pl.Series([work.scope] * len(block.keys), dtype=pl.String) + block.keys)
    held = bulk.rows_where(
        "SELECT key_hash FROM timeline_interaction WHERE", "key_hash", hashes.to_list()
    )
    stored = hashes.is_in([row[0] for row in held])
    return set(block.usable.values[ROW].filter(~stored).to_list())


def _owners(block: Block, space: str) -> dict[int, str]:
    """Row to the public id of the customer that its record belongs to."""
    named = dict(zip(block.usable.values[ROW].to_list(), block.record_keys.to_list(), strict=True))
    keys = sorted({key for key in named.values() if key})
    source = Source.objects.filter(key=space).values_list("pk", flat=True).first()
    held = bulk.rows_where(
        "SELECT key, id FROM core_record WHERE source_id = %s AND", "key", keys, kind="text",
        params=[source],
    )  # fmt: skip
    records = dict(held)
    owners = identity.customers_of(system_actor("job"), sorted(records.values()))
    # A program brings what it has of somebody restricted; it is not told who that is here.
    hidden = identity.withheld_customers(MACHINE)
    owners = {record: owner for record, owner in owners.items() if owner not in hidden}
    return {
        row: to_public("customer", owners[records[key]])
        for row, key in named.items()
        if key in records and records[key] in owners
    }


def understood(told: Row) -> Standardised:
    """One row of roles in standard form. Raises `BadRows` for what cannot be read at all."""
    row = _texts(1, told)
    columns = tuple(
        ColumnMapping(role, role, format="ymd" if role in DATE_ROLES else None, decimal=".")
        for role in row
    )
    frame = pl.DataFrame({ROW: [1], **{role: [text] for role, text in row.items()}})
    return standardise_block(frame, TableMapping("candidate", "customers", columns), {})


@needs("customers.match")
def match(actor: Actor, told: Row, limit: int = 5) -> list[identity.Candidate]:
    """The customers that somebody (role to value) may be, best first; nothing is stored.

    Raises `BadRows` when nothing is told by which anybody could be known.
    """
    rows = understood(told)
    made = subjects.records(rows, pl.Series("key", ["candidate"]), now_us())
    if made["data"][0] == "{}":
        raise BadRows("nobody", 1)
    found = identity.candidates(actor, made, limit)
    looks.at(actor, "match", (one.customer for one in found))
    return found
