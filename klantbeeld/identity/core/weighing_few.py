"""Levels and scores of so few pairs of persons that plain Python is faster than arrays.

The figures are those of `score`, summed in the same order; only what numbers of several pairs have
to be computed with (logarithms and powers) is left to arrays. Tests hold both ways equal.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from .compare import COMPARISONS
from .identifiers import JOINING, NamesAlone, OtherMember
from .model import HOUSEHOLD, SAME, UNRELATED, Parameters
from .pairwise import GRADES
from .plain import Plain, hash_of
from .score import following, groups
from .values import PERSON

Columns = dict[str, npt.NDArray[Any]]
Levels = dict[str, int]
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
    asked = [[name for name in group if name in names] for group in _GROUPS]
    graded = [
        _MISSING | {name: _GRADES[name](one, other) for name in names} for one, other in pairs
    ]
    joint = np.array([
        _joint(pair, levels, asked, parameters)
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


def _joint(
    pair: tuple[Plain, Plain],
    levels: Levels,
    asked: Sequence[Sequence[str]],
    parameters: Parameters,
) -> tuple[float, float, float]:
    """As `score.joint_likelihoods`, of one pair."""
    tables = parameters.tables
    same, household, unrelated = tables[""][0]
    for group in asked:
        one = two = three = 0.0
        for name in group:
            logs = tables[name][levels[name] + 1]
            one += logs[SAME]
            two += logs[HOUSEHOLD]
            three += logs[UNRELATED]
        same += one
        household += two
        unrelated += three
    for name, place in _VALUES.items():
        value = pair[0][place]
        if value and value == pair[1][place] and name in parameters.frequencies:
            if not any(name in group for group in asked):
                continue
            bits = parameters.frequencies[name].bits_of(hash_of(str(value)))
            bits -= tables[name][-1][UNRELATED]
            unrelated += bits
            household += bits if name == "first_name" else 0.0
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
