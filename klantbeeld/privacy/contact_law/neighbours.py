"""Belgium, Germany, France and the rest of the EU, where they differ from one another."""

from __future__ import annotations

from datetime import date
from typing import Any

from klantbeeld.privacy.contact_law import common as c
from klantbeeld.privacy.contact_law import questions as q
from klantbeeld.privacy.contact_law.conditions import Condition, either, every
from klantbeeld.privacy.contact_law.facts import Channel
from klantbeeld.privacy.contact_law.rule import Rule, purposes

_MARKETING, _FUNDRAISING = purposes("marketing"), purposes("fundraising")
_MAILED = (c.IDENTIFY, c.OFFER_OPT_OUT)
_CALLED = (c.OFFER_OPT_OUT, c.SHOW_NUMBER)
_ELECTRONIC = c.MAIL | c.AUTOMATIC


def _permits(
    key: str, source: str, condition: Condition, where: frozenset[Channel], **more: Any
) -> Rule:
    """A ground; a consent by its key is unproven rather than open, and its proof is kept."""
    duties = _CALLED if where == c.CALL else _MAILED
    options: dict[str, Any] = {"purposes": c.ADVERTISING, "duties": duties, **more}
    if options["reason"] == "consent":
        options |= {"unknown": "consent_unproven", "duties": (*duties, c.KEEP_PROOF)}
    return Rule(
        id=key, effect="permits", source=source, condition=condition, channels=where,
        **options,
    )  # fmt: skip


def _forbids(key: str, source: str, where: frozenset[Channel], **more: Any) -> Rule:
    options: dict[str, Any] = {"purposes": c.ADVERTISING, "reason": "no_consent", **more}
    return Rule(
        id=key, effect="forbids", source=source, condition=q.ALWAYS, channels=where,
        **options,
    )  # fmt: skip


_WER, _LIST, _LIST_2024 = date(2014, 5, 31), date(2015, 7, 11), date(2024, 2, 29)
_MAIL_BE = "Wetboek van economisch recht art. XII.13 § 1 (in force 31 May 2014)"
_KB = "Koninklijk besluit of 4 April 2003 on advertising by electronic mail, art. 1"
_CALL_BE = "Wetboek van economisch recht art. VI.110 § 2 and VI.111 to VI.115"

BELGIUM: tuple[Rule, ...] = (
    _permits("be-mail-consent", _MAIL_BE, q.CONSENT, c.MAIL, reason="consent", since=_WER),
    _permits("be-mail-customer", f"{_KB}, 1°", q.SOFT_OPT_IN, c.MAIL, purposes=_MARKETING,
             reason="soft_opt_in", since=_WER),
    _permits("be-mail-generic", f"{_KB}, 2°", every(q.IS_LEGAL, q.IS_GENERIC), c.MAIL,
             reason="generic", since=_WER),
    _forbids("be-mail", _MAIL_BE, c.MAIL, since=_WER),
    _permits("be-automatic-consent", "Wetboek van economisch recht art. VI.110 § 1", q.CONSENT,
             c.AUTOMATIC, reason="consent", since=_WER),
    _forbids("be-automatic", "Wetboek van economisch recht art. VI.110 § 1", c.AUTOMATIC,
             since=_WER),
    # The list holds numbers of people and of companies, of strangers and of customers.
    Rule("be-call-list", "stops", "on_phone_register",
         f"{_CALL_BE} (list in use since 11 July 2015; Act of 8 February 2024)",
         q.ON_PHONE_REGISTER, c.CALL, c.ADVERTISING, _LIST, unknown="register_unchecked",
         change=("phone_register",)),
    _permits("be-call-2015", f"{_CALL_BE} (until 29 February 2024)", q.ALWAYS, c.CALL,
             reason="opt_out_regime", since=_LIST, until=_LIST_2024),
    _permits("be-call-2024", f"{_CALL_BE} (Act of 8 February 2024, in force 29 February 2024)",
             q.ALWAYS, c.CALL, reason="opt_out_regime", since=_LIST_2024),
    *c.post("be", "Robinson Mail list (self-regulation of the Belgian direct marketing trade)"),
    *c.SURVEY,
)  # fmt: skip

