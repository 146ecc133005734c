"""Bulk reads and writes mean the same on both databases as one row at a time."""

from __future__ import annotations

import json
from typing import Any

import polars as pl
import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from klantbeeld.core import bulk
from klantbeeld.core.models import Counter, Record, Source

pytestmark = pytest.mark.django_db

EXAMPLES = settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
# PostgreSQL stores no NUL and no lone surrogate; the readers take those out at the door.
TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=30)
VALUES = st.dictionaries(TEXT, st.one_of(TEXT, st.none(), st.booleans(), st.integers(-5, 5)))
COLUMNS = (
    "id", "source_id", "key", "kind", "data", "hash", "seq", "updated_at", "created_at",
)  # fmt: skip
BIG = st.integers(-(2**63), 2**63 - 1)


@pytest.fixture
def source() -> Source:
    """Somewhere for records to come from."""
    return Source.objects.create(key="probe", name="Probe", created_at=0)


def _store(source: Source, keys: list[str], data: list[dict[str, Any]], marks: list[int]) -> int:
    first = bulk.allocate(Record, max(1, len(keys)))
    rows = [
        (first + n, source.pk, key, "person", json.dumps(held), mark, 1, 0, 0)
        for n, (key, held, mark) in enumerate(zip(keys, data, marks, strict=True))
    ]
    assert bulk.insert(Record, COLUMNS, iter(rows)) == len(rows)
    return first


@EXAMPLES
@given(st.lists(st.tuples(TEXT, VALUES, BIG), max_size=20, unique_by=lambda row: row[0]))
def test_what_goes_in_in_bulk_comes_out_by_the_orm(
    source: Source, rows: list[tuple[str, dict[str, Any], int]]
) -> None:
    with transaction.atomic():
        first = _store(source, [r[0] for r in rows], [r[1] for r in rows], [r[2] for r in rows])
        held = list(Record.objects.filter(source=source).order_by("pk"))
        assert [(r.key, r.data, r.hash) for r in held] == rows
        assert [r.pk for r in held] == list(range(first, first + len(rows)))
        transaction.set_rollback(True)


@EXAMPLES
@given(st.lists(st.tuples(TEXT, BIG), min_size=1, max_size=20, unique_by=lambda row: row[0]))
def test_update_delete_and_look_up_touch_exactly_the_rows_named(
    source: Source, rows: list[tuple[str, int]]
) -> None:
    with transaction.atomic():
        first = _store(source, [r[0] for r in rows], [{}] * len(rows), [0] * len(rows))
        odd = range(first + 1, first + len(rows), 2)
        bulk.update(Record, ["hash", "seq"], [(key, rows[key - first][1], 7) for key in odd])
        found = dict(
            bulk.rows_where("SELECT id, hash FROM core_record WHERE seq = 7 AND", "id", list(odd))
        )
        assert found == {key: rows[key - first][1] for key in odd}
        by_key = bulk.rows_where(
            "SELECT id FROM core_record WHERE", "key", [r[0] for r in rows], kind="text"
        )
        assert len(by_key) == len(rows)
        assert bulk.delete(Record, "id", list(odd)) == len(odd)
        left = Record.objects.filter(source=source).order_by("pk")
        assert [r.pk for r in left] == list(range(first, first + len(rows), 2))
        transaction.set_rollback(True)


@pytest.mark.parametrize("rows", [0, 1, 1000])
def test_frames_hold_every_row_once(
    source: Source, rows: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "FETCH_ROWS", 300)
    _store(source, [f"k{n:04}" for n in range(rows)], [{"n": n} for n in range(rows)], [0] * rows)
    statement = f"SELECT key, {bulk.json_text('data')} FROM core_record ORDER BY id"
    held = bulk.frame(statement, [], {"key": pl.String, "data": pl.String})
    assert held.schema == {"key": pl.String, "data": pl.String}
    assert held["key"].to_list() == [f"k{n:04}" for n in range(rows)]
    assert [json.loads(text)["n"] for text in held["data"]] == list(range(rows))


@EXAMPLES
@given(st.lists(st.integers(1, 1000), min_size=1, max_size=10))
def test_keys_are_handed_out_once(counts: list[int]) -> None:
    with transaction.atomic():
        start = bulk.allocate(Record, 1)
        for count in counts:
            first = bulk.allocate(Record, count)
            assert first == start + 1
            start = first + count - 1
        assert Counter.objects.get(name="core_record").next == start + 1
        transaction.set_rollback(True)


def test_keys_of_a_transaction_that_fails_are_handed_out_again() -> None:
    first = bulk.allocate(Record, 5)
    with pytest.raises(RuntimeError), transaction.atomic():
        bulk.allocate(Record, 5)
        raise RuntimeError
    assert bulk.allocate(Record, 1) == first + 5


def test_nothing_asked_is_nothing_done(source: Source) -> None:
    assert bulk.delete(Record, "id", []) == 0
    assert bulk.rows_where("SELECT id FROM core_record WHERE", "id", []) == []
    bulk.update(Record, ["hash"], [])


def test_a_very_long_list_of_keys_is_one_statement(source: Source) -> None:
    _store(source, ["a", "b"], [{}, {}], [0, 0])
    with connection.execute_wrapper(_counting := _Counting()):
        assert len(bulk.rows_where("SELECT id FROM core_record WHERE", "id", range(100_000))) <= 2
    assert _counting.statements == 1


class _Counting:
    """Counts statements."""

    statements = 0

    def __call__(self, execute: Any, *arguments: Any) -> Any:
        self.statements += 1
        return execute(*arguments)


@pytest.mark.django_db(transaction=True)
def test_bulk_writes_want_a_transaction() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        bulk.ensure_atomic()
    with transaction.atomic():
        bulk.ensure_atomic()
