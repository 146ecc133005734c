"""One small sample for all tests here, and readers that know nothing of the generator."""

from __future__ import annotations

import csv
import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from klantbeeld.sample import Truth, generate


@dataclass(frozen=True)
class Sample:
    folder: Path
    truth: Truth

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def csv(self, name: str, encoding: str = "utf-8-sig", delimiter: str = ";") -> list[list[str]]:
        """All rows, header included."""
        with (self.data / name).open(encoding=encoding, newline="") as file:
            return list(csv.reader(file, delimiter=delimiter))

    def dicts(self, name: str, encoding: str = "utf-8-sig", delimiter: str = ";") -> list[Any]:
        """Rows by header; ragged ones left out."""
        header, *rows = self.csv(name, encoding, delimiter)
        return [dict(zip(header, row, strict=True)) for row in rows if len(row) == len(header)]

    def sheet(self, name: str, sheet: str, header_row: int) -> list[dict[str, Any]]:
        """Rows of a sheet by header, empty rows left out."""
        book = openpyxl.load_workbook(self.data / name, read_only=True)
        rows = list(book[sheet].iter_rows(values_only=True))
        header = [str(cell) for cell in rows[header_row - 1]]
        return [
            dict(zip(header, row, strict=False))
            for row in rows[header_row:]
            if any(cell is not None for cell in row)
        ]

    def query(self, sql: str) -> list[Any]:
        with closing(sqlite3.connect(self.data / "webshop.sqlite")) as database:
            return database.execute(sql).fetchall()

    def json(self, name: str) -> Any:
        return json.loads((self.data / name).read_text("utf-8"))

    def lines(self, name: str) -> list[str]:
        return (self.data / name).read_text("utf-8").splitlines()

    def counts(self, file: str, table: str) -> dict[str, int]:
        """What the truth says about the rows of one table."""
        for row in self.truth.files.iter_rows(named=True):
            if (row["file"], row["table"]) == (file, table):
                return row
        raise KeyError(f"{file}/{table}")


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    folder = tmp_path_factory.mktemp("sample")
    return Sample(folder, generate(folder, "small"))
