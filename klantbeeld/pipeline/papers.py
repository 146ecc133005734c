"""Letters and attachments: documents with their text, their bytes in the file store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

import polars as pl
from django.conf import settings

from klantbeeld.core import files
from klantbeeld.core.hashing import hash64
from klantbeeld.pipeline import happenings, subjects
from klantbeeld.pipeline.blocks import TableWork, make_ready
from klantbeeld.pipeline.screening import MACHINE, screen_of
from klantbeeld.pipeline.standard import Standardised
from klantbeeld.pipeline.writing import OfTable, Writer
from klantbeeld.quality.tables import MASK
from klantbeeld.sources.tables import ROW, Unread, attached_text
from klantbeeld.timeline.reads import why_unread

DOCUMENT = {
    "parent": pl.Int64, "key": pl.String, "name": pl.String, "media_type": pl.String,
    "sha256": pl.String, "size": pl.Int64, "text": pl.String, "at": pl.Int64,
    "interaction_key": pl.Int64, "hash": pl.Int64, "unread": pl.String,
}  # fmt: skip


def document_frame(rows: Sequence[dict[str, Any]], source: str) -> pl.DataFrame:
    """Rows as a frame of documents, with `key_hash`; keys made distinct."""
    frame = pl.DataFrame(list(rows), schema=DOCUMENT).unique("key", maintain_order=True)
    hashes = [hash64(f"{source}\x1fdocuments\x1f{key}") for key in frame["key"].to_list()]
    return frame.with_columns(pl.Series("key_hash", hashes, dtype=pl.Int64))


def keep_bytes(work: TableWork, row: int, sha256: str) -> tuple[str, str]:
    """Put the bytes of an attachment or letter in the file store, unless they are there.

    Returns `sha256`, or "" for a file with special data in its text, which is not kept; and why
    nobody could look into it (see `sources.tables.WHY_UNREAD`), "" when it was looked into.
    """
    if files.has(sha256):
        known = why_unread(MACHINE, sha256)
        content = files.read(sha256) if known is None else b""
    elif work.file_bytes is None:
        known = ""
    else:
        known, content = None, work.file_bytes(row, sha256)
    if known is not None:
        return sha256, known
    try:
        text = attached_text(content)
    except Unread as error:
        files.keep(content)
        return sha256, error.why
    if screen_of(MACHINE, work.source).look(text).kinds:
        return "", ""
    files.keep(content)
    return sha256, ""


def plain_name(name: str, source: str) -> str:
    """What a file is called, without special data: 'Uitslag […].pdf'."""
    return screen_of(MACHINE, source).text(name)


def write_documents(work: TableWork, writer: Writer) -> None:
    """Every letter is a document and an interaction of whom it is about."""
    stage = f"{work.name}/rows"
    for number in range(work.staged.parts):
        if writer.delivery.position.get(stage, [0, 0])[0] > number:
            continue
        staged = work.staged.block(number, 1)
        block = make_ready(work, staged)
        rows = _with_contents(_with_moment(block.usable), staged)
        made = _letters(work, rows, block.keys)
        known = _known(work, rows, block.record_keys)
        papers = _papers(work, rows, made)
        alone = (rows.column("in_reply_to").fill_null("") == "").alias("alone")
        owners = pl.DataFrame([block.record_keys.alias("owner"), alone])

        def write(
            first: int,
            last: int,
            made: pl.DataFrame = made,
            known: pl.DataFrame = known,
            papers: pl.DataFrame = papers,
            owners: pl.DataFrame = owners,
        ) -> None:
            mine, alone = owners[first:last].get_columns()
            writer.records(
                known.filter(pl.col("key").is_in(mine.implode())), pl.DataFrame(), counts=False
            )
            part = made[first:last]
            # What came with something else is shown with that, and is no letter of its own.
            writer.happenings(part.filter(alone), mine.filter(alone), OfTable())
            part = papers.filter(pl.col("parent").is_between(first, last - 1))
            told = writer.papers(part, owners["owner"].gather(part["parent"]))
            writer.count_papers((~alone).arg_true() + first, told)

        writer.run(stage, number, len(made), write, block)


def _letters(work: TableWork, rows: Standardised, keys: pl.Series) -> pl.DataFrame:
    """Each letter as an interaction; see `happenings.interactions`."""
    made = happenings.interactions(rows, "documents", keys, work.scope)
    made = made.with_columns(_kinds(rows).alias("kind"), _subjects(rows).alias("subject"))
    return happenings.with_hashes(made, work.scope)


def _known(work: TableWork, rows: Standardised, keys: pl.Series) -> pl.DataFrame:
    """What the letters say of whom they are about; see `subjects.records`.

    A table that tells but a number overwrites nobody's record with it.
    """
    said = subjects.records(rows, keys, work.updated_at)
    return said.clear() if work.is_bare else said.unique("key", keep="last", maintain_order=True)


def _with_moment(rows: Standardised) -> Standardised:
    """A letter is dated by a day: its moment is the start of that day in the company's zone."""
    days = rows.column("document_at").str.to_date(strict=False)
    zone = ZoneInfo(settings.TIME_ZONE)
    at = [
        int(dt.datetime.combine(d, dt.time(), zone).timestamp()) * 1_000_000 if d else None
        for d in days.to_list()
    ]
    return Standardised(
        rows.values.drop("document_at", strict=False).with_columns(
            pl.Series("document_at", at, dtype=pl.Int64),
            pl.lit("day").alias("document_at.precision"),
            days.dt.to_string("%Y-%m-%d").alias("document_at.local_day"),
        ),
        rows.issues,
        rows.raw,
        rows.custom,
    )


