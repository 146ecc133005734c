"""Special data is taken out of a delivered table before anything of it is laid down.

A column of numbers speaks as a whole, so it is decided over many rows at once and then applied
block by block: of a column that is a BSN every cell goes, of texts only the characters. What may
be kept at all is sealed in memory; nothing is ever written in plain.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from klantbeeld.core import sealing
from klantbeeld.pipeline.naming import Apart, before_endings, mask_name
from klantbeeld.privacy.tables import WHOLE_CELLS, Sighting, SpecialPlan
from klantbeeld.quality.tables import (
    LEGAL,
    MASK,
    Certainty,
    ColumnFinding,
    Kind,
    guarded_column,
    masked,
    names_column,
    special_cells,
    topic_column,
    topic_of_heading,
    worth_reading,
)
from klantbeeld.sources.tables import ROW, Reject

# What people wrote down as they liked: topics are looked for there, and only there.
FREE_ROLES = frozenset(
    {"note", "wish", "body", "subject", "text", "answer", "cause", "resolution", "search_term",
     "tags", "question"}
)  # fmt: skip
# Columns of which nothing is known but what stands in them.
OPEN_ROLES = frozenset({"", "keep", "ignore"})
SENTENCE = r"\p{L}+\W+\p{L}+\W+\p{L}+"
SENTENCES = 0.2
NEARLY_ALL = 0.8
# Of a number that is decided for a column every cell with so many digits goes, mistyped or not.
DIGITS = r"\d(?:\D{0,2}\d){5}"
# A heading that says it, for a column that was decided before or over other rows.
SAID = {
    "bsn": "BSN", "old_vat": "BTW-nummer", "card": "creditcard", "driving_licence": "rijbewijs",
    "identity_document": "paspoort", "health_insurance": "zorgpolis",
    "national_number": "rijksregisternummer",
}  # fmt: skip
MOST_RUNS = 1_000
LOOKED_AT = 2_000
SMALLEST = 1_000_000
SHORT_WORDS = r"(?i)^(?:ja|nee|geen|n\.?v\.?t\.?|yes|no|none|n/?a|onbekend|unknown|[-.?]+)$"
Roles = Mapping[str, str]


@dataclass
class _Column:
    """What was decided of a column. is_whole: every cell, not only those that fit."""

    kind: Kind
    certainty: int
    reason: str
    is_whole: bool
    is_mixed: bool = False


@dataclass
class _Tally:
    certainty: int = 0
    reason: str = ""
    is_column: bool = False
    rows: list[int] = field(default_factory=list)


@dataclass
class Guard:
    """Looks after one table while it is read. `understand` gives column to role from a sample.

    headings: column to the number that its heading was; that is a value of the column as well.
    in_names: what was found in the names of the table. After reading: `sightings`, and
    `originals` (`ROW`, column, kinds, treatment, sealed).
    """

    plan: SpecialPlan
    understand: Callable[[pl.DataFrame], Roles]
    headings: Roles = field(default_factory=dict)
    in_names: Sequence[Sighting] = ()
    columns: dict[str, list[_Column]] = field(default_factory=dict)
    texts: dict[str, bool] = field(default_factory=dict)
    files: dict[str, Apart] = field(default_factory=dict)
    names: str = ""
    is_late: bool = False
    _filled: Counter[str] = field(default_factory=Counter)
    _tallies: dict[tuple[str, str], _Tally] = field(default_factory=dict)
    _originals: list[tuple[int, str, str, str, bytes]] = field(default_factory=list)

    def decide(self, head: pl.DataFrame) -> None:
        """Decide every column by `head`: all rows of most tables, the first ones of a long one."""
        roles = self.understand(head)
        self.names = names_column(head.drop(ROW))
        for name in head.columns:
            if name == ROW:
                continue
            role = roles.get(name, "")
            if role == "file_name" and head.schema[name] == pl.String:
                self.files[name] = Apart()
            if head.schema[name] == pl.String:
                self.texts[name] = _is_text(head[name], role)
            self._decide(head, name)
            is_answer = role in OPEN_ROLES and not self.texts.get(name)
            if is_answer or (role in FREE_ROLES and topic_of_heading(name)):
                self._decide_topic(head[name])

    def _decide(self, frame: pl.DataFrame, name: str) -> bool:
        """Look whether a column holds a guarded number; says whether something new was found."""
        column = frame[name]
        if not _may_hold_numbers(column):
            return False
        names = frame[self.names] if self.names and self.names != name else None
        if name in self.headings:
            first = pl.Series([self.headings[name]], dtype=pl.String)
            column = first.append(column.cast(pl.String)).alias(name)
            names = None if names is None else pl.Series([None], dtype=names.dtype).append(names)
        found = guarded_column(column, name, names)
        known = {k for c, k in self.plan.known if c == name} - {f.kind.value for f in found}
        for kind in sorted(known & SAID.keys()):
            found += [f for f in guarded_column(column, SAID[kind], names) if f.kind == kind]
        is_mixed = any(f.kind == Kind.RSIN for f in found)
        fresh = [_decided(f, is_mixed) for f in found if self._treatment(name, f.kind) != "allow"]
        self.columns.setdefault(name, []).extend(fresh)
        return bool(fresh)

    def _decide_topic(self, column: pl.Series) -> None:
        found = topic_column(column, column.name)
        if found is None or self._treatment(column.name, found.kind) == "allow":
            return
        is_whole = topic_of_heading(column.name) == found.kind
        decided = _Column(found.kind, int(found.certainty), found.reason, is_whole)
        self.columns.setdefault(column.name, []).append(decided)

    def _treatment(self, column: str, kind: str) -> str:
        if (column, kind) in self.plan.cleared:
            return "allow"
        return self.plan.treatments[kind]

    def clean(self, frame: pl.DataFrame, *, is_later: bool = False) -> pl.DataFrame:
        """The rows without special data; what was taken out is noted.

        `is_later`: rows that were not among those that the columns were decided by.
        """
        for name in frame.columns:
            if name == ROW:
                continue
            self._filled[name] += len(frame) - frame[name].null_count()
            if is_later and not self.columns.get(name) and self._turns_out(frame, name):
                self.is_late = True
            for decided in self.columns.get(name, ()):
                frame = self._without_cells(frame, name, decided)
            if name in self.files:
                frame = self._without_numbers(frame, name)
            if name in self.texts:
                frame = self._without_words(frame, name)
        return frame

    def _turns_out(self, frame: pl.DataFrame, name: str) -> bool:
        """Whether later rows tell that a column is special after all: by every so many of them."""
        some = frame.gather_every(max(1, len(frame) // LOOKED_AT))
        return self._decide(some, name)

    def again(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Rows that were clean before later rows told what a column is."""
        for name, columns in self.columns.items():
            for decided in columns:
                frame = self._without_cells(frame, name, decided)
        return frame

    def _without_cells(self, frame: pl.DataFrame, name: str, decided: _Column) -> pl.DataFrame:
        cells = self._cells(frame, name, decided)
        tally = self._tally(name, decided.kind)
        if not cells.any():
            return frame
        rows = frame[ROW].filter(cells).to_list()
        tally.rows += rows
        tally.certainty, tally.reason = decided.certainty, decided.reason
        tally.is_column = True
        treatment = self._treatment(name, decided.kind)
        if treatment in ("mask", "apart"):
            texts = frame[name].filter(cells).cast(pl.String).to_list()
            self._keep(name, [decided.kind.value], treatment, zip(rows, texts, strict=True))
        return frame.with_columns(pl.when(~cells).then(pl.col(name)).alias(name))

    def _cells(self, frame: pl.DataFrame, name: str, decided: _Column) -> pl.Series:
        """Boolean: the cells of a column that go."""
        column = frame[name]
        text = column.cast(pl.String)
        if decided.kind.value not in WHOLE_CELLS:
            if decided.is_whole:
                said = ~text.str.strip_chars().str.contains(SHORT_WORDS) & (text != "")
                return said.fill_null(False)
            found = topic_column(column, name)
            none = pl.repeat(False, len(frame), eager=True)
            return found.cells if found is not None and found.kind == decided.kind else none
        names = frame[self.names] if self.names and self.names != name else None
        cells = pl.repeat(False, len(frame), eager=True)
        for found in guarded_column(column, SAID.get(decided.kind, name), names):
            if found.kind == decided.kind:
                cells = cells | found.cells
        if decided.is_whole and decided.kind != Kind.OLD_VAT:
            cells = cells | text.str.contains(DIGITS).fill_null(False)
        if decided.is_mixed and names is not None:
            cells = cells & ~names.str.contains(LEGAL).fill_null(False)
        return cells

    def _without_words(self, frame: pl.DataFrame, name: str) -> pl.DataFrame:
        column, is_text = frame[name], self.texts[name]
        worth = worth_reading(column, is_text=is_text)
        if not worth.any():
            return frame
        spans = special_cells(column, name, worth)
        kinds = [k for k in spans["kind"].unique().to_list() if self._counts(name, k, is_text)]
        spans = spans.filter(pl.col("kind").is_in(kinds))
        if spans.is_empty():
            return frame
        rows = frame[ROW].to_list()
        for (kind,), part in sorted(spans.group_by("kind"), key=lambda group: str(group[0])):
            tally = self._tally(name, str(kind))
            tally.rows += [rows[place] for place in part["row"].unique().sort().to_list()]
            tally.certainty = max(tally.certainty, int(part["certainty"].max()))  # type: ignore[arg-type]
            tally.reason = tally.reason or str(part["reason"][0])
        self._keep_texts(frame, name, spans)
        return frame.with_columns(masked(column, spans, keep=()))

    def _without_numbers(self, frame: pl.DataFrame, name: str) -> pl.DataFrame:
        """Names of documents, which are also their keys: alike ones are told apart by content."""
        values = frame[name].to_list()
        marks = frame["sha256"].to_list() if "sha256" in frame.columns else [None] * len(frame)
        for place in frame[name].str.contains(DIGITS).fill_null(False).arg_true().to_list():
            made = mask_name(values[place])
            kinds = [kind for kind in made.kinds if self._treatment(name, kind) != "allow"]
            if not kinds:
                continue
            for kind in kinds:
                tally = self._tally(name, kind)
                tally.rows.append(frame[ROW][place])
                tally.certainty, tally.reason = int(Certainty.LIKELY), "check_alone"
            mark = marks[place]
            values[place] = (
                before_endings(made.name, mark[:8]) if mark
                else self.files[name].name(values[place], made)
            )  # fmt: skip
        return frame.with_columns(pl.Series(name, values, dtype=pl.String))

    def _counts(self, name: str, kind: str, is_text: bool) -> bool:
        is_number = kind in WHOLE_CELLS
        return (is_text or is_number) and self._treatment(name, kind) != "allow"

    def _keep_texts(self, frame: pl.DataFrame, name: str, spans: pl.DataFrame) -> None:
        """Seal the texts of which something may be kept, without what may not."""
        treatment = {k: self._treatment(name, k) for k in spans["kind"].unique().to_list()}
        blocked = [k for k, t in treatment.items() if t == "block"]
        kept = spans.filter(~pl.col("kind").is_in(blocked))
        if kept.is_empty():
            return
        texts = masked(frame[name], spans.filter(pl.col("kind").is_in(blocked)), keep=())
        by_row: dict[int, set[str]] = defaultdict(set)
        for place, kind in kept.select("row", "kind").iter_rows():
            by_row[place].add(kind)
        rows = frame[ROW].to_list()
        for place, kinds in by_row.items():
            strictest = "mask" if any(treatment[k] == "mask" for k in kinds) else "apart"
            self._keep(name, sorted(kinds), strictest, [(rows[place], texts[place])])

    def _keep(
        self, column: str, kinds: list[str], treatment: str, cells: Iterable[tuple[int, str]]
    ) -> None:
        for row, text in cells:
            sealed = sealing.seal(text.encode(), f"staged:{row}:{column}")
            self._originals.append((row, column, " ".join(kinds), treatment, sealed))

    def _tally(self, column: str, kind: str) -> _Tally:
        return self._tallies.setdefault((column, kind), _Tally())

    def rejects(self, found: Iterable[Reject]) -> tuple[Reject, ...]:
        """Rows that could not be laid on the columns, their text without special data."""
        given = list(found)
        raw = pl.Series("", [r.raw for r in given], dtype=pl.String)
        decided = (column for columns in self.columns.values() for column in columns)
        is_numbered = bool(self.headings) or any(c.kind == Kind.BSN for c in decided)
        spans = special_cells(raw, "", worth_reading(raw, is_text=True))
        kinds = [k for k in spans["kind"].unique().to_list() if self._treatment("", k) != "allow"]
        spans = spans.filter(pl.col("kind").is_in(kinds))
        texts = masked(raw, spans, keep=()).to_list()
        if is_numbered:
            texts = [_without_nines(text) for text in texts]
        for place in spans["row"].unique().sort().to_list():
            for kind in spans.filter(pl.col("row") == place)["kind"].unique().to_list():
                tally = self._tally("", kind)
                tally.rows.append(given[place].row)
                tally.certainty, tally.reason = int(Certainty.LIKELY), "check_alone"
        return tuple(r._replace(raw=text) for r, text in zip(given, texts, strict=True))

    def sightings(self) -> tuple[Sighting, ...]:
        """What was found, a line for each column and kind; "" is the row as a whole, or a name."""
        found = (
            Sighting(
                column, kind, self._treatment(column, kind), tally.certainty, tally.reason,
                tally.is_column, max(self._filled[column], len(tally.rows)), len(tally.rows),
                tuple(runs(tally.rows))[:MOST_RUNS],
            )
            for (column, kind), tally in self._tallies.items() if tally.rows
        )  # fmt: skip
        return (*self.in_names, *found)

    def originals(self) -> pl.DataFrame:
        """What may be kept, sealed: `ROW`, column, kinds, treatment, sealed."""
        schema = {
            ROW: pl.Int64, "column": pl.String, "kinds": pl.String, "treatment": pl.String,
            "sealed": pl.Binary,
        }  # fmt: skip
        return pl.DataFrame(self._originals, schema=schema, orient="row")


