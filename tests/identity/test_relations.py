"""Branches, parents, neighbours and contacts are told beside the customers."""

from __future__ import annotations

import polars as pl
import pytest

from benchmarks.organisations import simulate
from klantbeeld.identity.core import resolve

HEAD = {"organisation_name": "Korenbloem B.V.", "website": "korenbloem.example.nl", "postcode": "3511AA",
        "house_number": "1", "kind": "organisation"}  # fmt: skip
SHOP = HEAD | {
    "organisation_name": "Korenbloem Groningen",
    "postcode": "9711BB",
    "house_number": "7",
}
NEIGHBOUR = {
    "organisation_name": "Zonnebrood",
    "postcode": "3511AA",
    "house_number": "1",
    "kind": "organisation",
}
CONTACT = {"full_name": "Fenna Proefneus", "email": "fenna@korenbloem.example.nl",
           "organisation_name": "Korenbloem", "kind": "person"}  # fmt: skip
STRANGER = {"full_name": "Joris Zandbergen", "email": "joris@gmail.com", "kind": "person"}


def told(*rows: dict[str, str]) -> list[tuple[int, int, str]]:
    found = resolve(pl.DataFrame(list(rows), infer_schema_length=None)).relations()
    return list(found.select("customer", "other", "relation").iter_rows())


def test_a_branch_its_parent_and_a_neighbour() -> None:
    assert told(HEAD, SHOP, NEIGHBOUR) == [(0, 2, "same_address"), (1, 0, "parent")]


def test_two_branches() -> None:
    other = SHOP | {"organisation_name": "Korenbloem Zwolle", "postcode": "8011CC"}
    assert (0, 1, "branch") in told(SHOP, other)


def test_a_contact_works_where_name_and_domain_say() -> None:
    assert told(HEAD, CONTACT, STRANGER) == [(1, 0, "contact")]
    # Two places of one name and domain: nobody knows which.
    assert (1, 0, "contact") not in told(HEAD, CONTACT, SHOP | {"organisation_name": "Korenbloem"})


def test_an_accountants_domain_makes_no_group() -> None:
    theirs = {"kind": "organisation", "email": "post@kantoor.example.nl"}
    assert told(theirs | {"organisation_name": "Korenbloem", "postcode": "3511AA", "house_number": "1"},
                theirs | {"organisation_name": "Zonnebrood", "postcode": "9711BB", "house_number": "2"}) == []  # fmt: skip


def test_no_organisations_no_relations() -> None:
    found = resolve(pl.DataFrame([STRANGER]))
    assert found.relations().columns == ["customer", "other", "relation", "because"]
    assert found.relations().is_empty()


def test_most_relations_of_a_large_base_hold() -> None:
    base = simulate(6_000, seed=5)
    found = resolve(base.frame).relations()
    group = base.group.to_list()
    holds = [group[a] == group[b] for a, b in found.select("customer", "other").iter_rows()]
    found = found.with_columns(holds=pl.Series(holds))
    for relation, share in (("branch", 0.9), ("parent", 0.9), ("contact", 0.9)):
        of_it = found.filter(relation=relation)
        assert len(of_it) > 20
        assert of_it["holds"].mean() == pytest.approx(1, abs=1 - share)
