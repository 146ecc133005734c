"""Measures of clusters against truth: counted by hand, and by brute force."""

from __future__ import annotations

from itertools import combinations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantbeeld.identity.core.judging import judge, pairs_in


def figures(labels: list[int | None], truth: list[str | None]) -> dict[str, float]:
    return judge(pl.Series(labels, dtype=pl.Int64), pl.Series(truth, dtype=pl.String))


def test_counted_by_hand() -> None:
    """Found {0,1,2} {3} {4}; true {0,1} {2,3} {4}."""
    found = figures([0, 0, 0, 3, 4], ["a", "a", "b", "b", "c"])
    assert found["precision"] == pytest.approx(1 / 3)
    assert found["recall"] == pytest.approx(1 / 2)
    assert found["f1"] == pytest.approx(2 / 5)
    precision = (2 / 3 + 2 / 3 + 1 / 3 + 1 + 1) / 5
    recall = (1 + 1 + 1 / 2 + 1 / 2 + 1) / 5
    assert found["b_cubed_f1"] == pytest.approx(2 * precision * recall / (precision + recall))
    assert found["exact_clusters"] == pytest.approx(1 / 3)  # only {4}: {0,1} has one too many


def test_rows_without_truth_are_left_out() -> None:
    assert figures([0, 0, 0, 1], ["a", "a", None, None]) == figures([0, 0], ["a", "a"])
    assert set(figures([0, 0, 0, 1], ["a", "a", None, None]).values()) == {1.0}


def test_rows_without_a_label_stand_alone() -> None:
    found = figures([None, None, 5], ["a", "a", "b"])
    assert (found["precision"], found["recall"], found["f1"]) == (1, 0, 0)
    assert found["exact_clusters"] == 0.5


@pytest.mark.parametrize(
    ("labels", "truth"), [([], []), ([1], [None]), ([1, 2], ["a", "b"]), ([7, 7], ["b", "b"])]
)
def test_nothing_wrong_is_right(labels: list[int | None], truth: list[str | None]) -> None:
    assert set(figures(labels, truth).values()) == {1.0}


def test_lengths_that_differ_are_refused() -> None:
    with pytest.raises(ValueError, match="2 labels but 1 rows of truth"):
        figures([1, 2], ["a"])


def test_large_groups_do_not_overflow() -> None:
    """100,000 rows in one group are more pairs than 32 bits hold."""
    one = pl.Series([1] * 100_000)
    assert set(judge(one, one).values()) == {1.0}
    assert pairs_in(one) == 100_000 * 99_999 / 2


def brute_force(labels: list[int | None], truth: list[str | None]) -> dict[str, float]:
    """The same by every pair and every row."""
    known = [row for row, true in enumerate(truth) if true is not None]

    def is_found(a: int, b: int) -> bool:
        return a == b or (labels[a] is not None and labels[a] == labels[b])

    pairs = list(combinations(known, 2))
    both = sum(is_found(a, b) and truth[a] == truth[b] for a, b in pairs)
    together = sum(is_found(a, b) for a, b in pairs)
    one = sum(truth[a] == truth[b] for a, b in pairs)
    found = {a: {b for b in known if is_found(a, b)} for a in known}
    true = {a: {b for b in known if truth[a] == truth[b]} for a in known}
    precision = sum(len(found[a] & true[a]) / len(found[a]) for a in known) / len(known)
    recall = sum(len(found[a] & true[a]) / len(true[a]) for a in known) / len(known)
    groups = {frozenset(group) for group in true.values()}
    exact = groups & {frozenset(group) for group in found.values()}
    return {
        "precision": both / together if together else 1.0,
        "recall": both / one if one else 1.0,
        "f1": 2 * both / (together + one) if together + one else 1.0,
        "b_cubed_f1": 2 * precision * recall / (precision + recall),
        "exact_clusters": len(exact) / len(groups),
    }


ROWS = st.lists(
    st.tuples(st.none() | st.integers(0, 4), st.none() | st.sampled_from("abcde")), max_size=14
).filter(lambda rows: any(true for _, true in rows))


@given(ROWS)
def test_as_by_brute_force(rows: list[tuple[int | None, str | None]]) -> None:
    labels, truth = [label for label, _ in rows], [true for _, true in rows]
    assert figures(labels, truth) == pytest.approx(brute_force(labels, truth))
