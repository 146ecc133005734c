"""As `core.households`, of few records and without setting up columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from klantbeeld.identity import core
from klantbeeld.identity.core.components import components
from klantbeeld.identity.core.households import LARGEST_HOUSEHOLD, tells_home
from klantbeeld.identity.core.plain import Plain
from klantbeeld.identity.nearby import home_hash

Columns = Mapping[str, npt.NDArray[Any]]


def households_few(
    said: Sequence[Plain], customers: Sequence[int], pairs: Columns, bounds: core.Thresholds
) -> list[int]:
    """As `core.households`."""
    homes = [home_hash(one) for one in said]
    at_home = lives(said, customers, homes)
    left, right = [*customers], [*range(len(said))]
    if len(pairs["left"]):
        at = np.flatnonzero(pairs["p_household"] >= bounds.household)
        one, other = (pairs[side][at].astype(np.int64) for side in ("left", "right"))
        told = tells_home(np.array(homes), np.array(at_home), one, other)
        left += one[told].tolist()
        right += other[told].tolist()
    met: dict[tuple[int, str], set[int]] = {}
    for row, home in enumerate(homes):
        if home and home == at_home[row]:
            for name in {said[row].part, said[row].other_part} - {""}:
                met.setdefault((home, name), set()).add(customers[row])
    for fellows in met.values():
        if 1 < len(fellows) <= LARGEST_HOUSEHOLD:
            left += [min(fellows)] * len(fellows)
            right += fellows
    label = components(len(said), np.array(left), np.array(right)).tolist()
    sizes: dict[int, set[int]] = {}
    for held, customer in zip(label, customers, strict=True):
        sizes.setdefault(held, set()).add(customer)
    return [held if len(sizes[held]) > 1 else -1 for held in label]


def lives(said: Sequence[Plain], customers: Sequence[int], homes: Sequence[int]) -> list[int]:
    """As in `core.households`: per row where its customer lives now, 0 where that is not known."""
    latest: dict[int, str] = {}
    for one, customer, home in zip(said, customers, homes, strict=True):
        if home and one.updated:
            latest[customer] = max(one.updated, latest.get(customer, ""))
    told: dict[int, Counter[int]] = {}
    for one, customer, home in zip(said, customers, homes, strict=True):
        if home and latest.get(customer, one.updated) == one.updated:
            told.setdefault(customer, Counter())[home] += 1
    found = {
        customer: max((count, home) for home, count in counts.items())[1]
        for customer, counts in told.items()
    }
    return [found.get(customer, 0) for customer in customers]
