"""Both sides of pairs, and the metrics on their texts: what comparisons grade by."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
import numpy.typing as npt
import polars as pl

from .coded import FEW, Coded
from .metrics import Metric, Signatures, begins, edits, jaro_winkler, letters_of, slip
from .values import hashes

if TYPE_CHECKING:
    from .model import Frequencies

__all__ = ["Sides", "begins", "edits", "graded", "jaro_winkler", "slip"]

Rows = npt.NDArray[np.uint32]
Flags = npt.NDArray[np.bool_]
Levels = npt.NDArray[np.int8]
Hashes = npt.NDArray[np.int64]
Made = TypeVar("Made")
Test = Callable[[pl.Series], pl.Series]

# Asked of one pair in so many, a test is answered for all texts of the table at once.
_MANY_ASKED = 16


class Stacked:
    """The hashes of all columns side by side: the many values of a row are read at one place.

    So are the letters (see `metrics`) of texts of which those of many pairs are compared. What is
    computed once for all texts is kept here too.
    """

    def __init__(self, values: pl.DataFrame, without: Collection[str] = ()) -> None:
        names = [name[:-1] for name in values.columns if name[-1] == "#"]
        names = sorted({*names} - _KEYS_ONLY - {*without})
        spelt = [name for name in names if name in _SPELT]
        self.place = {name: at for at, name in enumerate((*names, *(one + "~" for one in spelt)))}
        self._signatures: dict[tuple[str, Any], Signatures] = {}
        self.made: dict[str, Any] = {}
        self._values = values
        self._coded: dict[str, Coded] = {}
        self._words: dict[str, npt.NDArray[Any]] = {}
        self._taken: dict[int, Hashes] = {}
        self._passing: dict[tuple[str, Test], Flags] = {}
        self._table = np.empty((len(values), len(self.place)), dtype=np.int64)
        for start in range(0, len(values), _IN_CACHE):
            part = slice(start, start + _IN_CACHE)
            for name in names:
                self._table[part, self.place[name]] = hashes(values, name)[part]
        for name in spelt:
            letters = self.signatures(name, letters_of, slice(None)).view(np.int64)
            self._table[:, self.place[name + "~"]] = letters

    def taken(self, rows: Rows, side: int) -> Hashes:
        """The hashes of some rows: columns x rows. They stand until that side asks for others."""
        if side not in self._taken or self._taken[side].shape[1] < len(rows):
            # Memory asked for anew for every part of the pairs would cost as much as the reading.
            self._taken[side] = np.empty((self._table.shape[1], len(rows)), dtype=np.int64)
        taken = self._taken[side][:, : len(rows)]
        for start in range(0, len(rows), _IN_CACHE):
            part = rows[start : start + _IN_CACHE]
            taken[:, start : start + len(part)] = self._table.take(part, axis=0).T
        return taken

    def coded(self, name: str) -> Coded:
        """The column by its distinct texts, if many share them."""
        if name not in self._coded:
            column = self._values[name]
            is_held = isinstance(column.dtype, pl.Categorical)
            self._coded[name] = Coded.of(column) if is_held else Coded.apart(column)
        return self._coded[name]

    def signatures(
        self, name: str, sign: Callable[[pl.Series], Signatures], rows: Rows | slice
    ) -> Signatures:
        """The signatures of the texts of some rows."""
        coded, asked = self.coded(name), (name, sign)
        if asked not in self._signatures:
            self._signatures[asked] = sign(coded.texts)
        return self._signatures[asked][rows if coded.is_apart else coded.codes[rows]]

    def passing(self, name: str, test: Test, rows: Rows) -> Flags:
        """Which of some rows have a text that passes the test, of every text answered once."""
        coded, asked = self.coded(name), (name, test)
        if asked not in self._passing:
            passed = test(coded.texts.cast(pl.String)).fill_null(False)
            self._passing[asked] = passed.to_numpy()
        return self._passing[asked][rows if coded.is_apart else coded.codes[rows]]

    def texts(self, name: str, rows: Rows) -> list[str]:
        """The texts of some rows."""
        if not isinstance(self._values[name].dtype, pl.Categorical):
            return self._values[name][rows].to_list()
        coded = self.coded(name)
        if name not in self._words:
            self._words[name] = np.array(coded.texts.to_list(), dtype=object)
        found: list[str] = self._words[name][coded.codes[rows]].tolist()
        return found


# Columns that records meet by and that are not compared.
_KEYS_ONLY = frozenset(("root", "sound"))
# Texts of which the letters are asked for again and again.
_SPELT = frozenset(
    ("email", "first", "organisation", "part", "phone", "postcode", "street", "surname")
)
# Rows taken at once: their hashes fit into a processor's cache.
_IN_CACHE = 4_096


class Sides:
    """The values of the left and right rows of pairs; of many pairs by the `stacked` hashes.

    learnt: what a model knows of values beforehand, by name (`Parameters.frequencies`).
    """

    def __init__(
        self,
        values: pl.DataFrame,
        left: Rows,
        right: Rows,
        stacked: Stacked | None = None,
        learnt: Mapping[str, Frequencies] | None = None,
    ) -> None:
        self._values, self._left, self._right = values, left, right
        self.learnt = learnt or {}
        self._stacked = stacked
        self._taken: dict[str, tuple[Hashes, Hashes]] = {}
        self._both: dict[str, Flags] = {}
        self._equal: dict[tuple[str, str], Flags] = {}
        if stacked:
            both = stacked.taken(left, 0), stacked.taken(right, 1)
            self._taken = {name: (both[0][at], both[1][at]) for name, at in stacked.place.items()}

    def of(self, name: str) -> tuple[Hashes, Hashes]:
        """Hashes of a column, left and right; 0 is missing."""
        if name not in self._taken:
            column = hashes(self._values, name)
            if column.strides == (0,):  # the table lacks it
                nothing = np.zeros(len(self._left), dtype=np.int64)
                self._taken[name] = (nothing, nothing)
            else:
                self._taken[name] = (column[self._left], column[self._right])
        return self._taken[name]

    def has(self, name: str) -> bool:
        """Whether the table has the column at all."""
        return name + "#" in self._values.columns

    def both(self, name: str) -> Flags:
        """Where the column is known on both sides."""
        if name not in self._both:
            left, right = self.of(name)
            self._both[name] = _kept((left != 0) & (right != 0))
        return self._both[name]

    def equal(self, name: str, other: str | None = None) -> Flags:
        """Where left's `name` is known and equals right's `other` (or `name`)."""
        asked = name, other or name
        if asked not in self._equal:
            left, right = self.of(name)[0], self.of(asked[1])[1]
            self._equal[asked] = _kept((left == right) & (left != 0))
        return self._equal[asked]

    def crosswise(self, name: str, other: str) -> Flags:
        """Where either side's `name` equals the other side's `other`."""
        return self.equal(name, other) | self.equal(other, name)

    def similar(
        self, name: str, where: Flags, metric: Likeness, other: str | None = None
    ) -> npt.NDArray[np.float32]:
        """The metric on left's `name` and right's `other` (or `name`) where asked, 0 elsewhere.

        Computed once per distinct pair of texts.
        """
        result = np.zeros(len(where), dtype=np.float32)
        at = np.flatnonzero(where)
        other = other or name
        if len(at) and self._stacked and isinstance(metric, Metric):
            signed = self._signed(name, metric, 0, at)
            at = at[metric.may(signed, self._signed(other, metric, 1, at))]
        if not len(at):
            return result
        one, two = self.of(name)[0][at], self.of(other)[1][at]
        # What is stopped has no hash, and yet a text: each row's is its own.
        one = np.where(one == 0, ~self._left[at].astype(np.int64), one)
        two = np.where(two == 0, ~self._right[at].astype(np.int64), two)
        at_first, inverse = _distinct(one, two)
        chosen = at[at_first]
        left = self._texts(name, self._left[chosen])
        right = self._texts(other, self._right[chosen])
        result[at] = metric(left, right)[inverse]
        return result

    def _signed(
        self, name: str, metric: Metric, side: int, at: npt.NDArray[np.intp]
    ) -> Signatures:
        """The signatures of a column at places among many pairs, left (0) or right (1)."""
        if metric.sign is letters_of and name + "~" in self._taken:
            return self._taken[name + "~"][side][at].view(np.uint64)
        rows = (self._left, self._right)[side]
        assert self._stacked
        return self._stacked.signatures(name, metric.sign, rows[at])

    def texts(self, name: str, at: npt.NDArray[np.intp]) -> tuple[list[str], list[str]]:
        """The texts of a column at places among the pairs, left and right."""
        return self._texts(name, self._left[at]), self._texts(name, self._right[at])

    def made(
        self, name: str, at: npt.NDArray[np.intp], make: Callable[[pl.Series], Made]
    ) -> tuple[Made, Rows, Rows]:
        """What is made of a column, and which of its rows stand left and right at the places.

        Of many pairs it is made once, of the whole column.
        """
        left, right = self._left[at], self._right[at]
        if self._stacked:
            if name not in self._stacked.made:
                self._stacked.made[name] = make(self._values[name])
            return self._stacked.made[name], left, right
        column = self._values[name].gather(np.concatenate([left, right]))
        rows = np.arange(len(column), dtype=np.uint32)
        return make(column), rows[: len(at)], rows[len(at) :]

    def _texts(self, name: str, rows: Rows) -> list[str]:
        if self._stacked:
            return self._stacked.texts(name, rows)
        texts = self._values[name]
        if len(texts) < FEW:
            known = texts.to_list()
            return [known[row] for row in rows.tolist()]
        return texts[rows].to_list()

    def holds(self, name: str, where: Flags, test: Test) -> Flags:
        """Where asked and left's text passes the test."""
        result = np.zeros(len(where), dtype=bool)
        at = np.flatnonzero(where)
        if self._stacked and len(at) * _MANY_ASKED > len(where):
            result[at] = self._stacked.passing(name, test, self._left[at])
        elif len(at):
            texts = self._values[name][self._left[at]].cast(pl.String)
            result[at] = test(texts).fill_null(False).to_numpy()
        return result


Likeness = Metric | Callable[[list[str], list[str]], npt.NDArray[np.float32]]


def _distinct(left: Hashes, right: Hashes) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Positions of distinct value pairs, and for each pair its place among them."""
    code = left * np.int64(-7046029254386353131) + right
    _, at_first, inverse = np.unique(code, return_index=True, return_inverse=True)
    return at_first, inverse


def _kept(flags: Flags) -> Flags:
    """The flags, which several comparisons ask for and none may change."""
    flags.flags.writeable = False
    return flags


def graded(missing: Flags, *graded: Flags) -> Levels:
    """Level k where the k-th test holds and no later one does; 0 where none; -1 where missing."""
    level = np.zeros(len(missing), dtype=np.int8)
    for grade, test in enumerate(graded, start=1):
        level[test] = grade
    level[missing] = -1
    return level
