"""Who meets in a large table: its keys one kind at a time, in blocks, and the pairs of those."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from .key_kinds import KEY_KINDS, KINDS_OF, KeyKind
from .keys import (
    DERIVED,
    Hashes,
    Packed,
    Rows,
    distinct_pairs,
    keys_of,
    largest_blocks,
    match_keys,
    pairs_in,
    words_in,
)
from .runs import among, nth_pair, runs
from .values import ORGANISATION, PERSON, hashes

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Blocks:
    """Rows that share a key of one kind (its place in KEY_KINDS), block by block.

    keys: what fits of each block's hash.
    """

    place: int
    rows: Rows
    sizes: npt.NDArray[np.intp]
    keys: Packed

    def only(self, flags: npt.NDArray[np.bool_]) -> Blocks:
        """The flagged blocks."""
        if flags.all():
            return self
        rows = self.rows[np.repeat(flags, self.sizes)]
        return Blocks(self.place, rows, self.sizes[flags], self.keys[flags])

    def cost(self) -> npt.NDArray[np.intp]:
        """The pairs that each block brings."""
        return self.sizes * (self.sizes - 1) // 2

    def sample(self, count: int) -> tuple[Rows, Rows]:
        """The ends of so many pairs, spread evenly over all that the blocks bring."""
        cost = self.cost()
        ends = np.cumsum(cost)
        at = np.linspace(0, ends[-1] - 1, min(count, int(ends[-1]))).astype(np.int64)
        block = np.searchsorted(ends, at, side="right")
        first, second = nth_pair(at - (ends - cost)[block])
        start = (np.cumsum(self.sizes) - self.sizes)[block]
        return self.rows[start + first], self.rows[start + second]


def meet(
    values: pl.DataFrame, rows: Ints, kinds: Collection[str], stops: Hashes | None = None
) -> tuple[Hashes, list[Blocks]]:
    """The stop-keys, and the blocks of two or more without them, in places of `rows`.

    As `oversized` and `candidate_pairs` of `match_keys(values, kinds, rows)`, without ever holding
    the keys of more than one kind. `stops` (ascending): those of a model, instead of new ones.
    """
    bits = np.uint64(len(rows).bit_length())
    place_of = np.full(len(values), -1, dtype=np.int64)
    place_of[rows] = np.arange(len(rows))
    found = []
    for place, row, hash_ in _keyed(values, place_of, kinds):
        if stops is not None:
            is_open = ~among(hash_, stops)
            row, hash_ = row[is_open], hash_[is_open]
        found.append(_blocks(place, row, hash_, bits))
    largest = largest_blocks({one.place: one.sizes for one in found}, len(rows))
    cut = [_cut(values, rows, one, largest[one.place], bits) for one in found]
    kept = [one.only(one.sizes <= largest[one.place]) for one in found]
    return (stops if stops is not None else np.unique(np.concatenate(cut or [_NONE]))), kept


_NONE = np.zeros(0, dtype=np.int64)


def _cut(values: pl.DataFrame, rows: Ints, blocks: Blocks, most: int, bits: np.uint64) -> Hashes:
    """The whole hashes of blocks over so many rows, from the first row of each."""
    is_cut = blocks.sizes > most
    if not is_cut.any():
        return _NONE
    first = blocks.rows[(np.cumsum(blocks.sizes) - blocks.sizes)[is_cut]]
    keys = match_keys(values, [KEY_KINDS[blocks.place].name], rows[first])["hash"].to_numpy()
    high = np.sort(blocks.keys[is_cut]).view(np.int64)
    return keys[among((keys.view(np.uint64) >> bits).view(np.int64), high)]


def _keyed(
    values: pl.DataFrame, place_of: Ints, kinds: Collection[str]
) -> Iterator[tuple[int, Rows, Hashes]]:
    """Place of the kind, rows and hashes, kind by kind."""
    is_firm = (values["kind"] == ORGANISATION).to_numpy()
    known: dict[str, Hashes] = {}
    for subject, is_one in ((PERSON, ~is_firm), (ORGANISATION, is_firm)):
        is_one &= place_of >= 0
        if not is_one.any():
            continue
        for place, kind in enumerate(KEY_KINDS):
            if kind.name not in kinds or kind not in KINDS_OF[subject]:
                continue
            parts = list(_of_kind(values, is_one, kind, known))
            if parts:
                row, hash_ = (np.concatenate(column) for column in zip(*parts, strict=True))
                yield place, place_of[row].astype(np.uint32), hash_


def _of_kind(
    values: pl.DataFrame,
    is_one: npt.NDArray[np.bool_],
    kind: KeyKind,
    known: dict[str, Hashes],
) -> Iterator[tuple[npt.NDArray[np.intp] | Rows, Hashes]]:
    if kind.words_of:
        some = np.flatnonzero(is_one & (hashes(values, kind.words_of) != 0))
        if len(some):
            yield words_in(values[kind.words_of].gather(some), some, kind)
        return
    for columns in filter(None, (kind.columns, kind.also)):
        for name in DERIVED.keys() & set(columns) - known.keys():
            known[name] = DERIVED[name](values)
        parts = [known[name] if name in known else hashes(values, name) for name in columns]
        if any(part.strides == (0,) for part in parts):
            continue  # the table lacks it
        is_known = is_one.copy()
        for part in parts:
            is_known &= part != 0
        some = np.flatnonzero(is_known)
        if len(some):
            yield some, keys_of(kind, [part[some] for part in parts])


def _blocks(place: int, row: Rows, hash_: Hashes, bits: np.uint64) -> Blocks:
    """The blocks of two or more, each row once. Hash and row are sorted as one number."""
    low = (np.uint64(1) << bits) - np.uint64(1)
    packed: Packed = (hash_.view(np.uint64) & ~low) | row
    packed.sort()
    packed = packed[runs(packed)[0]]
    starts, sizes = runs(packed >> bits)
    several = sizes > 1
    held = packed[np.repeat(several, sizes)] & low
    return Blocks(place, held.astype(np.uint32), sizes[several], packed[starts[several]] >> bits)


def pairs_of(blocks: Sequence[Blocks], size: int) -> pl.DataFrame:
    """As `candidate_pairs`: the pairs that blocks of `size` rows bring."""
    bits = np.uint64(size.bit_length())
    pairs = [
        pairs_in(one.rows.astype(np.uint64) | np.uint64(one.place) << bits, one.sizes, bits)
        for one in blocks
    ]
    return distinct_pairs(np.concatenate(pairs) if pairs else np.zeros(0, np.uint64), int(bits))
