"""The compiled part, `native.c`: what is asked of millions of pairs of texts.

It is made when the project is installed (see `hatch_build.py`). Where it could not be, everything
is computed as `metrics` says it in Python: the same answers, more slowly.
"""

from __future__ import annotations

import ctypes
import weakref
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

Places = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
Small = npt.NDArray[np.signedinteger[Any]]
Codes = npt.NDArray[np.uint32]

# The metrics of `native.c`, in its order.
JARO_WINKLER, SLIP, LONG_SLIP, BEGINS, ENDS, HOLDS, PARTS = range(7)
FILE = Path(__file__).with_suffix(".compiled")


@cache
def library() -> Any:
    """The loaded library, None where there is none."""
    try:
        loaded = ctypes.CDLL(str(FILE))
    except OSError:
        return None
    loaded.texts_open.restype = ctypes.c_void_p
    loaded.texts_open.argtypes = (ctypes.c_void_p, ctypes.c_int64)
    loaded.texts_close.restype = None
    loaded.texts_close.argtypes = (ctypes.c_void_p,)
    pointer = ctypes.c_void_p
    loaded.distinct.restype = ctypes.c_int64
    loaded.distinct.argtypes = (pointer, pointer, pointer)
    loaded.gathered.restype = None
    loaded.gathered.argtypes = (pointer, pointer, ctypes.c_int64, pointer)
    for name, given in (("addresses", 4), ("telephones", 2)):
        getattr(loaded, name).restype, getattr(loaded, name).argtypes = None, (pointer,) * given
    loaded.likeness.restype = ctypes.c_int64
    loaded.likeness.argtypes = (
        ctypes.c_int, ctypes.c_double, *[pointer] * 6, ctypes.c_int64, pointer, pointer
    )  # fmt: skip
    loaded.needed_size.restype, loaded.needed_size.argtypes = ctypes.c_int64, ()
    loaded.partners_needed.restype = None
    loaded.partners_needed.argtypes = (ctypes.c_double, pointer)
    loaded.agreement.restype = None
    loaded.agreement.argtypes = (
        pointer, pointer, pointer, pointer, ctypes.c_int64, pointer, pointer
    )  # fmt: skip
    loaded.components.restype = None
    loaded.components.argtypes = (pointer, ctypes.c_int64, pointer, pointer, ctypes.c_int64)
    loaded.linked.restype = ctypes.c_bool
    loaded.linked.argtypes = (
        ctypes.c_int64, *[pointer] * 7, ctypes.c_double, ctypes.c_double, pointer
    )  # fmt: skip
    return loaded


@cache
def _partners_needed(least: float) -> npt.NDArray[np.uint8]:
    table = np.empty(library().needed_size(), dtype=np.uint8)
    library().partners_needed(least, _at(table))
    return table


class _Column(ctypes.Structure):
    _fields_ = (("texts", ctypes.c_void_p), ("codes", ctypes.c_void_p))


class Column:
    """A column of texts as the library reads it: distinct texts, and which of them a row has.

    codes: None where every row has a text of its own. Raises ValueError for what is no column of
    texts.
    """

    def __init__(self, texts: pl.Series, codes: Codes | None = None) -> None:
        stream = texts.rechunk().__arrow_c_stream__()
        pointer = ctypes.pythonapi.PyCapsule_GetPointer
        pointer.restype, pointer.argtypes = ctypes.c_void_p, (ctypes.py_object, ctypes.c_char_p)
        handle = library().texts_open(pointer(stream, b"arrow_array_stream"), len(texts))
        if not handle:
            raise ValueError(f"not a column of texts: {texts.dtype}")
        weakref.finalize(self, library().texts_close, handle)
        self._codes = None if codes is None else np.ascontiguousarray(codes, dtype=np.uint32)
        at = None if self._codes is None else self._codes.ctypes.data
        self.held = _Column(handle, at)


def distinct(texts: pl.Series) -> tuple[Codes, Codes]:
    """Of every row the place of its text among the distinct ones, as they first occur; and where.

    Of a missing text the place after the last. Raises MemoryError.
    """
    codes, firsts = (np.empty(len(texts), dtype=np.uint32) for _ in range(2))
    column = Column(texts)
    count = library().distinct(column.held.texts, _at(codes), _at(firsts))
    if count < 0:
        raise MemoryError("telling texts apart")
    return codes, firsts[:count].copy()


def gathered(held: Ints, places: Codes) -> Ints:
    """As `held.take(places)`, without turning the places into numbers of another size first."""
    if not library():
        return held.take(places)
    held = np.ascontiguousarray(held, dtype=np.int64)
    places = np.ascontiguousarray(places, dtype=np.uint32)
    result = np.empty(len(places), dtype=np.int64)
    library().gathered(_at(held), _at(places), len(places), _at(result))
    return result


