"""Settings of Splink per kind of data: its own tutorials', and sensible ones for customers.

febrl3, febrl4, historical_50k: blocking rules, comparisons and training as in Splink's published
examples (docs/demos/examples/duckdb). The others follow its advice: names with term frequencies,
its ready-made comparisons for birth dates and e-mail, training on two or three rules.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import SettingsCreator, block_on


@dataclass(frozen=True)
class Recipe:
    """What to compare, what to block on, and how to learn."""

    comparisons: Callable[[], list[Any]]
    blocking: tuple[Any, ...]
    deterministic: tuple[Any, ...]
    recall: float
    sessions: tuple[Any, ...]
    max_pairs: float = 1e7
    without_frequencies: bool = True  # in training, as the tutorials for large sets do
    link_type: Literal["dedupe_only", "link_only"] = "dedupe_only"
    prepare: str = "*"  # SQL of columns

    def settings(self) -> SettingsCreator:
        """As Splink wants them."""
        return SettingsCreator(
            link_type=self.link_type,
            unique_id_column_name="row",
            blocking_rules_to_generate_predictions=list(self.blocking),
            comparisons=self.comparisons(),
        )


_SWAPPED = "l.given_name = r.surname and l.surname = r.given_name"


def _febrl3() -> list[Any]:
    return [
        cl.NameComparison("given_name"),
        cl.NameComparison("surname"),
        cl.DateOfBirthComparison("date_of_birth", input_is_string=True, datetime_format="%Y%m%d"),
        cl.DamerauLevenshteinAtThresholds("soc_sec_id", [2]),
        cl.ExactMatch("street_number").configure(term_frequency_adjustments=True),
        cl.ExactMatch("postcode").configure(term_frequency_adjustments=True),
    ]


def _febrl4() -> list[Any]:
    birth = cl.DateOfBirthComparison(
        "date_of_birth",
        input_is_string=True,
        datetime_format="%Y%m%d",
        invalid_dates_as_null=True,
    )
    postcode = cl.DamerauLevenshteinAtThresholds("postcode", [1, 2])
    return [
        cl.NameComparison("given_name").configure(term_frequency_adjustments=True),
        cl.NameComparison("surname").configure(term_frequency_adjustments=True),
        birth,
        cl.DamerauLevenshteinAtThresholds("soc_sec_id", [1, 2]),
        cl.ExactMatch("street_number").configure(term_frequency_adjustments=True),
        postcode.configure(term_frequency_adjustments=True),
    ]


def _historical() -> list[Any]:
    names = cl.ForenameSurnameComparison(
        "first_name", "surname", forename_surname_concat_col_name="first_name_surname_concat"
    )
    return [
        names,
        cl.DateOfBirthComparison("dob", input_is_string=True),
        cl.PostcodeComparison("postcode_fake"),
        cl.ExactMatch("birth_place").configure(term_frequency_adjustments=True),
        cl.ExactMatch("occupation").configure(term_frequency_adjustments=True),
    ]


def _contacts() -> list[Any]:
    return [
        cl.DateOfBirthComparison("dob", input_is_string=True),
        cl.EmailComparison("email"),
        cl.DamerauLevenshteinAtThresholds("mobile", [1]),
        cl.ExactMatch("landline"),
    ]


def _names() -> list[Any]:
    return [cl.NameComparison("first_name"), cl.NameComparison("surname")]


def _out_of_the_box() -> list[Any]:
    house = cl.ExactMatch("house").configure(term_frequency_adjustments=True)
    return [*_names(), *_contacts(), cl.DamerauLevenshteinAtThresholds("postcode", [1]), house]


def _address_as_one() -> list[Any]:
    """Names as a whole, with frequencies; postcode and house number as one address."""
    names = cl.ForenameSurnameComparison(
        "first_name", "surname", forename_surname_concat_col_name="full_name"
    )
    address = cl.CustomComparison(
        output_column_name="address",
        comparison_levels=[
            cll.Or(cll.NullLevel("postcode"), cll.NullLevel("house")),
            cll.And(cll.ExactMatchLevel("postcode"), cll.ExactMatchLevel("house")),
            cll.And(cll.DamerauLevenshteinLevel("postcode", 1), cll.ExactMatchLevel("house")),
            cll.ExactMatchLevel("postcode"),
            cll.ElseLevel(),
        ],
    )
    return [names, *_contacts(), address]


def _without_address() -> list[Any]:
    """Address and fixed line left to the blocking: a family shares them."""
    return [*_names(), *_contacts()[:3]]


def _organisations() -> list[Any]:
    name = cl.JaroWinklerAtThresholds("organisation", [0.95, 0.88, 0.8])
    return [
        name.configure(term_frequency_adjustments=True),
        cl.JaroWinklerAtThresholds("street", [0.92, 0.8]),
        cl.ExactMatch("house"),
        cl.ExactMatch("postcode").configure(term_frequency_adjustments=True),
        cl.DamerauLevenshteinAtThresholds("phone", [1]),
    ]


def _organisations_by_name() -> list[Any]:
    """Telephone left out: places of one organisation share it."""
    return _organisations()[:4]


_PERSON_BLOCKING = (
    block_on("email"),
    block_on("mobile"),
    block_on("landline", "substr(first_name,1,1)"),
    block_on("surname", "dob"),
    block_on("first_name", "dob"),
    block_on("postcode", "house"),
    block_on("postcode", "surname"),
    block_on("first_name", "surname", "substr(postcode,1,4)"),
    block_on("substr(first_name,1,3)", "substr(surname,1,4)", "substr(postcode,1,4)"),
    block_on("dob", "substr(postcode,1,4)"),
)
_FIRM_BLOCKING = (
    block_on("organisation"),
    block_on("phone"),
    block_on("postcode", "house"),
    block_on("substr(organisation,1,6)"),
    block_on("street", "house"),
)


def _persons(comparisons: Callable[[], list[Any]], *last: Any) -> Recipe:
    return Recipe(
        comparisons,
        _PERSON_BLOCKING,
        (
            block_on("surname", "first_name", "dob"),
            block_on("email", "surname", "first_name"),
            block_on("mobile", "surname", "first_name"),
        ),
        0.6,
        (block_on("first_name", "surname"), block_on("email"), *last),
    )


def _firms(comparisons: Callable[[], list[Any]], *last: Any) -> Recipe:
    sure = (block_on("organisation", "phone"), block_on("organisation", "street", "house"))
    sessions = (block_on("organisation"), block_on("street", "house"), *last)
    return Recipe(comparisons, _FIRM_BLOCKING, sure, 0.6, sessions, 1e6)


RECIPES: dict[str, Recipe] = {
    "febrl3": Recipe(
        _febrl3,
        tuple(
            block_on(column)
            for column in ("soc_sec_id", "given_name", "surname", "date_of_birth", "postcode")
        ),
        (block_on("soc_sec_id"), block_on("given_name", "surname", "date_of_birth"),
         f"{_SWAPPED} and l.date_of_birth = r.date_of_birth"),
        0.9,
        (block_on("date_of_birth"), block_on("postcode")),
        1e6,
        without_frequencies=False,
    ),
    "febrl4": Recipe(
        _febrl4,
        (block_on("given_name", "surname"), _SWAPPED, block_on("date_of_birth"),
         block_on("soc_sec_id"), block_on("state", "address_1"),
         block_on("street_number", "address_1"), block_on("postcode")),
        (block_on("soc_sec_id"), block_on("given_name", "surname", "date_of_birth")),
        0.8,
        (block_on("date_of_birth"), block_on("postcode")),
        1e6,
        link_type="link_only",
    ),
    "historical_50k": Recipe(
        _historical,
        (block_on("substr(first_name,1,3)", "substr(surname,1,4)"), block_on("surname", "dob"),
         block_on("first_name", "dob"), block_on("postcode_fake", "first_name"),
         block_on("postcode_fake", "surname"), block_on("dob", "birth_place"),
         block_on("substr(postcode_fake,1,3)", "dob"),
         block_on("substr(postcode_fake,1,3)", "first_name"),
         block_on("substr(postcode_fake,1,3)", "surname"),
         block_on("substr(first_name,1,2)", "substr(surname,1,2)", "substr(dob,1,4)")),
        (block_on("first_name", "surname", "dob"),
         block_on("substr(first_name,1,2)", "surname", "substr(postcode_fake,1,2)"),
         block_on("dob", "postcode_fake")),
        0.6,
        (block_on("first_name", "surname"), block_on("dob")),
        prepare="*, first_name || ' ' || surname as first_name_surname_concat",
    ),
    "out_of_the_box": _persons(_out_of_the_box, block_on("postcode", "house")),
    "address_as_one": _persons(_address_as_one, block_on("postcode", "house")),
    "without_address": _persons(_without_address, block_on("postcode", "house")),
    "organisations": _firms(_organisations, block_on("phone")),
    "organisations_by_name": _firms(_organisations_by_name),
}  # fmt: skip
