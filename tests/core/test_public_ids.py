"""Public ids: a permutation, so nothing collides and everything comes back."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantbeeld.core.public_ids import ALPHABET, LENGTH, UnknownPublicId, from_public, to_public

KEYS = st.integers(min_value=1, max_value=2**63 - 1)


@given(KEYS)
def test_an_id_comes_back_as_the_same_key(key: int) -> None:
    public = to_public("customer", key)
    assert len(public) == LENGTH
    assert set(public) <= set(ALPHABET)
    assert from_public("customer", public) == key


@given(st.sets(KEYS, min_size=2, max_size=50))
def test_two_keys_never_share_an_id(keys: set[int]) -> None:
    assert len({to_public("customer", k) for k in keys}) == len(keys)


def test_neighbouring_keys_do_not_look_alike() -> None:
    ids = [to_public("customer", k) for k in range(1, 1_000)]
    same_start = sum(a[:4] == b[:4] for a, b in pairwise(ids))
    assert same_start <= 2
    assert sorted(ids) != ids


def test_the_same_key_of_another_kind_has_another_id() -> None:
    assert to_public("customer", 7) != to_public("interaction", 7)


@given(st.text(max_size=20))
def test_any_other_text_is_refused_or_is_an_id(text: str) -> None:
    try:
        key = from_public("customer", text)
    except UnknownPublicId:
        return
    assert to_public("customer", key) == text


@pytest.mark.parametrize("text", ["", "0", "z" * LENGTH, "I" * LENGTH, "0" * 12 + "é"])
def test_nonsense_is_refused(text: str) -> None:
    with pytest.raises(UnknownPublicId):
        from_public("customer", text)
