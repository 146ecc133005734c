"""Organisations: names by what their words tell, branches, and learning from enough of them."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klantbeeld.identity.core import resolve
from klantbeeld.identity.core.coded import hash_list
from klantbeeld.identity.core.firm_words import A_WORD, ALL, HALF, NOTHING, Names, shared
from klantbeeld.identity.core.model import Frequencies
from klantbeeld.identity.core.organisations import organisation_name, plain_names

from .people import table

BAKERY = {
    "organisation_name": "Korenbloem Brood B.V.",
    "address": "705 Nutmeg Ave",
    "phone": "555-0100",
    "postcode": "60302",
}


@pytest.mark.parametrize(
    ("left", "right", "grade"),
    [
        ("korenbloem brood", "korenbloem brood banket", HALF),
        ("korenbloem brood", "korenblom brood", ALL),
        ("korenbloem brood banket", "korenbloem koffie thee", A_WORD),
        ("international trading group", "international trading partners", NOTHING),
        ("korenbloem group", "zonnebloem group", NOTHING),
        ("univ settlement", "university settlement", ALL),
    ],
)
def test_words_that_tell(left: str, right: str, grade: int) -> None:
    assert shared(left, right) == grade
    assert shared(right, left) == grade


def test_words_tell_by_the_data_where_it_was_learnt() -> None:
    usual = Frequencies(tuple(hash_list(["korenbloem"]).tolist()), (0.5,), 2.0**-10)
    assert shared("korenbloem brood", "korenbloem banket", usual) == NOTHING
    assert shared("trading brood", "trading banket", usual) == A_WORD


_WORDS = [
    "korenbloem",
    "korenblom",
    "brood",
    "brod",
    "bv",
    "univ",
    "university",
    "group",
    "de",
    "été",
]


@settings(deadline=None)
@given(st.lists(st.lists(st.sampled_from(_WORDS), min_size=1, max_size=5), min_size=2, max_size=9))
def test_names_share_alike_alone_and_among_many(lists: list[list[str]]) -> None:
    texts = [" ".join(words) for words in lists]
    for known in (None, Frequencies(tuple(hash_list(["brood"]).tolist()), (0.2,), 2.0**-10)):
        names = Names(pl.Series(texts), known)
        left, right = np.triu_indices(len(texts), 1)
        found = names.shared(names.codes[left], names.codes[right])
        assert found.tolist() == [
            shared(texts[a], texts[b], known) for a, b in zip(left, right, strict=True)
        ]
        assert found.tolist() == [
            shared(texts[b], texts[a], known) for a, b in zip(left, right, strict=True)
        ]


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


@settings(deadline=None)
@given(
    st.lists(
        st.one_of(
            st.text(st.sampled_from("abv.&'-, BVGmNk/é_0"), max_size=12),
            st.lists(
                st.sampled_from(
                    [
                        "De",
                        "Bakker",
                        "B.V.",
                        "&",
                        "Zonen",
                        "GmbH & Co. KG",
                        "van",
                        "Public Limited Company",
                        "0",
                        "onbekend",
                        "-",
                        "Stichting",
                        "'t",
                        "Co.",
                    ]
                ),
                max_size=5,
            ).map(" ".join),
        ),
        max_size=9,
    )
)
def test_names_in_a_column_are_those_one_by_one(names: list[str]) -> None:
    column = pl.Series(names, dtype=pl.String)
    for name, found in zip(names, plain_names(column).to_list(), strict=True):
        assert found is None or found == organisation_name(name)


def test_most_names_are_read_in_a_column() -> None:
    column = pl.Series(["Korenbloem Brood & Banket B.V.", "Korenbloem"])
    assert plain_names(column).to_list() == ["korenbloem brood banket", "korenbloem"]
