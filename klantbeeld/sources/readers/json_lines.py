"""JSON Lines: an object a line, in blocks; lines that are none are rejected."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator

import polars as pl

from klantbeeld.sources.errors import UnreadableFile
from klantbeeld.sources.readers.content import Content
from klantbeeld.sources.readers.encoding import (
    TextCount,
    shown_encoding,
    sniff_encoding,
    utf8_chunks,
    valid_utf8,
)
from klantbeeld.sources.readers.nested import Numbered, Place, Shape, places
from klantbeeld.sources.readers.table import ROW, RejectRow, Table, table_of, without_nuls

DECODER = json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=lambda _: None)
LINE_LIMIT = 1 << 27
Block = tuple[int, bytes]  # number of its first line, whole lines


def json_lines_tables(content: Content) -> list[Table]:
    """A table of the lines, and one for each list of objects inside them."""
    encoding, bom = sniff_encoding(content)
    shape = Shape()
    is_fast = True
    for start, block in _blocks(content, encoding, bom, TextCount()):
        schema = _schema(block)
        if schema is not None:
            shape.learn_schema(schema.items())
            continue
        is_fast = False
        for _, item in _objects(start, block, lambda *_: None):
            shape.learn(item)
    if not shape.columns and not shape.children:
        raise UnreadableFile(
            content.shown,
            "no_table",
            "No line of the file is a JSON object.",
            "Offer one object with named fields a line, or a JSON list of objects.",
        )
    details = {
        "format": "jsonl",
        "encoding": shown_encoding(encoding, bom),
        "notes": [],
        "is_regular": is_fast,
    }

    def table(place: Place) -> Table:
        def passes(reject: RejectRow) -> Iterator[pl.DataFrame]:
            # Rejected lines belong to the outermost table, so that they count once.
            told = reject if not place.steps else lambda *_: None
            for block in _blocks(content, encoding, bom, TextCount()):
                frame = _frame(place, block, told)
                if frame.height:
                    yield frame

        name = place.name if place.steps else content.stem
        return table_of(name, content.shown, place.columns, passes, dict(details))

    return [table(place) for place in places(content.stem, shape)]


def _blocks(content: Content, encoding: str, bom: int, count: TextCount) -> Iterator[Block]:
    rest, line = b"", 1
    for chunk in utf8_chunks(content, encoding, bom, count):
        data = rest + chunk
        cut = data.rfind(b"\n") + 1
        if not cut and len(data) < LINE_LIMIT:
            rest = data
            continue
        block, rest = data[:cut], data[cut:]
        yield line, valid_utf8(block, count)
        line += block.count(b"\n")
    if rest.strip():
        yield line, valid_utf8(rest, count)


def _schema(block: bytes) -> pl.Schema | None:
    """What Polars finds in a block that is right in every line; None when it may not be."""
    if not _is_plain(block):
        return None
    try:
        found = pl.read_ndjson(io.BytesIO(block), infer_schema_length=None)
    except pl.exceptions.PolarsError:
        return None
    return found.schema if found.height == _lines(block) else None


def _is_plain(block: bytes) -> bool:
    """No empty lines, and every line begins and ends as an object."""
    inner = block.replace(b"\r\n", b"\n").strip(b"\n")
    return (
        inner.count(b"}\n{") == inner.count(b"\n")
        and inner.startswith(b"{")
        and inner.endswith(b"}")
    )


def _lines(block: bytes) -> int:
    return block.rstrip(b"\r\n").count(b"\n") + 1


def _frame(place: Place, block: Block, reject: RejectRow) -> pl.DataFrame:
    start, data = block
    if not place.steps and place.shape.is_flat and _is_plain(data):
        schema = dict.fromkeys(place.columns, pl.String())
        try:
            frame = pl.read_ndjson(io.BytesIO(data), schema=schema)
        except pl.exceptions.PolarsError:
            frame = None
        if frame is not None and frame.height == _lines(data):
            numbers = pl.int_range(start, start + frame.height, dtype=pl.Int64).alias(ROW)
            return without_nuls(frame).select(numbers, pl.all().replace("", None))
    return place.frame(_objects(start, data, reject))


def _objects(start: int, block: bytes, reject: RejectRow) -> Iterator[Numbered]:
    for number, line in enumerate(block.decode("utf-8", "replace").split("\n"), start=start):
        text = line.strip()
        if not text:
            continue
        try:
            item = DECODER.decode(text)
        except (ValueError, RecursionError):
            reject(number, text, "invalid_json")
            continue
        if isinstance(item, dict):
            yield number, item
        else:
            reject(number, text, "not_an_object")
