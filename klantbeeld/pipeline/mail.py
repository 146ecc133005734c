"""Messages of a mailbox: who wrote to whom, and the attachments as documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from klantbeeld.core.hashing import hash64
from klantbeeld.pipeline import happenings, subjects
from klantbeeld.pipeline.blocks import Block, TableWork, came_back_at, make_ready
from klantbeeld.pipeline.papers import document_frame, keep_bytes, plain_name
from klantbeeld.pipeline.standard import Standardised
from klantbeeld.pipeline.who import is_done
from klantbeeld.pipeline.writing import OfTable, Writer
from klantbeeld.privacy.tables import erased_at
from klantbeeld.quality.tables import standardise
from klantbeeld.sources.tables import ROW

MAIL_PREFIX = "email:"


@dataclass(frozen=True)
class Mailbox:
    """What can only be said after a look at all messages.

    own: hashes of the mailbox's own addresses; names: address to the name it wrote under last.
    """

    own: frozenset[int]
    names: Mapping[str, str]

    def is_own(self, address: str) -> bool:
        """Whether mail from or to this address is the company's own side of it."""
        return hash64(address) in self.own


def mailbox_of(work: TableWork) -> Mailbox:
    """Look through all messages. The own address is the one that takes part in most of them."""
    counted: Counter[str] = Counter()
    names: dict[str, str] = {}
    for part in range(work.staged.parts):
        frame = work.staged.block(part, 1)
        for sender, name, recipients in _heads(frame):
            counted.update({a for a in (sender, *recipients) if a})
            if sender and name:
                names[sender] = name
    found = frozenset(hash64(address) for address, _ in counted.most_common(1))
    return Mailbox(found if work.own_addresses is None else work.own_addresses, names)


def _heads(frame: pl.DataFrame) -> Iterator[tuple[str, str | None, list[str]]]:
    """Sender, its name and the recipients of each message, addresses in small letters."""
    columns = ("sender", "sender_name", "recipients")
    held = [frame[c].to_list() if c in frame.columns else [None] * len(frame) for c in columns]
    for sender, name, recipients in zip(*held, strict=True):
        yield str(sender or "").lower(), name, [str(a).lower() for a in recipients or ()]


def write_messages(work: TableWork, writer: Writer) -> None:
    """Every message is an interaction of the first party outside, with the others taking part."""
    box = mailbox_of(work)
    work.own_addresses = box.own
    writer.note_decisions(work)
    stage = f"{work.name}/rows"
    for number in range(work.staged.parts):
        if not is_done(writer, stage, number):
            _write_part(work, writer, box, number)


def _write_part(work: TableWork, writer: Writer, box: Mailbox, number: int) -> None:
    frame = work.staged.block(number, 1)
    block = make_ready(work, frame)
    parties = _parties(work, block, box)
    made = happenings.interactions(block.usable, "messages", block.keys, work.scope)
    made = made.with_columns(parties["direction"].alias("direction"))
    made = happenings.with_hashes(made, work.scope)
    known = _people(parties, box, work)
    owners = parties["who"].list.first()

    def write(first: int, last: int) -> None:
        mine = parties[first:last]["who"].explode().drop_nulls().unique()
        people = known.filter(pl.col("key").is_in(mine.implode()))
        writer.records(people, pl.DataFrame(), counts=False)
        more = _others(parties[first:last], writer)
        writer.happenings(
            made[first:last], owners[first:last], OfTable(), children={"participants": more}
        )
        files = _attachments(work, frame, made[first:last])
        if len(files):
            writer.papers(files, owners[first:last].gather(files["parent"]))

    writer.run(f"{work.name}/rows", number, len(made), write, block)


def _parties(work: TableWork, block: Block, box: Mailbox) -> pl.DataFrame:
    """Per message its direction and the record keys of the parties outside, the first one first.

    Messages all of whose parties outside were erased are taken out of the block.
    """
    directions, whos = [], []
    own = came_back_at("messages", block.usable)
    for sender, _, recipients in _heads(block.usable.values):
        is_incoming = bool(sender) and not box.is_own(sender)
        outside = [sender] if is_incoming else []
        outside += [a for a in recipients if not box.is_own(a) and a not in outside]
        directions.append("in" if is_incoming else "out")
        whos.append(outside)
    gone = _forgotten(work, {a for outside in whos for a in outside})
    left = [
        # Who writes again after the erasure is a new customer; what is written to him is not his.
        [a for a in outside if a not in gone or (way == "in" and (at or 0) > gone[a])]
        for outside, way, at in zip(whos, directions, own, strict=True)
    ]
    stays = [bool(mine) or not had for mine, had in zip(left, whos, strict=True)]
    block.suppressed += stays.count(False)
    block.keep(pl.Series(stays, dtype=pl.Boolean))
    return pl.DataFrame(
        {"direction": directions, "who": [[MAIL_PREFIX + a for a in mine] for mine in left]},
        schema={"direction": pl.String, "who": pl.List(pl.String)},
    ).filter(pl.Series(stays, dtype=pl.Boolean))


def _forgotten(work: TableWork, addresses: set[str]) -> dict[str, int]:
    """Of these addresses those of people who were erased, with when (µs UTC)."""
    if not work.has_tombstones or not addresses:
        return {}
    column = pl.Series(sorted(addresses))
    keys = pl.Series([f"{work.source}:{MAIL_PREFIX}"] * len(column)) + column
    moments = erased_at({"email": column, "key": keys})
    return {a: at for a, at in zip(column, moments, strict=True) if at}


def _people(parties: pl.DataFrame, box: Mailbox, work: TableWork) -> pl.DataFrame:
    """A record for every address, with the name under which it wrote last."""
    keys = parties["who"].explode().drop_nulls().unique(maintain_order=True).to_list()
    found = [key.removeprefix(MAIL_PREFIX) for key in keys]
    addresses = pl.Series("email", found, dtype=pl.String)
    names = pl.Series([box.names.get(a) for a in found], dtype=pl.String)
    values: dict[str, Any] = {ROW: pl.int_range(len(keys), eager=True)}
    values["email"] = standardise(addresses, "email").value
    told = standardise(names, "full_name")
    values |= {"full_name": told.value, **told.parts}
    raw = {"email": addresses, "full_name": names}
    people = Standardised(pl.DataFrame(values), {}, raw)
    return subjects.records(people, pl.Series("key", keys, dtype=pl.String), work.updated_at)


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
            sha256, unread = keep_bytes(work, row, one["sha256"])
            rows.append(
                {
                    "parent": parent, "key": key,
                    "name": plain_name(one["name"] or "bijlage", work.source),
                    "media_type": one["media_type"] or "", "sha256": sha256,
                    "size": one["size"], "text": "", "at": made["at"][parent],
                    "interaction_key": made["key_hash"][parent], "hash": hash64(one["sha256"]),
                    "unread": unread,
                }
            )  # fmt: skip
    return document_frame(rows, work.source)
