"""Levels of comparisons, the odds they give, and what is learnt from data."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from benchmarks.families import simulate
from klantbeeld.identity.core import (
    COMPARISONS,
    Model,
    compare,
    in_roles,
    learn,
    match_values,
    prepare,
    score,
)
from klantbeeld.identity.core.learning import value_frequencies
from klantbeeld.identity.core.model import PERSON_START, Frequencies, Parameters

from .people import JAN, MIEKE, only, table, without

PAIR = pl.DataFrame({"left": [0], "right": [1]}, schema={"left": pl.UInt32, "right": pl.UInt32})


def levels(left: dict[str, str], right: dict[str, str]) -> dict[str, str]:
    """The level's name per comparison that is not missing."""
    row = compare(match_values(table([left, right])), PAIR).row(0, named=True)
    return {
        comparison.name: comparison.levels[row[comparison.name]]
        for comparison in COMPARISONS["person"]
        if row[comparison.name] >= 0
    }


@pytest.mark.parametrize(
    ("role", "other", "comparison", "level"),
    [
        ("first_name", "Jan", "first_name", "equal"),
        ("first_name", "Johannes", "first_name", "near"),
        ("first_name", "J.", "first_name", "initial"),
        ("first_name", "Teun", "first_name", "other"),
        ("surname", "Stenhof", "surname", "near"),
        ("surname", "Kwartel - Steenhof", "surname", "near"),
        ("surname", "Kwartel", "surname", "other"),
        ("birth_date", "1971-04-24", "birth_date", "digit"),
        ("birth_date", "1971-09-23", "birth_date", "digit"),
        ("birth_date", "1971-12-23", "birth_date", "two_parts"),
        ("birth_date", "1971-09-01", "birth_date", "year"),
        ("birth_date", "1988-09-01", "birth_date", "other"),
        ("house_number", "14", "address", "postcode"),
        ("house_number", "12B", "address", "equal"),
        ("postcode", "1234 AC", "address", "equal"),
        ("email", "jan.steenhof@exmple.nl", "email", "near"),
        ("email", "teun@example.org", "email", "other"),
        ("mobile", "097000012346", "phone", "fixed"),
        ("gender", "vrouw", "gender", "other"),
    ],
)
def test_levels(role: str, other: str, comparison: str, level: str) -> None:
    assert levels(JAN, JAN | {role: other})[comparison] == level


@pytest.mark.parametrize("other", ["jan.steenhof@example.org", "jansteenhof@example.nl"])
def test_mailboxes_made_of_a_name_are_alike_where_names_are(other: str) -> None:
    assert "email" not in levels(JAN, JAN | {"email": other})
    racer = JAN | {"email": "racefiets@example.nl"}
    assert levels(racer, racer | {"email": "racefiets@example.org"})["email"] == "mailbox"
    assert levels(racer, racer | {"email": "racefietz@example.nl"})["email"] == "near"


def test_two_usual_first_names_are_two_people_of_one_home() -> None:
    sem, siem = (
        {k: v for k, v in JAN.items() if k != "birth_date"} | {"first_name": name}
        for name in ("Sem", "Siem")
    )
    assert levels(sem, siem)["first_name"] == "other"
    assert (
        levels(sem | {"first_name": "Erik"}, sem | {"first_name": "Eric"})["first_name"] != "other"
    )
    assert (
        levels(sem | {"birth_date": "1999-01-17"}, siem | {"birth_date": "1999-01-17"})[
            "first_name"
        ]
        == "near"
    )


@pytest.mark.parametrize(
    ("initials", "level"), [("J.", "initial"), ("J.P.", "near"), ("J.A.", "alike"), ("A.", "other")]
)
def test_initials_that_go_on_otherwise_are_another_s(initials: str, level: str) -> None:
    left, right = JAN | {"initials": "J.P."}, JAN | {"initials": initials}
    for side in (left, right):
        del side["first_name"]
    assert levels(left, right)["first_name"] == level


def test_suffixes_that_differ_are_two_homes() -> None:
    left, right = JAN | {"house_suffix": "A"}, JAN | {"house_suffix": "B"}
    assert levels(left, right)["address"] == "postcode"


def test_levels_are_symmetric() -> None:
    values = match_values(in_roles(simulate(400, seed=3).frame))
    left, right = (np.random.default_rng(1).integers(0, 380, 3000).astype(np.uint32) for _ in "ab")
    one = compare(values, pl.DataFrame({"left": left, "right": right}))
    other = compare(values, pl.DataFrame({"left": right, "right": left}))
    assert one.equals(other)


