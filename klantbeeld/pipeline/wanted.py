"""Texts looked for, all at once, in every way in which programs write them down and pack them.

Bytes are searched as Latin-1, in which each byte is one letter: then what finds many texts in one
pass over text (Aho and Corasick, 1975) finds bytes just as well.
"""

from __future__ import annotations

import base64
import binascii
import gzip
import io
import json
import lzma
import os
import quopri
import re
import subprocess
import tarfile
import urllib.parse
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, cast

import polars as pl

# So much is read and searched at a time.
PIECE = 1 << 24
ROWS = 20_000
HEAD = 512
BATCH = 1 << 26
SHORTEST_SPELLED = 6
# A value and the spelling in which it was found.
Hit = tuple[str, str]
# Cut off, damaged, locked with a password, or packed in a way that Python does not know.
_BROKEN = (
    zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, EOFError, OSError,
    RuntimeError, pl.exceptions.PolarsError,
)  # fmt: skip


class Unopened(Exception):
    """What a packed file holds cannot be read."""


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


# Spellings in which what stands beside a value does not tell where a word begins.
WITHOUT_WORDS = ("base64", "hex", "utf-16")
_LETTER = rb"0-9A-Za-z\x80-\xff"
# What an escape before a value is written with: a new line in JSON, a byte in a URL or in mail.
_ESCAPED = rb"(?<=\\[nrt])|(?<=[%=][0-9A-Fa-f]{2})"


def alone(value: str) -> re.Pattern[bytes]:
    """A value where it is no piece of a longer one: erik@ is in frederik@, and KL1000 in KL10001.

    In other spellings than text in bytes it counts wherever it stands.
    """
    before = _LETTER + (rb"._%+-" if "@" in value else b"")
    after = rb"(?![" + _LETTER + rb"]" + (rb"|[.-][0-9A-Za-z]" if "@" in value else b"") + rb")"
    either = []
    for name, spelled in spellings(value).items():
        text = re.escape(spelled)
        if not name.startswith(WITHOUT_WORDS):
            text = rb"(?:(?<![" + before + rb"])|" + _ESCAPED + rb")" + text + after
        either.append(text)
    return re.compile(rb"|".join(either))


@dataclass
class Wanted:
    """What is looked for: spelled bytes (as Latin-1) to the values and spellings that they are."""

    spelled: dict[str, list[Hit]] = field(default_factory=dict)

    @classmethod
    def of(cls, values: Iterable[str]) -> Wanted:
        """Each of these values in every spelling."""
        made = cls()
        for value in values:
            for name, spelled in spellings(value).items():
                if spelled:
                    made.spelled.setdefault(spelled.decode("latin-1"), []).append((value, name))
        return made

    @property
    def longest(self) -> int:
        """Bytes of the longest spelling."""
        return max(map(len, self.spelled), default=0)

    def found_in(self, contents: Sequence[bytes]) -> list[set[Hit]]:
        """What stands in each of these contents."""
        if not self.spelled or not contents:
            return [set() for _ in contents]
        texts = pl.Series([content.decode("latin-1") for content in contents], dtype=pl.String)
        is_hit = texts.str.contains_any(list(self.spelled)).to_list()
        return [
            self._hits(texts[place : place + 1]) if hit else set()
            for place, hit in enumerate(is_hit)
        ]

    def _hits(self, text: pl.Series) -> set[Hit]:
        met = text.str.extract_many(list(self.spelled), overlapping=True).explode().unique()
        return {hit for spelled in met.to_list() for hit in self.spelled[spelled]}

    def found(self, named: Iterable[tuple[str, bytes]]) -> dict[str, set[Hit]]:
        """Name to what stands in the contents under that name; contents may come in many pieces."""
        found: dict[str, set[Hit]] = {}
        names: list[str] = []
        waiting: list[bytes] = []
        size = 0

        def look() -> None:
            for name, hits in zip(names, self.found_in(waiting), strict=True):
                if hits:
                    found.setdefault(name, set()).update(hits)
            names.clear()
            waiting.clear()

        for name, content in named:
            names.append(name)
            waiting.append(content)
            size += len(content)
            if size >= BATCH:
                look()
                size = 0
        look()
        return found


