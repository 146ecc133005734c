"""What it costs to link few records under a model that is there: `... live TABLE OUT`.

Writes OUT/figures.json.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from pathlib import Path

import numpy as np
import polars as pl

from klantbeeld.identity.core import Resolution, in_roles, link, match_values, resolve


def live(frame: pl.DataFrame, found: Resolution) -> dict[str, float]:
    """Milliseconds to link one component of ten records from its rows, everything included."""
    homes = found.clusters.drop_nulls().group_by("household").agg("row").sort("household")
    tens = homes.filter(pl.col("row").list.len() == 10)["row"].to_list()
    if not tens:
        return {"live_components": 0}
    given = in_roles(frame)
    components = [given[rows] for rows in tens[:100]]
    taken, used = [], []
    warm = components[:10]  # the first calls warm up
    for part in (*warm, *components):
        start, cpu = time.perf_counter(), time.process_time()
        link(match_values(part), found.model)
        taken.append(1000 * (time.perf_counter() - start))
        used.append(1000 * (time.process_time() - cpu))
    taken, used = taken[len(warm) :], used[len(warm) :]
    return {
        "live_components": len(taken),
        "live_median_ms": round(statistics.median(taken), 2),
        "live_p99_ms": round(float(np.percentile(taken, 99)), 2),
        "live_median_cpu_ms": round(statistics.median(used), 2),
    }


def main(table: Path, out: Path) -> None:
    """Resolve the table, and then link some of it anew."""
    frame = pl.read_parquet(table)
    figures = live(frame, resolve(frame))
    (out / "figures.json").write_text(json.dumps(figures), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