def _decided(found: ColumnFinding, is_mixed: bool) -> _Column:
    is_whole = found.valid >= NEARLY_ALL * found.filled or found.reason == "heading"
    return _Column(found.kind, int(found.certainty), found.reason, is_whole, is_mixed)


def _is_text(column: pl.Series, role: str) -> bool:
    if role in FREE_ROLES:
        return True
    if role not in OPEN_ROLES:
        return False
    filled = column.drop_nulls()
    said = filled.str.contains(SENTENCE).sum()
    return bool(len(filled)) and bool(said >= SENTENCES * len(filled))


def _may_hold_numbers(column: pl.Series) -> bool:
    """A quick look that spares most columns the long one."""
    if column.dtype == pl.String:
        return bool(column.str.contains(DIGITS).any())
    if not column.dtype.is_numeric():
        return False
    largest = column.max()
    return largest is not None and float(str(largest)) >= SMALLEST


def runs(rows: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Row numbers as first and last of each unbroken run."""
    first = last = None
    for row in sorted(set(rows)):
        if last is not None and row == last + 1:
            last = row
            continue
        if first is not None and last is not None:
            yield first, last
        first = last = row
    if first is not None and last is not None:
        yield first, last


def _without_nines(text: str) -> str:
    """In a table with a column of BSNs any number of that length in a broken row may be one."""
    return re.sub(r"(?<!\d)\d{8,9}(?!\d)", MASK, text)


def opened_originals(frame: pl.DataFrame) -> dict[int, list[tuple[str, tuple[str, ...], str, str]]]:
    """Row to (column, kinds, treatment, text) of what was sealed while the table was laid down."""
    found: dict[int, list[tuple[str, tuple[str, ...], str, str]]] = defaultdict(list)
    for row, column, kinds, treatment, sealed in frame.iter_rows():
        text = sealing.opened(sealed, f"staged:{row}:{column}").decode()
        found[row].append((column, tuple(kinds.split()), treatment, text))
    return found
