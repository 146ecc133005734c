"""Clusters: average linkage as SciPy's, constraints, and components too large for it."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from klantbeeld.identity.core import Judgement, Thresholds, cluster
from klantbeeld.identity.core.cluster import (
    LARGEST_COMPONENT,
    NEUTRAL,
    components,
    evidence,
    settled,
)
from klantbeeld.identity.core.shared import without_ambiguous

LOOSE = Thresholds(same=0.0, loose=-5.0)


def pairs_of(size: int) -> pl.DataFrame:
    left, right = np.triu_indices(size, 1)
    return pl.DataFrame({"left": left.astype(np.uint32), "right": right.astype(np.uint32)})


def blocks(labels: np.ndarray) -> set[frozenset[int]]:
    return {frozenset(np.flatnonzero(labels == label).tolist()) for label in set(labels.tolist())}


@pytest.mark.parametrize("size", [2, 3, 7, 25])
def test_average_linkage_is_scipys(size: int) -> None:
    random = np.random.default_rng(size)
    for _ in range(30):
        pairs = pairs_of(size)
        weight = random.uniform(-4.9, 9.9, len(pairs))
        found = cluster(size, pairs, weight, LOOSE).labels
        distance = np.zeros((size, size))
        distance[pairs["left"], pairs["right"]] = 10 - weight
        tree = linkage(squareform(distance + distance.T), "average")
        assert blocks(found) == blocks(fcluster(tree, 10, "distance"))


def test_components_of_few_and_many_links_agree() -> None:
    random = np.random.default_rng(0)
    left, right = random.integers(0, 2000, (2, 900))
    many = components(2000, left, right)
    few = np.arange(2000)
    for _ in range(50):  # the slow, sure way: labels spread along links
        low = np.minimum(few[left], few[right])
        np.minimum.at(few, left, low)
        np.minimum.at(few, right, low)
    assert (many == few).all()
    assert (
        components(2000, left[:250], right[:250]) == _spread(2000, left[:250], right[:250])
    ).all()


def _spread(size: int, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    labels = np.arange(size)
    for _ in range(size):
        low = np.minimum(labels[left], labels[right])
        before = labels.copy()
        np.minimum.at(labels, left, low)
        np.minimum.at(labels, right, low)
        if (labels == before).all():
            break
    return labels


def test_separate_pairs_never_meet_through_others() -> None:
    pairs, weight = pairs_of(3), np.array([9.0, 9.0, 9.0])
    separate = np.array([True, False, False])  # 0 and 1
    found = cluster(3, pairs, weight, LOOSE, separate=separate).labels
    assert found[0] != found[1]
    assert found[2] in (found[0], found[1])


def test_one_strong_link_does_not_make_a_chain() -> None:
    pairs = pairs_of(4)
    weight = np.array([9.0, -5.0, -5.0, 3.0, -5.0, 9.0])  # 0-1 and 2-3 strong, 1-2 a bridge
    assert blocks(cluster(4, pairs, weight, LOOSE).labels) == {frozenset({0, 1}), frozenset({2, 3})}


@pytest.mark.parametrize("size", [LARGEST_COMPONENT - 10, LARGEST_COMPONENT + 50])
def test_large_components(size: int) -> None:
    left = np.arange(size - 1, dtype=np.uint32)
    chain = pl.DataFrame({"left": left, "right": left + np.uint32(1)})
    weak = cluster(size, chain, np.full(size - 1, 1.0), LOOSE).labels
    assert np.bincount(weak).max() <= LARGEST_COMPONENT
    strong = np.full(len(pairs_of(size)), 10.0)
    assert set(cluster(size, pairs_of(size), strong, LOOSE).labels.tolist()) == {0}


def test_judgements_hold_in_large_components() -> None:
    size = LARGEST_COMPONENT + 50
    judgements = [Judgement(3, 4, "different", 1), Judgement(5, size, "same", 2)]
    strong = np.full(len(pairs_of(size)), 10.0)
    found = cluster(size + 1, pairs_of(size), strong, LOOSE, judgements).labels
    assert found[3] != found[4]
    assert found[5] == found[size]


def test_judgements_against_the_weight() -> None:
    pairs, weight = pairs_of(3), np.array([9.0, -5.0, -5.0])
    judgements = [Judgement(0, 1, "different", 1), Judgement(1, 2, "same", 2)]
    assert cluster(3, pairs, weight, LOOSE, judgements).labels.tolist() == [0, 1, 1]


def test_what_a_person_joins_keeps_what_its_parts_held() -> None:
    pairs = pairs_of(5)
    weight = np.full(len(pairs), -10.0)
    weight[[0, 9]] = 6.0  # 0 with 1, 3 with 4
    same = [Judgement(0, 3, "same", 1)]
    assert blocks(cluster(5, pairs, weight, LOOSE).labels) == {
        frozenset({0, 1}), frozenset({2}), frozenset({3, 4}),
    }  # fmt: skip
    joined = cluster(5, pairs, weight, LOOSE, same).labels
    assert blocks(joined) == {frozenset({0, 1, 3, 4}), frozenset({2})}


def test_settled_walks_back_from_the_latest() -> None:
    same, other, late = (
        Judgement(0, 1, "same", 1),
        Judgement(1, 2, "same", 2),
        Judgement(0, 2, "different", 3),
    )
    together, apart, overruled = settled([same, other, late])
    assert (together, apart, overruled) == ([other], [late], [same])


def test_no_rows_and_no_pairs() -> None:
    none = pairs_of(0)
    assert cluster(0, none, np.zeros(0)).labels.tolist() == []
    assert cluster(3, none, np.zeros(0)).labels.tolist() == [0, 1, 2]


def scores(weight: list[float], household: list[float]) -> pl.DataFrame:
    """Scores of pairs that are either another member's or a stranger's as far as not the same."""
    return pl.DataFrame(
        {
            "weight": weight,
            "p_household": household,
            "p_unrelated": [1 - share for share in household],
        }
    )


def test_what_a_pair_says_inside_a_component() -> None:
    """The prior of -12 bits is no news; what differs, and another member, still is."""
    said = evidence(scores([3.0, -12.0, -5.0, -15.0, -6.0], [0.0, 0.0, 0.0, 0.0, 0.9]), prior=-12.0)
    assert said.tolist() == [3.0, NEUTRAL, NEUTRAL, -3.0, -6.0]


def test_a_neutral_pair_neither_joins_nor_keeps_apart() -> None:
    """0 and 1 are one; 2 is tied to 1 and has nothing to compare with 0."""
    pairs, weight = pairs_of(3), np.array([5.0, -12.0, 3.0])
    said = pairs.with_columns(pl.Series("evidence", [5.0, NEUTRAL, 3.0]))
    assert cluster(3, pairs, weight, LOOSE).labels.tolist() == [0, 0, 2]
    assert cluster(3, said, weight, LOOSE).labels.tolist() == [0, 0, 0]
    nothing = pairs.with_columns(pl.Series("evidence", [NEUTRAL, NEUTRAL, NEUTRAL]))
    assert cluster(3, nothing, np.full(3, -1.0), LOOSE).labels.tolist() == [0, 1, 2]


def test_strangers_with_nothing_to_compare_contest_no_record() -> None:
    """0 is a nameless record of the mailbox of 1; 2 is called as 1 is and has nothing of 0."""
    pairs = pairs_of(3)
    names = {"first_name": [-1, -1, 2], "surname": [-1, -1, 3], "birth_date": [-1, -1, -1]}
    levels = pl.DataFrame(names | {"gender": [-1, -1, -1]})
    weight = np.array([2.0, -14.0, 3.0])
    assert without_ambiguous(pairs, levels, weight, LOOSE) is weight
    rivals = levels.with_columns(pl.Series("first_name", [-1, -1, 0]))
    shared = np.array([2.0, 2.0, -9.0])
    assert without_ambiguous(pairs, rivals, shared, LOOSE).tolist() == [-1.0, -1.0, -9.0]
