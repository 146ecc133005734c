"""Connected components of rows over links."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from . import native

Ints = npt.NDArray[np.int64]

# Up to so many links plain Python is faster.
_FEW = 300


def components(size: int, left: Ints, right: Ints) -> Ints:
    """Connected components; each row's label is the smallest row number of its component.

    Every root hangs itself under the smallest root that it is linked to, until no link runs
    between two trees (Shiloach and Vishkin, 1982).
    """
    if len(left) <= _FEW:
        ends = zip(left.tolist(), right.tolist(), strict=True)
        return np.array(few_components(size, ends), dtype=np.int64)
    if native.library():
        return native.components(size, left, right)
    label = np.arange(size)
    while True:
        low, high = np.minimum(left, right), np.maximum(left, right)
        np.minimum.at(label, high, low)
        _flatten(label, high)
        left, right = label[low], label[high]
        is_open = np.flatnonzero(left != right)
        if not len(is_open):
            break
        left, right = left[is_open], right[is_open]
    _flatten(label, np.flatnonzero(label != np.arange(size)))
    return label


def _flatten(label: Ints, rows: Ints) -> None:
    """Hangs some rows under their root itself; those between must be among them."""
    while len(rows):
        above = label[rows]
        root = label[above]
        is_far = np.flatnonzero(above != root)
        rows = rows[is_far]
        label[rows] = root[is_far]


def few_components(size: int, ends: Iterable[tuple[int, int]]) -> list[int]:
    """As `components` of few links, told as pairs."""
    labels = list(range(size))

    def root(row: int) -> int:
        while labels[row] != row:
            labels[row] = labels[labels[row]]
            row = labels[row]
        return row

    for a, b in ends:
        one, other = root(a), root(b)
        labels[max(one, other)] = min(one, other)
    return [root(row) for row in range(size)]
