"""Special data: what is done with it, what was found, and the sealed originals (writes)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from klantbeeld.accounts.reads import needs
from klantbeeld.core import audit, bulk, sealing
from klantbeeld.core.actor import Actor
from klantbeeld.core.clock import day_to_date, now_us, today
from klantbeeld.core.models import Delivery
from klantbeeld.privacy.models import (
    SpecialColumn,
    SpecialFinding,
    SpecialGround,
    SpecialOriginal,
)
from klantbeeld.privacy.special_rules import (
    QUARANTINE_DAYS,
    TOPICS,
    TREATMENTS,
    WHOLE_SOURCE,
    Ground,
    Treatment,
    treatments_for,
)

DAY_US = 86_400_000_000
_ORIGINAL = (
    "id", "record_id", "delivery_id", "table", "column", "row", "kinds", "treatment", "sealed",
    "mark", "at", "until",
)  # fmt: skip


class BadGround(ValueError):
    """A ground lacks what makes it one: which field, by name."""

    def __init__(self, field: str) -> None:
        super().__init__(f"A ground needs its {field}.")
        self.field = field


@dataclass(frozen=True)
class SpecialPlan:
    """What is done with special data of one source now.

    known: (column, kind) that earlier deliveries were found to hold; cleared: those of which
    somebody judged that they do not.
    """

    source: str
    treatments: Mapping[str, Treatment]
    known: frozenset[tuple[str, str]] = frozenset()
    cleared: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Sighting:
    """Special data in a column: see `SpecialFinding`. rows: runs of first and last numbers."""

    column: str
    kind: str
    treatment: str
    certainty: int
    reason: str
    is_column: bool
    filled: int
    count: int
    rows: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Original:
    """What stood in a cell, in plain; only ever in memory."""

    record: int
    table: str
    column: str
    row: int
    kinds: tuple[str, ...]
    treatment: str
    text: str


def iso_today() -> str:
    """Today in the company's zone."""
    return day_to_date(today()).isoformat()


@needs("sources.import")
def special_plan(actor: Actor, source: str) -> SpecialPlan:
    """What is done with special data of a source, by what was recorded and judged so far."""
    held = SpecialGround.objects.filter(withdrawn_at=None)
    grounds = [Ground(*row) for row in held.values_list("kind", "source", "until")]
    known: set[tuple[str, str]] = set()
    cleared: set[tuple[str, str]] = set()
    for column, kind, is_special in SpecialColumn.objects.filter(source=source).values_list(
        "column", "kind", "is_special"
    ):
        (known if is_special else cleared).add((column, kind))
    treatments = treatments_for(source, grounds, iso_today())
    off = {kind for column, kind in cleared if column == WHOLE_SOURCE}
    treatments |= dict.fromkeys(sorted(off & TOPICS), "allow")
    return SpecialPlan(source, treatments, frozenset(known), frozenset(cleared))


@needs("sources.import")
@transaction.atomic
def note_special(
    actor: Actor, delivery: Delivery, table: str, sightings: Iterable[Sighting]
) -> None:
    """Write down what was found in a table of a delivery; once, however often it is told.

    Whole columns are remembered for the source, so that a later file of a few rows is read alike.
    """
    at, source = now_us(), delivery.source.key
    held = SpecialFinding.objects.filter(delivery=delivery, table=table)
    if held.exists():
        return
    seen = list(sightings)
    SpecialFinding.objects.bulk_create(
        SpecialFinding(
            delivery=delivery, table=table, column=s.column, kind=s.kind, treatment=s.treatment,
            certainty=s.certainty, reason=s.reason, is_column=s.is_column, filled=s.filled,
            count=s.count, rows=[list(run) for run in s.rows], at=at,
        )
        for s in seen
    )  # fmt: skip
    for s in seen:
        if s.is_column:
            SpecialColumn.objects.get_or_create(
                source=source, column=s.column, kind=s.kind,
                defaults={"is_special": True, "at": at},
            )  # fmt: skip
    if seen:
        counts = {"table": table, "found": {s.kind: s.count for s in seen}}
        audit.record(actor, "note_special", ("delivery", delivery.pk), counts)


@needs("sources.import")
def keep_originals(actor: Actor, delivery: Delivery, originals: Sequence[Original]) -> None:
    """Keep values sealed, inside the caller's transaction; the same text of a record once."""
    bulk.ensure_atomic()
    marks = [sealing.mark_of(f"{o.record}\x1f{o.column}\x1f{o.text}") for o in originals]
    held = {row[0] for row in bulk.rows_where(
        "SELECT mark FROM privacy_specialoriginal WHERE", "mark", marks
    )}  # fmt: skip
    fresh = {m: o for m, o in zip(marks, originals, strict=True) if m not in held}
    first = bulk.allocate(SpecialOriginal, max(1, len(fresh)))
    at = now_us()
    rows = [
        SpecialOriginal(
            id=first + n, record_id=o.record, delivery=delivery, table=o.table, column=o.column,
            row=o.row, kinds=list(o.kinds), treatment=o.treatment, mark=mark, at=at,
            sealed=sealing.seal(o.text.encode(), place_of(first + n, o.record)),
            until=None if o.treatment == "apart" else at + QUARANTINE_DAYS * DAY_US,
        )
        for n, (mark, o) in enumerate(fresh.items())
    ]  # fmt: skip
    SpecialOriginal.objects.bulk_create(rows)


def place_of(original: int, record: int) -> str:
    """To what a sealed original is bound: moved to another row or record it does not open."""
    return f"special:{original}:{record}"


@needs("sources.undo")
@transaction.atomic
def take_back_special(actor: Actor, delivery: Delivery) -> None:
    """Take away what was found in a delivery, and the originals that came with it."""
    SpecialFinding.objects.filter(delivery=delivery).delete()
    SpecialOriginal.objects.filter(delivery=delivery).delete()


