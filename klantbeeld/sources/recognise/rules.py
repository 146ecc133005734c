"""Whether the values of a column suit a role: what speaks for it, and what against."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from klantbeeld.sources.mappings import AMOUNT_ROLES, DATE_ROLES
from klantbeeld.sources.recognise.profile import Profile

# Values of these shapes are no names, places or descriptions.
_FOREIGN = ("email", "url", "phone", "decimal", "money", "iban", "uuid", "message_id")
_NUMERIC = ("integer", "decimal", "number", "money")


@dataclass(frozen=True)
class Fit:
    """1 the values say so, 0 they say nothing, -1 they say otherwise; `why` in a few words."""

    score: float
    why: str = ""


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
        return Fit(-1.0, _contrary(profile))
    if share >= 0.4 * rule.enough:
        return Fit(0.5, said)
    return Fit(-1.0, f"only {said}") if rule.is_hard else Fit(0.0)


def _is_foreign(profile: Profile, rule: Rule) -> bool:
    against = tuple(sign for sign in rule.against if sign not in rule.signs)
    return profile.share(*against) > 0.5


def _contrary(profile: Profile) -> str:
    if profile.dates.share > 0.5:
        return "the values are dates"
    shape = max(_FOREIGN + _NUMERIC + ("yes_no",), key=lambda name: profile.shares[name])
    return f"the values are {SHOWN.get(shape, shape)}"


SHOWN = {
    "email": "e-mail addresses",
    "phone": "phone numbers",
    "mobile": "mobile numbers",
    "postcode_nl": "postcodes",
    "postcode_uk": "postcodes",
    "postcode_digits": "postcodes",
    "iban": "valid IBANs",
    "kvk": "numbers of eight digits",
    "vat": "VAT numbers",
    "url": "web addresses",
    "path": "paths",
    "integer": "whole numbers",
    "decimal": "decimal numbers",
    "number": "numbers",
    "money": "amounts",
    "code": "codes",
    "yes_no": "yes or no",
    "gender": "genders",
    "salutation": "salutations",
    "title": "titles",
    "language": "languages",
    "country": "countries",
    "currency": "currencies",
    "prefix": "name prefixes",
    "city": "known places",
    "initials": "initials",
    "first_name": "known first names",
    "surname": "known surnames",
    "full_name": "whole names",
    "organisation": "organisations",
    "street": "streets",
    "address": "addresses with a number",
    "house_number": "house numbers",
    "house_suffix": "suffixes",
    "text": "texts",
    "file": "file names",
    "media_type": "media types",
    "status": "statuses",
    "event": "kinds of event",
    "channel": "channels",
    "payment": "ways to pay",
    "relation": "kinds of relation",
    "uuid": "unique ids",
    "message_id": "message ids",
}


def _date(profile: Profile) -> Fit:
    reading = profile.dates
    said = f"{reading.share:.0%} dates"
    if reading.share >= 0.6:
        return Fit(1.0, said)
    if reading.share >= 0.25:
        return Fit(0.5, said)
    if _are_serial_days(profile) or _are_epochs(profile):
        return Fit(0.5, "numbers that count days or seconds")
    return Fit(-1.0, "the values are no dates")


def _are_serial_days(profile: Profile) -> bool:
    numbers = profile.numbers
    return len(numbers) >= 0.9 * len(profile.values) and all(8_000 < n < 60_000 for n in numbers)


def _are_epochs(profile: Profile) -> bool:
    numbers = profile.numbers
    seconds = all(5e8 < n < 2.2e9 or 5e11 < n < 2.2e12 for n in numbers)
    return len(numbers) >= 0.9 * len(profile.values) and seconds


def _birth(profile: Profile) -> Fit:
    found = _date(profile)
    if found.score <= 0 and profile.share("integer") > 0.9:
        if profile.numbers and all(1880 <= number <= 2030 for number in profile.numbers):
            return Fit(0.5, "years")
        return Fit(-1.0, "the values are no dates")
    return found


def is_like_births(profile: Profile) -> bool:
    """Dates without time, spread over decades, and the middle one long enough ago."""
    reading = profile.dates
    if reading.share < 0.8 or reading.has_time or len(reading.years) < 5:
        return False
    return reading.span >= 20 and 1890 <= reading.middle <= 2008


def _since(profile: Profile) -> Fit:
    if profile.numbers and all(1950 <= number <= 2100 for number in profile.numbers):
        return Fit(1.0, "years")
    return _date(profile)


def _when_or_whether(profile: Profile) -> Fit:
    found = _date(profile)
    return found if found.score > 0 else _yes_no(profile)


def _yes_no(profile: Profile) -> Fit:
    share = profile.share("yes_no")
    if share >= 0.75 and profile.distinct <= 8:
        return Fit(1.0, SHOWN["yes_no"])
    if profile.dates.share > 0.8:
        return Fit(0.5, "dates")
    return Fit(-1.0, "the values are not yes or no")


def _number(profile: Profile) -> Fit:
    share = profile.share("number", "money")
    if share >= 0.75 and profile.dates.share < 0.9:
        return Fit(1.0, f"{share:.0%} numbers")
    return Fit(0.5, f"{share:.0%} numbers") if share >= 0.5 else Fit(-1.0, "they are no numbers")


def _points(profile: Profile) -> Fit:
    """A balance; points that are spent are negative, and then it is a list of mutations."""
    negative = sum(number < 0 for number in profile.numbers)
    if negative > 0.02 * len(profile.values):
        return Fit(-0.3, "numbers up and down")
    return _number(profile)


def _amount(profile: Profile) -> Fit:
    found = _number(profile)
    has_fractions = profile.share("decimal", "money") > 0.2
    return Fit(1.0 if has_fractions else 0.6, found.why) if found.score == 1 else found


def _within(low: float, high: float) -> Callable[[Profile], Fit]:
    def check(profile: Profile) -> Fit:
        numbers = profile.numbers
        within = sum(low <= number <= high for number in numbers)
        if numbers and within >= 0.95 * len(profile.values):
            return Fit(1.0, f"numbers from {low:g} to {high:g}")
        return Fit(-1.0, f"they are no numbers from {low:g} to {high:g}")

    return check


def _identifier(profile: Profile) -> Fit:
    if profile.share("text") > 0.3 or profile.words > 3 or profile.dates.share > 0.9:
        return Fit(-1.0, "the values are no numbers or codes")
    if profile.share("decimal") > 0.5 or profile.share("yes_no") > 0.9 and profile.distinct <= 3:
        return Fit(-1.0, "the values are no numbers or codes")
    share = profile.share("code", "integer", "uuid")
    if share >= 0.8:
        return Fit(1.0, f"{share:.0%} numbers or codes")
    if share < 0.2 and profile.share("full_name", "first_name", "organisation", "city") > 0.3:
        return Fit(-1.0, "the values are names")
    return Fit(0.5 if share >= 0.4 else 0.0, f"{share:.0%} numbers or codes")


def _postcode(profile: Profile) -> Fit:
    dutch, british, digits = (
        profile.share(name) for name in ("postcode_nl", "postcode_uk", "postcode_digits")
    )
    share = dutch + british + digits
    if share >= 0.6:
        return Fit(1.0, f"{min(share, 1):.0%} postcodes")
    return Fit(0.5, f"{share:.0%} postcodes") if share >= 0.3 else Fit(-1.0, "no postcodes")


def _house_number(profile: Profile) -> Fit:
    share = profile.share("house_number")
    if share >= 0.8 and profile.share("decimal") < 0.2:
        return Fit(1.0, f"{share:.0%} house numbers")
    return Fit(0.4, f"{share:.0%} house numbers") if share >= 0.5 else Fit(-1.0, "no house numbers")


def _street(profile: Profile) -> Fit:
    street, whole = profile.share("street"), profile.share("address")
    if whole > 0.5 and whole > street:
        return Fit(-0.3, "streets with their numbers")
    if street >= 0.3:
        return Fit(1.0, f"{street:.0%} streets")
    return Fit(-1.0, _contrary(profile)) if profile.share(*_FOREIGN, "number") > 0.5 else Fit(0.0)


def _address(profile: Profile) -> Fit:
    street, whole = profile.share("street"), profile.share("address")
    if whole >= 0.4:
        return Fit(1.0, f"{whole:.0%} addresses with a number")
    if street >= 0.4:
        return Fit(-0.3, "streets without a number")
    return Fit(-1.0, _contrary(profile)) if profile.share(*_FOREIGN, "number") > 0.5 else Fit(0.0)


def _text(profile: Profile) -> Fit:
    if profile.share("text") >= 0.3 or profile.words >= 4:
        return Fit(1.0, "texts")
    if profile.share(*_FOREIGN, "integer", "yes_no", "code") > 0.6 or profile.dates.share > 0.6:
        return Fit(-1.0, _contrary(profile))
    return Fit(0.5 if profile.words >= 2 else 0.0, "short texts")


def _label(profile: Profile) -> Fit:
    """Names of things: words that come back, or descriptions; no numbers and no dates."""
    if profile.share(*_FOREIGN, "number") > 0.6 or profile.dates.share > 0.6:
        return Fit(-1.0, _contrary(profile))
    if profile.share("yes_no") > 0.9 and profile.distinct <= 3:
        return Fit(-1.0, _contrary(profile))
    return Fit(0.35 if profile.share("letters") > 0.5 else 0.2, "words")


def _full_name(profile: Profile) -> Fit:
    if profile.share("organisation") > 0.5:
        return Fit(-0.3, "organisations")
    share = profile.share("full_name")
    if share >= 0.35:
        return Fit(1.0, f"{share:.0%} whole names")
    if profile.share(*_FOREIGN, "integer", "address", "yes_no") > 0.4 or profile.dates.share > 0.5:
        return Fit(-1.0, _contrary(profile))
    if profile.words < 1.3 and profile.share("code") > 0.5:
        return Fit(-1.0, "the values are codes")
    return Fit(0.4 if share > 0.1 else 0.0, f"{share:.0%} whole names")


def _first_name(profile: Profile) -> Fit:
    if profile.share(*_FOREIGN, "number", "address", "text") > 0.5 or profile.dates.share > 0.5:
        return Fit(-1.0, _contrary(profile))
    share = profile.share("first_name")
    if profile.words > 2.2 and profile.share("full_name") > 0.5:
        return Fit(-0.3, "whole names")
    return Fit(1.0 if share >= 0.2 else 0.5 if share >= 0.07 else 0.0, f"{share:.0%} known first names")


def _surname(profile: Profile) -> Fit:
    if profile.share(*_FOREIGN, "number", "address", "text") > 0.5 or profile.dates.share > 0.5:
        return Fit(-1.0, _contrary(profile))
    share = profile.share("surname")
    return Fit(1.0 if share >= 0.12 else 0.5 if share >= 0.04 else 0.0, f"{share:.0%} known surnames")


def _product_code(profile: Profile) -> Fit:
    if profile.share("text") > 0.3 or profile.words > 2 or profile.dates.share > 0.6:
        return Fit(-1.0, "the values are descriptions")
    share = profile.share("code", "integer")
    return Fit(1.0, f"{share:.0%} codes") if share >= 0.7 else Fit(-0.3 if share < 0.3 else 0.3, "")


def _handle(profile: Profile) -> Fit:
    if profile.share("number", "phone") > 0.5 or profile.dates.share > 0.5:
        return Fit(-1.0, _contrary(profile))
    return Fit(0.3)


def _period(profile: Profile) -> Fit:
    if profile.dates.share > 0.5 or profile.share("email", "text", "decimal") > 0.5:
        return Fit(-1.0, _contrary(profile))
    known = sum(any(w in v.lower() for w in _PERIODS) for v in profile.values)
    return Fit(1.0 if known >= 0.5 * len(profile.values) else 0.0, "periods")


def _date_or_period(profile: Profile) -> Fit:
    return max(_date(profile), _period(profile), key=lambda found: found.score)


def _tier(profile: Profile) -> Fit:
    is_rank = profile.numbers and all(0 <= number <= 10 for number in profile.numbers)
    return Fit(0.3, "ranks") if is_rank else _label(profile)


_PERIODS = ("maand", "jaar", "kwartaal", "week", "month", "year", "quarter", "annual", "halfjaar", "dag")

_NAMES_AGAINST = ("email", "url", "phone", "integer", "decimal", "money", "date", "yes_no")
_WORDS_AGAINST = ("email", "url", "phone", "decimal", "money", "date", "iban")
_IDENTIFIER = Rule(check=_identifier)
_TEXT = Rule(check=_text)
_LABEL = Rule(check=_label)
_YES_NO = Rule(check=_yes_no)
RULES: dict[str, Rule] = {
    **dict.fromkeys(DATE_ROLES | {"@date"}, Rule(check=_date)),
    **dict.fromkeys(AMOUNT_ROLES | {"@amount"}, Rule(check=_amount)),
    **dict.fromkeys(
        "customer_number loyalty_number record_key order_number line_number subscription_number"
        " quote_number event_id session_id case_number device_id @id @number @order".split(),
        _IDENTIFIER,
    ),
    **dict.fromkeys("note wish body answer resolution text @description".split(), _TEXT),
    **dict.fromkeys(
        "product_name category brand subscription_name campaign survey_name topic subject profession"
        " interests tags job_title employee handled_by shop region search_term cause origin"
        " case_kind @kind @title discount_code".split(),
        _LABEL,
    ),
    **dict.fromkeys(
        "consent_email consent_phone consent_post consent_sms do_not_call do_not_email".split(),
        _YES_NO,
    ),
    "quantity": Rule(check=_number),
    "points": Rule(check=_points),
    "points_delta": Rule(check=_number),
    "email": Rule(("email",), 0.5, True, alone=0.88),
    "phone": Rule(("phone", "local_phone"), 0.5, True, ("date",), alone=0.75),
    "mobile": Rule(("phone", "local_phone"), 0.5, True, ("date",), alone=0.82),
    "iban": Rule(("iban",), 0.5, True, alone=0.9),
    "kvk": Rule(("kvk",), 0.6, True),
    "vat": Rule(("vat",), 0.5, True, alone=0.85),
    "login": Rule(check=_handle),
    "social_handle": Rule(check=_handle),
    "full_name": Rule(check=_full_name, alone=0.7),
    "contact_name": Rule(check=_full_name),
    "sender_name": Rule(("full_name", "organisation"), 0.3, False, _NAMES_AGAINST),
    "salutation": Rule(("salutation",), 0.6, True, alone=0.7),
    "title": Rule(("title",), 0.5, False, (*_NAMES_AGAINST, "text", "salutation"), alone=0.6),
    "initials": Rule(("initials",), 0.6, True),
    "first_name": Rule(check=_first_name, alone=0.7),
    "surname_prefix": Rule(("prefix",), 0.7, True, alone=0.75),
    "surname": Rule(check=_surname, alone=0.6),
    "organisation_name": Rule(("organisation",), 0.3, False, _NAMES_AGAINST, alone=0.6),
    "address": Rule(check=_address, alone=0.7),
    "street": Rule(check=_street, alone=0.7),
    "house_number": Rule(check=_house_number),
    "house_suffix": Rule(("house_suffix",), 0.7, True),
    "postcode": Rule(check=_postcode, alone=0.86),
    "city": Rule(("city",), 0.25, False, (*_NAMES_AGAINST, "address"), alone=0.68),
    "country": Rule(("country",), 0.5, False, (*_WORDS_AGAINST, "integer", "yes_no"), alone=0.6),
    "language": Rule(("language",), 0.6, True, alone=0.5),
    "birth_date": Rule(check=_birth, alone=0.6),
    "customer_since": Rule(check=_since),
    "age": Rule(check=_within(0, 115)),
    "gender": Rule(("gender",), 0.8, True, alone=0.7),
    "relation_type": Rule(("relation",), 0.5, False, (*_WORDS_AGAINST, "integer", "text")),
    "website": Rule(("url",), 0.5, True, alone=0.6),
    "household_size": Rule(check=_within(1, 20)),
    "unsubscribed": Rule(check=_when_or_whether),
    "preferred_channel": Rule(("channel",), 0.5, False, (*_WORDS_AGAINST, "integer", "text")),
    "order_status": Rule(("status",), 0.4, False, (*_WORDS_AGAINST, "text")),
    "subscription_status": Rule(("status",), 0.4, False, (*_WORDS_AGAINST, "text")),
    "quote_status": Rule(("status",), 0.4, False, (*_WORDS_AGAINST, "text")),
    "case_status": Rule(("status",), 0.4, False, (*_WORDS_AGAINST, "text")),
    "@status": Rule(("status", "relation"), 0.4, False, (*_WORDS_AGAINST, "text")),
    "payment_method": Rule(("payment",), 0.4, False, (*_WORDS_AGAINST, "integer", "yes_no")),
    "currency": Rule(("currency",), 0.8, True, alone=0.6),
    "product_code": Rule(check=_product_code),
    "period": Rule(check=_period),
    "tier": Rule(check=_tier),
    "@month": Rule(check=_date_or_period),
    "event_kind": Rule(("event",), 0.4, False, (*_WORDS_AGAINST, "number"), alone=0.5),
    "channel": Rule(("channel",), 0.4, False, (*_WORDS_AGAINST, "number"), alone=0.5),
    "direction": Rule((), 0.5, False, (*_WORDS_AGAINST, "text")),
    "url": Rule(("url", "path"), 0.5, True),
    "@url": Rule(("url", "path"), 0.5, True),
    "message_id": Rule(("message_id", "uuid", "code", "integer"), 0.6, False, ("text",), alone=0.0),
    "in_reply_to": Rule(("message_id", "uuid", "code", "integer"), 0.6, False, ("text",)),
    "sender": Rule(("email",), 0.4, False, ("number", "date", "text"), alone=0.0),
    "recipients": Rule(("email",), 0.4, False, ("number", "date")),
    "nps_score": Rule(check=_within(0, 10)),
    "satisfaction": Rule(check=_within(0, 100)),
    "priority": Rule((), 0.5, False, (*_WORDS_AGAINST, "text")),
    "file_name": Rule(("file",), 0.5, True, alone=0.5),
    "media_type": Rule(("media_type",), 0.5, False, (*_WORDS_AGAINST, "number"), alone=0.6),
    "@name": Rule(("letters", "full_name", "organisation"), 0.5, False, _WORDS_AGAINST),
}
