"""Verdicts of very many at once are those that each would get alone."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import narwhals as nw
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klantbeeld.core.clock import date_to_day
from klantbeeld.privacy.contact import may_contact
from klantbeeld.privacy.contact_law.facts import ContactFacts
from klantbeeld.privacy.contact_tables import PARTS, verdicts
from tests.privacy.cases import all_cases
from tests.privacy.test_contact import any_facts

NAMES = tuple(PARTS)
BLANK = ContactFacts("email", "marketing", date(2026, 1, 1))
DAYS = ("customer_since", "last_deal", "last_inquiry")
SCHEMA = {
    name: pl.Int32 if name in (*DAYS, "age")
    else pl.Boolean if name == "bought" or set(PARTS[name].values) <= {None, True, False}
    else pl.String
    for name in NAMES
}  # fmt: skip


def row(facts: ContactFacts) -> dict[str, Any]:
    """Facts as a row of the frame."""
    found = {name: getattr(facts, name) for name in NAMES}
    found["bought"] = bool(facts.offered) and facts.offered in facts.bought
    for name in DAYS:
        found[name] = None if found[name] is None else date_to_day(found[name])
    return found


def told(
    people: Sequence[ContactFacts], asked: ContactFacts, names: tuple[str, ...] = NAMES
) -> list[tuple[str, str, str]]:
    """Answer, reason and rule of all at once."""
    frame = pl.DataFrame([row(p) for p in people], schema=SCHEMA)
    lazy: Any = verdicts(nw.from_native(frame.lazy()), names, asked)
    found: pl.DataFrame = nw.to_native(lazy).collect()
    return found.select("answer", "reason", "rule").rows()


def alone(facts: ContactFacts) -> tuple[str, str, str]:
    """The same of one."""
    verdict = may_contact(facts)
    return verdict.answer, verdict.reason, verdict.rule


def test_every_case_gets_the_verdict_it_gets_alone() -> None:
    # Cases that ask the same question are judged in one frame, of the facts that differ.
    asked: dict[ContactFacts, list[ContactFacts]] = {}
    for case in all_cases():
        shared = replace(case.facts, **{name: getattr(BLANK, name) for name in NAMES})
        asked.setdefault(shared, []).append(case.facts)
    for shared, people in asked.items():
        names = tuple(n for n in NAMES if any(getattr(p, n) != getattr(BLANK, n) for p in people))
        assert told(people, shared, names) == [alone(p) for p in people]


def any_person(dice: random.Random, asked: ContactFacts) -> ContactFacts:
    """Somebody of whom as much differs as can."""
    found: dict[str, Any] = {}
    for name in NAMES:
        found[name] = dice.choice(PARTS[name].values)
    found["country"] = dice.choice(("NL", "NL", "BE", "DE", "FR", "DK", "AT", "PL", "EU", "US",
                                    "GB", "CN"))  # fmt: skip
    found["age"] = dice.choice((None, None, 3, 12, 13, 14, 15, 16, 90))
    found["region"] = dice.choice(("", "CA", "TX", "NY"))
    found["bought"] = dice.choice(
        (frozenset(), frozenset({"bikes", "bells"}), frozenset({"bells"}))
    )
    for name in DAYS:
        ago = dice.choice((-1, 0, 1, 92, 93, 540, 549, 1_095, 1_096, 1_200))
        found[name] = dice.choice((None, asked.day - timedelta(days=ago)))
    for name in ("is_deceased", "is_restricted", "has_objected", "do_not_contact"):
        found[name] = dice.random() < 0.05
    return replace(asked, **found)


@given(any_facts(offered="bikes"), st.integers(0, 1 << 30))
@settings(max_examples=25, deadline=None)
def test_any_people_get_the_verdicts_they_get_alone(asked: ContactFacts, seed: int) -> None:
    dice = random.Random(seed)
    people = [any_person(dice, asked) for _ in range(200)]
    assert told(people, asked) == [alone(p) for p in people]


@pytest.mark.parametrize("day", [date(2026, 3, 31), date(2024, 2, 29), date(2026, 7, 1)])
@pytest.mark.parametrize("months", [3, 18, 36])
def test_the_border_of_a_term_is_the_same_day(day: date, months: int) -> None:
    asked = ContactFacts("phone", "marketing", day, country="US", offered="x")
    first = date_to_day(day) - months * 31 - 5
    people = [
        replace(asked, **{name: date.fromordinal(date(1970, 1, 1).toordinal() + first + n)})
        for n in range(40 + months)
        for name in ("last_deal", "last_inquiry")
    ]
    assert told(people, asked) == [alone(p) for p in people]


def test_what_no_rule_knows_is_judged_by_nobody() -> None:
    asked = ContactFacts("email", "marketing", date(2026, 1, 1))
    frame = pl.DataFrame([{**row(asked), "consent": "perhaps"}], schema=SCHEMA)
    with pytest.raises(ValueError, match="no rule knows"):
        verdicts(nw.from_native(frame.lazy()), NAMES, asked)
    frame = pl.DataFrame([{**row(asked), "is_restricted": None}], schema=SCHEMA)
    with pytest.raises(ValueError, match="no rule knows"):
        verdicts(nw.from_native(frame.lazy()), NAMES, asked)
