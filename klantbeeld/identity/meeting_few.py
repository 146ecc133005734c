"""Which of few records meet under a key, and the pairs that are compared of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from klantbeeld.identity import core
from klantbeeld.identity.blocks import Key, overfull
from klantbeeld.identity.core.cluster import loose_components
from klantbeeld.identity.core.components import components
from klantbeeld.identity.core.plain import Plain
from klantbeeld.identity.core.weighing import is_tied, scored_among
from klantbeeld.identity.matching import InForce
from klantbeeld.identity.nearby import Row

# Of so many they are compared before it is known whether they hang together.
AT_ONCE = 8
Columns = dict[str, npt.NDArray[Any]]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Deciding:
    """What decides, and the sources that hold everybody once; all rows of the closed set, and of
    which keys it is known whether too many share them.

    is_one: all rows hang together already, in one component, so that all their pairs count.
    """

    force: InForce
    unique: frozenset[str]
    every: Sequence[Row]
    full: dict[Key, bool]
    is_one: bool = False


def pairs_few(own: Sequence[Row], said: Sequence[Plain], decides: Deciding, kind: str) -> Columns:
    """The scored pairs that share a key, and those inside a loose component of more than two.

    own: the distinct rows of this kind; said: what is compared of them.
    """
    parameters, size = decides.force.model.kinds[kind], len(own)
    columns, held = _held(own, decides.force.model)
    met = np.triu(_sharing(held), 1)
    left, right = np.triu_indices(size, 1) if size <= AT_ONCE else np.nonzero(met)
    is_met = met[left, right]
    if not is_met.any():
        return {"left": left[is_met], "right": right[is_met]}
    pairs = scored_few((left, right), said, parameters, kind)
    bounds = parameters.thresholds
    is_met &= ~_lost((columns, held), pairs, np.flatnonzero(is_met & is_tied(pairs, bounds)),
                     decides, bounds)  # fmt: skip
    weight = np.where(is_met, pairs["weight"].astype(np.float64), -np.inf)
    label = loose_components(size, pairs, weight, bounds)
    large = np.bincount(label, minlength=size)[label] > 2
    kept = is_met | ((label[left] == label[right]) & large[left])
    pairs = {name: column[kept] for name, column in pairs.items()}
    if size > AT_ONCE:
        inside = np.triu((label[:, None] == label) & large, 1) & ~met
        if inside.any():
            one, other = np.nonzero(inside)
            more = scored_few((one, other), said, parameters, kind)
            pairs = {name: np.concatenate([pairs[name], more[name]]) for name in pairs}
    return pairs


def _held(own: Sequence[Row], model: core.Model) -> tuple[list[Key], Flags]:
    """The keys that several rows have, and who has which: rows x keys."""
    holders: dict[Key, list[int]] = {}
    for at, row in enumerate(own):
        for key in row.open_keys(model):
            holders.setdefault(key, []).append(at)
    shared = {key: rows for key, rows in holders.items() if len(rows) > 1}
    held = np.zeros((len(own), len(shared)), dtype=bool)
    for place, rows in enumerate(shared.values()):
        held[rows, place] = True
    return list(shared), held


def _sharing(held: Flags) -> Flags:
    """Which rows share any of the columns: rows x rows."""
    rows = len(held)
    width = -(-held.shape[1] // 64) * 8
    # In words of 64 bits: a product of matrices would be given to many threads, which wait.
    words = np.zeros((rows, width), dtype=np.uint8)
    bits = np.packbits(held, axis=1)
    words[:, : bits.shape[1]] = bits
    whole = words.view(np.uint64)
    found: Flags = np.any(whole[:, None, :] & whole[None, :, :], axis=2)
    return found


def _lost(
    keys: tuple[list[Key], Flags],
    pairs: Columns,
    near: Ints,
    decides: Deciding,
    bounds: core.Thresholds,
) -> Flags:
    """Of the tied pairs (`near`) those that meet in no block that is within its cap.

    It is not asked of a pair inside a component that others hold together: all pairs of those
    count, however they met. The keys that most rows share are asked about first.
    """
    columns, held = keys
    lost = np.zeros(len(pairs["left"]), dtype=bool)
    is_first = len(near) > _SOME
    while len(near):
        state = np.array([_STATE[decides.full.get(key)] for key in columns])
        near = near[_is_open(near, pairs, held & (state == 0), bounds)]
        if is_first:
            by_rows = np.argsort(-held.sum(axis=0) * (state < 0), kind="stable")[:_SOME]
            asked = set(by_rows[state[by_rows] < 0].tolist())
            is_first = False
        else:
            shared = held[pairs["left"][near]] & held[pairs["right"][near]] & (state < 0)
            is_gone = ~shared.any(axis=1)
            lost[near[is_gone]] = True
            near, shared = near[~is_gone], shared[~is_gone]
            asked = set((shared * shared.sum(axis=0)).argmax(axis=1).tolist())
        if len(near):
            _ask({columns[at] for at in asked}, decides)
    return lost


# Whether too many share a key: no, yes, not known.
_STATE = {False: 0, True: 1, None: -1}
# Of more pairs it is asked about so many keys before it is looked at one by one.
_SOME = 8


def _is_open(near: Ints, pairs: Columns, brings: Flags, bounds: core.Thresholds) -> Flags:
    """Which pairs no key is known to bring together, nor those that hold a component together."""
    left, right = pairs["left"], pairs["right"]
    is_met = _sharing(brings)[left[near], right[near]]
    tying = near[is_met & (pairs["weight"][near] >= bounds.loose)]
    label = components(len(brings), left[tying], right[tying])
    is_large = np.bincount(label, minlength=len(brings))[label] > 2
    held: Flags = (label[left[near]] == label[right[near]]) & is_large[left[near]]
    return ~is_met & ~held


def _ask(keys: set[Key], decides: Deciding) -> None:
    if not keys:
        return
    model = decides.force.model
    inside: dict[Key, set[str | int]] = {key: set() for key in keys}
    for row in decides.every:
        for key in row.open_keys(model) & keys:
            inside[key].add(row.tells)
    full = overfull(inside, {row.record for row in decides.every})
    decides.full.update({key: key in full for key in keys})


def scored_few(
    ends: tuple[Ints, Ints], said: Sequence[Plain], parameters: core.Parameters, kind: str
) -> Columns:
    return {"left": ends[0], "right": ends[1]} | scored_among(said, ends, parameters, kind)
