"""The Netherlands: article 11.7 Telecommunicatiewet in its three versions, and post.

Stb. 2008, 525 (1 October 2009): opt-in for electronic messages also towards companies, opt-out
with the Bel-me-niet register for calls. Stb. 2021, 103 (1 July 2021): opt-in for calls to people,
the register ends. Stb. 2025, 12, the Energy Act (1 July 2026): calls to one's own customers need
consent too, but for charities, the press and holders of a lottery licence.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from klantbeeld.privacy.contact_law import common as c
from klantbeeld.privacy.contact_law import questions as q
from klantbeeld.privacy.contact_law.conditions import Condition, either, every
from klantbeeld.privacy.contact_law.rule import Rule, purposes

OPT_OUT, OPT_IN, NO_CUSTOMERS = date(2009, 10, 1), date(2021, 7, 1), date(2026, 7, 1)
_MARKETING, _FUNDRAISING = purposes("marketing"), purposes("fundraising")
_LAWS = {
    OPT_OUT: "Stb. 2008, 525, in force 1 October 2009",
    OPT_IN: "Stb. 2021, 103, in force 1 July 2021",
    NO_CUSTOMERS: "Stb. 2025, 12, in force 1 July 2026",
}
_UNTIL = {OPT_OUT: OPT_IN, OPT_IN: NO_CUSTOMERS, NO_CUSTOMERS: None}
_THREE_YEARS = "; Code Telemarketing (at most three years after the last deal, 1 June 2020)"
_ELECTRONIC = c.MAIL | c.AUTOMATIC


def _rule(key: str, since: date, where: str, condition: Condition, **more: Any) -> Rule:
    """The version of a rule that came into force on `since`; `where` is its place in 11.7."""
    options: dict[str, Any] = {"effect": "permits", "until": _UNTIL[since], **more}
    return Rule(
        id=f"nl-{key}-{since.year}", condition=condition, since=since,
        source=f"Telecommunicatiewet art. 11.7 {where} ({_LAWS[since]})"
        + str(options.pop("also", "")),
        **options,
    )  # fmt: skip


def _electronic(since: date, soft: str, published: str) -> Iterable[Rule]:
    """E-mail, text messages, fax and calling machines: `soft` and `published` are paragraphs."""
    mail: dict[str, Any] = {"channels": c.MAIL, "duties": (c.IDENTIFY, c.OFFER_OPT_OUT)}
    proof = (c.IDENTIFY, c.OFFER_OPT_OUT, c.KEEP_PROOF)
    yield _rule("electronic-consent", since, "lid 1", q.CONSENT, channels=_ELECTRONIC,
                purposes=c.ADVERTISING, reason="consent", unknown="consent_unproven",
                duties=proof)  # fmt: skip
    yield _rule("electronic-customer", since, soft, q.SOFT_OPT_IN, purposes=_MARKETING,
                reason="soft_opt_in", **mail,
                also="; Directive 2002/58/EC art. 13(2): electronic mail only")  # fmt: skip
    yield _rule("electronic-published", since, published, every(q.IN_BUSINESS, q.IS_PUBLISHED),
                purposes=c.ADVERTISING, reason="published", **mail)  # fmt: skip
    yield _rule("electronic", since, "lid 1", q.ALWAYS, effect="forbids", channels=_ELECTRONIC,
                purposes=c.ADVERTISING, reason="no_consent")  # fmt: skip


def _gift(since: date) -> Rule:
    return _rule("electronic-gift", since, "lid 5", every(q.BY_CHARITY, q.GIFT), channels=c.MAIL,
                 purposes=_FUNDRAISING, reason="gift",
                 duties=(c.IDENTIFY, c.OFFER_OPT_OUT))  # fmt: skip


def _calls(since: date) -> Iterable[Rule]:
    """Calls by people since opt-in: consent, a company, a published number, a charity's givers."""
    call: dict[str, Any] = {"channels": c.CALL, "duties": (c.OFFER_OPT_OUT, c.SHOW_NUMBER)}
    proof = (c.OFFER_OPT_OUT, c.SHOW_NUMBER, c.KEEP_PROOF)
    yield _rule("call-consent", since, "lid 2", q.CONSENT, channels=c.CALL, duties=proof,
                purposes=c.ADVERTISING, reason="consent", unknown="consent_unproven")  # fmt: skip
    yield _rule("call-company", since, "lid 2: it protects natural persons only", q.IS_LEGAL,
                purposes=c.ADVERTISING, reason="company_call", **call,
                also="; GDPR art. 21(2) for the person who answers")  # fmt: skip
    yield _rule("call-published", since, "lid 3, onder a", every(q.IN_BUSINESS, q.IS_PUBLISHED),
                purposes=c.ADVERTISING, reason="published", **call)  # fmt: skip
    yield _rule("call-gift", since, "lid 5",
                every(q.BY_CHARITY, q.GIFT_OR_WORK, q.WITHIN_THREE_YEARS),
                purposes=_FUNDRAISING, reason="gift", also=_THREE_YEARS, **call)  # fmt: skip
    yield _rule("call", since, "lid 2", q.ALWAYS, effect="forbids", channels=c.CALL,
                purposes=c.ADVERTISING, reason="no_consent",
                also="; ACM: sole traders and partnerships are natural persons")  # fmt: skip


_CUSTOMER_CALL = every(q.SOFT_OPT_IN, q.WITHIN_THREE_YEARS)
_BY_CALL: dict[str, Any] = {"channels": c.CALL, "duties": (c.OFFER_OPT_OUT, c.SHOW_NUMBER)}

RULES: tuple[Rule, ...] = (
    *_electronic(OPT_OUT, "lid 3", "lid 2, onder a"),
    *_electronic(OPT_IN, "lid 4", "lid 3, onder a"),
    *_electronic(NO_CUSTOMERS, "lid 4", "lid 3, onder a"),
    _gift(OPT_IN),
    _gift(NO_CUSTOMERS),
    _rule(
        "call-register", OPT_OUT, "lid 5 tot en met 12",
        every(
            either(q.IS_LEGAL, q.OFF_PHONE_REGISTER, every(q.IS_CUSTOMER, q.IS_SIMILAR)),
            q.OFFERED_EACH_TIME,
        ),
        purposes=c.ADVERTISING, reason="opt_out_regime", unknown="register_unchecked",
        also="; Besluit bel-me-niet-register, Stb. 2009, 129", **_BY_CALL,
    ),
    _rule(
        "call-consent", OPT_OUT, "lid 5", q.CONSENT, purposes=c.ADVERTISING, reason="consent",
        unknown="consent_unproven", **_BY_CALL,
    ),
    _rule(
        "call", OPT_OUT, "lid 5 tot en met 12", q.ALWAYS, effect="forbids",
        channels=c.CALL, purposes=c.ADVERTISING, reason="call_register",
    ),
    *_calls(OPT_IN),
    _rule(
        "call-customer", OPT_IN, "lid 4", _CUSTOMER_CALL, purposes=_MARKETING,
        reason="customer_exception", ended="customer_exception_ended", also=_THREE_YEARS,
        **_BY_CALL,
    ),
    *_calls(NO_CUSTOMERS),
    _rule(
        "call-press-lottery", NO_CUSTOMERS, "lid 6", every(q.BY_PRESS_OR_LOTTERY, _CUSTOMER_CALL),
        purposes=_MARKETING, reason="press_or_lottery", also=_THREE_YEARS, **_BY_CALL,
    ),
    *c.post("nl", "Code Postfilter art. 1 and 3 (Nederlandse Reclame Code, revised 1 April 2021)"),
)  # fmt: skip
