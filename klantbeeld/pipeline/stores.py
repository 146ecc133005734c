"""What the pipeline keeps of a customer: files on their way in, that were not loaded yet.

Such a file hangs on no record. When any row of it is about a customer (see `sources.marks`), or its
name says who it is about, the whole intake goes, as the file is a copy of one that the company has.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from klantbeeld.core.registry import PersonalColumns, Store
from klantbeeld.pipeline import intake_files
from klantbeeld.pipeline.models import Intake
from klantbeeld.sources.tables import Marks, names_them, said_by

PERSONAL = ("files", "edits", "answers", "unreadable")


def _about(records: Sequence[int]) -> list[Intake]:
    marks, people = Marks(records), list(said_by(records))
    return [
        i
        for i in Intake.objects.order_by("pk")
        if _is_named(i, people) or (marks and _tells(i, marks))
    ]


def _is_named(intake: Intake, people: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a file of it is called after them."""
    return any(names_them(text, people) for text in _texts(intake.files))


def _tells(intake: Intake, marks: Marks) -> bool:
    if any(marks.stand_in_text(text) for text in texts_of(intake)):
        return True
    return any(marks.stand_in(rows) for rows in intake_files.rows_of(intake.token))


def texts_of(intake: Intake) -> list[str]:
    """What is told beside the tables: names of files, mended cells, rows that fit no column."""
    folder = intake_files.folder_of(intake.token)
    kept: list[Any] = [getattr(intake, name) for name in PERSONAL]
    # Rows that could not be laid on the columns, or not be used, stand in no table.
    kept += [json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))]
    return list(_texts(kept))


def _texts(value: Any) -> Iterator[str]:
    """Every text in a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping | list):
        for one in value.values() if isinstance(value, Mapping) else value:
            yield from _texts(one)


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
    return {Intake._meta.db_table: forget(_about(records))}


def forget(intakes: Sequence[Intake]) -> int:
    """Forget these files on their way in; their folders go by `destroy`. How many."""
    for intake in intakes:
        blank: dict[str, Any] = {"files": [], "edits": {}, "answers": {}, "unreadable": []}
        if intake.state in WAITING:
            blank |= {"state": Intake.DROPPED, "mappings": []}
        Intake.objects.filter(pk=intake.pk).update(**blank)
    return len(intakes)


WAITING = (Intake.READY, Intake.TRIED, Intake.FAILED, Intake.READING, Intake.TRYING)


def files_of(records: Sequence[int]) -> list[str]:
    """The folders of the files on their way in that tell of these records."""
    return [i.token for i in _about(records) if i.state in WAITING]


def destroy(tokens: Sequence[str]) -> int:
    """Overwrite and remove the folders of intakes that were forgotten; returns how many."""
    held = Intake.objects.filter(token__in=list(tokens)).exclude(state=Intake.DROPPED)
    in_use = set(held.values_list("token", flat=True))
    gone = [token for token in tokens if token not in in_use]
    for token in gone:
        intake_files.remove(token)
    return len(gone)


# Before core's, whose records say what a file can be known by.
STORE = Store(
    room="pipeline", order=15, export=export, erase=erase, files=files_of, destroy=destroy
)

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
