"""Names without guarded numbers: of files, of the tables in them, and headings of columns.

A name is stored far and wide (deliveries, mappings, reports, folders), so a number in one is taken
out before anything else is done with the table: `MASK` stands there. Names that become alike are
told apart by their place, so that the next delivery of the same shape is named the same and the
mappings that were kept fit it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

import polars as pl

from klantbeeld.privacy.tables import NOT_IN_NAMES, Sighting
from klantbeeld.quality.tables import MASK, Certainty, Span, number_spans
from klantbeeld.sources.errors import UnreadableFile
from klantbeeld.sources.tables import Table, tables_in

# Where a number stood, as the reason of what was found.
IN_FILE, IN_TABLE, IN_HEADING = "in_file_name", "in_table_name", "in_heading"
# Also between two numbers: 'a.b' is the field b of a.
_SPACES = r"[_/\\]|\.0+$|(?<=\d{9})[.,-](?=\d{9}(?!\d))"
_DIGITS = re.compile(r"\d(?:\D{0,2}\d){3}")
_ENDINGS = re.compile(r"(?:\.[A-Za-z0-9]{1,5})*$")
# A whole number of a workbook as a heading, and a heading that stands there twice.
_BEHIND = re.compile(r"\.0+$| \(\d+\)$")


class Masked(NamedTuple):
    """A name as it is stored, and the kinds of the numbers that it held."""

    name: str
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True)
class Named:
    """A table under names that hold no number.

    special: what they held, never the number. headings: masked heading to the number that it was
    by itself, in memory only: its line was no heading but the first row of the data.
    """

    table: Table
    special: tuple[Sighting, ...] = ()
    headings: Mapping[str, str] = field(default_factory=dict)


def mask_name(name: str) -> Masked:
    """A name without the numbers that would be masked in a text.

    In names `_` and `/` stand where texts have spaces; where a word says what the number is, so
    do `-`, `.` and the like.
    """
    if not _DIGITS.search(name):
        return Masked(name)
    plain = re.sub(_SPACES, lambda sign: " " * len(sign.group()), name)
    apart = re.sub(r"[-.,=#]", " ", plain)
    found = _numbers(plain)
    said = (s for s in _numbers(apart) if s.certainty == Certainty.CERTAIN)
    found += [s for s in said if not any(s.start < f.end and f.start < s.end for f in found)]
    kinds = tuple(sorted({span.kind.value for span in found}))
    for span in sorted(found, reverse=True):
        name = name[: span.start] + MASK + name[span.end :]
    return Masked(name, kinds)


def mask_path(path: str) -> Masked:
    """As `mask_name`, each part of a path by itself."""
    parts = [mask_name(part) for part in path.replace("\\", "/").split("/")]
    kinds = sorted({kind for part in parts for kind in part.kinds})
    return Masked("/".join(part.name for part in parts) if kinds else path, tuple(kinds))


def mask_problem(problem: UnreadableFile) -> UnreadableFile:
    """What is told of a file that cannot be read, without the numbers in its name."""
    texts = (mask_path(problem.path), mask_name(problem.message), mask_name(problem.advice))
    path, message, advice = (text.name for text in texts)
    return UnreadableFile(path, problem.code, message, advice)


def _numbers(text: str) -> list[Span]:
    return [span for span in number_spans(text) if span.kind.value in NOT_IN_NAMES]


@dataclass
class Apart:
    """Gives masked names that are like none given before; the same name again is the same."""

    _given: dict[str, str] = field(default_factory=dict)
    _taken: set[str] = field(default_factory=set)

    def name(self, name: str, masked: Masked) -> str:
        """The name for `name`: `masked`, with a number before its endings when that is taken."""
        if name not in self._given:
            told, count = masked.name, 1
            while masked.kinds and _alike(told) in self._taken:
                count += 1
                told = before_endings(masked.name, f"({count})")
            self._taken.add(_alike(told))
            self._given[name] = told
        return self._given[name]


def before_endings(name: str, more: str) -> str:
    """'brief […] (2).pdf'."""
    end = _ENDINGS.search(name)
    at = end.start() if end else len(name)
    return f"{name[:at]} {more}{name[at:]}"


def _alike(name: str) -> str:
    """As headings are compared: without case and punctuation."""
    return re.sub(r"[\W_]+", "", name.casefold())


@dataclass
class Names:
    """Reads tables under names that hold no number; one for all files of an import.

    masked_before: path of a file whose name was masked as it was taken in, to the kinds.
    """

    masked_before: Mapping[Path, Sequence[str]] = field(default_factory=dict)
    _paths: Apart = field(default_factory=Apart)
    _tables: dict[str, Apart] = field(default_factory=dict)

    def tables(self, path: Path, told: Callable[[UnreadableFile], None]) -> Iterator[Named]:
        """As `tables_in`; of what cannot be read the names hold no number either."""
        for table in tables_in(path, lambda problem: told(mask_problem(problem))):
            yield self._named(table, self.masked_before.get(path, ()))

    def _named(self, table: Table, before: Iterable[str]) -> Named:
        path, name = mask_path(table.path), mask_name(table.name)
        shown = self._paths.name(table.path, path)
        called = self._tables.setdefault(shown, Apart()).name(table.name, name)
        apart, columns, firsts = Apart(), {}, {}
        headings = {column: mask_name(column) for column in table.columns}
        # Headings that stay go first: none of them gives way to one that was masked.
        for column in sorted(table.columns, key=lambda column: bool(headings[column].kinds)):
            columns[column] = apart.name(column, headings[column])
            if headings[column].kinds and not re.search(r"\w", _bare(headings[column].name)):
                firsts[columns[column]] = _BEHIND.sub("", column)
        row = table.details.get("header_row")
        special = [
            *_seen("", IN_FILE, sorted({*before, *path.kinds})),
            *_seen("", IN_TABLE, () if table.name in table.path else name.kinds),
            *(
                seen for column in table.columns
                for seen in _seen(columns[column], IN_HEADING, headings[column].kinds, row)
            ),
        ]  # fmt: skip
        if not special:
            return Named(table)
        changed = {old: new for old, new in columns.items() if old != new}
        made = replace(
            table, name=called, path=shown, columns=tuple(columns[c] for c in table.columns),
            frames=_renamed(table.frames, changed) if changed else table.frames,
        )  # fmt: skip
        return Named(made, tuple(special), firsts)


def _bare(name: str) -> str:
    return _BEHIND.sub("", name).replace(MASK, "")


def _seen(column: str, where: str, kinds: Iterable[str], row: object = None) -> Iterator[Sighting]:
    rows = ((row, row),) if isinstance(row, int) else ()
    for kind in kinds:
        yield Sighting(column, kind, "block", int(Certainty.LIKELY), where, False, 1, 1, rows)


def _renamed(
    frames: Callable[[], Iterator[pl.DataFrame]], columns: Mapping[str, str]
) -> Callable[[], Iterator[pl.DataFrame]]:
    def renamed() -> Iterator[pl.DataFrame]:
        return (frame.rename(columns) for frame in frames())

    return renamed
