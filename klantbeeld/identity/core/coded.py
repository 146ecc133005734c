"""A column as places in its distinct values: what is done to a value is done once for all rows.

`Coded` serves tables; `Listed` has the same few operations as plain lists, which for a live record
are faster than setting up column operations.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl
import polars_hash as plh
import xxhash

from . import native

Flags = npt.NDArray[np.bool_]
Hashes = npt.NDArray[np.int64]
Scalar = Callable[[str], Any]
# Answers for the values of a common shape; null where the scalar function has to be asked.
Shape = Callable[[pl.Series], pl.Series]
# As a shape, of the first parts of an answer that has several.
Shapes = Callable[[pl.Series], pl.Series | list[pl.Series]]

# One missing value in so many is no reason to leave out the missing ones.
_MANY_MISSING = 8
# Below so many rows plain Python is faster than setting up column operations.
FEW = 1_000


def hash_text(texts: pl.Series) -> Hashes:
    """Signed 64-bit xxh3 of every text, 0 for null. The same on every machine and release."""
    if len(texts) < FEW:
        return hash_list(texts.to_list())
    named = texts.cast(pl.String).alias("text").to_frame()
    hashed = plh.col("text").nchash.xxh3_64().reinterpret(signed=True).fill_null(0)
    return named.select(hashed).to_series().to_numpy()


def hash_list(texts: list[str | None]) -> Hashes:
    """As `hash_text`, of a list."""
    digest = xxhash.xxh3_64_intdigest
    few = [0 if text is None else digest(text.encode()) for text in texts]
    return np.array(few, dtype=np.uint64).view(np.int64)


class Listed:
    """A column of few rows: its texts, None where missing."""

    def __init__(self, texts: list[Any]) -> None:
        self.texts = texts

    @classmethod
    def of(cls, column: pl.Series) -> Listed:
        """From a column of texts."""
        return cls(column.to_list())

    def mapped(self, function: Scalar, shape: Shape | None = None) -> Listed:
        """The function's answers; None in, None out."""
        return Listed([None if text is None else function(text) for text in self.texts])

    def parted(self, function: Scalar, size: int, shape: Shapes | None = None) -> list[Listed]:
        """The parts of the function's answers, of which `shape` answers the first or more."""
        answers = [(None,) * size if text is None else function(text) for text in self.texts]
        return [Listed([answer[at] for answer in answers]) for at in range(size)]

    def halved(self, separator: str) -> tuple[Listed, Listed]:
        """What stands before and behind the first separator, the latter missing without one."""
        halves = [(None, "", None) if t is None else t.partition(separator) for t in self.texts]
        return Listed([one for one, *_ in halves]), Listed([rest or None for *_, rest in halves])

    def recoded(self) -> Listed:
        """The same by fewer distinct texts."""
        return self

    def otherwise(self, other: Listed | None) -> Listed:
        """Row by row the value, or where that is missing the other's."""
        if other is None:
            return self
        pairs = zip(self.texts, other.texts, strict=True)
        return Listed([b if a is None else a for a, b in pairs])

    def only(self, flags: Flags) -> Listed:
        """Missing but in the flagged rows."""
        flagged = flags.tolist()
        return Listed([t if f else None for t, f in zip(self.texts, flagged, strict=True)])

    def of_rows(self, rows: npt.NDArray[np.intp]) -> Listed:
        """These rows alone."""
        return Listed([self.texts[row] for row in rows.tolist()])

    def after(self, other: Listed | None) -> Listed:
        """'other:value' row by row, ':value' where the other is missing."""
        before = other.texts if other else [None] * len(self.texts)
        pairs = zip(before, self.texts, strict=True)
        return Listed([f"{a or ''}:{b}" if b else None for a, b in pairs])

    def differs(self, other: Listed) -> Flags:
        """Rows in which both are known and not equal."""
        pairs = zip(self.texts, other.texts, strict=True)
        return np.array([bool(a and b and a != b) for a, b in pairs], dtype=bool)

    def known(self) -> Flags:
        """Rows with a value."""
        return np.array([text is not None for text in self.texts], dtype=bool)

    def told(self, function: Scalar) -> list[Any]:
        """The function's answers of any type, row by row."""
        return self.mapped(function).texts

    def distinct(self) -> list[Any]:
        """The values, each at least once."""
        return self.texts

    def answered(self, answers: list[Any]) -> Listed:
        """With these in place of `distinct`."""
        return Listed(answers)

    def rows(self, dtype: Any) -> pl.Series:
        """The column, a value per row."""
        return pl.Series(self.texts, dtype=dtype)

    def hashes(self) -> Hashes:
        """The hash of every row's text, 0 where missing."""
        return hash_list(self.texts)


