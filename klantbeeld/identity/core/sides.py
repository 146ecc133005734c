"""Both sides of pairs, and the metrics on their texts: what comparisons grade by."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import polars as pl
from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

from .values import FEW, hashes

Rows = npt.NDArray[np.uint32]
Flags = npt.NDArray[np.bool_]
Levels = npt.NDArray[np.int8]
Hashes = npt.NDArray[np.int64]


class Sides:
    """The values of the left and right rows of pairs."""

    def __init__(self, values: pl.DataFrame, left: Rows, right: Rows) -> None:
        self._values, self._left, self._right = values, left, right
        self._taken: dict[str, tuple[Hashes, Hashes]] = {}

    def of(self, name: str) -> tuple[Hashes, Hashes]:
        """Hashes of a column, left and right; 0 is missing."""
        if name not in self._taken:
            column = hashes(self._values, name)
            self._taken[name] = (column[self._left], column[self._right])
        return self._taken[name]

    def both(self, name: str) -> Flags:
        """Where the column is known on both sides."""
        left, right = self.of(name)
        both: Flags = (left != 0) & (right != 0)
        return both

    def equal(self, name: str, other: str | None = None) -> Flags:
        """Where left's `name` is known and equals right's `other` (or `name`)."""
        left, right = self.of(name)[0], self.of(other or name)[1]
        equal: Flags = (left == right) & (left != 0)
        return equal

    def crosswise(self, name: str, other: str) -> Flags:
        """Where either side's `name` equals the other side's `other`."""
        return self.equal(name, other) | self.equal(other, name)

    def similar(
        self, name: str, where: Flags, metric: Metric, other: str | None = None
    ) -> npt.NDArray[np.float32]:
        """The metric on left's `name` and right's `other` (or `name`) where asked, 0 elsewhere.

        Computed once per distinct pair of texts.
        """
        result = np.zeros(len(where), dtype=np.float32)
        at = np.flatnonzero(where)
        if not len(at):
            return result
        other = other or name
        at_first, inverse = _distinct(self.of(name)[0][at], self.of(other)[1][at])
        chosen = at[at_first]
        left = self._texts(name, self._left[chosen])
        right = self._texts(other, self._right[chosen])
        result[at] = metric(left, right)[inverse]
        return result

    def _texts(self, name: str, rows: Rows) -> list[str]:
        texts = self._values[name]
        if len(texts) < FEW:
            known = texts.to_list()
            return [known[row] for row in rows.tolist()]
        return texts.gather(rows).to_list()

    def holds(self, name: str, where: Flags, test: Callable[[str], bool]) -> Flags:
        """Where asked and left's text passes the test."""
        result = np.zeros(len(where), dtype=bool)
        at = np.flatnonzero(where)
        if len(at):
            texts = self._texts(name, self._left[at])
            result[at] = [text is not None and test(text) for text in texts]
        return result


Metric = Callable[[list[str], list[str]], npt.NDArray[np.float32]]


def _distinct(left: Hashes, right: Hashes) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Positions of distinct value pairs, and for each pair its place among them."""
    code = left * np.int64(-7046029254386353131) + right
    _, at_first, inverse = np.unique(code, return_index=True, return_inverse=True)
    return at_first, inverse


def jaro_winkler(left: list[str], right: list[str]) -> npt.NDArray[np.float32]:
    """Jaro-Winkler similarity, 0 to 1, text by text."""
    return process.cpdist(left, right, scorer=JaroWinkler.similarity, dtype=np.float32)


def edits(left: list[str], right: list[str]) -> npt.NDArray[np.float32]:
    """Nearness 1 / (1 + edits) by optimal string alignment: 0.5 is one edit, 0 three or more."""
    distance = process.cpdist(left, right, scorer=OSA.distance, score_cutoff=2, dtype=np.int32)
    return np.where(distance <= 2, 1 / (1 + distance), 0).astype(np.float32)


def begins(left: list[str], right: list[str]) -> npt.NDArray[np.float32]:
    """1 where one text of at least three letters begins the other."""
    pairs = zip(left, right, strict=True)
    return np.array(
        [min(len(a), len(b)) >= 3 and (a.startswith(b) or b.startswith(a)) for a, b in pairs],
        dtype=np.float32,
    )


def ends(left: list[str], right: list[str]) -> npt.NDArray[np.float32]:
    """1 where one number of at least seven digits ends the other, or the last nine are equal."""
    pairs = zip(left, right, strict=True)
    return np.array(
        [
            min(len(a), len(b)) >= 7 and (a.endswith(b) or b.endswith(a) or a[-9:] == b[-9:])
            for a, b in pairs
        ],
        dtype=np.float32,
    )


def graded(missing: Flags, *graded: Flags) -> Levels:
    """Level k where the k-th test holds and no later one does; 0 where none; -1 where missing."""
    level = np.zeros(len(missing), dtype=np.int8)
    for grade, test in enumerate(graded, start=1):
        level[test] = grade
    level[missing] = -1
    return level
