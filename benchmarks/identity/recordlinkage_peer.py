"""recordlinkage's ECM on Febrl, in a process of its own: `... recordlinkage_peer TABLE OUT RECIPE`.

Blocks on each of five columns, compares nine as its documentation does for Febrl (with the number
and the postcode beside), and lets `ECMClassifier` decide. Writes OUT/pairs.parquet (left, right,
weight 0) and OUT/figures.json.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

import pandas as pd  # type: ignore[import-untyped]
import polars as pl
import recordlinkage  # type: ignore[import-untyped]

from klantbeeld.commands.resolving import peak_mb

BLOCKS = ("soc_sec_id", "given_name", "surname", "date_of_birth", "postcode")
EXACT = ("date_of_birth", "soc_sec_id", "postcode", "suburb", "state", "street_number")
FUZZY = ("given_name", "surname", "address_1")


def main(table: Path, out: Path) -> None:
    """Block, compare, classify; write the pairs and what it cost."""
    cpu = time.process_time()
    frame = pl.read_parquet(table).to_pandas().set_index("row")
    parts = [frame]
    if "part" in frame:
        parts = [frame[frame["part"] == part] for part in "ab"]
    index = recordlinkage.Index()
    for column in BLOCKS:
        index.block(column)
    candidates = index.index(*parts)
    compare = recordlinkage.Compare()
    for column in EXACT:
        compare.exact(column, column, label=column)
    for column in FUZZY:
        compare.string(column, column, method="jarowinkler", threshold=0.85, label=column)
    levels = compare.compute(candidates, *parts).fillna(0).astype(int)
    links = recordlinkage.ECMClassifier(binarize=None).fit_predict(levels)
    pairs = pd.DataFrame({"left": links.get_level_values(0), "right": links.get_level_values(1)})
    pl.from_pandas(pairs).with_columns(pl.lit(0.0).alias("match_weight")).write_parquet(
        out / "pairs.parquet"
    )
    figures: dict[str, Any] = {"work_cpu_seconds": round(time.process_time() - cpu, 2)}
    figures["counted_peak_mb"] = peak_mb()
    (out / "figures.json").write_text(json.dumps(figures), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
