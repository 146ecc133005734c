"""How good the matching is where the truth is known; in full in `benchmarks/identity`."""

from __future__ import annotations

import polars as pl
import pytest

from benchmarks.customers import simulate as customers
from benchmarks.families import simulate as families
from benchmarks.identity.figures import households
from benchmarks.identity.sets import SETS
from klantbeeld.identity.core import resolve
from klantbeeld.identity.core.judging import judge
from tests.plugin_needs import DATA


@pytest.mark.data
@pytest.mark.parametrize(
    ("name", "least"), [("febrl3", 0.9985), ("febrl4", 0.999), ("historical_50k", 0.90)]
)
def test_persons_of_public_sets(name: str, least: float) -> None:
    given = SETS[name](DATA)
    assert judge(resolve(given.frame).clusters["customer"], given.truth)["f1"] >= least


@pytest.mark.parametrize("seed", [21, 22])
def test_families_stay_apart(seed: int) -> None:
    simulated = families(20_000, seed)
    clusters = resolve(simulated.frame).clusters
    person, household = pl.Series(simulated.person), pl.Series(simulated.household)
    figures = judge(clusters["customer"], person) | households(clusters, person, household)
    assert figures["f1"] > 0.93
    assert figures["precision"] > 0.98
    assert figures["household_merged"] < 0.01
    assert figures["household_precision"] > 0.97
    assert figures["household_reach"] > 0.5


@pytest.mark.parametrize("seed", [31, 32])
def test_customers_with_lives_stay_apart(seed: int) -> None:
    base = customers(20_000, seed)
    clusters = resolve(base.frame).clusters
    figures = judge(clusters["customer"], base.person)
    figures |= households(clusters, base.person, base.household)
    assert figures["f1"] > 0.88
    assert figures["precision"] > 0.97
    assert figures["household_merged"] < 0.016
    assert figures["household_precision"] > 0.97