@needs("special.rule")
@transaction.atomic
def record_ground(
    actor: Actor, kind: str, law: str, purpose: str, source: str = "", until: str = ""
) -> SpecialGround:
    """Record the law that requires or allows a kind of special data. Raises `BadGround`."""
    if kind not in TREATMENTS or TREATMENTS[kind].ground == TREATMENTS[kind].default:
        raise BadGround("kind")
    for name, text in (("law", law), ("purpose", purpose)):
        if not text.strip():
            raise BadGround(name)
    if until and until < iso_today():
        raise BadGround("until")
    made = SpecialGround.objects.create(
        kind=kind, law=law.strip(), purpose=purpose.strip(), source=source, until=until,
        by=actor.name, at=now_us(),
    )  # fmt: skip
    values = {"kind": kind, "source": source, "law": law.strip(), "until": until}
    audit.record(actor, "record_ground", ("ground", made.pk), values)
    return made


@needs("special.rule")
@transaction.atomic
def withdraw_ground(actor: Actor, key: int) -> None:
    """A ground holds no more; what was kept apart by it goes after the days of quarantine."""
    ground = SpecialGround.objects.get(pk=key, withdrawn_at=None)
    ground.withdrawn_at, ground.withdrawn_by = now_us(), actor.name
    ground.save(update_fields=["withdrawn_at", "withdrawn_by"])
    audit.record(actor, "withdraw_ground", ("ground", key), {"kind": ground.kind})


@needs("special.rule")
@transaction.atomic
def judge_column(actor: Actor, source: str, column: str, kind: str, why: str) -> None:
    """Say that a column of a source does not hold this kind ("is not a BSN"), and why.

    What was not stored comes with the next file of the source. Raises `BadGround` without a why.
    """
    if not why.strip():
        raise BadGround("why")
    if kind not in TREATMENTS:
        raise BadGround("kind")
    SpecialColumn.objects.update_or_create(
        source=source, column=column, kind=kind,
        defaults={"is_special": False, "by": actor.name, "why": why.strip(), "at": now_us()},
    )  # fmt: skip
    values = {"source": source, "column": column, "kind": kind, "why": why.strip()}
    audit.record(actor, "judge_special", ("column", 0), values)


@needs("special.rule")
@transaction.atomic
def except_source(actor: Actor, source: str, kind: str, law: str, why: str) -> SpecialColumn:
    """A topic is not looked for in what a source tells, by which law and why; until forgotten.

    For a firm whose trade is made of such words: one in medical aids. Raises `BadGround` without
    a source, law or reason, and for guarded numbers, which are judged by column.
    """
    if kind not in TOPICS:
        raise BadGround("kind")
    for name, text in (("source", source), ("law", law), ("why", why)):
        if not text.strip():
            raise BadGround(name)
    held, _ = SpecialColumn.objects.update_or_create(
        source=source, column=WHOLE_SOURCE, kind=kind,
        defaults={
            "is_special": False, "by": actor.name, "at": now_us(),
            "why": f"{law.strip()}: {why.strip()}"[:500],
        },
    )  # fmt: skip
    values = {"source": source, "kind": kind, "law": law.strip(), "why": why.strip()}
    audit.record(actor, "except_special", ("column", held.pk), values)
    return held


@needs("special.rule")
@transaction.atomic
def forget_judgement(actor: Actor, key: int) -> None:
    """A judgement about a column holds no more: the column is looked at anew."""
    held = SpecialColumn.objects.get(pk=key)
    values = {"source": held.source, "column": held.column, "kind": held.kind}
    held.delete()
    audit.record(actor, "forget_special", ("column", key), values)


@needs("special.read")
@transaction.atomic
def read_original(actor: Actor, key: int, reason: str) -> str:
    """A sealed original in plain; who read it and why is written down first.

    Raises `BadGround` without a reason, LookupError when it is gone, `sealing.CannotOpen`.
    """
    if not reason.strip():
        raise BadGround("reason")
    held = SpecialOriginal.objects.filter(pk=key).first()
    if held is None or (held.until is not None and held.until < now_us()):
        raise LookupError("This original is gone.")
    values: dict[str, Any] = {"original": key, "kinds": held.kinds, "reason": reason.strip()}
    audit.record(actor, "read_special", ("record", held.record_id), values)
    return sealing.opened(bytes(held.sealed), place_of(held.pk, held.record_id)).decode()


@needs("special.read")
@transaction.atomic
def drop_original(actor: Actor, key: int) -> None:
    """Delete a sealed original before its time."""
    held = SpecialOriginal.objects.filter(pk=key).first()
    if held is not None:
        audit.record(actor, "drop_special", ("record", held.record_id), {"original": key})
        held.delete()


@needs("sources.import")
@transaction.atomic
def drop_expired(actor: Actor) -> int:
    """Delete the originals whose time is over; returns how many.

    Of those kept apart the time is over when no ground holds any more for one of their kinds.
    """
    gone = 0
    held = SpecialOriginal.objects.filter(treatment="apart", until=None)
    for source in set(held.values_list("delivery__source__key", flat=True)):
        plan = special_plan(actor, source or "")
        for original in held.filter(delivery__source__key=source):
            if all(plan.treatments.get(kind) != "apart" for kind in original.kinds):
                until = now_us() + QUARANTINE_DAYS * DAY_US
                SpecialOriginal.objects.filter(pk=original.pk).update(until=until)
    gone, _ = SpecialOriginal.objects.filter(until__lt=now_us()).delete()
    if gone:
        audit.record(actor, "drop_expired_special", ("house", 0), {"originals": gone})
    return gone
