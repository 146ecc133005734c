"""Whose customer numbers a table uses, when their owner is not delivered with it.

What was found out once stays so: a file gives the same records whether it comes with the other
files or alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from klantbeeld.core.models import Delivery, Record, Source
from klantbeeld.pipeline.relations import (
    AGREEING,
    CHECKED_ROLES,
    FEWEST_NUMBERS,
    SHARED_NUMBERS,
    Found,
    padded,
    width_of,
)

# So many numbers of a table are looked up to find their owner.
SAMPLE = 2_000


def recall_numbers(tables: Sequence[Found]) -> None:
    """Give tables that use another source's customer numbers that source, from what is stored."""
    present = {t.source for t in tables if t.mapping.holds == "customers"}
    for table in tables:
        if table.number_of or "customer_number" not in table.roles or table.source in present:
            continue
        known = _decided_before(table)
        found = _owner_of(table, present) if known is None else known
        table.number_of, table.number_width = found


def _decided_before(table: Found) -> tuple[str, int] | None:
    """What the last delivery of this table found; None for a table that never came."""
    deliveries = Delivery.objects.filter(source__key=table.source).exclude(state=Delivery.UNDONE)
    for report in deliveries.order_by("-pk").values_list("report", flat=True):
        decided = report.get("tables", {}).get(table.name)
        if decided is not None:
            return str(decided.get("number_of", "")), int(decided.get("number_width", 0))
    return None


def _owner_of(table: Found, present: set[str]) -> tuple[str, int]:
    """The one stored source whose customers have these numbers, and how long it writes them.

    ("", 0) when none or several do.
    """
    told = _told(table)
    numbers = told["number"].drop_nulls().unique(maintain_order=True).head(SAMPLE)
    if len(numbers) < FEWEST_NUMBERS:
        return "", 0
    owners = []
    for source in Source.objects.exclude(key__in=present).order_by("key"):
        plain = Record.objects.filter(source=source, seq__gt=0).exclude(key__contains="/")
        keys = plain.order_by("pk").values_list("key", flat=True)[:SAMPLE]
        width = width_of(pl.Series(list(keys), dtype=pl.String))
        wanted = padded(numbers, width).to_list()
        known = dict(plain.filter(key__in=wanted).values_list("key", "data"))
        if len(known) < SHARED_NUMBERS * len(numbers):
            continue
        if source.key == table.source:
            return "", 0
        if _agree(told.with_columns(padded(told["number"], width)), known):
            owners.append((source.key, width))
    return owners[0] if len(owners) == 1 else ("", 0)


def _told(table: Found) -> pl.DataFrame:
    columns = [table.values("customer_number").alias("number")]
    columns += [table.values(r) for r in CHECKED_ROLES if r in table.roles]
    return pl.DataFrame(columns)


def _agree(told: pl.DataFrame, known: Mapping[str, Mapping[str, Any]]) -> bool:
    """Whether what both tell about the same number is mostly the same; True when they don't."""
    for role in told.columns[1:]:
        pairs = [
            (said, known[number].get(role))
            for number, said in told.select("number", role).iter_rows()
            if number in known
        ]
        met = [(ours, theirs) for ours, theirs in pairs if ours and theirs]
        if len(met) >= FEWEST_NUMBERS:
            same = sum(str(ours).lower() == str(theirs).lower() for ours, theirs in met)
            return same >= AGREEING * len(met)
    return True
