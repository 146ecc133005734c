"""Names and addresses as they are shown."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from klantbeeld.profiles.names import (
    address_line,
    display_name,
    person_name,
    salutation,
    sort_parts,
)

MARIEKE = {"first_name": "Marieke", "surname_prefix": "van der", "surname": "Velde"}


def test_people_are_called_by_first_name_or_initials() -> None:
    assert person_name(MARIEKE) == "Marieke van der Velde"
    assert person_name({**MARIEKE, "first_name": "", "initials": "M."}) == "M. van der Velde"
    assert person_name({"full_name": "Fam. De Boer"}) == "Fam. De Boer"


@pytest.mark.parametrize(
    ("kind", "data", "name"),
    [
        ("organisation", {**MARIEKE, "organisation_name": "Spaak BV"}, "Spaak BV"),
        ("person", {**MARIEKE, "organisation_name": "Spaak BV"}, "Marieke van der Velde"),
        ("unknown", {"organisation_name": "Spaak BV"}, "Spaak BV"),
        ("unknown", {"email": "a@example.nl", "customer_number": "17850"}, "a@example.nl"),
        ("unknown", {"customer_number": "17850"}, "17850"),
        ("unknown", {}, ""),
    ],
)
def test_everybody_is_called_something(kind: str, data: dict[str, str], name: str) -> None:
    assert display_name(kind, data) == name


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"gender": "female"}, "mevrouw Van der Velde"),
        ({"gender": "male"}, "de heer Van der Velde"),
        ({"salutation": "Mevr."}, "mevrouw Van der Velde"),
        ({}, "Marieke"),
    ],
)
def test_salutations_are_dutch(more: dict[str, str], expected: str) -> None:
    with override("nl"):
        assert salutation({**MARIEKE, **more}) == expected
    with override("en"):
        assert salutation({**MARIEKE, **more}) != "mevrouw Van der Velde"


def test_addresses_on_one_line() -> None:
    home = {"street": "Dorpsstraat", "house_number": "12", "house_suffix": "B",
            "postcode": "3512 AB", "city": "Utrecht", "country": "NL"}  # fmt: skip
    assert address_line(home) == "Dorpsstraat 12-B, 3512 AB Utrecht"
    assert address_line({"city": "Gent", "country": "BE"}) == "Gent, BE"
    assert address_line({}) == ""


def test_people_sort_by_surname_and_others_by_name() -> None:
    assert sort_parts("person", "", MARIEKE) == ("van der", "Velde", "Marieke")
    assert sort_parts("organisation", "Spaak BV", MARIEKE) == (None, "Spaak BV", None)
    assert sort_parts("unknown", "17850", {}) == (None, "17850", None)
