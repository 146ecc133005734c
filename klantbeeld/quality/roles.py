"""Which reader a column role has. Roles without one of their own are plain text."""

from __future__ import annotations

import polars as pl

from klantbeeld.quality import (
    addresses,
    choices,
    countries,
    emails,
    ibans,
    identifiers,
    names,
    phones,
    postcodes,
)
from klantbeeld.quality.columns import by_distinct
from klantbeeld.quality.consents import yes_or_no
from klantbeeld.quality.dates import standard_birth_dates, standard_dates, standard_moments
from klantbeeld.quality.numbers import (
    standard_amounts,
    standard_numbers,
    standard_whole_numbers,
)
from klantbeeld.quality.organisations import standard_organisations
from klantbeeld.quality.place_cells import taken_apart
from klantbeeld.quality.placeholders import IDENTIFIERS, NAMES, NOBODY, NOTHING
from klantbeeld.quality.readers import (
    Reader,
    lines,
    of_country,
    of_text,
    plain,
    prepared,
    standard,
)
from klantbeeld.quality.standard import Options, Standard

_NO_WORDS: frozenset[str] = frozenset()
_LINE = 2_000  # bytes of a one-line text
_TEXT = 1_000_000  # bytes of a note or mail


def _full_names(column: pl.Series, options: Options) -> Standard:
    text, issue = prepared(column, NAMES, names.LONGEST)
    english = names.is_english(text) if options.english is None else options.english
    work = by_distinct(text, lambda values: names.standard_full_names(values, english))
    return standard(work, issue)


def _salutations(column: pl.Series, options: Options) -> Standard:
    text, issue = prepared(column, NOTHING | {"geen"}, names.LONGEST)
    return standard(
        by_distinct(text, lambda values: names.standard_salutations(values, options.english)), issue
    )


def _whole(low: int, high: int) -> Reader:
    return lambda column, options: standard_whole_numbers(column, options, low, high)


def _closed(table: dict[str, str], unknown: str = "") -> Reader:
    words = frozenset(unknown.split("|"))
    return of_text(lambda text: choices.closed_choice(text, table, words), _NO_WORDS, 100)


def _open(table: dict[str, str]) -> Reader:
    return of_text(lambda text: choices.open_choice(text, table), _NO_WORDS, 500)


_codes = of_text(identifiers.standard_codes, IDENTIFIERS, identifiers.LONGEST)
_phone = of_country(
    lambda text, region: phones.standard_phones(text, region or "NL"), NOBODY, phones.LONGEST, "NL"
)
_line = plain(NOTHING, _LINE)
_text = lines(NOTHING, _TEXT)
_own_words = plain(_NO_WORDS, _LINE)  # what people wrote or searched: '-' may be meant
_consent = yes_or_no(choices.CONSENTS)
_refusal = yes_or_no(choices.REFUSALS)
_street = of_country(addresses.standard_streets, NAMES, addresses.LONGEST, None)

_postcode = of_country(postcodes.standard_postcodes, NOBODY, postcodes.LONGEST, None)
_city = of_text(addresses.standard_cities, NAMES, 100)

_DATES = ("customer_since", "valid_until", "document_at")
_MOMENTS = (
    *("updated_at", "created_at", "ordered_at", "started_at", "ended_at", "quoted_at"),
    *("event_at", "opened_at", "closed_at", "answered_at", "cost_at"),
)
_CONSENTS = ("consent_email", "consent_phone", "consent_post", "consent_sms")
_REFUSALS = ("do_not_call", "do_not_email")
_NUMBERS = ("quantity", "satisfaction")
_AMOUNTS = (
    *("order_amount", "line_amount", "discount_amount", "subscription_amount", "quote_amount"),
    *("cost_amount", "unit_price", "compensation"),
)
_WHOLE_NUMBERS = {
    "age": (0, 120),
    "household_size": (1, 30),
    "line_number": (0, 10**9),
    "nps_score": (0, 10),
    "points": (-(10**12), 10**12),
    "points_delta": (-(10**12), 10**12),
}

