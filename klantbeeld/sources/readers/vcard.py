"""Contact cards (vCard 2.1, 3.0 and 4.0) as a table of people."""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import polars as pl

from klantbeeld.sources.errors import UnreadableFile
from klantbeeld.sources.readers.content import Content
from klantbeeld.sources.readers.encoding import whole_text
from klantbeeld.sources.readers.table import BATCH_ROWS, ROW, Note, RejectRow, Table, table_of

_PREFIXES = re.compile(
    r"(?:van|von|de|den|der|het|'t|te|ten|ter|la|le|du|el|op|in|aan|bij|vd|v\.d\.)"
    r"(?:[ .](?:van|von|de|den|der|het|'t|te|ten|ter|la|le))*",
    re.IGNORECASE,
)
_COLUMNS = [
    "record_key",
    "full_name",
    "salutation",
    "first_name",
    "middle_name",
    "surname_prefix",
    "surname",
    "name_suffix",
    "organisation_name",
    "department",
    "job_title",
    "email",
    "email_2",
    "phone",
    "phone_2",
    "mobile",
    "fax",
    "street",
    "postcode",
    "city",
    "region",
    "country",
    "birth_date",
    "gender",
    "website",
    "language",
    "tags",
    "note",
    "updated_at",
]
_SIMPLE = {
    "UID": "record_key",
    "FN": "full_name",
    "TITLE": "job_title",
    "BDAY": "birth_date",
    "GENDER": "gender",
    "URL": "website",
    "LANG": "language",
    "NOTE": "note",
    "CATEGORIES": "tags",
    "REV": "updated_at",
}


@dataclass(frozen=True)
class Property:
    """`NAME;PARAMETERS:value`, decoded; `kinds` are its types such as CELL or WORK."""

    name: str
    kinds: frozenset[str]
    value: str


def vcard_table(content: Content) -> Table:
    """A row for each card; `ROW` is the line of its BEGIN:VCARD."""
    text, encoding = whole_text(content)
    cards = list(_cards(text))
    rows = [(line, _person(found)) for line, found, is_whole in cards if is_whole]
    used = {name for _, person in rows for name in person}
    columns = tuple(name for name in _COLUMNS if name in used)
    if not columns:
        raise UnreadableFile(
            content.shown,
            "invalid_card",
            "No contact card in the file is whole.",
            "Export the contacts again.",
        )

    def passes(reject: RejectRow) -> Iterator[pl.DataFrame]:
        for line, found, is_whole in cards:
            if not is_whole or not _person(found):
                reject(line, "\n".join(found), "invalid_card")
        kept = iter([row for row in rows if row[1]])
        while batch := list(islice(kept, BATCH_ROWS)):
            cells = {name: [person.get(name) for _, person in batch] for name in columns}
            schema = {ROW: pl.Int64()} | dict.fromkeys(columns, pl.String())
            yield pl.DataFrame({ROW: [line for line, _ in batch]} | cells, schema=schema)

    details = {"format": "vcard", "encoding": encoding, "notes": list[Note]()}
    return table_of(content.stem, content.shown, columns, passes, details)


def _cards(text: str) -> Iterator[tuple[int, list[str], bool]]:
    """(line, lines of the card, whether it is closed)."""
    start = 0
    card: list[str] | None = None
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        mark = line.strip().upper()
        if mark == "BEGIN:VCARD":
            if card is not None:
                yield start, card, False
            start, card = number, []
        elif mark == "END:VCARD" and card is not None:
            yield start, card, True
            card = None
        elif card is not None:
            card.append(line)
    if card is not None:
        yield start, card, False


def _unfolded(lines: list[str]) -> Iterator[str]:
    """Logical lines: folded by a leading space, or by '=' at the end in quoted-printable."""
    held: str | None = None
    for line in lines:
        if held is not None and held.endswith("=") and "QUOTED-PRINTABLE" in held.upper():
            held = held[:-1] + line.lstrip(" \t") if line[:1] in " \t" else held[:-1] + line
        elif held is not None and line[:1] in (" ", "\t"):
            held += line[1:]
        else:
            if held is not None:
                yield held
            held = line
    if held is not None:
        yield held


