"""Sorted arrays: runs of equal values, and what occurs in them."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Places = npt.NDArray[np.intp]
_BITS = 63


def runs(ordered: npt.NDArray[Any]) -> tuple[Places, Places]:
    """Start and size of every run of equal values."""
    if not len(ordered):
        return np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.intp)
    ends = np.concatenate((np.flatnonzero(ordered[1:] != ordered[:-1]) + 1, [len(ordered)]))
    starts = np.concatenate(([0], ends[:-1]))
    return starts, ends - starts


def places_in_order(keys: npt.NDArray[np.int64], most: int) -> Places:
    """As `np.argsort(keys, kind="stable")`, of keys from 0 up to `most`.

    Key and place are sorted as one number where both fit, which is many times faster.
    """
    bits = len(keys).bit_length()
    if bits + most.bit_length() > _BITS:
        return np.argsort(keys, kind="stable")
    packed = keys << bits
    packed |= np.arange(len(keys))
    packed.sort()
    packed &= (1 << bits) - 1
    return packed


def hashes_in_order(key: npt.NDArray[np.int64]) -> Places:
    """As a stable `np.argsort`, of hashes: sorted with the place in the bits seldom needed."""
    low = (1 << len(key).bit_length()) - 1
    packed = key & ~low
    packed |= np.arange(len(key))
    packed.sort()
    packed &= low
    found = key[packed]
    wrong = np.flatnonzero(found[1:] < found[:-1])
    if len(wrong) > _FEW_WRONG:
        return np.argsort(key, kind="stable")
    if len(wrong):  # of hashes that differ in those bits alone
        starts, sizes = runs(found & ~low)
        for run in np.unique(np.searchsorted(starts, wrong, side="right") - 1).tolist():
            own = packed[starts[run] : starts[run] + sizes[run]]
            own[:] = own[np.argsort(key[own], kind="stable")]
    return packed


_FEW_WRONG = 1_000


# From so many runs on it pays to take all of one size together.
_MANY = 1_000


def pairs_within(starts: Places, sizes: Places) -> tuple[Places, Places]:
    """All (i, j), i < j, of positions inside each run [start, start + size), in any order."""
    if len(starts) < _MANY:
        position = np.repeat(starts, sizes) + counted(sizes)
        following = np.repeat(starts + sizes, sizes) - position - 1
        left = np.repeat(position, following)
        return left, left + 1 + counted(following)
    order = np.argsort(sizes.astype(np.int32), kind="stable")
    lefts: list[Places] = []
    rights: list[Places] = []
    for at, count in zip(*runs(sizes[order]), strict=True):
        begin = starts[order[at : at + count], None]
        one, other = np.triu_indices(int(sizes[order[at]]), 1)
        lefts.append((begin + one).ravel())
        rights.append((begin + other).ravel())
    return np.concatenate(lefts), np.concatenate(rights)


def nth_pair(number: Places) -> tuple[Places, Places]:
    """Pairs by their number in (0, 1), (0, 2), (1, 2), (0, 3) …"""
    second = ((1 + np.sqrt(1 + 8 * number)) // 2).astype(np.intp)
    return number - second * (second - 1) // 2, second


def counted(sizes: Places) -> Places:
    """0..size-1 for each size, one after the other."""
    ends = np.cumsum(sizes)
    return np.arange(ends[-1] if len(ends) else 0) - np.repeat(ends - sizes, sizes)


def among(values: npt.NDArray[np.int64], ordered: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Which values occur in an array in ascending order."""
    found = np.zeros(len(values), dtype=bool)
    if not len(ordered):
        return found
    if len(values) < _WORTH_SIEVING:
        return _occurring(values, ordered)
    # Many values are first held against the low bits of those in order.
    size = 1 << min(max((16 * len(ordered)).bit_length(), _SMALLEST), _LARGEST)
    sieve = np.zeros(size, dtype=bool)
    sieve[ordered & (size - 1)] = True
    left = np.flatnonzero(sieve[values & (size - 1)])
    found[left] = _occurring(values[left], ordered)
    return found


_WORTH_SIEVING = 1 << 16
_SMALLEST, _LARGEST = 20, 24  # bits of a sieve


def _occurring(
    values: npt.NDArray[np.int64], ordered: npt.NDArray[np.int64]
) -> npt.NDArray[np.bool_]:
    at = np.minimum(np.searchsorted(ordered, values), len(ordered) - 1)
    found: npt.NDArray[np.bool_] = ordered[at] == values
    return found
