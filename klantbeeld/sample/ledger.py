"""Notes, while a file is written, what its rows truly are; the truth is made of these notes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

import polars as pl

NOBODY = -1

# What ought to become of a row.
STORED = "stored"  # also when one of its values is flagged as invalid
DUPLICATE = "duplicate"  # the very row again, under the same key
QUARANTINED = "quarantined"  # a value that the row cannot do without is impossible
REJECTED = "rejected"  # not a row of the table: ragged, a total, not JSON

ROW_SCHEMA: dict[str, pl.DataType] = {
    "row": pl.Int64(),
    "key": pl.String(),
    "subject": pl.String(),
    "kind": pl.String(),
    "at": pl.Datetime("us"),
    "party": pl.Int64(),
    "amount": pl.Int64(),
    "verdict": pl.String(),
    "reason": pl.String(),
}


class Row(NamedTuple):
    """One row of a file. `row` is its 1-based position (line, Excel row, rowid, index);
    `subject` the key by which the file calls the customer; `amount` in cents or points."""

    row: int
    key: str
    subject: str
    kind: str
    at: datetime | None
    party: int
    amount: int | None = None
    verdict: str = STORED
    reason: str = ""


class Subject(NamedTuple):
    """A customer as one table calls it; `contact` is the person who speaks for an organisation."""

    key: str
    party: int
    contact: int = NOBODY
    # Nothing in the row or file could lead to the customer (a device without log-in).
    is_linkable: bool = True
    # Several parties use this very key (the mailbox of a family).
    is_shared: bool = False


class Flaw(NamedTuple):
    """A value in a stored row that must be flagged and never used for matching."""

    key: str
    column: str
    raw: str
    problem: str


class Statement(NamedTuple):
    """What a source says about the consent of a customer."""

    subject: str
    party: int
    channel: str
    is_granted: bool
    at: datetime | None


@dataclass(slots=True)
class Ledger:
    """The notes on one table of one file."""

    file: str
    table: str
    rows: list[Row] = field(default_factory=list)
    bulk: list[pl.DataFrame] = field(default_factory=list)
    subjects: dict[str, Subject] = field(default_factory=dict)
    flaws: list[Flaw] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    mess: Counter[str] = field(default_factory=Counter)

    def know(self, subject: Subject) -> None:
        """Adds a subject; the first mention of a key counts, a second party makes it shared."""
        known = self.subjects.setdefault(subject.key, subject)
        if known.party != subject.party:
            self.subjects[subject.key] = known._replace(is_shared=True)

    def frame(self) -> pl.DataFrame:
        """All rows with file and table."""
        own = pl.DataFrame(self.rows, schema=ROW_SCHEMA, orient="row")
        schema = pl.Schema(ROW_SCHEMA)
        parts = [own, *(part.select(*ROW_SCHEMA).cast(schema) for part in self.bulk)]
        return pl.concat(parts).with_columns(
            pl.lit(self.file).alias("file"), pl.lit(self.table).alias("table")
        )