def addresses(texts: pl.Series, nobody: Collection[str], dotless: Collection[str]) -> pl.Series:
    """Which texts are e-mail addresses as `shapes.email` gives them, and need not be changed."""
    column, found = Column(texts), np.empty(len(texts), dtype=bool)
    library().addresses(column.held.texts, _words(nobody), _words(dotless), _at(found))
    return pl.Series(found)


def _words(words: Collection[str]) -> bytes:
    """Each with its length before it."""
    return b"".join(bytes([len(word)]) + word.encode() for word in sorted(words)) + b"\0"


def telephones(texts: pl.Series) -> Ints:
    """The numbers that `shapes.phone` gives, 0 where none."""
    column, numbers = Column(texts), np.empty(len(texts), dtype=np.int64)
    library().telephones(column.held.texts, _at(numbers))
    return numbers


def likeness(
    metric: tuple[int, float],
    sides: tuple[Column, Column],
    rows: tuple[Places, Places],
    where: Flags,
) -> tuple[Floats, Places]:
    """A metric (one of the above, and the least that is asked for) of pairs of rows.

    The answers, 0 where it was not asked; and the places of pairs with a text of more than 64
    letters, which are not measured.
    """
    size = len(where)
    result, longer = np.empty(size, dtype=np.float32), np.empty(size, dtype=np.intp)
    left, right = rows
    open_ = library().likeness(
        *metric, _at(_partners_needed(metric[1])),
        *(ctypes.addressof(side.held) for side in sides),
        *(array.ctypes.data for array in (left, right, where)), size,
        result.ctypes.data, longer.ctypes.data,
    )  # fmt: skip
    return result, longer[:open_].copy()


def agreement(sides: tuple[Ints, Ints], rows: tuple[Places, Places]) -> tuple[Flags, Flags]:
    """Of pairs of rows where both sides are known, and where they are known and equal."""
    one, other = (np.ascontiguousarray(side) for side in sides)
    left, right = rows
    both, equal = (np.empty(len(left), dtype=bool) for _ in range(2))
    library().agreement(
        *(array.ctypes.data for array in (one, other, left, right)), len(left),
        both.ctypes.data, equal.ctypes.data,
    )  # fmt: skip
    return both, equal


def components(size: int, left: Ints, right: Ints) -> Ints:
    """As `components.components`."""
    label = np.empty(size, dtype=np.int64)
    ends = [np.ascontiguousarray(side, dtype=np.int64) for side in (left, right)]
    library().components(_at(label), size, *map(_at, ends), len(left))
    return label


class _Weighing(ctypes.Structure):
    _fields_ = (
        ("comparisons", ctypes.c_int32), ("figures", ctypes.c_int32), ("kinds", ctypes.c_void_p),
        ("same", ctypes.c_double), ("household", ctypes.c_double),
        ("lowest", ctypes.c_double), ("saturation", ctypes.c_double),
    )  # fmt: skip


@dataclass(frozen=True)
class Sums:
    """Figures to be added up (pairs x figures), and how what they come to is weighed.

    kinds: per comparison ONE_EACH, FIRST_NAME or both; priors of 'same' and 'household'.
    """

    figures: Floats
    kinds: npt.NDArray[np.uint8]
    priors: tuple[float, float]
    bounds: tuple[float, float]


ONE_EACH, FIRST_NAME = 1, 2


def linked(
    sizes: tuple[Ints, Ints],
    pairs: tuple[Small, Small, npt.NDArray[np.float64]],
    bounds: tuple[float, float],
    sums: Sums | None = None,
) -> Ints:
    """As `linkage.linked`, of many components: of every row the place of its group's first row.

    sizes: rows and pairs of each component; pairs: places in the component and weight, component by
    component. bounds: the weight of a pair that is not given, the least at which groups merge.
    """
    counts = [np.ascontiguousarray(one, dtype=np.int64) for one in sizes]
    left, right = (np.ascontiguousarray(side, dtype=np.int32) for side in pairs[:2])
    weight = np.ascontiguousarray(pairs[2], dtype=np.float64)
    group = np.empty(int(counts[0].sum()), dtype=np.int32)
    figures, by = None, None
    if sums:
        figures = np.ascontiguousarray(sums.figures)
        by = _Weighing(
            len(sums.kinds), figures.shape[1], _at(sums.kinds), *sums.priors, *sums.bounds
        )
    is_done = library().linked(
        len(counts[0]), *map(_at, counts), _at(left), _at(right), _at(weight),
        None if figures is None else _at(figures), None if by is None else ctypes.addressof(by),
        *bounds, _at(group),
    )  # fmt: skip
    if not is_done:
        raise MemoryError("linking")
    return group.astype(np.int64)


def _at(array: npt.NDArray[Any]) -> int:
    at: int = array.ctypes.data
    return at
