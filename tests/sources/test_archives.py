"""Archives: gzip and zip, inside each other, cut off, locked, and made to do harm."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import pytest

from klantbeeld.sources.readers import UnreadableFile, tables_in
from tests.sources.files import only_table, rows, written

TEXT = b"id;naam\n1;Jan\n"


def zipped(members: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


def locked(members: dict[str, bytes]) -> bytes:
    """The same with the flag of encryption set for each member."""
    data = bytearray(zipped(members))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(mark, at + 1)
    return bytes(data)


def code_of(path: Path) -> str:
    with pytest.raises(UnreadableFile) as raised:
        list(tables_in(path))
    return raised.value.code


def test_gzip_is_read_as_what_is_in_it(tmp_path: Path) -> None:
    table = only_table(written(tmp_path, "klanten.csv.gz", gzip.compress(TEXT)))
    assert (table.name, table.path) == ("klanten", "klanten.csv.gz")
    assert rows(table) == rows(table) == [(2, "1", "Jan")]


def test_zip_is_read_member_by_member_and_deeper(tmp_path: Path) -> None:
    inner = zipped({"map/klanten.csv": TEXT, "__MACOSX/._klanten.csv": b"x", ".DS_Store": b"x"})
    outer = zipped(
        {"oud.zip": inner, "b.csv": TEXT, "c.json": b'[{"id":1}]', "d.csv.gz": gzip.compress(TEXT)}
    )
    tables = list(tables_in(written(tmp_path, "oud.zip", outer)))
    assert [table.path for table in tables] == [
        "oud.zip/b.csv", "oud.zip/c.json", "oud.zip/d.csv.gz", "oud.zip/oud.zip/map/klanten.csv",
    ]  # fmt: skip
    assert all(len(rows(table)) == 1 for table in tables)


def test_tables_outlive_the_walk_over_the_archive(tmp_path: Path) -> None:
    tables = list(tables_in(written(tmp_path, "oud.zip", zipped({"a.csv": TEXT, "b.csv": TEXT}))))
    (tmp_path / "oud.zip").unlink()
    assert [rows(table) for table in tables] == [[(2, "1", "Jan")]] * 2


@pytest.mark.parametrize("cut", [1, 8, 200, 2000])
def test_a_cut_off_gzip_gives_nothing_at_all(tmp_path: Path, cut: int) -> None:
    content = gzip.compress(b"id;naam\n" + b"".join(b"%d;Jan\n" % n for n in range(90_000)))
    assert code_of(written(tmp_path, "k.csv.gz", content[:-cut])) == "truncated"


def test_damage_inside_is_found_before_the_first_row(tmp_path: Path) -> None:
    content = bytearray(
        gzip.compress(b"id;naam\n" + b"".join(b"%d;Jan\n" % n for n in range(90_000)))
    )
    content[len(content) // 2] ^= 0xFF
    assert code_of(written(tmp_path, "k.csv.gz", bytes(content))) == "truncated"
    packed = bytearray(zipped({"a.csv": b"id;naam\n" + b"1;Jan\n" * 9_000}))
    packed[60] ^= 0xFF
    assert code_of(written(tmp_path, "k.zip", bytes(packed))) in ("truncated", "damaged")


def test_bombs_are_refused(tmp_path: Path) -> None:
    assert code_of(written(tmp_path, "b.csv.gz", gzip.compress(bytes(60_000_000)))) == "zip_bomb"
    assert code_of(written(tmp_path, "b.zip", zipped({"a.csv": bytes(60_000_000)}))) == "zip_bomb"


def test_packing_too_deep_is_refused(tmp_path: Path) -> None:
    content = zipped({"a.csv": TEXT})
    for _ in range(5):
        content = zipped({"x.zip": content})
    assert code_of(written(tmp_path, "x.zip", content)) == "too_deep"


def test_a_locked_zip_is_told(tmp_path: Path) -> None:
    assert code_of(written(tmp_path, "x.zip", locked({"a.csv": TEXT}))) == "password"


def test_a_path_that_climbs_out_is_harmless(tmp_path: Path) -> None:
    table = only_table(written(tmp_path, "x.zip", zipped({"../../etc/klanten.csv": TEXT})))
    assert table.path == "x.zip/etc/klanten.csv"


def test_a_bad_member_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    path = written(tmp_path, "x.zip", zipped({"a.csv": TEXT, "foto.png": b"\x89PNG\r\n\x1a\n\0\0"}))
    told: list[UnreadableFile] = []
    tables = list(tables_in(path, on_unreadable=told.append))
    assert [table.path for table in tables] == ["x.zip/a.csv"]
    assert [(problem.path, problem.code) for problem in told] == [("x.zip/foto.png", "unsupported")]


def test_an_empty_zip_is_told(tmp_path: Path) -> None:
    assert code_of(written(tmp_path, "x.zip", zipped({}))) == "empty"


def test_a_full_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_space(*_: object) -> None:
        raise OSError(28, "No space left on device")

    path = written(tmp_path, "k.csv.gz", gzip.compress(TEXT))
    monkeypatch.setattr("klantbeeld.sources.readers.content.shutil.copyfileobj", no_space)
    assert code_of(path) == "no_space"
