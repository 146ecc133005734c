"""May we contact: the cases a lawyer can read, and what must hold for any facts at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klantbeeld.privacy import contact
from klantbeeld.privacy.contact import (
    PROFILES,
    STRICTNESS,
    DifferentQuestions,
    may_contact,
    merged,
    profile_of,
)
from klantbeeld.privacy.contact_law.facts import CHANNELS, DIRECT, ContactFacts
from klantbeeld.privacy.contact_law.questions import months_later
from tests.privacy.cases import Case, all_cases

pytestmark = pytest.mark.alike
CASES = all_cases()
COUNTRIES = ("NL", "BE", "DE", "FR", "ES", "US", "GB")
MAYBE = st.sampled_from([None, True, False])
BORDERS = (
    date(2009, 10, 1), date(2013, 10, 16), date(2015, 7, 11), date(2016, 6, 1), date(2018, 5, 25),
    date(2020, 1, 1), date(2021, 7, 1), date(2022, 5, 28), date(2023, 1, 1), date(2024, 2, 29),
    date(2026, 7, 1), date(2026, 8, 11),
)  # fmt: skip
# What may be not known, with what it may turn out to be.
OPEN: Mapping[str, tuple[Any, ...]] = {
    **dict.fromkeys(
        (
            "has_proof", "by_guardian", "on_phone_register", "on_post_register", "is_customer",
            "is_current", "is_similar", "obtained_by_sender", "opt_out_at_collection",
            "opt_out_in_messages", "has_asked", "is_published", "is_generic", "concerns_business",
            "has_promotion", "uses_autodialer", "interest_weighed",
        ),
        (True, False),
    ),
    "kind": ("natural", "sole_trader", "partnership", "legal"),
    "consent_how": ("opt_in", "double_opt_in", "written", "oral", "source", "pre_ticked",
                    "silence", "bundled", "reasoned"),
    "obtained_through": ("sale", "gift", "volunteering", "event", "enquiry", "third_party"),
    "last_inquiry": (date(2005, 1, 1), date(2026, 6, 1)),
    "region": ("CA", "TX"),
}  # fmt: skip
NOT_KNOWN = {"kind": "unknown", "region": ""}


def near(border: date) -> st.SearchStrategy[date]:
    """Days around a border."""
    return st.integers(-2, 2).map(lambda days: border + timedelta(days=days))


@st.composite
def any_facts(draw: st.DrawFn, **fixed: Any) -> ContactFacts:
    """Facts of any kind, most of them perhaps not known, on days around the borders of the law."""
    values: dict[str, Any] = {
        "channel": draw(st.sampled_from(CHANNELS)),
        "purpose": draw(st.sampled_from(
            ["marketing", "fundraising", "survey", "service", "requested", "sharing"])),
        "day": draw(st.sampled_from(BORDERS).flatmap(near)),
        "country": draw(st.sampled_from(COUNTRIES)),
        "consent": draw(st.sampled_from(
            ["unknown", "pending", "expired", "granted", "granted", "denied", "withdrawn"])),
        "sender": draw(st.sampled_from(
            ["ordinary", "charity", "charity_lottery", "press", "covered_entity"])),
        "age": draw(st.sampled_from([None, None, None, 12, 14, 15, 40])),
        "last_deal": draw(st.sampled_from([None, date(2019, 3, 1), date(2025, 11, 1)])),
    }  # fmt: skip
    for name in ("is_deceased", "has_objected", "is_restricted", "do_not_contact"):
        values[name] = draw(st.integers(0, 9)) == 0
    for name, possible in OPEN.items():
        unknown = NOT_KNOWN.get(name)
        values[name] = draw(st.sampled_from([unknown, *possible, *possible]))
    return ContactFacts(**{**values, **fixed})


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c.country}: {c.story}")
def test_the_case_gets_the_verdict_that_the_law_gives(case: Case) -> None:
    verdict = may_contact(case.facts)
    assert (verdict.answer, verdict.reason, verdict.rule) == (case.answer, case.reason, case.rule)
    assert case.source


def test_there_are_cases_enough_and_each_is_another() -> None:
    assert len(CASES) >= 200
    assert len({case.facts for case in CASES}) >= 200
    assert len({(case.country, case.story) for case in CASES}) == len(CASES)
    assert {case.answer for case in CASES} == set(STRICTNESS)


def idle_rules(profile: str, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The rules of a profile without which no case would get another verdict."""
    rules = PROFILES[profile]
    mine = [case.facts for case in CASES if profile_of(case.facts.country) == profile]
    told = [may_contact(facts) for facts in mine]
    idle = set()
    for rule in rules:
        monkeypatch.setitem(contact.PROFILES, profile, tuple(r for r in rules if r is not rule))
        if all(may_contact(facts) == before for facts, before in zip(mine, told, strict=True)):
            idle.add(rule.id)
    monkeypatch.setitem(contact.PROFILES, profile, rules)
    return idle


