"""The simulated base of organisations is what it says, and is matched with its chains apart."""

from __future__ import annotations

import polars as pl
import pytest
from stdnum import iban, lei
from stdnum.be import vat as be
from stdnum.de import vat as de
from stdnum.gb import vat as gb
from stdnum.nl import btw

from benchmarks.organisations import Organisations, simulate
from klantbeeld.identity.core import compare, judge, match_values, resolve
from klantbeeld.identity.core.firm_levels import spread_key
from klantbeeld.identity.core.model import PLACES, Frequencies
from klantbeeld.identity.core.values import hashes

ROWS = 6_000
PAIR = pl.DataFrame({"left": [0], "right": [1]}, schema={"left": pl.UInt32, "right": pl.UInt32})


@pytest.fixture(scope="module")
def base() -> Organisations:
    return simulate(ROWS, seed=5)


def test_it_is_deterministic_and_of_the_size_asked(base: Organisations) -> None:
    assert len(base.frame) == len(base.organisation) == len(base.group) == ROWS
    assert base.frame.equals(simulate(ROWS, seed=5).frame)
    assert not base.frame.equals(simulate(ROWS, seed=6).frame)
    assert {"organisation", "group", "employer"}.isdisjoint(base.frame.columns)


def test_the_numbers_are_what_their_countries_give_out(base: Organisations) -> None:
    for column, test in (("iban", iban), ("lei", lei)):
        found = base.frame[column].drop_nulls().unique().to_list()
        assert sum(map(test.is_valid, found)) / len(found) > 0.95
    found = base.frame["vat"].drop_nulls().unique().to_list()
    tests = {"NL": btw, "BE": be, "DE": de, "GB": gb}
    assert (
        sum(tests[number[:2]].is_valid(number) for number in found if number[:2] in tests)
        / len(found)
        > 0.95
    )


def test_there_are_chains_movers_and_contacts(base: Organisations) -> None:
    rows = base.frame.with_columns(base.organisation, base.group, base.employer)
    places = (
        rows.filter(pl.col("employer").is_null())
        .group_by("group")
        .agg(pl.col("organisation").n_unique())
    )
    assert 0.05 < (places["organisation"] > 1).mean() < 0.4
    assert places["organisation"].max() > 8
    firms = rows.filter(pl.col("employer").is_null(), pl.col("postcode").is_not_null())
    addresses = firms.group_by("organisation").agg(pl.col("postcode").n_unique())
    assert 0.03 < (addresses["postcode"] > 1).mean() < 0.3
    assert 0.02 < rows["employer"].is_not_null().mean() < 0.1


def test_chains_stay_apart_and_copies_come_together(base: Organisations) -> None:
    found = judge(resolve(base.frame).clusters["customer"], base.organisation)
    assert found["precision"] > 0.9
    assert found["recall"] > 0.85


@pytest.mark.parametrize(
    ("postcodes", "places", "level"),
    [
        (("3511AA", "9711BB"), 5.0, 0),
        (("3511AA", None), 5.0, 1),
        (("3511AA", "3511AA"), 5.0, 2),
        (("3511AA", "9711BB"), 2.0, 3),
    ],
)
def test_a_name_that_stands_at_many_places(
    postcodes: tuple[str | None, str | None], places: float, level: int
) -> None:
    rows = [{"organisation_name": "Korenbloem", "postcode": code} for code in postcodes]
    values = match_values(pl.DataFrame(rows).with_columns(kind=pl.lit("organisation")))
    key = spread_key("organisation", hashes(values, "organisation")[:1])
    learnt = {PLACES: Frequencies((int(key[0]),), (places,), 1.0)}
    assert compare(values, PAIR, "organisation", learnt)["branch"][0] == level
    assert compare(values, PAIR, "organisation")["branch"][0] == -1
