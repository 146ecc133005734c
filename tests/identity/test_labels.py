"""What people judged moves what is learnt: much of it much, a single word hardly at all."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
import polars as pl
import pytest

from klantbeeld.identity.core import Constraints, Judgement, Model, Resolution, resolve
from klantbeeld.identity.core.labels import blended

COPIES, FAMILIES = 1_200, 300
ONSETS = tuple("bdfghklmnprstvwz")
RHYMES = ("aan", "eer", "oos", "ink", "ol", "er", "aar", "ens")


def _name(number: int) -> str:
    parts = []
    for _ in range(3):
        number, at = divmod(number, len(ONSETS) * len(RHYMES))
        parts.append(ONSETS[at % len(ONSETS)] + RHYMES[at // len(ONSETS)])
    return "".join(parts).capitalize()


@cache
def base() -> pl.DataFrame:
    """Copies of people with whole names, and fathers and sons known by the same initials only."""
    random = np.random.default_rng(5)
    rows = []
    for number in range(COPIES + FAMILIES):
        surname, first = _name(number * 7 + 3), _name(int(random.integers(0, 90)))
        home = {"postcode": f"{1000 + number % 900}AB", "house_number": str(1 + number // 900)}
        home["phone"] = f"085{number:07d}"
        for copy in range(2):
            if number < COPIES:
                mail = f"{first}.{surname}{number}@example.nl" if random.random() < 0.6 else None
                told = {"first_name": first, "email": mail}
            else:
                told = {"initials": f"{first[0]}.", "email": f"{surname}{copy}@example.org"}
            rows.append({"surname": surname, **home, **told})
    return pl.DataFrame(rows, infer_schema_length=None)


def family(number: int) -> tuple[int, int]:
    """The rows of father and son."""
    return 2 * (COPIES + number), 2 * (COPIES + number) + 1


def judged(said: Sequence[tuple[tuple[int, int], str]]) -> Resolution:
    told = tuple(Judgement(*rows, verdict, at) for at, (rows, verdict) in enumerate(said))
    return resolve(base(), constraints=Constraints(judgements=told))


def weights(found: Resolution, numbers: range) -> float:
    """The mean weight of these fathers and sons."""
    pairs = pl.DataFrame([family(n) for n in numbers], schema=["left", "right"], orient="row")
    wanted = pairs.with_columns(pl.all().cast(pl.UInt32))
    return float(found.pairs.join(wanted, on=["left", "right"])["weight"].to_numpy().mean())


def wrong(found: Resolution, numbers: range) -> int:
    """How many of these families are taken for one person, and copies for two."""
    customer = found.clusters["customer"].to_list()
    copies = sum(customer[2 * n] != customer[2 * n + 1] for n in range(COPIES))
    return copies + sum(customer[a] == customer[b] for a, b in map(family, numbers))


HELD_OUT = range(150, FAMILIES)


@pytest.fixture(scope="module")
def unlabelled() -> Resolution:
    return judged(())


def test_judgements_improve_pairs_that_nobody_judged(unlabelled: Resolution) -> None:
    some, many = (judged([(family(n), "different") for n in range(size)]) for size in (20, 100))
    before, few, after = (weights(found, HELD_OUT) for found in (unlabelled, some, many))
    assert after < few < before
    assert wrong(unlabelled, HELD_OUT) > 100
    assert wrong(many, HELD_OUT) < wrong(unlabelled, HELD_OUT) / 4
    learnt, told = (found.model.kinds["person"] for found in (unlabelled, many))
    assert told.odds["first_name"] != learnt.odds["first_name"]  # m and the household's odds
    assert told.same_pairs < learnt.same_pairs


@pytest.mark.parametrize("verdict", ["same", "different"])
def test_a_single_word_against_all_others_does_no_harm(
    unlabelled: Resolution, verdict: str
) -> None:
    copies = [((2 * n, 2 * n + 1), "same") for n in range(10)]
    contrary = ((20, 21) if verdict == "different" else (0, 9), verdict)
    found = judged([*copies, contrary])
    assert abs(weights(found, HELD_OUT) - weights(unlabelled, HELD_OUT)) < 1
    assert abs(wrong(found, HELD_OUT) - wrong(unlabelled, HELD_OUT)) <= 2


def test_the_latest_word_on_a_pair_counts_and_the_order_does_not() -> None:
    first = [(family(n), "different") for n in range(40)]
    again = judged([*first[::-1], *first]).model
    assert again.version == judged(first).model.version
    taken_back = judged([*first, *((rows, "same") for rows, _ in first)]).model
    assert taken_back.version == judged([(rows, "same") for rows, _ in first]).model.version


def test_the_models_own_word_weighs_as_four() -> None:
    member = np.array([[0.9, 0.06, 0.04]] * 3)
    counts, told, same = np.full(3, 10.0), np.array([0.0, 1.0, 16.0]), np.zeros(3)
    moved = blended(member, counts, told, same)
    assert moved[0] == pytest.approx(member[0])
    assert moved[:, 0] == pytest.approx([0.9, 0.72, 0.18])
    assert moved.sum(axis=1) == pytest.approx(1)
    # In a large pattern a judgement speaks for fifty pairs at most.
    assert blended(member, counts * 1_000, told, same)[1, 0] == pytest.approx(0.9 - 0.18 * 0.005)


def test_without_judgements_nothing_changes(unlabelled: Resolution) -> None:
    unsure = judged([(family(0), "unsure")])
    assert unsure.model.version == unlabelled.model.version
    assert unlabelled.model != Model.default()
