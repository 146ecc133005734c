"""What only the generator knows, as tables: who is who, what each row is, what each is worth."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

TABLES = (
    "persons", "organisations", "subjects", "rows", "files", "flaws", "statements", "products",
    "traps", "lots",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Truth:
    """The truth beside a sample; ids are texts (P000001, O00001, H000001).

    persons, organisations
        One row per party: canonical identity; `is_known` when any file mentions it; orders,
        revenue_cents (orders plus credits, cancelled ones left out), gross_cents (every stored
        order row, whatever its status), last_purchase, complaints, open_complaints, interactions,
        group, is_group_certain (no other reading of the definition gives another group),
        consent_email, consent_phone (granted, denied, unknown; a denial anywhere wins).
    subjects
        file, table, key → person or organisation (with contact and household), is_linkable,
        is_shared.
    rows
        Every row of every file: file, table, row (1-based), key, subject, kind, at (local), person,
        organisation, amount (cents, points or score), verdict, reason.
    files
        Per file and table: rows, stored, duplicate, quarantined, rejected, subjects, interactions.
    flaws
        Values in stored rows that must be flagged: file, table, key, column, raw, problem.
    statements
        What sources say about consent: file, table, subject, channel, is_granted, at.
    products
        Per product: orders, quantity, amount_cents over orders that were not cancelled, net of
        returns, in which all lines count (also sales to people without a name).
    traps
        kind, first, second: parties that must stay apart.
    lots
        Randomised treatments: cause, party ids, treated, chance (of one extra order).
    facts
        seed, size, today, effects, story, mess, survey model.
    """

    persons: pl.DataFrame
    organisations: pl.DataFrame
    subjects: pl.DataFrame
    rows: pl.DataFrame
    files: pl.DataFrame
    flaws: pl.DataFrame
    statements: pl.DataFrame
    products: pl.DataFrame
    traps: pl.DataFrame
    lots: pl.DataFrame
    facts: dict[str, Any]

    @property
    def today(self) -> date:
        return date.fromisoformat(self.facts["today"])

    @property
    def story(self) -> dict[str, Any]:
        """The newsletter story: her ids, and her key in every source."""
        story: dict[str, Any] = self.facts["story"]
        return story

    @property
    def effects(self) -> list[dict[str, Any]]:
        """True effects of campaigns and points actions."""
        effects: list[dict[str, Any]] = self.facts["effects"]
        return effects

    def subject_of(self, file: str, key: str) -> dict[str, Any]:
        """Who is meant by a key in a file. Raises KeyError when the file has no such key."""
        found = self.subjects.filter((pl.col("file") == file) & (pl.col("key") == key))
        if found.is_empty():
            raise KeyError(f"{file} has no customer with key {key!r}")
        return found.row(0, named=True)

    def records_of(self, person: str) -> pl.DataFrame:
        """All keys by which the files mean one person as a private customer."""
        return self.subjects.filter(pl.col("person") == person)

    def history_of(self, person: str) -> pl.DataFrame:
        """The stored rows about one person, by time."""
        mine = (pl.col("person") == person) & (pl.col("verdict") == "stored")
        return self.rows.filter(mine).sort("at", "file", "row")

    def save(self, folder: Path) -> None:
        """Writes one Parquet file per table, and facts.json, into `folder`/truth."""
        place = folder / "truth"
        place.mkdir(parents=True, exist_ok=True)
        for name in TABLES:
            table: pl.DataFrame = getattr(self, name)
            table.write_parquet(place / f"{name}.parquet")
        text = json.dumps(self.facts, ensure_ascii=False, indent=1, default=str)
        (place / "facts.json").write_bytes(text.encode())

    @classmethod
    def load(cls, folder: Path) -> Truth:
        """Reads what `save` wrote; `folder` is the one given to `generate`.

        Raises FileNotFoundError when there is no sample in the folder.
        """
        place = folder / "truth"
        facts = place / "facts.json"
        if not facts.exists():
            raise FileNotFoundError(f"no sample company in {folder}: generate one there first")
        tables = {name: pl.read_parquet(place / f"{name}.parquet") for name in TABLES}
        return cls(**tables, facts=json.loads(facts.read_text("utf-8")))
