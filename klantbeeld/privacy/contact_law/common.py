"""What holds in every country: refusals go before everything; and what is no advertising."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from klantbeeld.privacy.contact_law import questions as q
from klantbeeld.privacy.contact_law.conditions import Condition, Fact, every
from klantbeeld.privacy.contact_law.facts import CHANNELS, DIRECT, Purpose
from klantbeeld.privacy.contact_law.rule import Rule, channels, purposes

# Directive 95/46/EC was adopted on that day; the GDPR replaced it on 25 May 2018.
FIRST = date(1995, 10, 24)
GDPR = date(2018, 5, 25)
ALL = frozenset(CHANNELS)
MAIL = channels("email", "sms", "chat")
AUTOMATIC = channels("fax", "auto_call")
CALL = channels("phone")
LETTER = channels("post")
ADVERTISING = purposes("marketing", "fundraising")
_APPROACHES = purposes("marketing", "fundraising", "survey", "sharing")

OFFER_OPT_OUT = "offer_opt_out"
IDENTIFY = "identify_sender"
SHOW_NUMBER = "show_number"
KEEP_PROOF = "keep_proof"


def _stop(key: str, condition: Condition, source: str, change: str, **more: Any) -> Rule:
    options: dict[str, Any] = {"purposes": _APPROACHES, "since": FIRST, **more}
    return Rule(
        id=f"all-{key.replace('_', '-')}", effect="stops", reason=key, source=source,
        condition=condition, channels=ALL, change=(change,), **options,
    )  # fmt: skip


_WITHDRAWN = Fact("withdrawn", lambda f: f.consent == "withdrawn")
_DENIED = Fact("denied", lambda f: f.consent == "denied")

# In this order the first that holds is told. They hold in the USA too: a refusal is a refusal.
REFUSALS: tuple[Rule, ...] = (
    _stop(
        "deceased", q.IS_DECEASED,
        "Recital 27 GDPR; Code Postfilter 2021 (National Register of Deceased Persons)", "nothing",
        purposes=_APPROACHES | purposes("service", "requested"),
    ),
    _stop(
        "restricted", Fact("restricted", lambda f: f.is_restricted),
        "GDPR art. 18(1) and 18(2), in force 25 May 2018", "restriction_lifted",
        purposes=_APPROACHES | purposes("service"),
    ),
    _stop(
        "objected", Fact("objected", lambda f: f.has_objected),
        "GDPR art. 21(2) and 21(3), in force 25 May 2018; before: Directive 95/46/EC art. 14(b)",
        "new_consent",
    ),
    _stop(
        "withdrawn", _WITHDRAWN,
        "GDPR art. 7(3), in force 25 May 2018; before: Directive 2002/58/EC recital 17",
        "new_consent",
    ),
    _stop(
        "denied", _DENIED,
        "GDPR art. 4(11) and 21(2); Directive 2002/58/EC art. 13(1) and 13(2)", "new_consent",
    ),
    _stop(
        "do_not_contact", Fact("do_not_contact", lambda f: f.do_not_contact),
        "The company's own record that this person is not to be approached; GDPR art. 21(3)",
        "do_not_contact_lifted",
    ),
    _stop(
        "minor", every(q.IS_CHILD, q.NO_CONSENT),
        "GDPR art. 8(1), recitals 38 and 47; art. 5 UAVG (NL), art. 7 Act of 30 July 2018 (BE),"
        " art. 45 loi Informatique et Libertés (FR)", "guardian", purposes=frozenset(DIRECT),
    ),
)  # fmt: skip


def _permit(key: str, condition: Condition, purpose: Purpose, source: str) -> Rule:
    return Rule(
        id=f"all-{key.replace('_', '-')}", effect="permits", reason=key, source=source,
        condition=condition, channels=ALL, purposes=frozenset({purpose}),
        since=FIRST,
    )  # fmt: skip


def _forbid(key: str, purpose: Purpose, source: str) -> Rule:
    rule = _permit(key, q.ALWAYS, purpose, source)
    return replace(rule, effect="forbids")


# Messages that are not advertising. Once they advertise as well they are judged as such.
MESSAGES: tuple[Rule, ...] = (
    _permit("contract", q.IS_CUSTOMER, "service",
            "GDPR art. 6(1)(b); before 25 May 2018: Directive 95/46/EC art. 7(b)"),
    _forbid("no_contract", "service", "GDPR art. 6(1)"),
    _permit("legal_duty", q.ALWAYS, "legal_duty",
            "GDPR art. 6(1)(c); before 25 May 2018: Directive 95/46/EC art. 7(c)"),
    _permit("requested", q.HAS_ASKED, "requested",
            "GDPR art. 6(1)(a) and (b); Directive 2002/58/EC art. 13 (unsolicited only)"),
    _forbid("not_requested", "requested", "GDPR art. 6(1)"),
)  # fmt: skip
SURVEY: tuple[Rule, ...] = (
    replace(
        _permit("survey", every(q.IS_CUSTOMER, q.INTEREST), "survey",
                "GDPR art. 6(1)(f) with 21(1); the rules on advertising exempt market research"),
        duties=(OFFER_OPT_OUT,),
    ),
    _forbid("no_ground", "survey", "GDPR art. 6(1)"),
)  # fmt: skip
SHARING: tuple[Rule, ...] = (
    replace(
        _permit("consent", q.CONSENT, "sharing",
                "GDPR art. 6(1)(a); ECJ 4 October 2024, C-621/22 (KNLTB)"),
        id="all-sharing-consent", since=GDPR, unknown="consent_unproven",
    ),
    replace(_forbid("no_consent", "sharing", "GDPR art. 6(1)"), id="all-sharing", since=GDPR),
)  # fmt: skip


def post(country: str, register: str, since: date = GDPR) -> Sequence[Rule]:
    """Addressed advertising by post: a legitimate interest, unless the person is in a register.

    country: prefix of the ids; register: the source that tells of the register, which is of
    consumers who are no customers.
    """
    ground = "GDPR art. 6(1)(f), recital 47, with art. 21(2), in force 25 May 2018"
    on_register = every(q.IS_NATURAL, q.NOT_A_CUSTOMER, q.NO_CONSENT, q.ON_POST_REGISTER)
    about: dict[str, Any] = {"channels": LETTER, "purposes": ADVERTISING, "since": since}
    return (
        Rule(f"{country}-post-register", "stops", "on_post_register", register, on_register,
             unknown="register_unchecked", change=("consent", "customer"), **about),
        Rule(f"{country}-post-consent", "permits", "consent", "GDPR art. 6(1)(a) and 7",
             q.CONSENT, unknown="consent_unproven", duties=(OFFER_OPT_OUT, KEEP_PROOF), **about),
        Rule(f"{country}-post-company", "permits", "company_post",
             "GDPR art. 1 and 4(1): legal persons have no personal data", q.IS_LEGAL,
             duties=(OFFER_OPT_OUT,), **about),
        Rule(f"{country}-post-interest", "permits", "legitimate_interest", ground, q.INTEREST,
             duties=(OFFER_OPT_OUT,), **about),
        Rule(f"{country}-post", "forbids", "no_ground", "GDPR art. 6(1)", q.ALWAYS, **about),
    )  # fmt: skip
