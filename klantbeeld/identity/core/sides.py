"""Both sides of pairs, and the metrics on their texts: what comparisons grade by."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
import numpy.typing as npt
import polars as pl

from . import native
from .coded import FEW, Coded
from .metrics import Metric, Signatures, begins, edits, jaro_winkler, slip
from .values import hashes

if TYPE_CHECKING:
    from .model import Frequencies

__all__ = ["Sides", "begins", "edits", "graded", "jaro_winkler", "slip"]

Rows = npt.NDArray[np.uint32]
Places = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]
Levels = npt.NDArray[np.int8]
Hashes = npt.NDArray[np.int64]
Made = TypeVar("Made")
Test = Callable[[pl.Series], pl.Series]

# Asked of one pair in so many, a test is answered for all texts of the table at once.
_MANY_ASKED = 16


class Texts:
    """What is computed of a table's texts, once for all pairs."""

    def __init__(self, values: pl.DataFrame) -> None:
        self._signatures: dict[tuple[str, Any], Signatures] = {}
        self.made: dict[str, Any] = {}
        self._values = values
        self._coded: dict[str, Coded] = {}
        self._columns: dict[str, native.Column] = {}
        self._words: dict[str, npt.NDArray[Any]] = {}
        self._passing: dict[tuple[str, Test], Flags] = {}

    def coded(self, name: str) -> Coded:
        """The column by its distinct texts, if many share them."""
        if name not in self._coded:
            column = self._values[name]
            is_held = isinstance(column.dtype, pl.Categorical)
            self._coded[name] = Coded.of(column) if is_held else Coded.apart(column)
        return self._coded[name]

    def column(self, name: str) -> native.Column:
        """The column as the compiled metrics read it."""
        if name not in self._columns:
            coded = self.coded(name)
            self._columns[name] = native.Column(
                coded.texts, None if coded.is_apart else coded.codes
            )
        return self._columns[name]

    def signatures(self, name: str, metric: Metric) -> Signatures:
        """The signatures of the distinct texts (see `coded`)."""
        asked = (name, metric.sign)
        if asked not in self._signatures:
            self._signatures[asked] = metric.sign(self.coded(name).texts)
        return self._signatures[asked]

    def passing(self, name: str, test: Test, rows: Places) -> Flags:
        """Which of some rows have a text that passes the test, of every text answered once."""
        coded, asked = self.coded(name), (name, test)
        if asked not in self._passing:
            passed = test(coded.texts.cast(pl.String)).fill_null(False)
            self._passing[asked] = passed.to_numpy()
        return self._passing[asked][rows if coded.is_apart else coded.codes[rows]]

    def texts(self, name: str, rows: Places) -> list[str]:
        """The texts of some rows."""
        if not isinstance(self._values[name].dtype, pl.Categorical):
            return self._values[name][rows].to_list()
        coded = self.coded(name)
        if name not in self._words:
            self._words[name] = np.array(coded.texts.to_list(), dtype=object)
        found: list[str] = self._words[name][coded.codes[rows]].tolist()
        return found


