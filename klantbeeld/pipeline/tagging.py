"""Tags that people put on customers: on some at once, on very many in the background."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from functools import partial
from typing import Any

import polars as pl
from django.db import transaction

from klantbeeld.accounts.reads import needs
from klantbeeld.core import bulk
from klantbeeld.core.actor import Actor
from klantbeeld.core.models import Delivery, Record
from klantbeeld.identity.actions import note_pending
from klantbeeld.pipeline import jobs
from klantbeeld.pipeline.entering import AT_ONCE, JOINER, MACHINE, Entered, own_records, version
from klantbeeld.pipeline.errors import BadEntry
from klantbeeld.pipeline.screening import screen_of
from klantbeeld.pipeline.settling import settle, settle_at_once
from klantbeeld.profiles import reads as profiles
from klantbeeld.profiles.reads import CustomerQuery
from klantbeeld.sources import actions as sources

# So many customers are tagged in one transaction.
PART = 500


class _Nothing(Exception):
    """Nothing changes: what was opened for it is rolled back."""


@needs("notes.write")
def tag_customers(
    actor: Actor, customers: Sequence[int], tag: str, *, remove: bool = False
) -> Entered | None:
    """Put a tag on customers, or take away one that was put there by hand.

    On more than `AT_ONCE` in the background (`Entered.is_queued`). Returns None when nothing
    changed. Raises `BadEntry` for a tag that is empty, longer than 60 characters, holds a bar or
    comma, or is special data.
    """
    text = _tidy(tag, is_new=not remove)
    try:
        return _tag(actor, sorted(set(customers)), text, remove)
    except _Nothing:
        return None


@needs("notes.write", "itself")
def tag_list(
    actor: Actor, query: CustomerQuery, tag: str, *, remove: bool = False
) -> Entered | None:
    """As `tag_customers` for a whole list, of which only the first `AT_ONCE` are read here.

    A longer one is read in the background too, as it is then.
    """
    text = _tidy(tag, is_new=not remove)
    first = profiles.selected(actor, query, AT_ONCE + 1)
    if len(first) <= AT_ONCE:
        return tag_customers(actor, first, text, remove=remove) if first else None
    with transaction.atomic():
        delivery = sources.open_entry(actor, "untag" if remove else "tag", 0)
        asked = (delivery.pk, asdict(query), asdict(actor), text, remove)
        transaction.on_commit(partial(jobs.tag_list.enqueue, *asked))
    return Entered(first[0], delivery.pk, is_queued=True)


def _tidy(tag: str, *, is_new: bool) -> str:
    text = " ".join(tag.split())
    if not text or len(text) > 60 or any(mark in text for mark in "|,;"):
        raise BadEntry({"tag": "tag"})
    if is_new and screen_of(MACHINE).look(text, "tags").kinds:
        raise BadEntry({"tag": "special"})
    return text


@transaction.atomic
def _tag(actor: Actor, customers: Sequence[int], tag: str, remove: bool) -> Entered:
    delivery = sources.open_entry(actor, "untag" if remove else "tag", 0)
    if len(customers) > AT_ONCE:
        asked = (delivery.pk, list(customers), tag, remove)
        transaction.on_commit(partial(jobs.tag_customers.enqueue, *asked))
        return Entered(customers[0], delivery.pk, is_queued=True)
    changed = _tagged(actor, delivery, customers, tag, remove)
    if not changed:
        raise _Nothing
    sources.count_entry(actor, delivery, len(changed))
    settle_at_once(MACHINE, changed)
    return Entered(customers[0], delivery.pk)


def tag_asked(
    key: int, query: Mapping[str, Any], who: Mapping[str, Any], tag: str, *, remove: bool
) -> None:
    """Put a tag on a whole list: `query` and `who` are the fields of who asked for which list."""
    consent = query["consent"]
    asked = CustomerQuery(**{**query, "consent": tuple(consent) if consent else None})
    customers = profiles.selected(Actor(**{**who, "interface": "job"}), asked)
    tag_in_parts(key, sorted(customers), tag, remove=remove)


def tag_in_parts(key: int, customers: Sequence[int], tag: str, *, remove: bool) -> None:
    """Put a tag on very many customers: a part a transaction, then all that follows from it.

    Stopped halfway it may be called again; an entry that was taken back gets no more.
    """
    for first in range(0, len(customers), PART):
        with transaction.atomic():
            delivery = Delivery.objects.select_related("source").get(pk=key)
            if delivery.state != Delivery.LOADED:
                break
            actor = replace(MACHINE, name=delivery.actor)
            present = _present(customers[first : first + PART])
            changed = _tagged(actor, delivery, present, tag, remove)
            sources.count_entry(actor, delivery, delivery.rows_stored + len(changed))
            note_pending(MACHINE, changed, rematch=True)
    settle(MACHINE)


def _present(customers: Sequence[int]) -> list[int]:
    """Those that still have records: others were merged or erased since they were chosen."""
    rows = bulk.rows_where(
        "SELECT DISTINCT customer_id FROM identity_membership WHERE", "customer_id", list(customers)
    )
    return sorted(row[0] for row in rows)


def _tagged(
    actor: Actor, delivery: Delivery, customers: Sequence[int], tag: str, remove: bool
) -> list[int]:
    """The records of own entries that got the tag, or lost it."""
    own = own_records(actor, delivery, customers)
    changed = []
    for record in Record.objects.filter(pk__in=list(own.values())).order_by("pk"):
        held = [t for t in str(record.data.get("tags", "")).split(JOINER) if t]
        rest = [t for t in held if t.casefold() != tag.casefold()]
        wanted = rest if remove else (held if len(rest) < len(held) else [*held, tag])
        if wanted != held:
            data = {**record.data, "tags": JOINER.join(wanted)}
            changed.append(version(record, {k: v for k, v in data.items() if v}))
    if not changed:
        return []
    return list(sources.store_records(MACHINE, delivery, pl.DataFrame(changed)).ids)
