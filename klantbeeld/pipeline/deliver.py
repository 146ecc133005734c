"""Deliveries: each file's tables written, in the order in which they need each other."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence

from django.db.models import Exists, OuterRef

from klantbeeld.core.actor import Actor
from klantbeeld.core.models import Delivery, Record
from klantbeeld.identity.actions import note_pending
from klantbeeld.pipeline.kept import kept_fields
from klantbeeld.pipeline.load import ORDER, write_table
from klantbeeld.pipeline.plan import Plan, work_for
from klantbeeld.pipeline.relations import Found
from klantbeeld.pipeline.report import NOT_LOOKED_INTO
from klantbeeld.pipeline.writing import Writer
from klantbeeld.privacy import actions as privacy
from klantbeeld.sources import actions as sources
from klantbeeld.sources.tables import Mapping
from klantbeeld.timeline import actions as timeline
from klantbeeld.timeline.models import Document, Interaction

Progress = Callable[[str, int], None]


def deliver(actor: Actor, plan: Plan, progress: Progress, run: int = 0) -> Iterator[Delivery]:
    """Load the tables of a plan, a delivery per file; those with customers go first.

    `run` is the one that they go on with.
    """
    for group in deliveries_of(plan.found):
        delivery = _load(actor, plan, group, run, progress)
        run = run or delivery.run
        yield delivery


def deliveries_of(found: Sequence[Found]) -> list[list[Found]]:
    """Tables by file, as they are loaded; bare order lines go with the file of their orders."""
    by_file: dict[tuple[str, str], list[Found]] = {}
    for table in found:
        owner = table.lines_of or table
        by_file.setdefault((owner.source, owner.path), []).append(table)
    groups = [sorted(tables, key=_rank) for tables in by_file.values()]
    return sorted(groups, key=lambda tables: _rank(tables[0]))


def _rank(table: Found) -> int:
    holds = table.mapping.holds
    return ORDER.index(holds) if holds in ORDER else len(ORDER)


def _load(
    actor: Actor, plan: Plan, tables: Sequence[Found], run: int, progress: Progress
) -> Delivery:
    owner = next((t for t in tables if t.lines_of is None), tables[0])
    source = sources.source_named(actor, owner.source)
    for table in tables:
        if table.number_of:
            sources.source_named(actor, table.number_of)
    mapping = Mapping(owner.source, tuple(t.mapping for t in tables)).dump()
    delivery = sources.open_delivery(actor, source, owner.path, _fingerprint(tables), mapping, run)
    writer = Writer(actor, delivery, owner.source, progress)
    is_whole = not delivery.position
    writer.is_first = is_whole and not _brought_before(source.pk)
    for table in tables:
        privacy.note_special(actor, delivery, table.name, table.staged.special)
        if table.lines_of is not None:
            continue
        if table.mapping.holds not in ORDER:
            _refuse(writer, table)
            continue
        lines = next((t for t in tables if t.lines_of is table), None)
        work = work_for(plan, table, delivery.started_at)
        line_work = work_for(plan, lines, delivery.started_at) if lines else None
        for each in (work, line_work):
            sources.register_fields(actor, kept_fields(each) if each else ())
        write_table(work, writer, line_work)
    # Whose history changed is noted here, at once: row by row it would cost more than the rows.
    # What was written before an interruption this writer does not know of.
    known = writer.changed if is_whole else None
    note_pending(actor, timeline.records_of(actor, delivery, known), rematch=False)
    report = {
        "without_customer": 0, **delivery.report, "anonymous": _anonymous(delivery),
        NOT_LOOKED_INTO: _not_looked_into(delivery),
    }  # fmt: skip
    sources.note_loaded(actor, delivery, report)
    return delivery


def _brought_before(source: int) -> bool:
    """Whether anything of this source is on the timeline already."""
    brought = Interaction.objects.filter(delivery=OuterRef("pk"))
    # By subquery: a program that brings order by order has very many deliveries.
    return Delivery.objects.filter(Exists(brought), source=source).exists()


def _anonymous(delivery: Delivery) -> int:
    """Interactions of this delivery that hang on no customer."""
    nobody = Record.objects.filter(source=delivery.source_id, kind=Record.ANONYMOUS)
    return Interaction.objects.filter(delivery=delivery, record__in=list(nobody)).count()


def _not_looked_into(delivery: Delivery) -> int:
    """Documents that this delivery brought and into which nobody could look."""
    return Document.objects.filter(delivery=delivery).exclude(unread="").count()


def _fingerprint(tables: Sequence[Found]) -> str:
    parts = "".join(t.staged.fingerprint for t in tables)
    return hashlib.sha256(parts.encode()).hexdigest()


def _refuse(writer: Writer, table: Found) -> None:
    """A table of which nothing is recognised: its rows are counted as rejected, once."""
    stage = f"{table.name}/refused"

    def write(first: int, last: int) -> None:
        writer.reject(table.staged.rows + len(table.staged.rejects))

    writer.run(stage, 0, 1, write)
