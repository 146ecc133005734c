"""Changing who is who: matching what arrived, judging pairs, and the partition that follows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import polars as pl
from django.db import connection, transaction

from klantbeeld.accounts.reads import needs
from klantbeeld.core import audit, bulk, changes
from klantbeeld.core.actor import Actor
from klantbeeld.core.clock import now_us
from klantbeeld.core.models import Record
from klantbeeld.identity import core, matching, partition
from klantbeeld.identity.models import Judgement, Link, MatchKey, Membership, Pending, StoredModel

# From this share of pending records on, matching everything at once is cheaper.
WHOLE_SHARE = 0.05
# And in a house of so few records it always is.
SMALL = 5_000


@needs("sources.import")
def note_pending(actor: Actor, records: Sequence[int], *, rematch: bool) -> None:
    """Note records that changed; `rematch` when what they say about their subject changed."""
    if not records:
        return
    table = Pending._meta.db_table
    # Also where nothing changes the row is written, so that whoever takes it off the list waits.
    act = f"DO UPDATE SET rematch = {'true' if rematch else f'{table}.rematch'}"
    if connection.vendor == "sqlite":
        act = act.replace("= true", "= 1")
        source = "SELECT value, %s FROM json_each(%s) WHERE true"
        params: list[Any] = [rematch, bulk.packed(sorted(set(records)))]
    else:
        source = "SELECT unnest(%s::bigint[]), %s"
        params = [bulk.packed(sorted(set(records))), rematch]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (record, rematch) {source} ON CONFLICT (record) {act}", params
        )


@needs("sources.import")
@transaction.atomic
def match_pending(actor: Actor, *, everything: bool = False) -> int:
    """Match the records that changed and bring the partition up to date; returns how many.

    Afterwards they are still pending for their profiles, as are all whose customer changed.
    """
    waiting = _taken()
    if not waiting and not everything:
        return 0
    left_behind = _forget_missing(waiting)
    total = Record.objects.filter(kind__in=matching.MATCHED_KINDS).count()
    model = matching.current_model()
    frozen = StoredModel.objects.order_by("-pk").values_list("records", flat=True).first()
    is_new = total >= max(matching.LEARN_FROM, matching.LEARN_AGAIN * (frozen or 0))
    is_all = everything or is_new or len(waiting) >= WHOLE_SHARE * total or total < SMALL
    if is_all:
        frame = matching.frame_of(None)
        values = core.match_values(frame)
        if is_new:
            model = _freeze(matching.learnt(values, core.Model.default()), total)
    else:
        # Whom a record leaves behind may fall apart without it.
        changed = matching.frame_of(sorted(left_behind.union(waiting)))
        frame = matching.frame_of(sorted(matching.touched_by(changed, model)))
        values = core.match_values(frame)
    matched = matching.match(frame, model, values)
    matching.keep(matched, is_all=is_all)
    moved = partition.assign(matched.clusters) | left_behind
    note_pending(actor, sorted(moved), rematch=False)
    changes.note("membership", moved)
    return len(waiting)


def _taken() -> list[int]:
    """The records to be matched: from now on they wait for their profiles only."""
    table = Pending._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET rematch = %s WHERE rematch RETURNING record", [False])
        return sorted(row[0] for row in cursor.fetchall())


def _freeze(model: core.Model, records: int) -> core.Model:
    content = model.to_json()
    StoredModel.objects.create(version=model.version, content=content, records=records, at=now_us())
    return model


def _forget_missing(records: Sequence[int]) -> set[int]:
    """Drop keys, links and membership of pending records that are gone or no customers.

    Returns the records of others that were with them in one customer or household.
    """
    kinds = ", ".join(f"'{k}'" for k in matching.MATCHED_KINDS)
    alive = bulk.rows_where(
        f"SELECT id FROM core_record WHERE kind IN ({kinds}) AND", "id", records
    )
    gone = sorted(set(records) - {row[0] for row in alive})
    linked = {
        row[0]
        for one, other in (("left_id", "right_id"), ("right_id", "left_id"))
        for row in bulk.rows_where(f"SELECT {other} FROM identity_link WHERE", one, gone)
    }
    for model, column in ((MatchKey, "record_id"), (Link, "left_id"), (Link, "right_id")):
        bulk.delete(model, column, gone)
    behind = partition.leave(gone)
    changes.note("membership", gone)
    return (behind | linked) - set(gone)


@needs("customers.judge")
@transaction.atomic
def judge(actor: Actor, left: int, right: int, verdict: str, note: str = "") -> Judgement:
    """Record a person's word on two records, and let the partition follow.

    Raises ValueError for a pair of one record or an unknown verdict.
    """
    if left == right:
        raise ValueError("A judgement needs two different records.")
    if verdict not in {Judgement.SAME, Judgement.DIFFERENT, Judgement.UNSURE}:
        raise ValueError(f"Unknown verdict {verdict!r}: say same, different or unsure.")
    made = Judgement.objects.create(
        left_id=min(left, right), right_id=max(left, right), verdict=verdict,
        actor=actor.name, at=now_us(), note=note,
    )  # fmt: skip
    audit.record(actor, "judge", ("record", min(left, right)), {"verdict": verdict})
    _rematch([left, right])
    return made


@needs("customers.judge")
@transaction.atomic
def revoke(actor: Actor, judgement: Judgement) -> None:
    """Take a judgement back; it stays in the history."""
    judgement.revoked_at = now_us()
    judgement.save(update_fields=["revoked_at"])
    audit.record(actor, "revoke_judgement", ("record", judgement.left_id), {})
    _rematch([judgement.left_id, judgement.right_id])


@needs("customers.judge")
@transaction.atomic
def merge_customers(actor: Actor, customers: Sequence[int], note: str = "") -> list[Judgement]:
    """Say that customers are one: a judgement between an anchor record of each and the first."""
    anchors = [_any_record(customer) for customer in customers]
    pairs = zip([anchors[0]] * (len(anchors) - 1), anchors[1:], strict=True)
    return [judge(actor, left, right, Judgement.SAME, note) for left, right in pairs]


@needs("customers.judge")
@transaction.atomic
def split_records(
    actor: Actor, customer: int, records: Iterable[int], note: str = ""
) -> list[Judgement]:
    """Take records out of a customer: each is different from each record that stays.

    Raises ValueError when nothing would stay or a record is not the customer's.
    """
    members = set(Membership.objects.filter(customer=customer).values_list("record_id", flat=True))
    leaving = set(records)
    if not leaving or not leaving < members:
        raise ValueError("Choose some, not all, of this customer's records to take out.")
    return [
        judge(actor, left, right, Judgement.DIFFERENT, note)
        for left in sorted(leaving)
        for right in sorted(members - leaving)
    ]


def _any_record(customer: int) -> int:
    found = Membership.objects.filter(customer=customer).order_by("record_id").first()
    if found is None:
        raise ValueError("This customer has no records any more.")
    return found.record_id


def _rematch(records: Sequence[int]) -> None:
    """Note the pair's whole customers for matching: a judgement may move all of them."""
    fellows = bulk.rows_where(
        "SELECT m.record_id FROM identity_membership m JOIN identity_membership o"
        " ON o.customer_id = m.customer_id WHERE", "o.record_id", records,
    )  # fmt: skip
    rows = pl.Series([*records, *(r[0] for r in fellows)]).unique().sort().to_list()
    for record in rows:
        Pending.objects.update_or_create(record=record, defaults={"rematch": True})
