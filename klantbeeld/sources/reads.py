"""What was delivered, what became of it, and what waits in quarantine."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Sum, TextField
from django.db.models.functions import Cast

from klantbeeld.accounts.reads import needs, visible
from klantbeeld.core import looks
from klantbeeld.core.actor import Actor
from klantbeeld.core.clock import local
from klantbeeld.core.models import Delivery, Record, Source
from klantbeeld.sources.hidden_rows import hidden_rows, waiting_rows
from klantbeeld.sources.models import Quarantined
from klantbeeld.sources.quarantine_parts import roles_of
from klantbeeld.sources.records import KEY_PREFIXES

COUNTS = (
    "rows_read", "rows_stored", "rows_unchanged", "rows_quarantined", "rows_suppressed",
    "rows_rejected",
)  # fmt: skip
# Of a run so many others are shown with a delivery.
MOST_TOGETHER = 100
# Tables that tell more than another of their source put their own name before their keys.
_FACET = re.compile(r"^[a-z][a-z0-9-]*/")
# Keys that the house made up itself, out of names and places or out of nothing.
_MADE_UP = frozenset({"name", "own", "campaign"})


class UnknownDelivery(LookupError):
    """There is no delivery with this key."""


class UnknownRow(LookupError):
    """There is no quarantined row with this key."""


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A source with what it brought so far; `open_rows` wait in quarantine."""

    source: int
    key: str
    name: str
    trust: int
    records: int
    deliveries: int
    last_delivery: int | None
    last_at: datetime | None
    open_rows: int


@dataclass(frozen=True, slots=True)
class DeliveryLine:
    """A delivered file with its counts: read = stored + … + rejected.

    What a program brought in one day is one line: `calls` deliveries, of which this is the first.
    """

    delivery: int
    run: int
    source: str
    source_name: str
    name: str
    state: str
    actor: str
    started_at: datetime
    finished_at: datetime | None
    counts: Mapping[str, int]
    calls: int = 1


@dataclass(frozen=True, slots=True)
class Problem:
    """Rows in quarantine that share a reason and column, with one of them as example."""

    reason: str
    column: str
    count: int
    open: int
    example: str


@dataclass(frozen=True)
class DeliveryDetail:
    """One delivery, whole; `files` are the latest `MOST_TOGETHER` of the same run and itself.

    `together` is how many others the run has.
    """

    line: DeliveryLine
    files: tuple[DeliveryLine, ...]
    together: int
    problems: tuple[Problem, ...]
    seconds: float | None
    mapping: str
    report: Mapping[str, Any]


@dataclass(frozen=True)
class QuarantinedRow:
    """A row that waits: where it stands, its cells as delivered, what is wrong per column.

    `reasons` go by what a column means, its role; `roles` tells the role of each column. The
    empty one stands for the row as a whole. `mended` are values entered so far.
    """

    row: int
    source: str
    source_name: str
    delivery: int
    path: str
    table: str
    number: int
    values: Mapping[str, Any]
    reasons: Mapping[str, str]
    mended: Mapping[str, Any]
    state: str
    at: datetime
    roles: Mapping[str, str]

    def reason_for(self, column: str) -> str:
        """The code of what is wrong with a column as delivered, or ""."""
        return self.reasons.get(self.roles.get(column, "")) or self.reasons.get(column, "")

    def column_of(self, role: str) -> str:
        """The column as delivered that has this role; the role itself when none has."""
        return next((column for column, known in self.roles.items() if known == role), role)


@dataclass(frozen=True)
class QuarantinePage:
    """Rows, newest first; `reasons` counts open rows per reason; `older` is the next `before`."""

    rows: tuple[QuarantinedRow, ...]
    reasons: Mapping[str, int]
    open: int
    older: int = 0


@needs("sources.read")
def sources(actor: Actor) -> list[SourceLine]:
    """All sources by name, with how much they brought."""
    records = dict(_per_source(Record.objects.exclude(kind=Record.ANONYMOUS)))
    waiting = Quarantined.objects.filter(state=Quarantined.OPEN)
    rows = dict(waiting.values_list("delivery__source").annotate(n=Count("pk")))
    valid = Delivery.objects.exclude(state=Delivery.UNDONE).values_list("source")
    brought = {
        source: (count, last, at)
        for source, count, last, at in valid.annotate(
            n=Count("pk"), last=Max("pk"), at=Max("started_at")
        )
    }
    found = []
    for s in Source.objects.order_by("name", "pk"):
        count, last, at = brought.get(s.pk, (0, None, 0))
        found.append(
            SourceLine(
                s.pk, s.key, s.name, s.trust, records.get(s.pk, 0), count, last,
                local(at) if at else None, rows.get(s.pk, 0),
            )
        )  # fmt: skip
    return found


