"""Nested objects laid flat: fields of fields by dots, lists of objects in tables of their own."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from klantbeeld.sources.readers.table import ROW

Object = dict[str, Any]
Numbered = tuple[int, Object]
_KEYS = (
    r"(?:.*[_. -])?(?:id|_id|uuid|key|sleutel)",
    r".*(?:nummer|number|nr|num|code|sku|id|Id|ID)",
    r".*(?:e-?mail).*",
)
_GENERAL = {"id", "_id", "uuid", "key", "code", "nr", "number", "nummer", "sleutel", "email"}


@dataclass
class Shape:
    """The columns that a list of objects has, and the lists of objects inside them."""

    columns: dict[str, None] = field(default_factory=dict)
    children: dict[str, Shape] = field(default_factory=dict)

    def learn(self, item: Object) -> None:
        flat, lists = laid_flat(item)
        if not flat.keys() <= self.columns.keys():
            self.columns.update(dict.fromkeys(flat))
        for name, items in lists.items():
            child = self.children.setdefault(name, Shape())
            for inner in items:
                child.learn(inner)

    def learn_schema(self, schema: Iterable[tuple[str, pl.DataType]], prefix: str = "") -> None:
        """Learn from a Polars schema, which tells the same of a whole block at once."""
        for name, dtype in schema:
            path = prefix + name
            if isinstance(dtype, pl.Struct):
                self.learn_schema(((f.name, _instance(f.dtype)) for f in dtype.fields), path + ".")
            elif isinstance(dtype, pl.List) and isinstance(dtype.inner, pl.Struct):
                child = self.children.setdefault(path, Shape())
                child.learn_schema((f.name, _instance(f.dtype)) for f in dtype.inner.fields)
            else:
                self.columns[path] = None

    @property
    def is_flat(self) -> bool:
        return not self.children and not any("." in column for column in self.columns)

    def key(self) -> str | None:
        """The field that best tells one object from another, by its name."""
        for pattern in _KEYS:
            for column in self.columns:
                if re.fullmatch(pattern, column):
                    return column
        return None


def _instance(dtype: Any) -> pl.DataType:
    return dtype if isinstance(dtype, pl.DataType) else dtype()


def laid_flat(
    item: Object, prefix: str = ""
) -> tuple[dict[str, str | None], dict[str, list[Object]]]:
    """(fields by dotted name as text, lists of objects by dotted name)."""
    flat: dict[str, str | None] = {}
    lists: dict[str, list[Object]] = {}
    for name, value in item.items():
        path = prefix + (name if name.isascii() else _plain(name))
        if type(value) is str:
            flat[path] = _text(value)
        elif isinstance(value, dict) and value:
            inner, inner_lists = laid_flat(value, path + ".")
            flat |= inner
            lists |= inner_lists
        elif isinstance(value, list) and value and all(isinstance(v, dict) for v in value):
            lists[path] = value
        else:
            flat[path] = _text(value)
    return flat, lists


def _text(value: object) -> str | None:
    if isinstance(value, str):
        return (value if value.isascii() and "\0" not in value else _plain(value)) or None
    if value is None or value == [] or value == {}:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list) and not any(isinstance(v, dict | list) for v in value):
        return "; ".join(filter(None, map(_text, value))) or None
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)


def _plain(text: str) -> str:
    """Without NULs; half a character, as a text that was cut off may end in, is a question mark."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()


@dataclass(frozen=True)
class Place:
    """Where a table's rows are in the objects: its shape, and the way down with carried keys.

    `steps` are (list name, key of the object around it, column that carries this key).
    """

    name: str
    shape: Shape
    steps: tuple[tuple[str, str | None, str], ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        carried = dict.fromkeys(column for _, _, column in self.steps)
        return tuple(carried | self.shape.columns)

    def rows(self, item: Object, row: int, at: int = 0) -> Iterator[dict[str, str | None]]:
        flat, lists = laid_flat(item)
        if at == len(self.steps):
            yield flat
            return
        name, key, column = self.steps[at]
        carried = {column: flat.get(key) if key else str(row)}
        for number, inner in enumerate(lists.get(name, ()), start=1):
            for found in self.rows(inner, number, at + 1):
                yield carried | found

    def frame(self, items: Iterable[Numbered]) -> pl.DataFrame:
        numbers, rows = [], []
        for number, item in items:
            for row in self.rows(item, number):
                numbers.append(number)
                rows.append(row)
        columns = {name: [row.get(name) for row in rows] for name in self.columns}
        schema = {ROW: pl.Int64()} | dict.fromkeys(self.columns, pl.String())
        return pl.DataFrame({ROW: numbers} | columns, schema=schema)


def places(
    name: str, shape: Shape, steps: tuple[tuple[str, str | None, str], ...] = ()
) -> list[Place]:
    """The table of a shape and those of the lists inside it, outermost first."""
    for path in shape.children:
        # An object without such a list has an empty field of that name.
        shape.columns.pop(path, None)
    found = [Place(name, shape, steps)] if shape.columns or not shape.children else []
    key = shape.key()
    for path, child in shape.children.items():
        column = _carrier(name, key, child, {taken for _, _, taken in steps})
        inner = path.rsplit(".", 1)[-1]
        found += places(inner, child, (*steps, (path, key, column)))
    return found


def _carrier(name: str, key: str | None, child: Shape, taken: set[str]) -> str:
    """The column of the child in which the key of the object around it stands."""
    if key and key.casefold() not in _GENERAL and key not in child.columns and key not in taken:
        return key
    column = f"{name}.{key or 'row'}"
    while column in child.columns or column in taken:
        column = f"parent.{column}"
    return column
