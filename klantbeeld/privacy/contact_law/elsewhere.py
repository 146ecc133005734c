"""The United States (federal law and California), and countries whose law is not held here."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from klantbeeld.privacy.contact_law import common as c
from klantbeeld.privacy.contact_law import questions as q
from klantbeeld.privacy.contact_law.conditions import Condition, either, every
from klantbeeld.privacy.contact_law.facts import Channel
from klantbeeld.privacy.contact_law.rule import Effect, Rule, channels, purposes

_CAN_SPAM, _DNC, _TCPA = date(2004, 1, 1), date(2003, 10, 1), date(2013, 10, 16)
_FAX = date(2006, 8, 1)
_PRIVACY_RULE = date(2003, 4, 14)
_CCPA, _CPRA = date(2020, 1, 1), date(2023, 1, 1)
_ROBOTS = "47 U.S.C. § 227(b)(1)(A); 47 CFR § 64.1200(a)(2) and (f)(9), in force 16 October 2013"
_REGISTER = "47 U.S.C. § 227(c); 47 CFR § 64.1200(c)(2) and (f)(5), in force 1 October 2003"
_NONPROFIT = "47 CFR § 64.1200(f)(15): calls by tax-exempt nonprofits are no solicitation"
_JUNK_FAX = "47 U.S.C. § 227(b)(1)(C); 47 CFR § 64.1200(a)(4), in force 1 August 2006"
_MAILED = (c.IDENTIFY, c.OFFER_OPT_OUT, "postal_address")
_TEXTS = channels("sms", "chat")
_MARKETING, _FUNDRAISING, _SHARING = (
    purposes("marketing"), purposes("fundraising"), purposes("sharing"),
)  # fmt: skip


_REFUSED = "CAN-SPAM Act, 15 U.S.C. § 7704(a)(4); 47 CFR § 64.1200(a)(10) and (d)"
_NOT_SOLICITING = "15 U.S.C. § 7702(17) (transactional or relationship message); 47 CFR § 64.1200"
_SOURCES = {
    "objected": _REFUSED, "withdrawn": _REFUSED, "denied": _REFUSED,
    "minor": "California Civil Code § 1798.120(c); COPPA, 15 U.S.C. § 6502",
    "deceased": "The company's own record that this person died",
    "restricted": "The company's own record that these data are not to be used",
    "do_not_contact": "47 CFR § 64.1200(d): the company's own do-not-call list",
}  # fmt: skip
# What holds everywhere, with what it rests on over there.
ALIKE: tuple[Rule, ...] = tuple(
    replace(r, id=r.id.replace("all-", "us-"), source=_SOURCES.get(r.reason, _NOT_SOLICITING))
    for r in (*c.REFUSALS, *c.MESSAGES)
)


def _rule(
    key: str, effect: Effect, reason: str, source: str, condition: Condition, **more: Any
) -> Rule:
    options: dict[str, Any] = {"purposes": c.ADVERTISING, **more}
    if reason == "consent":
        options |= {"unknown": "consent_unproven", "duties": (c.OFFER_OPT_OUT, c.KEEP_PROOF)}
    return Rule(
        id=f"us-{key}", effect=effect, reason=reason, source=source,
        condition=condition, **options,
    )  # fmt: skip


def _register(where: frozenset[Channel], key: str, *first: Condition) -> tuple[Rule, ...]:
    """The national do-not-call registry over a channel; `first` are conditions besides it."""
    about: dict[str, Any] = {"channels": where, "since": _DNC}
    duties = (c.OFFER_OPT_OUT, c.SHOW_NUMBER)
    return (
        _rule(f"{key}-relation", "permits", "established_relation", _REGISTER,
              every(*first, q.EBR), duties=duties, **about),
        _rule(f"{key}-business", "permits", "company_call",
              f"{_REGISTER}: residential subscribers only", every(*first, q.IS_LEGAL),
              duties=duties, **about),
        _rule(f"{key}-nonprofit", "permits", "not_commercial", _NONPROFIT,
              every(*first, q.BY_CHARITY), duties=duties, **{**about, "purposes": _FUNDRAISING}),
        _rule(f"{key}-register", "permits", "opt_out_regime", _REGISTER,
              every(*first, q.OFF_PHONE_REGISTER), duties=duties,
              unknown="register_unchecked", **about),
    )  # fmt: skip


_HIPAA = (
    "HIPAA, 45 CFR § 164.508(a)(3), (a)(4) and (c): marketing with health information, and its"
    " sale, need a signed authorization, in force 14 April 2003"
)
_FUND = "HIPAA, 45 CFR § 164.514(f)(2): fundraising offers a clear way out each time"

USA: tuple[Rule, ...] = (
    Rule("us-hipaa-marketing", "stops", "no_authorisation", _HIPAA,
         every(q.BY_COVERED, q.NOT_AUTHORISED), c.ALL, _MARKETING | _SHARING, _PRIVACY_RULE,
         unknown="consent_unproven", change=("authorisation",)),
    Rule("us-hipaa-fundraising", "stops", "no_opt_out", _FUND,
         every(q.BY_COVERED, q.NO_WAY_OUT), c.ALL, _FUNDRAISING, _PRIVACY_RULE,
         change=("opt_out_in_messages",)),
    _rule("mail", "permits", "opt_out_regime",
          "CAN-SPAM Act, 15 U.S.C. § 7704(a)(3) to (5), in force 1 January 2004",
          q.OFFERED_EACH_TIME, channels=channels("email"), since=_CAN_SPAM, duties=_MAILED),
    _rule("mail-forbids", "forbids", "no_opt_out", "CAN-SPAM Act, 15 U.S.C. § 7704(a)(3)",
          q.ALWAYS, channels=channels("email"), since=_CAN_SPAM),
    _rule("text-consent", "permits", "consent", _ROBOTS, q.WRITTEN_CONSENT, channels=_TEXTS,
          purposes=_MARKETING, since=_TCPA),
    _rule("text-charity", "permits", "consent", f"{_ROBOTS}: prior express consent", q.CONSENT,
          channels=_TEXTS, purposes=_FUNDRAISING, since=_TCPA),
    *_register(_TEXTS, "text-by-hand", q.BY_HAND),
    _rule("text", "forbids", "no_consent", _ROBOTS, q.ALWAYS, channels=_TEXTS, since=_TCPA),
    _rule("robot-consent", "permits", "consent", _ROBOTS, q.WRITTEN_CONSENT,
          channels=channels("auto_call"), since=_TCPA),
    _rule("robot", "forbids", "no_consent", _ROBOTS, q.ALWAYS, channels=channels("auto_call"),
          since=_TCPA),
    _rule("call-consent", "permits", "consent", _REGISTER, q.WRITTEN_CONSENT, channels=c.CALL,
          since=_DNC),
    *_register(c.CALL, "call"),
    _rule("call-forbids", "forbids", "call_register", _REGISTER, q.ALWAYS, channels=c.CALL,
          since=_DNC),
    _rule("fax-consent", "permits", "consent", _JUNK_FAX, q.CONSENT, channels=channels("fax"),
          since=_FAX),
    _rule("fax-relation", "permits", "established_relation", _JUNK_FAX,
          every(q.EBR, q.OWN_ADDRESS, q.OFFERED_EACH_TIME), channels=channels("fax"), since=_FAX,
          duties=(c.OFFER_OPT_OUT,)),
    _rule("fax", "forbids", "no_consent", _JUNK_FAX, q.ALWAYS, channels=channels("fax"),
          since=_FAX),
    _rule("post", "permits", "no_rule_against", "No federal rule on addressed advertising by post",
          q.ALWAYS, channels=c.LETTER, since=_CAN_SPAM, duties=(c.OFFER_OPT_OUT,)),
    _rule("survey", "permits", "survey", "47 CFR § 64.1200(f)(15): surveys are no solicitation",
          either(q.IS_CUSTOMER, q.CONSENT), channels=c.ALL, purposes=purposes("survey"),
          since=_DNC),
    _rule("survey-forbids", "forbids", "no_ground", "47 CFR § 64.1200(f)(15)", q.ALWAYS,
          channels=c.ALL, purposes=purposes("survey"), since=_DNC),
)  # fmt: skip

_SALE = "California Civil Code § 1798.120(a) and (c)"


def _sharing(since: date, until: date | None, what: str) -> tuple[Rule, ...]:
    about: dict[str, Any] = {
        "channels": c.ALL,
        "purposes": _SHARING,
        "since": since,
        "until": until,
    }
    source = f"{_SALE} ({what}, in force {since.isoformat()})"
    return (
        Rule(f"us-ca-opt-out-{since.year}", "stops", "opted_out_of_sharing", source, q.SOLD_OUT,
             change=("new_consent",), **about),
        Rule(f"us-ca-sharing-{since.year}", "permits", "ccpa", source, q.FROM_CALIFORNIA,
             unknown="law_not_held", duties=("notice_of_sharing",), **about),
        Rule(f"us-sharing-{since.year}", "permits", "ccpa",
             "The law of the person's own state, which is not held here",
             q.LAW_HELD, unknown="law_not_held", **about),
    )  # fmt: skip


CALIFORNIA: tuple[Rule, ...] = (
    *_sharing(_CCPA, _CPRA, "CCPA: sale"),
    *_sharing(_CPRA, None, "as amended by the CPRA: sale or sharing"),
)

OTHER: tuple[Rule, ...] = (
    Rule("other-unknown", "permits", "no_rule_against", "The law of the person's own country",
         q.LAW_HELD, c.ALL, c.ADVERTISING | purposes("survey"), c.FIRST, unknown="law_not_held"),
)  # fmt: skip
