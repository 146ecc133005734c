"""As `attaching`, of few records and without setting up columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from klantbeeld.identity import attaching, core
from klantbeeld.identity.core.compare import COMPARISONS
from klantbeeld.identity.core.pairwise import levels_of
from klantbeeld.identity.core.plain import Plain
from klantbeeld.identity.nearby import IDENTIFIERS, Row

_FAMILY = re.compile(attaching.FAMILY)
_ORDER = {
    attaching._KINDS.index(name): place
    for place, entry in enumerate(attaching.IDENTIFIERS)
    for name in entry[2:]
    if name
}
_NUMBER, _EMAIL = 0, len(attaching.IDENTIFIERS) - 1
# (order of trust, hash) of a row.
Keys = set[tuple[int, int]]


@dataclass(frozen=True)
class WeakFew:
    """See `attaching.Weak`; keys by row."""

    firms: list[int]
    people: list[int]
    keys: dict[int, Keys]


def sort_out(told: Sequence[Row], model: core.Model) -> WeakFew:
    """As `attaching.sort_out`, where nobody spoke of any of the rows."""
    rows, said = range(len(told)), [row.said for row in told]
    weak = {row for row in rows if told[row].is_weak}
    if not weak:
        return WeakFew([], [], {})
    firm = {row for row in rows if said[row].kind == core.ORGANISATION}
    private = set(rows) - firm
    # Where there is no organisation, nobody is asked about any.
    as_firm: dict[int, Keys] = {}
    if firm:
        as_firm = {row: _identifiers(told[row], core.ORGANISATION, model) for row in rows}
    firms = _holding(as_firm, weak & firm, firm - weak)
    to_firm = _holding(as_firm, weak & private, firm, without=private - weak) if firm else set()
    as_person = {row: _identifiers(told[row], core.PERSON, model) for row in private}
    for row in private:
        if _FAMILY.search(said[row].mailbox):
            as_person[row] = {key for key in as_person[row] if key[0] != _EMAIL}
    left = (weak & private) - to_firm
    _uncontradicted(as_person, said, left, private - weak)
    bare = {row for row in left if _is_bare(said[row])}
    bare = _holding(as_person, bare, private - bare - to_firm)
    bare |= _holding(as_person, left, private - weak)
    keys = {row: as_person[row] for row in private - to_firm}
    keys |= {row: as_firm[row] for row in firm}
    if to_firm:
        theirs = _hashes(as_firm, private - weak)
        keys |= {row: {key for key in as_firm[row] if key[1] not in theirs} for row in to_firm}
    return WeakFew(sorted(firms), sorted(to_firm | bare), keys)


def _identifiers(row: Row, side: str, model: core.Model) -> Keys:
    found = row.keys(IDENTIFIERS[side], side)
    stopped = model.stopped_keys
    return {(_ORDER[place], key) for place, key in found if key not in stopped}


def _is_bare(said: Plain) -> bool:
    return not (said.first or said.initials or said.phone or said.iban)


def _hashes(keys: dict[int, Keys], rows: Iterable[int]) -> set[int]:
    return {key for row in rows for _, key in keys[row]}


def _holding(
    keys: dict[int, Keys], asked: set[int], held: set[int], without: Iterable[int] = ()
) -> set[int]:
    wanted = _hashes(keys, held) - _hashes(keys, without)
    return {row for row in asked if any(key in wanted for _, key in keys[row])}


def _uncontradicted(
    keys: dict[int, Keys], said: Sequence[Plain], weak: set[int], full: set[int]
) -> None:
    """Take out, in place, what a weak row shares with a full one of another's name."""
    names = [one.name for one in COMPARISONS[core.PERSON]]
    wrong: list[tuple[int, tuple[int, int]]] = []
    for row in weak:
        for key in keys[row]:
            others = [o for o in full if key in keys[o]] if key[0] != _NUMBER else []
            for other in others:
                levels = zip(names, levels_of(said[row], said[other]), strict=True)
                plain = {name: np.array([level]) for name, level in levels}
                if core.contradicts(plain)[0]:
                    wrong.append((row, key))
                    break
    for row, key in wrong:
        keys[row] = keys[row] - {key}


def attach(
    rows: Sequence[int], keys: dict[int, Keys], cluster: Sequence[int]
) -> list[tuple[int, int, int]]:
    """As `attaching.attach`: (row, where it goes, order)."""
    holders: dict[int, set[int]] = {}
    for row, own in keys.items():
        if cluster[row] >= 0:
            for _, key in own:
                holders.setdefault(key, set()).add(row)
    found: list[tuple[int, int, int]] = []
    left: list[tuple[int, int, int]] = []
    for row in rows:
        orders = sorted({order for order, _ in keys.get(row, ())})
        for order in orders:
            met = {r for o, key in keys[row] if o == order for r in holders.get(key, ())}
            if met:
                if len({cluster[r] for r in met}) == 1:
                    found.append((row, min(met), order))
                break
        if orders and (not found or found[-1][0] != row):
            left.append((row, orders[0], min(k for o, k in keys[row] if o == orders[0])))
    first: dict[int, int] = {}
    for row, _, key in left:
        first[key] = min(row, first.get(key, row))
    return sorted(found + [(row, first[key], order) for row, order, key in left])
