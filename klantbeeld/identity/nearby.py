"""Whom single records may be or live with, found and weighed without setting up columns.

The stored keys say whom they meet, and what is compared of those stands packed beside them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Generic, TypeVar

from klantbeeld.core import bulk
from klantbeeld.identity import attaching, core
from klantbeeld.identity.blocks import (
    Asked,
    Key,
    cap_of,
    holders,
    most_in,
    telling,
    texts_of,
    told_by,
    within_cap,
)
from klantbeeld.identity.core.mixing import mixed_one
from klantbeeld.identity.core.plain import (
    Hashed,
    Plain,
    content_key,
    hash_of,
    is_somebody,
    keys_of,
    packed_one,
    unpacked,
)
from klantbeeld.identity.core.weighing import is_tied, scored

T = TypeVar("T")


class Once(Generic[T]):
    """A property that is computed once, without the lock of `functools.cached_property`."""

    def __init__(self, compute: Callable[[Any], T]) -> None:
        self._compute = compute
        self._name = compute.__name__
        self.__doc__ = compute.__doc__

    def __get__(self, row: Any, owner: type | None = None) -> T:
        found: T = self._compute(row)
        row.__dict__[self._name] = found
        return found


@dataclass(frozen=True)
class Row:
    """A record and what is compared of it."""

    record: int
    said: Plain

    @classmethod
    def stored(cls, record: int, text: str, source: str, updated: str) -> Row:
        """A record of which it is stored what is compared, packed."""
        row = cls(record, unpacked(text, source, updated))
        row.__dict__["text"] = text
        return row

    @Once
    def _hashed(self) -> Hashed:
        return Hashed(self.said)

    @Once
    def _keys(self) -> dict[tuple[str, tuple[str, ...]], list[Key]]:
        return {}

    @Once
    def _widest(self) -> dict[str, tuple[frozenset[str], list[Key]]]:
        return {}

    @Once
    def _open(self) -> dict[int, frozenset[Key]]:
        return {}

    @Once
    def key(self) -> int:
        """A hash of all that is compared."""
        return content_key(self.said)

    @Once
    def text(self) -> str | None:
        """What is compared, packed; None where that cannot be."""
        return packed_one(self.said)

    @Once
    def tells(self) -> str | int:
        """What counts as one in a block: all that say the same, where that says enough."""
        return self.text if self.text is not None and is_somebody(self.said) else self.record

    @Once
    def is_weak(self) -> bool:
        """As `attaching.weak_rows`."""
        said = self.said
        is_registered = said.kvk or said.vat if said.kind == core.ORGANISATION else said.birth
        return not (said.house or is_registered)

    def keys(self, kinds: tuple[str, ...], kind: str = "") -> list[Key]:
        """Its keys of the kinds named, where told so as if it were of another kind of subject."""
        asked = kind or self.said.kind, kinds
        found = self._keys.get(asked)
        if found is None:
            known, keys = self._widest.get(asked[0], (frozenset(), []))
            if known.issuperset(kinds):
                places = _places(kinds)
                found = [key for key in keys if key[0] in places]
            else:
                found = keys_of(self.said, kinds, self._hashed, kind)
                self._widest[asked[0]] = frozenset(kinds), found
            self._keys[asked] = found
        return found

    def open_keys(self, model: core.Model) -> frozenset[Key]:
        """The keys under which it meets others."""
        known = self._open.get(id(model))
        if known is None:
            stopped = model.stopped_keys
            known = frozenset(k for k in self.keys(model.key_kinds) if k[1] not in stopped)
            self._open[id(model)] = known
        return known

    def stored_keys(self, model: core.Model) -> Iterator[tuple[int, int]]:
        """As `matching.keyed`: (hash, kind), those that weak records leave included."""
        for place, key in self.keys(model.key_kinds):
            yield key, place
        if self.is_weak:
            for side, kinds in IDENTIFIERS.items():
                for place, key in self.keys(kinds, side):
                    yield key, place + attaching.WEAK


@cache
def _places(kinds: tuple[str, ...]) -> frozenset[int]:
    return frozenset(at for at, kind in enumerate(core.KEY_KINDS) if kind.name in kinds)


IDENTIFIERS = {
    core.PERSON: tuple(person for *_, person, _ in attaching.IDENTIFIERS),
    core.ORGANISATION: tuple(firm for *_, firm in attaching.IDENTIFIERS if firm),
}


Blocks = dict[Key, list[int]]


@dataclass(frozen=True)
class Met:
    """Whom rows meet under their keys: of each row the partners, and what those say.

    crossing: records of blocks that may have come over their cap, or back under it.
    full: of their keys, where that was counted, whether too many share them.
    """

    partners: Mapping[int, set[int]]
    texts: Mapping[int, str]
    crossing: set[int]
    full: Mapping[Key, bool]


def met_by(rows: Sequence[Row], model: core.Model) -> Met:
    """Whom these rows meet among the stored records, but for themselves. Raises `NotPacked`."""
    asked, with_it = _asked_by(rows, model)
    return _met(rows, (_others(holders(asked), rows), with_it))


def met_with_fellows(rows: Sequence[Row], model: core.Model) -> tuple[Met, set[int]]:
    """As `met_by`, and `identifier_fellows`, found together."""
    asked, with_it = _asked_by(rows, model)
    most = {(kind, key): most for kind, key, most in asked}
    further = dict.fromkeys(set[Key]().union(*_identifiers_of(rows, model)), _ALL)
    found = holders([(*key, most) for key, most in sorted({**most, **further}.items())])
    fellows = {record for key in further for record in found.get(key, ())}
    met = {key: records[: most[key]] for key, records in found.items() if key in most}
    return _met(rows, (_others(met, rows), with_it)), fellows


def _met(rows: Sequence[Row], blocks: tuple[Blocks, Blocks]) -> Met:
    texts = told_by({record for others in blocks[0].values() for record in others})
    crossing, full = _crossing(blocks, rows, texts)
    partners: dict[int, set[int]] = {row.record: set() for row in rows}
    for key, others in blocks[0].items():
        for record in blocks[1][key] if key not in full else ():
            partners[record].update(others)
    return Met(partners, texts, crossing, {key: key in full for key in blocks[0]})


def crossed_by(rows: Sequence[Row], model: core.Model) -> set[int]:
    """The `crossing` records of `met_by`, of however many rows."""
    blocks, with_it = _blocks_of(rows, model)
    asked = {k: o for k, o in blocks.items() if len(o) + len(with_it[k]) > cap_of(k[0])}
    texts = texts_of({record for others in asked.values() for record in others})
    return _crossing((asked, with_it), rows, texts)[0]


def _blocks_of(rows: Sequence[Row], model: core.Model) -> tuple[Blocks, Blocks]:
    """Under each key of these rows the other stored records, where not far too many; the rows."""
    asked, with_it = _asked_by(rows, model)
    return _others(holders(asked), rows), with_it


def _asked_by(rows: Sequence[Row], model: core.Model) -> tuple[list[Asked], Blocks]:
    """What to ask `holders` of the keys of these rows, and the rows under each."""
    with_it: Blocks = {}
    for row in rows:
        for key in row.open_keys(model):
            with_it.setdefault(key, []).append(row.record)
    most = len(rows) + 1
    return [(kind, key, most_in(kind) + most) for kind, key in sorted(with_it)], with_it


def _others(found: Blocks, rows: Sequence[Row]) -> Blocks:
    own = {row.record for row in rows}
    others = {key: [r for r in records if r not in own] for key, records in found.items()}
    return {key: held for key, held in others.items() if len(held) <= most_in(key[0])}


def _crossing(
    blocks: tuple[Blocks, Blocks], rows: Sequence[Row], texts: Mapping[int, str]
) -> tuple[set[int], set[Key]]:
    """Records of blocks that may have come over their cap or under it; the keys over it now."""
    fresh = {row.record: row for row in rows}
    crossing: set[int] = set()
    full: set[Key] = set()
    for key, others in blocks[0].items():
        with_it, cap = blocks[1][key], cap_of(key[0])
        if len(others) + len(with_it) > cap:
            before = telling(others, texts)
            # Those that change may have told something of their own before, or not been there.
            crossing.update(others if len(before) <= cap else ())
            if len(before | {fresh[record].tells for record in with_it}) > cap:
                full.add(key)
    return crossing, full


def left_by(rows: Sequence[Row], stored: Iterable[Key], model: core.Model) -> set[int]:
    """Records of blocks that rows leave, by the keys `stored` of them, which may come to matter."""
    left = set(stored) - {key for row in rows for key in row.open_keys(model)}
    return within_cap(left, {row.record for row in rows}, model) if left else set()


def tied_to(row: Row, met: Met, model: core.Model) -> Iterator[tuple[int, float, bool]]:
    """Of whom a row meets: (record, weight in bits, whether they may be one or a household)."""
    said = row.said
    partners = ((r, unpacked(met.texts[r])) for r in sorted(met.partners[row.record]))
    alike = [(r, other) for r, other in partners if other.kind == said.kind]
    if not alike:
        return
    found = scored(said, [other for _, other in alike], model)
    tied = is_tied(found, model.kinds[said.kind].thresholds)
    bare = said._replace(source="", updated="")
    for (record, other), weight, is_near in zip(
        alike, found["weight"].tolist(), tied.tolist(), strict=True
    ):
        yield record, weight, is_near or other == bare or shares_home(said, other)


def identifier_fellows(rows: Sequence[Row], model: core.Model) -> set[int]:
    """Stored records that share an identifier with one of these, where either of the two is weak.

    Under such a key a weak record stands as if it were of that kind, shifted by `WEAK`.
    """
    of_weak, of_all = _identifiers_of(rows, model)
    found = holders([(*key, _ALL) for key in sorted(of_all)])
    select = f"SELECT record_id FROM identity_matchkey WHERE kind >= {attaching.WEAK} AND"
    weak = bulk.rows_where(select, "hash", sorted({key for _, key in of_weak}))
    return {row[0] for row in weak}.union(*found.values())


def _identifiers_of(rows: Sequence[Row], model: core.Model) -> tuple[set[Key], set[Key]]:
    """The keys by which `identifier_fellows` are asked: for weak ones, and for all."""
    of_weak: set[Key] = set()
    of_all: set[Key] = set()
    stopped = model.stopped_keys
    for row in rows:
        for side, kinds in IDENTIFIERS.items():
            if row.is_weak or side == row.said.kind:
                keys = [key for key in row.keys(kinds, side) if key[1] not in stopped]
                of_weak.update((place + attaching.WEAK, key) for place, key in keys)
                of_all.update(keys if row.is_weak else ())
    return of_weak, of_all


_ALL = 1 << 40


def home_of(said: Plain) -> tuple[str, ...] | None:
    """The full address, None where it is not known in full."""
    if not said.postcode or not said.house or not (said.region or said.street):
        return None
    return (said.postcode, "" if said.region else said.street, said.house, said.suffix)


def home_hash(said: Plain) -> int:
    """As `core.households` has it: a hash of the full address, 0 where it is not known in full."""
    if home_of(said) is None:
        return 0
    place = hash_of(said.postcode)
    if not said.region:
        place = mixed_one(place, hash_of(said.street))
    return mixed_one(place, hash_of(said.house), hash_of(said.suffix))


def shares_home(one: Plain, other: Plain) -> bool:
    """Whether two people live at one address under one name: a household without any tie."""
    home = home_of(one)
    if home is None or home != home_of(other):
        return False
    return not {one.part, one.other_part}.isdisjoint({other.part, other.other_part} - {""})
