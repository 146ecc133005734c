"""Which encoding a text file has, and its bytes as clean UTF-8.

UTF-8 (with or without BOM) and UTF-16 are known by their bytes; of the one-byte encodings the one
wins in which the letters beyond ASCII stand where letters stand in words.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from klantbeeld.sources.readers.content import Content, read_fully

HEAD = 1 << 18
CHUNK = 1 << 23
LINE_CUT = 1 << 12
ONE_BYTE = ("cp1252", "cp850", "mac_roman")
SHOWN = {"cp1252": "Windows-1252", "cp850": "CP850", "mac_roman": "Mac Roman"}
BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LETTER = "a-zàáâäãåçèéêëìíîïñòóôöõøùúûüýÿœß"
_LIKELY = re.compile(rf"(?<=[{_LETTER}])[{_LETTER[3:]}]|[{_LETTER[3:]}](?=[{_LETTER}])|[€’‘]")
_CAPITAL = re.compile(r"\b[ÀÁÂÄÅÇÈÉÊËÍÎÏÑÒÓÔÖØÚÜ](?=[a-z])|(?<=[A-Z])[ÀÁÂÄÅÇÈÉÊËÍÎÏÑÒÓÔÖØÚÜ]")
_UNLIKELY = re.compile(r"(?<=[A-Za-z])[^\x00-\x7fÀ-ÖØ-öø-ÿœŒ’‘](?=[A-Za-z])|(?<=[a-z])[À-ÖØ-Þ]")


@dataclass
class TextCount:
    """What was mended on the way; counts of the pass that runs."""

    nul_bytes: int = 0
    foreign_bytes: int = 0
    notes: dict[str, int] = field(default_factory=dict)


def sniff_encoding(content: Content) -> tuple[str, int]:
    """(Python codec name, length of the BOM in bytes)."""
    head = content.head(HEAD)
    for bom, name in BOMS:
        if head.startswith(bom):
            return name, len(bom)
    wide = _utf16_without_bom(head)
    if wide:
        return wide, 0
    telling = _telling_bytes(content)
    if not telling or _is_utf8(telling):
        return "utf-8", 0
    return max(ONE_BYTE, key=lambda name: (_plausibility(telling, name), -ONE_BYTE.index(name))), 0


def _utf16_without_bom(head: bytes) -> str | None:
    size = len(head) // 2
    if size < 2:
        return None
    first, second = head[0 : 2 * size : 2].count(0), head[1 : 2 * size : 2].count(0)
    if second > 0.4 * size and first < 0.05 * size:
        return "utf-16-le"
    if first > 0.4 * size and second < 0.05 * size:
        return "utf-16-be"
    return None


def _telling_bytes(content: Content, wanted: int = 1 << 16, limit: int = 1 << 28) -> bytes:
    """The lines that go beyond ASCII, up to `wanted` bytes of them, from the whole file."""
    found: list[bytes] = []
    size = read = 0
    rest = b""
    with content.open() as stream:
        while size < wanted and read < limit:
            chunk = read_fully(stream, 1 << 22)
            if not chunk:
                break
            read += len(chunk)
            if chunk.isascii() and rest.isascii():
                rest = b""
                continue
            *lines, rest = (rest + chunk).split(b"\n")
            rest = rest[-(1 << 16) :]
            strange = [line[:LINE_CUT] for line in lines if not line.isascii()]
            found += strange
            size += sum(map(len, strange))
    if not rest.isascii():
        found.append(rest[:LINE_CUT])
    return b"\n".join(found)[: 2 * wanted]


def _is_utf8(telling: bytes) -> bool:
    """Mostly UTF-8: single lines may have been pasted in from elsewhere."""
    lines = telling.split(b"\n")
    good = 0
    for line in lines:
        # Only a line that was cut may end inside a character.
        is_cut = len(line) == LINE_CUT
        try:
            codecs.getincrementaldecoder("utf-8")().decode(line, not is_cut)
            good += 1
        except UnicodeDecodeError:
            continue
    return good >= 0.5 * len(lines)


def _plausibility(telling: bytes, encoding: str) -> int:
    text = telling.decode(encoding, "replace")
    good = len(_LIKELY.findall(text)) + len(_CAPITAL.findall(text))
    return 2 * good - 3 * len(_UNLIKELY.findall(text)) - 5 * text.count("�")


def utf8_chunks(content: Content, encoding: str, bom: int, count: TextCount) -> Iterator[bytes]:
    """The file as UTF-8 in chunks of some megabytes, without BOM and without NUL bytes.

    Chunks of a UTF-8 file may end inside a character; the reader cuts at line ends.
    """
    with content.open() as stream:
        stream.read(bom)
        yield from _decoded(stream, encoding, count)


def _decoded(stream: BinaryIO, encoding: str, count: TextCount) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder(encoding)("replace") if encoding != "utf-8" else None
    while chunk := read_fully(stream, CHUNK):
        if decoder is not None and not (encoding in ONE_BYTE and chunk.isascii()):
            chunk = decoder.decode(chunk).encode("utf-8", "replace")
        yield without_nul(chunk, count)
    if decoder is not None and (rest := decoder.decode(b"", True)):
        yield without_nul(rest.encode("utf-8", "replace"), count)


def without_nul(chunk: bytes, count: TextCount) -> bytes:
    nul = chunk.count(0)
    if not nul:
        return chunk
    count.nul_bytes += nul
    return chunk.replace(b"\0", b"")


def valid_utf8(block: bytes, count: TextCount) -> bytes:
    """The block itself, or with bytes that are no UTF-8 read as Windows-1252 and counted."""
    if block.isascii():
        return block
    try:
        block.decode("utf-8")
    except UnicodeDecodeError:
        text = block.decode("utf-8", _COUNTED)
        count.foreign_bytes += text.count(_MARK)
        return text.replace(_MARK, "").encode()
    return block


def _read_as_windows(problem: UnicodeError) -> tuple[str, int]:
    if not isinstance(problem, UnicodeDecodeError):
        raise problem
    wrong = problem.object[problem.start : problem.end]
    return _MARK + wrong.decode("cp1252", "replace"), problem.end


_MARK = "\ufdd0"  # a code point that is never text
_COUNTED = "klantbeeld-windows-1252"
codecs.register_error(_COUNTED, _read_as_windows)


def shown_encoding(encoding: str, bom: int) -> str:
    name = SHOWN.get(encoding, encoding.upper())
    return f"{name} (BOM)" if bom else name


def whole_text(content: Content, count: TextCount | None = None) -> tuple[str, str]:
    """(text, encoding as shown) of a file small enough to be held at once."""
    counted = count or TextCount()
    encoding, bom = sniff_encoding(content)
    data = b"".join(utf8_chunks(content, encoding, bom, counted))
    text = valid_utf8(data, counted).decode("utf-8", "replace")
    return text, shown_encoding(encoding, bom)
