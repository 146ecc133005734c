"""Measure the columnar copy and what is computed from it; prints one JSON line per figure.

    python -m benchmarks.engine [--interactions 10000000] [--customers 1000000] [--spark]

The data are synthetic: customers with long-tailed activity, one record in five a second record
of somebody, kinds in about the proportions of a web shop. Every figure comes with the machine,
the seconds it took, the CPU seconds (a busy machine stretches the former) and the peak
resident memory of this process; Spark's own process is not in the last two.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import narwhals as nw
import numpy as np
import polars as pl
import psutil

from klantbeeld.engine import (
    PARTITIONS,
    Pattern,
    Store,
    Watermark,
    collect,
    ntile,
    read,
    sequence,
)
from klantbeeld.engine.bodies import EngineName
from klantbeeld.profiles.tables import figures
from klantbeeld.segments.tables import lifecycle

TODAY = 20_400
DAY = 86_400_000_000
MARK = Watermark(1, datetime(2026, 1, 1, tzinfo=UTC))
KINDS = {
    "page_view": 30, "newsletter_sent": 22, "newsletter_opened": 12, "product_view": 8,
    "order": 10, "newsletter_clicked": 4, "search": 4, "login": 3, "mail": 2, "call": 1,
    "service": 1, "cart": 1, "complaint": 1, "quote": 1,
}  # fmt: skip


def interactions(n: int, records: int, seed: int) -> pl.DataFrame:
    """`n` interactions of `records` records in three years, the active ones far more active."""
    rng = np.random.default_rng(seed)
    day = TODAY - (rng.random(n) ** 1.3 * 3 * 365).astype("i4")
    kind = rng.choice(len(KINDS), n, p=np.array(list(KINDS.values())) / sum(KINDS.values()))
    amount = rng.integers(-2_000, 30_000, n)
    names = pl.Series(list(KINDS), dtype=pl.Categorical)
    return pl.DataFrame(
        {
            "record": np.minimum(rng.random(n) ** 1.8 * records, records - 1).astype("i8"),
            "interaction": np.arange(n, dtype="i8"),
            "at": day.astype("i8") * DAY + rng.integers(0, DAY, n),
            "day": day.astype("i4"),
            "kind": names.gather(kind).cast(pl.String),
        }
    ).with_columns(
        channel=pl.lit("web"),
        amount_minor=pl.when(pl.col("kind") == "order").then(pl.Series(amount)),
        status=pl.when(pl.col("kind") == "complaint").then(pl.lit("open")).otherwise(pl.lit("")),
    )


def tables(n: int, customers: int) -> dict[str, pl.DataFrame]:
    records = customers * 6 // 5
    record = pl.int_range(records, dtype=pl.Int64, eager=True)
    subscribed = pl.DataFrame({"record": record.gather_every(20)})
    return {
        "interactions": interactions(n, records, seed=1),
        "memberships": pl.DataFrame({"record": record, "customer": record % customers}),
        "subscriptions": subscribed.with_columns(
            started_day=pl.lit(TODAY - 400, dtype=pl.Int32),
            ended_day=pl.when(pl.col("record") % 3 == 0).then(pl.lit(TODAY - 9, dtype=pl.Int32)),
            status=pl.lit(""),
        ),
        "relations": pl.DataFrame({"record": record.gather_every(50)}).with_columns(
            relation_type=pl.lit("leverancier")
        ),
    }


def fill(store: Store, name: str, data: pl.DataFrame) -> None:
    parts = data.with_columns(part=pl.col("record") // 1024 % PARTITIONS).partition_by(
        "part", as_dict=True, include_key=False
    )
    store.refresh(
        name,
        {p: [parts[(p,)]] if (p,) in parts else [] for p in range(PARTITIONS)},
        dict(data.schema),
        MARK,
    )


def write(store: Store, n: int, customers: int) -> None:
    """Fill the store and measure the parts of that."""
    made = tables(n, customers)
    with measured("store refresh, everything", rows=n):
        for name, data in made.items():
            fill(store, name, data)
    folder = store.folder / "interactions"
    size = sum(path.stat().st_size for path in folder.glob("*.parquet"))
    say("store size", megabytes=round(size / 1e6, 1))
    part = made["interactions"].filter(pl.col("record") // 1024 % PARTITIONS == 7)
    with measured("store refresh, 1 partition of 64", rows=part.height):
        store.refresh("interactions", {7: [part]}, dict(part.schema), MARK)
    with measured("store verify, every byte"):
        store.verify()


def compute(store: Store, engine: EngineName) -> None:
    """Everybody's figures, groups, a sequence and quintiles."""
    names = ("interactions", "memberships", "subscriptions", "relations")
    results = {name: read(store, name, engine) for name in names}
    frames: dict[str, Any] = {name: result.frame for name, result in results.items()}
    events = frames["interactions"].join(frames["memberships"], on="record", how="inner")
    pattern = Pattern(("newsletter_clicked",), ("order",), days=30, without=("complaint",))
    everybody = figures(frames["interactions"], frames["memberships"], TODAY)
    queries = {
        "count of one kind": events.filter(nw.col("kind") == "order").select(
            nw.col("customer").n_unique()
        ),
        "figures of everybody": everybody,
        "customer groups of everybody": lifecycle(**frames, today=TODAY),
        "sequence with exclusion": sequence(events, pattern),
        "quintiles of revenue": ntile(everybody, 5, ["revenue_minor", "customer"]),
    }
    for name, query in queries.items():
        with measured(f"{engine}: {name}") as found:
            found["rows"] = collect(query).height
    for result in results.values():
        result.close()


