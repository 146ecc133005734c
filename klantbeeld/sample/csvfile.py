"""CSV files as the systems of the company export them."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Sequence
from pathlib import Path


def western(text: str) -> str:
    """The text in what Windows-1252 can hold: 'Ayşe Yılmaz' → 'Ayse Yilmaz', 'ë' stays."""
    try:
        text.encode("cp1252")
        return text
    except UnicodeEncodeError:
        folded = text.replace("ı", "i").replace("ł", "l").replace("Ł", "L")
        signs = (_western_sign(sign) for sign in folded)
        return "".join(signs)


def _western_sign(sign: str) -> str:
    try:
        sign.encode("cp1252")
        return sign
    except UnicodeEncodeError:
        bare = unicodedata.normalize("NFKD", sign).encode("ascii", "ignore").decode()
        return bare or "?"


class CsvFile:
    """Collects lines; `line` is the number of the last one written, the header being 1."""

    def __init__(self, delimiter: str = ";", encoding: str = "utf-8") -> None:
        self._delimiter = delimiter
        self._encoding = encoding
        self._text = io.StringIO(newline="")
        self._writer = csv.writer(self._text, delimiter=delimiter)
        self.line = 0

    def add(self, cells: Sequence[object]) -> int:
        """Writes one row and returns its number (rows count, not physical lines)."""
        self._writer.writerow(cells)
        self.line += 1
        return self.line

    def add_text(self, block: str, lines: int) -> None:
        """Adds rows that are already written out, `lines` of them."""
        self._text.write(block)
        self.line += lines

    def save(self, path: Path) -> None:
        text = self._text.getvalue()
        if self._encoding == "cp1252":
            text = western(text)
        path.write_bytes(text.encode(self._encoding))


def euros(cents: int, thousands: str = ".") -> str:
    """Dutch notation: 123456 → '1.234,56'."""
    whole, rest = divmod(abs(cents), 100)
    grouped = f"{whole:,}".replace(",", thousands)
    return f"{'-' if cents < 0 else ''}{grouped},{rest:02d}"
