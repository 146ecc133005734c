"""May we contact this person? Facts in, a verdict out that says why and what would change it.

Pure: no database, no clock, no settings. The verdict and the facts can be stored with whatever
was sent, and the question asked again later gives the same answer. No legal advice: the rules say
where they come from, so that a lawyer can check them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, Literal

from klantbeeld.privacy.contact_law import common, elsewhere, neighbours, nl
from klantbeeld.privacy.contact_law.conditions import Outcome
from klantbeeld.privacy.contact_law.facts import ConsentState, ContactFacts, Kind
from klantbeeld.privacy.contact_law.questions import INVALID
from klantbeeld.privacy.contact_law.rule import Rule, in_force

Answer = Literal["allowed", "not_allowed", "unknown"]
# Milder to stricter: what is not known may not be done, but it may turn out to be allowed.
STRICTNESS: dict[Answer, int] = {"allowed": 0, "unknown": 1, "not_allowed": 2}
EUROPEAN = frozenset({
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IS",
    "IT", "LI", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK",
})  # fmt: skip

_ALIKE = (*common.REFUSALS, *common.MESSAGES)
PROFILES: dict[str, tuple[Rule, ...]] = {
    "NL": (*_ALIKE, *nl.RULES, *common.SURVEY, *common.SHARING),
    "BE": (*_ALIKE, *neighbours.BELGIUM, *common.SHARING),
    "DE": (*_ALIKE, *neighbours.GERMANY, *common.SHARING),
    "FR": (*_ALIKE, *neighbours.FRANCE, *common.SHARING),
    "EU": (*_ALIKE, *neighbours.EUROPE, *common.SHARING),
    "US": (*elsewhere.ALIKE, *elsewhere.USA, *elsewhere.CALIFORNIA),
    "OTHER": (*_ALIKE, *elsewhere.OTHER, *common.SHARING),
}

# Who somebody is and who asks does not change by doing anything; it may have to be recorded.
GIVEN = frozenset({
    "kind_natural", "kind_legal", "kind_business", "by_charity", "by_press", "by_press_or_lottery",
    "by_covered",
    "california", "law_of_country",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer, its reason as a code, and the rule that gave it.

    `changes` are keys: of what to record first (unknown), or of what would change the answer.
    `duties` come with contacting. `until` is the first day on which the rule no longer holds.
    """

    answer: Answer
    reason: str
    rule: str = ""
    source: str = ""
    changes: tuple[str, ...] = ()
    duties: tuple[str, ...] = ()
    until: date | None = None

    @property
    def is_allowed(self) -> bool:
        """The only answer on which anything may be sent."""
        return self.answer == "allowed"


def profile_of(country: str) -> str:
    """The key of the rules for somebody in this country (ISO 3166, two letters)."""
    code = country.upper()
    if code in PROFILES:
        return code
    return "EU" if code in EUROPEAN else "OTHER"


def may_contact(facts: ContactFacts) -> Verdict:
    """The verdict of the law in force on the day that the facts name.

    A message for service or a survey that advertises as well is judged as advertising.
    """
    plain = facts.purpose not in ("service", "survey", "requested")
    if plain or facts.has_promotion is False:
        return _judge(facts)
    advertising = _judge(replace(facts, purpose="marketing"))
    if facts.has_promotion:
        return advertising
    itself = _judge(facts)
    if itself.answer == advertising.answer:
        return itself
    stricter = max(itself, advertising, key=lambda v: STRICTNESS[v.answer])
    return Verdict("unknown", "facts_missing", stricter.rule, stricter.source, ("promotion",))


def _judge(facts: ContactFacts) -> Verdict:
    everything = PROFILES[profile_of(facts.country)]
    rules = in_force(everything, facts)
    unchecked: tuple[Rule, Outcome] | None = None
    for rule in rules:
        if rule.effect == "stops":
            outcome = rule.condition.judge(facts)
            if outcome.holds:
                return _told("not_allowed", rule, rule.reason, rule.change)
            if outcome.holds is None and unchecked is None:
                unchecked = (rule, outcome)
    grounds = [(r, r.condition.judge(facts)) for r in rules if r.effect == "permits"]
    allowed = next((r for r, outcome in grounds if outcome.holds), None)
    if allowed is not None:
        if unchecked is None:
            return _told("allowed", allowed, allowed.reason, ("withdrawal",))
        rule, outcome = unchecked
        return _told("unknown", rule, rule.unknown, outcome.unknown)
    perhaps = [(r, outcome) for r, outcome in grounds if outcome.holds is None]
    if perhaps:
        rule, outcome = perhaps[0]
        return _told("unknown", rule, rule.unknown, outcome.unknown)
    return _forbidden(facts, rules, everything)


