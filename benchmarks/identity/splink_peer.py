"""Splink on one table, in a process of its own: `... splink_peer TABLE OUT RECIPE [--one]`.

Writes OUT/pairs.parquet (left, right, weight in bits) and OUT/figures.json. What it is given holds
no truth: the best threshold is chosen afterwards, by who knows it, from the pairs. One clustering,
at the probability of its tutorial, is part of what it costs.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
from splink import DuckDBAPI, Linker

from klantbeeld.commands.resolving import peak_mb

from .splink_recipes import RECIPES, Recipe

PROBABILITY = 0.95
LOWEST = -10.0


def trained(table: Path, recipe: Recipe) -> tuple[Linker, Any]:
    """A linker that learnt from the table, and the door to its database."""
    connection = duckdb.connect()
    rows = connection.sql(f"select {recipe.prepare} from read_parquet('{table}')")
    door = DuckDBAPI(connection=connection)
    if recipe.link_type == "link_only":
        parts = [rows.filter(f"part = '{part}'").project("* exclude part") for part in "ab"]
        linker = Linker([door.register(part) for part in parts], recipe.settings(), log_level=None)
    else:
        linker = Linker(door.register(rows), recipe.settings(), log_level=None)
    training = linker.training
    training.estimate_probability_two_random_records_match(
        list(recipe.deterministic), recall=recipe.recall
    )
    training.estimate_u_using_random_sampling(max_pairs=recipe.max_pairs, seed=1)
    for rule in recipe.sessions:
        training.estimate_parameters_using_expectation_maximisation(
            rule, estimate_without_term_frequencies=recipe.without_frequencies
        )
    return linker, door


def one_record(linker: Linker, door: Any, table: Path, recipe: Recipe) -> dict[str, float]:
    """Milliseconds to compare one new record with all others."""
    frequencies = {column.unquote().name for column in linker._settings_obj._term_frequency_columns}
    for column in sorted(frequencies):
        linker.table_management.compute_tf_table(column)
    rows = door.duckdb_con.sql(f"select {recipe.prepare} from read_parquet('{table}')")
    everybody = door.register(rows)
    taken = []
    for row in range(1000, 6000, 1000):
        new = pl.scan_parquet(table).filter(pl.col("row") == row).collect()
        new = new.with_columns(pl.col("row") + 100_000_000)
        start = time.perf_counter()
        found = linker.inference.predict_between(
            everybody, door.register(new.to_arrow()), threshold_match_weight=0.0
        )
        found.as_record_list()
        taken.append(1000 * (time.perf_counter() - start))
    return {"one_record_median_ms": round(statistics.median(taken), 1)}


def main(table: Path, out: Path, name: str, options: list[str]) -> None:
    """Learn, predict, cluster once, and write the pairs and what it cost."""
    recipe, cpu = RECIPES[name], time.process_time()
    linker, door = trained(table, recipe)
    learnt = time.process_time()
    found = linker.inference.predict(threshold_match_weight=LOWEST)
    linker.clustering.cluster_pairwise_predictions_at_threshold(found, PROBABILITY)
    figures: dict[str, Any] = {
        "work_cpu_seconds": round(time.process_time() - cpu, 2),
        "learning_cpu_seconds": round(learnt - cpu, 2),
    }
    pairs = found.as_duckdbpyrelation().project("row_l as left, row_r as right, match_weight")
    pairs.write_parquet(str(out / "pairs.parquet"))
    figures["counted_cpu_seconds"] = round(time.process_time(), 2)
    figures["counted_peak_mb"] = peak_mb()
    if "--one" in options:
        figures |= one_record(linker, door, table, recipe)
    (out / "figures.json").write_text(json.dumps(figures), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], sys.argv[4:])
