"""Levels and scores of a few pairs of records: the same figures as `score`, with less set-up.

Only what both records of some pair tell is compared and added up. A comparison that is missing adds
nothing, so that leaving it out changes no figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from .compare import COMPARISONS, Comparison
from .identifiers import DETERMINISTIC
from .model import HOUSEHOLD, UNRELATED, Model, Parameters, Thresholds
from .pairwise import GRADES
from .plain import Plain, hash_of
from .score import groups, weighed

Columns = dict[str, npt.NDArray[Any]]
Floats = npt.NDArray[np.float64]

# What both records must tell, one of these, for a comparison that is not simply of its column.
_NEEDED = {
    "first_name": ("initial", "generation"),
    "surname": ("surname", "first"),
    "birth_date": ("birth",),
    "address": ("postcode", "city", "street"),
    "document": ("documents",),
    "middle_names": ("middle",),
    "national_id": ("national",),
    "birth_place": ("birthplace",),
}


@cache
def _needed(kind: str) -> tuple[tuple[int, ...], ...]:
    """For each comparison the places in `Plain` of what it needs."""
    names = (_NEEDED.get(one.name, (one.name,)) for one in COMPARISONS[kind])
    return tuple(tuple(Plain._fields.index(name) for name in some) for some in names)


@cache
def _group_of(kind: str) -> tuple[int, ...]:
    """For each comparison the group in which `score` adds it up."""
    sizes = {one.name: len(one.levels) + 1 for one in COMPARISONS[kind]}
    place = {name: at for at, group in enumerate(groups(sizes)) for name in group}
    return tuple(place[one.name] for one in COMPARISONS[kind])


def scored(one: Plain, others: Sequence[Plain], model: Model) -> Columns:
    """As `score`, of one record with each of some others of its kind: an array per column."""
    stopped = model.stopped[one.kind]
    one, others = stopped.taken_out(one), [stopped.taken_out(other) for other in others]
    return scored_pairs([(one, other) for other in others], model.kinds[one.kind], one.kind)


def scored_pairs(
    pairs: Sequence[tuple[Plain, Plain]], parameters: Parameters, kind: str
) -> Columns:
    """Levels and scores of pairs, without values that bring nobody together."""
    told = _told(pairs, kind)
    grades = [GRADES[kind][at] for at in told]
    levels = np.array(
        [[grade(one, other) for grade in grades] for one, other in pairs], dtype=np.int8
    ).T
    missing = np.full(len(pairs), -1, dtype=np.int8)
    columns: Columns = {comparison.name: missing for comparison in COMPARISONS[kind]}
    for at, graded in zip(told, levels, strict=True):
        columns[COMPARISONS[kind][at].name] = graded
    joint = _joint(levels, told, parameters, kind)
    for at in told:
        if (comparison := COMPARISONS[kind][at]).name in parameters.frequencies:
            _add_rarity(joint, pairs, comparison, parameters)
    heard = {COMPARISONS[kind][at].name for at in told} | {""}
    rules = [rule for rule in DETERMINISTIC[kind] if rule.comparison in heard]
    return columns | weighed(joint, columns, parameters, rules)


def _told(pairs: Sequence[tuple[Plain, Plain]], kind: str) -> list[int]:
    """The comparisons that may say something: told by the first, or by any of several, at all."""
    firsts = {id(one): one for one, _ in pairs}.values()
    needed = enumerate(_needed(kind))
    return [at for at, places in needed if any(one[place] for one in firsts for place in places)]


def _joint(
    levels: npt.NDArray[np.int8], told: Sequence[int], parameters: Parameters, kind: str
) -> list[Floats]:
    """As `score.joint_likelihoods` without rarities, of levels (comparison by pair)."""
    joint = [np.full(levels.shape[1], log) for log in parameters.log_priors]
    parts: dict[int, Floats] = {}
    for at, graded in zip(told, levels, strict=True):
        group, bits = _group_of(kind)[at], parameters.logs[COMPARISONS[kind][at].name][graded + 1]
        parts[group] = parts[group] + bits if group in parts else bits
    for part in parts.values():
        for total, of_class in zip(joint, part.T, strict=True):
            total += of_class
    return joint


def _add_rarity(
    joint: Sequence[Floats],
    pairs: Sequence[tuple[Plain, Plain]],
    comparison: Comparison,
    parameters: Parameters,
) -> None:
    """Add, in place, how much rarer than usual the values are that pairs share (see `score`)."""
    place = Plain._fields.index(comparison.frequency)
    shared = [str(one[place]) if one[place] == other[place] else "" for one, other in pairs]
    texts = set(shared) - {""}
    if not texts:
        return
    hashed = np.array([hash_of(text) for text in texts], dtype=np.int64)
    share = np.maximum(parameters.frequencies[comparison.name].of(hashed), 1e-12)
    rarity = np.log2(share) - parameters.logs[comparison.name][-1, UNRELATED]
    bits = {"": 0.0} | dict(zip(texts, rarity.tolist(), strict=True))
    added = np.array([bits[text] for text in shared])
    joint[UNRELATED] += added
    if comparison.name == "first_name":
        joint[HOUSEHOLD] += added


def with_shared(
    found: Columns, pairs: Sequence[tuple[Plain, Plain]], parameters: Parameters, kind: str
) -> Columns:
    """The columns of scored pairs with the hashes of what both share (see `compare`)."""
    columns = dict(found)
    for comparison in COMPARISONS[kind]:
        if comparison.name in parameters.frequencies and comparison.frequency:
            place = Plain._fields.index(comparison.frequency)
            shared = [hash_of(str(a[place])) if a[place] == b[place] else 0 for a, b in pairs]
            columns[comparison.name + "#"] = np.array(shared, dtype=np.int64)
    return columns


def is_tied(found: Columns, bounds: Thresholds) -> npt.NDArray[np.bool_]:
    """Which of the scored pairs are `link.ties`."""
    tied: npt.NDArray[np.bool_] = found["weight"] >= bounds.loose
    return tied | (found["p_household"] >= bounds.household)
