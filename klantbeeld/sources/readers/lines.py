"""Delimited text laid on columns, in blocks of some megabytes.

A block in which quotation marks stand by the book is cut into records by NumPy and read by
Polars; any other goes line by line through `records`, a megabyte at a time.
"""

from __future__ import annotations

import io
import re
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from klantbeeld.sources.readers.blocks import Layout, layout_of, without_stray_marks
from klantbeeld.sources.readers.dialect import Dialect
from klantbeeld.sources.readers.encoding import TextCount, valid_utf8
from klantbeeld.sources.readers.header import EXTRA_ROW, extra_row_reason
from klantbeeld.sources.readers.records import CELL_LIMIT, records_of
from klantbeeld.sources.readers.table import ROW, RejectRow

SLOW_BYTES = 1 << 20
REST_LIMIT = 1 << 25
TAIL = "\x00tail "  # names of cells that are no column


@dataclass
class Reading:
    """One pass over the chunks of a file: where it is, and what it counted."""

    dialect: Dialect
    reject: RejectRow
    counted: TextCount
    line: int = 1
    rows: int = 0
    empty_rows: int = 0
    stand_in: bytes = b""

    def frames(self, chunks: Iterator[bytes]) -> Iterator[pl.DataFrame]:
        rest = b""
        for chunk in _by_lines(chunks, self.dialect):
            rest = self._without_head(rest + chunk)
            rest = yield from self._whole_records(rest)
        # Old programs end a file with Ctrl-Z.
        rest = self._without_head(rest).rstrip(b"\x1a")
        if rest and self.line >= self.dialect.first_line:
            rest = rest if rest.endswith(b"\n") else rest + b"\n"
            yield from self._whole_records(rest, is_last=True)

    def _without_head(self, data: bytes) -> bytes:
        """The data from the first row on; what is left when that is still to come."""
        while self.line < self.dialect.first_line and (end := data.find(b"\n")) >= 0:
            data = data[end + 1 :]
            self.line += 1
        return data

    def _whole_records(
        self, data: bytes, is_last: bool = False
    ) -> Generator[pl.DataFrame, None, bytes]:
        if self.line < self.dialect.first_line:
            return data
        while data:
            layout, data = self._laid_out(data)
            is_open = layout is not None and not layout.end
            layout = layout and layout.until_torn(data, self.dialect.delimiter, self.dialect.width)
            if layout is not None and layout.end:
                frame = self._by_the_book(data[: layout.end], layout)
                data = data[layout.end :]
            elif is_open and not is_last and len(data) < REST_LIMIT:
                break
            else:
                frame, used = self._line_by_line(data, is_last)
                if not used:
                    break
                data = data[used:]
            if frame.height:
                yield frame
            data, self.stand_in = self._with_marks(data), b""
        return data

    def _laid_out(self, data: bytes) -> tuple[Layout | None, bytes]:
        """The layout, if need be after stray quotation marks were replaced for the time being."""
        split = (self.dialect.delimiter, self.dialect.quote)
        layout = layout_of(data, *split)
        if layout is None and (changed := without_stray_marks(data, *split)):
            mended = layout_of(changed[0], *split)
            if mended is not None and mended.end:
                self.stand_in = changed[1]
                return mended, changed[0]
        return layout, data

    def _with_marks(self, data: bytes) -> bytes:
        quote = self.dialect.quote.encode()
        return data.replace(self.stand_in, quote) if self.stand_in else data

    def _by_the_book(self, block: bytes, layout: Layout) -> pl.DataFrame:
        valid = valid_utf8(block, self.counted)
        if valid is not block:
            block = valid
            layout = layout_of(block, self.dialect.delimiter, self.dialect.quote) or layout
        width = self.dialect.width
        lines = self.line + layout.lines
        self.line += layout.line_count
        good = (layout.cells == width) & (layout.sizes <= CELL_LIMIT)
        good &= layout.sizes > 0
        if not good.all():
            mended = self._mended(block, layout, np.flatnonzero(~good), lines)
            good[list(mended)] = True
            block = layout.only(block, good) if not mended else _joined(block, layout, good, mended)
        return self._rows(self._read(block), lines[good])

    def _mended(
        self, block: bytes, layout: Layout, odd: npt.NDArray[np.int64], lines: npt.NDArray[np.int64]
    ) -> dict[int, bytes]:
        """Records of another width that can be used after all; the others are rejected."""
        mended: dict[int, bytes] = {}
        delimiter, width = self.dialect.delimiter.encode(), self.dialect.width
        for at in map(int, odd):
            raw = layout.record(block, at)
            surplus = int(layout.cells[at]) - width
            if not raw.strip():
                self.empty_rows += 1
            elif surplus > 0 and raw.endswith(delimiter * surplus):
                mended[at] = raw[:-surplus]
            elif surplus < 0 and self.dialect.fills_short:
                mended[at] = raw + delimiter * -surplus
            elif reason := self._fault(raw, surplus):
                text = self._with_marks(raw).decode("utf-8", "replace")
                self.reject(int(lines[at]), text, reason)
            else:
                mended[at] = raw
        return mended

    def _fault(self, raw: bytes, surplus: int) -> str:
        if surplus:
            return _odd_row(raw, surplus)
        text = raw.decode("utf-8", "replace")
        split = (self.dialect.delimiter, self.dialect.quote, self.dialect.width)
        return next(iter(records_of([text], *split, 1))).reason

    def _read(self, block: bytes) -> pl.DataFrame:
        schema = self._schema()
        if not block:
            return pl.DataFrame(schema=schema)
        frame = pl.read_csv(
            io.BytesIO(block),
            has_header=False,
            schema=schema,
            separator=self.dialect.delimiter,
            quote_char=self.dialect.quote,
            infer_schema=False,
        )
        # A quoted empty cell is as empty as a bare one.
        has_quoted_empty = self.dialect.quote.encode() * 2 in block
        frame = _blank_to_null(frame) if has_quoted_empty else frame
        if self.stand_in:
            stray = self.stand_in.decode()
            frame = frame.with_columns(
                pl.all().str.replace_all(stray, self.dialect.quote, literal=True)
            )
        return frame

    def _schema(self) -> dict[str, pl.DataType]:
        tail = [f"{TAIL}{at}" for at in range(self.dialect.blank_tail)]
        return dict.fromkeys([*self.dialect.columns, *tail], pl.String())

    def _without_tail(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Without the cells after the last column; a row that has some is too long."""
        tail = frame.columns[len(self.dialect.columns) + 1 :]
        is_filled = frame.select(pl.any_horizontal(pl.col(tail).is_not_null())).to_series()
        for row, *cells in frame.filter(is_filled).iter_rows():
            raw = self.dialect.delimiter.join(cell or "" for cell in cells)
            self.reject(row, raw, "too_many_cells")
        return frame.filter(~is_filled).drop(tail)

    def _line_by_line(self, data: bytes, is_last: bool) -> tuple[pl.DataFrame, int]:
        """(rows, bytes used); none used when a record is open at the end and more is to come."""
        size = SLOW_BYTES
        while True:
            cut = data.find(b"\n", size) + 1 or data.rfind(b"\n") + 1
            is_whole = cut == data.rfind(b"\n") + 1
            is_final = is_whole and (is_last or cut > REST_LIMIT)
            frame, used = self._patiently(data[:cut], is_final)
            if used or is_whole:
                return frame, used
            size *= 4

    def _patiently(self, block: bytes, is_final: bool) -> tuple[pl.DataFrame, int]:
        raw_lines = block[:-1].split(b"\n")
        texts = [valid_utf8(raw, self.counted).decode().removesuffix("\r") for raw in raw_lines]
        width, kept, numbers, done = self.dialect.width, [], [], 0
        found = records_of(
            texts, self.dialect.delimiter, self.dialect.quote, width, self.line, is_final
        )
        for record in found:
            if record.reason == "open":
                break
            done += record.lines
            cells = self._usable(record.cells, width)
            if not record.raw.strip():
                self.empty_rows += 1
            elif cells is not None and not (record.reason and len(cells) != width):
                kept.append(cells)
                numbers.append(record.line)
            else:
                reason = record.reason
                if reason.startswith("too_"):
                    reason = _odd_row(record.raw.encode(), -1 if "few" in reason else 1)
                self.reject(record.line, record.raw, reason)
        self.line += done
        used = len(block) if done == len(texts) else sum(len(raw) + 1 for raw in raw_lines[:done])
        columns: list[Sequence[str]] = list(zip(*kept, strict=True)) if kept else [()] * width
        schema = self._schema()
        frame = pl.DataFrame(dict(zip(schema, columns, strict=True)), schema=schema)
        return self._rows(_blank_to_null(frame), np.array(numbers, np.int64)), used

    def _usable(self, cells: Sequence[str] | None, width: int) -> Sequence[str] | None:
        if cells is None or len(cells) == width:
            return cells
        if len(cells) > width and not any(cells[width:]):
            return cells[:width]
        if len(cells) < width and self.dialect.fills_short:
            return [*cells, *[""] * (width - len(cells))]
        return cells

    def _rows(self, frame: pl.DataFrame, lines: npt.NDArray[np.int64]) -> pl.DataFrame:
        """The rows that are data, numbered."""
        if self.dialect.has_spaces:
            frame = _blank_to_null(frame.with_columns(pl.all().str.strip_chars_start(" ")))
        frame = frame.insert_column(0, pl.Series(ROW, lines, pl.Int64))
        is_empty = frame.select(pl.all_horizontal(pl.exclude(ROW).is_null())).to_series()
        if is_empty.any():
            self.empty_rows += int(is_empty.sum())
            frame = frame.filter(~is_empty)
        if self.dialect.blank_tail:
            frame = self._without_tail(frame)
        frame = self._without_extra_rows(frame)
        self.rows += frame.height
        return frame

    def _without_extra_rows(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Without headers, totals and remarks among the rows; they are rejected."""
        columns = self.dialect.columns
        first, has_header = columns[0], self.dialect.header.at is not None
        label = pl.coalesce(columns[:3])
        suspect = label.str.contains(EXTRA_ROW.pattern)
        if has_header:
            # Files laid behind each other have a byte order mark in the midst.
            bare = pl.col(first).str.strip_chars("\ufeff ")
            suspect |= bare.str.to_lowercase() == first.lower()
        suspects = frame.filter(suspect.fill_null(False))
        if not suspects.height:
            return frame
        extra = []
        for row, *cells in suspects.iter_rows():
            if reason := extra_row_reason(cells, columns if has_header else [""] * len(columns)):
                self.reject(row, self.dialect.delimiter.join(cell or "" for cell in cells), reason)
                extra.append(row)
        return frame.filter(~pl.col(ROW).is_in(extra)) if extra else frame


_WRAPPED = re.compile(rb'^"((?:[^"\n]|"")*)"(?=\r?$)', re.MULTILINE)


def _by_lines(chunks: Iterator[bytes], dialect: Dialect) -> Iterator[bytes]:
    """The chunks with line ends as they should be, and lines out of the marks around them."""
    rest = b""
    for chunk in chunks:
        if dialect.newline == "\r":
            chunk = chunk.replace(b"\r", b"\n")
        if dialect.is_wrapped:
            whole, _, rest = (rest + chunk).rpartition(b"\n")
            chunk = _WRAPPED.sub(lambda m: m.group(1).replace(b'""', b'"'), whole) + b"\n"
        yield chunk
    if rest:
        yield _WRAPPED.sub(lambda m: m.group(1).replace(b'""', b'"'), rest)


def _odd_row(raw: bytes, surplus: int) -> str:
    """The reason for rejecting a row that is too short or too long."""
    text = raw.decode("utf-8", "replace").strip(' ;,|\t"')
    said = extra_row_reason([text, "", "", "", ""], ["", "", "", "", ""])
    return said or ("too_few_cells" if surplus < 0 else "too_many_cells")


def _joined(
    block: bytes, layout: Layout, good: npt.NDArray[np.bool_], mended: dict[int, bytes]
) -> bytes:
    records = (mended.get(at) or layout.record(block, at) for at in map(int, np.flatnonzero(good)))
    return b"".join(record + b"\n" for record in records)


def _blank_to_null(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(pl.all().replace("", None))
