"""Where the records and cells of a block of delimited text are, found by NumPy at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

_ROWS_WITHIN = 3
Positions = npt.NDArray[np.int64]
NEWLINE, RETURN = 10, 13


def holds_rows(record: bytes, delimiter: bytes, width: int) -> bool:
    """Whether the first lines within a record of many lines each have the cells of a row."""
    inner = record.split(b"\n", _ROWS_WITHIN + 1)[1:-1]
    is_long = len(inner) == _ROWS_WITHIN and width > 1
    return is_long and all(line.count(delimiter) == width - 1 for line in inner)


@dataclass(frozen=True)
class Layout:
    """Records of a block: byte offset, size without line end, number of cells, and line.

    `lines` counts from 0 within the block, quoted line ends included. `end` is the number of
    bytes of whole records, `line_count` the number of lines in them.
    """

    starts: Positions
    sizes: Positions
    cells: Positions
    lines: Positions
    end: int
    line_count: int

    def record(self, block: bytes, at: int) -> bytes:
        return block[self.starts[at] : self.starts[at] + self.sizes[at]]

    def until_torn(self, block: bytes, delimiter: str, width: int) -> Layout:
        """The records before the first in which rows were taken for text.

        There a mark was opened, and closed far away: the record goes over several lines and has
        another width, or the lines within it look like rows themselves.
        """
        lines = np.diff(np.r_[self.lines, self.line_count])
        at = next(
            (
                int(at)
                for at in np.flatnonzero(lines > 1)
                if self.cells[at] != width
                or holds_rows(self.record(block, int(at)), delimiter.encode(), width)
            ),
            None,
        )
        if at is None:
            return self
        kept = (self.starts[:at], self.sizes[:at], self.cells[:at], self.lines[:at])
        return Layout(*kept, int(self.starts[at]), int(self.lines[at]))

    def only(self, block: bytes, wanted: npt.NDArray[np.bool_]) -> bytes:
        """The wanted records, in runs."""
        edges = np.flatnonzero(np.diff(np.r_[False, wanted, False].astype(np.int8)))
        ends = np.r_[self.starts[1:], self.end]
        runs = zip(edges[::2], edges[1::2], strict=True)
        return b"".join(block[self.starts[first] : ends[last - 1]] for first, last in runs)


def layout_of(block: bytes, delimiter: str, quote: str) -> Layout | None:
    """The layout of the whole records in a block that begins at a record.

    None when a quotation mark stands where it may not: inside a cell that does not begin with
    one, or closing a cell that goes on. By the book, a line end is outside quotes when an even
    number of marks comes before it (a doubled mark counts as two).
    """
    letters = np.frombuffer(block, np.uint8)
    newlines = np.flatnonzero(letters == NEWLINE)
    delimiters = np.flatnonzero(letters == ord(delimiter))
    ends = newlines
    if block.find(quote.encode()) >= 0:
        marks = np.flatnonzero(letters == ord(quote))
        ends = newlines[np.searchsorted(marks, newlines) % 2 == 0]
        delimiters = delimiters[np.searchsorted(marks, delimiters) % 2 == 0]
        size = int(ends[-1]) + 1 if len(ends) else 0
        if not _by_the_book(letters, marks[marks < size], ord(delimiter), ord(quote)):
            return None
    if not len(ends):
        return Layout(*(np.zeros(0, np.int64),) * 4, 0, 0)
    starts = np.r_[0, ends[:-1] + 1]
    has_return = (letters[ends - 1] == RETURN) & (ends > starts)
    before = np.searchsorted(delimiters, ends)
    cells = np.diff(before, prepend=0) + 1
    lines: Positions = np.arange(len(starts))
    if ends is not newlines:
        lines = np.asarray(np.searchsorted(newlines, starts), np.int64)
    end = int(ends[-1]) + 1
    line_count = int(np.searchsorted(newlines, end))
    return Layout(starts, ends - starts - has_return, cells, lines, end, line_count)


def _by_the_book(
    letters: npt.NDArray[np.uint8], marks: Positions, delimiter: int, quote: int
) -> bool:
    opening, closing = marks[::2], marks[1::2]
    before = letters[np.maximum(opening - 1, 0)]
    may_open = (opening == 0) | np.isin(before, (delimiter, NEWLINE, quote))
    may_close = np.isin(letters[closing + 1], (delimiter, NEWLINE, RETURN, quote))
    return bool(may_open.all() and may_close.all())


STAND_INS = (b"\x02", b"\x03", b"\x04")


def without_stray_marks(block: bytes, delimiter: str, quote: str) -> tuple[bytes, bytes] | None:
    """The block with marks in the midst of cells (5" rim) replaced, and what stands for them.

    A mark that has neither delimiter, line end nor mark on either side can neither open nor close
    a cell. None when there are none, or when the stand-ins occur in the block themselves.
    """
    letters = np.frombuffer(block, np.uint8)
    marks = np.flatnonzero(letters == ord(quote))
    edges = (ord(delimiter), NEWLINE, RETURN, ord(quote))
    before = letters[np.maximum(marks - 1, 0)]
    after = letters[np.minimum(marks + 1, len(letters) - 1)]
    strays = marks[(marks > 0) & ~np.isin(before, edges) & ~np.isin(after, edges)]
    stand_in = next((mark for mark in STAND_INS if mark not in block), None)
    if not len(strays) or stand_in is None:
        return None
    changed = letters.copy()
    changed[strays] = stand_in[0]
    return changed.tobytes(), stand_in
