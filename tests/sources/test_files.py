"""Files, folders and patterns: what is read, in which order, and how refusals are told."""

from __future__ import annotations

import pickle
import random
from pathlib import Path

import polars as pl
import pytest

from klantbeeld.sources.readers import UnreadableFile, files_in, tables_in
from klantbeeld.sources.tables import ROW
from tests.sources.files import only_table, rows, whole, written
from tests.sources.messy import messy_files

TEXT = "id;naam\n1;Jan\n"


def folder_of(tmp_path: Path) -> Path:
    folder = tmp_path / "aanlevering"
    (folder / "oud").mkdir(parents=True)
    for name in ("b.csv", "a.csv", "oud/c.csv", ".DS_Store", "~$a.xlsx", "winkel.db-wal"):
        written(folder, name, TEXT)
    return folder


def test_a_folder_is_read_sorted_and_deep(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    assert [table.path for table in tables_in(folder)] == [
        "aanlevering/a.csv", "aanlevering/b.csv", "aanlevering/oud/c.csv",
    ]  # fmt: skip
    assert [path.name for path in files_in(folder)] == ["a.csv", "b.csv", "c.csv"]


def test_a_pattern_is_read(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    assert [table.name for table in tables_in(folder / "*.csv")] == ["a", "b"]
    assert [table.name for table in tables_in(str(folder / "**" / "c.csv"))] == ["c"]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("leeg.csv", b"", "empty"),
        ("leeg.xlsx", b"", "empty"),
        ("wit.csv", b" \n\r\n \n", "empty"),
        ("nul.csv", bytes(1000), "empty"),
        ("bom.csv", b"\xef\xbb\xbf", "empty"),
        ("ruis.csv", bytes(range(256)) * 20, "not_text"),
        ("foto.jpg", b"\xff\xd8\xff\xe0" + bytes(90), "unsupported"),
        ("oud.7z", b"7z\xbc\xaf\x27\x1c" + bytes(90), "unsupported"),
        ("brief.rtf", b"{\\rtf1 Beste}", "unsupported"),
        ("iets.xml", b'<?xml version="1.0"?><a><b/></a>', "unsupported"),
        ("pagina.html", b"<html><body><p>Dag</p></body></html>", "no_table"),
        ("getallen.json", b"[1, 2]", "no_table"),
    ],
)
def test_refusals_say_what_is_wrong_and_what_to_do(
    tmp_path: Path, name: str, content: bytes, code: str
) -> None:
    with pytest.raises(UnreadableFile) as raised:
        list(tables_in(written(tmp_path, name, content)))
    problem = raised.value
    assert (problem.path, problem.code) == (name, code)
    assert problem.message.endswith(".")
    assert problem.advice[-1] in ".?"
    assert str(pickle.loads(pickle.dumps(problem))) == str(problem)


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    (tmp_path / "leeg").mkdir()
    for path, code in (("weg.csv", "not_found"), ("*.csv", "empty"), ("leeg", "empty")):
        with pytest.raises(UnreadableFile) as raised:
            list(tables_in(tmp_path / path))
        assert raised.value.code == code


def test_one_bad_file_stops_a_folder_before_its_first_row_or_is_told(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    written(folder, "z.csv", b"")
    with pytest.raises(UnreadableFile):
        next(tables_in(folder))
    told: list[UnreadableFile] = []
    assert len(list(tables_in(folder, on_unreadable=told.append))) == 3
    assert [problem.path for problem in told] == ["aanlevering/z.csv"]


def test_only_a_header_is_a_table_without_rows(tmp_path: Path) -> None:
    table = only_table(written(tmp_path, "k.csv", "klantnr;naam;email\n"))
    assert rows(table) == []
    assert [note.code for note in table.notes] == ["no_rows"]
    assert table.sample().columns == [ROW, "klantnr", "naam", "email"]


def damaged(content: bytes, rng: random.Random) -> bytes:
    """Cut off somewhere, or with some bytes changed, put in or left out."""
    changed = bytearray(content)
    if rng.random() < 0.3:
        return bytes(changed[: rng.randrange(len(changed) + 1)])
    for _ in range(rng.choice([1, 3, 30])):
        at = rng.randrange(max(len(changed), 1))
        changed[at : at + rng.choice([0, 1, 4])] = rng.randbytes(rng.choice([0, 1, 4]))
    return bytes(changed)


def test_damage_of_any_kind_is_read_or_refused_never_raised(tmp_path: Path) -> None:
    folder = tmp_path / "goed"
    folder.mkdir()
    made = [file.path for file in messy_files(folder)]
    kinds = {path.suffix: path for path in made if path.stat().st_size < 100_000}
    rng = random.Random(11)
    refused = 0
    for _ in range(20):
        for suffix, path in kinds.items():
            bad = written(tmp_path, f"kapot{suffix}", damaged(path.read_bytes(), rng))
            try:
                for table in tables_in(bad):
                    rows(table)
                    table.rejects()
            except UnreadableFile:
                refused += 1
    assert len(kinds) >= 9
    assert refused > 20


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl", "a.json", "a.parquet"])
def test_a_column_may_have_any_name(tmp_path: Path, name: str) -> None:
    """Also one that a program could want for itself."""
    frame = pl.DataFrame({"_row": ["7", "8"], "row": ["x", "y"], "id": ["1", "2"]})
    path = tmp_path / name
    match path.suffix:
        case ".csv":
            frame.write_csv(path)
        case ".jsonl":
            frame.write_ndjson(path)
        case ".json":
            frame.write_json(path)
        case _:
            frame.write_parquet(path)
    table = only_table(path)
    assert table.columns == ("_row", "row", "id")
    assert whole(table).drop(ROW).equals(frame)
