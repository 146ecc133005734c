"""What the pipeline keeps of a customer: files on their way in, that were not loaded yet.

Such a file hangs on no record. It is about a customer when an identifier of theirs stands in one of
its cells; then the whole intake goes, as the file is a copy of one that the company has.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import polars as pl

from klantbeeld.core.models import Record, RecordVersion
from klantbeeld.core.registry import PersonalColumns, Store
from klantbeeld.pipeline import intake_files
from klantbeeld.pipeline.models import Intake

_IDENTIFIERS = (
    "email", "email_2", "phone", "mobile", "iban", "customer_number", "login", "loyalty_number",
    "social_handle",
)  # fmt: skip
_SHORTEST = 5
PERSONAL = ("files", "edits", "answers", "unreadable")


def _marks(records: Sequence[int]) -> list[str]:
    """What these records can be known by, in small letters, as delivered and in standard form."""
    found: set[str] = set()
    for said in _said(records):
        for name in _IDENTIFIERS:
            text = str(said.get(name) or "").strip().lower()
            if len(text) >= _SHORTEST:
                found.add(text)
    return sorted(found)


def _said(records: Sequence[int]) -> Iterator[Mapping[str, Any]]:
    yield from Record.objects.filter(pk__in=records).values_list("data", flat=True)
    versions = RecordVersion.objects.filter(record__in=records)
    for data, raw in versions.values_list("data", "raw"):
        yield from (data, raw)


def _about(records: Sequence[int]) -> list[Intake]:
    marks = _marks(records)
    if not marks:
        return []
    return [i for i in Intake.objects.order_by("pk") if _tells(i, marks)]


def _tells(intake: Intake, marks: Sequence[str]) -> bool:
    kept = json.dumps([getattr(intake, name) for name in PERSONAL], ensure_ascii=False).lower()
    return any(mark in kept for mark in marks) or any(
        _stands_in(part, marks)
        for part in sorted(intake_files.folder_of(intake.token).glob("staged/*/*.parquet"))
    )


def _stands_in(part: Any, marks: Sequence[str]) -> bool:
    texts = pl.scan_parquet(part).select(pl.all().cast(pl.String, strict=False))
    found = texts.select(
        pl.any_horizontal(pl.all().str.contains_any(list(marks), ascii_case_insensitive=True).any())
    )
    return bool(found.collect().item())


def export(records: Sequence[int]) -> Mapping[str, list[dict[str, Any]]]:
    """Files on their way in that tell of these records."""
    return {
        "coming_in": [
            {"at": i.created_at, **{name: getattr(i, name) for name in PERSONAL}}
            for i in _about(records)
        ]
    }


def erase(records: Sequence[int]) -> Mapping[str, int]:
    """Forget the files that tell of these records; those being loaded meet the tombstones."""
    gone = 0
    for intake in _about(records):
        blank: dict[str, Any] = {"files": [], "edits": {}, "answers": {}, "unreadable": []}
        if intake.state in (Intake.READY, Intake.TRIED, Intake.FAILED, Intake.READING,
                            Intake.TRYING):  # fmt: skip
            blank |= {"state": Intake.DROPPED, "mappings": []}
            intake_files.remove(intake.token)
        Intake.objects.filter(pk=intake.pk).update(**blank)
        gone += 1
    return {Intake._meta.db_table: gone}


# Before core's, whose records say what a file can be known by.
STORE = Store(room="pipeline", order=15, export=export, erase=erase)

COLUMNS = (
    PersonalColumns(
        Intake._meta.db_table,
        frozenset({"actor", *PERSONAL}),
        frozenset(
            {"token", "state", "mappings", "progress", "trial", "result", "problem", "failed_in",
             "deliveries"}
        ),
    ),
)  # fmt: skip