class Sides:
    """The values of the left and right rows of pairs; of many pairs by what `shared` knows.

    learnt: what a model knows of values beforehand, by name (`Parameters.frequencies`).
    """

    def __init__(
        self,
        values: pl.DataFrame,
        left: Rows,
        right: Rows,
        shared: Texts | None = None,
        learnt: Mapping[str, Frequencies] | None = None,
    ) -> None:
        self._values = values
        # Of the type that places are looked up by: they are looked up again and again.
        self._left, self._right = left.astype(np.intp), right.astype(np.intp)
        self.learnt = learnt or {}
        self._shared = shared
        self._places: dict[tuple[str, int], Places] = {}
        self._taken: dict[str, tuple[Hashes, Hashes]] = {}
        self._both: dict[str, Flags] = {}
        self._equal: dict[tuple[str, str], Flags] = {}

    def of(self, name: str) -> tuple[Hashes, Hashes]:
        """Hashes of a column, left and right; 0 is missing."""
        if name not in self._taken:
            column = hashes(self._values, name)
            if column.strides == (0,):  # the table lacks it
                nothing = np.zeros(len(self._left), dtype=np.int64)
                self._taken[name] = (nothing, nothing)
            else:
                self._taken[name] = (column.take(self._left), column.take(self._right))
        return self._taken[name]

    def has(self, name: str) -> bool:
        """Whether the table has the column at all."""
        return name + "#" in self._values.columns

    def both(self, name: str) -> Flags:
        """Where the column is known on both sides."""
        if name not in self._both:
            self._agree(name, name)
        return self._both[name]

    def equal(self, name: str, other: str | None = None) -> Flags:
        """Where left's `name` is known and equals right's `other` (or `name`)."""
        asked = name, other or name
        if asked not in self._equal:
            self._agree(*asked)
        return self._equal[asked]

    def _agree(self, name: str, other: str) -> None:
        """Looks at two columns, or both sides of one."""
        if self.has(name) and self.has(other) and self._is_compiled():
            columns = hashes(self._values, name), hashes(self._values, other)
            both, equal = native.agreement(columns, (self._left, self._right))
        else:
            left, right = self.of(name)[0], self.of(other)[1]
            both, equal = (left != 0) & (right != 0), (left == right) & (left != 0)
        self._equal[name, other] = _kept(equal)
        if name == other:
            self._both[name] = _kept(both)

    def crosswise(self, name: str, other: str) -> Flags:
        """Where either side's `name` equals the other side's `other`."""
        return self.equal(name, other) | self.equal(other, name)

    def similar(
        self, name: str, where: Flags, metric: Likeness, other: str | None = None
    ) -> npt.NDArray[np.float32]:
        """The metric on left's `name` and right's `other` (or `name`) where asked, 0 elsewhere.

        Computed once per distinct pair of texts.
        """
        other = other or name
        if isinstance(metric, Metric) and metric.compiled and self._is_compiled():
            return self._compiled(name, other, where, metric)
        result = np.zeros(len(where), dtype=np.float32)
        at = np.flatnonzero(where)
        if len(at) and self._shared and isinstance(metric, Metric):
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

    def _is_compiled(self) -> bool:
        return (self._shared is not None or len(self._left) >= FEW) and native.library()

    def _compiled(
        self, name: str, other: str, where: Flags, metric: Metric
    ) -> npt.NDArray[np.float32]:
        """As `similar`, by the compiled metric; texts that are too long for that by the other."""
        assert metric.compiled
        if self._shared:
            columns = self._shared.column(name), self._shared.column(other)
            rows = self._left, self._right
            result, longer = native.likeness(metric.compiled, columns, rows, where)
        else:
            result, longer = self._of_some(name, other, np.flatnonzero(where), metric.compiled)
        if len(longer):
            left = self._texts(name, self._left[longer])
            result[longer] = metric(left, self._texts(other, self._right[longer]))
        return result

    def _of_some(
        self, name: str, other: str, at: Places, metric: tuple[int, float]
    ) -> tuple[npt.NDArray[np.float32], Places]:
        """As `native.likeness`, of the texts at some places alone."""
        result = np.zeros(len(self._left), dtype=np.float32)
        asked = (self._values[name][self._left[at]], self._values[other][self._right[at]])
        one, two = (native.Column(texts.cast(pl.String)) for texts in asked)
        every = np.arange(len(at)), np.arange(len(at))
        result[at], longer = native.likeness(metric, (one, two), every, np.ones(len(at), bool))
        return result, at[longer]

    def _signed(self, name: str, metric: Metric, side: int, at: Places) -> Signatures:
        """The signatures of a column at places among many pairs, left (0) or right (1)."""
        assert self._shared
        if (name, side) not in self._places:
            coded, rows = self._shared.coded(name), (self._left, self._right)[side]
            places = rows if coded.is_apart else coded.codes.take(rows)
            self._places[name, side] = places.astype(np.intp, copy=False)
        return self._shared.signatures(name, metric).take(self._places[name, side][at])

    def texts(self, name: str, at: Places) -> tuple[list[str], list[str]]:
        """The texts of a column at places among the pairs, left and right."""
        return self._texts(name, self._left[at]), self._texts(name, self._right[at])

    def made(
        self, name: str, at: Places, make: Callable[[pl.Series], Made]
    ) -> tuple[Made, Places, Places]:
        """What is made of a column, and which of its rows stand left and right at the places.

        Of many pairs it is made once, of the whole column.
        """
        left, right = self._left[at], self._right[at]
        if self._shared:
            if name not in self._shared.made:
                self._shared.made[name] = make(self._values[name])
            return self._shared.made[name], left, right
        column = self._values[name].gather(np.concatenate([left, right]))
        rows = np.arange(len(column))
        return make(column), rows[: len(at)], rows[len(at) :]

    def _texts(self, name: str, rows: Places) -> list[str]:
        if self._shared:
            return self._shared.texts(name, rows)
        texts = self._values[name]
        if len(texts) < FEW:
            known = texts.to_list()
            return [known[row] for row in rows.tolist()]
        return texts[rows].to_list()

    def holds(self, name: str, where: Flags, test: Test) -> Flags:
        """Where asked and left's text passes the test."""
        result = np.zeros(len(where), dtype=bool)
        at = np.flatnonzero(where)
        if self._shared and len(at) * _MANY_ASKED > len(where):
            result[at] = self._shared.passing(name, test, self._left[at])
        elif len(at):
            texts = self._values[name][self._left[at]].cast(pl.String)
            result[at] = test(texts).fill_null(False).to_numpy()
        return result


Likeness = Metric | Callable[[list[str], list[str]], npt.NDArray[np.float32]]


def _distinct(left: Hashes, right: Hashes) -> tuple[npt.NDArray[np.intp], Places]:
    """Positions of distinct value pairs, and for each pair its place among them."""
    code = left * np.int64(-7046029254386353131) + right
    _, at_first, inverse = np.unique(code, return_index=True, return_inverse=True)
    return at_first, inverse


def _kept(flags: Flags) -> Flags:
    """The flags, which several comparisons ask for and none may change."""
    flags.flags.writeable = False
    return flags


def graded(missing: Flags, *graded: Flags) -> Levels:
    """Level k where the k-th test holds and no later one does; 0 where none; -1 where missing.

    By arithmetic: to set some of many takes longer, by as much as nobody can tell which.
    """
    level = np.zeros(len(missing), dtype=np.int8)
    for grade, test in enumerate(graded, start=1):
        np.maximum(level, test.view(np.int8) * np.int8(grade), out=level)
    level |= -missing.view(np.int8)
    return level
