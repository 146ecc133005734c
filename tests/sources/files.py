"""What the tests of the readers share: reading a file whole, and files made by hand."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Any

import polars as pl

from klantbeeld.sources.readers import Table, tables_in
from klantbeeld.sources.tables import ROW


def only_table(path: Path) -> Table:
    (table,) = tables_in(path)
    return table


def whole(table: Table) -> pl.DataFrame:
    """All rows; the frames must be of one schema."""
    frames = list(table.frames())
    assert all(frame.columns == [ROW, *table.columns] for frame in frames)
    return pl.concat(frames) if frames else table.empty()


def rows(table: Table) -> list[tuple[Any, ...]]:
    return whole(table).rows()


def written(folder: Path, name: str, content: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def ole_file(stream: str) -> bytes:
    """A compound file (MS-CFB) with one empty-looking stream of 4,096 bytes, called `stream`."""
    end, free, fat = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
    header = struct.pack(
        "<8s16sHHHHH6sIIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6, b"", 0, 1, 1, 0, 4096,
        end, 0, end, 0, 0,
    )[:76].ljust(76, b"\0")  # fmt: skip
    header += struct.pack("<I", 0) + struct.pack("<I", free) * 108
    chain = [fat, end, *range(3, 10), end]
    table = struct.pack("<128I", *chain, *[free] * (128 - len(chain)))
    directory = _entry("Root Entry", 5, 1, end, 0) + _entry(stream, 2, free, 2, 4096)
    directory += _entry("", 0, free, 0, 0) * 2
    return header + table + directory + bytes(4096)


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    encoded = name.encode("utf-16-le")
    none = 0xFFFFFFFF
    return struct.pack(
        "<64sHBBIII16sIQQIQ",
        encoded, len(encoded) + 2 if name else 0, kind, 1, none, none, child, b"", 0, 0, 0, start,
        size,
    )  # fmt: skip
