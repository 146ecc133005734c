"""JSON documents and lines: nested, ragged, broken, long."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from klantbeeld.sources.readers import Reject, UnreadableFile, encoding, tables_in
from tests.sources.files import only_table, rows, whole, written


def test_lines_with_ragged_fields_and_bad_lines(tmp_path: Path) -> None:
    text = '{"id":1,"naam":"Zoë"}\n{"id":2,"x":{"y":1.50}}\n{bad\n\n[1]\n'
    text += '{"id":"007","tags":["a","b"]}\n'
    table = only_table(written(tmp_path, "k.jsonl", text))
    assert table.columns == ("id", "naam", "x.y", "tags")
    assert rows(table) == [
        (1, "1", "Zoë", None, None), (2, "2", None, "1.50", None), (6, "007", None, None, "a; b"),
    ]  # fmt: skip
    assert table.rejects() == [
        Reject(3, "{bad", "invalid_json"), Reject(5, "[1]", "not_an_object"),
    ]  # fmt: skip


def test_plain_lines_and_nested_lines_read_the_same(tmp_path: Path) -> None:
    """The quick way of flat blocks against the patient way of others."""
    flat = [
        {"id": n, "at": "2024-01-02T10:00:00Z", "naam": None if n % 3 else f"é{n}"}
        for n in range(500)
    ]
    lines = "".join(json.dumps(item) + "\n" for item in flat)
    quick = whole(only_table(written(tmp_path, "a.jsonl", lines)))
    patient = whole(only_table(written(tmp_path, "b.jsonl", lines + '{"id":1,"x":{"y":2}}\n')))
    assert quick.equals(patient.drop("x.y").head(500))


@pytest.mark.parametrize("chunk", [7, 64])
def test_lines_do_not_care_where_blocks_are_cut(
    tmp_path: Path, chunk: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = "".join(
        json.dumps({"id": n, "naam": "Zoë"}, ensure_ascii=False) + "\n" for n in range(50)
    )
    table = only_table(written(tmp_path, "k.jsonl", lines.rstrip("\n")))
    once = rows(table)
    monkeypatch.setattr(encoding, "CHUNK", chunk)
    assert rows(only_table(tmp_path / "k.jsonl")) == once
    assert once[-1] == (50, "49", "Zoë")


def test_lists_of_objects_become_tables_with_the_key_around_them(tmp_path: Path) -> None:
    orders = [
        {"order_number": "A1", "klant": {"email": "jan@example.nl"}, "lines": [
            {"sku": "X", "opties": [{"kleur": "rood"}]}, {"sku": "Y"}]},
        {"order_number": "A2", "klant": {"email": "bo@example.nl"}, "lines": []},
    ]  # fmt: skip
    top, lines, options = tables_in(written(tmp_path, "orders.json", json.dumps(orders)))
    assert (top.name, top.columns) == ("orders", ("order_number", "klant.email"))
    assert rows(lines) == [(1, "A1", "X"), (1, "A1", "Y")]
    assert lines.columns == ("order_number", "sku")
    assert options.columns == ("order_number", "sku", "kleur")
    assert rows(options) == [(1, "A1", "X", "rood")]


def test_an_object_of_lists_is_a_table_each(tmp_path: Path) -> None:
    text = '{"klanten":[{"id":1,"naam":"Jan"}],"orders":[{"id":9,"klant_id":1}],"versie":2}'
    tables = tables_in(written(tmp_path, "x.json", text))
    assert [(table.name, rows(table)) for table in tables] == [
        ("klanten", [(1, "1", "Jan")]), ("orders", [(1, "9", "1")]),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        '{"id":["1","2"],"naam":["a","b"]}',
        '[["id","naam"],["1","a"],["2","b"]]',
        '{"data":{"klanten":[{"id":1,"naam":"a"},{"id":2,"naam":"b"}]}}',
        ' \n[ {"id": 1, "naam": "a"} , {"id": 2, "naam": "b"} ] \n',
        '\ufeff[{"id":1,"naam":"a"},{"id":2,"naam":"b"}]',
    ],
)
def test_shapes_of_documents(tmp_path: Path, text: str) -> None:
    table = only_table(written(tmp_path, "k.json", text))
    assert table.columns == ("id", "naam")
    assert [tuple(map(str, row[1:])) for row in rows(table)] == [("1", "a"), ("2", "b")]


def test_an_object_of_objects_is_read_by_its_keys(tmp_path: Path) -> None:
    table = only_table(written(tmp_path, "k.json", '{"k1":{"naam":"a"},"k2":{"naam":"b"}}'))
    assert rows(table) == [(1, "k1", "a"), (2, "k2", "b")]


def test_a_long_list_is_read_in_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    items = [{"id": n, "naam": "Zoë", "bedrag": n / 4} for n in range(300)]
    path = written(tmp_path, "k.json", json.dumps(items, ensure_ascii=False))
    monkeypatch.setattr(encoding, "CHUNK", 11)
    found = rows(only_table(path))
    assert len(found) == 300
    assert found[-1] == (300, "299", "Zoë", "74.75")


def test_a_list_with_something_else_in_it_rejects_that(tmp_path: Path) -> None:
    table = only_table(written(tmp_path, "k.json", '[{"id":1},5,{"id":2}]'))
    assert len(whole(table)) == 2
    assert table.rejects() == [Reject(2, '"5"', "not_an_object")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('[{"a":1},{"a":2]', "invalid_json"),
        ('[{"a":1},{"a":2}', "invalid_json"),
        ('{"a":', "invalid_json"),
        ("[1,2,3]", "no_table"),
        ("[" * 100_000, "invalid_json"),
    ],
)
def test_broken_documents_are_refused(tmp_path: Path, text: str, code: str) -> None:
    with pytest.raises(UnreadableFile) as raised:
        list(tables_in(written(tmp_path, "k.json", text)))
    assert raised.value.code == code


def test_lines_that_are_all_bad_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile) as raised:
        list(tables_in(written(tmp_path, "k.jsonl", "{x\n{y\n")))
    assert raised.value.code == "no_table"
