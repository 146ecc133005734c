"""The benchmark's own arithmetic: households by hand, components, the best threshold, ratios."""

from __future__ import annotations

import polars as pl

from benchmarks.identity.figures import best_threshold, components, households, quality, ratios


def test_households_by_hand() -> None:
    """Persons a a b b c, a and b of one home; found: a with a b (merged), the rest apart."""
    person, home = pl.Series(["a", "a", "b", "b", "c"]), pl.Series([1, 1, 1, 1, 2])
    clusters = pl.DataFrame({"customer": [0, 0, 0, 3, 4], "household": [0, 0, 0, 0, None]})
    found = households(clusters, person, home)
    assert found["household_merged"] == 0.5  # a-b twice, of four pairs a-b
    assert found["strangers_merged"] == 0
    assert found["household_precision"] == 1
    assert found["household_reach"] == 1


def test_components() -> None:
    pairs = pl.DataFrame({"left": [0, 1, 3], "right": [1, 2, 4]})
    labels = components(6, pairs).to_list()
    assert labels[0] == labels[1] == labels[2]
    assert labels[3] == labels[4]
    assert len(set(labels)) == 3
    assert components(2, pairs.clear()).n_unique() == 2


def test_the_best_threshold_is_found() -> None:
    truth = pl.Series(["a", "a", "b", "b"])
    pairs = pl.DataFrame({"left": [0, 2, 1], "right": [1, 3, 2], "weight": [9.0, 3.0, 2.0]})
    figures, weight = best_threshold(pairs, truth)
    assert figures["f1"] == 1
    assert 2 < weight <= 3
    assert quality(components(4, pairs), truth)["f1"] < 1


def test_ratios_are_against_the_best_settings() -> None:
    ours = {"f1": 0.9, "cpu_seconds": 2.0}
    peers = [
        {"recipe": "a", "f1": 0.7, "cpu_seconds": 4.0},
        {"recipe": "b", "f1": 0.8, "cpu_seconds": 9.0},
    ]
    assert ratios(ours, peers) == {"against": "b", "error_ratio": 0.5, "cpu_ratio": 4.5}