def test_what_is_missing_says_nothing() -> None:
    found = levels(JAN, without(JAN, "email", "birth_date"))
    assert {"email", "birth_date"}.isdisjoint(found)
    assert levels(only(JAN, "email"), only(MIEKE, "surname")) == {}


def test_a_score_is_the_product_of_its_odds() -> None:
    """By hand: same surname and birth date, everything else missing."""
    both = only(JAN, "surname", "birth_date")
    parameters = replace(Model.default().kinds["person"], records=101, same_pairs=50.5)
    parameters = replace(parameters, household_pairs=101.0)
    found = score(compare(match_values(table([both, both])), PAIR), parameters).row(0, named=True)
    prior = (0.01, 0.02, 0.97)
    joint = [
        prior[c] * PERSON_START["surname"][c][-1] * PERSON_START["birth_date"][c][-1]
        for c in range(3)
    ]
    assert found["p_household"] == pytest.approx(joint[1] / sum(joint), rel=1e-4)
    assert found["weight"] == pytest.approx(math.log2(joint[0] / (joint[1] + joint[2])), rel=1e-4)


def test_a_common_name_counts_for_less() -> None:
    both = table([only(JAN, "first_name", "surname", "birth_date")] * 2)
    values = match_values(both)
    parameters = Model.default().kinds["person"]

    def weight(share: float) -> float:
        known = Frequencies((values["surname#"][0],), (share,), 0.001)
        with_share = replace(parameters, frequencies={"surname": known})
        return float(score(compare(values, PAIR), with_share)["weight"][0])

    assert weight(0.0001) > weight(0.001) > weight(0.02)


def test_value_frequencies() -> None:
    hashed = np.array([7] * 6 + [3] * 3 + [1, 2, 0, 0], dtype=np.int64)
    found = value_frequencies(hashed)
    assert found.of(np.array([3, 7, 99])).tolist() == pytest.approx([3 / 11, 6 / 11, 1 / 11])
    assert value_frequencies(np.zeros(3, dtype=np.int64)).of(np.array([5])).tolist() == [1.0]


@pytest.fixture(scope="module")
def learnt() -> tuple[Parameters, dict[str, np.ndarray]]:
    """What was learnt, and per comparison the true shares of levels among pairs of one person."""
    simulated = simulate(15_000, seed=4)
    prepared = prepare(match_values(in_roles(simulated.frame)))
    person = simulated.person[prepared.rows]
    left, right = (prepared.pairs[name].to_numpy() for name in ("left", "right"))
    true = prepared.levels.filter(person[left] == person[right])
    shares = {}
    for name in ("first_name", "birth_date", "email"):
        known = true[name].to_numpy()
        size = len(PERSON_START[name][0])
        shares[name] = np.bincount(known[known >= 0], minlength=size) / (known >= 0).sum()
    return learn(prepared, Model.default()).kinds["person"], shares


def test_learnt_odds_are_near_the_truth(
    learnt: tuple[Parameters, dict[str, np.ndarray]],
) -> None:
    parameters, shares = learnt
    for name, share in shares.items():
        assert parameters.odds[name][0][-1] == pytest.approx(share[-1], abs=0.12), name
        start = PERSON_START[name][0][-1]
        assert abs(parameters.odds[name][0][-1] - share[-1]) < abs(start - share[-1]) + 0.05


def test_learnt_odds_are_odds(learnt: tuple[Parameters, dict[str, np.ndarray]]) -> None:
    parameters, _ = learnt
    for rows in parameters.odds.values():
        assert [sum(row) for row in rows] == pytest.approx([1, 1, 1], abs=1e-6)
    assert parameters.is_fitted
    assert parameters.has_families
    assert parameters.household_pairs > 1000


def test_a_small_table_keeps_the_starting_odds() -> None:
    prepared = prepare(match_values(in_roles(simulate(20, seed=4).frame)))
    assert learn(prepared, Model.default()).kinds["person"] == Model.default().kinds["person"]


REGISTERED = JAN | {"national_id": "5304218", "birth_place": "Ons Dorp", "profession": "bakker"}


