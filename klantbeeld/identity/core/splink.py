"""Models of Splink read and written: its settings as JSON, for the comparisons that both know.

Splink (MIT, Ministry of Justice) has two classes, levels as SQL over columns of both records, and
per level a chance among matches (m) and among others (u). A model written here scores as ours does
with two classes; see `weights`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from .columns import recognised_columns
from .compare import COMPARISONS
from .model import Model, Odds, Parameters
from .score import joint_likelihoods
from .values import PERSON

Floats = npt.NDArray[np.float64]


def _same(column: str) -> str:
    return f'"{column}_l" = "{column}_r"'


def _known(column: str) -> str:
    return f'"{column}_l" IS NOT NULL AND "{column}_r" IS NOT NULL'


def _alike(column: str, least: float) -> str:
    return f'jaro_winkler_similarity("{column}_l", "{column}_r") >= {least}'


def _near(column: str, edits: int = 1) -> str:
    return f'damerau_levenshtein("{column}_l", "{column}_r") <= {edits}'


def _holds(column: str) -> str:
    """One text of at least four letters within the other."""
    one, other = f'"{column}_l"', f'"{column}_r"'
    long_enough = f"least(length({one}), length({other})) > 3"
    return f"{long_enough} AND (contains({one}, {other}) OR contains({other}, {one}))"


def _missing(*columns: str) -> str:
    return " OR ".join(f'"{column}_{side}" IS NULL' for column in columns for side in "lr")


# Per comparison: when it is missing, and its levels as SQL over the columns of `match_values`, the
# strongest first. A level that is not here is added to the next weaker one that is.
_SQL: dict[str, tuple[str, Mapping[str, str]]] = {
    "first_name": (
        _missing("initial"),
        {
            "equal": _same("first"),
            "near": f"{_alike('first', 0.92)} OR {_same('root')}",
            "initial": f"NOT ({_known('first')}) AND {_same('initial')}",
            "alike": _alike("first", 0.80),
        },
    ),
    "surname": (
        _missing("surname"),
        {
            "equal": _same("surname"),
            "near": f"{_alike('surname', 0.93)} OR {_same('part')}",
            "alike": _alike("surname", 0.85),
        },
    ),
    "birth_date": (
        _missing("birth"),
        {
            "equal": _same("birth"),
            "digit": 'hamming(CAST("birth_l" AS VARCHAR), CAST("birth_r" AS VARCHAR)) = 1',
            "swapped": '"birth_l" // 10000 = "birth_r" // 10000 AND "birth_l" // 100 % 100 = '
            '"birth_r" % 100 AND "birth_l" % 100 = "birth_r" // 100 % 100',
            "two_parts": 'CAST("birth_l" // 10000 = "birth_r" // 10000 AS INT) + '
            'CAST("birth_l" // 100 % 100 = "birth_r" // 100 % 100 AS INT) + '
            'CAST("birth_l" % 100 = "birth_r" % 100 AS INT) = 2',
            "year": '"birth_l" // 10000 = "birth_r" // 10000',
        },
    ),
    "address": (
        _missing("postcode"),
        {
            "equal": f"{_same('postcode')} AND {_same('house')}",
            "postcode": _same("postcode"),
            "postcode_near": _near("postcode"),
            "city": _same("city"),
        },
    ),
    "email": (
        _missing("email"),
        {"equal": _same("email"), "near": _near("email"), "mailbox": _same("mailbox")},
    ),
    "phone": (
        _missing("phone"),
        {
            "mobile": f"{_same('phone')} AND regexp_matches(\"phone_l\", '^31(6|97)')",
            "fixed": _same("phone"),
            "near": _near("phone"),
        },
    ),
    "national_id": (
        _missing("national"),
        {"equal": _same("national"), "near": _near("national"), "alike": _near("national", 2)},
    ),
}
_SQL |= {
    name: (_missing(name), {"equal": _same(name)})
    for name in ("gender", "login", "loyalty", "iban", "number")
}
_SQL |= {
    name: (
        _missing(column),
        {"equal": _same(column), "near": f"{_alike(column, 0.92)} OR {_holds(column)}"},
    )
    for name, column in (
        ("birth_place", "birthplace"),
        ("profession", "profession"),
        ("locality", "locality"),
    )
}
_BLOCKING = (
    ("email",), ("phone",), ("surname", "birth"), ("first", "birth"), ("postcode", "house"),
    ("postcode", "surname"), ("first", "surname"),
)  # fmt: skip


def weights(levels: pl.DataFrame, parameters: Parameters) -> Floats:
    """Weights (bits) of persons by the odds alone: no household class, no rules.

    What Splink calls match weight, its prior included; `levels` as from `compare`.
    """
    two = replace(parameters, household_pairs=0.0)
    same, household, unrelated = joint_likelihoods(levels, two, PERSON)
    return same - np.logaddexp2(household, unrelated)


def written_levels(parameters: Parameters, name: str) -> dict[str, tuple[float, float]]:
    """Levels of a comparison as Splink gets them, weakest first: the chances m and u of each."""
    comparison = next(c for c in COMPARISONS[PERSON] if c.name == name)
    same, _, unrelated = parameters.odds[name]
    found: dict[str, tuple[float, float]] = {}
    at = "other"
    for word, m, u in zip(comparison.levels, same, unrelated, strict=True):
        at = word if word == "other" or word in _SQL[name][1] else at
        before = found.get(at, (0.0, 0.0))
        found[at] = (before[0] + m, before[1] + u)
    return found


def to_splink(model: Model, columns: Collection[str] | None = None) -> dict[str, Any]:
    """Settings of Splink 4 and 5 (DuckDB) that score persons as this model does without households.

    The rows to give to Splink are those of `match_values`, with a column `row`; of a table with
    fewer `columns` the comparisons of others are left out. First names and
    addresses have finer shades here than SQL tells; their chances are the model's. Further
    names and numbers of documents, of which a row has several, are left out. Frequencies Splink
    counts itself.
    """
    parameters = model.kinds[PERSON]
    pairs = max(1.0, parameters.records * (parameters.records - 1) / 2)
    names = [c.name for c in COMPARISONS[PERSON] if c.name in _SQL]
    if columns is not None:
        names = [name for name in names if _columns_of(name) <= set(columns)]
    return {
        "link_type": "dedupe_only",
        "sql_dialect": "duckdb",
        "unique_id_column_name": "row",
        "probability_two_random_records_match": min(0.4, parameters.same_pairs / pairs),
        "retain_intermediate_calculation_columns": True,
        "blocking_rules_to_generate_predictions": [
            {
                "blocking_rule": " AND ".join(f'l."{name}" = r."{name}"' for name in columns),
                "sql_dialect": "duckdb",
            }
            for columns in _BLOCKING
        ],
        "comparisons": [_written(parameters, name) for name in names],
    }


def _columns_of(name: str) -> set[str]:
    """The columns that the SQL of a comparison asks for."""
    missing, levels = _SQL[name]
    return set(re.findall(r'"(\w+)_[lr]"', " ".join([missing, *levels.values()])))


def _written(parameters: Parameters, name: str) -> dict[str, Any]:
    missing, sql = _SQL[name]
    comparison = next(c for c in COMPARISONS[PERSON] if c.name == name)
    levels: list[dict[str, Any]] = [
        {"sql_condition": missing, "label_for_charts": "missing", "is_null_level": True}
    ]
    for word, (m, u) in reversed(written_levels(parameters, name).items()):
        level = {
            "sql_condition": sql.get(word, "ELSE"),
            "label_for_charts": word,
            "m_probability": m,
            "u_probability": max(u, 1e-12),
        }
        if word == "equal" and comparison.frequency:
            level |= {"tf_adjustment_column": comparison.frequency, "tf_adjustment_weight": 1.0}
        levels.append(level)
    return {"output_column_name": name, "comparison_levels": levels}


# Columns of Splink models by the comparison that they speak about.
_COMPARISON_OF = {
    "first_name": "first_name", "surname": "surname", "birth_date": "birth_date",
    "email": "email", "phone": "phone", "mobile": "phone", "postcode": "address",
    "address": "address", "gender": "gender", "login": "login", "loyalty_number": "loyalty",
    "iban": "iban", "customer_number": "number",
}  # fmt: skip


def from_splink(settings: Mapping[str, Any]) -> Model:
    """The model of a trained Splink model's settings: two classes, no households.

    Of its comparisons those of a column known here (`columns.ROLES` and their synonyms); its exact
    level becomes our highest, its ELSE our lowest, those between go to ours in order of weight. A
    chance that falls on several of our levels is divided as our starting model has it. What is
    left out stands in the notes. The rules of `identifiers` hold as ever. Raises ValueError for
    settings without comparisons or with levels that were never trained.
    """
    comparisons = settings.get("comparisons")
    if not comparisons:
        raise ValueError("these settings have no comparisons; save them with Splink's own function")
    start = Model.default()
    parameters = start.kinds[PERSON]
    odds, notes = dict(parameters.odds), []
    taken: set[str] = set()
    for comparison in comparisons:
        column = str(comparison["output_column_name"])
        name = _comparison_of(column)
        if name is None or name in taken:
            notes.append(f"left out of the Splink model: {column}")
            continue
        taken.add(name)
        same, household, unrelated = odds[name]
        ranked = list(_trained_levels(comparison))
        labels = [label for label, _, _ in ranked]
        m = _spread([chance for _, chance, _ in ranked], labels, name, same)
        u = _spread([chance for _, _, chance in ranked], labels, name, unrelated)
        odds[name] = (m, household, u)
    for name in odds.keys() - taken:
        same, household, unrelated = odds[name]
        odds[name] = (unrelated, household, unrelated)  # says nothing, as in the model read
    pairs = parameters.records * (parameters.records - 1) / 2
    prior = float(settings.get("probability_two_random_records_match", 1e-4))
    read = replace(
        parameters,
        odds=odds,
        same_pairs=prior * pairs,
        household_pairs=0.0,
        has_families=False,
        is_fitted=True,
        thresholds=parameters.thresholds.learnt(),
        notes=tuple(notes),
    )
    return replace(start, kinds={**start.kinds, PERSON: read})


def _comparison_of(column: str) -> str | None:
    if column in _SQL:
        return column
    role = next(iter(recognised_columns([column])), "")
    return _COMPARISON_OF.get(role)


Trained = tuple[str, float, float]


def _trained_levels(comparison: Mapping[str, Any]) -> Iterator[Trained]:
    """Label, m and u of each level that is not the missing one, strongest first."""
    for level in comparison["comparison_levels"]:
        if level.get("is_null_level"):
            continue
        chances = level.get("m_probability"), level.get("u_probability")
        label = level.get("label_for_charts", level["sql_condition"])
        if not all(isinstance(chance, (int, float)) for chance in chances):
            raise ValueError(
                f"{comparison['output_column_name']}: level {label!r} was never trained; "
                "train the model in Splink first"
            )
        yield str(label), float(chances[0]), float(chances[1])


# Levels that Splink's ready-made comparisons have nothing like; they keep their starting chances.
_OWN = {"first_name": ("initial",)}


def _spread(chances: Sequence[float], labels: Sequence[str], name: str, start: Odds) -> Odds:
    """The chances of Splink's levels on our levels, in the proportions of `start` where shared."""
    words = next(c for c in COMPARISONS[PERSON] if c.name == name).levels
    is_named = all(label in words for label in labels)
    own = [] if is_named else [words.index(word) for word in _OWN.get(name, ())]
    able = [level for level in range(len(words)) if level not in own]
    place = [words.index(label) for label in labels] if is_named else _places(len(labels), able)
    total = np.zeros(len(words))
    np.add.at(total, place, np.array(chances) / sum(chances))
    owner = {level: _owner(level, {0, *place}, is_named, able[-1]) for level in able}
    result = np.array(start)
    left = 1 - sum(start[level] for level in own)
    for level, at in owner.items():
        whole = sum(start[other] for other, its in owner.items() if its == at)
        result[level] = left * total[at] * start[level] / whole
    result = np.maximum(result, 1e-12)
    shares = result / result.sum()
    return tuple(float(share) for share in shares)


def _owner(level: int, place: set[int], is_named: bool, top: int) -> int:
    """The level whose chances one shares on which none came: as written, the next weaker.

    A level between exact and ELSE in a model of Splink's own speaks for ours below it too.
    """
    stronger = [at for at in place if level <= at < top]
    if level in place or is_named or not stronger:
        return max(at for at in place if at <= level)
    return min(stronger)


def _places(count: int, able: Sequence[int]) -> list[int]:
    """Which of our levels each of so many of theirs becomes, strongest first: by rank."""
    between = list(reversed(able[1:-1])) or [0]
    inner = [between[min(place, len(between) - 1)] for place in range(max(0, count - 2))]
    return [able[-1], *inner, 0][:count] if count > 1 else [0]
