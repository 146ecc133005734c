"""How well the values of a column suit a meaning: one check for each kind of value."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from klantbeeld.sources.recognise.profile import Profile

# Values of these shapes are no names, places or descriptions.
_FOREIGN = ("email", "url", "phone", "decimal", "money", "iban", "uuid", "message_id")
_BROWSER = re.compile(r"(?:GA\d\.\d\.)?\d{6,}\.\d{6,}")
_NUMERIC = ("integer", "decimal", "number", "money")


@dataclass(frozen=True)
class Fit:
    """1 the values say so, 0 they say nothing, -1 they say otherwise; `why` in a few words."""

    score: float
    why: str = ""


def contrary(profile: Profile) -> str:
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
    "postcode_place": "postcode and place in one cell",
    "digits_place": "postcode and place in one cell",
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


def dates(profile: Profile) -> Fit:
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
    seconds = all(5e8 < n / unit < 2.2e9 for unit in [_unit(numbers)] for n in numbers)
    return len(numbers) >= 0.9 * len(profile.values) and seconds


def _unit(numbers: Sequence[float]) -> float:
    """How many there are in a second of what the first number counts, as far as it is a moment."""
    first = numbers[0] if numbers else 0
    return next((unit for unit in (1.0, 1e3, 1e6) if first < 2.2e9 * unit), 1.0)


def births(profile: Profile) -> Fit:
    found = dates(profile)
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


def since(profile: Profile) -> Fit:
    if profile.numbers and all(1950 <= number <= 2100 for number in profile.numbers):
        return Fit(1.0, "years")
    return dates(profile)


def when_or_whether(profile: Profile) -> Fit:
    found = dates(profile)
    return found if found.score > 0 else yes_or_no(profile)


def yes_or_no(profile: Profile) -> Fit:
    share = profile.share("yes_no")
    if share >= 0.75 and profile.distinct <= 8:
        return Fit(1.0, SHOWN["yes_no"])
    if profile.dates.share > 0.8:
        return Fit(0.5, "dates")
    return Fit(-1.0, "the values are not yes or no")


def numbers(profile: Profile) -> Fit:
    share = profile.share("number", "money")
    if share >= 0.75 and profile.dates.share < 0.9:
        return Fit(1.0, f"{share:.0%} numbers")
    return Fit(0.5, f"{share:.0%} numbers") if share >= 0.5 else Fit(-1.0, "they are no numbers")


def points(profile: Profile) -> Fit:
    """A balance; points that are spent are negative, and then it is a list of mutations."""
    negative = sum(number < 0 for number in profile.numbers)
    if negative > 0.02 * len(profile.values):
        return Fit(-0.3, "numbers up and down")
    return numbers(profile)


def amounts(profile: Profile) -> Fit:
    found = numbers(profile)
    has_fractions = profile.share("decimal", "money") > 0.2
    return Fit(1.0 if has_fractions else 0.6, found.why) if found.score == 1 else found


def within(low: float, high: float) -> Callable[[Profile], Fit]:
    def check(profile: Profile) -> Fit:
        numbers = profile.numbers
        within = sum(low <= number <= high for number in numbers)
        if numbers and within >= 0.95 * len(profile.values):
            return Fit(1.0, f"numbers from {low:g} to {high:g}")
        return Fit(-1.0, f"they are no numbers from {low:g} to {high:g}")

    return check


def identifiers(profile: Profile) -> Fit:
    if profile.share("text") > 0.3 or profile.words > 3 or profile.dates.share > 0.9:
        return Fit(-1.0, "the values are no numbers or codes")
    if profile.share("decimal") > 0.5 or (profile.share("yes_no") > 0.9 and profile.distinct <= 3):
        return Fit(-1.0, "the values are no numbers or codes")
    share = profile.share("code", "integer", "uuid")
    if share >= 0.8:
        return Fit(1.0, f"{share:.0%} numbers or codes")
    if share < 0.2 and profile.share("full_name", "first_name", "organisation", "city") > 0.3:
        return Fit(-1.0, "the values are names")
    return Fit(0.5 if share >= 0.4 else 0.0, f"{share:.0%} numbers or codes")


def devices(profile: Profile) -> Fit:
    """Codes, and the two numbers with a point between them by which Google tells browsers apart."""
    if not profile.values:
        return Fit(0.0)
    told = sum(_BROWSER.fullmatch(value) is not None for value in profile.values)
    return Fit(1.0, "codes of browsers") if told >= 0.8 * len(profile.values) else (
        identifiers(profile)
    )  # fmt: skip


def postcodes(profile: Profile) -> Fit:
    if profile.share("postcode_place") + profile.share("digits_place") >= 0.6:
        return Fit(1.0, SHOWN["postcode_place"])
    dutch, british, digits = (
        profile.share(name) for name in ("postcode_nl", "postcode_uk", "postcode_digits")
    )
    share = dutch + british + digits
    if share >= 0.6:
        return Fit(1.0, f"{min(share, 1):.0%} postcodes")
    return Fit(0.5, f"{share:.0%} postcodes") if share >= 0.3 else Fit(-1.0, "no postcodes")


def house_numbers(profile: Profile) -> Fit:
    share = profile.share("house_number")
    if share >= 0.8 and profile.share("decimal") < 0.2:
        return Fit(1.0, f"{share:.0%} house numbers")
    return Fit(0.4, f"{share:.0%} house numbers") if share >= 0.5 else Fit(-1.0, "no house numbers")


def streets(profile: Profile) -> Fit:
    street, whole = profile.share("street"), profile.share("address")
    if profile.share("postcode_place") >= 0.6:
        return Fit(-1.0, SHOWN["postcode_place"])
    if whole > 0.5 and whole > street:
        return Fit(-0.3, "streets with their numbers")
    if street >= 0.3:
        return Fit(1.0, f"{street:.0%} streets")
    return Fit(-1.0, contrary(profile)) if profile.share(*_FOREIGN, "number") > 0.5 else Fit(0.0)


def addresses(profile: Profile) -> Fit:
    street, whole = profile.share("street"), profile.share("address")
    if profile.share("postcode_place") >= 0.6:
        return Fit(-1.0, SHOWN["postcode_place"])
    if whole >= 0.4:
        return Fit(1.0, f"{whole:.0%} addresses with a number")
    if street >= 0.4:
        return Fit(-0.3, "streets without a number")
    return Fit(-1.0, contrary(profile)) if profile.share(*_FOREIGN, "number") > 0.5 else Fit(0.0)


def texts(profile: Profile) -> Fit:
    if profile.share("text") >= 0.3 or profile.words >= 4:
        return Fit(1.0, "texts")
    if profile.share(*_FOREIGN, "integer", "yes_no", "code") > 0.6 or profile.dates.share > 0.6:
        return Fit(-1.0, contrary(profile))
    return Fit(0.5 if profile.words >= 2 else 0.0, "short texts")


def labels(profile: Profile) -> Fit:
    """Names of things: words that come back, or descriptions; no numbers and no dates."""
    if profile.share(*_FOREIGN, "number") > 0.6 or profile.dates.share > 0.6:
        return Fit(-1.0, contrary(profile))
    if profile.share("yes_no") > 0.9 and profile.distinct <= 3:
        return Fit(-1.0, contrary(profile))
    return Fit(0.35 if profile.share("letters") > 0.5 else 0.2, "words")


def whole_names(profile: Profile) -> Fit:
    if profile.share("organisation") > 0.5:
        return Fit(-0.3, "organisations")
    share = profile.share("full_name")
    if share >= 0.35:
        return Fit(1.0, f"{share:.0%} whole names")
    if profile.share(*_FOREIGN, "integer", "address", "yes_no") > 0.4 or profile.dates.share > 0.5:
        return Fit(-1.0, contrary(profile))
    if profile.words < 1.3 and profile.share("code") > 0.5:
        return Fit(-1.0, "the values are codes")
    return Fit(0.4 if share > 0.1 else 0.0, f"{share:.0%} whole names")


def first_names(profile: Profile) -> Fit:
    if profile.share(*_FOREIGN, "number", "address", "text") > 0.5 or profile.dates.share > 0.5:
        return Fit(-1.0, contrary(profile))
    share = profile.share("first_name")
    if profile.words > 2.2 and profile.share("full_name") > 0.5:
        return Fit(-0.3, "whole names")
    return Fit(
        1.0 if share >= 0.2 else 0.5 if share >= 0.07 else 0.0, f"{share:.0%} known first names"
    )


def surnames(profile: Profile) -> Fit:
    if profile.share(*_FOREIGN, "number", "address", "text") > 0.5 or profile.dates.share > 0.5:
        return Fit(-1.0, contrary(profile))
    share = profile.share("surname")
    return Fit(
        1.0 if share >= 0.12 else 0.5 if share >= 0.04 else 0.0, f"{share:.0%} known surnames"
    )


def product_codes(profile: Profile) -> Fit:
    if profile.share("text") > 0.3 or profile.words > 2 or profile.dates.share > 0.6:
        return Fit(-1.0, "the values are descriptions")
    share = profile.share("code", "integer")
    return Fit(1.0, f"{share:.0%} codes") if share >= 0.7 else Fit(-0.3 if share < 0.3 else 0.3, "")


def handles(profile: Profile) -> Fit:
    if profile.share("number", "phone") > 0.5 or profile.dates.share > 0.5:
        return Fit(-1.0, contrary(profile))
    return Fit(0.3)


def periods(profile: Profile) -> Fit:
    if profile.dates.share > 0.5 or profile.share("email", "text", "decimal") > 0.5:
        return Fit(-1.0, contrary(profile))
    known = sum(any(w in v.lower() for w in _PERIODS) for v in profile.values)
    return Fit(1.0 if known >= 0.5 * len(profile.values) else 0.0, "periods")


def dates_or_periods(profile: Profile) -> Fit:
    return max(dates(profile), periods(profile), key=lambda found: found.score)


def tiers(profile: Profile) -> Fit:
    is_rank = profile.numbers and all(0 <= number <= 10 for number in profile.numbers)
    return Fit(0.3, "ranks") if is_rank else labels(profile)


_PERIODS = (
    "maand",
    "jaar",
    "kwartaal",
    "week",
    "month",
    "year",
    "quarter",
    "annual",
    "halfjaar",
    "dag",
)
