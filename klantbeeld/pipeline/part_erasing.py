"""Erasing a part of a customer's history: one event, document, subscription, or one value.

What it takes along is looked up, counted by doing it and rolling back, and then goes the way of
every erasure (see `privacy.parts`): somebody else agrees, tombstones, gone, a search, a receipt.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from klantbeeld.accounts.reads import needs
from klantbeeld.core import clock
from klantbeeld.core.actor import Actor, system_actor
from klantbeeld.core.erasing import ErasureStep, Outcome, Work
from klantbeeld.core.models import AuditValue, Record, RecordVersion, Source
from klantbeeld.identity import reads as partition
from klantbeeld.identity.actions import note_pending
from klantbeeld.pipeline import part_needles, stores, waiting
from klantbeeld.pipeline.erased_parts import cells_mark, quarantine_mark
from klantbeeld.pipeline.errors import NothingToErase
from klantbeeld.pipeline.models import Intake
from klantbeeld.pipeline.same_events import marks_of, with_twins
from klantbeeld.privacy import actions as privacy
from klantbeeld.privacy.errors import NotWaiting
from klantbeeld.privacy.models import Erasure
from klantbeeld.privacy.tables import event_mark, identifiers, value_mark, value_of_mark
from klantbeeld.sources import actions as sources
from klantbeeld.sources.tables import fields_of, text_of
from klantbeeld.timeline import actions as timeline
from klantbeeld.timeline.tables import Single, of_marks, single

MACHINE = system_actor("job")
# What a part is called to the table of the timeline that it stands in.
TABLES = {"entry": "interaction", "document": "document", "subscription": "subscription"}
VALUE = "value"
Pair = tuple[str, str]


@dataclass(frozen=True)
class Part:
    """What goes: `what` is a key of `TABLES` or `value`; `key` the row, of a value the version.

    `group` is the value's: `address`, `name` or a field.
    """

    what: str
    key: int
    group: str = ""

    def told(self) -> dict[str, Any]:
        """As the journal keeps it: keys only."""
        return {"what": self.what, "key": self.key, "group": self.group}


@dataclass
class Gathered:
    """All that goes with a part of a customer, and by what it is known again."""

    customer: int
    records: list[int]
    single: Single | None = None
    group: str = ""
    text: str = ""
    marks: list[Pair] = field(default_factory=list)
    needles: list[str] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    files: list[Intake] = field(default_factory=list)
    others: int = 0


@dataclass(frozen=True)
class PartPreview:
    """What erasing a part takes away by table, and in how many other histories it stands."""

    counts: Mapping[str, int]
    others: int
    holds: tuple[str, ...]
    approvers: tuple[str, ...]
    asked: int


def gathered(customer: int, part: Part) -> Gathered:
    """Look up what goes. Raises `NothingToErase` when this customer has no such thing."""
    found = Gathered(customer, partition.records_of(MACHINE, customer))
    if part.what == VALUE:
        _gather_value(found, part)
    elif part.what in TABLES:
        _gather_single(found, single(TABLES[part.what], part.key))
    else:
        raise NothingToErase("There is no such part of a history.")
    mine = {
        "sources_quarantined": found.rows,
        "pipeline_intake": [intake.pk for intake in found.files],
    }
    if found.single is None:
        mine["core_record"] = found.records
    else:
        tables = {name: list(rows) for name, rows in found.single.rows.items()}
        mine |= {f"timeline_{name}": ids for name, ids in tables.items()}
    found.needles = part_needles.telling(found.needles, mine)
    for source, mark, values in sources.marks_of_rows(MACHINE, found.rows):
        found.marks += [quarantine_mark(source, mark), cells_mark(values)]
    return found


def _gather_single(found: Gathered, one: Single | None) -> None:
    if one is None or not set(one.records) & set(found.records):
        raise NothingToErase("This stands in the history of this customer no more.")
    found.single = one = with_twins(one, found.records)
    found.marks += [event_mark(name, h) for name, rows in one.rows.items() for h in rows.values()]
    found.marks += marks_of(one)
    owners = set(partition.customers_of(MACHINE, one.records).values())
    found.others = len(owners - {found.customer})
    found.needles = part_needles.of_event(one)
    of = Record.objects.filter(pk__in=one.owners).values_list("source", flat=True)
    found.rows = sources.rows_about_event(
        MACHINE, sorted(set(of)), one.keys, found.needles, found.records
    )
    named = Source.objects.filter(pk__in=set(of)).values_list("key", flat=True)
    found.files = waiting.about_event(one, found.records, list(named))


def _gather_value(found: Gathered, part: Part) -> None:
    version = RecordVersion.objects.filter(pk=part.key, record__in=found.records).first()
    found.group, found.text = part.group, text_of(part.group, version.data) if version else ""
    if version is None or not found.text:
        raise NothingToErase("This customer has this value no more.")
    if is_in_key(found.records, found.group, found.text):
        raise NothingToErase("A source knows this customer by this value: erase the whole.")
    shared = {p for p in identifiers(partition.sharing(MACHINE, found.records)) if p[0] != "key"}
    who = [pair for pair in identifiers(found.records) if pair not in shared]
    found.marks.append(value_mark(found.group, found.text))
    found.marks += [value_of_mark(one, found.group, found.text) for one in who]
    found.needles = part_needles.of_value(found.records, found.group, found.text)

    def tells(text: str) -> bool:
        return part_needles.tells(text, found.group, version.data)

    found.rows = sources.rows_about_value(MACHINE, found.records, tells)
    found.files = waiting.about_value(found.records, tells)


def is_in_key(records: Sequence[int], group: str, text: str) -> bool:
    """Whether a source knows one of these records by this value, so that it cannot go by itself."""
    for record in Record.objects.filter(pk__in=list(records)):
        key = record.key.casefold()
        by_name = key.rpartition("/")[2].startswith("name:") and group in ("name", "address")
        if by_name or (group not in ("name", "address") and _is_key(key, text)):
            return True
    return False


def _is_key(key: str, text: str) -> bool:
    return text in (key, key.partition(":")[2], key.rpartition("/")[2])


@transaction.atomic
def take_away(found: Gathered) -> dict[str, int]:
    """Do it, in one transaction; counts by table."""
    counts: dict[str, int] = {}
    if found.single is not None:
        counts |= timeline.erase_single(MACHINE, found.single)
        counts["privacy_specialoriginal"] = part_needles.drop_originals(found.single)
        note_pending(MACHINE, list(found.single.records), rematch=False)
    if found.text:
        counts |= _take_value(found)
    counts["sources_quarantined"] = sources.forget_rows(MACHINE, found.rows)
    counts["pipeline_intake"] = stores.forget(found.files)
    counts["core_auditvalue"] = _forget_audited(found)
    return counts


def _take_value(found: Gathered) -> dict[str, int]:
    versions, touched = sources.forget_value(MACHINE, found.records, found.group, found.text)
    privacy.forget_reasons(MACHINE, found.records, fields_of(found.group))
    note_pending(MACHINE, touched, rematch=True)
    return {"core_recordversion": versions}


def _forget_audited(found: Gathered) -> int:
    """Values of the trail about this customer that tell it; the trail itself stays unbroken."""
    about = AuditValue.objects.filter(
        entry__subject_type__in=("record", "customer"),
        entry__subject_id__in=[*found.records, found.customer],
    )
    gone = [
        one.pk for one in about if any(needle in str(one.values) for needle in found.needles)
    ]  # fmt: skip
    return AuditValue.objects.filter(pk__in=gone).delete()[0]


def counted(found: Gathered) -> dict[str, int]:
    """What goes, by doing it and rolling it back."""
    with transaction.atomic():
        counts = take_away(found)
        transaction.set_rollback(True)
    return counts


@needs("customers.erase")
def preview_part(actor: Actor, customer: int, part: Part) -> PartPreview:
    """What erasing this part takes away. Raises `NothingToErase`."""
    found = gathered(customer, part)
    holds, approvers, asked = privacy.part_standing(actor, customer, found.records, part.told())
    return PartPreview(counted(found), found.others, holds, approvers, asked)


@needs("customers.erase")
def ask_part(
    actor: Actor, customer: int, part: Part, reason: str = Erasure.REQUEST
) -> Erasure:  # fmt: skip
    """Ask for a part to be erased. Raises `NothingToErase` and `privacy.errors.OnHold`."""
    found = gathered(customer, part)
    return privacy.ask_part(
        actor, customer, found.records, part.told(), counted(found), reason
    )  # fmt: skip


@needs("customers.erase")
def begin_part(actor: Actor, erasure: Erasure, exception: str = "") -> Erasure:
    """Agree: it is gone when this returns. Raises as `erasing.approve_erasure` does."""
    if erasure.state != Erasure.WAITING:
        raise NotWaiting(f"Erasure {erasure.number} was decided already.")
    found = gathered(erasure.subject, Part(**erasure.part))
    hashes = found.single.rows if found.single else {}
    work = Work(
        erasure.number, clock.now_us(), values=found.needles, others=found.records,
        part={name: list(rows.values()) for name, rows in hashes.items() if rows},
        files={stores.STORE.room: [i.token for i in found.files if i.state in stores.WAITING]},
    )  # fmt: skip
    return privacy.begin_part(
        actor, erasure, work, found.marks, lambda: take_away(found), exception=exception
    )


def again(work: Work) -> Outcome:
    """Take away what an import that ran meanwhile brought of it."""
    one = of_marks(work.part)
    if not any(one.rows.values()):
        return Outcome()
    counts = timeline.erase_single(MACHINE, one)
    note_pending(MACHINE, list(one.records), rematch=False)
    return Outcome(counts=counts)


STEP = ErasureStep("part", 205, again)
