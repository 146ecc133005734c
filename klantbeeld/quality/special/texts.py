"""Special data inside texts and cells: where it stands, and the text without it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import polars as pl

from klantbeeld.quality.columns import as_text
from klantbeeld.quality.special.columns import HALF, ColumnFinding
from klantbeeld.quality.special.headings import topic_of_heading
from klantbeeld.quality.special.kinds import TOPICS, Certainty, Kind, Span
from klantbeeld.quality.special.labels import OTHER, labels_in
from klantbeeld.quality.special.numbers import WORTH_A_LOOK, number_spans
from klantbeeld.quality.special.topics import topic_spans

MASK = "[…]"
_SCHEMA: dict[str, type[pl.DataType]] = {
    "row": pl.UInt32,
    "start": pl.UInt32,
    "end": pl.UInt32,
    "kind": pl.String,
    "certainty": pl.Int8,
    "reason": pl.String,
}
_LETTERS = r"\p{L}{3}"
_BARE_NUMBER = r"^[A-Za-z]{0,4}[\d .,\-/:+€()]+$"
_NAMED = r"(?i)\b(?:bsn|burgerservice|sofi|citizen service|paspoort|passport|credit ?card)"
_SHORT = 60  # characters of an answer in a column of a topic


def spans_in(
    text: str, least: Certainty = Certainty.LIKELY, topic: Kind | None = None
) -> list[Span]:
    """Special data in one text, in order and apart. least: the certainty from which it counts.

    topic: what the heading above the text announces; its words then need no other evidence.
    """
    found = list(number_spans(text)) if re.search(WORTH_A_LOOK, text) else []
    rest = text
    for span in found:
        rest = rest[: span.start] + " " * (span.end - span.start) + rest[span.end :]
    topics = topic_spans(rest, topic)
    return sorted(span for span in (*found, *topics) if span.certainty >= least)


def special_spans(
    texts: pl.Series, heading: str | None = None, least: Certainty = Certainty.LIKELY
) -> pl.DataFrame:
    """Special data in a column of texts; each distinct text is read once.

    Columns: row (place in `texts`), start and end (characters), kind, certainty (1 to 3), reason;
    in order of row and start. heading: the column's, where it has one.
    """
    text = as_text(texts)
    topic = topic_of_heading(heading) if heading else None
    rows = pl.DataFrame({"text": text}).with_row_index("row").drop_nulls()
    worth = pl.col("text").str.contains(WORTH_A_LOOK) | pl.col("text").str.contains(_LETTERS)
    distinct = rows.select(pl.col("text").unique()).filter(worth)["text"]
    found: list[tuple[object, ...]] = []
    for value in distinct.to_list():
        found.extend(
            (value, s.start, s.end, s.kind.value, int(s.certainty), s.reason)
            for s in spans_in(value, least, topic)
        )
    columns: dict[str, type[pl.DataType]] = {
        "text": pl.String,
        **{n: k for n, k in _SCHEMA.items() if n != "row"},
    }
    table = pl.DataFrame(found, schema=columns, orient="row")
    return rows.join(table, on="text").select(*_SCHEMA).sort("row", "start")


def special_cells(
    column: pl.Series, heading: str | None = None, among: pl.Series | None = None
) -> pl.DataFrame:
    """Single cells with special data in a column that is otherwise something else.

    among: Boolean, the cells that are worth reading (see `worth_reading`). As `special_spans`,
    but in a column of bare numbers a number must be called by its name in the cell: of order
    numbers one in eleven passes for a BSN. The same where the heading says what else the
    numbers are.
    """
    title = column.name if heading is None else heading
    text = as_text(column)
    spans = special_spans(text if among is None else text.set(~among, None), title)
    filled = len(text) - text.null_count()
    bare = int(text.str.contains(_BARE_NUMBER).fill_null(False).sum())
    explained = any(label.said == OTHER for label in labels_in(title))
    if explained or bare >= HALF * max(filled, 1):
        spans = spans.filter(
            pl.col("kind").is_in([*(k.value for k in TOPICS), Kind.IBAN.value])
            | (pl.col("certainty") == Certainty.CERTAIN)
        )
    return spans


def worth_reading(column: pl.Series, *, is_text: bool) -> pl.Series:
    """Boolean: the cells that may hold special data; all others are passed over unread.

    is_text: people wrote there what they liked. Else only a number that is called by its name in
    the cell counts, and no topics: names, streets and products are made of such words.
    """
    text = as_text(column)
    if not is_text:
        return text.str.contains(_NAMED).fill_null(False)
    worth = text.str.contains(WORTH_A_LOOK) | text.str.contains(_LETTERS)
    return worth.fill_null(False)


def topic_column(column: pl.Series, heading: str | None = None) -> ColumnFinding | None:
    """A column that answers a special question ('Geloof': Katholiek, Moslim, Geen)."""
    title = column.name if heading is None else heading
    text = as_text(column)
    if column.dtype != pl.String or not text.str.contains(_LETTERS).any():
        return None
    announced = topic_of_heading(title)
    short = text.set((text.str.len_chars() > _SHORT).fill_null(False), None)
    filled = len(short) - short.null_count()
    if not filled:
        return None
    spans = special_spans(short, title).filter(pl.col("kind").is_in([k.value for k in TOPICS]))
    counts = spans.group_by("kind").agg(pl.col("row").unique()).to_dicts()
    best = max(counts, key=lambda c: (len(c["row"]), c["kind"]), default=None)
    if best is None or (len(best["row"]) < HALF * filled and best["kind"] != announced):
        return None
    cells = pl.int_range(len(text), eager=True).is_in(best["row"])
    kind = Kind(best["kind"])
    sure, why = (
        (Certainty.CERTAIN, "heading") if announced == kind else (Certainty.LIKELY, "topic_values")
    )
    return ColumnFinding(column.name, kind, sure, why, filled, len(best["row"]), cells)


def masked(texts: pl.Series, spans: pl.DataFrame, keep: Iterable[Kind] = (Kind.IBAN,)) -> pl.Series:
    """The texts with every span replaced by `MASK`; all other characters stay.

    spans: as `special_spans` gives them for these texts. keep: kinds that are left as they stand.
    The mask is the same for all kinds, so that it does not tell what stood there.
    """
    kept = [kind.value for kind in keep]
    text = as_text(texts)
    values = text.to_list()
    hidden = spans.filter(~pl.col("kind").is_in(kept))
    for row, start, end in _joined(hidden):
        whole = values[row]
        values[row] = whole[:start] + MASK + whole[end:]
    return pl.Series(texts.name, values, dtype=pl.String)


def _joined(spans: pl.DataFrame) -> Iterator[tuple[int, int, int]]:
    """Spans from the last to the first of each row, those that touch as one."""
    open_row = open_start = open_end = -1
    ordered = spans.sort("row", "end", "start", descending=True).select("row", "start", "end")
    for row, start, end in ordered.iter_rows():
        if row == open_row and end >= open_start:
            open_start = min(open_start, start)
            continue
        if open_row >= 0:
            yield open_row, open_start, open_end
        open_row, open_start, open_end = row, start, end
    if open_row >= 0:
        yield open_row, open_start, open_end
