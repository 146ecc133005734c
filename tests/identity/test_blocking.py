"""Which key kinds a large table can do without."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from klantbeeld.identity.core import KEY_KINDS, Model, blocking, in_roles, match_values
from klantbeeld.identity.core.keys import PAIRS

from .people import table

_PLACE = {kind.name: place for place, kind in enumerate(KEY_KINDS)}


def brought(pairs: list[tuple[int, int]], *kinds: str) -> pl.DataFrame:
    """Pairs that met by these kinds."""
    rules = sum(1 << _PLACE[kind] for kind in kinds)
    return pl.DataFrame([(a, b, rules) for a, b in pairs], schema=PAIRS, orient="row")


def test_kinds_that_bring_only_strangers_are_idle(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of four kinds one brings strangers alone, one brings doubles, one both, one is learnt from."""
    monkeypatch.setattr(blocking, "FEW_PAIRS", 10)
    random = np.random.default_rng(1)
    words = ["".join(random.choice(list("abdegiklmnoprstuv"), 9)) for _ in range(100)]
    people = [
        {
            "first_name": words[n % 50],
            "surname": words[50 + n % 50],
            "birth_date": f"{1920 + n % 50}-{1 + n % 12:02}-23",
            "postcode": f"{1000 + 50 * (n % 50)}AB",
            "house_number": str(n % 50 + 1),
        }
        for n in [*range(50), *range(50)]
    ]
    values = match_values(in_roles(table(people)))
    doubles, strangers = [(n, n + 50) for n in range(50)], [(n, n + 1) for n in range(49)]
    pairs = pl.concat([
        brought(strangers, "street"), brought(doubles, "first_birth"),
        brought(strangers, "street", "mailbox"), brought(strangers, "name"),
    ])  # fmt: skip
    start = Model.default().kinds["person"]
    idle = blocking.idle_kinds(values, np.arange(100), pairs, start, "person")
    assert idle == ("street",)
    left = blocking.without_kinds(pairs, idle)
    assert len(left) == len(pairs) - len(strangers)
    assert (left["rules"].to_numpy() >> np.uint64(_PLACE["street"]) & np.uint64(1)).sum() == 0
    monkeypatch.setattr(blocking, "FEW_PAIRS", len(pairs) + 1)
    assert blocking.idle_kinds(values, np.arange(100), pairs, start, "person") == ()
