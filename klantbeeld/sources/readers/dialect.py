"""How a delimited text file is written: delimiter, quotation mark, header, decimal sign."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from statistics import median

from klantbeeld.sources.errors import UnreadableFile
from klantbeeld.sources.readers.header import Header, decimal_sign, find_header
from klantbeeld.sources.readers.records import Record, records_of
from klantbeeld.sources.readers.table import column_names

DELIMITERS = (";", ",", "\t", "|")
SHOWN = {"\t": "tab"}
SAMPLE_LINES = 400


@dataclass(frozen=True)
class Dialect:
    """How to lay lines on columns. `first_line` is the 1-based line where the data begins."""

    delimiter: str
    quote: str
    newline: str
    columns: tuple[str, ...]
    first_line: int
    header: Header
    header_line: int | None
    has_spaces: bool = False
    fills_short: bool = False
    decimal: str | None = None
    blank_tail: int = 0  # cells after the last column, empty in every row
    is_wrapped: bool = False  # each line as a whole stands in quotation marks

    @property
    def width(self) -> int:
        """Cells in a row."""
        return len(self.columns) + self.blank_tail


def sniff_dialect(text: str, shown: str, is_named_table: bool) -> Dialect:
    """The dialect of a sample of whole lines; raises `UnreadableFile` when it is no table."""
    newline = "\n" if "\n" in text else ("\r" if "\r" in text else "\n")
    lines = text.replace("\r\n", "\n").replace("\r", "\n" if newline == "\r" else "").split("\n")
    lines = lines[:SAMPLE_LINES]
    declared = re.fullmatch(r"\ufeff?sep=(.)", lines[0]) if lines else None
    skipped = 1 if declared else 0
    lines = lines[skipped:]
    quote = _quote(lines)
    if quote == '"' and (inner := _unwrapped(lines)):
        within = sniff_dialect("\n".join(inner), shown, is_named_table)
        return replace(within, is_wrapped=True, newline=newline)
    # Prose has commas too: a file that does not claim to be a table must be steadier.
    least = 0.2 if is_named_table else 0.7
    delimiter = declared.group(1) if declared else _delimiter(lines, quote, least)
    if delimiter is None:
        _check_single_column(lines, shown, is_named_table)
        delimiter = ","
    found = list(records_of(lines, delimiter, quote, None, 1 + skipped))
    return _laid_out(found, delimiter, quote, newline)


def _laid_out(found: list[Record], delimiter: str, quote: str, newline: str) -> Dialect:
    rows = [record.cells or [record.raw] for record in found]
    rows = [[] if row == [""] else row for row in rows]
    kept = [at for at, row in enumerate(rows) if any(cell.strip() for cell in row)]
    has_spaces = _have_spaces([rows[at] for at in kept])
    header = find_header([rows[at] for at in kept], is_ragged=True)
    first = header.first_data if header.at is not None else len(header.title)
    data = [rows[at] for at in kept[first:]]
    columns = _columns(header, data)
    tail = 0
    while len(columns) > 1 and _is_blank(header, data, columns, len(columns) - 1):
        columns, tail = columns[:-1], tail + 1
    first_line = found[kept[first]].line if first < len(kept) else found[-1].line + 1
    return Dialect(
        delimiter,
        quote,
        newline,
        columns,
        first_line,
        header,
        found[kept[header.at]].line if header.at is not None else None,
        has_spaces,
        _fills_short(data, len(columns)),
        decimal_sign([cell for row in data for cell in row]),
        tail,
    )


def _is_blank(header: Header, data: list[list[str]], columns: tuple[str, ...], at: int) -> bool:
    """Whether a column has neither a name nor values: lines that end in a delimiter."""
    is_named = header.at is not None and columns[at] != f"kolom {at + 1}"
    return not is_named and bool(data) and not any(row[at] for row in data if at < len(row))


def _columns(header: Header, data: list[list[str]]) -> tuple[str, ...]:
    """The header's columns, more when most rows are wider, fewer when it ends in empty cells."""
    if header.at is None:
        widths = Counter(len(row) for row in data)
        return column_names([""] * max(widths, key=lambda width: (widths[width], width), default=1))
    own = len(header.columns)
    widths = Counter(_width_beyond(row, own) for row in data)
    usual = widths.most_common(1)[0][0] if widths else own
    if usual > own and widths[usual] > 0.5 * len(data):
        return column_names([*header.columns, *[""] * (usual - own)])
    named = own
    while named > usual and header.columns[named - 1] == f"kolom {named}":
        named -= 1
    return header.columns[:named]


def _width_beyond(row: list[str], width: int) -> int:
    """The row's width, without the empty cells that it has beyond `width`."""
    return width if len(row) > width and not any(row[width:]) else len(row)


def _have_spaces(rows: list[list[str]]) -> bool:
    cells = [cell for row in rows for cell in row[1:] if cell]
    return bool(cells) and sum(cell.startswith(" ") for cell in cells) > 0.8 * len(cells)


def _fills_short(data: list[list[str]], width: int) -> bool:
    """Excel leaves out delimiters of empty cells at the end of a row, in many rows or in none."""
    short = sum(1 < len(row) < width for row in data)
    return short >= 20 and short > 0.2 * len(data)


def _unwrapped(lines: list[str]) -> list[str] | None:
    """The lines without the marks around them, when a delimiter stands within all of those."""
    filled = [line for line in lines if line.strip()]
    if len(filled) < 2 or not all(re.fullmatch(r'"(?:[^"]|"")*"', line) for line in filled):
        return None
    inner = [line[1:-1].replace('""', '"') for line in filled]
    return inner if _delimiter(inner, '"', 0.7) else None


def _quote(lines: list[str]) -> str:
    double = sum(line.count('"') for line in lines)
    if double:
        return '"'
    single = sum(len(re.findall(r"(?:^|[;,\t|])'[^']*'(?=$|[;,\t|])", line)) for line in lines)
    return "'" if single >= max(2, len(lines)) else '"'


def _delimiter(lines: list[str], quote: str, least: float) -> str | None:
    # Quoted cells go, also those over several lines, and one that does not end in the sample.
    edge = r"(?:^|(?<=[;,\t|\n]))[ ]*"
    quoted = re.compile(
        f"{edge}{quote}(?:[^{quote}]|{quote}{quote})*+(?:{quote}|\\Z)", re.MULTILINE
    )
    bare = [line for line in quoted.sub("", "\n".join(lines)).split("\n") if line.strip()]
    rated = {delimiter: _consistency(bare, delimiter, least) for delimiter in DELIMITERS}
    best = max(rated, key=lambda delimiter: rated[delimiter])
    return best if rated[best] > 0 else None


def _consistency(lines: list[str], delimiter: str, least: float) -> float:
    """How steady the number of delimiters a line is; zero when they are rare or too unsteady."""
    counts = [count for line in lines if (count := line.count(delimiter))]
    if not counts or len(counts) < 0.4 * len(lines):
        return 0.0
    usual, times = Counter(counts).most_common(1)[0]
    if times < least * len(lines):
        return 0.0
    return times / len(lines) * (1 + min(usual, 20) / 10) + len(counts) / len(lines) / 10


def _check_single_column(lines: list[str], shown: str, is_named_table: bool) -> None:
    filled = [line for line in lines if line.strip()]
    words = median([len(line.split()) for line in filled]) if filled else 0
    if is_named_table and words <= 6:
        return
    raise UnreadableFile(
        shown,
        "no_table",
        "The text holds no table: no delimiter (comma, semicolon, tab or |) comes back on its"
        " lines.",
        "Export it as CSV with a line of column names, or as Excel.",
    )
