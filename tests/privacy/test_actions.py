"""Erasing somebody: what is remembered, so that no file brings them back."""

from __future__ import annotations

import polars as pl
import pytest

from klantbeeld.pipeline.actions import erase_customer
from klantbeeld.privacy import tombstones
from tests.records import SYSTEM, customer, record

pytestmark = pytest.mark.django_db(transaction=True)


def is_forgotten(kind: str, *values: str) -> list[bool]:
    return tombstones.suppressed({kind: pl.Series(values, dtype=pl.String)}).to_list()


def test_what_somebody_was_known_by_before_is_remembered_too() -> None:
    """Last year's export still has the address of then."""
    left = record({"email": "nieuw@example.com"}, versions=[{"email": "oud@example.com"}])
    stays = record({"email": "ander@example.com"})
    assert is_forgotten("email", "oud@example.com") == [False]
    erase_customer(SYSTEM, customer(left), alone="Nobody else works here")
    found = is_forgotten("email", "nieuw@example.com", "oud@example.com", "ander@example.com")
    assert found == [True, True, False]
    assert stays