def one_customer(store: Store) -> None:
    """The same functions for one customer whose rows are in memory, as a live event has them."""
    with read(store, "interactions") as history, read(store, "memberships") as members:
        record = 1_000
        mine = collect(history.frame.filter(nw.col("record") == record))
        member = collect(members.frame.filter(nw.col("record") == record))
    history_of_one, membership = (nw.from_native(frame.lazy()) for frame in (mine, member))
    times = []
    for _ in range(50):
        start = time.perf_counter()
        collect(figures(history_of_one, membership, TODAY))
        times.append(time.perf_counter() - start)
    median = float(np.median(times)) * 1000
    say("figures of one customer", rows=mine.height, milliseconds_median=round(median, 2))
    start = time.perf_counter()
    for _ in range(20):
        with read(store, "interactions"):
            pass
    say("open a table", milliseconds=round((time.perf_counter() - start) / 20 * 1000, 2))


@contextmanager
def measured(name: str, **details: object) -> Iterator[dict[str, object]]:
    found: dict[str, object] = dict(details)
    with _peak() as peak:
        start, busy = time.perf_counter(), time.process_time()
        yield found
        seconds, busy = time.perf_counter() - start, time.process_time() - busy
    spent = {"seconds": round(seconds, 2), "cpu_seconds": round(busy, 2)}
    say(name, **spent, peak_megabytes=round(peak() / 1e6), **found)


@contextmanager
def _peak() -> Iterator[Callable[[], int]]:
    """The highest resident memory seen while inside, looked at fifty times a second."""
    process, done, highest = psutil.Process(), threading.Event(), [0]

    def watch() -> None:
        while True:
            highest[0] = max(highest[0], process.memory_info().rss)
            if done.wait(0.02):
                return

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield lambda: highest[0]
    finally:
        done.set()
        watcher.join()


def say(name: str, **values: object) -> None:
    machine = f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"
    print(json.dumps({"figure": f"engine/{name}", **values, "machine": machine}), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--interactions", type=int, default=10_000_000)
    parser.add_argument("--customers", type=int, default=1_000_000)
    parser.add_argument("--spark", action="store_true", help="measure Spark as well")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="klantbeeld-engine-") as folder:
        store = Store(Path(folder))
        write(store, chosen.interactions, chosen.customers)
        compute(store, "polars")
        one_customer(store)
        if chosen.spark:
            compute(store, "spark")


if __name__ == "__main__":
    main()
