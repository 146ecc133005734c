"""JSON documents: a list of objects, or an object that holds lists, as tables."""

from __future__ import annotations

import codecs
import json
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from typing import Any

import polars as pl

from klantbeeld.sources.errors import UnreadableFile
from klantbeeld.sources.readers.content import Content
from klantbeeld.sources.readers.encoding import (
    TextCount,
    shown_encoding,
    sniff_encoding,
    utf8_chunks,
    whole_text,
)
from klantbeeld.sources.readers.grid import Grid, grid_table
from klantbeeld.sources.readers.json_lines import DECODER
from klantbeeld.sources.readers.nested import Object, Place, Shape, places
from klantbeeld.sources.readers.table import BATCH_ROWS, Note, RejectRow, Table, table_of

Objects = Callable[[], Iterator[object]]


def json_tables(content: Content) -> list[Table]:
    """The tables of a JSON document; raises `UnreadableFile` when it holds none.

    A list of objects is one table, read in a stream. An object gives a table for each list of
    objects in it, down to three levels; an object of objects is read by its keys.
    """
    try:
        tables = _tables(content)
    except json.JSONDecodeError as problem:
        raise UnreadableFile(
            content.shown,
            "invalid_json",
            f"The JSON is not right at line {problem.lineno}, column {problem.colno}.",
            "Is the file whole? Export it again.",
        ) from None
    except RecursionError:
        raise UnreadableFile(
            content.shown, "invalid_json", "The JSON is nested too deeply.", "Export it flatter."
        ) from None
    if not tables:
        raise UnreadableFile(
            content.shown,
            "no_table",
            "The JSON holds no objects with named fields.",
            'Offer a list of objects, such as [{"name": …}, …].',
        )
    return tables


def _tables(content: Content) -> list[Table]:
    encoding, bom = sniff_encoding(content)
    details: dict[str, object] = {"format": "json", "encoding": shown_encoding(encoding, bom)}
    if _texts_start(content, encoding, bom) == "[":

        def elements() -> Iterator[object]:
            return _elements(_texts(content, encoding, bom))

        first = next(elements(), None)
        if isinstance(first, list):
            grid = Grid(
                content.stem,
                content.shown,
                lambda: (row for row in elements() if isinstance(row, list)),
            )
            table = grid_table(grid, details | {"notes": []})
            return [table] if table else []
        return _of_objects(content, content.stem, elements, details)
    text, _ = whole_text(content)
    found: list[Table] = []
    for name, items in _lists_in(DECODER.decode(text.strip()), content.stem):
        found += _of_objects(content, name, partial(iter, items), details)
    return found


def _lists_in(value: object, name: str, depth: int = 0) -> list[tuple[str, list[Any]]]:
    """(name, objects) of the lists of objects in a document."""
    if isinstance(value, list):
        return [(name, value)] if any(isinstance(item, dict) for item in value) else []
    if not isinstance(value, dict) or not value:
        return []
    by_column = _by_columns(value)
    if by_column:
        return [(name, by_column)]
    inner = list(value.values())
    if len(inner) > 1 and all(isinstance(item, dict) for item in inner) and _are_alike(inner):
        return [(name, [{"key": key} | item for key, item in value.items()])]
    found: list[tuple[str, list[Any]]] = []
    if depth < 3:
        for key, item in value.items():
            if isinstance(item, list | dict):
                found += _lists_in(item, key, depth + 1)
    return found if found or depth else [(name, [value])]


def _by_columns(value: Object) -> list[Object]:
    """Rows of an object whose fields are equally long lists of plain values."""
    lists = list(value.values())
    if not all(isinstance(column, list) and len(column) > 1 for column in lists):
        return []
    if len({len(column) for column in lists}) > 1 or len(lists) < 2:
        return []
    if any(isinstance(cell, dict | list) for column in lists for cell in column):
        return []
    return [dict(zip(value, row, strict=True)) for row in zip(*lists, strict=True)]


def _are_alike(items: list[Object]) -> bool:
    shared = set.intersection(*(set(item) for item in items))
    return 2 * len(shared) >= max(len(item) for item in items) > 0


def _of_objects(
    content: Content, name: str, items: Objects, details: dict[str, object]
) -> list[Table]:
    shape = Shape()
    for item in items():
        if isinstance(item, dict):
            shape.learn(item)

    def table(place: Place) -> Table:
        def passes(reject: RejectRow) -> Iterator[pl.DataFrame]:
            told = reject if not place.steps else lambda *_: None
            numbered = _numbered(items(), told)
            while batch := list(islice(numbered, BATCH_ROWS)):
                frame = place.frame(batch)
                if frame.height:
                    yield frame

        own = {**details, "notes": list[Note]()}
        return table_of(place.name, content.shown, place.columns, passes, own)

    return (
        [table(place) for place in places(name, shape)] if shape.columns or shape.children else []
    )


def _numbered(items: Iterator[object], reject: RejectRow) -> Iterator[tuple[int, Object]]:
    for number, item in enumerate(items, start=1):
        if isinstance(item, dict):
            yield number, item
        else:
            reject(number, json.dumps(item, ensure_ascii=False), "not_an_object")


def _texts(content: Content, encoding: str, bom: int) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    for chunk in utf8_chunks(content, encoding, bom, TextCount()):
        yield decoder.decode(chunk)


def _texts_start(content: Content, encoding: str, bom: int) -> str:
    return next(iter("".join(islice(_texts(content, encoding, bom), 1)).lstrip()[:1]), "")


def _elements(texts: Iterator[str]) -> Iterator[object]:
    """The elements of a top-level list, one at a time; raises `json.JSONDecodeError`."""
    buffer = _Buffer(texts)
    buffer.expect("[")
    if buffer.peek() == "]":
        return
    while True:
        yield buffer.element()
        mark = buffer.take()
        if mark == "]":
            return
        if mark != ",":
            raise buffer.error("a comma or ] is expected")


class _Buffer:
    """Text that is filled up from a stream while it is taken from."""

    def __init__(self, texts: Iterator[str]) -> None:
        self.texts, self.text, self.at, self.lines, self.is_done = texts, "", 0, 1, False

    def more(self) -> bool:
        part = next(self.texts, None)
        if part is None:
            self.is_done = True
            return False
        self.lines += self.text.count("\n", 0, self.at)
        self.text, self.at = self.text[self.at :] + part, 0
        return True

    def peek(self) -> str:
        while True:
            while self.at < len(self.text) and self.text[self.at] in " \t\r\n":
                self.at += 1
            if self.at < len(self.text) or not self.more():
                return self.text[self.at : self.at + 1]

    def take(self) -> str:
        letter = self.peek()
        self.at += 1
        return letter

    def expect(self, letter: str) -> None:
        if self.take() != letter:
            raise self.error(f"{letter} is expected")

    def element(self) -> object:
        self.peek()
        while True:
            try:
                value, end = DECODER.raw_decode(self.text, self.at)
            except ValueError:
                if not self.more():
                    raise self.error("a value is expected") from None
                continue
            # A number at the very end may go on in the next part; then it is read again.
            if end < len(self.text) or not self.more():
                self.at = end
                return value

    def error(self, message: str) -> json.JSONDecodeError:
        problem = json.JSONDecodeError(message, self.text, min(self.at, len(self.text)))
        problem.lineno += self.lines - 1
        return problem
