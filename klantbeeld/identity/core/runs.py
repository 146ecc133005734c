"""Sorted arrays: runs of equal values, and what occurs in them."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Places = npt.NDArray[np.intp]


def runs(ordered: npt.NDArray[Any]) -> tuple[Places, Places]:
    """Start and size of every run of equal values."""
    if not len(ordered):
        return np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.intp)
    ends = np.concatenate((np.flatnonzero(ordered[1:] != ordered[:-1]) + 1, [len(ordered)]))
    starts = np.concatenate(([0], ends[:-1]))
    return starts, ends - starts


def pairs_within(starts: Places, sizes: Places) -> tuple[Places, Places]:
    """All (i, j), i < j, of positions inside each run [start, start + size)."""
    position = np.repeat(starts, sizes) + counted(sizes)
    following = np.repeat(starts + sizes, sizes) - position - 1
    left = np.repeat(position, following)
    return left, left + 1 + counted(following)


def counted(sizes: Places) -> Places:
    """0..size-1 for each size, one after the other."""
    ends = np.cumsum(sizes)
    return np.arange(ends[-1] if len(ends) else 0) - np.repeat(ends - sizes, sizes)


def among(values: npt.NDArray[np.int64], ordered: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Which values occur in an array in ascending order."""
    if not len(ordered):
        return np.zeros(len(values), dtype=bool)
    at = np.minimum(np.searchsorted(ordered, values), len(ordered) - 1)
    found: npt.NDArray[np.bool_] = ordered[at] == values
    return found
