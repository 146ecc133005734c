"""The questions that the rules ask, each answered with yes, no or not known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from klantbeeld.privacy.contact_law.conditions import Condition, Fact, Unless, either, every
from klantbeeld.privacy.contact_law.facts import ContactFacts, Kind, SenderKind, Through

# How a yes came about: by an act of the person himself, or by none.
VALID = frozenset({"opt_in", "double_opt_in", "written", "oral", "source"})
INVALID = frozenset({"pre_ticked", "silence", "bundled"})
# Article 8(1) GDPR with the law of each country; 16 where a country chose nothing else. USA: the
# age of the CCPA, § 1798.120(c).
CONSENT_AGE: Mapping[str, int] = {
    "NL": 16, "DE": 16, "BE": 13, "FR": 15, "AT": 14, "DK": 13, "ES": 14, "IT": 14, "SE": 13,
    "US": 16,
}  # fmt: skip


def months_later(day: date, months: int) -> date:
    """The same day of the month so many months on; of a shorter month the last day."""
    year, month = divmod(day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(day.year + year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError(day)


def one_of(*kinds: Kind) -> Callable[[ContactFacts], bool | None]:
    """Whether the person is of one of these kinds; not known where the kind is not."""
    return lambda f: None if f.kind == "unknown" else f.kind in kinds


def through(*ways: Through) -> Callable[[ContactFacts], bool | None]:
    """Whether the address came in one of these ways."""
    return lambda f: None if f.obtained_through is None else f.obtained_through in ways


def sent_by(*kinds: SenderKind) -> Callable[[ContactFacts], bool | None]:
    """Whether the sender is of one of these kinds."""
    return lambda f: f.sender in kinds


def within(months: int) -> Callable[[ContactFacts], bool | None]:
    """Whether the relation runs, or the last deal is at most so many months ago."""

    def test(facts: ContactFacts) -> bool | None:
        if facts.is_current:
            return True
        if facts.last_deal is None:
            return None
        is_recent = facts.day <= months_later(facts.last_deal, months)
        return True if is_recent else facts.is_current

    return test


def _inquired(facts: ContactFacts) -> bool | None:
    return None if facts.last_inquiry is None else facts.day <= months_later(facts.last_inquiry, 3)


def _similar(facts: ContactFacts) -> bool | None:
    # What somebody bought is similar to itself; whether anything else is, people judge.
    return True if facts.offered and facts.offered in facts.bought else facts.is_similar


def _bought_before(facts: ContactFacts) -> bool | None:
    if facts.customer_since is not None:
        return facts.customer_since <= facts.day and facts.is_customer is not False
    return facts.is_customer


def _valid(facts: ContactFacts) -> bool | None:
    if facts.consent != "granted":
        return True
    if facts.consent_how in VALID:
        return True
    return False if facts.consent_how in INVALID else None


def _proven(facts: ContactFacts) -> bool | None:
    return True if facts.consent != "granted" else facts.has_proof


def _is_child(facts: ContactFacts) -> bool:
    limit = CONSENT_AGE.get(facts.country, 16)
    return facts.age is not None and facts.age < limit


def _by_guardian(facts: ContactFacts) -> bool | None:
    return facts.by_guardian if _is_child(facts) and facts.consent == "granted" else True


def _written(facts: ContactFacts) -> bool | None:
    if facts.consent != "granted" or facts.consent_how == "written":
        return True
    # A box that was ticked is a signature when the disclosures stood beside it.
    return None if facts.consent_how in (None, "opt_in", "double_opt_in") else False


def _proves_a_call(facts: ContactFacts) -> bool | None:
    # A confirmed e-mail address proves nothing about who owns the telephone number.
    return facts.consent != "granted" or facts.consent_how != "double_opt_in"


def _authorised(facts: ContactFacts) -> bool | None:
    # Signed and dated (45 CFR § 164.508(c)): a box that was ticked is no such signature.
    if facts.consent != "granted":
        return False
    return None if facts.consent_how is None else facts.consent_how == "written"


IS_NATURAL = Fact("kind_natural", one_of("natural"))
IS_PEOPLE = Fact("kind_people", one_of("natural", "sole_trader", "partnership"))
IS_LEGAL = Fact("kind_legal", one_of("legal"))
IN_BUSINESS = Fact("kind_business", one_of("sole_trader", "partnership", "legal"))
IS_CHILD = Fact("child", _is_child)
IS_DECEASED = Fact("deceased", lambda f: f.is_deceased)

GRANTED = Fact("consent", lambda f: f.consent == "granted")
CONSENT: Condition = every(
    GRANTED,
    Fact("consent_how", _valid),
    Fact("proof", _proven),
    Fact("guardian", _by_guardian),
)
WRITTEN_CONSENT = every(CONSENT, Fact("written", _written))
NOT_AUTHORISED = Unless("authorisation", Fact("authorisation", _authorised))
CALL_CONSENT = every(CONSENT, Fact("proof_for_number", _proves_a_call))

IS_CUSTOMER = Fact("customer", _bought_before)
IS_SIMILAR = Fact("similar", _similar)
OWN_ADDRESS = Fact("own_address", lambda f: f.obtained_by_sender)
AT_SALE = Fact("at_sale", through("sale"))
AT_GIFT = Fact("at_gift", through("gift"))
AT_GIFT_OR_WORK = Fact("at_gift_or_work", through("gift", "volunteering", "event"))
OFFERED_AT_COLLECTION = Fact("opt_out_at_collection", lambda f: f.opt_out_at_collection)
OFFERED_EACH_TIME = Fact("opt_out_in_messages", lambda f: f.opt_out_in_messages)
NO_WAY_OUT = Unless("opt_out_in_messages", OFFERED_EACH_TIME)
WITHIN_THREE_YEARS = Fact("within_three_years", within(36))
WITHIN_EIGHTEEN_MONTHS = Fact("within_eighteen_months", within(18))
INQUIRED = Fact("inquired", _inquired)
IS_CURRENT = Fact("current", lambda f: f.is_current)
HAS_ASKED = Fact("asked", lambda f: f.has_asked)

# The five conditions under which customers may be mailed without having said yes.
SOFT_OPT_IN = every(
    OWN_ADDRESS, AT_SALE, IS_SIMILAR, OFFERED_AT_COLLECTION, OFFERED_EACH_TIME
)  # fmt: skip
GIFT = every(OWN_ADDRESS, AT_GIFT, OFFERED_AT_COLLECTION, OFFERED_EACH_TIME)
GIFT_OR_WORK = every(OWN_ADDRESS, AT_GIFT_OR_WORK, OFFERED_AT_COLLECTION, OFFERED_EACH_TIME)

IS_PUBLISHED = Fact("published", lambda f: f.is_published)
IS_GENERIC = Fact("generic", lambda f: f.is_generic)
CONCERNS_BUSINESS = Fact("concerns_business", lambda f: f.concerns_business)
INTEREST = Fact("interest", lambda f: f.interest_weighed)
BY_CHARITY = Fact("by_charity", sent_by("charity"))
BY_PRESS_OR_LOTTERY = Fact("by_press_or_lottery", sent_by("press", "charity_lottery"))
BY_COVERED = Fact("by_covered", sent_by("covered_entity"))
BY_PRESS = Fact("by_press", sent_by("press"))
BY_HAND = Fact("by_hand", lambda f: None if f.uses_autodialer is None else not f.uses_autodialer)
LAW_HELD = Fact("law_of_country", lambda f: None)

SOLD_OUT = Fact("opted_out_of_sharing", lambda f: f.opted_out_of_sharing)
ON_PHONE_REGISTER = Fact("phone_register", lambda f: f.on_phone_register)
ON_POST_REGISTER = Fact("post_register", lambda f: f.on_post_register)
OFF_PHONE_REGISTER = Unless("phone_register", ON_PHONE_REGISTER)
NO_CONSENT = Unless("consent", CONSENT)
NOT_A_CUSTOMER = Unless("customer", IS_CUSTOMER)
FROM_CALIFORNIA = Fact("california", lambda f: None if not f.region else f.region == "CA")

ALWAYS: Condition = every()
EBR = either(WITHIN_EIGHTEEN_MONTHS, INQUIRED)
