"""Rows that go into SQLite by way of a scratch database are the rows that were given."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from django.conf import settings
from django.db import connection, transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as given_settings
from hypothesis import strategies as st

from klantbeeld.core import bulk, scratch
from klantbeeld.core.models import Record, Source

pytestmark = [pytest.mark.sqlite, pytest.mark.django_db(transaction=True)]

TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=12)
WHOLE = st.integers(-(2**63), 2**63 - 1)


def frame_of(keys: list[str], marks: list[int], data: list[str]) -> pl.DataFrame:
    """As many records as fill a scratch database, these values taking turns in them."""
    places = pl.int_range(scratch.MANY, eager=True)
    return pl.DataFrame(
        {
            "id": places + 1,
            "key": places.cast(pl.String) + pl.Series(keys)[(places % len(keys)).to_numpy()],
            "hash": pl.Series(marks, dtype=pl.Int64)[(places % len(marks)).to_numpy()],
            "kind": "person",
            "data": pl.Series(data)[(places % len(data)).to_numpy()],
            "seq": 1,
            "updated_at": 0,
            "created_at": places - 5,
        }
    ).with_columns(pl.lit(source(), pl.Int64).alias("source_id"))


def source() -> int:
    """Somewhere for records to come from."""
    return Source.objects.get_or_create(key="probe", name="Probe", created_at=0)[0].pk


def stored(columns: list[str]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(columns)} FROM core_record ORDER BY id")
        return list(cursor.fetchall())


def left_behind() -> list[Path]:
    return list(Path(settings.HOME).glob("scratch*"))


def attached() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA database_list")
        return {row[1] for row in cursor.fetchall()} - {"main", "temp"}


@given_settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(TEXT, min_size=1, max_size=5),
    st.lists(WHOLE, min_size=1, max_size=5),
    st.lists(TEXT, min_size=1, max_size=3),
)
def test_the_rows_are_those_of_the_frame(
    keys: list[str], marks: list[int], texts: list[str]
) -> None:
    frame = frame_of(keys, marks, [f'{{"wish": {len(t)}}}' for t in texts])
    with transaction.atomic():
        bulk.insert_frame(Record, frame)
        assert attached()
        assert stored(frame.columns) == frame.rows()
        transaction.set_rollback(True)
    assert stored(frame.columns) == []
    assert left_behind() == []


def test_nothing_of_it_is_left_after_the_transaction() -> None:
    frame = frame_of(["a"], [1, 2], ["{}"])
    with transaction.atomic():
        bulk.insert_frame(Record, frame)
    assert attached() == set()
    assert left_behind() == []
    assert len(stored(["id"])) == len(frame)


def test_many_frames_in_one_transaction_all_arrive() -> None:
    frame = frame_of(["a"], [1, 2], ["{}"])
    times = len(scratch.NAMES) + 3
    with transaction.atomic():
        for n in range(times):
            more = n * len(frame)
            bulk.insert_frame(
                Record,
                frame.with_columns(
                    pl.col("id") + more, pl.format("{}/{}", pl.lit(n), "key").alias("key")
                ),
            )
    assert len(stored(["id"])) == times * len(frame)
    assert attached() == set()


def test_a_row_that_may_not_be_leaves_none() -> None:
    frame = frame_of(["a"], [1, 2], ["{}", "no JSON"])
    with pytest.raises(sqlite3.IntegrityError), transaction.atomic():
        bulk.insert_frame(Record, frame)
    assert stored(["id"]) == []
    with transaction.atomic():
        bulk.insert_frame(Record, frame_of(["a"], [1, 2], ["{}"]))
    assert len(stored(["id"])) == scratch.MANY
    assert left_behind() == []
