"""SQLite and Parquet: in batches, with the types they have, and nothing changed."""

from __future__ import annotations

import datetime as dt
import hashlib
import sqlite3
from pathlib import Path

import polars as pl
import pytest

from klantbeeld.sources.readers import UnreadableFile, sqlite, tables_in
from klantbeeld.sources.readers import parquet as parquet_reader
from klantbeeld.sources.tables import ROW
from tests.sources.files import only_table, rows, whole, written


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    path = tmp_path / "winkel.db"
    connection = sqlite3.connect(path)
    connection.executescript(
        'create table "klanten tabel" (id integer primary key, "naam" text, saldo, foto blob);'
        "create table orders (nr integer primary key, klant integer references"
        ' "klanten tabel"(id), bedrag real, op text);'
        "create table leeg (a, b); create view v as select 1;"
    )
    connection.execute("insert into \"klanten tabel\" values (1, 'Zoë', 'vier', x'00ff')")
    connection.execute("insert into \"klanten tabel\" values (2, '', 4, null)")
    values = [(n, 1 + n % 2, n / 4, "2024-01-02") for n in range(7)]
    connection.executemany("insert into orders values (?, ?, ?, ?)", values)
    connection.commit()
    connection.close()
    return path


def test_tables_of_a_database(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "BATCH_ROWS", 3)
    before = hashlib.sha256(shop.read_bytes()).hexdigest()
    customers, empty, orders = tables_in(shop)
    assert (customers.name, customers.path) == ("klanten tabel", "winkel.db")
    assert rows(customers) == [(1, 1, "Zoë", "vier", b"\x00\xff"), (2, 2, None, "4", None)]
    assert whole(orders).schema["bedrag"] == pl.Float64
    assert [frame.height for frame in orders.frames()] == [3, 3, 1]
    assert orders.details["foreign_keys"] == {"klant": ("klanten tabel", "id")}
    assert orders.details["primary_key"] == ("nr",)
    assert [note.code for note in empty.notes] == ["no_rows"]
    assert hashlib.sha256(shop.read_bytes()).hexdigest() == before


def test_a_database_in_use_is_read(shop: Path) -> None:
    connection = sqlite3.connect(shop)
    connection.execute("pragma journal_mode = wal")
    connection.execute("insert into orders values (99, 1, 2.5, null)")
    connection.commit()
    orders = next(table for table in tables_in(shop) if table.name == "orders")
    assert len(whole(orders)) == 8
    connection.close()


def test_a_damaged_database_is_refused(shop: Path) -> None:
    content = shop.read_bytes()
    with pytest.raises(UnreadableFile) as raised:
        list(tables_in(written(shop.parent, "half.db", content[: len(content) // 3])))
    assert raised.value.code == "damaged"


def test_parquet_keeps_its_types_and_comes_in_batches(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet_reader, "BATCH_ROWS", 5)
    frame = pl.DataFrame(
        {"id": range(33), "op": [dt.datetime(2024, 1, 1)] * 33, "naam": ["Zoë", None, ""] * 11}
    )
    frame.write_parquet(tmp_path / "k.parquet")
    table = only_table(tmp_path / "k.parquet")
    assert whole(table).drop(ROW).equals(frame)
    assert whole(table)[ROW].to_list() == list(range(1, 34))
    assert len(list(table.frames())) == 2


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"PAR1" + b"x" * 500, "damaged"),
        (b"geen parquet, maar tekst\nnog wat\n", "wrong_extension"),
    ],
)
def test_what_is_no_parquet_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    with pytest.raises(UnreadableFile) as raised:
        list(tables_in(written(tmp_path, "k.parquet", content)))
    assert raised.value.code == code


def test_text_that_is_no_utf8_is_read_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "BATCH_ROWS", 2)
    connection = sqlite3.connect(tmp_path / "oud.db")
    connection.execute("create table k (id integer primary key, naam text)")
    for number in range(5):
        value = "x'5a6feb'" if number == 3 else "'Jan'"
        connection.execute(f"insert into k (naam) values (cast({value} as text))")
    connection.commit()
    connection.close()
    found = [row[2] for row in rows(only_table(tmp_path / "oud.db"))]
    assert found == ["Jan", "Jan", "Jan", "Zo\ufffd", "Jan"]
