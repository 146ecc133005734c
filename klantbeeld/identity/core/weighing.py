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
from .firm_levels import SPREAD
from .identifiers import DETERMINISTIC
from .model import HOUSEHOLD, UNRELATED, Model, Parameters, Thresholds
from .pairwise import Grade, grades_of
from .plain import Plain, hash_of
from .score import groups, weighed
from .values import PERSON
from .weighing_few import scored_few

Columns = dict[str, npt.NDArray[Any]]
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

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
    "branch": SPREAD,
}


@cache
def _needed(kind: str) -> tuple[tuple[int, ...], ...]:
    """For each comparison the places in `Plain` of what it needs."""
    names = (_NEEDED.get(one.name, (one.name,)) for one in COMPARISONS[kind])
    return tuple(tuple(Plain._fields.index(name) for name in some) for some in names)


# What each grade reads, where that is not just the column of its own name; and of which columns it
# only asks whether both tell the same.
_READ: dict[str, tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]] = {
    "first_name": (
        ("generation", "initial", "initials", "first", "part", "middle"),
        (("postcode", "house"), ("birth",)),
    ),
    "surname": (("surname", "first", "part", "other_part", "middle"), ()),
    "birth_date": (("birth",), ()),
    "address": (("postcode", "street", "city", "region", "house", "suffix"), ()),
    "email": (("email", "mailbox", "part", "first"), ()),
    "phone": (("phone", "other_phone"), ()),
    "document": (("documents",), ()),
    "middle_names": (("middle",), ()),
    "national_id": (("national",), ()),
    "birth_place": (("birthplace",), ()),
    "branch": ((*SPREAD, "house", "postcode", "street"), ()),
}


@cache
def _group_of(kind: str) -> tuple[int, ...]:
    """For each comparison the group in which `score` adds it up."""
    sizes = {one.name: len(one.levels) + 1 for one in COMPARISONS[kind]}
    place = {name: at for at, group in enumerate(groups(sizes)) for name in group}
    return tuple(place[one.name] for one in COMPARISONS[kind])


def scored(one: Plain, others: Sequence[Plain], model: Model) -> Columns:
    """As `score`, of one record with each of some others of its kind: an array per column."""
    stopped = model.stopped[one.kind]
    said = [stopped.taken_out(row) for row in (one, *others)]
    right = np.arange(1, len(said))
    return scored_among(said, (np.zeros_like(right), right), model.kinds[one.kind], one.kind)


def scored_among(
    said: Sequence[Plain], ends: tuple[Ints, Ints], parameters: Parameters, kind: str
) -> Columns:
    """Levels and scores of pairs (places) of records without values that bring nobody together."""
    told = _told([said[at] for at in set(ends[0].tolist())], kind)
    if kind == PERSON and 0 < len(ends[0]) < FEWEST_PAIRS:
        sides = zip(ends[0].tolist(), ends[1].tolist(), strict=True)
        return scored_few([(said[a], said[b]) for a, b in sides], told, parameters)
    levels = _levels(said, ends, told, grades_of(kind, parameters.frequencies), kind)
    missing = np.full(len(ends[0]), -1, dtype=np.int8)
    columns: Columns = {comparison.name: missing for comparison in COMPARISONS[kind]}
    for at, graded in zip(told, levels, strict=True):
        columns[COMPARISONS[kind][at].name] = graded
    joint = _joint(levels, told, parameters, kind)
    for at in told:
        if (comparison := COMPARISONS[kind][at]).name in parameters.frequencies:
            _add_rarity(joint, _shared(said, ends, comparison), comparison, parameters)
    heard = {COMPARISONS[kind][at].name for at in told} | {""}
    rules = [rule for rule in DETERMINISTIC[kind] if rule.comparison in heard]
    return columns | weighed(joint, columns, parameters, rules)


def _told(firsts: Sequence[Plain], kind: str) -> list[int]:
    """The comparisons that may say something: told by the first, or by any of several, at all."""
    needed = enumerate(_needed(kind))
    return [at for at, places in needed if any(one[place] for one in firsts for place in places)]


