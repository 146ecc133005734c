"""Tables of web pages and of Excel's XML: what many programs call '.xls'."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import lxml.etree  # type: ignore[import-untyped]
import lxml.html  # type: ignore[import-untyped]

from klantbeeld.sources.errors import UnreadableFile
from klantbeeld.sources.readers.content import Content
from klantbeeld.sources.readers.encoding import whole_text
from klantbeeld.sources.readers.grid import Grid, grid_table
from klantbeeld.sources.readers.table import Note, Table

_XML = "{urn:schemas-microsoft-com:office:spreadsheet}"


def html_tables(content: Content) -> Iterator[Table]:
    """A table for each <table> with more than one row that has no table inside it."""
    text, encoding = whole_text(content)
    try:
        page = lxml.html.fromstring(text.encode(), parser=lxml.html.HTMLParser(encoding="utf-8"))
    except lxml.etree.LxmlError:
        raise no_table(content) from None
    found = 0
    for element in page.iter("table"):
        rows = _html_rows(element)
        if element.find(".//table") is not None or len(rows) < 2:
            continue
        name = content.stem if found == 0 else f"{content.stem} {found + 1}"
        table = grid_table(_grid(name, content, rows), _details("html", encoding))
        if table is not None:
            found += 1
            yield table
    if not found:
        raise no_table(content)


def _grid(name: str, content: Content, rows: list[list[str]]) -> Grid:
    return Grid(name, content.shown, lambda: iter(rows))


def _details(kind: str, encoding: str) -> dict[str, object]:
    return {"format": kind, "encoding": encoding, "notes": list[Note]()}


def no_table(content: Content) -> UnreadableFile:
    return UnreadableFile(
        content.shown,
        "no_table",
        "The page holds no table with rows.",
        "Export the data as CSV or Excel.",
    )


def _html_rows(table: Any) -> list[list[str]]:
    """Cells by row; a cell over several rows or columns stands in its first column of each row."""
    rows: list[list[str]] = []
    spanning: dict[int, tuple[int, str]] = {}
    for line in table.iter("tr"):
        row: list[str] = []
        for cell in line:
            if cell.tag not in ("td", "th"):
                continue
            _fill_spanning(row, spanning)
            text = " ".join("".join(cell.itertext()).split())
            width, height = _span(cell, "colspan"), _span(cell, "rowspan")
            if height > 1:
                spanning[len(row)] = (height - 1, text)
            row += [text, *[""] * (width - 1)]
        _fill_spanning(row, spanning)
        rows.append(row)
    return rows


def _fill_spanning(row: list[str], spanning: dict[int, tuple[int, str]]) -> None:
    while len(row) in spanning:
        left, text = spanning.pop(len(row))
        if left > 1:
            spanning[len(row)] = (left - 1, text)
        row.append(text)


def _span(cell: Any, name: str) -> int:
    value = (cell.get(name) or "1").strip()
    return min(max(int(value), 1), 1000) if value.isdecimal() else 1


def spreadsheet_xml_tables(content: Content) -> Iterator[Table]:
    """A table for each worksheet of an 'XML Spreadsheet 2003'."""
    parser = lxml.etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    root = lxml.etree.fromstring(content.read(), parser=parser)
    if root is None:
        raise no_table(content)
    found = False
    for sheet in root.iter(f"{_XML}Worksheet"):
        rows = [_xml_row(row) for row in sheet.iter(f"{_XML}Row")]
        name = sheet.get(f"{_XML}Name") or content.stem
        table = grid_table(_grid(name, content, rows), _details("spreadsheet_xml", "UTF-8"))
        if table is not None:
            found = True
            yield table
    if not found:
        raise no_table(content)


def _xml_row(row: Any) -> list[str]:
    cells: list[str] = []
    for cell in row.iter(f"{_XML}Cell"):
        place = int(cell.get(f"{_XML}Index") or len(cells) + 1)
        cells += [""] * (min(place, 20_000) - 1 - len(cells))
        data = cell.find(f"{_XML}Data")
        text = "" if data is None else "".join(data.itertext())
        is_date = data is not None and data.get(f"{_XML}Type") == "DateTime"
        cells.append(text.removesuffix("T00:00:00.000") if is_date else text)
    return cells
