"""Groups and reasons in words."""

from __future__ import annotations

from datetime import date

import pytest

from klantbeeld.core.clock import date_to_day
from klantbeeld.segments import reads
from klantbeeld.segments.rules import GROUPS, INTENT, INTEREST, NEVER
from tests.records import actor

SALES = actor("sales")


def test_every_group_has_a_name_and_a_definition() -> None:
    found = reads.groups(SALES)
    assert [g.key for g in found] == list(GROUPS)
    assert all(g.label and g.definition for g in found)


@pytest.mark.parametrize("kind", ["order", "subscription", *INTENT, *INTEREST])
def test_every_reason_has_words_and_its_day(kind: str) -> None:
    day = date_to_day(date(2026, 3, 1))
    told = reads.in_words(SALES, "active", f"{kind}:{day}")
    assert told.day == date(2026, 3, 1)
    assert told.why and told.why != kind
    assert reads.in_words(SALES, "active", kind).day is None


def test_relations_are_reasons() -> None:
    for word in set(NEVER.values()):
        told = reads.in_words(SALES, "other", f"relation:{word}")
        assert told.why and told.day is None


def test_what_is_unknown_stays_as_it_is() -> None:
    assert reads.in_words(SALES, "strange", "own_word").why == "own word"
    assert reads.in_words(SALES, "other").why == ""