@needs("customers.read", "nothing")
def telling_sources(actor: Actor) -> dict[int, str]:
    """Key and name of the sources that tell something about somebody, by name."""
    told = Record.objects.filter(source=OuterRef("pk")).exclude(kind=Record.ANONYMOUS)
    held = Source.objects.filter(Exists(told)).order_by("name", "pk")
    return dict(held.values_list("pk", "name"))


def _per_source(records: Any) -> list[tuple[int, int]]:
    return list(records.order_by().values_list("source").annotate(n=Count("pk")))


@needs("sources.read")
def deliveries(actor: Actor, before: int = 0, limit: int = 30) -> list[DeliveryLine]:
    """Deliveries, newest first; `before` is the last one shown.

    Own entries are left out: each note is one, and files would drown among them. So would they
    among the calls of programs: those of a day stand together, at the first of them.
    """
    held = Delivery.objects.select_related("source").order_by("-pk")
    held = held.exclude(source__key=Source.DESK).filter(~Q(name=Delivery.CALL) | Q(run=F("pk")))
    if before:
        held = held.filter(pk__lt=before)
    return _folded([_line(d) for d in held[:limit]])


def _folded(lines: list[DeliveryLine]) -> list[DeliveryLine]:
    """Lines of calls with what all of their run brought together."""
    runs = [line.run for line in lines if line.name == Delivery.CALL]
    if not runs:
        return lines
    valid = Count("pk", filter=~Q(state=Delivery.UNDONE))
    summed = Delivery.objects.filter(run__in=runs).order_by().values("run")
    told: dict[int, Any] = {
        row["run"]: row
        for row in summed.annotate(
            calls=Count("pk"), valid=valid, last=Max("finished_at"),
            **{f"all_{name}": Sum(name) for name in COUNTS},
        )
    }  # fmt: skip
    return [_whole(line, told[line.run]) if line.name == Delivery.CALL else line for line in lines]


def _whole(line: DeliveryLine, told: Mapping[str, Any]) -> DeliveryLine:
    return replace(
        line,
        state=Delivery.LOADED if told["valid"] and line.state == Delivery.UNDONE else line.state,
        finished_at=local(told["last"]) if told["last"] else None,
        counts={name: told[f"all_{name}"] for name in COUNTS},
        calls=told["calls"],
    )


def _line(held: Delivery) -> DeliveryLine:
    return DeliveryLine(
        held.pk, held.run, held.source.key, held.source.name, held.name, held.state, held.actor,
        local(held.started_at), local(held.finished_at) if held.finished_at else None,
        {name: getattr(held, name) for name in COUNTS},
    )  # fmt: skip


@needs("sources.read")
def delivery(actor: Actor, key: int) -> DeliveryDetail:
    """One delivery with its problems. Raises `UnknownDelivery`."""
    held = Delivery.objects.select_related("source").filter(pk=key).first()
    if held is None:
        raise UnknownDelivery("There is no such delivery.")
    fellows = Delivery.objects.select_related("source").filter(run=held.run).exclude(pk=held.pk)
    shown = sorted([held, *fellows.order_by("-pk")[:MOST_TOGETHER]], key=lambda d: d.pk)
    took = (held.finished_at - held.started_at) / 1_000_000 if held.finished_at else None
    return DeliveryDetail(
        _line(held), tuple(map(_line, shown)), fellows.count(), tuple(_problems(held)), took,
        held.mapping, held.report,
    )  # fmt: skip


def _problems(held: Delivery) -> list[Problem]:
    counts: Counter[tuple[str, str]] = Counter()
    waiting: Counter[tuple[str, str]] = Counter()
    examples: dict[tuple[str, str], str] = {}
    rows = Quarantined.objects.filter(delivery=held).order_by("row")
    for reasons, state, number in rows.values_list("reasons", "state", "row").iterator():
        for column, reason in reasons.items():
            counts[(reason, column)] += 1
            waiting[(reason, column)] += state == Quarantined.OPEN
            examples.setdefault((reason, column), f"{held.name}:{number}")
    return [
        Problem(reason, column, count, waiting[(reason, column)], examples[(reason, column)])
        for (reason, column), count in counts.most_common()
    ]