# What the whole column has to say first: the order of dates, the decimal mark, the language,
# whether postcodes and places stand in one cell.
DATED = frozenset({"birth_date", "unsubscribed", *_DATES, *_MOMENTS, *_CONSENTS, *_REFUSALS})
NUMBERED = frozenset({*_NUMBERS, *_AMOUNTS, *_WHOLE_NUMBERS})
NAMED = frozenset({"full_name", "contact_name", "salutation"})
PLACED = frozenset({"postcode", "city"})

READERS: dict[str, Reader] = {
    **dict.fromkeys(
        (
            "customer_number",
            "login",
            "loyalty_number",
            "device_id",
            "order_number",
            "discount_code",
            "product_code",
            "subscription_number",
            "quote_number",
            "event_id",
            "session_id",
            "message_id",
            "in_reply_to",
            "case_number",
            "record_key",
        ),
        _codes,
    ),
    "email": of_text(emails.standard_emails, NOBODY, emails.LONGEST),
    "phone": _phone,
    "mobile": _phone,
    "iban": of_text(ibans.standard_ibans, NOBODY, ibans.LONGEST),
    "kvk": of_text(identifiers.standard_kvk, NOBODY, identifiers.LONGEST),
    "vat": of_text(identifiers.standard_vat, NOBODY, identifiers.LONGEST),
    "social_handle": of_text(identifiers.standard_handles, NOBODY, identifiers.LONGEST),
    "full_name": _full_names,
    "contact_name": _full_names,
    "salutation": _salutations,
    "title": of_text(names.standard_titles, NOBODY, names.LONGEST),
    "initials": of_text(names.standard_initials_column, NOTHING, names.LONGEST),
    "first_name": of_text(names.standard_first_names, NAMES, names.LONGEST),
    "surname_prefix": of_text(names.standard_prefixes, NOBODY, 40),
    "surname": of_text(names.standard_surnames, NAMES, names.LONGEST),
    "organisation_name": of_text(standard_organisations, NAMES, 300),
    "address": of_country(addresses.standard_addresses, NAMES, addresses.LONGEST, None),
    "street": _street,
    "house_number": of_text(addresses.standard_house_numbers, NOBODY, 60),
    "house_suffix": of_text(addresses.standard_suffixes, NOTHING | {"geen", "."}, 60),
    "postcode": taken_apart(_postcode, "postcode", _city, "city"),
    "city": taken_apart(_city, "city", _postcode, "postcode"),
    "country": of_text(countries.standard_countries, NOTHING, countries.LONGEST),
    "language": of_text(countries.standard_languages, NOTHING | {"geen"}, countries.LONGEST),
    "birth_date": standard_birth_dates,
    **dict.fromkeys(_DATES, standard_dates),
    **dict.fromkeys(_MOMENTS, standard_moments),
    **{role: _whole(*limits) for role, limits in _WHOLE_NUMBERS.items()},
    **dict.fromkeys(_NUMBERS, standard_numbers),
    **dict.fromkeys(_AMOUNTS, standard_amounts),
    "gender": _closed(choices.GENDERS, "u|onb|onb."),
    **dict.fromkeys(_CONSENTS, _consent),
    **dict.fromkeys(_REFUSALS, _refusal),
    "unsubscribed": yes_or_no(choices.UNSUBSCRIBES),
    "preferred_channel": _open(choices.CHANNELS),
    "channel": _open(choices.CHANNELS),
    "direction": _closed(choices.DIRECTIONS),
    "payment_method": _open(choices.PAYMENT_METHODS),
    "relation_type": _open(choices.RELATION_TYPES),
    "event_kind": _open(choices.EVENT_KINDS),
    "case_kind": _open(choices.CASE_KINDS),
    "period": _open(choices.PERIODS),
    "currency": _closed(choices.CURRENCIES),
    **dict.fromkeys(("note", "wish", "resolution", "cause"), _text),
    **dict.fromkeys(("body", "answer", "text", "content"), lines(_NO_WORDS, _TEXT)),
    **dict.fromkeys(("subject", "search_term", "product_name", "topic"), _own_words),
}


def reader_of(role: str) -> Reader:
    """The reader of a role; plain text for roles that have no rules of their own."""
    return READERS.get(role, _line)