class Coded:
    """A column of many rows: `texts[codes]`, the texts distinct as they came, null for missing."""

    def __init__(
        self, codes: npt.NDArray[np.uint32], texts: pl.Series, is_apart: bool = False
    ) -> None:
        self.codes, self.texts, self.is_apart = codes, texts, is_apart

    @classmethod
    def of(cls, column: pl.Series) -> Coded:
        """From a column of texts."""
        if column.dtype == pl.String and len(column) and native.library():
            places, firsts = native.distinct(column)
            missing = pl.Series([None], dtype=pl.String)
            return cls(places, column.gather(firsts).append(missing).rechunk())
        is_held = isinstance(column.dtype, pl.Categorical)
        held = column if is_held else column.cast(pl.Categorical(pl.Categories.random()))
        codes = held.to_physical()
        known = codes.drop_nulls().to_numpy()
        is_given = np.zeros(int(known.max(initial=0)) + 1 if len(known) else 0, dtype=bool)
        is_given[known] = True
        given = np.flatnonzero(is_given)
        if len(given) < len(is_given):  # values of other tables lie between
            back = np.cumsum(is_given, dtype=np.uint32) - np.uint32(1)
            codes = pl.Series(back).gather(codes)
        texts = pl.Series(given.astype(np.uint32)).cat.to(held.dtype).cast(pl.String)
        whole = texts.append(pl.Series([None], dtype=pl.String)).rechunk()
        return cls(codes.fill_null(len(given)).to_numpy(), whole)

    @classmethod
    def apart(cls, column: pl.Series) -> Coded:
        """From a column of texts that seldom recur: each its own, what is missing once."""
        if column.null_count() * _MANY_MISSING < len(column):
            return cls(np.arange(len(column), dtype=np.uint32), column, is_apart=True)
        known = column.is_not_null().to_numpy()
        codes = np.cumsum(known, dtype=np.uint32) - np.uint32(1)
        texts = column.drop_nulls().append(pl.Series([None], dtype=column.dtype)).rechunk()
        codes[~known] = len(texts) - 1
        return cls(codes, texts)

    def mapped(self, function: Scalar, shape: Shape | None = None) -> Coded:
        """The function's answers; None in, None out. Those of `shape` go before the function's."""
        return Coded(self.codes, mapped(self.texts, function, shape), self.is_apart)

    def parted(self, function: Scalar, size: int, shape: Shapes | None = None) -> list[Coded]:
        """The parts of the function's answers, of which `shape` answers the first or more."""
        known = shape(self.texts) if shape else [self.texts.clear(len(self.texts))]
        known = [known] if isinstance(known, pl.Series) else known
        asked = pl.select(pl.when(known[0].is_null()).then(self.texts)).to_series()
        at = asked.is_not_null().arg_true()
        answers = [function(text) for text in asked.gather(at).to_list()]
        parts = [*known, *(self.texts.clear(len(self.texts)) for _ in range(len(known), size))]
        told = (_texts([answer[place] for answer in answers]) for place in range(size))
        whole = (part.scatter(at, own) for part, own in zip(parts, told, strict=True))
        return [Coded(self.codes, part.rechunk()) for part in whole]

    def halved(self, separator: str) -> tuple[Coded, Coded]:
        """What stands before and behind the first separator, the latter missing without one."""
        one, other = self.texts.str.splitn(separator, 2).struct.unnest().get_columns()
        return Coded(self.codes, one, self.is_apart), Coded(self.codes, other, self.is_apart)

    def recoded(self) -> Coded:
        """The same by fewer distinct texts."""
        texts = Coded.of(self.texts)
        return Coded(texts.codes.take(self.codes), texts.texts)

    def otherwise(self, other: Coded | None) -> Coded:
        """Row by row the value, or where that is missing the other's."""
        if other is None:
            return self
        shifted = other.codes + np.uint32(len(self.texts))
        codes = np.where(self.known(), self.codes, shifted)
        return Coded(codes, pl.concat([self.texts, other.texts], rechunk=True))

    def only(self, flags: Flags) -> Coded:
        """Missing but in the flagged rows."""
        missing = pl.Series([None], dtype=self.texts.dtype)
        codes = np.where(flags, self.codes, np.uint32(len(self.texts)))
        return Coded(codes, pl.concat([self.texts, missing], rechunk=True))

    def of_rows(self, rows: npt.NDArray[np.intp]) -> Coded:
        """These rows alone."""
        return Coded.of(self.texts.gather(self.codes[rows]))

    def after(self, other: Coded | None) -> Coded:
        """'other:value' row by row, ':value' where the other is missing."""
        known = np.flatnonzero(self.known())
        before = other.texts.gather(other.codes[known]).fill_null("") if other else pl.lit("")
        joined = pl.concat_str(before, pl.lit(":"), self.texts.gather(self.codes[known]))
        codes = np.full(len(self.codes), len(known), dtype=np.uint32)
        codes[known] = np.arange(len(known), dtype=np.uint32)
        texts = pl.select(joined).to_series().append(pl.Series([None], dtype=pl.String))
        return Coded(codes, texts.rechunk())

    def differs(self, other: Coded) -> Flags:
        """Rows in which both are known and not equal."""
        unequal = self.rows(pl.String) != other.rows(pl.String)
        flags: Flags = unequal.fill_null(False).to_numpy()
        return flags

    def known(self) -> Flags:
        """Rows with a value."""
        flags: Flags = self.texts.is_not_null().to_numpy()
        return flags if self.is_apart else flags.take(self.codes)

    def told(self, function: Scalar) -> list[Any]:
        """The function's answers of any type, row by row."""
        texts = self.texts.to_list()
        answers = [None if text is None else function(text) for text in texts]
        return [answers[code] for code in self.codes.tolist()]

    def distinct(self) -> list[Any]:
        """The values, each at least once."""
        return self.texts.to_list()

    def answered(self, answers: list[Any]) -> Coded:
        """With these in place of `distinct`."""
        return Coded(self.codes, pl.Series(answers))

    def rows(self, dtype: Any) -> pl.Series:
        """The column, a value per row."""
        texts = self.texts.cast(dtype)
        return texts if self.is_apart else texts.gather(self.codes)

    def hashes(self) -> Hashes:
        """The hash of every row's text, 0 where missing."""
        found = hash_text(self.texts)
        return found if self.is_apart else native.gathered(found, self.codes)


def mapped(texts: pl.Series, function: Scalar, shape: Shape | None = None) -> pl.Series:
    """As `Coded.mapped`, of texts."""
    if shape is None:
        return _texts([None if text is None else function(text) for text in texts.to_list()])
    answers = shape(texts).rechunk()
    open_ = (answers.is_null() & texts.is_not_null()).arg_true()
    if not len(open_):
        return answers
    rest = texts.gather(open_)
    asked = Coded.of(rest).mapped(function) if len(rest) > FEW else Listed.of(rest).mapped(function)
    return answers.scatter(open_, asked.rows(pl.String))


def _texts(answers: list[Any]) -> pl.Series:
    return pl.Series(answers, dtype=pl.String)


Column = Listed | Coded
