"""A process that refreshes a copy again and again, to be killed by `test_crash.py`.

    python crashing_writer.py FOLDER [DIES_AT]

State n holds the number n in every row of partition n % 64 and of partition 0, at position n.
With DIES_AT the process dies by itself, without any clean-up, just before its DIES_AT-th step
that touches the disk.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl

from klantbeeld.engine import PARTITIONS, NoCopy, Store, Watermark

SCHEMA = {"partition": pl.Int64, "state": pl.Int64}


def rows_of(partition: int, state: int) -> list[pl.DataFrame]:
    return [pl.DataFrame({"partition": partition, "state": state}, schema=SCHEMA)]


def expected(state: int) -> dict[int, int]:
    """Partition -> the last state that wrote it."""
    found = dict.fromkeys(range(PARTITIONS), 0)
    for n in range(1, state + 1):
        found[0] = found[n % PARTITIONS] = n
    return found


def advance(store: Store) -> None:
    """One refresh, from state n to n + 1; from nothing to state 0."""
    try:
        state = store.watermark("numbers").position + 1
    except NoCopy:
        state = 0
    touched = {0, state % PARTITIONS} if state else range(PARTITIONS)
    moment = datetime.fromtimestamp(state, tz=UTC)
    store.refresh(
        "numbers", {p: rows_of(p, state) for p in touched}, SCHEMA, Watermark(state, moment)
    )


def die_at(step: int) -> None:
    """Arrange for the process to end just before its `step`-th touch of the disk."""
    steps = iter(range(step))

    def deadly(call: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*args: Any, **kwargs: Any) -> Any:
            if next(steps, None) is None:
                os._exit(9)
            return call(*args, **kwargs)

        return counted

    os.fsync = deadly(os.fsync)
    for name in ("open", "replace", "unlink"):
        setattr(Path, name, deadly(getattr(Path, name)))


if __name__ == "__main__":
    copy = Store(sys.argv[1])
    if len(sys.argv) > 2:
        die_at(int(sys.argv[2]))
        advance(copy)
    else:
        while True:
            advance(copy)
