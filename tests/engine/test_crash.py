"""A writer killed at any moment leaves the old state or the new one, and no lasting litter."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import polars as pl
import pytest

from klantbeeld.engine import PARTITIONS, NoCopy, Store, collect, read
from tests.engine.crashing_writer import advance, expected

WRITER = [sys.executable, "-m", "tests.engine.crashing_writer"]
ROOT = Path(__file__).resolve().parents[2]


def state_of(store: Store) -> int:
    """The state that the copy is in, after checking that it is that state and no other."""
    state = store.verify("numbers")["numbers"].position
    with read(store, "numbers") as result:
        found = dict(collect(result.frame).select("partition", "state").iter_rows())
    assert found == expected(state)
    return state


def parquet_files(store: Store) -> int:
    return len(list((store.folder / "numbers").glob("*.parquet")))


@pytest.mark.slow
def test_killed_at_every_step_of_a_refresh(tmp_path: Path) -> None:
    store = Store(tmp_path)
    advance(store)
    seen, step = set(), 0
    while True:
        before = state_of(store)
        died = subprocess.run([*WRITER, str(tmp_path), str(step)], cwd=ROOT, check=False)
        after = state_of(store)
        assert after in (before, before + 1)
        if died.returncode == 0:
            break
        assert died.returncode == 9
        seen.add(after - before)
        step += 1
    assert seen == {0, 1}  # some steps lie before the change, some after it
    assert step > 8
    assert parquet_files(store) == PARTITIONS  # the last, whole refresh swept up


def test_killed_while_making_the_first_copy(tmp_path: Path) -> None:
    store = Store(tmp_path)
    for step in (0, 1, 2, 50, 128, 190):
        subprocess.run([*WRITER, str(tmp_path), str(step)], cwd=ROOT, check=False)
        with pytest.raises(NoCopy):
            store.watermark("numbers")
    assert parquet_files(store) > PARTITIONS
    advance(store)
    assert state_of(store) == 0
    assert parquet_files(store) == PARTITIONS


@pytest.mark.slow
def test_killed_at_random_moments_while_others_read(tmp_path: Path) -> None:
    store = Store(tmp_path)
    advance(store)
    dice = random.Random(11)
    states = [0]
    for _ in range(8):
        writer = subprocess.Popen([*WRITER, str(tmp_path)], cwd=ROOT)
        deadline = time.monotonic() + 60
        while store.watermark("numbers").position == states[-1]:
            assert writer.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.01)
        until = time.monotonic() + dice.uniform(0, 0.3)
        while time.monotonic() < until:  # what a reader sees is one state, whatever is swapped
            with read(store, "numbers") as result:
                found = dict(collect(result.frame).iter_rows())
            assert found == expected(result.watermark.position)
        writer.kill()
        writer.wait()
        states.append(state_of(store))
    assert states == sorted(set(states))
    advance(store)
    assert parquet_files(store) == PARTITIONS


def test_a_copy_that_is_not_the_expected_one_is_noticed(tmp_path: Path) -> None:
    """The check above can fail: it is shown a state that is half old, half new."""
    store = Store(tmp_path)
    advance(store)
    advance(store)
    state_of(store)
    wrong = {0: [pl.DataFrame({"partition": [0], "state": [99]})]}
    store.refresh(
        "numbers", wrong, {"partition": pl.Int64, "state": pl.Int64}, store.watermark("numbers")
    )
    with pytest.raises(AssertionError):
        state_of(store)
