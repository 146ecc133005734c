"""Sealed with AES-GCM: opens with its key at its own place, and nowhere else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from klantbeeld.core import sealing
from klantbeeld.core.sealing import CannotOpen, opened, opened_file, seal, seal_file

FIRST, SECOND = "11" * 32, "22" * 32


@pytest.fixture(autouse=True)
def home(settings: Any, tmp_path: Path) -> Path:
    settings.HOME = tmp_path
    return tmp_path


def test_what_is_sealed_opens_at_its_place_only() -> None:
    sealed = seal(b"geheim", "here:1")
    assert b"geheim" not in sealed
    assert opened(sealed, "here:1") == b"geheim"
    with pytest.raises(CannotOpen):
        opened(sealed, "here:2")
    assert seal(b"geheim", "here:1") != sealed


@pytest.mark.parametrize("place", range(0, 40, 3))
def test_a_changed_byte_is_noticed(place: int) -> None:
    sealed = bytearray(seal(b"een wat langere tekst", "x"))
    sealed[place] ^= 1
    with pytest.raises(CannotOpen):
        opened(bytes(sealed), "x")


def test_the_key_is_made_once_for_its_owner_alone(home: Path) -> None:
    seal(b"x", "x")
    path = home / "sealing.key"
    assert path.stat().st_mode & 0o777 == 0o600
    assert len(bytes.fromhex(path.read_text())) == 32
    assert [p.name for p in home.iterdir()] == ["sealing.key"]


def test_a_new_key_seals_and_the_old_one_still_opens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KLANTBEELD_SEALING_KEY", FIRST)
    old = seal(b"oud", "x")
    monkeypatch.setenv("KLANTBEELD_SEALING_KEY", f"{SECOND}\n{FIRST}")
    new = seal(b"nieuw", "x")
    assert (opened(old, "x"), opened(new, "x")) == (b"oud", b"nieuw")
    monkeypatch.setenv("KLANTBEELD_SEALING_KEY", SECOND)
    with pytest.raises(CannotOpen):
        opened(old, "x")


def test_a_key_of_another_length_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KLANTBEELD_SEALING_KEY", "ab")
    with pytest.raises(ValueError, match="64 hexadecimal"):
        seal(b"x", "x")


@pytest.mark.parametrize("size", [0, 1, 999, sealing.PIECE, sealing.PIECE + 1, 3 * sealing.PIECE])
def test_files_of_any_size_come_back(tmp_path: Path, size: int) -> None:
    content = (b"klantbeeld" * (size // 10 + 1))[:size]
    path = tmp_path / "file.csv"
    assert seal_file(path, [content[:7], content[7:]]) == size
    assert b"".join(opened_file(path)) == content
    assert size < 10 or b"klantbeeld" not in path.read_bytes()


def test_a_file_cut_short_or_renamed_does_not_open(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    seal_file(path, [b"a" * (sealing.PIECE + 5)])
    whole = path.read_bytes()
    path.write_bytes(whole[: 4 + int.from_bytes(whole[:4], "big")])
    with pytest.raises(CannotOpen):
        list(opened_file(path))
    path.write_bytes(whole)
    with pytest.raises(CannotOpen):
        list(opened_file(path.rename(tmp_path / "other.csv")))


def test_equal_texts_have_equal_marks() -> None:
    assert sealing.mark_of("a") == sealing.mark_of("a") != sealing.mark_of("b")


def test_a_new_key_is_added_and_the_old_ones_go(home: Path) -> None:
    old = seal(b"oud", "x")
    sealing.add_key()
    assert not sealing.is_current(old)
    assert opened(old, "x") == b"oud"
    new = seal(b"nieuw", "x")
    assert sealing.is_current(new)
    assert (home / "sealing.key").stat().st_mode & 0o777 == 0o600
    assert sealing.drop_old_keys() == 1
    assert opened(new, "x") == b"nieuw"
    with pytest.raises(CannotOpen):
        opened(old, "x")


def test_a_file_is_sealed_anew_whole(home: Path) -> None:
    path = home / "klanten.csv"
    seal_file(path, [b"a" * 3_000_000])
    sealing.add_key()
    assert not sealing.is_file_current(path)
    sealing.reseal_file(path, home / "again")
    assert sealing.is_file_current(path)
    assert b"".join(opened_file(path)) == b"a" * 3_000_000