_UWG, _UWG_2022 = date(2009, 8, 4), date(2022, 5, 28)
_BY_MAIL = (
    "; advertising includes asking how satisfied customers are (BGH 10 July 2018, VI ZR 225/17)"
)


def _germany(since: date, until: date | None, call: int, mail: int) -> tuple[Rule, ...]:
    """§ 7 UWG as of `since`; `call` and `mail` are the numbers in its second paragraph."""
    dated: dict[str, Any] = {"since": since, "until": until}
    asked: dict[str, Any] = {**dated, "purposes": c.ADVERTISING | purposes("survey")}
    year, by_call = since.year, f"§ 7 Abs. 2 Nr. {call} UWG (as of {since.isoformat()})"
    by_mail = f"§ 7 Abs. 2 Nr. {mail} UWG (as of {since.isoformat()}){_BY_MAIL}"
    return (
        _permits(f"de-mail-consent-{year}", by_mail, q.CONSENT, _ELECTRONIC, reason="consent",
                 **asked),
        _permits(f"de-mail-customer-{year}", f"§ 7 Abs. 3 UWG (as of {since.isoformat()})",
                 q.SOFT_OPT_IN,
                 c.MAIL, reason="soft_opt_in",
                 **{**dated, "purposes": _MARKETING | purposes("survey")}),
        _forbids(f"de-mail-{year}", by_mail, _ELECTRONIC, **asked),
        _permits(f"de-call-consent-{year}",
                 f"{by_call}; § 7a UWG (proof, since 1 October 2021); BGH 10 February 2011,"
                 " I ZR 164/09 (a confirmed e-mail address proves no consent to calls)",
                 q.CALL_CONSENT, c.CALL, reason="consent", **asked),
        _permits(f"de-call-presumed-{year}", by_call, every(q.IN_BUSINESS, q.CONCERNS_BUSINESS),
                 c.CALL, reason="presumed_consent", **asked),
        _forbids(f"de-call-{year}", by_call, c.CALL, **asked),
    )  # fmt: skip


GERMANY: tuple[Rule, ...] = (
    *_germany(_UWG, _UWG_2022, 2, 3),
    *_germany(_UWG_2022, None, 1, 2),
    *c.post("de", "§ 7 Abs. 1 Satz 2 UWG (visibly unwanted); DDV-Robinsonliste"),
    *(
        Rule(r.id.replace("all-", "de-post-"), r.effect, r.reason, r.source, r.condition, c.LETTER,
             r.purposes, r.since, duties=r.duties)
        for r in c.SURVEY
    ),
)  # fmt: skip

_CPCE, _BLOCTEL, _NO_BLOCTEL = date(2004, 6, 22), date(2016, 6, 1), date(2026, 8, 11)
_MAIL_FR = "Code des postes et des communications électroniques art. L. 34-5"
_CALL_FR = "Code de la consommation art. L. 223-1"
_OLD_FR = f"{_CALL_FR} (Bloctel, 1 June 2016 until 11 August 2026)"
_NEW_FR = f"{_CALL_FR} (loi n° 2025-594 of 30 June 2025, art. 13, in force 11 August 2026)"
_RUNNING = every(q.IS_CURRENT, q.IS_SIMILAR)

