"""A lease holds what its reader may still open, also when a writer comes in between."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from klantbeeld.engine import Manifest, Watermark, leases

MARK = Watermark(1, datetime(2026, 1, 1, tzinfo=UTC))


def manifest(generation: int) -> Manifest:
    return Manifest("orders", generation, {"record": "Int64"}, MARK, {})


def test_a_swap_before_the_lease_was_visible_is_noticed(tmp_path: Path) -> None:
    generations = iter([4, 5, 5, 5])
    lease, found = leases.take(tmp_path, lambda: manifest(next(generations)))
    assert found.generation == 5
    assert leases.held_generations(tmp_path) == [5]  # none of the abandoned try
    lease.release()
    lease.release()
    assert leases.held_generations(tmp_path) == []
    assert not list((tmp_path / leases.FOLDER).iterdir())


def test_a_lease_that_was_swept_away_is_taken_again(tmp_path: Path) -> None:
    reads = 0

    def read() -> Manifest:
        nonlocal reads
        reads += 1
        if reads == 2:  # a sweeper took the first lease for a dead one
            for path in (tmp_path / leases.FOLDER).iterdir():
                path.unlink()
        return manifest(3)

    lease, _ = leases.take(tmp_path, read)
    assert reads == 4
    assert leases.held_generations(tmp_path) == [3]
    lease.release()


def test_a_copy_that_never_stands_still_is_given_up(tmp_path: Path) -> None:
    generations = iter(range(1_000))
    with pytest.raises(TimeoutError):
        leases.take(tmp_path, lambda: manifest(next(generations)))
    assert not list((tmp_path / leases.FOLDER).iterdir())


def test_a_killed_reader_lets_go(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from tests.engine.test_leases import *\n"
        "lease, _ = leases.take(Path(sys.argv[1]), lambda: manifest(2))\n"
        "print('held', flush=True); input()"
    )
    reader = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)],
        cwd=Path(__file__).resolve().parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert reader.stdout is not None
    assert reader.stdout.readline() == "held\n"
    assert leases.held_generations(tmp_path) == [2]
    reader.kill()
    reader.communicate()
    assert leases.held_generations(tmp_path) == []
