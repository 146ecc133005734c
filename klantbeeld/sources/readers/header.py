"""Where the header of a grid of cells is, and which lines around the data are not data."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

from klantbeeld.sources.readers.table import column_names
from klantbeeld.sources.recognise.headings import is_heading

Row = Sequence[object]
LOOK = 60  # rows within which a header is looked for
_NUMBER = re.compile(r"[-+]?[€$£]?\s?\d[\d.,\s]*%?")
_VALUE = re.compile(
    r"[^@\s]+@[^@\s]+\.\w+|\d{4}\s?[A-Za-z]{2}|[-+(]?\+?\d[\d\s().-]{6,}|[A-Z]{2}\d{2}[A-Z0-9 ]{8,}"
    r"|\d{1,4}[-/. ]\d{1,2}[-/. ]\d{1,4}(?:[ T].*)?|(?:ja|nee|yes|no|true|false|null)|https?://.*",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    r"\W*(?:(?:eind|sub|grand|generaal|algemeen)[\s-]*)?(?:totaal|totalen|total|totals|som)\b"
    r"(?:\s+\w+){0,3}[\s:=]*[\d.,]*\s*",
    re.IGNORECASE,
)
_FOOTER = re.compile(
    r"\W*(?:bron|source|gegenereerd|generated|einde|end of|afgedrukt|printed|geprint|export(?:ed)?"
    r"|geëxporteerd|aantal (?:rijen|regels|records|klanten)|rows?|records?|pagina|page|datum|"
    r"filter|\(?\d+ rows? affected|\d+ (?:rijen|records|regels))\b.*",
    re.IGNORECASE | re.DOTALL,
)
# What an extra row may begin with, for a quick look over many rows.
EXTRA_ROW = re.compile(
    r"(?i)^\W*(eind|sub|grand|generaal|algemeen|totaal|total|som\b|bron|source|gegenereerd"
    r"|generated|end of|afgedrukt|printed|geprint|export|geëxporteerd|aantal|rows?\b|records?\b"
    r"|pagina|page|datum|filter|\d+ (rijen|records|regels|rows))"
)


@dataclass(frozen=True)
class Header:
    """`at` is the header's place among the rows looked at, or None when there is none."""

    at: int | None
    columns: tuple[str, ...]
    title: tuple[str, ...] = ()
    group_at: int | None = None
    notes: list[tuple[str, str]] = field(default_factory=list)

    @property
    def first_data(self) -> int:
        return 0 if self.at is None else self.at + 1


def text_of(cell: object) -> str:
    return "" if cell is None else str(cell).strip("\ufeff \t\r\n\xa0")


def _filled(row: Row) -> int:
    return sum(1 for cell in row if text_of(cell))


def _is_value(cell: object) -> bool:
    text = text_of(cell)
    if not isinstance(cell, str) or len(text) > 80:
        return True
    return bool(_NUMBER.fullmatch(text) or _VALUE.fullmatch(text)) and not is_heading(text)


def find_header(
    rows: Sequence[Row], merged: Sequence[tuple[int, int, int]] = (), is_ragged: bool = False
) -> Header:
    """The header of a grid, of which `rows` are the first.

    `merged` holds the merged cells as (row, first column, last column). In a ragged grid the
    header is as wide as its own line, in another as the widest row. A header is the first row
    about as wide as the data in which text stands that is no value: known headings, or text over
    columns of numbers, dates and the like. Narrower rows before it are the title.
    """
    head = rows[:LOOK]
    typical = _typical_width(head)
    at = _header_row(head, typical)
    if at is None:
        first = next((i for i, row in enumerate(head) if _is_wide(row, typical)), 0)
        width = _width(head[first:])
        return Header(None, column_names([""] * width), _title(head[:first]))
    group = _group_row(head, at, merged)
    names = _names(head[at : at + 1] if is_ragged else head[at:], head, group, merged)
    title = _title(head[: at if group is None else group])
    return Header(at, names, title, group)


def _typical_width(rows: Sequence[Row]) -> float:
    counts = [count for row in rows if (count := _filled(row)) > 1]
    return median(counts) if counts else 1


def _is_wide(row: Row, typical: float) -> bool:
    return _filled(row) >= (max(2, 0.5 * typical) if typical > 1 else 1)


def _width(rows: Sequence[Row]) -> int:
    """Columns in use: the last column that is filled in any row."""
    used = [max((i + 1 for i, cell in enumerate(row) if text_of(cell)), default=0) for row in rows]
    return max(used, default=0)


def _title(rows: Sequence[Row]) -> tuple[str, ...]:
    return tuple(text for row in rows if (text := " ".join(filter(None, map(text_of, row)))))