FRANCE: tuple[Rule, ...] = (
    _permits("fr-mail-consent", _MAIL_FR, q.CONSENT, _ELECTRONIC, reason="consent", since=_CPCE),
    _permits("fr-mail-customer", f"{_MAIL_FR} al. 4", q.SOFT_OPT_IN, c.MAIL, purposes=_MARKETING,
             reason="soft_opt_in", since=_CPCE),
    _permits("fr-mail-professional",
             f"{_MAIL_FR}; CNIL, prospection commerciale par courrier électronique (B to B)",
             every(q.IN_BUSINESS, q.CONCERNS_BUSINESS, q.OFFERED_AT_COLLECTION,
                   q.OFFERED_EACH_TIME),
             c.MAIL, reason="professional", since=_CPCE),
    _permits("fr-mail-generic", f"{_MAIL_FR}; CNIL (addresses of legal persons)",
             every(q.IS_LEGAL, q.IS_GENERIC), c.MAIL, reason="generic", since=_CPCE),
    _permits("fr-mail-charity", f"{_MAIL_FR}; CNIL (solicitation that is not commercial)",
             every(q.BY_CHARITY, q.OFFERED_AT_COLLECTION, q.OFFERED_EACH_TIME), c.MAIL,
             purposes=_FUNDRAISING, reason="not_commercial", since=_CPCE),
    _forbids("fr-mail", _MAIL_FR, _ELECTRONIC, since=_CPCE),
    _permits("fr-call-bloctel", _OLD_FR, either(q.OFF_PHONE_REGISTER, _RUNNING, q.BY_PRESS),
             c.CALL, reason="opt_out_regime", unknown="register_unchecked", since=_BLOCTEL,
             until=_NO_BLOCTEL, ended="opt_out_regime_ended"),
    _forbids("fr-call-2016", _OLD_FR, c.CALL, reason="call_register", since=_BLOCTEL,
             until=_NO_BLOCTEL),
    _permits("fr-call-consent", _NEW_FR, q.CONSENT, c.CALL, reason="consent", since=_NO_BLOCTEL),
    _permits("fr-call-contract", _NEW_FR, _RUNNING, c.CALL, purposes=_MARKETING,
             reason="running_contract", since=_NO_BLOCTEL),
    _permits("fr-call-press", f"{_NEW_FR}: papers, periodicals and magazines", q.BY_PRESS, c.CALL,
             purposes=_MARKETING, reason="press_or_lottery", since=_NO_BLOCTEL),
    _permits("fr-call-professional", f"{_NEW_FR}: consumers only; GDPR art. 6(1)(f) and 21(2)",
             every(q.IN_BUSINESS, q.INTEREST), c.CALL, reason="company_call", since=_BLOCTEL),
    _forbids("fr-call-2026", _NEW_FR, c.CALL, since=_NO_BLOCTEL),
    *c.post("fr", "Liste Robinson / Stop Publicité (self-regulation, FEVAD and others)"),
    *c.SURVEY,
)  # fmt: skip

_EPRIVACY = date(2003, 10, 31)
_DIRECTIVE = "Directive 2002/58/EC art. 13"

EUROPE: tuple[Rule, ...] = (
    _permits("eu-mail-consent", f"{_DIRECTIVE}(1)", q.CONSENT, _ELECTRONIC, reason="consent",
             since=_EPRIVACY),
    _permits("eu-mail-customer", f"{_DIRECTIVE}(2)", q.SOFT_OPT_IN, c.MAIL, purposes=_MARKETING,
             reason="soft_opt_in", since=_EPRIVACY),
    _permits("eu-mail-company", f"{_DIRECTIVE}(5): each country decides about legal persons",
             every(q.IS_LEGAL, q.LAW_HELD), _ELECTRONIC, reason="company_call",
             unknown="law_not_held", since=_EPRIVACY),
    _forbids("eu-mail", f"{_DIRECTIVE}(1)", _ELECTRONIC, since=_EPRIVACY),
    _permits("eu-call-consent", f"{_DIRECTIVE}(3)", q.CONSENT, c.CALL, reason="consent",
             since=_EPRIVACY),
    _permits("eu-call", f"{_DIRECTIVE}(3): each country chooses opt-in or opt-out", q.LAW_HELD,
             c.CALL, reason="opt_out_regime", unknown="law_not_held", since=_EPRIVACY),
    *c.post("eu", "The country's own register of people who want no advertising by post"),
    *c.SURVEY,
)  # fmt: skip
