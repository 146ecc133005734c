"""Every code that a verdict can hold has its words, in English and in Dutch."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.utils.translation import override

from klantbeeld.privacy.contact import PROFILES, may_contact
from klantbeeld.privacy.contact_law.conditions import Condition
from klantbeeld.privacy.contact_law.facts import ContactFacts
from klantbeeld.privacy.contact_law.rule import Rule
from klantbeeld.privacy.contact_words import ANSWERS, CLAUSES, DUTIES, REASONS, told
from tests.privacy.cases import all_cases

pytestmark = pytest.mark.alike
RULES = [rule for rules in PROFILES.values() for rule in rules]
# Told by `contact` itself, or keys of `change` that say something else than a clause.
OWN_REASONS = {"no_rule", "consent_invalid", "consent_unproven", "consent_pending",
               "consent_expired"}  # fmt: skip


def keys_of(condition: Condition) -> Iterator[str]:
    """The keys of a condition and of all its parts."""
    if key := getattr(condition, "key", ""):
        yield key
    if part := getattr(condition, "part", None):
        yield from keys_of(part)
    for part in getattr(condition, "parts", ()):
        yield from keys_of(part)


def reasons_of(rule: Rule) -> set[str]:
    """The codes that a rule can be told by."""
    return {rule.reason, rule.unknown, *([rule.ended] if rule.ended else [])}


def test_every_reason_has_its_words_and_no_word_is_idle() -> None:
    used = OWN_REASONS.union(*(reasons_of(rule) for rule in RULES))
    assert used == set(REASONS)
    assert {may_contact(case.facts).answer for case in all_cases()} == set(ANSWERS)


def test_every_duty_and_every_ground_has_its_words() -> None:
    assert {duty for rule in RULES for duty in rule.duties} == set(DUTIES)
    needed = {key for r in RULES if r.effect == "permits" for key in keys_of(r.condition)}
    needed |= {key for rule in RULES for key in rule.change} - {"nothing"}
    assert needed <= set(CLAUSES)
    asked = {key for case in all_cases() for key in may_contact(case.facts).changes}
    assert asked - {"withdrawal", "nothing"} <= set(CLAUSES)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_case_can_be_told(language: str) -> None:
    with override(language):
        for case in all_cases():
            verdict = told(may_contact(case.facts))
            assert verdict.answer and verdict.reason
            assert verdict.changes or case.reason in ("no_ground", "no_rule"), case.story
            assert not [text for text in verdict.changes if "%" in text]


@pytest.mark.parametrize("words", [ANSWERS, REASONS, CLAUSES, DUTIES])
def test_dutch_says_it_in_dutch(words: dict[str, object]) -> None:
    for key, text in words.items():
        with override("en"):
            english = str(text)
        with override("nl"):
            assert str(text) != english, key


def test_a_verdict_reads_as_a_sentence() -> None:
    customer = ContactFacts(
        "phone", "marketing", date(2026, 6, 30), kind="natural", is_customer=True, is_current=True,
        obtained_by_sender=True, obtained_through="sale", is_similar=True,
        opt_out_at_collection=True, opt_out_in_messages=True,
    )  # fmt: skip
    with override("nl"):
        before = told(may_contact(customer))
        assert before.answer == "Toegestaan"
        assert before.changes[1] == "De regel geldt tot 1 juli 2026."
        assert before.duties == (
            "Bied elke keer een gratis en makkelijke afmelding", "Bel met een zichtbaar nummer",
        )  # fmt: skip
        stranger = told(may_contact(ContactFacts("phone", "marketing", date(2026, 11, 22))))
        assert stranger.changes == ("Leg vast of het een rechtspersoon is.",)
    with override("en"):
        stranger = told(may_contact(ContactFacts("phone", "marketing", date(2026, 11, 22))))
        assert stranger.changes == ("Record whether it is a company with legal personality.",)
