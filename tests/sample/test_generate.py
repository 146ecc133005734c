"""Same arguments, same bytes; a folder of somebody else is left alone."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

import polars as pl
import pytest

from klantbeeld.sample import Truth, generate
from klantbeeld.sample.world import Scale
from tests.sample.reading import Sample

FILES = {
    "abonnementen.csv", "campagnekosten.csv", "crm.xlsx", "enquete.xlsx", "klachten.csv",
    "nieuwsbrief.csv", "offertes.csv", "portaal.csv", "servicedesk.csv", "servicemail.mbox",
    "social.json", "spaarpas.json", "webevents.jsonl", "webshop.sqlite",
}  # fmt: skip


def digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def last_day(truth: Truth) -> date:
    last = truth.rows["at"].max()
    assert isinstance(last, datetime)
    return last.date()


def test_it_writes_all_files(sample: Sample) -> None:
    assert {path.name for path in sample.data.iterdir()} == {*FILES, "brieven"}
    suffixes = {path.suffix for path in (sample.data / "brieven").iterdir()}
    assert suffixes == {".pdf", ".docx"}


def test_the_same_seed_gives_the_same_bytes_in_another_process(
    sample: Sample, tmp_path: Path
) -> None:
    code = (
        "import sys; from pathlib import Path; from klantbeeld.sample import generate;"
        "generate(Path(sys.argv[1]), 'small')"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "12345", "TZ": "Asia/Tokyo"}
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=True, env=environment)
    assert digests(tmp_path) == digests(sample.folder)


def test_another_seed_gives_another_company(sample: Sample, tmp_path: Path) -> None:
    other = generate(tmp_path, "small", seed=8)
    assert digests(tmp_path / "data") != digests(sample.data)
    assert other.persons["surname"].to_list() != sample.truth.persons["surname"].to_list()
    assert other.story["name"] == sample.truth.story["name"]


def test_the_last_day_can_be_chosen_and_a_sample_replaced(sample: Sample, tmp_path: Path) -> None:
    shutil.copytree(sample.folder, tmp_path, dirs_exist_ok=True)
    (tmp_path / "data" / "brieven" / "stale.pdf").write_bytes(b"%PDF")
    shown: list[tuple[str, float]] = []
    last = date(2028, 2, 29)
    truth = generate(
        tmp_path, "small", today=last, progress=lambda name, share: shown.append((name, share))
    )
    assert last_day(truth) == last
    assert not (tmp_path / "data" / "brieven" / "stale.pdf").exists()
    shares = [share for _, share in shown]
    assert shares == sorted(shares) and shares[0] == 0.0 and shares[-1] == 1.0


def test_files_of_somebody_else_are_not_touched(tmp_path: Path) -> None:
    theirs = tmp_path / "data" / "thesis.txt"
    theirs.parent.mkdir()
    theirs.write_text("three years of work")
    with pytest.raises(FileExistsError, match="empty folder"):
        generate(tmp_path, "small")
    assert theirs.read_text() == "three years of work"


def test_an_unknown_size_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="choose small or large"):
        generate(tmp_path, "huge")  # type: ignore[arg-type]
    assert not list(tmp_path.iterdir())


def test_the_truth_can_be_read_back(sample: Sample) -> None:
    loaded = Truth.load(sample.folder)
    assert loaded.today == date(2026, 11, 20)
    assert loaded.persons.equals(sample.truth.persons)
    assert loaded.rows.equals(sample.truth.rows)
    assert loaded.story["name"] == sample.truth.story["name"]
    with pytest.raises(KeyError, match="no customer with key"):
        loaded.subject_of("crm.xlsx", "nobody")


def test_a_folder_without_a_sample_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="generate one there first"):
        Truth.load(tmp_path)


def test_it_is_large_enough(sample: Sample) -> None:
    truth = sample.truth
    known = truth.persons.filter(pl.col("is_known"))
    assert known.height >= 5_000
    assert truth.organisations["is_known"].sum() >= 400
    assert 150_000 <= truth.files["interactions"].sum() <= 180_000
    first_day = truth.rows.filter(pl.col("kind") == "order")["at"].min()
    assert isinstance(first_day, datetime)
    assert 3 * 365 - 5 <= (last_day(truth) - first_day.date()).days <= 3 * 366
    sizes = truth.persons.group_by("household").len()["len"]
    assert (sizes > 1).sum() > 0.5 * len(sizes)


def test_large_is_twenty_times_small() -> None:
    small, large = Scale.of("small"), Scale.of("large")
    assert large.households == 20 * small.households
    assert large.organisations == 20 * small.organisations