def contents(path: Path, overlap: int) -> Iterator[bytes]:
    """A file's bytes in pieces, and what it holds when it is packed, archives within included.

    Pieces share `overlap` bytes, so that nothing shorter is cut in two. Raises `Unopened`, at the
    end, for a packed file that cannot be opened.
    """
    head, is_whole = b"", True
    for number, piece in enumerate(_pieces(_read(path), overlap)):
        yield piece
        head, is_whole = head or piece, number == 0 and len(piece) <= PIECE
    if is_whole and b"\n" in head:
        # As mail wraps it: lines of base64, and soft line ends of quoted-printable.
        plain = head.replace(b"\r", b"")
        yield plain.replace(b"=\n", b"")
        yield plain.replace(b"\n", b"")
    if _is_packed(head):
        with path.open("rb") as file:
            yield from unpacked(file, overlap)


def _is_packed(head: bytes) -> bool:
    return head[:4] in (b"PAR1", b"PK\x03\x04") or head[:2] == b"\x1f\x8b"


def _read(path: Path) -> Iterator[bytes]:
    """A file's bytes, so many at a time.

    Files of SQLite are read by another process: on POSIX whoever closes such a file gives up every
    lock that its own process holds on it, and SQLite's with them (sqlite.org/howtocorrupt.html,
    2.2).
    """
    if ".sqlite3" not in path.name or os.name != "posix":
        with path.open("rb") as file:
            while piece := file.read(PIECE):
                yield piece
        return
    with subprocess.Popen(
        ["cat", str(path)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        assert process.stdout
        while piece := process.stdout.read(PIECE):
            yield piece
    if process.returncode:
        raise FileNotFoundError(path)


def _pieces(cut: Iterator[bytes], overlap: int) -> Iterator[bytes]:
    """The same, each piece after the end of the one before."""
    before = b""
    for piece in cut:
        yield before + piece
        before = piece[-overlap:] if overlap else b""


def unpacked(file: IO[bytes], overlap: int, depth: int = 4) -> Iterator[bytes]:
    """What a packed file holds, in pieces: Parquet as text, the members of archives, gzip.

    Raises `Unopened`.
    """
    if not depth:
        return
    head = file.read(HEAD)
    file.seek(0)
    try:
        if head[:4] == b"PAR1":
            yield from _pieces(_rows(file), overlap)
            return
        for member in _members(file, head):
            yield from _pieces(_cut(member), overlap)
            yield from _within(member, overlap, depth - 1)
    except _BROKEN as error:
        raise Unopened from error


def _within(member: IO[bytes], overlap: int, depth: int) -> Iterator[bytes]:
    """What a member holds that is packed itself; a small one is kept, as going back costs time."""
    member.seek(0)
    small = member.read(PIECE + 1)
    member.seek(0)
    yield from unpacked(io.BytesIO(small) if len(small) <= PIECE else member, overlap, depth)


def _cut(file: IO[bytes]) -> Iterator[bytes]:
    while piece := file.read(PIECE):
        yield piece


def _members(file: IO[bytes], head: bytes) -> Iterator[IO[bytes]]:
    if head[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(file) as archive:
            for name in archive.namelist():
                with archive.open(name) as member:
                    yield member
    elif head[:2] == b"\x1f\x8b":
        with gzip.open(file) as whole:
            yield cast(IO[bytes], whole)
    elif head[257:262] == b"ustar":
        with tarfile.open(fileobj=file) as archive:
            for one in archive:
                held = archive.extractfile(one)
                if held is not None:
                    yield held


def _rows(file: IO[bytes]) -> Iterator[bytes]:
    """The rows of a Parquet file as text, some thousands at a time."""
    # Within an archive it lies on no disk of its own, and is taken as it is: packed.
    on_disk = isinstance(file, io.BufferedReader)
    table = pl.scan_parquet(file.name if on_disk else io.BytesIO(file.read()))
    is_nested = any(kind.is_nested() for kind in table.collect_schema().dtypes())
    for start in range(0, table.select(pl.len()).collect().item(), ROWS):
        part = table.slice(start, ROWS).collect()
        yield (part.write_ndjson() if is_nested else part.write_csv()).encode()


def kinds(hits: Mapping[str, set[Hit]]) -> dict[str, list[str]]:
    """Place to the spellings found there."""
    return {place: sorted({kind for _, kind in found}) for place, found in hits.items()}
