"""Few pairs are scored as many are, to the last digit."""

from __future__ import annotations

import random

import numpy as np
import pytest

from benchmarks.customers import simulate
from klantbeeld.identity.core import Model, in_roles, learn, match_values, prepare, weighing
from klantbeeld.identity.core.plain import plain

FRAME = simulate(600, 3).frame
LEARNT = learn(prepare(match_values(in_roles(FRAME)), "person"), Model.default())


@pytest.mark.parametrize("model", [Model.default(), LEARNT])
def test_few_pairs_are_scored_as_many(model: Model, monkeypatch: pytest.MonkeyPatch) -> None:
    parameters, draw = model.kinds["person"], random.Random(1)
    said = [plain(row) for row in FRAME.to_dicts()]
    for count in range(weighing.FEWEST_PAIRS):
        places = [draw.randrange(len(said) - 20) for _ in range(count)]
        pairs = [[at, at + draw.randrange(1, 20)] for at in places]
        ends = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
        few = weighing.scored_among(said, (ends[0], ends[1]), parameters, "person")
        with monkeypatch.context() as patch:
            patch.setattr(weighing, "FEWEST_PAIRS", 0)
            many = weighing.scored_among(said, (ends[0], ends[1]), parameters, "person")
        assert few.keys() == many.keys()
        for name, column in many.items():
            assert few[name].dtype == column.dtype
            assert few[name].tobytes() == column.tobytes(), name
