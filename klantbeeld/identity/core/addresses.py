"""Whole addresses on one line, in the order of the country: street, number, postcode and place."""

from __future__ import annotations

import re
from typing import NamedTuple

from .text import folded

# Words of streets, cut short and in full; the cut ones are what people write most.
_STREETS = {
    "st": "street", "str": "street", "street": "street", "ave": "avenue", "av": "avenue",
    "avenue": "avenue", "rd": "road", "road": "road", "ln": "lane", "lane": "lane", "dr": "drive",
    "drive": "drive", "pl": "place", "place": "place", "blvd": "boulevard", "blv": "boulevard",
    "boulevard": "boulevard", "ct": "court", "court": "court", "hwy": "highway",
    "highway": "highway", "pkwy": "parkway", "parkway": "parkway", "sq": "square",
    "square": "square", "ter": "terrace", "terrace": "terrace", "cir": "circle",
    "circle": "circle", "plz": "plaza", "plaza": "plaza", "trl": "trail", "trail": "trail",
    "way": "way", "cres": "crescent", "crescent": "crescent", "close": "close", "cl": "close",
    "grove": "grove", "gr": "grove", "parade": "parade", "rise": "rise", "mews": "mews",
}  # fmt: skip
_DIRECTIONS = {
    "n": "north", "s": "south", "e": "east", "w": "west", "north": "north", "south": "south",
    "east": "east", "west": "west", "ne": "northeast", "nw": "northwest", "se": "southeast",
    "sw": "southwest",
}  # fmt: skip
_UNIT = re.compile(
    r"(?:\b(?:suite|ste|apt|appt|apartment|unit|room|rm|floor|flat)\b\.?|#)"
    r"\s*#?\s*([\w-]*)",
    re.IGNORECASE,
)
_BOX = re.compile(r"\b(?:p\.?\s*o\.?\s*box|postbus|postfach)\s*(\d+)", re.IGNORECASE)
_NUMBER_FIRST = re.compile(
    r"^(\d{1,6})([a-z])?\s*,?\s+([^\W\d].*|\d+(?:st|nd|rd|th)\b.*)$", re.IGNORECASE
)
# '1e Dorpsstraat 12': a number at the end is the house's, unless it is as long as a postcode.
_ENDS_IN_NUMBER = re.compile(r"\s\d{1,4}\s*[a-z]?$", re.IGNORECASE)
# 'Oak Park IL 60302' behind a street without a comma.
_STATE_AND_ZIP = re.compile(r"\s+[A-Z]{2}\s+(\d{5})(?:-\d{4})?$")
_NUMBER_LAST = re.compile(r"^([^\W\d].*?\D)[\s,]*\b(\d{1,5})\s*[-/]?\s*([^\W_]{0,4})$")
_NUMBER_WITHIN = re.compile(r"^\D+\s(\d{1,5}\s+[^\W\d].*)$")
_POSTCODES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(\d{4}\s?[A-Z]{2})\b",  # the Netherlands
        r"\b([A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2})\b",  # the United Kingdom
        r"\b([A-Z]\d[A-Z]\s?\d[A-Z]\d)\b",  # Canada
        r"\b(\d{5})(?:-?\d{4})?\b",  # the United States, Germany, France
        r"\b[A-Z]{1,2}-(\d{4,5})\b",  # with the country before it
        r"\b(\d{6})\b",  # India, Singapore
        r"^(\d{4})\b(?=\s+[^\W\d])",  # Belgium, Austria, Switzerland: before the place
    )
)
# A place and its state or country behind it say the same as the place.
_STATE = re.compile(r"[\s,]+([A-Z]{2})$")


class Address(NamedTuple):
    """The parts of an address, as text; None where the line does not say."""

    street: str | None
    number: str | None
    suffix: str | None
    postcode: str | None
    city: str | None


