"""The change log: every touched partition is noted, and nothing is read before it is final."""

from __future__ import annotations

import threading

import numpy as np
import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from klantbeeld.core import changes
from klantbeeld.core.models import PARTITIONS, Change, partition_of

EXAMPLES = settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
KEYS = st.lists(st.integers(1, 2**40), max_size=60)


@given(st.integers(1, 2**62))
def test_a_record_has_one_partition_and_its_neighbours_share_it(record: int) -> None:
    assert 0 <= partition_of(record) < PARTITIONS
    block = record - record % 1024
    assert partition_of(block) == partition_of(block + 1023) == partition_of(record)


def _note(table: str, records: list[int]) -> int:
    """Note and commit; the horizon afterwards."""
    with transaction.atomic():
        changes.note(table, np.array(records, dtype=np.int64))
    return changes.horizon()


@pytest.mark.django_db(transaction=True)
@EXAMPLES
@given(KEYS, KEYS)
def test_the_partitions_touched_are_those_of_the_records(
    first: list[int], second: list[int]
) -> None:
    before = changes.horizon()
    between = _note("interaction", first)
    _note("interaction", second)
    after = _note("other", [1])
    assert before <= between <= after
    assert changes.touched_between("interaction", before, after) == sorted(
        {partition_of(r) for r in (*first, *second)}
    )
    assert changes.touched_between("interaction", before, between) == sorted(
        {partition_of(r) for r in first}
    )
    assert changes.touched_between("interaction", after, changes.horizon()) == []


@pytest.mark.django_db
def test_nothing_touched_notes_nothing() -> None:
    changes.note("interaction", [])
    assert not Change.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgresql
def test_what_is_not_committed_is_not_below_the_horizon() -> None:
    with transaction.atomic():
        changes.note("interaction", [1024])
        assert changes.touched_between("interaction", 0, changes.horizon()) == []
    assert changes.touched_between("interaction", 0, changes.horizon()) == [1]


class _OpenTransaction:
    """Another connection that has noted a change and has not committed yet."""

    def __init__(self) -> None:
        self.noted, self.may_commit = threading.Event(), threading.Event()
        self.thread = threading.Thread(target=self._run)
        self.thread.start()
        assert self.noted.wait(10)

    def _run(self) -> None:
        with transaction.atomic():
            changes.note("interaction", [5 * 1024])
            self.noted.set()
            self.may_commit.wait(10)
        connection.close()

    def commit(self) -> None:
        """Let it commit."""
        self.may_commit.set()
        self.thread.join(10)


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgresql
def test_the_horizon_stays_below_a_transaction_that_is_still_open() -> None:
    settled = _note("interaction", [0])
    earlier = _OpenTransaction()
    meanwhile = _note("interaction", [9 * 1024])
    # The later change is visible and the earlier one is not: reading up to it would lose one.
    assert changes.touched_between("interaction", settled, meanwhile) == []
    earlier.commit()
    assert changes.touched_between("interaction", settled, changes.horizon()) == [5, 9]
    assert changes.touched_between("interaction", meanwhile, changes.horizon()) == [5, 9]


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgresql
def test_an_open_transaction_that_fails_does_not_hold_the_horizon_for_ever() -> None:
    before = changes.horizon()
    with pytest.raises(RuntimeError), transaction.atomic():
        changes.note("interaction", [1024])
        raise RuntimeError
    assert changes.touched_between("interaction", before, _note("interaction", [2048])) == [2]


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgresql
def test_other_databases_of_the_server_do_not_hold_the_horizon() -> None:
    import psycopg

    given = connection.settings_dict
    before = changes.horizon()
    with psycopg.connect(
        host=given["HOST"], port=given["PORT"], user=given["USER"], dbname="postgres"
    ) as other:
        other.execute("SELECT pg_current_xact_id()")
        assert changes.touched_between("interaction", before, _note("interaction", [3072])) == [3]
