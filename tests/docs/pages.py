"""The documentation as the tests read it: pages, their tables, links and headings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
_LINK = re.compile(r"(!?)\[[^\]]*\]\(([^)\s]+)\)")
_FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def pages() -> list[Path]:
    """Every page for people."""
    return [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted(DOCS.glob("*.md"))]


@cache
def text(page: Path) -> str:
    """A page whole."""
    return page.read_text(encoding="utf-8")


def prose(page: Path) -> str:
    """A page without its blocks of code."""
    return _FENCE.sub("", text(page))


def links(page: Path) -> list[str]:
    """Targets of links and pictures on a page."""
    return [target for _, target in _LINK.findall(prose(page))]


def anchors(page: Path) -> set[str]:
    """What can stand after # in a link to the page, as forges make it of headings."""
    headings = re.findall(r"^#+ (.+)$", prose(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in headings}


def sections(page: Path, level: int = 2) -> dict[str, str]:
    """Heading to the text below it, down to the next heading of that level."""
    pieces = re.split(rf"^{'#' * level} (.+)$", text(page), flags=re.MULTILINE)
    return dict(zip(pieces[1::2], pieces[2::2], strict=True))


def rows(part: str) -> Iterator[list[str]]:
    """The rows of the tables in a text, cell by cell, without headings and rulers."""
    table: list[list[str]] = []
    for line in [*part.splitlines(), ""]:
        if line.startswith("|"):
            table.append([cell.strip() for cell in line.strip().strip("|").split("|")])
        elif table:
            yield from table[2:]
            table = []


def coded(cell: str) -> list[str]:
    """The words in a cell that are written as code."""
    return re.findall(r"`([^`]+)`", cell)


def first_codes(part: str) -> set[str]:
    """The code words in the first column of the tables in a text."""
    return {word for row in rows(part) for word in coded(row[0])}