def _header_row(rows: Sequence[Row], typical: float) -> int | None:
    for at, row in enumerate(rows):
        if not _is_wide(row, typical):
            continue
        if not _looks_like_header(rows, at):
            return None
        below = at + 1
        # A row of group captions stands above the real header.
        if below < len(rows) and _is_better_header(row, rows[below]):
            return below
        return at
    return None


def _share_known(row: Row) -> float:
    cells = [text for cell in row if (text := text_of(cell))]
    return sum(map(is_heading, cells)) / len(cells) if cells else 0.0


def _is_better_header(row: Row, below: Row) -> bool:
    if _filled(below) <= _filled(row) or any(_is_value(c) for c in below if text_of(c)):
        return False
    return _share_known(below) >= max(0.3, _share_known(row))


def _looks_like_header(rows: Sequence[Row], at: int) -> bool:
    cells = [cell for cell in rows[at] if text_of(cell)]
    known = _share_known(rows[at])
    values = sum(map(_is_value, cells)) / len(cells)
    if known >= 0.5 or (known >= 0.25 and values <= 0.5):
        return True
    if values > 0.2:
        return False
    texts = [text_of(cell).casefold() for cell in cells]
    if len(set(texts)) < 0.7 * len(texts):
        return False
    return _differs_from_below(rows, at)


def _differs_from_below(rows: Sequence[Row], at: int) -> bool:
    """Text above numbers speaks for a header, the same value further down against it."""
    for_it = against = 0
    for position, cell in enumerate(rows[at]):
        text = text_of(cell)
        below = [row[position] for row in rows[at + 1 :] if position < len(row)]
        below = [value for value in below if text_of(value)]
        if not text or not below:
            continue
        if any(text_of(value) == text for value in below):
            against += 1
        elif sum(map(_is_value, below)) >= 0.6 * len(below):
            for_it += 1
    return for_it >= against


def _group_row(rows: Sequence[Row], at: int, merged: Sequence[tuple[int, int, int]]) -> int | None:
    if at == 0:
        return None
    above = rows[at - 1]
    filled = _filled(above)
    spans = any(row == at - 1 and last > first for row, first, last in merged)
    if filled < 2 or any(_is_value(cell) for cell in above if text_of(cell)):
        return None
    return at - 1 if spans or filled < _filled(rows[at]) else None


def _names(
    grid: Sequence[Row],
    head: Sequence[Row],
    group: int | None,
    merged: Sequence[tuple[int, int, int]],
) -> tuple[str, ...]:
    """Column names from the first row of `grid`, under the captions of the row `group`."""
    width = max(_width(grid), len(grid[0]) if len(grid) == 1 else 0)
    own = [text_of(cell) for cell in grid[0]][:width]
    own += [""] * (width - len(own))
    if group is None:
        return column_names(own)
    captions = _captions(head[group], group, width, merged)
    joined = []
    for caption, name in zip(captions, own, strict=True):
        is_same = caption.casefold() == name.casefold()
        joined.append(
            f"{caption} / {name}" if caption and name and not is_same else name or caption
        )
    return column_names(joined)


def _captions(row: Row, at: int, width: int, merged: Sequence[tuple[int, int, int]]) -> list[str]:
    """The caption above each column: over its merged cells, or up to the next caption."""
    own = [text_of(cell) for cell in row][:width]
    own += [""] * (width - len(own))
    spans = {first: last for line, first, last in merged if line == at}
    if not spans and not merged:
        for position in range(1, width):
            own[position] = own[position] or own[position - 1]
        return own
    for first, last in spans.items():
        for position in range(first, min(last + 1, width)):
            own[position] = own[first]
    return own


def extra_row_reason(cells: Sequence[object], header: Sequence[str]) -> str | None:
    """Why a row of the grid is no data: the header again, totals, or a remark; else None."""
    texts = [text_of(cell) for cell in cells]
    filled = [text for text in texts if text]
    if not filled:
        return None
    if sum(t.casefold() == h.casefold() for t, h in zip(texts, header, strict=False) if t) >= max(
        1, 0.8 * len(filled)
    ) and len(filled) >= min(2, len(header)):
        return "repeated_header"
    if len(header) < 3 or len(filled) == len(header):
        return None
    if _TOTAL.fullmatch(filled[0]) and all(map(_NUMBER.fullmatch, filled[1:])):
        return "total_row"
    if len(filled) == 1 and _FOOTER.fullmatch(filled[0]):
        return "footer_row"
    return None


def decimal_sign(cells: Sequence[str]) -> str | None:
    """',' or '.', whichever stands before the last one or two digits of most amounts."""
    found = Counter(
        match.group(1) for cell in cells if (match := _AMOUNT.fullmatch(cell.strip()))
    )  # fmt: skip
    best = found.most_common(1)
    return best[0][0] if best else None


_AMOUNT = re.compile(r"[-+]?[€$£]?\s?(?:\d{1,3}(?:[., ]\d{3})+|\d+)([.,])\d{1,2}\s?(?:€|EUR|%)?")
