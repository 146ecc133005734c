"""Why two rows are one customer, or are not: field by field, in bits that add up."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from .compare import COMPARISONS, compare
from .identifiers import DETERMINISTIC
from .keys import without_stopped
from .model import HOUSEHOLD, SAME, Model
from .score import likelihoods, log_odds, probabilities


@dataclass(frozen=True)
class Field:
    """One comparison: both values as compared, the level (-1 missing), its words and its bits.

    `words` is a key such as 'surname.near' or 'email.missing', to be said in any language.
    """

    name: str
    left: str
    right: str
    level: int
    words: str
    weight: float


@dataclass(frozen=True)
class Explanation:
    """A pair's odds as a sum: `start` + every field's weight + every rule's correction = `weight`.

    Bits of log2 odds of 'same' against the rest. start: what is expected before looking, from the
    numbers of matches and households in the base. rules: (words key, bits) of the rules that
    overrode the odds.
    """

    fields: tuple[Field, ...]
    start: float
    rules: tuple[tuple[str, float], ...]
    weight: float
    p_same: float
    p_household: float
    p_unrelated: float

    def __str__(self) -> str:
        lines = [_line("start", "", self.start)]
        for field in self.fields:
            if field.level >= 0:
                shown = f"{field.left or '-'} | {field.right or '-'}"
                lines.append(_line(field.name, shown, field.weight) + f"  {field.words}")
        lines += [_line("rule", words, bits) for words, bits in self.rules]
        odds = f"  same {self.p_same:.3f}, household {self.p_household:.3f}"
        return "\n".join([*lines, _line("weight", "", self.weight) + odds])


def _line(name: str, text: str, bits: float) -> str:
    return f"{name:<14}{text[:42]:<44}{bits:+7.1f}"


def explain(values: pl.DataFrame, left: int, right: int, model: Model) -> Explanation:
    """Explain two rows of a values frame under a model. Raises ValueError for rows of two kinds.

    The odds of three classes are no plain sum over fields: against the rest each field counts by
    the mean of household and unrelated, weighted by how likely each is for this pair; what that
    leaves (at most one bit) is part of `start`.
    """
    kind = values["kind"][left]
    if kind != values["kind"][right]:
        raise ValueError("a person and an organisation are never compared")
    parameters = model.kinds[kind]
    both = without_stopped(values[[left, right]], kind, model.stops)
    levels = compare(both, _PAIR, kind, parameters.frequencies)
    parts = dict(likelihoods(levels, parameters, kind))
    logs = np.log2(parameters.priors())[None, :] + sum(parts.values())
    chances = probabilities(logs)[0]
    rest = chances[HOUSEHOLD:] / max(chances[HOUSEHOLD:].sum(), 1e-300)
    fields = []
    for comparison in COMPARISONS[kind]:
        level = int(levels[comparison.name][0])
        word = comparison.levels[level] if level >= 0 else "missing"
        one, other = (_shown(values, row, comparison.shown) for row in (left, right))
        part = parts[comparison.name][0] if level >= 0 else np.zeros(3)
        bits = float(part[SAME] - rest @ part[HOUSEHOLD:])
        fields.append(Field(comparison.name, one, other, level, f"{comparison.name}.{word}", bits))
    odds = np.clip(log_odds(logs), -60, 60)
    start = float(odds[0]) - sum(field.weight for field in fields)
    rules = []
    for rule in DETERMINISTIC[kind]:
        before, odds = odds, rule.apply(odds, levels, parameters)
        if odds[0] != before[0]:
            rules.append((f"rule.{rule.words}", float(odds[0] - before[0])))
    same = float(1 / (1 + np.exp2(-odds[0])))
    household, unrelated = (float(share * (1 - same)) for share in rest)
    weight = float(odds[0])
    return Explanation(tuple(fields), start, tuple(rules), weight, same, household, unrelated)


_PAIR = pl.DataFrame({"left": [0], "right": [1]}, schema={"left": pl.UInt32, "right": pl.UInt32})


def _shown(values: pl.DataFrame, row: int, names: tuple[str, ...]) -> str:
    known = (values[name][row] for name in names if name in values.columns)
    return " ".join(str(value) for value in known if value is not None)
