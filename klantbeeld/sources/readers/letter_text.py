"""Whom a letter is to and what it is about, out of its text (Dutch and English letters)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

MONTHS = {
    name: number
    for number, names in enumerate(
        [
            "januari jan january",
            "februari feb february",
            "maart mrt march mar",
            "april apr",
            "mei may",
            "juni jun june",
            "juli jul july",
            "augustus aug august",
            "september sep sept",
            "oktober okt october oct",
            "november nov",
            "december dec",
        ],
        start=1,
    )
    for name in names.split()
}
_POSTCODE = re.compile(r"\b([1-9]\d{3})\s?([A-Z]{2})\b[ ,]*([A-Za-zÀ-ÿ'’.\- ]{2,40})?")
_STREET = re.compile(r"^([^\d\n]{2,60}?)[ ,]+(\d{1,5})[ ]?[-/ ]?[ ]?([A-Za-z0-9 .\-]{0,8})$")
_NUMBER = r"(?:nummer|nr\.?|no\.?|number|#)"
_LABELLED = {
    "customer_number": rf"(?:klant|relatie|debiteur|customer|client|account)[ -]?{_NUMBER}",
    "order_number": rf"(?:order|bestel(?:ling)?|factuur|invoice)[ -]?{_NUMBER}|ordernummer",
    "quote_number": rf"(?:offerte|quote|quotation|proposal)[ -]?{_NUMBER}",
}
_CODE = r"[ \t]*[:=]?[ \t]*([A-Za-z]{0,5}[-/.]?\d[\w\-/.]{1,24})"
_SUBJECT = re.compile(r"^(?:betreft|onderwerp|subject|re|inzake)\s*:\s*(.+)$", re.I | re.M)
_DATE_NAMED = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th|e)?\s+([A-Za-z]{3,9})\.?,?\s+(\d{4})\b")
_DATE_ENGLISH = re.compile(r"\b([A-Z][a-z]{2,8})\s+(\d{1,2})(?:st|nd|rd|th)?,\s+(\d{4})\b")
_DATE_DIGITS = re.compile(r"\b(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})\b|\b(\d{4})-(\d{2})-(\d{2})\b")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\w-])(?:\+\d{2}|0)[\d\s()-]{8,14}\d(?!\w)")
_SALUTATION = re.compile(
    r"^(?:de\s+heer|dhr\.?|heer|mevrouw|mevr\.?|mw\.?|familie|fam\.?|t\.?a\.?v\.?|aan|mr\.?|mrs\.?"
    r"|ms\.?|dear|de\s+heer/mevrouw|de\s+heer\s+en\s+mevrouw)\b[.:]?\s*",
    re.IGNORECASE,
)
_OWN_MARK = re.compile(r"kvk|btw|iban|tel\b|telefoon|www\.|@|bank|k\.v\.k|afzender|postbus", re.I)
_COMPANY = re.compile(
    r"\b(?:b\.?v\.?|n\.?v\.?|v\.?o\.?f\.?|stichting|vereniging|bedrijf|ltd|gmbh|"
    r"inc|holding|groep|maatschap)(?!\w)",
    re.IGNORECASE,
)


def facts_in(text: str) -> dict[str, object]:
    """What the letter says by role name; only what was found is in it.

    The address block is the one that does not stand in the sender's letterhead; e-mail and phone
    are those beside it or in a labelled line, never the sender's.
    """
    lines = [" ".join(line.split()) for line in text.splitlines()]
    facts: dict[str, object] = {}
    block = _address_block(lines)
    if block is not None:
        facts |= _addressee(lines, block)
    for role, label in _LABELLED.items():
        if match := re.search(rf"(?:{label}){_CODE}", text, re.IGNORECASE):
            facts[role] = match.group(1).rstrip(".-/")
    if match := _SUBJECT.search(text):
        facts["subject"] = " ".join(match.group(1).split())
    facts |= _reachable(lines, block)
    if moment := _date(lines):
        facts["document_at"] = moment
    return facts


def _address_block(lines: Sequence[str]) -> int | None:
    """The line with the addressee's postcode, or None."""
    found = [at for at, line in enumerate(lines) if _POSTCODE.search(line) and len(line) < 80]
    found = [at for at in found if _street_above(lines, at)]
    if not found:
        return None
    return max(found, key=lambda at: (_block_score(lines, at), at))


