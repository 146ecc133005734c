"""Sources, what they delivered, and taking a delivery back."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from klantbeeld.accounts.reads import may
from klantbeeld.core.actor import Actor
from klantbeeld.core.clock import now_us
from klantbeeld.core.models import Delivery
from klantbeeld.core.public_ids import from_public
from klantbeeld.core.transitions import ForbiddenTransition
from klantbeeld.pipeline import actions as pipeline
from klantbeeld.pipeline import reads as counted
from klantbeeld.sources import reads as sources
from klantbeeld.sources.errors import MappingError
from klantbeeld.sources.reads import DeliveryDetail, DeliveryLine, SourceLine
from klantbeeld.sources.reads import Problem as Waiting
from klantbeeld.sources.tables import Mapping, TableMapping
from klantbeeld.web.filled import places, reasons, special_words, words
from klantbeeld.web.filled.finding import found
from klantbeeld.web.filled.waiting import column_label
from klantbeeld.web.shapes import (
    Counts,
    DeliveriesView,
    DeliveryFile,
    DeliveryRow,
    DeliveryState,
    DeliveryView,
    Flag,
    Problem,
    SourceRow,
    UndoPreview,
)

PAGE = 30
STATES: dict[str, DeliveryState] = {
    "running": "running", "loaded": "done", "failed": "failed", "undone": "undone",
}  # fmt: skip


@found
def deliveries(actor: Actor, before: str) -> DeliveriesView:
    """See `pages.Pages`."""
    last = from_public("delivery", before) if before else 0
    held = sources.deliveries(actor, last, PAGE + 1)
    return DeliveriesView(
        sources=() if before else tuple(_source(line) for line in sources.sources(actor)),
        deliveries=tuple(row(line) for line in held[:PAGE]),
        older=places.delivery_id(held[PAGE - 1].delivery) if len(held) > PAGE else "",
    )


@found
def delivery(actor: Actor, public_id: str) -> DeliveryView:
    """See `pages.Pages`."""
    key = from_public("delivery", public_id)
    held = sources.delivery(actor, key)
    return DeliveryView(
        row=row(held.line),
        files=tuple(_tables(held)),
        together=tuple(row(line) for line in held.files if line.delivery != key),
        fellows=held.together,
        problems=(*(_problem(actor, problem) for problem in held.problems), *_past_term(held)),
        seconds=held.seconds,
        mapping=held.mapping,
        undo=_undo(actor, held) if may(actor, "sources.undo") else None,
        message=_message(held),
        special=special_words.of_deliveries(actor, [key]),
        documents_unread=int(held.report.get("documents_unread", 0)),
    )


@found
def undo_delivery(actor: Actor, public_id: str) -> UndoPreview:
    """See `pages.Pages`."""
    held = sources.delivery(actor, from_public("delivery", public_id))
    counts = counted.undo_counts(actor, held.line.delivery)
    try:
        pipeline.undo_delivery(actor, Delivery.objects.get(pk=held.line.delivery))
    except ForbiddenTransition:
        return UndoPreview(0, 0, 0, 0, _("This delivery is undone already."))
    return UndoPreview(counts.records, counts.versions, counts.interactions, counts.customers)


def row(line: DeliveryLine) -> DeliveryRow:
    """A delivery in a list."""
    return DeliveryRow(
        public_id=places.delivery_id(line.delivery),
        source=line.source_name,
        files=(line.name,),
        at=line.started_at,
        by=_("command line") if line.actor == "system" else line.actor,
        state=STATES.get(line.state, "failed"),
        counts=Counts(**{name.removeprefix("rows_"): n for name, n in _counts(line)}),
        calls=line.calls,
    )


def _counts(line: DeliveryLine) -> Iterator[tuple[str, int]]:
    for name, n in line.counts.items():
        yield ("sent" if name == "rows_read" else name), n


def _source(line: SourceLine) -> SourceRow:
    flag = None
    if line.open_rows:
        text = ngettext("%(n)d row waits", "%(n)d rows wait", line.open_rows)
        flag = Flag(text % {"n": line.open_rows}, "warn", "inbox")
    return SourceRow(
        name=line.name,
        records=line.records,
        last_at=line.last_at,
        deliveries=line.deliveries,
        flag=flag,
        last_href=places.delivery(line.last_delivery) if line.last_delivery else "",
        list_href=places.customers(f_source=str(line.source)) if line.records else "",
    )


def _tables(held: DeliveryDetail) -> Iterator[DeliveryFile]:
    """What each table was taken for, as the mapping that was used says."""
    try:
        mapped = Mapping.load(held.mapping).tables
    except MappingError:
        return
    yield from (_table(held.line.name, table) for table in mapped)


def _table(path: str, table: TableMapping) -> DeliveryFile:
    used = table.roles()
    return DeliveryFile(
        path=path,
        table=table.table,
        holds=words.said(words.HOLDS, table.holds),
        columns=tuple((column, column_label(role)) for column, role in used.items()),
        unmapped=table.not_mapped,
    )


def _problem(actor: Actor, problem: Waiting) -> Problem:
    is_open = problem.open and may(actor, "quarantine.read")
    label = reasons.reason(problem.reason)
    if problem.column:
        label = f"{label} ({column_label(problem.column)})"
    return Problem(
        reason=label,
        advice=reasons.advice(problem.reason),
        count=problem.count,
        outcome="quarantined",
        example=problem.example,
        href=places.quarantine(problem.reason) if is_open else "",
    )


def _past_term(held: DeliveryDetail) -> Iterator[Problem]:
    """What came too late to be kept."""
    if count := int(held.report.get("past_term", 0)):
        yield Problem(
            reason=_("Visits, clicks and newsletters older than you keep them"),
            advice=_("They would go by their term tonight. The terms stand under Privacy."),
            count=count,
            outcome="past_term",
        )


def _undo(actor: Actor, held: DeliveryDetail) -> UndoPreview:
    if held.line.state == Delivery.UNDONE:
        return UndoPreview(0, 0, 0, 0, _("This delivery is undone already."))
    counts = counted.undo_counts(actor, held.line.delivery)
    return UndoPreview(counts.records, counts.versions, counts.interactions, counts.customers)


def _message(held: DeliveryDetail) -> str:
    if held.line.state == Delivery.FAILED:
        return _("Loading failed. Mend the file and load it again; it goes on where it stopped.")
    if held.line.state == Delivery.RUNNING and held.line.started_at.timestamp() < _an_hour_ago():
        return _("This has not finished. If nobody is loading any more, load the same file again: "
                 "it goes on where it stopped.")  # fmt: skip
    return ""


def _an_hour_ago() -> float:
    return now_us() / 1_000_000 - 3600
