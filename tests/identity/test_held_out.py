"""How sure names alone are is told by birth dates that were left out of the odds."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from benchmarks.families import simulate
from klantbeeld.identity.core import Model, judge, resolve
from klantbeeld.identity.core.held_out import _offset
from klantbeeld.identity.core.identifiers import NamesAlone


@pytest.mark.parametrize("off", [-1.5, 0.0, 2.0])
def test_by_how_much_the_odds_are_off_is_found(off: float) -> None:
    random = np.random.default_rng(3)
    bits = random.uniform(-3, 6, 5_000)
    is_same = random.random(5_000) < 1 / (1 + np.exp2(off - bits))
    agreed = random.random(5_000) < np.where(is_same, 0.95, 0.01)
    assert _offset(bits, agreed, 0.95, 0.01) == pytest.approx(off, abs=0.3)


def test_few_pairs_hardly_move_it() -> None:
    bits, agreed = np.full(3, 1.0), np.zeros(3, dtype=bool)
    assert 0 < _offset(bits, agreed, 0.95, 0.01) < 1.5


def test_names_join_what_would_be_missed() -> None:
    base = simulate(20_000, seed=21)
    found = resolve(base.frame)
    never = found.model.with_thresholds(names=99.0)
    with_names = judge(found.clusters["customer"], pl.Series(base.person))
    without = judge(resolve(base.frame, model=never).clusters["customer"], pl.Series(base.person))
    assert with_names["recall"] > without["recall"] + 0.02
    assert with_names["precision"] > without["precision"] - 0.01
    assert found.report()["kinds"]["person"]["names_alone_bits"] < 4


def test_nothing_joins_that_says_nothing_under_a_low_bar() -> None:
    base = simulate(6_000, seed=21)
    model = resolve(base.frame).model
    low = model.with_thresholds(same=-3.0, loose=-5.0)
    figures = judge(resolve(base.frame, model=low).clusters["customer"], pl.Series(base.person))
    assert figures["precision"] > 0.85
    assert Model.default().kinds["person"].thresholds.names > 60


@pytest.mark.parametrize("bar", [-3.0, 0.0, 2.0, 9.0])
def test_names_alone_stay_under_any_bar_but_theirs(bar: float) -> None:
    """Just under the bar, so that they are no evidence against; over it from `names` bits on."""
    start = Model.default().kinds["person"]
    bounds = replace(start.thresholds, same=bar, names=3.0)
    levels = pl.DataFrame({name: [0, 0, 0] for name in start.odds})
    weight = np.array([bar - 4, bar + 2.9, bar + 3.0])
    for is_fitted, last in ((False, bar - NamesAlone.under), (True, bar + 3)):
        learnt = replace(start, thresholds=bounds, is_fitted=is_fitted)
        found = NamesAlone().apply(weight, levels, learnt)
        assert found.tolist() == pytest.approx([bar - 4, bar - NamesAlone.under, last])
