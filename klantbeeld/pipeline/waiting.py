"""Files on their way in that tell of a part of a history: they go as those of a whole customer do.

Such a file is a copy of one that the company has, and laid down it is plain to read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import polars as pl

from klantbeeld.pipeline.intake_files import rows_of, staged_parts, tables_of
from klantbeeld.pipeline.models import Intake
from klantbeeld.pipeline.stores import WAITING, texts_of
from klantbeeld.sources.tables import EVENT_NUMBERS, Marks
from klantbeeld.sources.tables import Mapping as SourceMapping
from klantbeeld.timeline.tables import Single

# A cell that says just this tells the event; in a longer text it takes a line of its words.
SHORTEST_CELL, SHORTEST_LINE = 4, 16
# A key of so many figures is a hash of ours: no file tells it.
OWN_HASH = 17
Row = Mapping[str, Any]


def about_event(one: Single, records: Sequence[int], sources: Sequence[str]) -> list[Intake]:
    """Those with the number of an event in its column, of its own sources, or with what it says
    in a row about these records."""
    numbers = {k for k in one.keys if not (k.lstrip("-").isdigit() and len(k) >= OWN_HASH)}
    cells = {_plain(t) for t in (*one.texts, *numbers) if len(_plain(t)) >= SHORTEST_CELL}
    lines = [w for t in one.texts for w in map(_plain, t.splitlines()) if len(w) >= SHORTEST_LINE]

    def tells(row: Row) -> bool:
        said = [_plain(v) for v in row.values() if v is not None]
        return any(v in cells or any(line in v for line in lines) for v in said)

    # Of what says nothing, such as a visit, it is not seen which row it is.
    found = _about(records, tells if cells or lines else lambda row: True)
    named = [i for i in _waiting() if i not in found and _numbers(i, numbers, sources)]
    return [*found, *named]


def about_value(records: Sequence[int], tells: Callable[[str], bool]) -> list[Intake]:
    """Those in which a row about these records tells a value; `tells` has its cells as one text."""
    return _about(records, lambda row: tells(" ".join(str(v) for v in row.values() if v)))


def _waiting() -> Iterable[Intake]:
    return Intake.objects.filter(state__in=WAITING).order_by("pk")


def _about(records: Sequence[int], tells: Callable[[Row], bool]) -> list[Intake]:
    marks = Marks(records)
    return [i for i in _waiting() if _tells(i, marks, tells)] if marks else []


def _tells(intake: Intake, marks: Marks, tells: Callable[[Row], bool]) -> bool:
    texts = texts_of(intake)
    if any(marks.stand_in_text(text) for text in texts) and any(tells({"": t}) for t in texts):
        return True
    return any(tells(row) for rows in rows_of(intake.token) for row in marks.rows_in(rows))


def _numbers(intake: Intake, numbers: set[str], sources: Sequence[str]) -> bool:
    """Whether one of these numbers stands in the column of numbers of one of these sources."""
    tables = tables_of(intake.token)
    if len(tables) != len(intake.mappings):
        return False
    of_table = {
        n: [c for m in SourceMapping.load(text).tables for c, r in m.roles().items()
            if r in EVENT_NUMBERS]
        for n, (table, text) in enumerate(zip(tables, intake.mappings, strict=True))
        if table.source in sources
    }  # fmt: skip
    for part in staged_parts(intake.token):
        table, columns = pl.scan_parquet(part), of_table.get(int(part.parent.name), [])
        held = set(table.collect_schema().names())
        texts = [pl.col(c).cast(pl.String, strict=False).str.strip_chars()
                 for c in columns if c in held]  # fmt: skip
        met = [t.is_in(sorted(numbers)) for t in texts]
        if met and len(table.filter(pl.any_horizontal(met)).head(1).collect()):
            return True
    return False


def _plain(value: Any) -> str:
    return " ".join(str(value).split()).casefold()
