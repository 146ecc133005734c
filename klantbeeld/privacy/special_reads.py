"""Special data: what was found where, what waits sealed, what was recorded. Never a value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from klantbeeld.accounts.reads import needs
from klantbeeld.core.actor import Actor
from klantbeeld.core.clock import local, now_us
from klantbeeld.privacy.models import (
    SpecialColumn,
    SpecialFinding,
    SpecialGround,
    SpecialOriginal,
)

SHOWN = 200


@dataclass(frozen=True, slots=True)
class FindingLine:
    """One finding; `rows` are runs of row numbers as the file has them."""

    finding: int
    delivery: int
    source: str
    source_name: str
    file: str
    table: str
    column: str
    kind: str
    treatment: str
    certainty: int
    reason: str
    is_column: bool
    filled: int
    count: int
    rows: tuple[tuple[int, int], ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class OriginalLine:
    """A sealed original: where it stood and until when it is kept (None as long as its ground)."""

    original: int
    record: int
    source_name: str
    table: str
    column: str
    row: int
    kinds: tuple[str, ...]
    treatment: str
    at: datetime
    until: datetime | None


@needs("sources.read")
def special_findings(actor: Actor, deliveries: Sequence[int] | None = None) -> list[FindingLine]:
    """What was found in these deliveries, or lately in all of them; newest first."""
    held = SpecialFinding.objects.select_related("delivery__source").order_by("-pk")
    if deliveries is not None:
        held = held.filter(delivery__in=list(deliveries)).order_by("pk")
    return [
        FindingLine(
            f.pk, f.delivery_id, f.delivery.source.key, f.delivery.source.name, f.delivery.name,
            f.table, f.column, f.kind, f.treatment, f.certainty, f.reason, f.is_column, f.filled,
            f.count, tuple((first, last) for first, last in f.rows), local(f.at),
        )
        for f in held[:SHOWN]
    ]  # fmt: skip


@needs("special.read")
def special_originals(actor: Actor, before: int = 0) -> tuple[list[OriginalLine], int]:
    """Sealed originals, newest first, and how many there are; `before` is the last one shown."""
    live = SpecialOriginal.objects.filter(Q(until=None) | Q(until__gte=now_us()))
    held = live.select_related("delivery__source").order_by("-pk")
    total = held.count()
    if before:
        held = held.filter(pk__lt=before)
    return [
        OriginalLine(
            o.pk, o.record_id, o.delivery.source.name if o.delivery else "", o.table, o.column,
            o.row, tuple(o.kinds), o.treatment, local(o.at), local(o.until) if o.until else None,
        )
        for o in held[:50]
    ], total  # fmt: skip


@needs("special.rule")
def special_grounds(actor: Actor) -> list[SpecialGround]:
    """What was recorded, the latest first; withdrawn ones too."""
    return list(SpecialGround.objects.order_by("-pk")[:SHOWN])


@needs("special.rule")
def judged_columns(actor: Actor) -> list[SpecialColumn]:
    """Columns of which it is known what they are: found so, or judged by somebody."""
    return list(SpecialColumn.objects.order_by("source", "column", "kind")[:SHOWN])
