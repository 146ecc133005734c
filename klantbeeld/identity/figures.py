"""What a match looked like, in numbers: how sure it was, which keys brought what, how large."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import polars as pl

from klantbeeld.identity import core

# Weights in bits, two to a bar; what lies outside counts with the last bar on its side.
LOWEST, HIGHEST, STEP = -20, 40, 2
# Customers of so many records and more are counted together.
LARGEST = 10


def of_pairs(pairs: pl.DataFrame) -> dict[str, Any]:
    """Of scored pairs: how many, how sure, and what each key brought (and alone)."""
    weight = np.clip(pairs["weight"].to_numpy().astype(np.float64), LOWEST, HIGHEST - 1e-6)
    counts, _ = np.histogram(weight, bins=np.arange(LOWEST, HIGHEST + STEP, STEP))
    return {"pairs": len(pairs), "weights": counts.tolist(), "keys": _keys(pairs)}


def _keys(pairs: pl.DataFrame) -> dict[str, list[int]]:
    rules = pairs["rules"].to_numpy()
    found = {}
    for place, kind in enumerate(core.KEY_KINDS):
        brought = int((rules >> place & 1).sum())
        if brought:
            found[kind.name] = [brought, int((rules == 1 << place).sum())]
    return found


def of_clusters(clusters: pl.DataFrame) -> dict[str, Any]:
    """Of clusters (record, cluster, household): customers, households and sizes."""
    sizes = clusters.group_by("cluster").len()["len"].clip(upper_bound=LARGEST)
    counted = sizes.value_counts().sort("len")
    homes = clusters.filter(pl.col("household") != 0)["household"].n_unique()
    return {
        "records": len(clusters),
        "customers": clusters["cluster"].n_unique(),
        "households": homes,
        "sizes": {str(size): count for size, count in counted.iter_rows()},
    }


def bits(parameters: core.Parameters) -> dict[str, list[float]]:
    """Per comparison what each level says for 'same' against a stranger, in bits."""
    told: dict[str, list[float]] = {}
    for name, (same, _household, unrelated) in parameters.odds.items():
        told[name] = [
            round(float(np.log2(max(m, 1e-12) / max(u, 1e-12))), 2)
            for m, u in zip(same, unrelated, strict=True)
        ]
    return told


def of_model(model: core.Model) -> dict[str, Any]:
    """What a model holds, per kind: bars, numbers it expects, levels in bits, notes."""
    return {kind: _of_kind(parameters) for kind, parameters in model.kinds.items()}


def _of_kind(parameters: core.Parameters) -> Mapping[str, Any]:
    bounds = parameters.thresholds
    return {
        "learnt": parameters.is_fitted,
        "join_bits": bounds.same, "names_bits": bounds.same + bounds.names,
        "review_bits": bounds.review, "household": bounds.household,
        "same_pairs": round(parameters.same_pairs),
        "household_pairs": round(parameters.household_pairs),
        "has_families": parameters.has_families,
        "bits": bits(parameters),
        "notes": list(parameters.notes),
    }  # fmt: skip
