"""By what somebody is known again, also what is read anew out of cells as they were delivered.

A record holds the first address or number of a cell. The others stand in what was kept of the cell:
behind the first, in a cell too long to be read, or in a column that nobody recognised.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

import polars as pl
from django.db import connection

from klantbeeld.accounts.models import User
from klantbeeld.core import bulk
from klantbeeld.core.erasing import Work
from klantbeeld.core.models import RecordVersion
from klantbeeld.privacy.tables import identifiers, kind_and_value
from klantbeeld.quality.tables import standardise
from klantbeeld.sources.tables import ROLES

Pair = tuple[str, str]
# The kinds as the tombstones call them.
EMAIL, MOBILE, IBAN = "email", "mobile", "iban"
# Fields in whose cells people type another kind of identifier too; and those that may be addresses.
TELLING = frozenset({"email", "email_2", "mobile", "phone", "iban"})
NAMING = frozenset({"customer_number", "login", "social_handle"})
_ADDRESS = re.compile(r"[^\s<>;,|:()\[\]\"'/]+@[^\s<>;,|:()\[\]\"'/]+")
_BETWEEN = re.compile(r"[;,|/\n]")
_FIGURES = re.compile(r"[\d\s()+./;,|-]+")
_ACCOUNT = re.compile(r"[A-Z]{2}\d\d[A-Z0-9 .-]{8,}", re.IGNORECASE)
# A remark may name anybody: of columns that nobody knows only cells that say nothing else count.
_NOTHING_ELSE = re.compile(r"[\s<>;,|:()\[\]\"'/]*")
# Of a telephone number the last figures are looked for: what stands before them differs.
ENDING = 8
# In so many records, and it is asked of none of them whether it is theirs.
MANY = 20
ROWS_AT_ONCE = 5_000
_SIGNS = r"[\s().-]"
_TEXTS = (("record", "id", "data"), ("recordversion", "record_id", "data"),
          ("recordversion", "record_id", "raw"))  # fmt: skip
# A cell with the country by whose rules its numbers are read.
Cell = tuple[str, str]


def theirs(records: Sequence[int], others: Sequence[int]) -> list[Pair]:
    """(kind, value) of what these records are known by, as the tombstones hold them, but for what
    those go by as well who share something with them (`others`).

    A couple shares an e-mail address: that of the one who goes must not shut out the other. What a
    source itself calls them by is theirs alone.
    """
    shared = _said_by(others)
    return [pair for pair in identifiers(records) if pair[0] == "key" or pair not in shared]


def theirs_further(works: Sequence[Work]) -> dict[str, list[Pair]]:
    """By number of the work what its records tell beyond `theirs`, and nobody who stays does.

    That is held against every record of the house, once for all, which takes seconds in a large
    one: so it is asked when they are out of sight already, and before their rows go.
    """
    found: dict[str, list[Pair]] = {}
    for work in works:
        known = {*identifiers(work.records), *_said_by(work.others)}
        found[work.number] = [pair for pair in further(work.records) if pair not in known]
    every = {pair for pairs in found.values() for pair in pairs}
    told = told_by_others(every, {record for work in works for record in work.records})
    return {number: [p for p in pairs if p not in told] for number, pairs in found.items()}


def _said_by(records: Sequence[int]) -> set[Pair]:
    return {*identifiers(records), *further(records)}


def further(records: Sequence[int]) -> list[Pair]:
    """(kind, value) of what stands in the cells of these records, now and before."""
    cells: defaultdict[str, dict[Cell, None]] = defaultdict(dict)
    versions = RecordVersion.objects.filter(record__in=list(records))
    for data, raw in versions.values_list("data", "raw"):
        country = str(data.get("country") or "")
        for kind, text in (*_told_in(data), *_told_in(raw)):
            cells[kind][text, country] = None
    return list(dict.fromkeys(pair for kind, held in cells.items() for pair in _read(kind, held)))


def _told_in(said: Mapping[str, Any]) -> Iterator[Pair]:
    """Texts that may hold an identifier, by its kind."""
    for name, value in said.items():
        text = str(value or "")
        if name in TELLING:
            yield from _of_cell(text)
        elif name in NAMING:
            yield from ((EMAIL, address) for address in _ADDRESS.findall(text))
        elif name not in ROLES and _is_bare(text):
            yield from _of_cell(text)


def _is_bare(text: str) -> bool:
    rest = _ADDRESS.sub(" ", text)
    return bool(_FIGURES.fullmatch(rest) or _NOTHING_ELSE.fullmatch(rest)
                or _ACCOUNT.fullmatch(rest.strip()))  # fmt: skip


def _of_cell(text: str) -> Iterator[Pair]:
    yield from ((EMAIL, address) for address in _ADDRESS.findall(text))
    bare = _ADDRESS.sub(" ", text)
    # Also as a whole: what divides two numbers may stand within one.
    parts = {bare, *_BETWEEN.split(bare)}
    yield from ((MOBILE, part) for part in parts if sum(map(str.isdigit, part)) >= ENDING)
    yield from ((IBAN, part.strip()) for part in parts if _ACCOUNT.search(part))


def _read(kind: str, cells: Iterable[Cell]) -> Iterator[Pair]:
    texts, countries = zip(*cells, strict=True)
    # By what a list with one column of telephones would read, whatever its own is called.
    role = "phone" if kind == MOBILE else kind
    by_country = {"country": pl.Series(countries)} if kind == MOBILE else {}
    read = standardise(pl.Series("cell", texts, dtype=pl.String), role, **by_country)
    further_ones = read.parts["also"].drop_nulls().to_list() if "also" in read.parts else []
    for value in (
        *read.value.drop_nulls(),
        *(v for text in further_ones for v in text.split("; ")),
    ):
        pair = kind_and_value(role, value)
        if pair[1]:
            yield pair


def told_by_others(pairs: Collection[Pair], besides: Collection[int]) -> set[Pair]:
    """Those of these (kind, value) that another record than `besides` goes by too, or an employee.

    Reads through all records, once for all pairs.
    """
    needles = {_needle(pair): pair for pair in pairs}
    if not needles:
        return set()
    met: defaultdict[str, set[int]] = defaultdict(set)
    for record, needle in _met(list(needles)):
        if record not in besides and len(met[needle]) < MANY:
            met[needle].add(record)
    addresses = [value for kind, value in pairs if kind == EMAIL]
    staff = User.objects.filter(email__in=addresses).values_list("email", flat=True)
    told = {(EMAIL, address) for address in staff}
    for needle, records in met.items():
        pair = needles[needle]
        if len(records) >= MANY or any(
            pair in (*identifiers([one]), *further([one])) for one in records
        ):
            told.add(pair)
    return told


def _needle(pair: Pair) -> str:
    kind, value = pair
    return value[-ENDING:] if kind == MOBILE else value.lower()


def _met(needles: Sequence[str]) -> Iterator[tuple[int, str]]:
    """In which records (now, before, or as delivered) one of these stands, however written."""
    for table, record, column in _TEXTS:
        with connection.chunked_cursor() as cursor:
            cursor.execute(f"SELECT {record}, {bulk.json_text(column)} FROM core_{table}")
            while rows := cursor.fetchmany(ROWS_AT_ONCE):
                texts = pl.Series([row[1] for row in rows], dtype=pl.String).str.to_lowercase()
                for way in (texts, texts.str.replace_all(_SIGNS, "")):
                    places = way.str.contains_any(list(needles)).arg_true()
                    found = way.gather(places).str.extract_many(list(needles), overlapping=True)
                    for place, hits in zip(places.to_list(), found.to_list(), strict=True):
                        yield from ((rows[place][0], hit) for hit in dict.fromkeys(hits))