@pytest.mark.parametrize(
    ("role", "other", "comparison", "level"),
    [
        ("national_id", "530 4218", "national_id", "equal"),
        ("national_id", "5304281", "national_id", "near"),
        ("national_id", "5344281", "national_id", "alike"),
        ("national_id", "9911427", "national_id", "other"),
        ("birth_place", "Ons Drop", "birth_place", "near"),
        ("birth_place", "Elders", "birth_place", "other"),
        ("profession", "meester bakker", "profession", "near"),
    ],
)
def test_particulars(role: str, other: str, comparison: str, level: str) -> None:
    assert levels(REGISTERED, REGISTERED | {role: other})[comparison] == level


def test_further_names_are_compared_and_stand_in_for_a_name() -> None:
    lord = {"first_name": "Jan", "surname": "Steenhof", "full_name": "Jan Kwartel, heer Steenhof"}
    other = {"first_name": "Jan", "surname": "Kwartel", "full_name": "Jan Kwartel"}
    assert levels(lord, other)["surname"] == "near"
    assert levels(lord, lord | {"full_name": "Jan Kwartal Steenhof"})["middle_names"] == "near"
    assert "middle_names" not in levels(lord, other)


def test_a_lone_name_may_be_a_surname() -> None:
    found = levels(JAN, only(JAN, "email") | {"first_name": "Steenhof"})
    assert found["surname"] == "equal"
    assert "first_name" not in found
    assert levels(JAN, only(JAN, "email") | {"first_name": "Teun"})["first_name"] == "other"


def test_a_mistyped_national_number_is_evidence_and_decides_nothing_alone() -> None:
    """It brings two poor copies together; strangers who share it by mistake stay apart."""
    base = in_roles(simulate(3_000, seed=4).frame).drop("source")
    numbers = pl.Series("national_id", [f"{7_919 * n % 10**7:07}" for n in range(len(base))])
    values = match_values(base.with_columns(numbers))
    prepared = prepare(values)
    model = learn(prepared, Model.default())
    poor = {**REGISTERED, "surname": "Kwartel", "postcode": "9999ZZ", "street": "Kerkweg"}
    for role in ("email", "mobile", "phone", "house_number"):
        del poor[role]
    stranger = {"first_name": "Teun", "surname": "Vos", "birth_date": "1950-01-02",
                "national_id": "5304218", "postcode": "8888AB", "house_number": "3"}  # fmt: skip
    for other, is_one in ((poor, True), (stranger, False)):
        rows = match_values(table([REGISTERED, other]))
        weight = score(compare(rows, PAIR), model.kinds["person"])["weight"][0]
        assert (weight > 0) is is_one


def test_poor_copies_of_single_people_are_no_families() -> None:
    """First names written anyhow beside equal birth dates are one person, not two of one home.

    Where no birth date is known one cannot tell; those pairs must not be counted as families.
    """
    random = np.random.default_rng(2)
    size, copies = 600, 4
    names = [f"{a}{b}" for a in ("bar", "dek", "fol", "gim", "hun") for b in ("man", "tes", "vik")]
    surname = [f"{names[n % 15]}{names[n // 15 % 15]}{names[n // 225]}" for n in range(size)]
    rows = [
        {
            "first_name": names[int(random.integers(15))],
            "surname": surname[n],
            "birth_date": f"19{10 + n % 80}-{1 + n % 12:02}-{1 + n % 28:02}",
            "postcode": f"{1000 + n} AB",
            "house_number": str(n % 90 + 1),
        }
        for n in range(size)
        for _ in range(copies)
    ]
    rows = [row if n % copies else without(row, "birth_date") for n, row in enumerate(rows)]
    poor = learn(prepare(match_values(table(rows))), Model.default())
    assert not poor.kinds["person"].has_families
    real = learn(prepare(match_values(in_roles(simulate(5_000, seed=6).frame))), Model.default())
    assert real.kinds["person"].has_families


@pytest.mark.parametrize(
    ("initials", "level"), [("J.", "initial"), ("S.", "initial"), ("T.", "other")]
)
def test_an_initial_may_be_of_the_name_that_a_nickname_is_short_for(
    initials: str, level: str
) -> None:
    """Sjaak was baptised Jacobus; 'S.' is what he may write as well."""
    sjaak = {key: value for key, value in JAN.items() if key != "birth_date"}
    sjaak |= {"first_name": "Sjaak"}
    written = {key: value for key, value in sjaak.items() if key != "first_name"}
    written |= {"initials": initials}
    assert levels(sjaak, written)["first_name"] == level
    assert levels(written, sjaak)["first_name"] == level
