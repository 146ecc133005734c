"""Which values speak for a role, and which against it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from klantbeeld.sources.mappings import AMOUNT_ROLES, DATE_ROLES
from klantbeeld.sources.recognise.checks import (
    SHOWN,
    Fit,
    addresses,
    amounts,
    births,
    contrary,
    dates,
    dates_or_periods,
    devices,
    first_names,
    handles,
    house_numbers,
    identifiers,
    labels,
    numbers,
    periods,
    points,
    postcodes,
    product_codes,
    since,
    streets,
    surnames,
    texts,
    tiers,
    when_or_whether,
    whole_names,
    within,
    yes_or_no,
)
from klantbeeld.sources.recognise.profile import Profile


@dataclass(frozen=True)
class Rule:
    """`signs` are detectors that speak for the role when `enough` values have them.

    A hard rule is disproved by values without any sign; `against` disprove when most have them.
    `alone` is the confidence that the values give without a heading.
    """

    signs: tuple[str, ...] = ()
    enough: float = 0.6
    is_hard: bool = False
    against: tuple[str, ...] = ()
    alone: float = 0.0
    check: Callable[[Profile], Fit] | None = None


def fit(role: str, profile: Profile) -> Fit:
    """How well the values of a column suit a role."""
    rule = RULES.get(role)
    if rule is None or profile.is_empty:
        return Fit(0.0)
    if rule.check is not None:
        return rule.check(profile)
    share, sign = max(((profile.shares[sign], sign) for sign in rule.signs), default=(0.0, ""))
    said = f"{share:.0%} {SHOWN.get(sign, sign)}"
    if share >= rule.enough:
        return Fit(1.0, said)
    if _is_foreign(profile, rule):
        return Fit(-1.0, contrary(profile))
    if share >= 0.4 * rule.enough:
        return Fit(0.5, said)
    return Fit(-1.0, f"only {said}") if rule.is_hard else Fit(0.0)


def _is_foreign(profile: Profile, rule: Rule) -> bool:
    against = tuple(sign for sign in rule.against if sign not in rule.signs)
    return profile.share(*against) > 0.5


def _words(text: str) -> list[str]:
    return text.split()


_NAMES_AGAINST = ("email", "url", "phone", "integer", "decimal", "money", "date", "yes_no")
_WORDS_AGAINST = ("email", "url", "phone", "decimal", "money", "date", "iban")
_IDENTIFIER = Rule(check=identifiers)
_TEXT = Rule(check=texts)
_LABEL = Rule(check=labels)
_YES_NO = Rule(check=yes_or_no)
RULES: dict[str, Rule] = {
    **dict.fromkeys(DATE_ROLES | {"@date"}, Rule(check=dates)),
    **dict.fromkeys(AMOUNT_ROLES | {"@amount"}, Rule(check=amounts)),
    **dict.fromkeys(
        _words(
            "customer_number loyalty_number record_key order_number line_number "
            "subscription_number quote_number event_id session_id case_number @id "
            "@number @order"
        ),
        _IDENTIFIER,
    ),
    **dict.fromkeys(_words("note wish body answer resolution text @description"), _TEXT),
    **dict.fromkeys(
        _words(
            "product_name category brand subscription_name campaign survey_name topic "
            "subject profession interests tags job_title employee handled_by shop region "
            "search_term cause origin case_kind @kind @title discount_code"
        ),
        _LABEL,
    ),
    **dict.fromkeys(
        _words("consent_email consent_phone consent_post consent_sms do_not_call do_not_email"),
        _YES_NO,
    ),
    "device_id": Rule(check=devices),
    "quantity": Rule(check=numbers),
    "points": Rule(check=points),
    "points_delta": Rule(check=numbers),
    "email": Rule(("email",), 0.5, True, alone=0.88),
    "phone": Rule(("phone", "local_phone"), 0.5, True, ("date",), alone=0.75),
    "mobile": Rule(("phone", "local_phone"), 0.5, True, ("date",), alone=0.82),
    "iban": Rule(("iban",), 0.5, True, alone=0.9),
    "kvk": Rule(("kvk",), 0.6, True),
    "vat": Rule(("vat",), 0.5, True, alone=0.85),
    "login": Rule(check=handles),
    "social_handle": Rule(check=handles),
    "full_name": Rule(check=whole_names, alone=0.7),
    "contact_name": Rule(check=whole_names),
    "sender_name": Rule(("full_name", "organisation"), 0.3, False, _NAMES_AGAINST),
    "salutation": Rule(("salutation",), 0.6, True, alone=0.7),
    "title": Rule(("title",), 0.5, False, (*_NAMES_AGAINST, "text", "salutation"), alone=0.6),
    "initials": Rule(("initials",), 0.6, True),
    "first_name": Rule(check=first_names, alone=0.7),
    "surname_prefix": Rule(("prefix",), 0.7, True, alone=0.75),
    "surname": Rule(check=surnames, alone=0.6),
    "organisation_name": Rule(("organisation",), 0.3, False, _NAMES_AGAINST, alone=0.6),
    "address": Rule(check=addresses, alone=0.7),
    "street": Rule(check=streets, alone=0.7),
    "house_number": Rule(check=house_numbers),
    "house_suffix": Rule(("house_suffix",), 0.7, True),
    "postcode": Rule(check=postcodes, alone=0.86),
    "city": Rule(
        ("city", "postcode_place", "digits_place"),
        0.25,
        False,
        (*_NAMES_AGAINST, "address"),
        alone=0.68,
    ),
    "country": Rule(("country",), 0.5, False, (*_WORDS_AGAINST, "integer", "yes_no"), alone=0.6),
    "language": Rule(("language",), 0.6, True, alone=0.5),
    "birth_date": Rule(check=births, alone=0.6),
    "customer_since": Rule(check=since),
    "age": Rule(check=within(0, 115)),
    "gender": Rule(("gender",), 0.8, True, alone=0.7),
    "relation_type": Rule(("relation",), 0.5, False, (*_WORDS_AGAINST, "integer", "text")),
    "website": Rule(("url",), 0.5, True, alone=0.6),
    "household_size": Rule(check=within(1, 20)),
    "unsubscribed": Rule(check=when_or_whether),
    "preferred_channel": Rule(("channel",), 0.5, False, (*_WORDS_AGAINST, "integer", "text")),
    "order_status": Rule(("status",), 0.4, False, (*_WORDS_AGAINST, "text")),
    "subscription_status": Rule(("status",), 0.4, False, (*_WORDS_AGAINST, "text")),
    "quote_status": Rule(("status",), 0.4, False, (*_WORDS_AGAINST, "text")),
    "case_status": Rule(("status",), 0.4, False, (*_WORDS_AGAINST, "text")),
    "@status": Rule(("status", "relation"), 0.4, False, (*_WORDS_AGAINST, "text")),
    "payment_method": Rule(("payment",), 0.4, False, (*_WORDS_AGAINST, "integer", "yes_no")),
    "currency": Rule(("currency",), 0.8, True, alone=0.6),
    "product_code": Rule(check=product_codes),
    "period": Rule(check=periods),
    "tier": Rule(check=tiers),
    "@month": Rule(check=dates_or_periods),
    "event_kind": Rule(("event",), 0.4, False, (*_WORDS_AGAINST, "number"), alone=0.5),
    "channel": Rule(("channel",), 0.4, False, (*_WORDS_AGAINST, "number"), alone=0.5),
    "direction": Rule((), 0.5, False, (*_WORDS_AGAINST, "text")),
    "url": Rule(("url", "path"), 0.5, True),
    "@from": Rule(("email", "phone"), 0.4),
    "@to": Rule(("email", "phone"), 0.4),
    "@url": Rule(("url", "path"), 0.5, True),
    "message_id": Rule(("message_id", "uuid", "code", "integer"), 0.6, False, ("text",), alone=0.0),
    "in_reply_to": Rule(("message_id", "uuid", "code", "integer"), 0.6, False, ("text",)),
    "sender": Rule(("email", "phone"), 0.4, False, ("number", "date", "text"), alone=0.0),
    "recipients": Rule(("email",), 0.4, False, ("number", "date")),
    "nps_score": Rule(check=within(0, 10)),
    "satisfaction": Rule(check=within(0, 100)),
    "priority": Rule((), 0.5, False, (*_WORDS_AGAINST, "text")),
    "file_name": Rule(("file",), 0.5, True, alone=0.5),
    "media_type": Rule(("media_type",), 0.5, False, (*_WORDS_AGAINST, "number"), alone=0.6),
    "@name": Rule(("letters", "full_name", "organisation"), 0.5, False, _WORDS_AGAINST),
}