@needs("quarantine.read")
def quarantined(actor: Actor, reason: str = "", before: int = 0, limit: int = 50) -> QuarantinePage:
    """Open rows in quarantine, newest first, of one reason or all; `before` is the last shown."""
    waiting = waiting_rows()
    by_reasons = _by_reasons(waiting)
    held = waiting.select_related("delivery__source").order_by("-pk")
    if reason:
        texts = [text for text, _ in by_reasons if reason in json.loads(text).values()]
        held = held.annotate(why=_WHY).filter(why__in=texts)
    if before:
        held = held.filter(pk__lt=before)
    shown = list(held[: limit + 1])
    older = shown[limit - 1].pk if len(shown) > limit else 0
    looks.at(actor, "quarantine", (row.pk for row in shown[:limit]), "row")
    every = sum(count for _, count in by_reasons)
    return QuarantinePage(tuple(_row(r) for r in shown[:limit]), _reasons(by_reasons), every, older)


@needs("quarantine.read")
def rows_waiting(actor: Actor) -> int:
    """How many rows in quarantine wait for somebody."""
    return waiting_rows().count()


# Rows mostly have the same few reasons: as text they are counted by the database.
_WHY = Cast("reasons", TextField())


def _by_reasons(waiting: QuerySet[Quarantined]) -> list[tuple[str, int]]:
    """The reasons of a row, as JSON, and how many rows have just these."""
    counted = waiting.order_by().annotate(why=_WHY).values("why").annotate(n=Count("pk"))
    return list(counted.values_list("why", "n"))


def _reasons(by_reasons: Sequence[tuple[str, int]]) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for text, count in by_reasons:
        counts.update(dict.fromkeys(set(json.loads(text).values()), count))
    return dict(counts.most_common())


def _row(held: Quarantined) -> QuarantinedRow:
    source = held.delivery.source
    return QuarantinedRow(
        held.pk, source.key, source.name, held.delivery_id, held.delivery.name, held.table,
        held.row, held.values, held.reasons, held.mended, held.state, local(held.at),
        roles_of(held.delivery.mapping, held.table),
    )  # fmt: skip


@needs("quarantine.read")
def quarantined_row(actor: Actor, key: int) -> QuarantinedRow:
    """One row to mend. Raises `UnknownRow`."""
    held = Quarantined.objects.select_related("delivery__source").filter(pk=key).first()
    if held is None or held.pk in hidden_rows():
        raise UnknownRow("There is no such row in quarantine.")
    looks.at(actor, "quarantine", [held.pk], "row")
    return _row(held)


@needs("quarantine.read")
def next_row(actor: Actor, key: int) -> int:
    """The open row to go on with after this one, 0 when none is left."""
    waiting = waiting_rows().exclude(pk=key)
    following = waiting.filter(pk__lt=key).order_by("-pk").values_list("pk", flat=True).first()
    return following or waiting.order_by("-pk").values_list("pk", flat=True).first() or 0


@needs("customers.read", "nothing")
def shown_keys(actor: Actor, keys: Sequence[str]) -> list[str]:
    """The keys of records as their sources know them, "" for one that this role may not see.

    Where rows have no number of their own, an address or phone number is their key.
    """
    told = [_told_by(key) for key in keys]
    seen = visible(actor, {field: "" for _shown, fields in told for field in fields})
    return [shown if all(f in seen for f in fields) else "" for shown, fields in told]


def _told_by(key: str) -> tuple[str, tuple[str, ...]]:
    """What is shown of a key, and the fields of the register that it gives away."""
    bare = _FACET.sub("", key)
    prefix, colon, rest = bare.partition(":")
    if colon and prefix in _MADE_UP:
        return "", ()
    if colon and prefix == "device":
        return rest.partition("/")[0], ("device_id",)
    if colon and prefix in KEY_PREFIXES:
        return rest, (KEY_PREFIXES[prefix],)
    shown = rest if colon and prefix == "order" else bare
    return shown, ("email",) if "@" in shown else ()


@needs("customers.read", "nothing")
def named(actor: Actor, keys: Sequence[str]) -> dict[str, str]:
    """Source key to the name people know it by."""
    return dict(Source.objects.filter(key__in=keys).values_list("key", "name"))


@needs("sources.read")
def bases(actor: Actor, keys: Sequence[str]) -> dict[str, str]:
    """Source key to why the company may hold what it says, of sources that are known."""
    return dict(Source.objects.filter(key__in=keys).values_list("key", "basis"))


@dataclass(frozen=True, slots=True)
class Obtained:
    """How the addresses of a source came in; "" and None where nobody said."""

    source: int
    key: str
    name: str
    through: str
    offered_way_out: bool | None


@needs("contact.ask", "nothing")
def obtained(actor: Actor) -> list[Obtained]:
    """Of every source how its addresses came in, by name; not of what is entered by hand."""
    held = Source.objects.exclude(key=Source.DESK).order_by("name", "pk")
    return [Obtained(s.pk, s.key, s.name, s.obtained_through, s.offered_way_out) for s in held]
