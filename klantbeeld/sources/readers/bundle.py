"""A customer's own bundle (see `pipeline.access`), read back: its tables, and nothing twice.

The bundle tells everything several times, for people and for programs. Only the tables that
`klantbeeld.json` names are read, by the meanings that the bundle itself gives.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

import polars as pl

from klantbeeld.sources.errors import UnreadableFile
from klantbeeld.sources.mapping_yaml import load
from klantbeeld.sources.mappings import TableMapping
from klantbeeld.sources.readers.archives import members_of
from klantbeeld.sources.readers.content import Content
from klantbeeld.sources.readers.table import ROW, Note, Table, without_nuls

MANIFEST = "klantbeeld.json"
FORMAT = "klantbeeld-access"
_LONGEST_MANIFEST = 1 << 20


def is_bundle(content: Content) -> bool:
    """Whether a zip file is such a bundle."""
    with zipfile.ZipFile(content.local()) as package:
        if MANIFEST not in package.namelist():
            return False
        if package.getinfo(MANIFEST).file_size > _LONGEST_MANIFEST:
            return False
        try:
            told = json.loads(package.read(MANIFEST))
        except (ValueError, RuntimeError):
            return False
    return isinstance(told, dict) and told.get("format") == FORMAT


def bundle_tables(content: Content) -> Iterator[Table]:
    """The tables of a bundle; raises `UnreadableFile`."""
    start = f"{content.shown}/"
    members = {c.shown.removeprefix(start): c for c in members_of(content, "zip")}
    told = json.loads(members[MANIFEST].read())
    meant = load(members[_file(told, "mapping", members)].read().decode("utf-8"))
    by_name = {mapping.table: mapping for mapping in meant.tables}
    for name, path in (told.get("tables") or {}).items():
        if path not in members or name not in by_name:
            raise _incomplete(content)
        table = _table(content, name, members[path], by_name[name], members)
        yield from _one_by_one(table) if name in (told.get("former") or ()) else (table,)


def _one_by_one(table: Table) -> Iterator[Table]:
    """The rows of a table as tables of their own, each what was said before the next."""
    for number, frame in enumerate((f for one in table.frames() for f in one.iter_slices(1)), 1):
        row = frame.with_columns(pl.lit(1, dtype=pl.Int64).alias(ROW))
        place, slash, file = table.path.rpartition("/")
        path = f"{place}{slash}{file}/{number}/{file}"
        details = {**table.details, "is_former": True}
        yield Table(table.name, path, table.columns, partial(iter, [row]), details)


def _file(told: Mapping[str, Any], key: str, members: Mapping[str, Content]) -> str:
    path = str(told.get(key) or "")
    if path not in members:
        raise _incomplete(members[MANIFEST])
    return path


def _incomplete(content: Content) -> UnreadableFile:
    return UnreadableFile(
        content.shown, "truncated", "Parts of this bundle are missing.",
        "Download it again; nothing of it was read.",
    )  # fmt: skip


def _table(
    content: Content, name: str, member: Content, meant: TableMapping,
    members: Mapping[str, Content],
) -> Table:  # fmt: skip
    frame = _read(member)
    details: dict[str, object] = {
        "format": "bundle", "mapping": meant, "holds": meant.holds, "notes": list[Note](),
    }  # fmt: skip
    if meant.holds == "documents":
        files = [members.get(path or "") for path in frame["content"].to_list()]
        frame = _with_bytes(frame, files)
        details["content_bytes"] = lambda row: _bytes_of(files[row - 1])
    columns = tuple(c for c in frame.columns if c != ROW)
    return Table(name, content.shown, columns, lambda: iter([frame]), details)


def _read(member: Content) -> pl.DataFrame:
    frame = pl.read_csv(member.read(), infer_schema=False)
    return without_nuls(frame.with_row_index(ROW, 1).with_columns(pl.col(ROW).cast(pl.Int64)))


def _with_bytes(frame: pl.DataFrame, files: list[Content | None]) -> pl.DataFrame:
    contents = [_bytes_of(file) for file in files]
    return frame.with_columns(
        pl.Series("size", [len(c) for c in contents], dtype=pl.Int64),
        pl.Series("sha256", [hashlib.sha256(c).hexdigest() if c else None for c in contents],
                  dtype=pl.String),
    )  # fmt: skip


def _bytes_of(file: Content | None) -> bytes:
    return file.read() if file else b""
