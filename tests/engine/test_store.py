"""The columnar copy: whole or not at all, refused when it cannot be trusted, never in the way."""

from __future__ import annotations

import gc
import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from klantbeeld.engine import (
    PARTITIONS,
    NoCopy,
    RebuildNeeded,
    SchemaError,
    Store,
    StoreBusy,
    Watermark,
    collect,
    files,
    read,
)
from klantbeeld.engine.manifest import FORMAT

SCHEMA = {"record": pl.Int64, "word": pl.String}
AS_OF = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def at(position: int) -> Watermark:
    return Watermark(position, AS_OF)


def rows_of(partition: int, word: str) -> list[pl.DataFrame]:
    """Two frames of one row each, as a database cursor would give them."""
    return [
        pl.DataFrame({"word": [word], "record": [partition + PARTITIONS * n], "extra": [n]})
        for n in range(2)
    ]


def everything(word: str) -> dict[int, list[pl.DataFrame]]:
    return {number: rows_of(number, word) for number in range(PARTITIONS)}


def words(store: Store, table: str = "orders") -> Mapping[str, int]:
    with read(store, table) as result:
        found = collect(result.frame)
    return dict(found.group_by("word").len().iter_rows())


def files_of(store: Store, table: str = "orders") -> set[str]:
    return {path.name for path in (store.folder / table).glob("*.parquet")}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A store with a full copy of `orders` at position 10."""
    store = Store(tmp_path / "copy [of] a company")
    store.refresh("orders", everything("old"), SCHEMA, at(10))
    return store


def test_a_refresh_replaces_the_named_partitions_only(store: Store) -> None:
    manifest = store.refresh("orders", {3: rows_of(3, "new"), 5: []}, SCHEMA, at(12))
    assert words(store) == {"old": 2 * (PARTITIONS - 2), "new": 2}
    assert manifest.rows == 2 * (PARTITIONS - 1)
    assert store.watermark("orders") == at(12)
    assert store.verify() == {"orders": at(12)}
    assert len(files_of(store)) == PARTITIONS - 1  # partition 5 is empty, old files are gone
    assert store.tables() == ["orders"]


def test_frames_are_asked_for_one_partition_at_a_time(store: Store) -> None:
    asked: list[int] = []

    def frames(number: int) -> Iterator[pl.DataFrame]:
        asked.append(len(files_of(store)))
        yield from rows_of(number, "new")

    store.refresh("orders", {n: frames(n) for n in range(PARTITIONS)}, SCHEMA, at(11))
    assert asked == list(range(PARTITIONS, 2 * PARTITIONS))
    assert words(store) == {"new": 2 * PARTITIONS}


def test_an_empty_table_can_be_read(store: Store) -> None:
    store.refresh("empty", dict.fromkeys(range(PARTITIONS), ()), SCHEMA, at(1))
    with read(store, "empty") as result:
        assert collect(result.frame).schema == SCHEMA


@pytest.mark.parametrize(
    ("partitions", "schema", "position", "reason"),
    [
        ({1: []}, {**SCHEMA, "more": pl.Int32}, 12, "columns have changed"),
        ({1: []}, SCHEMA, 9, "change log to 10, the database only to 9"),
    ],
)
def test_a_partial_refresh_that_would_mix_states_asks_for_a_rebuild(
    store: Store,
    partitions: dict[int, list[pl.DataFrame]],
    schema: dict,
    position: int,
    reason: str,
) -> None:
    with pytest.raises(RebuildNeeded, match=reason):
        store.refresh("orders", partitions, schema, at(position))
    assert words(store) == {"old": 2 * PARTITIONS}


def test_a_whole_refresh_may_change_columns_and_go_back(store: Store) -> None:
    whole = {n: [pl.DataFrame({"record": [n], "word": ["w"], "more": [None]})] for n in range(64)}
    store.refresh("orders", whole, {**SCHEMA, "more": pl.Int32}, at(2))
    assert store.watermark("orders").position == 2
    with read(store, "orders") as result:
        assert collect(result.frame).schema == {**SCHEMA, "more": pl.Int32}


def test_the_first_refresh_must_be_whole(store: Store) -> None:
    with pytest.raises(NoCopy, match="'quotes' must be rebuilt"):
        store.refresh("quotes", {0: []}, SCHEMA, at(1))
    with pytest.raises(NoCopy):
        store.watermark("quotes")
    with pytest.raises(NoCopy):
        read(store, "quotes")


def break_manifest(store: Store, change: dict | None) -> None:
    path = store.folder / "orders" / "manifest.json"
    body = json.loads(path.read_text())
    path.write_text(json.dumps(body | change) if change is not None else path.read_text()[:-40])


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"format": FORMAT + 1}, f"format {FORMAT + 1}, this version reads {FORMAT}"),
        ({"generation": 7}, "manifest is damaged"),
        (None, "manifest is damaged"),
    ],
)
def test_a_foreign_or_damaged_manifest_asks_for_a_rebuild(
    store: Store, change: dict | None, reason: str
) -> None:
    break_manifest(store, change)
    for use in (store.watermark, store.verify, lambda t: read(store, t), store.sweep):
        with pytest.raises(RebuildNeeded, match=reason):
            use("orders")
    with pytest.raises(RebuildNeeded, match=reason):
        store.refresh("orders", {0: []}, SCHEMA, at(11))
    store.refresh("orders", everything("rebuilt"), SCHEMA, at(11))
    assert words(store) == {"rebuilt": 2 * PARTITIONS}
    assert len(files_of(store)) == PARTITIONS


def test_a_missing_or_shortened_file_is_noticed_by_every_read(store: Store) -> None:
    victim = store.folder / "orders" / sorted(files_of(store))[20]
    whole = victim.read_bytes()
    victim.write_bytes(whole[:-1])
    with pytest.raises(RebuildNeeded, match=f"has {len(whole) - 1} bytes instead of {len(whole)}"):
        read(store, "orders")
    victim.unlink()
    with pytest.raises(RebuildNeeded, match="is missing"):
        read(store, "orders")
    assert not list((store.folder / "orders" / "readers").iterdir())


def test_a_flipped_bit_is_noticed_by_verify(store: Store) -> None:
    assert store.verify("orders")
    victim = store.folder / "orders" / sorted(files_of(store))[20]
    content = bytearray(victim.read_bytes())
    content[len(content) // 2] ^= 1
    victim.write_bytes(content)
    with pytest.raises(RebuildNeeded, match=r"damaged"):
        store.verify()


def test_a_failing_source_leaves_the_old_state_and_no_files(store: Store) -> None:
    before = files_of(store)

    def breaking() -> Iterator[pl.DataFrame]:
        yield rows_of(2, "new")[0]
        raise ConnectionError("the database went away")

    with pytest.raises(ConnectionError):
        store.refresh("orders", {1: rows_of(1, "new"), 2: breaking()}, SCHEMA, at(11))
    assert files_of(store) == before
    assert store.verify("orders") == {"orders": at(10)}


@pytest.mark.parametrize(
    ("frame", "message"),
    [
        (pl.DataFrame({"record": [1]}), "lacks column 'word'"),
        (pl.DataFrame({"record": ["1"], "word": ["x"]}), "'record' came as String"),
        (pl.DataFrame({"record": [1.5], "word": ["x"]}), "'record' came as Float64"),
        (pl.DataFrame({"record": [2**63], "word": ["secret"]}), "does not fit"),
    ],
)
def test_a_frame_that_does_not_fit_is_refused(
    store: Store, frame: pl.DataFrame, message: str
) -> None:
    with pytest.raises(SchemaError, match=message) as caught:
        store.refresh("orders", {0: [frame]}, SCHEMA, at(11))
    assert "secret" not in str(caught.value)
    assert "9223372036854775808" not in str(caught.value)


@pytest.mark.parametrize(
    ("schema", "message"),
    [
        ({"at": pl.Datetime}, "Datetime"),
        ({"n": pl.UInt64}, "UInt64"),
        ({"name": pl.String, "Name": pl.String}, "differ only by case"),
        ({}, "at least one column"),
    ],
)
def test_a_schema_that_engines_read_unlike_is_refused(
    store: Store, schema: dict, message: str
) -> None:
    with pytest.raises(SchemaError, match=message):
        store.refresh("other", dict.fromkeys(range(PARTITIONS), ()), schema, at(1))


def test_names_and_numbers_are_checked(store: Store) -> None:
    for name in ("../orders", "Orders", "", "a" * 64):
        with pytest.raises(ValueError, match="not a table name"):
            store.watermark(name)
    with pytest.raises(ValueError, match="Partition 64"):
        store.refresh("orders", {64: []}, SCHEMA, at(11))
    with pytest.raises(ValueError, match="time zone"):
        Watermark(1, AS_OF.replace(tzinfo=None))


def test_a_reader_keeps_its_files_while_others_refresh(store: Store) -> None:
    early = read(store, "orders")
    store.refresh("orders", {3: rows_of(3, "new")}, SCHEMA, at(11))
    late = read(store, "orders")
    store.refresh("orders", everything("newest"), SCHEMA, at(12))
    assert set(collect(early.frame)["word"]) == {"old"}
    assert set(collect(late.frame)["word"]) == {"old", "new"}
    assert (early.watermark, late.watermark, late.as_of) == (at(10), at(11), AS_OF)
    assert store.sweep("orders") == PARTITIONS + 1
    early.close()
    assert store.sweep("orders") == PARTITIONS  # partition 3 of the first state could go
    del late
    gc.collect()
    assert store.sweep("orders") == 0
    assert len(files_of(store)) == PARTITIONS
    assert words(store) == {"newest": 2 * PARTITIONS}


def test_the_lease_of_a_dead_reader_holds_nothing(store: Store) -> None:
    readers = store.folder / "orders" / "readers"
    readers.mkdir(exist_ok=True)
    dead = readers / "1-0123456789abcdef"  # what a killed reader leaves: a file nobody locks
    dead.touch()
    store.refresh("orders", {3: rows_of(3, "new")}, SCHEMA, at(11))
    assert len(files_of(store)) == PARTITIONS
    assert not dead.exists()


def test_drop_forgets_at_once_and_removes_when_free(store: Store) -> None:
    result = read(store, "orders")
    assert store.drop("orders") == PARTITIONS
    with pytest.raises(NoCopy):
        store.watermark("orders")
    assert store.tables() == []
    assert collect(result.frame).height == 2 * PARTITIONS
    store.refresh("orders", everything("again"), SCHEMA, at(20))
    assert len(files_of(store)) == 2 * PARTITIONS  # the reader still holds the dropped ones
    result.close()
    assert store.sweep("orders") == 0
    assert words(store) == {"again": 2 * PARTITIONS}
    assert store.drop("orders") == 0
    assert files_of(store) == set()
    assert store.drop("never_there") == 0


def test_one_refresh_at_a_time(store: Store) -> None:
    lock = files.Lock(store.folder / "orders" / "writer.lock")
    assert lock.acquire()
    for write in (
        lambda: store.refresh("orders", {0: []}, SCHEMA, at(11)),
        lambda: store.drop("orders"),
        lambda: store.sweep("orders"),
    ):
        with pytest.raises(StoreBusy, match="'orders'"):
            write()
    assert words(store) == {"old": 2 * PARTITIONS}  # reading goes on
    lock.release()
    store.refresh("orders", {0: []}, SCHEMA, at(11))
