"""What an import did, for people and for machines."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from klantbeeld.core.models import Delivery
from klantbeeld.pipeline.past_term import REPORTED
from klantbeeld.pipeline.writing import COUNTS
from klantbeeld.privacy.tables import Sighting
from klantbeeld.sources.errors import UnreadableFile
from klantbeeld.sources.tables import Mapping

# The delivery's report tells under this name how many documents nobody could look into.
NOT_LOOKED_INTO = "documents_unread"


@dataclass(frozen=True)
class ColumnReport:
    """What a column was taken for; an empty role is none. `samples` are values out of the file."""

    column: str
    role: str
    confidence: float = 0.0
    format: str = ""
    decimal: str = ""
    samples: tuple[str, ...] = ()


@dataclass
class TableReport:
    """One table: what it holds and what became of its columns (`columns`: of a dry run only)."""

    name: str
    path: str
    source: str
    holds: str
    rows: int
    confidence: float
    mapped: dict[str, str]
    unmapped: tuple[str, ...]
    notes: tuple[str, ...] = ()
    columns: tuple[ColumnReport, ...] = ()
    # Special data that was taken out of it.
    special: tuple[Sighting, ...] = ()


@dataclass
class ImportReport:
    """The outcome of an import: counts over all deliveries, tables, files that failed.

    `deliveries` are the numbers that can be taken back; `files` has the name of each.
    `mappings` are those that the tables were read by, by source.
    """

    tables: list[TableReport] = field(default_factory=list)
    deliveries: list[int] = field(default_factory=list)
    files: dict[int, str] = field(default_factory=dict)
    mappings: dict[str, Mapping] = field(default_factory=dict)
    unreadable: list[UnreadableFile] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COUNTS, 0))
    rows_without_customer: int = 0
    # Of those suppressed: behaviour that is past its term.
    rows_past_term: int = 0
    # Kept without anybody having looked for special data in them: pictures, locked files.
    documents_unread: int = 0
    records: int = 0
    interactions: int = 0
    customers: int = 0
    seconds: float = 0.0
    is_dry_run: bool = False

    def add(self, delivery: Delivery) -> None:
        """Count a delivery in."""
        self.deliveries.append(delivery.pk)
        self.files[delivery.pk] = delivery.name
        for name in COUNTS:
            self.counts[name] += getattr(delivery, name)
        self.rows_without_customer += delivery.report.get("without_customer", 0)
        self.rows_past_term += delivery.report.get(REPORTED, 0)
        self.documents_unread += delivery.report.get(NOT_LOOKED_INTO, 0)

    def as_json(self) -> dict[str, Any]:
        """The last line of `import --json`."""
        return {
            **self.counts,
            "rows_without_customer": self.rows_without_customer,
            "rows_past_term": self.rows_past_term,
            "documents_unread": self.documents_unread,
            "records": self.records,
            "interactions": self.interactions,
            "customers": self.customers,
            "seconds": round(self.seconds, 3),
            "deliveries": self.deliveries,
            "unreadable": [
                {"path": u.path, "code": u.code, "message": u.message, "advice": u.advice}
                for u in self.unreadable
            ],
            "tables": [
                {
                    "table": t.name, "path": t.path, "source": t.source, "holds": t.holds,
                    "rows": t.rows, "unmapped": list(t.unmapped),
                    **({"special": [asdict(s) for s in t.special]} if t.special else {}),
                    **({"columns": [asdict(c) for c in t.columns]} if t.columns else {}),
                }
                for t in self.tables
            ],
            "dry_run": self.is_dry_run,
        }  # fmt: skip
