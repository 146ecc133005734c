"""The five customer groups, one customer at a time."""

from __future__ import annotations

import pytest

from klantbeeld.segments.rules import FACTS, GROUPS, INTENT, INTEREST, STEPS, Fact, group_of

TODAY = 20_000
YEAR_AGO = TODAY - 365


@pytest.mark.parametrize(
    ("facts", "group", "reason"),
    [
        ({}, "other", "nothing"),
        ({"order": Fact("order", YEAR_AGO)}, "active", "order:19635"),
        ({"order": Fact("order", YEAR_AGO - 1)}, "inactive", "order:19634"),
        (
            {"running": Fact("subscription", 15_000), "order": Fact("order", 15_500)},
            "active",
            "subscription:15000",
        ),
        ({"running": Fact("subscription")}, "active", "subscription"),
        ({"subscription": Fact("subscription", 19_900)}, "inactive", "subscription:19900"),
        (
            {"order": Fact("order", 100), "intent": Fact("quote", TODAY)},
            "inactive",  # a quote does not make a former customer a potential one
            "order:100",
        ),
        ({"intent": Fact("cart", YEAR_AGO)}, "potential", "cart:19635"),
        ({"intent": Fact("cart", YEAR_AGO - 1)}, "other", "nothing"),
        (
            {"intent": Fact("lead", YEAR_AGO - 1), "interest": Fact("search", TODAY)},
            "possibly_interested",
            "search:20000",
        ),
        ({"interest": Fact("survey", YEAR_AGO - 1)}, "other", "nothing"),
        (
            {"relation": Fact("relation:supplier"), "order": Fact("order", TODAY)},
            "other",
            "relation:supplier",
        ),
    ],
)
def test_group_and_reason(facts: dict[str, Fact], group: str, reason: str) -> None:
    assert group_of(facts, TODAY) == (group, reason)


def test_the_declarations_fit_together() -> None:
    assert {step.fact for step in STEPS} == set(FACTS)
    assert {step.group for step in STEPS} == set(GROUPS)
    assert not set(INTENT) & set(INTEREST)
    assert "order" not in {*INTENT, *INTEREST}
