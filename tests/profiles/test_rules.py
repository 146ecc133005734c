"""Survivorship: what wins, why, and that the order of records never matters."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klantbeeld.core.clock import DAY
from klantbeeld.profiles.rules import (
    ADDRESS,
    NAME,
    NOT_GOLDEN,
    RULES,
    Rule,
    Said,
    golden,
    kind_of,
    listed,
    values,
)


def said(record: int, data: dict[str, Any], **more: Any) -> Said:
    return Said(record, **{"source": f"s{record}", "trust": 50, "at": 0, "data": data, **more})


def test_an_address_comes_whole_from_one_record() -> None:
    old = said(1, {"street": "Kerkstraat", "house_number": "7", "house_suffix": "B",
                   "postcode": "3581 RC", "city": "Utrecht"}, at=DAY)  # fmt: skip
    new = said(2, {"street": "Merelstraat", "house_number": "24", "postcode": "3815 KV"},
               at=9 * DAY)  # fmt: skip
    chosen = golden([old, new])
    assert chosen["street"].value == "Merelstraat"
    assert chosen["street"].rule == "recency"
    assert "house_suffix" not in chosen
    assert "city" not in chosen
    assert {chosen[f].record for f in ADDRESS if f in chosen} == {2}
    assert [x.value for x in chosen["street"].losers] == ["Kerkstraat"]
    assert chosen["street"].losers[0].why == "recency"


def test_a_usable_address_beats_a_newer_scrap() -> None:
    whole = said(1, {"street": "Kerkstraat", "house_number": "7", "postcode": "3581 RC"})
    scrap = said(2, {"city": "Zeist"}, at=9 * DAY)
    assert golden([whole, scrap])["street"].rule == "completeness"


def test_a_name_written_out_beats_initials_of_a_better_source() -> None:
    crm = said(1, {"initials": "M.", "surname_prefix": "van der", "surname": "Velde"}, trust=90)
    shop = said(2, {"first_name": "Marieke", "initials": "M.", "surname_prefix": "van der",
                    "surname": "Velde"})  # fmt: skip
    chosen = golden([crm, shop])
    assert chosen["first_name"].value == "Marieke"
    assert {chosen[f].record for f in NAME if f in chosen} == {2}


def test_trust_decides_where_nothing_else_is_declared() -> None:
    chosen = golden(
        [said(1, {"website": "a.nl"}, trust=10), said(2, {"website": "b.nl"}, trust=80)]
    )
    assert (chosen["website"].value, chosen["website"].rule) == ("b.nl", "trust")
    assert chosen["website"].losers[0].why == "trust"


def test_frequency_decides_a_birth_date() -> None:
    records = [said(n, {"birth_date": d}, trust=t) for n, (d, t) in enumerate(
        [("1984-05-14", 10), ("1984-05-14", 10), ("1984-05-15", 90)])]  # fmt: skip
    chosen = golden(records)["birth_date"]
    assert (chosen.value, chosen.rule) == ("1984-05-14", "frequency")


def test_the_earliest_customer_since_wins() -> None:
    chosen = golden([said(1, {"customer_since": "2021-03-01"}, trust=99),
                     said(2, {"customer_since": "2019-11-30"})])["customer_since"]  # fmt: skip
    assert (chosen.value, chosen.rule) == ("2019-11-30", "earliest")


def test_a_minute_between_two_loads_says_nothing() -> None:
    minute = 60 * 1_000_000
    chosen = golden([said(1, {"email": "a@example.nl"}, at=10 * DAY, trust=80),
                     said(2, {"email": "b@example.nl"}, at=10 * DAY + minute, trust=20)])  # fmt: skip
    assert (chosen["email"].value, chosen["email"].rule) == ("a@example.nl", "trust")


def test_an_invalid_value_never_wins_and_is_shown_as_loser() -> None:
    bad = said(1, {}, trust=99, at=99 * DAY, invalid={"email": ("marieke@", "no_domain")})
    good = said(2, {"email": "m@example.nl"})
    chosen = golden([bad, good])["email"]
    assert chosen.value == "m@example.nl"
    assert [(x.value, x.why) for x in chosen.losers] == [("marieke@", "invalid")]
    assert "email" not in golden([bad])


def test_an_address_with_an_invalid_part_loses() -> None:
    half = said(1, {"street": "Kerkstraat", "house_number": "7", "city": "Utrecht"}, trust=99,
                at=99 * DAY, invalid={"postcode": ("3581", "incomplete")})  # fmt: skip
    whole = said(2, {"street": "Laan", "house_number": "1", "postcode": "3581 RC"})
    assert golden([half, whole])["street"].rule == "validity"


def test_one_record_and_agreement_are_said() -> None:
    assert golden([said(1, {"email": "a@example.nl"})])["email"].rule == "only"
    both = [said(1, {"email": "a@example.nl"}), said(2, {"email": "A@example.nl"})]
    assert golden(both)["email"].rule == "agreed"
    assert golden(both)["email"].losers == ()


def test_lists_keep_what_everybody_says() -> None:
    chosen = golden([said(1, {"interests": "e-bikes | onderhoud"}, at=9 * DAY),
                     said(2, {"interests": ["Onderhoud", "kleding"]})])["interests"]  # fmt: skip
    assert chosen.rule == "together"
    assert listed(chosen.value) == ["e-bikes", "onderhoud", "kleding"]


@pytest.mark.parametrize(
    ("text", "members"),
    [
        ('"vip","denver"', ["vip", "denver"]),  # Mailchimp
        ("* myContacts ::: Werk ::: Buren", ["Werk", "Buren"]),  # Google: a star is its own group
        ('racefiets; 28" wielen', ["racefiets", '28" wielen']),
    ],
)
def test_lists_as_well_known_programs_write_them(text: str, members: list[str]) -> None:
    assert listed(text) == members


def test_statements_about_contact_are_not_on_the_profile() -> None:
    assert golden([said(1, {"consent_email": True, "do_not_call": False, "city": "Zeist"})]).keys() \
        == {"city"}  # fmt: skip


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        ([("person", 50), ("person", 50), ("organisation", 50)], "person"),
        ([("person", 50), ("person", 50), ("organisation", 60)], "organisation"),
        ([("unknown", 99), ("person", 1)], "person"),
        ([("unknown", 50), ("device", 50)], "unknown"),
    ],
)
def test_the_kind_goes_by_trust_and_then_by_number(
    kinds: list[tuple[str, int]], expected: str
) -> None:
    records = [said(n, {}, kind=kind, trust=trust) for n, (kind, trust) in enumerate(kinds)]
    assert kind_of(records) == expected


FIELDS = (
    "first_name", "initials", "surname", "full_name", "street", "house_number", "postcode", "city",
    "email", "birth_date", "gender", "interests", "tags", "customer_since", "own_field",
    "organisation_name", "consent_email", "points",
)  # fmt: skip
_WORDS = st.sampled_from(["", "a", "A", "bb", "ccc", "2020-01-02", "2019-01-02", "x | y"])
_DATA = st.dictionaries(st.sampled_from(FIELDS), _WORDS, max_size=8)
_BAD = st.dictionaries(
    st.sampled_from(FIELDS), st.tuples(st.sampled_from(["?", "bad"]), st.just("wrong")), max_size=2
)


@st.composite
def groups(draw: st.DrawFn) -> list[Said]:
    records = []
    for number in range(draw(st.integers(1, 4))):
        data, bad = draw(_DATA), draw(_BAD)
        records.append(
            said(
                number, data, trust=draw(st.sampled_from([10, 50])),
                at=draw(st.sampled_from([0, 1, DAY, 3 * DAY])),
                invalid={k: v for k, v in bad.items() if k not in data},
            )
        )  # fmt: skip
    return records


@given(groups())
@settings(max_examples=300, deadline=None)
def test_the_order_of_records_does_not_matter(records: list[Said]) -> None:
    first = golden(records)
    for other in permutations(records):
        assert golden(other) == first
        assert values(list(other)) == {f: g.value for f, g in first.items()}


@given(groups())
@settings(max_examples=300, deadline=None)
def test_every_value_can_be_traced_and_no_invalid_one_is_golden(records: list[Said]) -> None:
    by_record = {s.record: s for s in records}
    joined = {rule.fields[0] for rule in RULES if rule.is_joined}
    for name, chosen in golden(records).items():
        assert name not in NOT_GOLDEN
        source = by_record[chosen.record]
        if name in joined:
            told = {m.casefold() for s in records if s.data.get(name) for m in listed(s.data[name])}
            assert {m.casefold() for m in listed(chosen.value)} == told
        else:
            assert source.data[name] == chosen.value
        assert (chosen.source, chosen.at) == (source.source, source.at)
        for loser in chosen.losers:
            teller = by_record[loser.record]
            assert loser.value in (teller.data.get(name), teller.invalid.get(name, ("",))[0])
            if loser.why != "invalid":
                assert loser.value.casefold() != chosen.value.casefold()


@given(groups())
@settings(max_examples=200, deadline=None)
def test_units_come_from_one_record(records: list[Said]) -> None:
    chosen = golden(records)
    for unit in (NAME, ADDRESS):
        assert len({chosen[f].record for f in unit if f in chosen}) <= 1


@given(groups())
@settings(max_examples=200, deadline=None)
def test_a_value_that_one_more_record_repeats_still_holds(records: list[Said]) -> None:
    rule = (Rule(("email",), ("validity", "frequency")),)
    before = golden(records, rule).get("email")
    if before is None:
        return
    winner = next(s for s in records if s.record == before.record)
    after = golden([*records, replace(winner, record=99)], rule)["email"]
    assert after.value.casefold() == before.value.casefold()
