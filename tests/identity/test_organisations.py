"""Organisations: names by what their words tell, branches, and learning from enough of them."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from klantbeeld.identity.core import resolve
from klantbeeld.identity.core.firm_levels import overlap
from klantbeeld.identity.core.organisations import organisation_name

from .people import table

BAKERY = {
    "organisation_name": "Korenbloem Brood B.V.",
    "address": "705 Nutmeg Ave",
    "phone": "555-0100",
    "postcode": "60302",
}


@pytest.mark.parametrize(
    ("left", "right", "least", "most"),
    [
        ("korenbloem brood", "korenbloem brood banket", 0.5, 0.9),
        ("korenbloem brood", "korenblom brood", 0.99, 1.0),
        ("international trading group", "international trading partners", 0.0, 0.0),
        ("korenbloem group", "zonnebloem group", 0.0, 0.0),
        ("univ settlement", "university settlement", 0.99, 1.0),
    ],
)
def test_words_that_tell(left: str, right: str, least: float, most: float) -> None:
    assert least <= overlap(left, right) <= most
    assert overlap(left, right) == pytest.approx(overlap(right, left), abs=0.26)


@pytest.mark.parametrize(
    "name",
    ["Korenbloem B.V.", "KORENBLOEM BV", "Korenbloem GmbH", "Korenbloem GmbH & Co. KG",
     "Korenbloem Ltd.", "Korenbloem, Inc.", "Korenbloem L.L.C.", "Korenbloem PLC",
     "Stichting Korenbloem", "Korenbloem BVBA", "Korenbloem N.V.", "Korenbloem V.O.F.",
     "Korenbloem Aktiengesellschaft", "Korenbloem Corp", "Korenbloem e.K.", "Korenbloem CommV",
     "Korenbloem Besloten Vennootschap"],
)  # fmt: skip
def test_legal_forms_of_five_countries(name: str) -> None:
    assert organisation_name(name) == "korenbloem"


def test_a_branch_stays_a_record_of_its_own() -> None:
    branch = BAKERY | {"organisation_name": "Korenbloem Brood Zuid", "address": "12 Poppy Rd",
                       "postcode": "60608"}  # fmt: skip
    copy = BAKERY | {"organisation_name": "KORENBLOEM BROOD", "address": "705 Nutmeg Avenue"}
    found = resolve(table([BAKERY, branch, copy]))
    assert found.clusters["customer"].to_list() == [0, 1, 0]


def _firms(count: int) -> tuple[pl.DataFrame, np.ndarray]:
    """Firms of two invented words at addresses of their own, two in three written down twice."""
    random = np.random.default_rng(4)
    parts = ("ba", "ko", "li", "mu", "ne", "po", "ri", "sta", "ve", "zo")
    words = ["".join(random.choice(parts, 3)) for _ in range(3 * count)]
    rows, truth = [], []
    for at in range(count):
        name, street = f"{words[at]} {words[count + at]}", words[2 * count + at]
        number, phone = str(random.integers(1, 400)), str(5550000 + at * 7)
        rows.append((f"{name} B.V.", f"{number} {street} St", phone))
        truth.append(at)
        if at % 3:
            short = name if at % 2 else name.split()[0]
            rows.append((short.upper(), f"{number} {street} Street", phone if at % 5 else None))
            truth.append(at)
    names = ["organisation_name", "address", "phone"]
    return pl.DataFrame(rows, schema=names, orient="row"), np.array(truth)


def test_organisations_learn_from_their_data() -> None:
    from klantbeeld.identity.core.judging import judge

    frame, truth = _firms(1500)
    found = resolve(frame)
    kind = found.report()["kinds"]["organisation"]
    assert kind["learnt"]
    assert any(note.startswith("session organisation_address") for note in kind["notes"])
    figures = judge(found.clusters["customer"], pl.Series(truth))
    assert figures["precision"] > 0.98
    assert figures["recall"] > 0.95
    order = np.random.default_rng(1).permutation(len(frame))
    turned = resolve(frame[order])
    assert turned.model.version == found.model.version
    assert judge(turned.clusters["customer"], pl.Series(truth[order])) == figures
