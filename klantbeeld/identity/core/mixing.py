"""One hash of several: of the columns that make a key, of all that a row says."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

# Numbers mixed at once: more do not fit beside each other into a processor's cache.
_IN_CACHE = 1 << 15
# Up to so many rows plain Python is faster.
_FEWEST = 8
_WHOLE = (1 << 64) - 1


def mixed(*parts: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """One hash of several (order counts), by the finaliser of splitmix64 (Steele et al., 2014)."""
    size = len(parts[0])
    if size <= _FEWEST:
        rows = zip(*(part.tolist() for part in parts), strict=True)
        return np.array([_mixed(row) for row in rows], dtype=np.uint64).view(np.int64)
    result = np.zeros(size, dtype=np.uint64)
    for start in range(0, size, _IN_CACHE):
        some = result[start : start + _IN_CACHE]
        for part in parts:
            some ^= part[start : start + _IN_CACHE].view(np.uint64)
            some += np.uint64(0x9E3779B97F4A7C15)
            some ^= some >> np.uint64(30)
            some *= np.uint64(0xBF58476D1CE4E5B9)
            some ^= some >> np.uint64(27)
            some *= np.uint64(0x94D049BB133111EB)
            some ^= some >> np.uint64(31)
    return result.view(np.int64)


def _mixed(parts: Iterable[int], result: int = 0) -> int:
    for part in parts:
        result = ((result ^ (part & _WHOLE)) + 0x9E3779B97F4A7C15) & _WHOLE
        result = ((result ^ (result >> 30)) * 0xBF58476D1CE4E5B9) & _WHOLE
        result = ((result ^ (result >> 27)) * 0x94D049BB133111EB) & _WHOLE
        result ^= result >> 31
    return result


def mixed_one(*parts: int) -> int:
    """As `mixed`, of one row."""
    return mixed_further(0, parts)


def mixed_first(first: int) -> int:
    """What `mixed_further` goes on from: the first part of one row."""
    return _mixed((first,))


def mixed_further(begun: int, parts: Iterable[int]) -> int:
    """As `mixed_one` of one row of which the first part has been mixed."""
    result = _mixed(parts, begun)
    return result - (1 << 64) if result >> 63 else result


# The odd factors turned back, modulo 2 ** 64.
_BACK = (pow(0xBF58476D1CE4E5B9, -1, 1 << 64), pow(0x94D049BB133111EB, -1, 1 << 64))


def unmixed(first: int, mixes: list[int]) -> list[int]:
    """The second part of each mix of two of which the first part is known."""
    known = _mixed((first,))
    result = np.array(mixes, dtype=np.int64).view(np.uint64)
    result = result ^ (result >> np.uint64(31)) ^ (result >> np.uint64(62))
    result = result * np.uint64(_BACK[1])
    result = result ^ (result >> np.uint64(27)) ^ (result >> np.uint64(54))
    result = result * np.uint64(_BACK[0])
    result = result ^ (result >> np.uint64(30)) ^ (result >> np.uint64(60))
    result = (result - np.uint64(0x9E3779B97F4A7C15)) ^ np.uint64(known)
    return [int(value) for value in result.view(np.int64)]
