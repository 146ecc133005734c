"""One component by itself is clustered as among all."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.customers import simulate
from klantbeeld.identity.core import Model, native
from klantbeeld.identity.core.cluster import cluster, evidence, loose_components
from klantbeeld.identity.core.cluster_one import cluster_one
from klantbeeld.identity.core.plain import plain
from klantbeeld.identity.core.score import prior_bits
from klantbeeld.identity.core.weighing import scored_among, with_shared

PERSONS = Model.default().kinds["person"]


@pytest.mark.parametrize("is_compiled", [True, False])
def test_a_component_by_itself_is_clustered_as_among_all(
    is_compiled: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not is_compiled:
        monkeypatch.setattr(native, "library", lambda: None)
    rows = simulate(160, 3).frame.rows(named=True)
    said = [plain(row) for row in rows]
    ends = np.triu_indices(len(said), 1)
    pairs = {"left": ends[0], "right": ends[1]} | scored_among(said, ends, PERSONS, "person")
    # With much that hangs together, so that there is something to keep apart.
    weight = pairs["weight"].astype(np.float64)
    label = loose_components(len(said), pairs, weight, PERSONS.thresholds)
    told, divided = evidence(pairs, prior_bits(PERSONS), PERSONS.thresholds.same), 0
    for root, size in zip(*np.unique(label, return_counts=True), strict=True):
        mine = np.flatnonzero(label == root)
        inside = np.flatnonzero((label[ends[0]] == root) & (label[ends[1]] == root))
        if size < 3:
            continue
        own = {name: column[inside] for name, column in pairs.items()}
        own |= {side: np.searchsorted(mine, own[side]) for side in ("left", "right")}
        texts = [said[at] for at in mine]

        def shared(some: dict, texts: list = texts) -> dict:
            return with_shared(some, texts, (some["left"], some["right"]), PERSONS, "person")

        whole = shared(own) | {"evidence": told[inside]}
        expected = cluster(len(mine), whole, weight[inside], PERSONS).labels.tolist()
        found = cluster_one(len(mine), own, told[inside], PERSONS, shared).tolist()
        assert found == expected
        by_average = cluster(len(mine), whole, weight[inside], PERSONS.thresholds).labels.tolist()
        assert cluster_one(len(mine), own, told[inside], PERSONS).tolist() == by_average
        divided += 1 < len(set(expected)) < len(mine)
    assert divided > 3
