"""Lines of delimited text as records, patiently: stray and unclosed quotation marks included.

The slow and careful half of the CSV reader; blocks that are written by the book never come here.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from klantbeeld.sources.readers.blocks import holds_rows

CELL_LIMIT = 1_000_000
_JOIN_LIMIT = 16_000_000  # characters a quoted cell is followed over line ends
_JOINS = 500  # and lines with quotation marks


class Record(NamedTuple):
    """`cells` is None when the record is no good; `reason` then says why. `line` is 1-based."""

    line: int
    lines: int
    cells: list[str] | None
    raw: str
    reason: str = ""


def records_of(
    lines: Sequence[str],
    delimiter: str,
    quote: str,
    width: int | None,
    first_line: int,
    is_final: bool = True,
) -> Iterator[Record]:
    """Records of `lines`; with a `width` those with another number of cells have a reason.

    A quotation mark opens only at the start of a cell; when its cell does not close properly, the
    line is rejected as unclosed and reading goes on at the next line, so that one stray mark
    costs one line. A record left open at the end of `lines` has the reason 'open', unless the lines
    are the last: then it is unclosed.
    """
    split = _Splitter(delimiter, quote)
    at = 0
    while at < len(lines):
        line = lines[at]
        if quote not in line:
            cells: list[str] | None = line.split(delimiter)
            used, reason = 1, ""
        elif (cells := split.by_the_book(line)) is not None:
            used, reason = 1, ""
        else:
            cells, used, reason = split.record(lines, at)
        if reason == "unclosed_quote" or (reason == "open" and is_final):
            cells, used = split.leniently(line, width), 1
            reason = "" if cells is not None else "unclosed_quote"
        raw = line if used == 1 else "\n".join(lines[at : at + used])
        if reason != "open" and max(map(len, cells or [raw])) > CELL_LIMIT:
            cells, reason = None, "cell_too_long"
        is_wrong = cells is not None and width is not None and len(cells) != width and raw.strip()
        if used > 1 and (is_wrong or _holds_rows(raw, delimiter, width)):
            # A quoted cell over several lines in a row of the wrong width is an unclosed mark.
            cells, used, raw, reason = None, 1, line, "unclosed_quote"
        elif is_wrong and cells is not None:
            reason = "too_few_cells" if len(cells) < (width or 0) else "too_many_cells"
        yield Record(first_line + at, used, cells, raw, reason)
        at += used


def _holds_rows(raw: str, delimiter: str, width: int | None) -> bool:
    return width is not None and holds_rows(raw.encode(), delimiter.encode(), width)


class _Splitter:
    def __init__(self, delimiter: str, quote: str) -> None:
        d, q = re.escape(delimiter), re.escape(quote)
        self.quote = quote
        self.cell = re.compile(
            rf"[ ]*{q}((?:[^{q}]|{q}{q})*+){q}[ ]*(?:({d})|$)|([^{d}]*)(?:({d})|$)", re.DOTALL
        )
        self.lenient = re.compile(rf"(?:[ ]*{q}(.*?){q}[ ]*(?={d}|$)|([^{d}]*))({d})?")
        self.opens = re.compile(rf"[ ]*{q}")
        self.delimiter = delimiter
        self.spaced = f"{delimiter} {quote}"
        self.feed: str | None = None
        self.reader = self._reader()

    def by_the_book(self, line: str) -> list[str] | None:
        """Cells of a line that ends where its record ends, the quick way; else None."""
        if self.spaced in line:
            return None
        self.feed = line
        try:
            return next(self.reader)
        except csv.Error:
            self.reader = self._reader()
            return None

    def _reader(self) -> Iterator[list[str]]:
        def fed() -> Iterator[str]:
            while True:
                # Asked for a second line, the record was not whole.
                line, self.feed = self.feed, None
                if line is None:
                    return
                yield line

        return csv.reader(fed(), delimiter=self.delimiter, quotechar=self.quote, strict=True)

    def record(self, lines: Sequence[str], at: int) -> tuple[list[str] | None, int, str]:
        """(cells, lines used, reason)."""
        used, joins, text = 1, 0, lines[at]
        while True:
            cells, is_open = self._cells(text)
            if not is_open:
                return cells, used, "" if cells is not None else "unclosed_quote"
            more = self._next_with_quote(lines, at + used)
            if more is None:
                return None, len(lines) - at, "open"
            text = "\n".join([text, *lines[at + used : more + 1]])
            used = more + 1 - at
            joins += 1
            if len(text) > _JOIN_LIMIT or joins > _JOINS:
                return None, 1, "unclosed_quote"

    def leniently(self, line: str, width: int | None) -> list[str] | None:
        """Cells of a line whose quoted cells hold bare marks ("Café "De Kroon""), else None."""
        cells: list[str] = []
        position = 0
        while position <= len(line):
            match = self.lenient.match(line, position)
            if match is None or (match.group(1) is None and self.opens.match(line, position)):
                return None
            cells.append(match.group(2) if match.group(1) is None else match.group(1))
            position = match.end() if match.group(3) else len(line) + 1
        return cells if len(cells) == width else None

    def _next_with_quote(self, lines: Sequence[str], start: int) -> int | None:
        return next((i for i in range(start, len(lines)) if self.quote in lines[i]), None)

    def _cells(self, text: str) -> tuple[list[str] | None, bool]:
        """(cells, is the last one open); cells None and closed means marks in wrong places."""
        cells: list[str] = []
        position = 0
        while True:
            opened = self.opens.match(text, position)
            match = self.cell.match(text, position)
            assert match is not None
            if opened and match.group(1) is None:
                return None, self._is_open(text, opened.end())
            if match.group(1) is not None:
                cells.append(match.group(1).replace(self.quote * 2, self.quote))
                more = match.group(2)
            else:
                cells.append(match.group(3))
                more = match.group(4)
            position = match.end()
            if more is None:
                return cells, False

    def _is_open(self, text: str, start: int) -> bool:
        """No closing mark at all after the opening one (doubled marks do not close)."""
        return self.quote not in text[start:].replace(self.quote * 2, "")
