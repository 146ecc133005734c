"""How good and how fast the identity core is: one JSON line per set.

    python -m benchmarks.identity [--records 1000000] [--data FOLDER] [--only NAME ...]

Real sets come from the data folder (KLANTBEELD_DATA); absent ones are left out by name. Figures of
quality are over pairs of records: of those put together, how many are (precision), and of those
that are one, how many were put together (recall). Truth columns are never given to the matching.
For the simulated base of families also: household_merged, the share of pairs of different members
of one household that were merged, and precision and reach of the household links. `cpu_seconds`
counts all threads.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from benchmarks.families import simulate
from klantbeeld.identity.core import (
    Resolution,
    in_roles,
    link,
    match_values,
    read_table,
    resolve,
)

Set = tuple[pl.DataFrame, pl.Series]


def febrl3(data: Path) -> Set:
    frame = read_table(data / "febrl" / "dataset3.csv")
    return frame.drop("rec_id"), frame["rec_id"].str.extract(r"rec-(\d+)")


def febrl4(data: Path) -> Set:
    parts = [read_table(data / "febrl" / f"dataset4{part}.csv") for part in "ab"]
    frame = pl.concat(parts)
    return frame.drop("rec_id"), frame["rec_id"].str.extract(r"rec-(\d+)")


def historical_50k(data: Path) -> Set:
    frame = read_table(data / "historical_50k.parquet")
    return frame.drop("cluster", "unique_id"), frame["cluster"]


def senzing(data: Path) -> Set:
    folder = data / "senzing"
    parts = [
        read_table(folder / f"truthsets_demo_v3_{name}.csv")
        for name in ("customers", "reference", "watchlist")
    ]
    key = read_table(folder / "truthsets_demo_actual_truthset_key.csv")
    frame = pl.concat(parts, how="diagonal")
    truth = frame.join(key, on=["DATA_SOURCE", "RECORD_ID"], how="left", maintain_order="left")
    return frame, truth["CLUSTER_ID"]


def dedupe_examples(data: Path) -> Set:
    path = data / "dedupe_examples" / "csv_example_input_with_true_ids.csv"
    frame = read_table(path)
    given = frame.select("Site name", "Address", "Zip", "Phone", "Email Address")
    return given.with_columns(pl.lit("organisation").alias("kind")), frame["True Id"]


SETS: dict[str, Callable[[Path], Set]] = {
    "febrl3": febrl3,
    "febrl4": febrl4,
    "historical_50k": historical_50k,
    "senzing": senzing,
    "dedupe_examples": dedupe_examples,
}


def pairs_in(*labels: pl.Series) -> float:
    """Pairs of rows that share all the labels; rows without a label share nothing."""
    named = [label.alias(str(place)) for place, label in enumerate(labels)]
    groups = pl.DataFrame(named).drop_nulls().group_by(pl.all()).len()
    return float(groups.select((pl.col("len") * (pl.col("len") - 1) / 2).sum()).item())


def quality(found: Resolution, truth: pl.Series) -> dict[str, float]:
    """Precision, recall and F1 over pairs of the rows of which the truth is known."""
    known = truth.is_not_null()
    customers, truth = found.clusters["customer"].filter(known), truth.filter(known)
    together, one, both = pairs_in(customers), pairs_in(truth), pairs_in(customers, truth)
    return {
        "precision": round(both / max(together, 1), 4),
        "recall": round(both / max(one, 1), 4),
        "f1": round(2 * both / max(together + one, 1), 4),
    }


def families(found: Resolution, person: pl.Series, household: pl.Series) -> dict[str, float]:
    """How many household pairs were merged, and how good the household links are."""
    customers, homes = found.clusters["customer"], found.clusters["household"]
    between = pairs_in(household) - pairs_in(person)
    merged = pairs_in(customers, household) - pairs_in(customers, person)
    linked = pairs_in(homes) - pairs_in(homes, person)
    right = pairs_in(homes, household) - pairs_in(homes, household, person)
    return {
        "household_merged": round(merged / max(between, 1), 5),
        "strangers_merged": pairs_in(customers) - pairs_in(customers, household),
        "household_precision": round(right / max(linked, 1), 4),
        "household_reach": round(right / max(between, 1), 4),
    }


def timed(frame: pl.DataFrame) -> tuple[Resolution, dict[str, float]]:
    """A resolution and what it cost."""
    wall, cpu = time.perf_counter(), time.process_time()
    found = resolve(frame)
    cost = {
        "seconds": round(time.perf_counter() - wall, 2),
        "cpu_seconds": round(time.process_time() - cpu, 2),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }
    return found, cost


def report(name: str, **figures: Any) -> None:
    print(json.dumps({"benchmark": "identity", "set": name, **figures}), flush=True)


def report_set(name: str, data: Path) -> None:
    """One line of quality and cost of a real set, or that it is absent."""
    try:
        frame, truth = SETS[name](data)
    except ValueError as error:
        report(name, absent=str(error))
        return
    found, cost = timed(frame)
    size = {"records": len(frame), "candidate_pairs": len(found.pairs)}
    report(name, **size, **quality(found, truth), **cost)


def report_families(records: int, seed: int) -> None:
    """One line of quality and cost of the simulated base, one of the live path on it."""
    simulated = simulate(records, seed)
    person, household = pl.Series(simulated.person), pl.Series(simulated.household)
    found, cost = timed(simulated.frame)
    size = {"records": len(simulated.frame), "candidate_pairs": len(found.pairs)}
    figures = quality(found, person) | families(found, person, household)
    report(f"families_{records}", **size, **figures, **cost)
    if records <= 100_000:
        report("live_component", **live(simulated.frame, found))


def live(frame: pl.DataFrame, found: Resolution) -> dict[str, float]:
    """Milliseconds to link one component of ten records from its rows, everything included."""
    homes = found.clusters.drop_nulls().group_by("household").agg("row").sort("household")
    tens = homes.filter(pl.col("row").list.len() == 10)["row"].to_list()
    given = in_roles(frame)
    components = [given[rows] for rows in tens[:100]]
    taken, used = [], []
    for part in (*components[:10], *components):
        start, cpu = time.perf_counter(), time.process_time()
        link(match_values(part), found.model)
        taken.append(1000 * (time.perf_counter() - start))
        used.append(1000 * (time.process_time() - cpu))
    taken, used = taken[10:], used[10:]  # the first calls warm up
    return {
        "components": len(taken),
        "median_ms": round(statistics.median(taken), 2),
        "p99_ms": round(float(np.percentile(taken, 99)), 2),
        "median_cpu_ms": round(statistics.median(used), 2),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--data", default=os.environ.get("KLANTBEELD_DATA", "../shared/data"))
    parser.add_argument("--only", nargs="*", help="names of sets, or 'families'")
    given = parser.parse_args()
    for name in SETS:
        if not given.only or name in given.only:
            report_set(name, Path(given.data))
    if not given.only or "families" in given.only:
        for records, seed in ((50_000, 1), (50_000, 2), (given.records, 1)):
            report_families(records, seed)


if __name__ == "__main__":
    main()
