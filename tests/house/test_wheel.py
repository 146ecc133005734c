"""The wheel holds everything that runs, and runs away from the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.house.plan import ROOT


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built wheel, unpacked as an installer would."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def test_every_file_of_the_package_is_in_the_wheel(unpacked: Path) -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "klantbeeld"], cwd=ROOT, check=True, capture_output=True
    )
    tracked = {name for name in listed.stdout.decode().split("\0") if name}
    held = {p.relative_to(unpacked).as_posix() for p in unpacked.rglob("*") if p.is_file()}
    assert {name for name in tracked - held if (ROOT / name).exists()} == set()
    assert any(name.endswith("entry_points.txt") for name in held)


def test_the_wheel_runs_away_from_the_checkout(unpacked: Path, tmp_path: Path) -> None:
    keep = {k: v for k, v in os.environ.items() if not k.startswith(("KLANTBEELD_", "DJANGO_"))}
    environment = {**keep, "PYTHONPATH": str(unpacked), "KLANTBEELD_HOME": str(tmp_path / "home")}
    code = (
        "import klantbeeld, sys; from klantbeeld.cli import run; "
        "print(klantbeeld.__file__); sys.exit(run(['check']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(str(unpacked))
