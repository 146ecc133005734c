"""The second simulated base is what it says: families, lives, sources and errors."""

from __future__ import annotations

import polars as pl
import pytest

from benchmarks.customers import Customers, simulate

ROWS = 20_000


@pytest.fixture(scope="module")
def base() -> Customers:
    return simulate(ROWS, seed=5)


@pytest.fixture(scope="module")
def rows(base: Customers) -> pl.DataFrame:
    return base.frame.with_columns(base.person, base.household)


def per_person(rows: pl.DataFrame, column: str) -> pl.DataFrame:
    return rows.group_by("person").agg(pl.col(column).drop_nulls().n_unique().alias("values"))


def test_it_is_deterministic_and_of_the_size_asked(base: Customers) -> None:
    assert len(base.frame) == len(base.person) == len(base.household) == ROWS
    again = simulate(ROWS, seed=5)
    assert base.frame.equals(again.frame)
    assert base.person.equals(again.person)
    assert not base.frame.equals(simulate(ROWS, seed=6).frame)


def test_the_truth_is_not_among_the_columns(base: Customers) -> None:
    assert {"person", "household"}.isdisjoint(base.frame.columns)


def test_some_people_are_there_once_and_some_often(rows: pl.DataFrame) -> None:
    times = rows["person"].value_counts(name="times")["times"]
    assert 0.25 < (times == 1).mean() < 0.45
    assert 2.3 < times.mean() < 2.8
    assert times.max() >= 8


def test_households_hold_several_people(rows: pl.DataFrame) -> None:
    people = rows.unique("person")["household"].value_counts(name="people")["people"]
    assert 0.4 < (people >= 2).mean() < 0.6
    assert people.max() == 5


def test_each_source_fills_its_own_columns(rows: pl.DataFrame) -> None:
    filled = (
        rows.group_by("source")
        .agg(pl.all().is_not_null().mean())
        .rows_by_key("source", named=True, unique=True)
    )
    assert set(filled) == {"backoffice", "webshop", "newsletter", "service", "card"}
    assert filled["newsletter"]["postcode"] == 0
    assert filled["newsletter"]["email"] == 1
    assert filled["webshop"]["email"] > 0.97
    assert filled["card"]["birth_date"] > 0.85
    assert filled["card"]["full_name"] == 1
    assert filled["backoffice"]["initials"] == 1
    assert filled["backoffice"]["first_name"] == 0
    assert 0.5 < filled["service"]["postcode"] < 0.7


def test_names_have_skewed_shares(rows: pl.DataFrame) -> None:
    names = rows["surname"].drop_nulls().str.to_lowercase().value_counts(sort=True)
    assert names["count"][0] > 20 * names["count"].median()
    assert len(names) > 1500


def test_people_move_change_mailbox_and_name(rows: pl.DataFrame) -> None:
    known = rows.filter(pl.col("postcode").is_not_null())
    several = per_person(known, "postcode").filter(known.group_by("person").len()["len"].min() > 0)
    assert 0.05 < (several["values"] > 1).mean() < 0.35
    assert 0.05 < (per_person(rows, "email")["values"] > 1).mean() < 0.4
    married = rows.filter(pl.col("surname").str.contains("-"))
    assert 0.01 < len(married) / len(rows) < 0.12


def test_mailboxes_are_shared_at_home_and_at_work(rows: pl.DataFrame) -> None:
    owners = (
        rows.drop_nulls("email").group_by("email").agg(pl.col("person", "household").n_unique())
    )
    family = owners.filter(pl.col("email").str.starts_with("fam"))
    assert (family["person"] > 1).mean() > 0.3
    assert (family["household"] > 1).mean() < 0.01
    work = owners.filter(pl.col("email").str.starts_with("info@firma"))
    assert (work["household"] > 1).mean() > 0.4
    personal = owners.filter(pl.col("email").str.contains(r"^[a-z]+\.[a-z]+@"))
    assert (personal["household"] > 1).mean() < 0.01


def test_twins_namesakes_and_sons_called_after_their_father() -> None:
    clean = simulate(ROWS, seed=5, dirt=0)
    rows = clean.frame.with_columns(clean.person, clean.household)
    born = rows.drop_nulls("birth_date").unique("person").group_by("household", "birth_date").len()
    assert (born["len"] == 2).sum() >= 3
    named = rows.drop_nulls(["first_name", "surname"]).unique("person")
    in_town = named.group_by("city", "first_name", "surname").agg(pl.col("household").n_unique())
    assert (in_town["household"] > 1).sum() >= 10
    at_home = named.group_by("household", "first_name", "surname").len()
    assert (at_home["len"] > 1).sum() >= 3


def test_values_that_say_nothing(rows: pl.DataFrame) -> None:
    for column, value in (
        ("email", "n.v.t."),
        ("mobile", "0612345678"),
        ("birth_date", "1900-01-01"),
    ):
        assert 0 < (rows[column] == value).sum() < 0.01 * ROWS, column


def test_one_january_and_forgotten_prefixes(rows: pl.DataFrame) -> None:
    assert 0.005 < rows["birth_date"].drop_nulls().str.ends_with("-01-01").mean() < 0.06
    names = rows.filter(pl.col("source") == "webshop").drop_nulls("surname")
    with_prefix = names.filter(pl.col("surname").str.contains("(?i)^van"))["person"]
    forgot = names.filter(
        ~pl.col("surname").str.contains("(?i)^van|-"), pl.col("person").is_in(with_prefix.implode())
    )
    assert 0.005 < len(forgot) / len(with_prefix) < 0.15


def test_dirt_multiplies_errors() -> None:
    def unheard(dirt: float) -> float:
        made = simulate(ROWS, seed=5, dirt=dirt)
        with_city = made.frame.drop_nulls("city")
        common = with_city["street"].value_counts().filter(pl.col("count") == 1)
        return len(common) / len(with_city)

    assert unheard(0) < unheard(1) < unheard(3)


def test_customer_numbers_are_a_source_s_own(base: Customers) -> None:
    numbered = base.frame.drop_nulls("customer_number")
    assert set(numbered["source"]) == {"backoffice", "card"}
    assert not numbered.select("source", "customer_number").is_duplicated().any()
    assert "customer_number" not in simulate(500, unique_ids=False).frame.columns
