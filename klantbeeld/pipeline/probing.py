"""The search for somebody who was erased, over everything that the house keeps.

Tables are searched as the database shows them, files byte by byte and, where they are packed, as
what they hold (Parquet, ZIP and workbooks, gzip). Each value is looked for in the ways in which
programs write it down.
"""

from __future__ import annotations

import base64
import binascii
import gzip
import io
import json
import mmap
import quopri
import time
import urllib.parse
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import polars as pl
from django.conf import settings
from django.db import connection

from klantbeeld.core import bulk, erasing
from klantbeeld.sources.tables import said_by

# What tells somebody on its own, in whole.
_TELLING = (
    "email", "email_2", "mobile", "phone", "iban", "login", "loyalty_number", "social_handle",
    "customer_number",
)  # fmt: skip
_SHORTEST, _SHORTEST_NUMBER = 6, 8
SHORTEST_SPELLED = 6
# A house so large that its file takes longer to read through says so on the receipt.
BUDGET_SECONDS = 30.0
PIECE = 1 << 24
# Tables in which somebody's values may stand afterwards: who was asked, and why.
OWN_TABLES = frozenset({"core_counter", "privacy_tombstone"})


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


def spellings(value: str) -> dict[str, bytes]:
    """Name of an encoding to the bytes that it makes of a value; equal ones once.

    base64 has three forms, by where in the text the value begins: of each those groups of three
    bytes that lie within the value, whatever stands beside it.
    """
    plain = value.encode()
    found: dict[str, bytes] = {"utf-8": plain}
    for name in ("utf-16-le", "utf-16-be", "latin-1", "cp1252"):
        try:
            found[name] = value.encode(name)
        except UnicodeEncodeError:
            continue
    for shift in range(3):
        whole = plain[(3 - shift) % 3 :]
        found[f"base64-{shift}"] = base64.b64encode(whole[: len(whole) // 3 * 3])
    found["hex"] = binascii.hexlify(plain)
    found["hex-upper"] = binascii.hexlify(plain).upper()
    found["url"] = urllib.parse.quote(value, safe="").encode()
    found["url-form"] = urllib.parse.quote_plus(value).encode()
    found["json"] = json.dumps(value)[1:-1].encode()
    found["quoted-printable"] = quopri.encodestring(plain).rstrip(b"\n")
    # What is left of a short value in base64 stands in any packed file by chance.
    found = {n: b for n, b in found.items() if len(b) >= min(SHORTEST_SPELLED, len(plain))}
    seen: set[bytes] = set()
    return {n: b for n, b in found.items() if not (b in seen or seen.add(b))}  # type: ignore[func-returns-value]


def found_in_tables(values: Sequence[str]) -> dict[str, int]:
    """Table and column to the number of rows in which one of the values stands."""
    found: dict[str, int] = {}
    if not values:
        return found
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table in OWN_TABLES:
                continue
            for column in connection.introspection.get_table_description(cursor, table):
                count = _rows_with(cursor, table, column.name, values)
                if count:
                    found[f"{table}.{column.name}"] = count
    return found


def _rows_with(cursor: object, table: str, column: str, values: Sequence[str]) -> int:
    """In how many rows a column holds one of the values, as text, as bytes or as JSON."""
    place = f'"{table}"."{column}"'
    written = {w for v in values for w in (v, json.dumps(v)[1:-1])}
    if connection.vendor == "postgresql":
        # Bytes are shown there as hexadecimals.
        written |= {v.encode().hex() for v in values}
        test = f"position(%s in {place}::text) > 0"
    else:
        test = f"instr(CAST({place} AS TEXT), %s) > 0"
    escaped = sorted(written)
    where = " OR ".join([test] * len(escaped))
    cursor.execute(f'SELECT count(*) FROM "{table}" WHERE {where}', escaped)  # type: ignore[attr-defined]
    return int(cursor.fetchone()[0])  # type: ignore[attr-defined]


def found_in_files(
    folder: Path, values: Sequence[str], left_out: Sequence[Path] = (), until: float = 0.0
) -> tuple[dict[str, list[str]], list[str]]:
    """File to the encodings in which a value stands in it; and the files there was no time for.

    Both are paths within `folder`. `until` is a moment of the monotonic clock, 0 for no end.
    """
    wanted = [(name, b) for value in values for name, b in spellings(value).items()]
    found: dict[str, list[str]] = {}
    unread: list[str] = []
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or any(path.is_relative_to(out) for out in left_out):
            continue
        name = str(path.relative_to(folder))
        if until and time.monotonic() > until:
            unread.append(name)
            continue
        try:
            kinds = {kind for content in contents(path) for kind, b in wanted if _holds(content, b)}
        except FileNotFoundError:
            continue
        if kinds:
            found[name] = sorted(kinds)
    return found, unread


def _holds(content: bytes | mmap.mmap, wanted: bytes) -> bool:
    return content.find(wanted) >= 0


def contents(path: Path) -> Iterator[bytes | mmap.mmap]:
    """A file's bytes, and what it holds when it is packed, archives within archives included."""
    if path.stat().st_size == 0:
        return
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as whole:
        yield whole
        head = whole[:4]
        if len(whole) <= PIECE:
            # As mail wraps it: lines of base64, and soft line ends of quoted-printable.
            plain = bytes(whole).replace(b"\r", b"")
            yield plain.replace(b"=\n", b"")
            yield plain.replace(b"\n", b"")
    if head in (b"PAR1", b"PK\x03\x04") or head[:2] == b"\x1f\x8b":
        yield from unpacked(path.read_bytes())


def unpacked(content: bytes, depth: int = 3) -> Iterator[bytes]:
    """What packed bytes hold: Parquet as text, the members of archives, gzip."""
    if depth == 0:
        return
    if content[:4] == b"PAR1":
        yield pl.read_parquet(content).write_csv().encode()
    elif content[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                member = archive.read(name)
                yield member
                yield from unpacked(member, depth - 1)
    elif content[:2] == b"\x1f\x8b":
        plain = gzip.decompress(content)
        yield plain
        yield from unpacked(plain, depth - 1)


def shared_values(values: Sequence[str]) -> set[str]:
    """Those of the values that somebody who stays goes by as well: finding these tells nothing."""
    shared = set()
    for value in values:
        text = bulk.json_text("data")
        like = json.dumps(value, ensure_ascii=False)
        with connection.cursor() as cursor:
            test = "position(%s in {0})" if connection.vendor == "postgresql" else "instr({0}, %s)"
            cursor.execute(
                f"SELECT 1 FROM core_record WHERE {test.format(text)} > 0 LIMIT 1", [like]
            )
            if cursor.fetchone():
                shared.add(value)
    return shared


def searched(values: Sequence[str]) -> Mapping[str, object]:
    """Where values of somebody are found now, in tables and in files of the home.

    tables: table.column to rows; files: path to encodings; unread: files without time.
    """
    asked = [v for v in values if v not in shared_values(values)]
    home = Path(settings.HOME)
    out = [erasing.folder(), home / "backups", home / "static"]
    until = time.monotonic() + BUDGET_SECONDS
    in_files, unread = found_in_files(home, asked, out, until)
    return {"tables": found_in_tables(asked), "files": in_files, "unread": unread}