def _with_contents(rows: Standardised, staged: pl.DataFrame) -> Standardised:
    """With what the reader says of the bytes: no column of a mapping tells those."""
    held = [c for c in ("sha256", "size") if c in staged.columns]
    beside = staged.select(ROW, *held)
    values = rows.values.drop(*held, strict=False)
    return Standardised(
        values.join(beside, on=ROW, how="left", maintain_order="left"),
        rows.issues, rows.raw, rows.custom,
    )  # fmt: skip


def _kinds(rows: Standardised) -> pl.Series:
    """Quotes and cancellations are told from other letters by subject and file name."""
    said = pl.concat_str(_titles(rows), separator=" ").str.to_lowercase()
    kind = (
        pl.when(said.str.contains("opzeg|annuler|cancel|beëindig")).then(pl.lit("cancellation"))
        .when(said.str.contains("offerte|quote|prijsopgave")).then(pl.lit("quote_letter"))
        .otherwise(pl.lit("letter"))
    )  # fmt: skip
    return rows.values.with_columns(kind.alias("kind"))["kind"]


def _subjects(rows: Standardised) -> pl.Series:
    filled = [pl.when(title != "").then(title) for title in _titles(rows)]
    return rows.values.with_columns(pl.coalesce(*filled, pl.lit("")).alias("title"))["title"]


def _titles(rows: Standardised) -> list[pl.Expr]:
    """What letters are called, "" where they are not."""
    named = [pl.col(c).fill_null("") for c in ("subject", "file_name") if rows.has(c)]
    return named or [pl.lit("")]


def _papers(work: TableWork, rows: Standardised, made: pl.DataFrame) -> pl.DataFrame:
    columns = [rows.column(c).to_list() for c in ("file_name", "media_type", "sha256", "text")]
    sizes = rows.column("size", pl.Int64).to_list()
    came = rows.column("in_reply_to").to_list()
    events = happenings.scope_of(work.source, "events", "events")
    found = []
    for place, (name, media_type, sha256, text) in enumerate(zip(*columns, strict=True)):
        row, unread = rows.values[ROW][place], ""
        if sha256:
            # A letter in whose text something is masked is not kept as it came either.
            is_masked = MASK in (text or "")
            sha256, unread = ("", "") if is_masked else keep_bytes(work, row, sha256)
        found.append(
            {
                "parent": place, "key": made["key"][place],
                "name": plain_name(name or "document", work.source),
                "media_type": media_type or "", "sha256": sha256 or "", "text": text or "",
                "size": int(sizes[place] or 0), "at": made["at"][place] or work.updated_at,
                "interaction_key": hash64(f"{events}{came[place]}") if came[place]
                else made["key_hash"][place],
                "hash": hash64(f"{sha256}\x1f{text}"), "unread": "" if text else unread,
            }
        )  # fmt: skip
    return document_frame(found, work.source)
