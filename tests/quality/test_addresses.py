"""Addresses, house numbers, postcodes and towns."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from klantbeeld.quality import addresses
from klantbeeld.quality.casing import mended_place
from tests.quality.cases import check, row, rows

# text: value, street, number, suffix
LINES = {
    "Dorpsstraat 12": ("Dorpsstraat 12", "Dorpsstraat", "12", None),
    "Dorpsstraat 12-B": ("Dorpsstraat 12B", "Dorpsstraat", "12", "B"),
    "Dorpsstraat 12 b": ("Dorpsstraat 12B", "Dorpsstraat", "12", "B"),
    "Dorpsstraat 12 bis": ("Dorpsstraat 12 bis", "Dorpsstraat", "12", "bis"),
    "Dorpsstraat 12bis A": ("Dorpsstraat 12 bis A", "Dorpsstraat", "12", "bis A"),
    "Kade 3hs": ("Kade 3 hs", "Kade", "3", "hs"),
    "Kade 3 huis": ("Kade 3 hs", "Kade", "3", "hs"),
    "Kade 12 II": ("Kade 12 II", "Kade", "12", "II"),
    "Kade 12-3": ("Kade 12-3", "Kade", "12", "3"),
    "Kade 12 3": ("Kade 12-3", "Kade", "12", "3"),
    "Kade 1 A-2": ("Kade 1A-2", "Kade", "1", "A-2"),
    "Kade 12 toev. 3": ("Kade 12-3", "Kade", "12", "3"),
    "Plein 1944 nr 5": ("Plein 1944 5", "Plein 1944", "5", None),
    "Plein 1944 5": ("Plein 1944 5", "Plein 1944", "5", None),
    "Plein 1944 5a": ("Plein 1944 5A", "Plein 1944", "5", "A"),
    "Laan 1940-1945 12": ("Laan 1940-1945 12", "Laan 1940-1945", "12", None),
    "1e Jan Steenstraat 12-3": ("1e Jan Steenstraat 12-3", "1e Jan Steenstraat", "12", "3"),
    "2de Dwarsstraat 4": ("2de Dwarsstraat 4", "2de Dwarsstraat", "4", None),
    "Postbus 123": ("Postbus 123", "Postbus", "123", None),
    "P.O. Box 123": ("Postbus 123", "Postbus", "123", None),
    "DORPSSTRAAT 12": ("Dorpsstraat 12", "Dorpsstraat", "12", None),
    "laan van meerdervoort 5": ("Laan van Meerdervoort 5", "Laan van Meerdervoort", "5", None),
    "Dorpsstr. 12": ("Dorpsstraat 12", "Dorpsstraat", "12", None),
    "Dorpsstr 12": ("Dorpsstraat 12", "Dorpsstraat", "12", None),
    "'t Hof 3": ("'t Hof 3", "'t Hof", "3", None),
    "Dorpsstraat": ("Dorpsstraat", "Dorpsstraat", None, None),
    "Dorpsstraat12": ("Dorpsstraat 12", "Dorpsstraat", "12", None),
    "Dorpsstraat, 12": ("Dorpsstraat 12", "Dorpsstraat", "12", None),
    "Dorpsstraat 012": ("Dorpsstraat 12", "Dorpsstraat", "12", None),
    "12 High Street": ("High Street 12", "High Street", "12", None),
}


@pytest.mark.parametrize("text", LINES)
def test_address(text: str) -> None:
    found = row("address", text)
    parts = (found["value"], found["street"], found["house_number"], found["house_suffix"])
    assert parts == LINES[text]
    assert found["issue"] is None


@pytest.mark.parametrize("text", LINES)
def test_a_standard_address_stays(text: str) -> None:
    value = LINES[text][0]
    assert row("address", value)["value"] == value


def test_a_line_with_postcode_and_town() -> None:
    found = row("address", "Dorpsstraat 12, 1234ab UTRECHT")
    assert (found["value"], found["postcode"], found["city"]) == (
        "Dorpsstraat 12",
        "1234 AB",
        "Utrecht",
    )
    found = row("address", "Dorpsstraat 12, Den Haag")
    assert (found["value"], found["postcode"], found["city"]) == (
        "Dorpsstraat 12",
        None,
        "Den Haag",
    )


def test_number_first_where_the_country_writes_so() -> None:
    found = row("address", "12a High Street", country="GB")
    assert (found["value"], found["street"], found["house_number"], found["house_suffix"]) == (
        "12A High Street",
        "High Street",
        "12",
        "A",
    )
    assert row("address", found["value"], country="GB")["value"] == found["value"]
    assert row("address", "Hauptstr. 5", country="DE")["street"] == "Hauptstr."


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("geen", "placeholder"),
        ("-", "placeholder"),
        ("12", "not_an_address"),
        ("a" * 251, "too_long"),
    ],
)
def test_not_an_address(text: str, reason: str) -> None:
    check("address", text, f"!{reason}")


def test_house_numbers() -> None:
    found = rows("house_number", ["12-b", "012", "12.0", "nr. 5", "12 bis", None])
    assert [r["value"] for r in found] == ["12", "12", "12", "5", "12", None]
    assert [r["house_suffix"] for r in found] == ["B", None, None, None, "bis", None]
    assert rows("house_number", pl.Series([12.0, 7.0]))[0]["value"] == "12"
    check("house_number", "abc", "!no_house_number")
    check("house_number", dt.date(2024, 3, 12), "!turned_into_date")
    check("house_number", "0", "!placeholder")


def test_house_suffixes() -> None:
    texts = ["-b", " B", "bis", "HUIS", "ii", "3", "a-2", "rood", "1 HOOG"]
    assert [r["value"] for r in rows("house_suffix", texts)] == [
        "B",
        "B",
        "bis",
        "hs",
        "II",
        "3",
        "A-2",
        "rood",
        "1 hoog",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1234ab", "1234 AB"),
        ("1234 AB", "1234 AB"),
        ("NL-1234 AB", "1234 AB"),
        ("0000 AA", "!placeholder"),
        ("1111 AA", "!placeholder"),
        ("1234 SA", "!impossible_postcode"),
        ("1234SS", "!impossible_postcode"),
        ("abc", "!invalid_postcode"),
        ("1000", "1000"),
        ("10115", "10115"),
        ("sw1a1aa", "SW1A 1AA"),
        ("tq13 8df", "TQ13 8DF"),
    ],
)
def test_postcode(text: str, expected: str) -> None:
    check("postcode", text, expected)


@pytest.mark.parametrize(
    ("country", "text", "expected"),
    [
        ("NL", "1234", "!incomplete_postcode"),
        ("NL", "10115", "!invalid_postcode"),
        ("België", "B-1000", "1000"),
        ("BE", "0999", "!invalid_postcode"),
        ("DE", "D-10115", "10115"),
        ("DE", 1067, "!invalid_postcode"),
        ("UK", "SW1A1AA", "SW1A 1AA"),
        ("GB", "1234 AB", "!invalid_postcode"),
        ("US", "902101234", "90210-1234"),
        ("JP", "100-0001", "100-0001"),
    ],
)
def test_postcode_by_country(country: str, text: str, expected: str) -> None:
    check("postcode", text, expected, country=country)


def test_postcodes_of_rows_from_several_countries_keep_their_order() -> None:
    texts = ["1234ab", "1000", "10115", None, "5678cd", "1000"]
    country = pl.Series(["NL", "BE", "DE", "NL", None, "België"])
    assert [r["value"] for r in rows("postcode", texts, country=country)] == [
        "1234 AB",
        "1000",
        "10115",
        None,
        "5678 CD",
        "1000",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("'S-HERTOGENBOSCH", "'s-Hertogenbosch"),
        ("den haag", "Den Haag"),
        ("CAPELLE AAN DEN IJSSEL", "Capelle aan den IJssel"),
        ("IJMUIDEN", "IJmuiden"),
        ("Ijmuiden", "IJmuiden"),
        ("'T HARDE", "'t Harde"),
        ("bergen op zoom", "Bergen op Zoom"),
        ("Nieuw-Vennep", "Nieuw-Vennep"),
        ("NIEUW-VENNEP", "Nieuw-Vennep"),
        ("'s-gravenhage", "'s-Gravenhage"),
        ("Utrecht", "Utrecht"),
    ],
)
def test_city(text: str, expected: str) -> None:
    check("city", text, expected)
    check("city", expected, expected)


_STREETS = st.one_of(
    st.sampled_from(
        [
            "Dorpsstraat",
            "Laan van Meerdervoort",
            "'t Hof",
            "Plein 1944",
            "Kade",
            "1e Jan Steenstraat",
            "DORPSSTR.",
            "Nr",
            "Postbus",
            "High Street",
            "Oude-Weg",
        ]
    ),
    st.text(st.sampled_from("abEr -.'12,/#"), min_size=1, max_size=12),
)
_TAILS = st.one_of(
    st.sampled_from(["", "a", "-B", " bis", " hs", "-3", " II", " 2", "a-2", " nr 4", ", Utrecht"]),
    st.text(st.sampled_from("abi 12-/."), max_size=6),
)


@settings(max_examples=200, deadline=None)
@given(_STREETS, st.integers(0, 99_999), _TAILS)
def test_the_fast_address_shape_says_what_the_parser_says(
    street: str, number: int, tail: str
) -> None:
    text = " ".join(f"{street} {number}{tail}".split())
    fast = addresses.common_shape(pl.Series([text]), None).row(0)
    if fast[1] is not None:
        assert fast == addresses._read(text, None)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(list(LINES)), st.integers(1, 999), _TAILS)
def test_a_standard_address_is_its_own_standard(street: str, number: int, tail: str) -> None:
    # Four digits and two letters at the end would be a postcode.
    assume(not tail[:1].isdigit())
    street = LINES[street][1]
    once = row("address", f"{street} {number}{tail}")
    assert row("address", once["value"])["value"] == once["value"]


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from("abIJs'- éT1"), max_size=15))
def test_mended_places_stay(text: str) -> None:
    once = mended_place(text)
    assert mended_place(once) == once
