"""The search for somebody who was erased, over everything that the house keeps.

Tables are read row by row, files byte by byte and, where they are packed, as what they hold
(Parquet, ZIP and workbooks, gzip, tar). Of many erased together every value is looked for at once.
"""

from __future__ import annotations

import json
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.db import connection

from klantbeeld.core import bulk, erasing
from klantbeeld.core.erasing import Work
from klantbeeld.pipeline import mentions
from klantbeeld.pipeline.wanted import (
    Hit,
    Unopened,
    Wanted,
    alone,
    contents,
    kinds,
    spellings,
)
from klantbeeld.sources.tables import said_by

__all__ = ["found_in_files", "found_in_tables", "searched", "shared_values", "spellings",
           "values_of"]  # fmt: skip

# What tells somebody on its own, in whole.
_TELLING = (
    "email", "email_2", "mobile", "phone", "iban", "login", "loyalty_number", "social_handle",
    "customer_number",
)  # fmt: skip
_SHORTEST, _SHORTEST_NUMBER = 6, 8
# A house so large that its files take longer to read through says so on the receipt.
BUDGET_SECONDS = 30.0
# Tables in which somebody's values may stand afterwards: who was asked, and why.
OWN_TABLES = frozenset({"core_counter", "privacy_tombstone"})
ROWS_AT_ONCE = 5_000
# Tables behind the index of searching.
INDEX = ("_data", "_idx", "_docsize", "_config")
# No text of somebody's stands in columns of these types.
NUMBERS = ("int", "bool", "real", "double", "numeric", "float", "decimal", "time", "date")


def values_of(records: Sequence[int]) -> list[str]:
    """The texts by which these records would be found again, as delivered and as stored."""
    found: dict[str, None] = {}
    for data in said_by(records):
        for name in _TELLING:
            text = str(data.get(name) or "").strip()
            shortest = _SHORTEST_NUMBER if text.isdigit() else _SHORTEST
            if len(text) >= shortest:
                found[text] = None
    return list(found)


def found_in_tables(values: Sequence[str]) -> dict[str, int]:
    """Table and column to the number of rows in which one of the values stands."""
    hits = _hits_in_tables(values)
    return {place: count for table, held in hits.items() for place, count in _placed(table, held)}


def _hits_in_tables(values: Sequence[str]) -> dict[str, set[Hit]]:
    """Table to what stands in it."""
    wanted = Wanted.of(values)
    if not wanted.spelled:
        return {}
    with connection.cursor() as cursor:
        tables = [t for t in connection.introspection.table_names(cursor) if t not in OWN_TABLES]
    return wanted.found((table, rows) for table in tables for rows in _texts_of(table))


def _columns_with_text(table: str) -> list[str]:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT column_name, data_type FROM information_schema.columns"
                " WHERE table_name = %s AND table_schema = current_schema()", [table]
            )  # fmt: skip
            typed = cursor.fetchall()
        else:
            cursor.execute(f'PRAGMA table_info("{table}")')
            typed = [(row[1], row[2]) for row in cursor.fetchall()]
    return [name for name, kind in typed if not any(n in str(kind).lower() for n in NUMBERS)]


def _texts_of(table: str) -> Iterator[bytes]:
    """The text and bytes of a table, some thousands of rows at a time; columns side by side."""
    if columns := _columns_with_text(table):
        yield from map(b"\n".join, _rows_of(table, columns))


def _rows_of(table: str, columns: Sequence[str]) -> Iterator[list[bytes]]:
    """The rows of a table as bytes, some thousands at a time, with these columns side by side."""
    if connection.vendor == "postgresql":
        names = ", ".join(f'"{c}"' for c in columns)
        copying = f'COPY (SELECT {names} FROM "{table}") TO STDOUT (FORMAT binary)'
        with connection.cursor() as cursor, cursor.cursor.copy(copying) as rows:
            every = map(bytes, rows)
            while several := list(islice(every, ROWS_AT_ONCE)):
                yield several
        return
    line = " || x'0A' || ".join(f"coalesce(CAST(\"{c}\" AS BLOB), '')" for c in columns)
    with connection.chunked_cursor() as cursor:
        cursor.execute(f'SELECT CAST({line} AS BLOB) FROM "{table}"')
        while several := [row[0] for row in cursor.fetchmany(ROWS_AT_ONCE)]:
            yield several


def _placed(table: str, hits: set[Hit]) -> Iterator[tuple[str, int]]:
    """In which columns of the table they stand, and in how many rows."""
    written = sorted({spellings(value)[kind] for value, kind in hits})
    for column in _columns_with_text(table):
        count = _rows_with(table, column, written)
        if count:
            yield f"{table}.{column}", count


def _rows_with(table: str, column: str, written: Sequence[bytes]) -> int:
    """In how many rows a column holds one of these bytes."""
    wanted = Wanted({w.decode("latin-1"): [("", "")] for w in written})
    return sum(sum(map(bool, wanted.found_in(cells))) for cells in _rows_of(table, [column]))


