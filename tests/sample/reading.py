"""Readers of the sample files that know nothing of the generator."""

from __future__ import annotations

import csv
import email.parser
import email.policy
import json
import mailbox
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from email.message import EmailMessage
from functools import cached_property
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl

from klantbeeld.sample import Truth


@dataclass
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

    def dicts(
        self, name: str, encoding: str = "utf-8-sig", delimiter: str = ";"
    ) -> list[dict[str, str]]:
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
            return list(database.execute(sql))

    def json(self, name: str) -> Any:
        return json.loads((self.data / name).read_text("utf-8"))

    def lines(self, name: str) -> list[str]:
        return (self.data / name).read_text("utf-8").splitlines()

    def counts(self, file: str, table: str) -> dict[str, Any]:
        """What the truth says about the rows of one table."""
        for row in self.truth.files.iter_rows(named=True):
            if (row["file"], row["table"]) == (file, table):
                return row
        raise KeyError(f"{file}/{table}")

    def members(self, table: str) -> dict[str, str]:
        """Key → person of a table."""
        mine = self.truth.subjects.filter(pl.col("table") == table)
        return dict(mine.select("key", "person").drop_nulls().iter_rows())

    @cached_property
    def mails(self) -> list[EmailMessage]:
        """All messages of the service mailbox."""
        box = mailbox.mbox(self.data / "servicemail.mbox", create=False)
        parser = email.parser.BytesParser(policy=email.policy.default)
        messages = [parser.parsebytes(box.get_bytes(key)) for key in box.iterkeys()]
        box.close()
        return [one for one in messages if isinstance(one, EmailMessage)]
