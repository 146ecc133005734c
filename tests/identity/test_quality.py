"""How good the matching is where the truth is known; in full in `benchmarks/identity.py`."""

from __future__ import annotations

import polars as pl
import pytest

from benchmarks.families import simulate
from benchmarks.identity import SETS, families, quality
from klantbeeld.identity.core import resolve
from tests.plugin_needs import DATA


@pytest.mark.data
@pytest.mark.parametrize(
    ("name", "least"), [("febrl3", 0.9985), ("febrl4", 0.999), ("historical_50k", 0.90)]
)
def test_persons_of_public_sets(name: str, least: float) -> None:
    frame, truth = SETS[name](DATA)
    assert quality(resolve(frame), truth)["f1"] >= least


@pytest.mark.parametrize("seed", [21, 22])
def test_families_stay_apart(seed: int) -> None:
    simulated = simulate(20_000, seed)
    found = resolve(simulated.frame)
    person, household = pl.Series(simulated.person), pl.Series(simulated.household)
    figures = quality(found, person) | families(found, person, household)
    assert figures["f1"] > 0.87
    assert figures["precision"] > 0.98
    assert figures["household_merged"] < 0.01
    assert figures["household_precision"] > 0.97
    assert figures["household_reach"] > 0.5