def _levels(
    said: Sequence[Plain],
    ends: tuple[Ints, Ints],
    told: Sequence[int],
    grades: Sequence[Grade],
    kind: str,
) -> npt.NDArray[np.int8]:
    """The level of each comparison (told) of each pair: of pairs that tell the same only once."""
    levels = np.empty((len(told), len(ends[0])), dtype=np.int8)
    if len(ends[0]) < _FEW_PAIRS:
        pairs = [(said[a], said[b]) for a, b in zip(*(side.tolist() for side in ends), strict=True)]
        for graded, at in zip(levels, told, strict=True):
            grade = grades[at]
            graded[:] = [grade(one, other) for one, other in pairs]
        return levels
    for graded, at in zip(levels, told, strict=True):
        both = _telling(said, ends, COMPARISONS[kind][at].name)
        # Of pairs that tell the same any one will do.
        chosen = np.full(int(both.max()) + 1, -1, dtype=np.int64)
        chosen[both] = np.arange(len(both))
        asked = np.flatnonzero(chosen >= 0)
        rows = (side[chosen[asked]].tolist() for side in ends)
        grade = grades[at]
        known = [grade(said[a], said[b]) for a, b in zip(*rows, strict=True)]
        chosen[asked] = known
        graded[:] = chosen[both]
    return levels


def _telling(said: Sequence[Plain], ends: tuple[Ints, Ints], name: str) -> Ints:
    """A code of all that the grade of a comparison may read of each pair."""
    read, alike = _READ.get(name, ((name,), ()))
    code = coded(said, read)
    both: Ints = code[ends[0]] * (int(code.max()) + 1) + code[ends[1]]
    for some in alike:
        one = coded(said, some, is_whole=True)
        both = 2 * both + (one[ends[0]] == one[ends[1]])
    return both


# Fewer pairs are compared and scored without arrays, and fewer compared one by one.
FEWEST_PAIRS = 32
_FEW_PAIRS = 24


def coded(said: Sequence[Plain], names: tuple[str, ...], *, is_whole: bool = False) -> Ints:
    """A number for each record, the same for those that tell the same of these columns.

    is_whole: where a column is missing the number is of that record alone.
    """
    codes: dict[Any, int] = {}
    told = [tuple([getattr(one, name) for name in names]) for one in said]
    if is_whole:
        told = [one if all(one) else (at,) for at, one in enumerate(told)]
    return np.array([codes.setdefault(one, len(codes)) for one in told], dtype=np.int64)


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


def _shared(said: Sequence[Plain], ends: tuple[Ints, Ints], comparison: Comparison) -> Ints:
    """The hash of the value that both rows of a pair tell, 0 where there is none."""
    place = Plain._fields.index(comparison.frequency)
    texts = [str(one[place]) for one in said]
    hashed = {text: hash_of(text) for text in texts}
    of_row = np.array([hashed[text] for text in texts], dtype=np.int64)
    one, other = of_row[ends[0]], of_row[ends[1]]
    return np.where(one == other, one, 0)


def _add_rarity(
    joint: Sequence[Floats], shared: Ints, comparison: Comparison, parameters: Parameters
) -> None:
    """Add, in place, how much rarer than usual the values are that pairs share (see `score`)."""
    at = np.flatnonzero(shared)
    if not len(at):
        return
    share = np.maximum(parameters.frequencies[comparison.name].of(shared[at]), 1e-12)
    rarity = np.log2(share) - parameters.logs[comparison.name][-1, UNRELATED]
    joint[UNRELATED][at] += rarity
    if comparison.name == "first_name":
        joint[HOUSEHOLD][at] += rarity


def with_shared(
    found: Columns,
    said: Sequence[Plain],
    ends: tuple[Ints, Ints],
    parameters: Parameters,
    kind: str,
) -> Columns:
    """The columns of scored pairs with the hashes of what both share (see `compare`)."""
    columns = dict(found)
    for comparison in COMPARISONS[kind]:
        if comparison.name in parameters.frequencies and comparison.frequency:
            columns[comparison.name + "#"] = _shared(said, ends, comparison)
    return columns


def is_tied(found: Columns, bounds: Thresholds) -> npt.NDArray[np.bool_]:
    """Which of the scored pairs are `link.ties`."""
    tied: npt.NDArray[np.bool_] = found["weight"] >= bounds.loose
    return tied | (found["p_household"] >= bounds.household)