@pytest.mark.parametrize("profile", PROFILES)
def test_no_rule_can_go_without_a_case_failing(
    profile: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What holds everywhere alike is tried out in the Netherlands, where most cases are.
    shared = {r.id for r in PROFILES["NL"] if r.id.startswith("all-")}
    shared |= {name.replace("all-", "us-") for name in shared}
    assert idle_rules(profile, monkeypatch) - (shared if profile != "NL" else set()) == set()


def test_every_rule_says_where_it_comes_from_and_when() -> None:
    for profile, rules in PROFILES.items():
        assert len({r.id for r in rules}) == len(rules), profile
        for rule in rules:
            assert len(rule.source) > 10
            assert rule.until is None or rule.since < rule.until
            assert rule.channels and rule.purposes
            assert rule.effect != "stops" or rule.change


@given(any_facts())
@settings(max_examples=600, deadline=None)
def test_a_refusal_wins_at_once(facts: ContactFacts) -> None:
    if facts.purpose not in (*DIRECT, "survey"):
        facts = replace(facts, purpose="marketing")
    for refused in (
        replace(facts, consent="withdrawn"),
        replace(facts, consent="denied"),
        replace(facts, has_objected=True),
        replace(facts, is_restricted=True),
        replace(facts, do_not_contact=True),
        replace(facts, is_deceased=True),
    ):
        verdict = may_contact(refused)
        assert verdict.answer == "not_allowed"
        assert verdict.changes


@given(any_facts(), st.data())
@settings(max_examples=1500, deadline=None)
def test_a_verdict_stands_whatever_turns_out_about_what_was_not_known(
    facts: ContactFacts, data: st.DataObject
) -> None:
    before = may_contact(facts)
    learned = {
        name: data.draw(st.sampled_from(possible))
        for name, possible in OPEN.items()
        if getattr(facts, name) == NOT_KNOWN.get(name)
    }
    after = may_contact(replace(facts, **learned))
    if before.answer != "unknown":
        assert after.answer == before.answer


@given(any_facts())
@settings(max_examples=600, deadline=None)
def test_what_is_unknown_is_told_and_never_allowed(facts: ContactFacts) -> None:
    verdict = may_contact(facts)
    assert verdict.is_allowed == (verdict.answer == "allowed")
    if verdict.answer == "unknown":
        assert verdict.changes
        assert not verdict.duties


def test_of_somebody_unknown_no_advertising_is_allowed() -> None:
    for country in ("NL", "BE", "DE", "FR", "ES", "GB", ""):
        for channel in CHANNELS:
            for day in BORDERS:
                for purpose in DIRECT:
                    facts = ContactFacts(channel, purpose, day, country)
                    assert may_contact(facts).answer != "allowed", facts


@given(any_facts(), any_facts(), any_facts())
@settings(max_examples=600, deadline=None)
def test_merging_never_makes_milder_than_the_mildest(
    one: ContactFacts, other: ContactFacts, third: ContactFacts
) -> None:
    same = {name: getattr(one, name) for name in contact._SAME}
    other, third = replace(other, **same), replace(third, **same)
    both = merged(one, other)
    mildest = min(STRICTNESS[may_contact(f).answer] for f in (one, other))
    assert STRICTNESS[may_contact(both).answer] >= mildest
    assert merged(other, one) == both
    assert merged(one, one) == one
    for refused in ("withdrawn", "denied"):
        if refused in (one.consent, other.consent) and one.purpose in DIRECT:
            assert may_contact(merged(both, third)).answer == "not_allowed"


def test_only_the_same_question_can_be_merged() -> None:
    mail = ContactFacts("email", "marketing", date(2026, 11, 2))
    with pytest.raises(DifferentQuestions):
        merged(mail, replace(mail, channel="phone"))


@pytest.mark.parametrize("border", BORDERS)
@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_a_rule_holds_on_its_first_day_and_not_on_its_last(border: date, data: Any) -> None:
    facts = data.draw(any_facts(day=border))
    for day in (border - timedelta(days=1), border):
        told = may_contact(replace(facts, day=day))
        rules = [r for r in PROFILES[profile_of(facts.country)] if r.id == told.rule]
        for rule in rules:
            assert rule.since <= day
            assert rule.until is None or day < rule.until


def test_a_month_later_is_the_same_day_or_the_last() -> None:
    assert months_later(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert months_later(date(2023, 1, 31), 1) == date(2023, 2, 28)
    assert months_later(date(2023, 11, 15), 36) == date(2026, 11, 15)
    assert months_later(date(2024, 2, 29), 36) == date(2027, 2, 28)


def test_a_country_has_its_profile() -> None:
    assert [profile_of(c) for c in ("NL", "be", "PL", "US", "GB", "")] == [
        "NL", "BE", "EU", "US", "OTHER", "OTHER",
    ]  # fmt: skip
