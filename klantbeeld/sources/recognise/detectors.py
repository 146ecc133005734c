"""Detectors: whether one value looks like an e-mail address, a street, a first name …

Light on purpose: they recognise columns by many values and validate nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from klantbeeld.sources.recognise import words


@dataclass(frozen=True)
class Detector:
    """`is_exact` detectors see the value as it is, others in lower case without accents."""

    test: Callable[[str], object]
    is_exact: bool = False

    def __call__(self, value: str) -> bool:
        return bool(self.test(value))


def _shape(pattern: str) -> Detector:
    return Detector(re.compile(pattern).fullmatch)


def _exact(pattern: str) -> Detector:
    return Detector(re.compile(pattern).fullmatch, is_exact=True)


def _one_of(known: frozenset[str]) -> Detector:
    return Detector(known.__contains__)


def _digits(value: str) -> str:
    return re.sub(r"\D", "", value)


_PHONE = re.compile(
    r"(?:tel[.: ]*|t[.:] ?)?\(?\+?[\d(][\d\s().\-/]{6,20}\d(?:\s?(?:x|ext)\.?\s?\d+)?"
)


# Dutch, those of devices too, and Belgian.
_MOBILE = re.compile(r"(?:31)?0?(?:6\d{8}|97\d{9})|32?4\d{8}")


def _is_phone(value: str) -> bool:
    if not _PHONE.fullmatch(value) or re.fullmatch(r"\d{4}-\d{2}-\d{2}.*|\d+[.,]\d{1,2}", value):
        return False
    digits = _digits(value)
    if not 7 <= len(digits) <= 15 or (len(set(digits)) < 2 and len(digits) > 3):
        return False
    is_marked = value[:1] in "+(0t" or re.fullmatch(r"\d{3}[-. ]\d{3}[-. ]\d{4}.*", value)
    return bool(is_marked) or (len(digits) == 9 and digits[0] in "123456789")


def _is_mobile(value: str) -> bool:
    digits = _digits(value).removeprefix("00")
    return _is_phone(value) and _MOBILE.fullmatch(digits) is not None


def _is_iban(value: str) -> bool:
    bare = re.sub(r"[\s.-]", "", value).upper()
    if not re.fullmatch(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}", bare):
        return False
    turned = bare[4:] + bare[:4]
    return int("".join(str(int(letter, 36)) for letter in turned)) % 97 == 1


def _is_first_name(value: str) -> bool:
    parts = re.split(r"[ .-]+", value)
    return 0 < len(parts) <= 3 and parts[0] in words.FIRST_NAMES


def _is_surname(value: str) -> bool:
    parts = value.replace(",", " ").replace("-", " ").split()
    return 0 < len(parts) <= 5 and any(part in words.SURNAMES for part in parts)


_NAME = re.compile(r"[A-Za-z'’.,\-() &]+")
_PREFIX_PARTS = frozenset(part for prefix in words.PREFIXES for part in prefix.split())


def _is_full_name(value: str) -> bool:
    """At least two parts, of which one is a known first name, or initials with a name."""
    if not _NAME.fullmatch(value) or len(value) > 60:
        return False
    parts = [part.strip(".,()") for part in value.split()]
    parts = [part for part in parts if part]
    if _is_street(value):
        return False
    if not 2 <= len(parts) <= 7 or _is_organisation(value):
        return False
    if any(part in words.FIRST_NAMES for part in parts) or parts[0] in words.SALUTATIONS:
        return True
    has_initials = re.match(r"(?:[a-z]\.\s?)+", value) or re.search(r",\s*(?:[a-z]\.?\s?)+", value)
    return bool(has_initials) or any(part in words.SURNAMES for part in parts[1:])


def _is_organisation(value: str) -> bool:
    parts = re.findall(r"[\w.&'-]+", value)
    return any(part.strip(".,") in words.ORG_WORDS for part in parts) or bool(
        re.search(r"\b(?:b\.?v|n\.?v|v\.?o\.?f)\b\.?$|bedrijf\b|techniek\b|winkel\b", value)
    )


_STREET = re.compile(
    rf".*{words.STREET_ENDS}(?:\s+(?:oost|west|noord|zuid|[a-z]))?|[a-z]{{3,}}{words.STREET_ENDS_TOO}"
    r"|rue (?:de|du|des|la) .*"
)
_STREET_NUMBER = re.compile(
    r"[a-z'’.\-/ \d]*?[a-z'’.]{2,}[ ,]+\d{1,5}\s?[-/ ]?\s?(?:[a-z]{1,4}|\d{1,4})?"
    r"(?:[, ]+.*)?|\d{1,5}[a-z]?[ ,]+[a-z'’.\- ]{3,}(?:,.*)?"
)


def _is_street(value: str) -> bool:
    return not re.search(r"\d", value) and len(value) < 50 and _STREET.fullmatch(value) is not None


def _is_address(value: str) -> bool:
    return len(value) < 120 and "@" not in value and _STREET_NUMBER.fullmatch(value) is not None


def _is_text(value: str) -> bool:
    return len(value.split()) >= 5 or len(value) > 60


_NUMBER = r"[-+]?(?:\d{1,3}(?:[.,' ]\d{3})+|\d+)"
_PLACE, _BETWEEN = r"'?[a-z][^\d,;|]{1,60}", r"(?:[\s,;/|]+|[\s,]*-\s*)"
DETECTORS: dict[str, Detector] = {
    "email": Detector(re.compile(r"(?:mailto:)?<?[^@\s<>]+@[^@\s<>]+\.[a-z]{2,}>?").fullmatch),
    "url": _shape(
        r"(?:https?://|www\.)\S+|[a-z0-9][a-z0-9-]+\.(?:nl|com|be|org|net|eu|de|co\.uk)(?:/\S*)?"
    ),
    "path": _shape(r"/[\w./?=&%-]*"),
    "phone": Detector(_is_phone),
    "mobile": Detector(_is_mobile),
    "local_phone": _shape(r"\d{3}[ -]?\d{4}|\d{6,11}"),
    "postcode_nl": _shape(r"(?:nl-)?[1-9]\d{3}\s?[a-z]{2}"),
    "postcode_uk": _shape(r"[a-z]{1,2}\d[a-z\d]?\s?\d[a-z]{2}"),
    "postcode_digits": _shape(r"(?:[a-z]{1,2}-)?\d{4,6}(?:-\d{4})?"),
    # With the place in the same cell, before or behind.
    "postcode_place": _shape(
        rf"(?:nl[- ]?)?[1-9]\d{{3}}\s?[a-z]{{2}}{_BETWEEN}{_PLACE}"
        rf"|{_PLACE}{_BETWEEN}[1-9]\d{{3}}\s?[a-z]{{2}}"
    ),
    "digits_place": _shape(
        rf"(?![1-9]\d{{3}}\s?[a-z]{{2}}(?:$|[^a-z]))(?:[a-z]{{1,2}}-)?\d{{4,5}}[\s,;/|]+{_PLACE}"
    ),
    "iban": Detector(_is_iban),
    "kvk": _shape(r"(?:kvk\s*)?\d{8}"),
    "vat": _shape(
        r"(?:nl\s?)?\d{3}[. ]?\d{3}[. ]?\d{3}[. ]?b\s?\d{2}|(?:be|de|fr|gb|lu|at)[ 0-9]{8,13}"
    ),
    "integer": _shape(r"[-+]?\d+"),
    "decimal": _shape(rf"{_NUMBER}[.,]\d+"),
    "number": _shape(
        rf"(?:€|eur|\$|£)?\s?{_NUMBER}(?:[.,]\d+)?\s?-?(?:€|eur|%|,-)?|-\s?€\s?[\d.,]+"
    ),
    "money": _shape(
        rf"(?:€|eur|\$|£)\s?{_NUMBER}(?:[.,]\d+)?\s?(?:-|,-)?|{_NUMBER}(?:[.,]\d+)?\s?(?:€|eur)"
    ),
    "time": _shape(r"\d{1,2}:\d{2}(?::\d{2})?"),
    "uuid": _shape(r"\{?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\}?"),
    "code": _exact(r"(?=.*\d)[A-Za-z0-9#][A-Za-z0-9_./#-]*"),
    "message_id": _shape(r"<[^<>\s]+@[^<>\s]+>"),
    "yes_no": _one_of(words.YES_NO),
    "gender": _one_of(words.GENDERS),
    "salutation": _one_of(words.SALUTATIONS),
    "title": _one_of(words.TITLES),
    "language": _one_of(words.LANGUAGES),
    "country": _one_of(words.COUNTRIES),
    "currency": _one_of(words.CURRENCIES),
    "relation": _one_of(words.RELATION_TYPES),
    "event": _one_of(words.EVENT_KINDS),
    "channel": _one_of(words.CHANNELS),
    "payment": _one_of(words.PAYMENTS),
    "status": _one_of(words.STATUSES),
    "prefix": _one_of(words.PREFIXES),
    "city": _one_of(words.CITIES),
    "initials": _exact(r"(?:[A-Za-z]{1,2}\.[ -]?){1,6}|[A-Z]{1,4}|[A-Z](?: [A-Z]){1,4}"),
    "first_name": Detector(_is_first_name),
    "surname": Detector(_is_surname),
    "full_name": Detector(_is_full_name),
    "organisation": Detector(_is_organisation),
    "street": Detector(_is_street),
    "address": Detector(_is_address),
    "house_number": _shape(r"\d{1,5}(?:\s?[-/ ]?\s?(?:[a-z]{1,3}|\d{1,3}|bis|hs|huis))?"),
    "house_suffix": _shape(
        r"[a-z]{1,3}|\d{1,3}|bis|huis|hs|rood|[a-z]\d{1,3}|i{1,3}|[a-z]-\d{1,3}"
    ),
    "text": Detector(_is_text),
    "letters": _shape(r"[a-z'’.,\-&/() ]+"),
    "file": _shape(r".*\.(?:pdf|docx?|xlsx?|txt|jpe?g|png|eml|msg|csv|odt)"),
    "media_type": _shape(r"(?:application|text|image|audio|video|message)/[\w.+-]+"),
}
