"""Keys under which records can meet: stable 64-bit hashes, and the pairs they bring together."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from .coded import FEW, Coded, Listed, hash_text
from .key_kinds import KEY_KINDS, KINDS_OF, NAMESAKES, SMALL, KeyKind
from .runs import among, pairs_within, runs
from .values import ORGANISATION, PERSON, hashes, mixed

Hashes = npt.NDArray[np.int64]
Rows = npt.NDArray[np.uint32]
Packed = npt.NDArray[np.uint64]
KEYS = {"row": pl.UInt32, "kind": pl.Int16, "hash": pl.Int64}


# Bits that hold the place of a kind; the `rules` of a pair have one bit per kind.
_KIND_BITS = np.uint64(6)
_KIND_MASK = np.uint64(63)
_PLACE = {kind.name: place for place, kind in enumerate(KEY_KINDS)}


def match_keys(
    values: pl.DataFrame,
    kinds: Collection[str] | None = None,
    rows: npt.NDArray[np.int64] | None = None,
) -> pl.DataFrame:
    """The keys of a values frame: row (UInt32), kind (Int16, place in KEY_KINDS), hash (Int64).

    Persons and organisations never share a key. A kind of which a column is missing gives none.
    `kinds`: names of the kinds wanted (a model's `key_kinds`), by default all. `rows`: only these
    rows, and `row` is then the place among them.
    """
    is_firm = (values["kind"] == ORGANISATION).to_numpy()
    rows = np.arange(len(values)) if rows is None else rows
    found: list[tuple[Rows, int, Hashes]] = []
    for kind, mask in ((PERSON, ~is_firm), (ORGANISATION, is_firm)):
        places = np.flatnonzero(mask[rows])
        if len(places):
            wanted = [one for one in KINDS_OF[kind] if kinds is None or one.name in kinds]
            found += _keys_of_kinds(values, rows, places, wanted)
    if not found:
        return pl.DataFrame(schema=KEYS)
    sizes = [len(rows) for rows, _, _ in found]
    kind_of = np.array([place for _, place, _ in found], dtype=np.int16)
    return pl.DataFrame(
        {
            "row": np.concatenate([rows for rows, _, _ in found]),
            "kind": np.repeat(kind_of, sizes),
            "hash": np.concatenate([keys for _, _, keys in found]),
        }
    )


def _keys_of_kinds(
    values: pl.DataFrame,
    rows: npt.NDArray[np.int64],
    places: npt.NDArray[np.intp],
    kinds: Sequence[KeyKind],
) -> list[tuple[Rows, int, Hashes]]:
    chosen = rows[places]
    columns: dict[str, Hashes] = {}
    found = [
        key for kind in kinds if kind.words_of for key in _keys_of_words(values, rows, places, kind)
    ]
    kinds = [kind for kind in kinds if not kind.words_of]
    for name in {name for kind in kinds for name in (*kind.columns, *kind.also)}:
        whole = DERIVED[name](values) if name in DERIVED else hashes(values, name)
        columns[name] = whole[chosen]
    for kind in kinds:
        versions = [kind.columns, kind.also] if kind.also else [kind.columns]
        for parts in ([columns[name] for name in version] for version in versions):
            known = np.flatnonzero(np.logical_and.reduce([part != 0 for part in parts]))
            if len(known):
                keys = keys_of(kind, [part[known] for part in parts])
                found.append((places[known].astype(np.uint32), _PLACE[kind.name], keys))
    return found


# Shorter words are parts of a spelling, not of a name.
SHORTEST_WORD = 4


def _keys_of_words(
    values: pl.DataFrame,
    rows: npt.NDArray[np.int64],
    places: npt.NDArray[np.intp],
    kind: KeyKind,
) -> list[tuple[Rows, int, Hashes]]:
    known = places[hashes(values, kind.words_of)[rows[places]] != 0]
    if not len(known):
        return []
    texts = values[kind.words_of].gather(rows[known])
    place, keys = words_in(texts, known, kind)
    return [(place, _PLACE[kind.name], keys)]


def words_in(texts: pl.Series, places: npt.NDArray[np.intp], kind: KeyKind) -> tuple[Rows, Hashes]:
    """The place and the key of every word of some texts."""
    parted = texts.cast(pl.String).str.split(" ")
    words = pl.DataFrame({"place": places.astype(np.uint32), "word": parted})
    words = words.explode("word").filter(pl.col("word").str.len_chars() >= SHORTEST_WORD)
    words = words.unique(maintain_order=True)
    return words["place"].to_numpy(), keys_of(kind, [hash_text(words["word"])])


def keys_of(kind: KeyKind, parts: list[Hashes]) -> Hashes:
    """The keys of one kind from the hashes of its columns, all of them known."""
    seed = np.full(len(parts[0]), _PLACE[kind.name] + 1, dtype=np.int64)
    return mixed(seed, *parts)


def _start(values: pl.DataFrame, name: str, size: int) -> Hashes:
    column = (Listed if len(values) < FEW else Coded).of(values[name])
    return column.mapped(lambda text: text[:size], lambda texts: texts.str.slice(0, size)).hashes()


def _full_name(values: pl.DataFrame) -> Hashes:
    """The same for 'Jan Peters' and 'Peters Jan': names are often swapped."""
    first, last = hashes(values, "first"), hashes(values, "part")
    joined = mixed(np.minimum(first, last), np.maximum(first, last))
    return np.where((first != 0) & (last != 0), joined, 0)


def _birth(values: pl.DataFrame) -> Hashes:
    """The birth date with day and month in ascending order: they are often swapped."""
    birth = hashes(values, "birth")
    month, day = birth // 100 % 100, birth % 100
    ordered = birth // 10000 * 10000 + np.minimum(month, day) * 100 + np.maximum(month, day)
    return np.where(birth != 0, ordered, 0)


def _birth_year(values: pl.DataFrame) -> Hashes:
    return hashes(values, "birth") // 10000


DERIVED: dict[str, Callable[[pl.DataFrame], Hashes]] = {
    "first+surname": _full_name,
    "birth~": _birth,
    "birth^": _birth_year,
    "first^": lambda values: _start(values, "first", 3),
    "surname^": lambda values: _start(values, "surname", 4),
    "postcode^": lambda values: _start(values, "postcode", 4),
    "organisation^": lambda values: _start(values, "organisation", 5),
}

# What keys are made of beside hashes.
READ = {
    *("kind", "first", "surname", "postcode", "organisation"),
    *(kind.words_of for kind in KEY_KINDS),
}


def candidate_pairs(
    keys: pl.DataFrame,
    stop_keys: Sequence[int] | Hashes = (),
    caps: Mapping[str, int] | None = None,
) -> pl.DataFrame:
    """Pairs of rows that share a key: left < right (UInt32), rules (UInt64, bit per key kind).

    `stop_keys` (ascending) are hashes that bring nobody together; `caps` overrides the largest
    block by kind. Sorted by left, right. Hash, kind and row are sorted as one packed number, many
    times faster than sorting indices; with a million rows 38 bits of the hash remain per kind.
    """
    row, kind, hash_ = (keys[name].to_numpy() for name in ("row", "kind", "hash"))
    bits = np.uint64(int(row.max(initial=0)).bit_length())
    largest = np.array([(caps or {}).get(kind.name, kind.cap) for kind in KEY_KINDS])
    stops = np.asarray(stop_keys, dtype=np.int64)
    blocks = []
    for mine in _parts(kind):
        is_open = ~among(hash_[mine], stops)
        packed = _packed(hash_[mine][is_open], kind[mine][is_open], row[mine][is_open], bits)
        blocks.append(_blocks(packed, bits, largest))
    sizes = np.concatenate([sizes for _, sizes in blocks])
    rows = int(row.max(initial=0)) + 1
    most = _affordable(sizes, _PAIRS_PER_ROW * rows + _PAIRS_AT_LEAST)
    affordable = [(held[np.repeat(s <= most, s)], s[s <= most]) for held, s in blocks]
    pairs = [pairs_in(held, sizes, bits) for held, sizes in affordable]
    return distinct_pairs(np.concatenate(pairs), int(bits))


# Keys sorted at once; of more keys one kind at a time, which takes less memory and time.
_AT_ONCE = 100_000


def _parts(kind: npt.NDArray[np.int16]) -> list[Any]:
    if len(kind) <= _AT_ONCE:
        return [slice(None)]
    return [np.flatnonzero(kind == one) for one in np.unique(kind)]


def _packed(hash_: Hashes, kind: npt.NDArray[np.int16], row: Rows, bits: np.uint64) -> Packed:
    """Hash (as far as it fits), kind and row in one number, sorted, each once."""
    low = (np.uint64(1) << (bits + _KIND_BITS)) - np.uint64(1)
    packed = hash_.view(np.uint64) & ~low
    packed |= kind.astype(np.uint64) << bits
    packed |= row
    packed.sort()
    return packed[runs(packed)[0]]


def _blocks(
    packed: Packed, bits: np.uint64, largest: npt.NDArray[np.int64]
) -> tuple[Packed, npt.NDArray[np.intp]]:
    """Kind and row of what stands in blocks of two up to the largest, and the blocks' sizes."""
    starts, sizes = runs(packed >> bits)
    kinds = (packed[starts] >> bits & _KIND_MASK).astype(np.intp)
    is_kept = (sizes > 1) & (sizes <= largest[kinds])
    held = packed[np.repeat(is_kept, sizes)]
    return held & ((np.uint64(1) << (bits + _KIND_BITS)) - np.uint64(1)), sizes[is_kept]


def pairs_in(held: Packed, sizes: npt.NDArray[np.intp], bits: np.uint64) -> Packed:
    """Left, right and kind of the pairs in blocks of kind and row, in one number."""
    left, right = pairs_within(np.cumsum(sizes) - sizes, sizes)
    row = held & ((np.uint64(1) << bits) - np.uint64(1))
    pairs = row[left]
    pairs <<= bits
    pairs |= row[right]
    pairs <<= _KIND_BITS
    pairs |= (held >> bits)[left]
    return pairs


# Pairs that a table may cost, which bounds memory and time whatever the table is like. Beyond it
# the largest blocks are cut, whatever their kind allows.
_PAIRS_PER_ROW, _PAIRS_AT_LEAST = 15, 2_000_000
# In a large table, kinds of which the blocks grow with it get what the others leave of so many
# pairs per row, and half a pair at least: twice as large it then costs twice as much. Of names and
# dates only the rarer ones are left, which say more; all where the table tells little else.
_USUAL_PER_ROW, _NAMESAKES_PER_ROW, _NAMESAKES_AT_LEAST = 5, 0.5, 500_000


def _affordable(sizes: npt.NDArray[np.intp], bound: float) -> int:
    """The largest block of which, with all smaller ones, the pairs are not over the bound."""
    ordered = np.sort(sizes)
    within = int(np.searchsorted(np.cumsum(_cost(ordered)), bound, side="right"))
    if within == len(ordered):
        return int(ordered[-1]) if within else 0
    return int(ordered[within]) - 1


def _cost(sizes: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
    return sizes * (sizes - 1) // 2


PAIRS = {"left": pl.UInt32, "right": pl.UInt32, "rules": pl.UInt64}


def largest_blocks(
    sizes: Mapping[int, npt.NDArray[np.intp]], rows: int, caps: Mapping[str, int] | None = None
) -> dict[int, int]:
    """By the place of a kind the largest block to keep in a table of so many rows."""
    caps = caps or {}
    largest = {place: caps.get(KEY_KINDS[place].name, KEY_KINDS[place].cap) for place in sizes}
    kept = {place: known[(known > 1) & (known <= largest[place])] for place, known in sizes.items()}
    growing = [place for place in sizes if KEY_KINDS[place].name in NAMESAKES and len(kept[place])]
    if growing and rows > SMALL:
        others = sum(int(_cost(kept[place]).sum()) for place in kept.keys() - growing)
        left = max(_USUAL_PER_ROW * rows - others, _NAMESAKES_PER_ROW * rows)
        together = np.concatenate([kept[place] for place in growing])
        fitting = max(1, _affordable(together, left + _NAMESAKES_AT_LEAST))
        for place in growing:
            largest[place] = min(largest[place], fitting)
            kept[place] = kept[place][kept[place] <= fitting]
    bound = _PAIRS_PER_ROW * rows + _PAIRS_AT_LEAST
    most = max(1, _affordable(np.concatenate(list(kept.values())), bound)) if kept else 1
    return {place: min(cap, most) if len(kept[place]) else cap for place, cap in largest.items()}


def distinct_pairs(packed: npt.NDArray[np.uint64], bits: int) -> pl.DataFrame:
    """One row per pair of packed (left, right, kind), the kinds gathered in `rules`."""
    if not len(packed):
        return pl.DataFrame(schema=PAIRS)
    packed.sort()
    parts, start = [], 0
    while start < len(packed):  # a part of them fits into a processor's cache
        end = min(start + _IN_CACHE, len(packed))
        while end < len(packed) and packed[end] >> _KIND_BITS == packed[end - 1] >> _KIND_BITS:
            end += 1
        parts.append(_gathered(packed[start:end], np.uint64(bits)))
        start = end
    left, right, rules = (np.concatenate(columns) for columns in zip(*parts, strict=True))
    return pl.DataFrame({"left": left, "right": right, "rules": rules})


_IN_CACHE = 1 << 17


def _gathered(packed: Packed, bits: np.uint64) -> tuple[Rows, Rows, Packed]:
    """Left, right and rules of a part of the sorted pairs."""
    pair = packed >> _KIND_BITS
    starts, _ = runs(pair)
    rules = np.bitwise_or.reduceat(np.uint64(1) << (packed & _KIND_MASK), starts)
    pair = pair[starts]
    right = (pair & ((np.uint64(1) << bits) - np.uint64(1))).astype(np.uint32)
    return (pair >> bits).astype(np.uint32), right, rules


# Columns of which a value with too many holders says nothing: a shop's own mailbox or telephone.
SHAREABLE = {
    "email": ("email",),
    "phone": ("phone", "other_phone"),
    "mailbox": ("mailbox",),
    "number": ("number",),
    "login": ("login",),
    "loyalty": ("loyalty",),
    "iban": ("iban",),
    "domain": ("domain",),
    "organisation_phone": ("phone", "other_phone"),
    "organisation_email": ("email",),
    "organisation_iban": ("iban",),
    "national": ("national",),
    "kvk": ("kvk",),
    "vat": ("vat",),
}


def without_stopped(
    values: pl.DataFrame, kind: str, stop_keys: Sequence[int] | Hashes
) -> pl.DataFrame:
    """The values of one kind, those of which the key is a stop-key taken as missing."""
    if not len(stop_keys):
        return values
    changed = {}
    for key_kind in KINDS_OF[kind]:
        for name in SHAREABLE.get(key_kind.name, ()):
            if name + "#" not in values.columns:
                continue
            hashed = hashes(values, name)
            stopped = among(keys_of(key_kind, [hashed]), np.asarray(stop_keys))
            if stopped.any():
                changed[name + "#"] = np.where(stopped, 0, hashed)
    if not changed:
        return values
    columns = (
        pl.Series(column.name, changed[column.name]) if column.name in changed else column
        for column in values.get_columns()
    )
    return pl.DataFrame(list(columns))


def rule_names(rules: int) -> list[str]:
    """The key kinds behind a pair's `rules` bits."""
    return [kind.name for place, kind in enumerate(KEY_KINDS) if rules >> place & 1]


def oversized(keys: pl.DataFrame, caps: Mapping[str, int] | None = None) -> list[int]:
    """Hashes of blocks that `candidate_pairs` cuts: the stop-keys to freeze in a model. Sorted."""
    row, place, hash_ = (keys[name].to_numpy() for name in ("row", "kind", "hash"))
    found: list[Hashes] = []
    sizes: dict[int, npt.NDArray[np.intp]] = {}
    for kind in np.unique(place):
        held = np.sort(hash_[place == kind])
        starts, sizes[int(kind)] = runs(held)
        found.append(held[starts])
    largest = largest_blocks(sizes, int(row.max(initial=0)) + 1, caps)
    cut = [
        hashed[size > largest[kind]]
        for hashed, (kind, size) in zip(found, sizes.items(), strict=True)
    ]
    return [int(stop) for stop in np.sort(np.concatenate(cut))] if cut else []