def _told(answer: Answer, rule: Rule, reason: str, changes: Sequence[str]) -> Verdict:
    duties = rule.duties if answer == "allowed" else ()
    return Verdict(answer, reason, rule.id, rule.source, tuple(changes), duties, rule.until)


def _forbidden(facts: ContactFacts, rules: Sequence[Rule], everything: Sequence[Rule]) -> Verdict:
    """No ground: said by the rule that forbids, with the nearest way to a ground."""
    rule = next((r for r in rules if r.effect == "forbids"), None)
    if rule is None:
        return Verdict("unknown", "no_rule", changes=("law_of_country",))
    lacking = [r.condition.judge(facts).lacking for r in rules if r.effect == "permits"]
    nearest = (keys[0] for keys in lacking if len(keys) == 1)
    changes = dict.fromkeys(key for key in nearest if key not in GIVEN)
    return _told("not_allowed", rule, _reason(facts, rule, everything), tuple(changes))


def _reason(facts: ContactFacts, rule: Rule, everything: Sequence[Rule]) -> str:
    """Why there is no ground: a consent that does not count, a rule that ended, or simply none."""
    if rule.reason not in ("no_consent", "call_register"):
        return rule.reason
    if facts.consent == "granted":
        return "consent_invalid" if facts.consent_how in INVALID else "consent_unproven"
    if facts.consent in ("pending", "expired"):
        return f"consent_{facts.consent}"
    for former in everything:
        is_over = former.until is not None and former.until <= facts.day
        if not (is_over and former.ended and former.concerns(facts)):
            continue
        if former.condition.judge(facts).holds:
            return former.ended
    return rule.reason


_SAME = ("channel", "purpose", "day", "country", "region", "brand", "topic", "sender", "offered",
         "has_promotion", "uses_autodialer", "interest_weighed", "concerns_business")  # fmt: skip
# The more protected the higher. Not known may turn out to be natural, so only that goes before.
_PROTECTION: dict[Kind, int] = {
    "legal": 0, "partnership": 1, "sole_trader": 2, "unknown": 3, "natural": 4,
}  # fmt: skip
_CONSENTS: dict[ConsentState, int] = {
    "unknown": 0, "expired": 1, "pending": 2, "granted": 3, "denied": 4, "withdrawn": 5,
}  # fmt: skip
_CONSENT = ("consent", "consent_how", "has_proof", "by_guardian")
_REFUSED = ("is_deceased", "has_objected", "is_restricted", "do_not_contact",
            "opted_out_of_sharing")  # fmt: skip
_REGISTERS = ("on_phone_register", "on_post_register")


class DifferentQuestions(ValueError):
    """Facts about different channels, purposes, days or senders cannot be one person's."""


def merged(one: ContactFacts, other: ContactFacts) -> ContactFacts:
    """The facts of two records that turn out to be one person: the strictest of both.

    Any refusal counts, the strictest consent, the more protected kind, the lowest age, each
    register that has the person. What there is between sender and person is taken whole from one
    of them, so that conditions that neither record fulfils alone are not fulfilled by two halves.
    """
    if any(getattr(one, name) != getattr(other, name) for name in _SAME):
        raise DifferentQuestions("These facts are about different questions.")
    first, second = sorted((one, other), key=_order, reverse=True)
    consenting = max((first, second), key=lambda f: _CONSENTS[f.consent])
    found: dict[str, Any] = {name: getattr(consenting, name) for name in _CONSENT}
    found |= {name: getattr(one, name) or getattr(other, name) for name in _REFUSED}
    found |= {name: _listed(getattr(one, name), getattr(other, name)) for name in _REGISTERS}
    found["kind"] = max(one.kind, other.kind, key=lambda kind: _PROTECTION[kind])
    ages = [f.age for f in (one, other) if f.age is not None]
    found["age"] = min(ages, default=None)
    return replace(first, **found)


def _listed(one: bool | None, other: bool | None) -> bool | None:
    if one or other:
        return True
    return None if one is None or other is None else False


def _order(facts: ContactFacts) -> tuple[int, str]:
    """Which of two records the relation is taken from: the stricter verdict, else any fixed one."""
    values = [repr(getattr(facts, f.name)) for f in fields(facts)]
    return STRICTNESS[may_contact(facts).answer], "|".join(values)
