"""Single things out of a history: what belongs to them, and taking them away in every version."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from klantbeeld.core import bulk, changes
from klantbeeld.timeline.models import (
    Document,
    Earlier,
    Interaction,
    Keyed,
    OrderLine,
    Participation,
    Subscription,
)
from klantbeeld.timeline.stores import drop_unreferenced

TABLES: Mapping[str, type[Keyed]] = {
    "interaction": Interaction, "document": Document, "subscription": Subscription,
}  # fmt: skip
# What a letter is: the entry of a document that stands by itself.
LETTERS = ("letter", "cancellation", "quote_letter")
CLOSED = "#closed"
WHO = frozenset({"sender", "sender_name", "recipients", "in_reply_to", "message_id", "shop"})


@dataclass(frozen=True)
class Single:
    """Rows that go together: table (a key of `TABLES`) to row id to key hash.

    `records` are those on whose history they stand, owners and other participants; `keys` what
    their sources call them; `texts` what they say, the longest first.
    """

    rows: Mapping[str, Mapping[int, int]]
    records: tuple[int, ...] = ()
    owners: tuple[int, ...] = ()
    keys: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    deliveries: tuple[int, ...] = field(default_factory=tuple)


def single(table: str, key: int) -> Single | None:
    """What goes with one row: the end of a case, the documents of a mail, the entry of a letter."""
    row = TABLES[table].objects.filter(pk=key).first()  # type: ignore[attr-defined]
    if row is None:
        return None
    entries: list[Interaction] = []
    papers: list[Document] = []
    if isinstance(row, Interaction):
        entries = _with_end(row)
        papers = list(Document.objects.filter(interaction_key__in=[e.key_hash for e in entries]))
    elif isinstance(row, Document):
        papers = [row]
        # A letter that brought more than this stays, without it.
        held = Interaction.objects.filter(key_hash=row.interaction_key, kind__in=LETTERS)
        others = Document.objects.filter(interaction_key=row.interaction_key).exclude(pk=key)
        entries = list(held) if row.interaction_key and not others.exists() else []
    others_rows: list[Keyed] = [row] if isinstance(row, Subscription) else []
    return _told([*entries, *papers, *others_rows])


def of_marks(marks: Mapping[str, Sequence[int]]) -> Single:
    """The rows with these key hashes, by table."""
    rows: list[Keyed] = []
    for table, hashes in marks.items():
        if table in TABLES:
            for start in range(0, len(hashes), 500):
                part = hashes[start : start + 500]
                rows += TABLES[table].objects.filter(key_hash__in=part)  # type: ignore[attr-defined]
    return _told(rows)


def _with_end(row: Interaction) -> list[Interaction]:
    """A case and the entry of its end, whichever of them is asked for."""
    bare = row.key.removesuffix(CLOSED)
    kind = row.kind.removesuffix("_closed")
    both = Interaction.objects.filter(
        record=row.record_id, key__in=(bare, bare + CLOSED), kind__in=(kind, f"{kind}_closed"[:24]),
        delivery__source=row.delivery.source_id,
    )  # fmt: skip
    return [row, *both.exclude(pk=row.pk)]


def _told(rows: Sequence[Keyed]) -> Single:
    found: dict[str, dict[int, int]] = {name: {} for name in TABLES}
    keys: list[str] = []
    texts: list[str] = []
    for row in rows:
        name = str(type(row)._meta.model_name)
        found[name][row.pk] = row.key_hash
        keys.append(row.key.removesuffix(CLOSED))
        texts += _texts(row)
    taking = Participation.objects.filter(interaction__in=list(found["interaction"]))
    owners = {row.record_id for row in rows}
    records = {*owners, *taking.values_list("record_id", flat=True)}
    return Single(
        found, tuple(sorted(records)), tuple(sorted(owners)), tuple(dict.fromkeys(keys)),
        tuple(sorted(dict.fromkeys(texts), key=len, reverse=True)),
        tuple(sorted({row.delivery_id for row in rows})),
    )  # fmt: skip


def _texts(row: Keyed) -> Iterable[str]:
    if isinstance(row, Interaction):
        yield row.subject
        yield from _said_in(row.details)
    elif isinstance(row, Document):
        yield row.name
        yield row.text
    elif isinstance(row, Subscription):
        yield from _said_in(row.details)


def _said_in(details: Mapping[str, Any]) -> Iterable[str]:
    """What people wrote; who they are stands elsewhere too."""
    return (v for k, v in details.items() if isinstance(v, str) and k not in WHO)


def take_away(one: Single) -> dict[str, int]:
    """Erase these rows in every version, with their lines; counts by table. Inside a transaction.

    Contents that no document refers to any more go once the transaction stands.
    """
    bulk.ensure_atomic()
    counts: dict[str, int] = {}
    contents: set[str] = set()
    entries, papers = list(one.rows["interaction"]), list(one.rows["document"])
    for name, model in TABLES.items():
        ids = list(one.rows[name])
        former = Earlier.objects.filter(table=model._meta.db_table, row__in=ids)
        if model is Document:
            contents = set(Document.objects.filter(pk__in=ids).values_list("sha256", flat=True))
            contents |= {said["sha256"] for said in former.values_list("content", flat=True)}
        _add(counts, Earlier._meta.db_table, former.delete()[0])
    _add(counts, OrderLine._meta.db_table, bulk.delete(OrderLine, "interaction_id", entries))
    _add(
        counts, Participation._meta.db_table,
        bulk.delete(Participation, "interaction_id", entries),
    )  # fmt: skip
    for name, model in TABLES.items():
        ids = list(one.rows[name])
        _add(counts, model._meta.db_table, bulk.delete(model, "id", ids))
        changes.note(name, one.owners)
    changes.note("orderline", entries)
    if papers:
        transaction.on_commit(lambda: drop_unreferenced(contents) and None)
    return counts


def _add(counts: dict[str, int], table: str, count: int) -> None:
    counts[table] = counts.get(table, 0) + count