def _street_above(lines: Sequence[str], at: int) -> bool:
    head = _POSTCODE.split(lines[at])[0].strip(" ,")
    return bool(_STREET.match(head) or (at and _STREET.match(lines[at - 1])))


def _block_score(lines: Sequence[str], at: int) -> int:
    near = lines[max(0, at - 4) : at + 1]
    after = lines[at + 1 : at + 4]
    own = sum(bool(_OWN_MARK.search(line)) for line in [*near, *after])
    return 3 * any(_SALUTATION.match(line) for line in near) - 2 * own


def _addressee(lines: Sequence[str], at: int) -> dict[str, object]:
    match = _POSTCODE.search(lines[at])
    assert match is not None
    facts: dict[str, object] = {"postcode": f"{match.group(1)} {match.group(2)}"}
    if match.group(3):
        facts["city"] = match.group(3).strip(" .,-")
    head = lines[at][: match.start()].strip(" ,")
    street_at = at if _STREET.match(head) else at - 1
    street = _STREET.match(head) or _STREET.match(lines[at - 1])
    assert street is not None
    facts["street"], facts["house_number"] = street.group(1).strip(), street.group(2)
    if street.group(3).strip():
        facts["house_suffix"] = street.group(3).strip()
    return facts | _names(lines, street_at)


def _names(lines: Sequence[str], street_at: int) -> dict[str, object]:
    facts: dict[str, object] = {}
    for line in reversed(lines[max(0, street_at - 3) : street_at]):
        if not line or _OWN_MARK.search(line) or re.search(r"\d", line) or len(line) > 60:
            break
        bare = _SALUTATION.sub("", line).strip(" ,")
        if _COMPANY.search(bare):
            facts.setdefault("organisation_name", bare)
        elif bare:
            facts.setdefault("full_name", bare)
    return facts


def _reachable(lines: Sequence[str], block: int | None) -> dict[str, object]:
    """E-mail and phone in the address block, or in a line that says it is the addressee's."""
    near = set(range(max(0, block - 4), block + 3)) if block is not None else set()
    facts: dict[str, object] = {}
    for at, line in enumerate(lines):
        labelled = re.search(r"\b(?:uw|your|klant)\b.*(?:mail|telefoon|phone|mobiel)", line, re.I)
        if at not in near and not labelled:
            continue
        if _OWN_MARK.search(line) and not labelled and re.search(r"kvk|btw|iban|www", line, re.I):
            continue
        if match := _EMAIL.search(line):
            facts.setdefault("email", match.group().lower())
        if match := _PHONE.search(line):
            facts.setdefault("phone", match.group().strip())
    return facts


def _date(lines: Sequence[str]) -> dt.datetime | None:
    """The first date of the letter; one on a line that says it is the date goes before."""
    told = [line for line in lines if re.search(r"\b(?:datum|date)\b", line, re.IGNORECASE)]
    for line in [*told, *lines[:40]]:
        if (moment := _date_in(line)) is not None:
            return moment
    return None


def _date_in(line: str) -> dt.datetime | None:
    if match := _DATE_NAMED.search(line):
        return _valid(int(match.group(3)), MONTHS.get(match.group(2).lower()), int(match.group(1)))
    if match := _DATE_ENGLISH.search(line):
        return _valid(int(match.group(3)), MONTHS.get(match.group(1).lower()), int(match.group(2)))
    if match := _DATE_DIGITS.search(line):
        day, month, year, iso_year, iso_month, iso_day = match.groups()
        if iso_year:
            return _valid(int(iso_year), int(iso_month), int(iso_day))
        return _valid(int(year), int(month), int(day))
    return None


def _valid(year: int, month: int | None, day: int) -> dt.datetime | None:
    try:
        return dt.datetime(year, month or 0, day)  # noqa: DTZ001 - a date on paper has no zone
    except ValueError:
        return None
