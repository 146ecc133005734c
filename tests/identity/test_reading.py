"""Tables as they come: names of columns in three languages, odd types, other libraries, bad input."""

from __future__ import annotations

import math
from itertools import product
from typing import Any

import polars as pl
import pytest

from klantbeeld.identity.core import ROLES, recognised_columns, resolve
from klantbeeld.identity.core.columns import SYNONYMS, role_columns
from klantbeeld.identity.core.reading import LONGEST_CELL, read_table

from .people import JAN, MIEKE, table


@pytest.mark.parametrize(
    ("headers", "roles"),
    [
        ("given_name last_name date_of_birth street_number address_1 suburb zip soc_sec_id",
         "first_name surname birth_date house_number street city postcode national_id"),
        ("Vorname|Nachname|Geburtsdatum|Straße|Hausnr.|PLZ|Ort|Telefon|Handy|E-Mail-Adresse",
         "first_name surname birth_date street house_number postcode city phone mobile email"),
        ("Roepnaam|Tussenvoegsel|Achternaam|Geb. datum|Huisnr|Woonplaats|Mobiel|Bedrijfsnaam",
         "first_name surname_prefix surname birth_date house_number city mobile"
         " organisation_name"),
        ("firstName lastName houseNumber zipCode emailAddress mobilePhone updatedAt",
         "first_name surname house_number postcode email mobile updated_at"),
        ("PRIMARY_NAME_FIRST PRIMARY_NAME_LAST HOME_ADDR_CITY WORK_PHONE_NUMBER PASSPORT_NUMBER",
         "first_name surname city phone passport"),
        ("firma ust_idnr kvk-nummer LEI website", "organisation_name vat kvk lei website"),
    ],
)  # fmt: skip
def test_headers_of_three_languages_and_many_systems(headers: str, roles: str) -> None:
    names = headers.split("|") if "|" in headers else headers.split()
    assert set(recognised_columns(names)) == set(roles.split())


def test_every_synonym_belongs_to_one_role() -> None:
    names = [name for text in SYNONYMS.values() for name in text.split()]
    assert len(names) == len(set(names))
    assert set(SYNONYMS) <= set(ROLES)
    assert set(names).isdisjoint(ROLES)


def test_several_columns_of_a_role() -> None:
    found = role_columns(["name", "NATIVE_NAME_FULL", "billing_zip", "shipping_zip", "tel", "tel2"])
    assert found == {
        "full_name": ("name", "NATIVE_NAME_FULL"),
        "postcode": ("billing_zip",),
        "phone": ("tel",),
        "mobile": ("tel2",),
    }
    mail = pl.DataFrame(
        {"email": ["", None, "jan@example.nl"], "work_email": ["piet@example.nl"] * 3}
    )
    assert resolve(mail).values["email"].to_list() == ["piet@example.nl"] * 2 + ["jan@example.nl"]


ODD: dict[str, Any] = {
    "lists": pl.DataFrame({"email": [["a@example.nl", "b@example.nl"], ["a@example.nl"], [], None]}),
    "arrays": pl.DataFrame({"phone": pl.Series([[850123456, 1], [850123456, 2]],
                                               dtype=pl.Array(pl.Int64, 2))}),
    "lists of structs": pl.DataFrame({"email": [[{"a": 1}], [{"a": 2}]]}),
    "objects": pl.DataFrame({"surname": pl.Series([object(), object()], dtype=pl.Object)}),
    "bytes": pl.DataFrame({"surname": [b"a\xff", b"b"]}),
    "nan": pl.DataFrame({"surname": [math.nan, 1.0], "email": [math.nan, math.nan]}),
    "infinite": pl.DataFrame({"phone": [math.inf, 31850123456.0]}),
    "booleans": pl.DataFrame({"surname": [True, False], "birth_date": [True, None]}),
    "categories": pl.DataFrame({"surname": ["a", "b"]}, schema={"surname": pl.Categorical}),
    "durations": pl.select(pl.duration(days=pl.int_range(3)).alias("birth_date")),
    "times": pl.select(pl.time(hour=pl.int_range(3)).alias("birth_date"), email=pl.lit("x")),
    "nulls": pl.DataFrame({"surname": [None, None], "postcode": [None, None]}),
}  # fmt: skip


@pytest.mark.parametrize("name", ODD)
def test_odd_types_give_an_answer(name: str) -> None:
    found = resolve(ODD[name])
    assert len(found.clusters) == len(ODD[name])
    found.report()


