"""Parts of histories that a backup brought back: erased again, as the ledger remembers them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db import connection, transaction

from klantbeeld.accounts.reads import needs
from klantbeeld.core import bulk, clock
from klantbeeld.core.actor import Actor, system_actor
from klantbeeld.core.erasing import Work
from klantbeeld.identity.actions import note_pending
from klantbeeld.pipeline.erased_parts import erased_of, quarantine_mark
from klantbeeld.privacy import actions as privacy
from klantbeeld.privacy.tables import (
    event_mark,
    has_events,
    identifiers,
    marks_held,
    may_be_erased,
    value_kinds,
    value_mark,
)
from klantbeeld.sources import actions as sources
from klantbeeld.sources.models import Quarantined
from klantbeeld.sources.tables import groups_in, text_of
from klantbeeld.timeline import actions as timeline
from klantbeeld.timeline.tables import KEYED_TABLES, of_marks

MACHINE = system_actor("job")
Values = list[tuple[int, str, str]]


@needs("customers.erase")
def take_away_again(actor: Actor) -> int:
    """Once the database knows all tombstones: erase what it holds of them; how many things."""
    marks = {name: list(_events(name)) for name in KEYED_TABLES} if has_events() else {}
    rows = list(_quarantined()) if marks else []
    values = list(_values())
    count = sum(map(len, marks.values())) + len(rows) + len(values)
    if count:
        work = Work(privacy.fresh_number(actor), clock.now_us(), part=marks)
        work.save()
        privacy.begin_part_again(actor, work, lambda: _take_away(marks, rows, values))
    return count


def _take_away(
    marks: Mapping[str, Sequence[int]], rows: Sequence[int], values: Values
) -> dict[str, int]:
    with transaction.atomic():
        one = of_marks(marks)
        counts = timeline.erase_single(MACHINE, one)
        note_pending(MACHINE, list(one.records), rematch=False)
        counts["sources_quarantined"] = sources.forget_rows(MACHINE, rows)
        counts["core_recordversion"] = sum(_forget(*value) for value in values)
    return counts


def _forget(record: int, group: str, text: str) -> int:
    done, touched = sources.forget_value(MACHINE, [record], group, text)
    note_pending(MACHINE, touched, rematch=True)
    return done


def _events(name: str) -> Iterator[int]:
    table = KEYED_TABLES[name]._meta.db_table
    for part in _parts(f'SELECT key_hash FROM "{table}"'):
        asked = {event_mark(name, row[0]): row[0] for row in part}
        yield from (asked[mark] for mark in marks_held(asked))


def _quarantined() -> Iterator[int]:
    held = Quarantined.objects.values_list("pk", "delivery__source", "hash")
    asked = {quarantine_mark(source, mark): pk for pk, source, mark in held}
    yield from (asked[mark] for mark in marks_held(asked))


def _values() -> Iterator[tuple[int, str, str]]:
    """(record, group, text) of values that were erased of whom the record is about."""
    kinds = value_kinds()
    if not kinds:
        return
    data = bulk.json_text("data")
    for sql in (
        f"SELECT id, {data} FROM core_record",
        f"SELECT record_id, {data} FROM core_recordversion",
    ):
        for part in _parts(sql):
            yield from _erased_among(part, kinds)


def _erased_among(
    part: Sequence[Sequence[Any]], kinds: frozenset[str]
) -> Iterator[tuple[int, str, str]]:
    asked: dict[tuple[str, str], list[tuple[int, str, str]]] = {}
    for record, text in part:
        told = json.loads(text)
        for group in groups_in(told):
            if may_be_erased(group, kinds):
                value = text_of(group, told)
                asked.setdefault(value_mark(group, value), []).append((record, group, value))
    for mark in marks_held(asked):
        for record, group, value in dict.fromkeys(asked[mark]):
            # As who it is known by now and was before, which the version itself may not tell.
            if erased_of(identifiers([record]), [(group, value)]):
                yield record, group, value


def _parts(sql: str) -> Iterator[Sequence[Sequence[Any]]]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql)
        while rows := cursor.fetchmany(bulk.FETCH_ROWS):
            yield rows