def _properties(lines: list[str]) -> Iterator[Property]:
    for line in _unfolded(lines):
        match = re.match(r'(?:[\w-]+\.)?([\w-]+)((?:;(?:"[^"]*"|[^":;])*)*):(.*)', line, re.DOTALL)
        if match is None:
            continue
        name, parameters, value = match.groups()
        kinds = {part.strip('" ') for part in re.split(r"[;,=]", parameters.upper())}
        if "QUOTED-PRINTABLE" in kinds:
            charset = re.search(r"CHARSET=([\w-]+)", parameters, re.IGNORECASE)
            value = _quoted_printable(value, charset.group(1) if charset else "utf-8")
        yield Property(name.upper(), frozenset(kinds), value)


def _quoted_printable(value: str, charset: str) -> str:
    data = quopri.decodestring(value.encode("utf-8", "replace"))
    for encoding in (charset, "utf-8", "cp1252"):
        try:
            return data.decode(encoding)
        except (LookupError, UnicodeDecodeError):
            continue
    return data.decode("cp1252", "replace")


def _unescaped(value: str) -> str:
    text = re.sub(r"\\([nN,;:\\])", lambda m: "\n" if m.group(1) in "nN" else m.group(1), value)
    return text.strip()


def _fields(value: str) -> list[str]:
    """Fields of a structured value, divided by ';' that is not escaped."""
    return [_unescaped(part) for part in re.split(r"(?<!\\);", value)]


def _person(lines: list[str]) -> dict[str, str]:
    person: dict[str, str] = {}
    for found in _properties(lines):
        for name, value in _cells(found, person):
            if value and name not in person:
                person[name] = value
    return person


def _cells(found: Property, person: dict[str, str]) -> Iterator[tuple[str, str]]:
    if found.name in _SIMPLE:
        yield _SIMPLE[found.name], _unescaped(found.value).removeprefix("urn:uuid:")
    elif found.name == "N":
        yield from _name(_fields(found.value))
    elif found.name == "ORG":
        yield from zip(("organisation_name", "department"), _fields(found.value), strict=False)
    elif found.name == "ADR":
        yield from _address(_fields(found.value))
    elif found.name == "EMAIL":
        address = _unescaped(found.value).removeprefix("mailto:")
        yield ("email" if "email" not in person else "email_2"), address
    elif found.name == "TEL":
        yield from _telephone(found, person)


def _name(fields: list[str]) -> Iterator[tuple[str, str]]:
    surname, first, middle, title, suffix = [*fields, "", "", "", "", ""][:5]
    if not first and not middle and not title:
        yield "surname", surname
        return
    yield from (("surname", surname), ("first_name", first), ("salutation", title))
    is_prefix = _PREFIXES.fullmatch(middle) is not None
    yield ("surname_prefix" if is_prefix else "middle_name"), middle
    yield "name_suffix", suffix


def _address(fields: list[str]) -> Iterator[tuple[str, str]]:
    box, more, street, city, region, postcode, country = [*fields, *[""] * 7][:7]
    yield "street", " ".join(part for part in (street or box, more) if part).replace("\n", " ")
    yield from (("city", city), ("region", region), ("postcode", postcode), ("country", country))


def _telephone(found: Property, person: dict[str, str]) -> Iterator[tuple[str, str]]:
    number = _unescaped(found.value).removeprefix("tel:")
    if "FAX" in found.kinds:
        yield "fax", number
    elif found.kinds & {"CELL", "MOBILE", "IPHONE"} and "mobile" not in person:
        yield "mobile", number
    else:
        yield ("phone" if "phone" not in person else "phone_2"), number