def test_a_list_gives_its_first_value_and_a_struct_its_fields() -> None:
    assert read_table(ODD["lists"])["email"].to_list() == ["a@example.nl"] * 2 + [None, None]
    nested = pl.DataFrame(
        {"address": [{"city": "Ede", "zip": {"x": 1}}], "email": ["a@example.nl"]}
    )
    assert read_table(nested).to_dict(as_series=False) == {
        "address.city": ["Ede"], "address.zip": [None], "email": ["a@example.nl"],
    }  # fmt: skip


def test_numbers_are_as_written() -> None:
    """A missing value elsewhere in the column makes 1234.0 of 1234 in some libraries."""
    told = read_table(pl.DataFrame({"zip": [60612.0, math.nan], "x": [0.5, 1.0]}))
    assert told["zip"].to_list() == [60612, None]
    assert told["x"].to_list() == [0.5, 1.0]


def test_long_cells_are_cut_and_kept_apart() -> None:
    rows = [dict.fromkeys(JAN, letter * 10_000) for letter in "ab"]
    assert read_table(table(rows))["surname"].str.len_chars().to_list() == [LONGEST_CELL] * 2
    assert resolve(table(rows)).clusters["customer"].to_list() == [0, 1]


def test_pandas_with_its_habits() -> None:
    pandas = pytest.importorskip("pandas")
    mixed = pandas.DataFrame({
        "name": ["Jan Steenhof", 5, float("nan"), None, ["x"]],
        "email": ["jan@example.nl", float("nan"), "jan@example.nl", None, b"x"],
    })  # fmt: skip
    found = resolve(mixed)
    assert found.clusters["customer"].to_list() == [0, 1, 0, 3, 4]
    twice = pandas.DataFrame([["jan@example.nl", "Jan", 1], ["jan@example.nl", "Jan", 2]])
    twice.columns = ["email", "first_name", "first_name"]
    assert resolve(twice).clusters["customer"].to_list() == [0, 0]
    twice.columns = [0, 1, 2]
    assert resolve(twice, columns={"0": "email"}).clusters["customer"].to_list() == [0, 0]
    indexed = pandas.DataFrame(table([JAN, MIEKE, JAN]).to_dict(as_series=False), index=[7, 7, 9])
    assert resolve(indexed).clusters["customer"].to_list() == [0, 1, 0]


def test_arrow_with_a_name_twice() -> None:
    arrow = pytest.importorskip("pyarrow")
    made = arrow.Table.from_arrays([arrow.array(["jan@example.nl"] * 2)] * 2, ["email", "email"])
    assert resolve(made).clusters["customer"].to_list() == [0, 0]


def test_scripts_and_signs() -> None:
    rows = [
        {"full_name": "王杰", "email": "wang@example.nl"},
        {"full_name": "Ελένη Παπαδοπούλου", "email": "eleni@example.nl"},
        {"full_name": "🚲🚲 🚲", "email": "wang@example.nl"},
        {"full_name": "فيصل صديقي", "birth_date": "🚲"},
        {"full_name": "\u200b\u202e", "postcode": "\ud7ff"},
    ]
    found = resolve(table(rows))
    assert found.clusters["customer"].n_unique() in (4, 5)
    assert str(found.explain(0, 2))


@pytest.mark.parametrize(
    "constant",
    [
        {"email": "info@example.nl"},
        {"surname": "Jansen"},
        {"phone": "0850123456"},
        {"postcode": "1234AB", "house_number": "1"},
        {"organisation_name": "Bakker B.V."},
        {"birth_date": "1980-02-03", "gender": "f"},
        {"kvk": "12345679", "organisation_name": "Bakker"},
    ],
)
def test_a_constant_costs_no_square(constant: dict[str, str]) -> None:
    """Twenty thousand rows of which one value is the same in all, and one tells them apart."""
    made = table([constant]).select(pl.all().repeat_by(20_000).list.explode())
    apart = "surname" if "organisation_name" not in constant else "website"
    made = made.with_columns(pl.format("a{}.example", pl.int_range(pl.len())).alias(apart))
    found = resolve(made)
    assert len(found.pairs) <= 15 * 20_000 + 2_000_000
    assert len(found.clusters) == 20_000


def test_one_household_of_many() -> None:
    people = pl.select(
        pl.Series("first_name", ["".join(letters) for letters in product("abcdefghij", repeat=4)]),
        pl.lit("Steenhof").alias("surname"),
        pl.lit("1234AB").alias("postcode"),
        pl.lit("12").alias("house_number"),
        pl.lit("Molenstraat").alias("street"),
    )
    found = resolve(people)
    assert len(found.pairs) < 2_100_000
    assert found.clusters["customer"].n_unique() > 9000
