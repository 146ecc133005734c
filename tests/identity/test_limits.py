"""Values that too many people use, that a company blocks, and which identifier goes first."""

from __future__ import annotations

from itertools import permutations

import polars as pl
import pytest

from klantbeeld.identity.core import Constraints, Limit, resolve
from klantbeeld.identity.core.limits import crowded, held_by
from klantbeeld.identity.core.values import match_values

TILL = "kas@example.nl"
PEOPLE = [
    ("Jan", "Steenhof", "Utrecht", "2024-01-01"),
    ("Jan", "Steenhof", "Leiden", "2024-02-01"),
    ("J.", "Steenhof", "Zwolle", "2024-02-11"),
    ("Mieke", "Bakker", "Delft", "2024-03-01"),
    ("Piet", "Visser", "Gouda", "2026-03-01"),
]


def people(order: tuple[int, ...]) -> pl.DataFrame:
    rows = [PEOPLE[place] for place in order]
    names = ["first_name", "surname", "city", "updated_at"]
    frame = pl.DataFrame(rows, schema=names, orient="row")
    return frame.with_columns(pl.lit(TILL).alias("email"))


def customers(limit: Limit | None, order: tuple[int, ...]) -> frozenset[frozenset[int]]:
    limits = {"email": limit} if limit else {}
    found = resolve(people(order), constraints=Constraints(limits=limits)).clusters
    held = found.with_columns(pl.Series("who", order)).group_by("customer").agg("who")
    return frozenset(frozenset(group) for group in held["who"].to_list())


LINKED = frozenset({frozenset({0, 1, 2}), frozenset({3}), frozenset({4})})
APART = frozenset(frozenset({place}) for place in range(5))


@pytest.mark.parametrize(
    ("limit", "wanted"),
    [
        (None, LINKED), (Limit(3), LINKED), (Limit(2), APART), (Limit(1), APART),
        (Limit(2, days=100), LINKED), (Limit(2, days=1_000), APART), (Limit(1, days=100), APART),
    ],
)  # fmt: skip
def test_limits_whatever_the_order(limit: Limit | None, wanted: frozenset[frozenset[int]]) -> None:
    assert {customers(limit, order) for order in permutations(range(5))} == {wanted}


def test_only_the_value_that_is_over_its_limit_is_left_out() -> None:
    frame = people((0, 1, 3, 4)).with_columns(
        pl.Series("mobile", ["097000012345", "097000012345", None, None])
    )
    found = resolve(frame, constraints=Constraints(limits={"email": Limit(2)}))
    assert found.shared == {"email": 1}
    assert found.report()["over_their_limit"] == {"email": 1}
    assert found.clusters["customer"].to_list() == [0, 0, 2, 3]


def test_what_an_organisation_holds_is_left_alone() -> None:
    frame = people((0, 3, 4)).with_columns(pl.lit(None, pl.String).alias("organisation_name"))
    firm = pl.DataFrame({"organisation_name": ["Kaasboer BV"], "email": [TILL]})
    values = match_values(pl.concat([frame, firm], how="diagonal"))
    limits = {"email": Limit(2)}
    for rows, over in ((4, 0), (3, 1)):
        some = values[:rows]
        assert len(crowded(held_by(some, limits), lambda at, v=some: v[at], limits)) == over


def test_a_crowd_of_names_is_over_any_limit() -> None:
    names = [f"{chr(97 + n % 26)}{'aeiou'[n % 5]}{chr(97 + n // 26)}ton" for n in range(300)]
    values = match_values(pl.DataFrame({"first_name": names, "email": [TILL] * 300}))
    limits = {"email": Limit(100)}
    assert len(crowded(held_by(values, limits), lambda at: values[at], limits)) == 1


def test_blocked_values_say_nothing() -> None:
    frame = people((0, 1))
    assert resolve(frame).clusters["customer"].to_list() == [0, 0]
    told = Constraints(blocked={"email": [" Kas@Example.nl"]})
    assert resolve(frame, constraints=told).clusters["customer"].to_list() == [0, 1]


def test_placeholders_are_blocked_by_themselves() -> None:
    for role, value in (
        ("email", "noreply@example.nl"), ("mobile", "06-12345678"),
        ("phone", "0000000000"), ("login", "onbekend"), ("loyalty_number", "n.v.t."),
    ):  # fmt: skip
        frame = people((0, 1)).drop("email").with_columns(pl.lit(value).alias(role))
        assert resolve(frame).clusters["customer"].to_list() == [0, 1], value


def test_the_stronger_identifier_decides() -> None:
    """An order without a name has Jan's customer number and Mieke's mailbox."""
    frame = pl.DataFrame(
        {
            "first_name": ["Jan", "Mieke", None], "surname": ["Steenhof", "Bakker", None],
            "customer_number": ["1", None, "1"], "email": [None, TILL, TILL],
        }
    )  # fmt: skip

    def customer_of_order(*order: str) -> int:
        found = resolve(frame, constraints=Constraints(priority=order))
        return int(found.clusters["customer"][2])

    assert customer_of_order() == 0
    assert customer_of_order("email", "number") == 1
    assert customer_of_order("email") == 1


@pytest.mark.parametrize(
    "wrong",
    [
        Constraints(limits={"mood": Limit(2)}), Constraints(blocked={"mood": ["x"]}),
        Constraints(priority=("mood",)), Constraints(priority=("email", "email")),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(wrong: Constraints) -> None:
    with pytest.raises(ValueError, match=r"mood|once at most"):
        resolve(people((0, 1)), constraints=wrong)


@pytest.mark.parametrize(("persons", "days"), [(0, None), (2, 0), (1_000, None)])
def test_limits_that_cannot_be(persons: int, days: int | None) -> None:
    with pytest.raises(ValueError, match="no limit"):
        Limit(persons, days)
