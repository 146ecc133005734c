"""How good and how fast the identity core is beside its peers: one JSON line per set and tool.

    python -m benchmarks.identity [--records 50000 1000000] [--data FOLDER] [--home DIR] [--only NAME ...]
                                  [--no-peers]

Real sets come from the data folder (KLANTBEELD_DATA), the sample company from a house where
`klantbeeld demo` loaded it (`--home`; without it it is loaded anew), three simulated bases are made.
What is absent, and a peer that is not installed (`pip install --group bench`), is left out by name.

Every tool runs in a process of its own and is given no truth, ours as `klantbeeld resolve`; figures
of quality are those of `klantbeeld.identity.core.judging`. `cpu_seconds` are of the whole process,
start included, all threads; `work_cpu_seconds` without loading the libraries, ours as the command
tells them: with those of matching; `peak_mb` is its highest memory. A peer's
threshold is the one that gives the best F1 by the truth, ours is our own; `f1_at_95` is what Splink
has at the probability of its tutorials. Lines of the tool
'ratio': our errors as a share of those of the best peer settings, and its CPU seconds as a
multiple of ours. Lines of the tool 'missed' explain, in sets of up to a thousand rows, each true group that was not
found as it is. 'klantbeeld_house': what stands in the house that `--home` names, where orders and
messages without a name were given to customers by what they mention. For simulated bases also household_merged, the share of pairs of different members
of one household that were merged, and precision and reach of the household links.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from klantbeeld.identity.core import resolve

from .figures import (
    Figures,
    best_threshold,
    components,
    households,
    quality,
    ratios,
    report,
    written,
)
from .missed import missed
from .peer_table import peer_table
from .sets import Set, sets

ROOT = Path(__file__).resolve().parents[2]
LIVE_UP_TO = 100_000
EXPLAINED_UP_TO = 1_000
SEEDS = (1, 2)
TUTORIAL_BITS = 4.25  # the probability of .95 at which Splink's tutorials cluster


@dataclass(frozen=True)
class Spent:
    """What a process took, whole and all threads: CPU seconds and highest memory; what it said."""

    cpu_seconds: float
    peak_mb: int
    said: str


def spent_by(module: str, *arguments: str) -> Spent:
    """Runs a module to its end. Raises ValueError with its last words."""
    command = [sys.executable, "-m", module, *arguments]
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(command, cwd=ROOT, stderr=errors, stdout=said)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        for file in (said, errors):
            file.seek(0)
        if status:
            raise ValueError(errors.read().decode(errors="replace").strip()[-200:])
        cpu_seconds = round(used.ru_utime + used.ru_stime, 2)
        return Spent(cpu_seconds, round(used.ru_maxrss / 1024), said.read().decode())


def ours(given: Set, folder: Path) -> Figures:
    """One line about ours; its process sees a file without truth."""
    table = folder / "given.parquet"
    given.frame.write_parquet(table)
    found = folder / "clusters.parquet"
    spent = spent_by("klantbeeld", "resolve", str(table), "--out", str(found))
    clusters, told = pl.read_parquet(found), json.loads(spent.said)
    figures = quality(clusters["customer"], given.truth)
    if given.household is not None:
        figures |= households(clusters, given.truth, given.household)
    figures |= {
        "work_cpu_seconds": round(told["cpu_seconds"], 2),
        "candidate_pairs": told["candidate_pairs"],
        "counted_peak_mb": told["peak_mb"],
    }
    if given.household is not None and len(given.frame) <= LIVE_UP_TO:
        spent_by(f"{__package__}.live", str(table), str(folder))
        figures |= written(folder / "figures.json")
    cost = counted(figures, spent)
    report(given.name, "klantbeeld", records=len(given.frame), **figures, **cost)
    return figures | cost


def counted(figures: Figures, spent: Spent) -> Figures:
    """What a process took: as it counted itself, before what is not counted; else as a whole."""
    whole = {"cpu_seconds": spent.cpu_seconds, "peak_mb": spent.peak_mb}
    return {name: figures.pop(f"counted_{name}", figure) for name, figure in whole.items()}


def tool_of(recipe: str) -> str:
    """The package that a recipe is for."""
    return "recordlinkage" if recipe == "recordlinkage_ecm" else "splink"


def peer(given: Set, recipe: str, folder: Path) -> Figures | None:
    """One line about a peer with one of its settings; None where it cannot be judged."""
    tool = tool_of(recipe)
    if importlib.util.find_spec(tool) is None:
        report(given.name, tool, recipe=recipe, absent="not installed: pip install --group bench")
        return None
    options = ["--one"] if recipe == "out_of_the_box" and len(given.frame) > LIVE_UP_TO else []
    try:
        spent = spent_by(
            f"{__package__}.{tool}_peer",
            str(folder / "peer.parquet"),
            str(folder),
            recipe,
            *options,
        )
    except ValueError as error:
        report(given.name, tool, recipe=recipe, failed=str(error))
        return None
    pairs = pl.read_parquet(folder / "pairs.parquet").rename({"match_weight": "weight"})
    if tool == "splink":
        figures, weight = best_threshold(pairs, given.truth)
        figures["best_threshold_bits"] = weight
        usual = pairs.filter(pl.col("weight") >= TUTORIAL_BITS)
        figures["f1_at_95"] = quality(components(len(given.truth), usual), given.truth)["f1"]
    else:
        figures = quality(components(len(given.truth), pairs), given.truth)
    figures |= {"recipe": recipe, "pairs": len(pairs)} | written(folder / "figures.json")
    cost = counted(figures, spent)  # what Splink does for one record comes after it
    report(given.name, tool, **figures, **cost)
    return figures | cost


def judged(given: Set, with_peers: bool) -> None:
    """All lines about one set."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        mine = ours(given, folder)
        if len(given.frame) <= EXPLAINED_UP_TO:
            for entry in missed(resolve(given.frame), given.truth):
                report(given.name, "missed", **entry)
        if given.house is not None:
            report(given.name, "klantbeeld_house", **quality(given.house, given.truth))
        if not with_peers or not given.recipes:
            return
        peer_table(given).write_parquet(folder / "peer.parquet")
        found = {recipe: peer(given, recipe, folder) for recipe in given.recipes}
    for tool in ("splink", "recordlinkage"):
        others = [figures for name, figures in found.items() if figures and tool_of(name) == tool]
        if others:
            report(given.name, "ratio", **ratios(mine, others))


def main() -> None:
    """Judge what was asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--records", type=int, nargs="*", default=(50_000, 1_000_000))
    parser.add_argument("--data", default=os.environ.get("KLANTBEELD_DATA", "../shared/data"))
    parser.add_argument(
        "--home", help="a house in which `klantbeeld demo` loaded the sample company"
    )
    parser.add_argument(
        "--only", nargs="*", help="names of sets, 'families', 'customers', 'organisations'"
    )
    parser.add_argument("--no-peers", action="store_true")
    asked = parser.parse_args()
    sizes = [
        (name, records, seed)
        for records in asked.records
        for name in ("customers", "families", "organisations")
        for seed in (SEEDS if records <= LIVE_UP_TO else SEEDS[:1])
    ]
    for given in sets(Path(asked.data), sizes, asked.home, asked.only):
        if isinstance(given, Set):
            judged(given, not asked.no_peers)
        else:
            report(given[0], "klantbeeld", absent=given[1])


if __name__ == "__main__":
    main()