def found_in_files(
    folder: Path, values: Sequence[str], left_out: Sequence[Path] = (), until: float = 0.0
) -> tuple[dict[str, list[str]], list[str]]:
    """File to the encodings in which a value stands in it; and files not read (to their end): there
    was no time, or they are packed and damaged or locked.

    Both are paths within `folder`. `until` is a moment of the monotonic clock, 0 for no end.
    """
    hits, unread = _hits_in_files(folder, values, left_out, until)
    return kinds(hits), unread


def _hits_in_files(
    folder: Path, values: Sequence[str], left_out: Sequence[Path], until: float
) -> tuple[dict[str, set[Hit]], list[str]]:
    wanted = Wanted.of(values)
    unread: list[str] = []

    def pieces() -> Iterator[tuple[str, bytes]]:
        for path in sorted(folder.rglob("*")):
            if not path.is_file() or any(path.is_relative_to(out) for out in left_out):
                continue
            name = str(path.relative_to(folder))
            if until and time.monotonic() > until:
                unread.append(name)
                continue
            try:
                for content in contents(path, wanted.longest):
                    yield name, content
            except FileNotFoundError:
                continue
            except Unopened:
                unread.append(name)

    return wanted.found(pieces()), unread


def shared_values(values: Sequence[str], besides: Collection[int] = ()) -> set[str]:
    """Those of the values that other records than `besides` say as well: who stays goes by them."""
    said = {json.dumps(value, ensure_ascii=False): value for value in values}
    wanted = Wanted({s.encode().decode("latin-1"): [(value, "")] for s, value in said.items()})
    if not said:
        return set()
    shared: set[str] = set()
    for table, record, column in (("record", "id", "data"), ("recordversion", "record_id", "raw")):
        with connection.chunked_cursor() as cursor:
            cursor.execute(f"SELECT {record}, {bulk.json_text(column)} FROM core_{table}")
            while rows := cursor.fetchmany(ROWS_AT_ONCE):
                told = "\n".join(text for owner, text in rows if owner not in besides)
                shared |= {value for value, _ in wanted.found_in([told.encode()])[0]}
    return shared


@dataclass(frozen=True)
class Found:
    """What a search came to. `tables`: table.column to rows with something of theirs; `files`: path
    in the home to encodings, the database's own only for what stands in no row of it; `said`:
    table.column to rows in which others name them; `unread`: files not read."""

    tables: dict[str, int]
    files: dict[str, list[str]]
    said: dict[str, int]
    unread: list[str]


def searched(work: Work) -> Found:
    """Where values of who goes are found now, but for what others share and what is theirs."""
    home, database = Path(settings.HOME), Path(str(connection.settings_dict["NAME"])).name
    out = [erasing.folder(), home / "backups", home / "static"]
    until = time.monotonic() + BUDGET_SECONDS
    in_files, unread = _hits_in_files(home, work.values, out, until)
    in_tables = _hits_in_tables(work.values)
    live = {value for hits in in_tables.values() for value, _ in hits}
    every = sorted(live.union(*({v for v, _ in h} for h in in_files.values())))
    shared = shared_values(every, {*work.records, *work.others})
    longer = _only_in_longer(in_tables)
    tables = {
        table: theirs
        for table, hits in in_tables.items()
        if not mentions.of_staff(table)
        and (theirs := {hit for hit in hits if hit[0] not in shared | longer})
    }
    said = mentions.in_words_of_others(tables, work)
    files: dict[str, set[Hit]] = {}
    for name, hits in in_files.items():
        # There one value begins where another ends.
        is_packed_close = ".sqlite3" in name
        known = shared | (longer if is_packed_close else set())
        known |= live if name.startswith(database) else set()
        theirs = {hit for hit in hits if hit[0] not in known}
        if not theirs or mentions.is_file_of_others(name, theirs, said):
            continue
        if is_packed_close or _stands_in(home / name, theirs):
            files[name] = theirs
    left = {table: hits for table, hits in tables.items() if table not in said}
    return Found(_counted(left), kinds(files), _counted(said), unread)


def _counted(found: Mapping[str, set[Hit]]) -> dict[str, int]:
    return {place: n for table, hits in found.items() for place, n in _placed(table, hits)}


def _only_in_longer(found: Mapping[str, set[Hit]]) -> set[str]:
    """Values that stand in tables as a piece of something longer only: of an address, a number.

    An index holds its words without what stands before them, so it says nothing about that.
    """
    longer: set[str] = set()
    alone_somewhere: set[str] = set()
    for table, hits in found.items():
        values = {value for value, _ in hits}
        longer |= values if not table.endswith(INDEX) else set()
        for value in values - alone_somewhere if not table.endswith(INDEX) else ():
            pattern = alone(value)
            if any(pattern.search(text) for text in _texts_of(table)):
                alone_somewhere.add(value)
    return longer - alone_somewhere


def _stands_in(path: Path, hits: set[Hit]) -> bool:
    """Whether one of the values stands in a file, packed or not, and in nothing longer."""
    wanted = {value: alone(value) for value, _ in hits}
    longest = Wanted.of(wanted).longest
    try:
        return any(p.search(part) for part in contents(path, longest + 8) for p in wanted.values())
    except (FileNotFoundError, Unopened):
        return True
