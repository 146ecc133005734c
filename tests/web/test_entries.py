"""Whatever happened has words on the screen."""

from __future__ import annotations

from klantbeeld.pipeline import words
from klantbeeld.web.filled import entries


def test_every_kind_of_event_that_the_house_makes_has_a_title() -> None:
    kinds = {*words.EVENT_KINDS.values(), *words.TABLE_KINDS.values(), *words.CASE_TABLES.values()}
    # Points are told by their number.
    assert kinds - set(entries.TITLES) == {"points"}
