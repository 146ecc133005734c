"""Why each true group of a small set was not found as it is: what contradicts, what is missing."""

from __future__ import annotations

from typing import Any

import polars as pl

from klantbeeld.identity.core import Explanation, Resolution

# Bits from which a field says something.
_TELLS = 0.5


def missed(found: Resolution, truth: pl.Series) -> list[dict[str, Any]]:
    """One entry per true group that was split, and per found group that holds several.

    cluster: the true group, or all of them; pair: the two rows that came nearest to joining, or
    that hold the wrong ones together; `for`, `against` and `unknown` are fields of `.explain`.
    """
    rows = pl.DataFrame({"row": range(len(truth)), "truth": truth})
    rows = rows.with_columns(found.clusters["customer"]).drop_nulls("truth")
    split = rows.group_by("truth").agg("row", "customer").sort("truth")
    split = split.filter(pl.col("customer").list.n_unique() > 1)
    merged = rows.group_by("customer").agg("row", "truth").sort("customer")
    merged = merged.filter(pl.col("truth").list.n_unique() > 1)
    entries = [_entry(found, "split", [t], r, c) for t, r, c in split.iter_rows()]
    return entries + [
        _entry(found, "merged", sorted(set(t)), r, t) for _, r, t in merged.iter_rows()
    ]


def _entry(
    found: Resolution, what: str, clusters: list[Any], rows: list[int], part: list[Any]
) -> dict[str, Any]:
    """The pair across the parts with the highest weight, explained."""
    kind = found.values["kind"]
    ends = [
        (rows[i], rows[j])
        for i in range(len(rows))
        for j in range(i)
        if part[i] != part[j] and kind[rows[i]] == kind[rows[j]]
    ]
    entry = {"cluster": "+".join(map(str, clusters)), "what": what, "rows": len(rows)}
    if not ends:
        return entry | {"because": "rows of a person and of an organisation are never compared"}
    told = {pair: found.explain(*pair) for pair in ends}
    pair = max(told, key=lambda one: told[one].weight)
    bar = found.model.kinds[kind[rows[0]]].thresholds.same
    return entry | {"pair": list(pair)} | _said(told[pair], what, bar)


def _said(explanation: Explanation, what: str, bar: float) -> dict[str, Any]:
    fields = [field for field in explanation.fields if field.level >= 0]
    for_it = [f"{field.words} {field.weight:+.1f}" for field in fields if field.weight >= _TELLS]
    # What is equal and yet counts against is what a household shares; that is told below.
    unlike = [field for field in fields if field.weight <= -_TELLS and field.level <= 1]
    against = [f"{field.words} {field.weight:+.1f}" for field in unlike]
    against += [f"{words} {bits:+.1f}" for words, bits in explanation.rules if bits < 0]
    unknown = [
        field.name for field in explanation.fields
        if field.level < 0 and field.name in ("first_name", "birth_date", "address", "email", "phone")
    ]  # fmt: skip
    return {
        "weight": round(explanation.weight, 1),
        "bar": bar,
        "because": _because(what, explanation, bar, against, for_it),
        "for": for_it,
        "against": against,
        "unknown": unknown,
    }


def _because(
    what: str, explanation: Explanation, bar: float, against: list[str], for_it: list[str]
) -> str:
    """The explanation in one sentence."""
    if what == "merged":
        doubt = "; against it: " + ", ".join(against) if against else "; nothing contradicts"
        return "held together by " + (", ".join(for_it) or "what others share") + doubt
    if explanation.weight >= bar:
        return "this pair would join, the other rows of the two parts contradict"
    if against:
        return "contradicted by " + ", ".join(against)
    if explanation.p_household > explanation.p_unrelated:
        return "what agrees is shared in a household or a group as well"
    return "too little is known: " + (", ".join(for_it) or "nothing agrees")
