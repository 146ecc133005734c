"""Levels and scores of so few pairs of persons that plain Python is faster than arrays.

The figures are those of `score`, summed in the same order; only what numbers of several pairs have
to be computed with (logarithms and powers) is left to arrays. Tests hold both ways equal.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from .compare import COMPARISONS
from .identifiers import JOINING, NamesAlone, OtherMember
from .model import HOUSEHOLD, SAME, UNRELATED, Frequencies, Parameters
from .pairwise import GRADES
from .plain import Plain, hash_of
from .score import following, groups
from .values import PERSON

Columns = dict[str, npt.NDArray[Any]]
Levels = dict[str, int]
# Of the three classes, in bits.
Logs = tuple[float, float, float]
_NAMES = tuple(comparison.name for comparison in COMPARISONS[PERSON])
_GRADES = dict(zip(_NAMES, GRADES[PERSON], strict=True))
_GROUPS = groups({one.name: len(one.levels) + 1 for one in COMPARISONS[PERSON]})
_VALUES = {
    one.name: Plain._fields.index(one.frequency) for one in COMPARISONS[PERSON] if one.frequency
}
_MISSING = dict.fromkeys(_NAMES, -1)


def scored_few(
    pairs: Sequence[tuple[Plain, Plain]], told: Sequence[int], parameters: Parameters
) -> Columns:
    """As `weighing.scored_among`, but for the places of the pairs; told: comparisons to make."""
    names = [_NAMES[at] for at in told]
    adding = _Adding.of(names, parameters)
    graded = [
        _MISSING | {name: _GRADES[name](one, other) for name in names} for one, other in pairs
    ]
    joint = np.array([
        _joint(pair, levels, adding)
        for pair, levels in zip(pairs, graded, strict=True)
    ])  # fmt: skip
    same, household, unrelated = np.ascontiguousarray(joint.T)
    odds = np.minimum(np.maximum(same - np.logaddexp2(household, unrelated), -60), 60)
    weights = [_ruled(*one, parameters) for one in zip(odds.tolist(), graded, strict=True)]
    share = 1 / (1 + np.exp2(np.minimum(np.maximum(unrelated - household, -500), 500)))
    levels = np.array([[one[name] for name in names] for one in graded], dtype=np.int8).T
    columns = dict.fromkeys(_NAMES, np.full(len(pairs), -1, dtype=np.int8))
    columns |= dict(zip(names, np.ascontiguousarray(levels), strict=True))
    return columns | following(np.array(weights), share, 1 - share)


class _Adding(NamedTuple):
    """What is added up of a pair: the prior, the logs by level of comparisons in their groups, and
    of values that may be rare their places, whether families share them, shares and usual bits."""

    prior: Logs
    groups: list[list[tuple[str, list[Logs]]]]
    rare: list[tuple[int, bool, Frequencies, float]]

    @classmethod
    def of(cls, names: Sequence[str], parameters: Parameters) -> _Adding:
        tables, frequencies = parameters.tables, parameters.frequencies
        groups = ([(name, tables[name]) for name in group if name in names] for group in _GROUPS)
        rare = [
            (place, name != "first_name", frequencies[name], tables[name][-1][UNRELATED])
            for name, place in _VALUES.items()
            if name in names and name in frequencies
        ]
        return cls(tables[""][0], [group for group in groups if group], rare)


def _joint(pair: tuple[Plain, Plain], levels: Levels, adding: _Adding) -> Logs:
    """As `score.joint_likelihoods`, of one pair."""
    same, household, unrelated = adding.prior
    for group in adding.groups:
        one = two = three = 0.0
        for name, table in group:
            logs = table[levels[name] + 1]
            one += logs[SAME]
            two += logs[HOUSEHOLD]
            three += logs[UNRELATED]
        same += one
        household += two
        unrelated += three
    for place, is_of_family, frequencies, usual in adding.rare:
        value = pair[0][place]
        if value and value == pair[1][place]:
            bits = frequencies.bits_of(hash_of(str(value))) - usual
            unrelated += bits
            household += 0.0 if is_of_family else bits
    return same, household, unrelated


def _ruled(weight: float, levels: Levels, parameters: Parameters) -> float:
    """The weight after the rules of `identifiers.DETERMINISTIC` for persons, in their order."""
    bounds = parameters.thresholds
    is_sure = parameters.is_fitted and weight >= bounds.same + bounds.names
    if not is_sure and not any(levels[name] >= low for name, low in NamesAlone.lowest.items()):
        weight = min(weight, bounds.same - NamesAlone.under)
    first, surname, birth = levels["first_name"], levels["surname"], levels["birth_date"]
    is_contrary = (
        0 <= first <= 1
        or 0 <= birth <= 1
        or (first < 4 and (surname == 0 or levels["gender"] == 0))
    )
    unlike = first == 0 and (surname == 0 or birth == 0)
    holds = {
        "email": levels["email"] >= 3 and not is_contrary,
        "login": levels["login"] >= 1 and not is_contrary,
        "document": levels["document"] == 2 and not unlike,
        "number": levels["number"] >= 1 and not is_contrary,
    }
    for name, is_equal in holds.items():
        if is_equal and (not parameters.priorities or name in parameters.priorities):
            over = max(weight, bounds.same + JOINING[name])
            weight = over + parameters.priorities.get(name, 0.0)
    if parameters.has_families and first == 0 and not _is_personal(levels):
        weight = min(weight, OtherMember.bits)
    return weight


def _is_personal(levels: Levels) -> bool:
    """Whether something agrees that families do not share."""
    return (
        levels["birth_date"] >= 3
        or levels["login"] == 1
        or levels["document"] == 2
        or levels["number"] == 1
        or levels["national_id"] >= 2
    )
