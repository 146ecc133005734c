"""Orders of keys by sorting key and place as one number."""

import numpy as np
import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from klantbeeld.identity.core.link import canonical_order
from klantbeeld.identity.core.runs import among, places_in_order

KEYS = st.lists(st.integers(0, 9) | st.integers(0, 2**62), max_size=20)


@given(KEYS)
def test_places_in_order_are_those_of_a_stable_sort(keys: list[int]) -> None:
    array = np.array(keys, dtype=np.int64)
    expected = np.argsort(array, kind="stable")
    assert places_in_order(array, max(keys, default=0)).tolist() == expected.tolist()


@given(st.lists(st.integers(-3, 3) | st.integers(-(2**63), 2**63 - 1), max_size=20))
def test_rows_are_in_order_of_their_whole_key(keys: list[int]) -> None:
    nothing = pl.Series([None] * len(keys), dtype=pl.String)
    values = pl.DataFrame({"key": pl.Series(keys, dtype=pl.Int64)})
    values = values.with_columns(nothing.alias("source"), nothing.alias("updated"))
    expected = sorted(range(len(keys)), key=lambda row: (keys[row], row))
    assert canonical_order(values).tolist() == expected


def test_what_occurs_is_found_however_many_there_are() -> None:
    draw = np.random.default_rng(3)
    values = draw.integers(-(2**62), 2**62, 70_000)
    values[::3] %= 1_000_000  # many that are alike in their low bits
    for size in (0, 1, 50, 5_000, 300_000):
        held = np.sort(np.concatenate([draw.integers(-(2**62), 2**62, size), values[:size:7]]))
        assert among(values, held).tolist() == np.isin(values, held).tolist()
        assert among(values[:20], held).tolist() == np.isin(values[:20], held).tolist()
