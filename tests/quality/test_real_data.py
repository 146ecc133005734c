"""Real files: what is known about them must come out."""

from __future__ import annotations

import polars as pl
import pytest

from klantbeeld.quality.tables import date_order, standardise
from tests.plugin_needs import DATA

pytestmark = pytest.mark.data


def test_online_retail() -> None:
    lines = pl.read_parquet(DATA / "online_retail.parquet")
    customers = standardise(lines["CustomerID"], "customer_number")
    assert customers.value.drop_nulls().n_unique() == 4372
    assert customers.value.null_count() == 135_080
    assert customers.issue.null_count() == lines.height
    countries = standardise(lines["Country"], "country")
    unread = set(lines["Country"].filter(countries.value.is_null()).unique())
    assert unread == {"Unspecified", "European Community"}
    ordered = standardise(lines["InvoiceDate"], "ordered_at")
    assert ordered.value.null_count() == 0
    days = ordered.parts["local_day"]
    assert days.to_list()[::50_000] == [
        str(moment.date()) for moment in lines["InvoiceDate"].to_list()[::50_000]
    ]
    cents = standardise(lines["UnitPrice"], "unit_price").value
    assert (cents / 100 - lines["UnitPrice"]).abs().max() < 0.0051


def test_febrl() -> None:
    people = pl.read_csv(DATA / "febrl" / "dataset3.csv", infer_schema=False)
    born = people.get_column(" date_of_birth")
    assert date_order(born).order == "ymd"
    found = standardise(born, "birth_date")
    assert found.value.count() > 4_500
    assert found.value.drop_nulls().str.contains(r"^(19|20)\d\d-\d\d-\d\d$").all()


def test_historical_people_keep_names_and_birth_dates() -> None:
    people = pl.read_parquet(DATA / "historical_50k.parquet")
    names = standardise(people["full_name"], "full_name")
    assert names.value.count() == people["full_name"].count()
    assert names.parts["is_organisation"].sum() < 50
    born = standardise(people["dob"], "birth_date")
    assert born.value.count() > 0.9 * people["dob"].count()
    postcodes = standardise(people["postcode_fake"], "postcode")
    assert postcodes.value.count() > 0.98 * people["postcode_fake"].count()
