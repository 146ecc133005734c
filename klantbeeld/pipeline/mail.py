"""Messages of a mailbox: who wrote to whom, and the attachments as documents."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import polars as pl

from klantbeeld.core.hashing import hash64
from klantbeeld.pipeline import happenings, subjects
from klantbeeld.pipeline.blocks import TableWork, make_ready
from klantbeeld.pipeline.papers import document_frame, keep_bytes
from klantbeeld.pipeline.standard import Standardised
from klantbeeld.quality.tables import standardise
from klantbeeld.sources.tables import ROW

if TYPE_CHECKING:
    from klantbeeld.pipeline.writing import Writer

PARTS_PER_BLOCK = 1
MAIL_PREFIX = "email:"


def own_addresses(work: TableWork) -> frozenset[str]:
    """The mailbox's own address: the one that takes part in most messages."""
    counted: Counter[str] = Counter()
    for frame in _parts(work):
        for row in frame.select("sender", "recipients").iter_rows():
            parties = {str(a).lower() for a in (row[0], *(row[1] or ())) if a}
            counted.update(parties)
    return frozenset(address for address, _ in counted.most_common(1))


def _parts(work: TableWork) -> list[pl.DataFrame]:
    return [work.staged.block(n, 1) for n in range(work.staged.parts)]


def write_messages(work: TableWork, writer: Writer) -> None:
    """Every message is an interaction of the first party outside, with the others taking part."""
    own = own_addresses(work)
    for number, frame in enumerate(_parts(work)):
        stage = f"{work.name}/rows"
        if writer.delivery.position.get(stage, [0, 0])[0] > number:
            continue
        block = make_ready(work, frame)
        parties = _parties(block.usable, own)
        known = _people(block.usable, parties, work)
        made = happenings.interactions(block.usable, "messages", block.keys, work.scope)
        made = made.with_columns(parties["direction"].alias("direction"))
        owners = parties["who"].list.first()
        # Before the transaction: bytes go to the file store, and nobody waits for that.
        papers = _attachments(work, frame, made)

        def write(
            first: int,
            last: int,
            made: pl.DataFrame = made,
            papers: pl.DataFrame = papers,
            owners: pl.Series = owners,
            parties: pl.DataFrame = parties,
            known: pl.DataFrame = known,
        ) -> None:
            mine = parties[first:last]["who"].explode().drop_nulls().unique()
            writer.records(
                known.filter(pl.col("key").is_in(mine.implode())), pl.DataFrame(), counts=False
            )
            more = _others(parties[first:last], writer)
            writer.happenings(made[first:last], owners[first:last], participants=more)
            part = papers.filter(pl.col("parent").is_between(first, last - 1))
            writer.papers(part, owners.gather(part["parent"]))

        writer.run(stage, number, len(made), write, block, work.name)


def _parties(rows: Standardised, own: frozenset[str]) -> pl.DataFrame:
    """Per message its direction and the record keys of the parties outside, the first one first."""
    directions, whos = [], []
    senders = rows.column("sender").to_list()
    recipients = rows.values["recipients"].to_list() if rows.has("recipients") else []
    for place, sender in enumerate(senders):
        to = [str(a).lower() for a in (recipients[place] or ())] if recipients else []
        sender = str(sender or "").lower()
        is_incoming = bool(sender) and sender not in own
        outside = [sender] if is_incoming else []
        outside += [a for a in to if a not in own and a not in outside]
        directions.append("in" if is_incoming else "out")
        whos.append([MAIL_PREFIX + a for a in outside])
    return pl.DataFrame(
        {"direction": directions, "who": whos},
        schema={"direction": pl.String, "who": pl.List(pl.String)},
    )


def _people(rows: Standardised, parties: pl.DataFrame, work: TableWork) -> pl.DataFrame:
    """A record for every address, with the name under which it wrote last."""
    names: dict[str, str | None] = {}
    for key in parties["who"].explode().drop_nulls().to_list():
        names.setdefault(key, None)
    senders = rows.column("sender").to_list()
    written = rows.column("sender_name").to_list()
    for sender, name in zip(senders, written, strict=True):
        key = MAIL_PREFIX + str(sender or "").lower()
        if key in names and name:
            names[key] = name
    addresses = pl.Series("email", [k.removeprefix(MAIL_PREFIX) for k in names])
    values: dict[str, Any] = {ROW: pl.int_range(len(names), eager=True)}
    values["email"] = standardise(addresses, "email").value
    told = standardise(pl.Series("n", list(names.values()), dtype=pl.String), "full_name")
    values |= {"full_name": told.value, **told.parts}
    raw = {"email": addresses, "full_name": pl.Series(list(names.values()), dtype=pl.String)}
    people = Standardised(pl.DataFrame(values), {}, raw)
    return subjects.records(people, pl.Series("key", list(names)), work.updated_at)


def _others(parties: pl.DataFrame, writer: Writer) -> pl.DataFrame:
    """Participants besides the first: parent, record_id, role."""
    rest = (
        parties.with_columns(pl.int_range(pl.len(), dtype=pl.Int64).alias("parent"))
        .with_columns(pl.col("who").list.slice(1))
        .explode("who", empty_as_null=True)
        .drop_nulls("who")
    )
    ids = writer.record_ids(rest["who"])
    return rest.select("parent").with_columns(ids, pl.lit("also").alias("role"))


def _attachments(work: TableWork, frame: pl.DataFrame, made: pl.DataFrame) -> pl.DataFrame:
    """Attachments of these messages as documents (see `papers.document_frame`)."""
    if "attachments" not in frame.columns:
        return document_frame([], work.source)
    held = frame.filter(pl.col(ROW).is_in(made[ROW].implode())).select(ROW, "attachments")
    rows = []
    by_row = {r: n for n, r in enumerate(made[ROW].to_list())}
    for row, attachments in held.iter_rows():
        for one in attachments or ():
            parent = by_row[row]
            key = f"{made['key'][parent]}/{one['sha256']}"
            keep_bytes(work, row, one["sha256"])
            rows.append(
                {
                    "parent": parent, "key": key, "name": one["name"] or "bijlage",
                    "media_type": one["media_type"] or "", "sha256": one["sha256"],
                    "size": one["size"], "text": "", "at": made["at"][parent],
                    "interaction_key": made["key_hash"][parent], "hash": hash64(one["sha256"]),
                }
            )  # fmt: skip
    return document_frame(rows, work.source)