def parted(line: str) -> Address | None:
    """The parts of one line; None where the line is of the plain kind 'Dorpsstraat 12-B'.

    A number before its street ('1400 W. Augusta Blvd.') is told from one behind it, a building or
    a suite before it is left out, and what follows the street is postcode and place. Streets have
    their usual words in full.
    """
    parts = [part.strip(" .") for part in line.replace("\n", ",")[:240].split(",")]
    parts = [part for part in parts if part]
    if not parts or (len(parts) == 1 and not _is_whole(parts[0])):
        return None
    unit, parts = _without_unit(parts)
    for place, part in enumerate(parts):
        found = _street_of(part)
        if found:
            street, number, suffix, rest = found
            after = [rest, *parts[place + 1 :]] if rest else parts[place + 1 :]
            return Address(street, number, suffix or unit, *_place_of(after))
    if len(parts) < 2:
        return None
    postcode, city = _place_of(parts[1:])
    return Address(_in_full(parts[0].split()) or None, None, unit, postcode, city)


def _is_whole(line: str) -> bool:
    """Whether a line without commas is more than a street with its number behind it."""
    if line[0].isdigit() and not _ENDS_IN_NUMBER.search(line):
        return True
    return bool(_BOX.search(line) or _NUMBER_WITHIN.match(line) or _UNIT.search(line))


def _without_unit(parts: list[str]) -> tuple[str | None, list[str]]:
    """The suite or room, and the parts without it."""
    unit, kept = None, []
    for part in parts:
        found = _UNIT.search(part)
        if found:
            unit = unit or found.group(1) or None
            part = (part[: found.start()] + " " + part[found.end() :]).strip()
        if part:
            kept.append(part)
    return unit, kept


def _street_of(part: str) -> tuple[str, str, str | None, str] | None:
    """(street, number, suffix, what follows) of the part of a line that names a street."""
    box = _BOX.search(part)
    if box:
        return "pobox", box.group(1), None, part[box.end() :]
    first = _NUMBER_FIRST.match(part)
    if not first:
        last = _NUMBER_LAST.match(part)
        if last:
            return _in_full(last.group(1).split()), last.group(2), last.group(3) or None, ""
        within = _NUMBER_WITHIN.match(part)
        first = _NUMBER_FIRST.match(within.group(1)) if within else None
    if not first or _POSTCODES[0].match(part):
        return None
    far = _STATE_AND_ZIP.search(first.group(3))
    words = first.group(3)[: far.start() if far else None].split()
    end = _end_of_street(words)
    rest = [*words[end:], *([far.group(1)] if far else [])]
    return _in_full(words[:end]), first.group(1), first.group(2), " ".join(rest)


def _end_of_street(words: list[str]) -> int:
    """How many words are the street: up to its kind and a direction behind that, or all."""
    plain = [word.strip(".").lower() for word in words]
    for at in range(1, len(plain)):
        if plain[at] in _STREETS:
            behind = at + 1 < len(plain) and plain[at + 1] in _DIRECTIONS
            return at + 2 if behind else at + 1
    return len(words)


def _in_full(words: list[str]) -> str:
    """The street with its kind and directions written in full."""
    plain = [folded(word).strip(".") for word in words]
    full = [_DIRECTIONS.get(word, word) for word in plain]
    if len(full) > 1:
        at = len(full) - 2 if plain[-1] in _DIRECTIONS and len(full) > 2 else len(full) - 1
        full[at] = _STREETS.get(full[at], full[at])
    return " ".join(full)


def _place_of(parts: list[str]) -> tuple[str | None, str | None]:
    """(postcode, city) of what follows the street."""
    postcode, left = None, []
    for part in parts:
        for pattern in _POSTCODES:
            found = pattern.search(part) if postcode is None else None
            if found:
                postcode = found.group(1)
                part = (part[: found.start()] + part[found.end() :]).strip(" -")
        if part:
            left.append(part)
    city = _STATE.sub("", left[0]) if left else ""
    return postcode, city or None
