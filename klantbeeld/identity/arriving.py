"""A few records that arrived or changed: matched with whom they touch, without setting up columns.

Of the closed set around them only what differs from what is stored is written.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.db.models import Model as Table

from klantbeeld.core import bulk
from klantbeeld.identity import core, few, matching, partition
from klantbeeld.identity.blocks import NotPacked
from klantbeeld.identity.closing import WHOLE, Closed, closed, wider
from klantbeeld.identity.core.plain import plain
from klantbeeld.identity.doubts_few import valued_few
from klantbeeld.identity.joining import joined
from klantbeeld.identity.matching import InForce
from klantbeeld.identity.models import Compared, Doubt, Link, MatchKey
from klantbeeld.identity.nearby import Row

# So many changed records are looked at one by one.
MOST_CHANGED = 20


def match(
    records: Collection[int], deciding: InForce, *, are_there: bool = False
) -> set[int] | None:
    """Match records with whom they touch; returns the records of every customer that changed.

    Inside a transaction. None, with nothing written, where `matching` has to be asked: of many
    records, where people spoke of some, or where values are limited (see `limiting`). Also, where
    `are_there` says that all of them must be stored and of a kind that is matched, if one is not.
    """
    if len(records) > MOST_CHANGED or deciding.rules.limits:
        return None
    changed = told_of(records, deciding)
    if are_there and len(changed) < len(records):
        return None
    if not changed:
        return set()
    try:
        known = _decided(changed, deciding)
    except NotPacked:
        return None
    if known is None:
        return None
    found, decided = known
    # Read before anything is written, so that all new rows get their keys at once.
    keys = {row.record: _keys_changed(row, found, deciding.model) for row in changed}
    links = _links_changed(found, decided, {row.record for row in changed})
    looked_at = sorted(found.rows if decided.anew is None else decided.anew)
    doubts = _doubts_changed(looked_at, valued_few(decided.doubts, decided.groups))
    _write(((MatchKey, _KEY, _together(keys.values())), (Link, _LINK, links),
            (Doubt, _DOUBT, doubts)))  # fmt: skip
    _keep_texts(changed, found)
    return partition.assign_few(decided.groups, found.members)


def _decided(changed: Sequence[Row], deciding: InForce) -> tuple[Closed, few.Decided] | None:
    """What is decided of changed records and whom they touch: of no more than has to be known."""
    found = closed(changed, deciding.model, few.MOST)
    while found is not None:
        rows = sorted(found.rows.values(), key=lambda row: row.record)
        if few.are_judged([row.record for row in rows]):
            return None
        decided = joined(rows, found, deciding)
        if decided is None and found.reach == WHOLE:
            decided = few.decided(rows, deciding, found.full)
            return None if decided is None else (found, decided)
        if isinstance(decided, few.Decided):
            return found, decided
        found = wider(found, decided or WHOLE, deciding.model, few.MOST)
    return None


# Ids of rows that go, and rows that come.
Change = tuple[list[int], list[tuple[Any, ...]]]


def _together(changes: Iterable[Change]) -> Change:
    gone, fresh = zip(*changes, strict=True)
    return [pk for some in gone for pk in some], [row for some in fresh for row in some]


def told_of(records: Collection[int], deciding: InForce) -> list[Row]:
    """What records say, without what the rules in force block."""
    if deciding.rules.blocked:
        return few.rows_in(matching.frame_of(sorted(records), deciding.rules))
    return [Row(told["record"], plain(told)) for told in _told_by(records)]


_FIELDS = frozenset(matching.FIELDS)


def _told_by(records: Collection[int]) -> list[dict[str, Any]]:
    """As the rows of `matching.frame_of` with nothing blocked, without what is missing."""
    select = matching.TOLD.format(data=bulk.json_text("r.data")) + " AND"
    found = []
    for record, source, kind, updated, data in bulk.rows_where(select, "r.id", sorted(records)):
        told = {k: v for k, v in json.loads(data).items() if k in _FIELDS and v is not None}
        space, number = told.pop("number_of", source), told.pop("customer_number", None)
        if number is not None:
            told["number"] = f"{space}:{number}"
        found.append(
            told | {"record": record, "source": source, "kind": kind, "updated_at": updated}
        )
    return found


_KEY = ("hash", "record_id", "kind")
_LINK = ("left_id", "right_id", "weight", "same", "household", "levels", "model_version")
_DOUBT = ("left_id", "right_id", "weight", "doubt", "reason")


def _keys_changed(row: Row, found: Closed, model: core.Model) -> Change:
    stored = found.keys.get(row.record, {})
    wanted = dict.fromkeys(row.stored_keys(model))
    fresh = [(key, row.record, kind) for key, kind in wanted if (key, kind) not in stored]
    return [pk for key, pk in stored.items() if key not in wanted], fresh


def _keep_texts(changed: Iterable[Row], found: Closed) -> None:
    told = [row for row in changed if row.text != found.texts.get(row.record)]
    bulk.delete(Compared, "record_id", [r.record for r in told if r.record in found.texts])
    fresh = [(row.record, row.text) for row in told if row.text is not None]
    if fresh:
        bulk.insert(Compared, ["record_id", "said"], fresh)


def _links_changed(found: Closed, decided: few.Decided, changed: set[int]) -> Change:
    """Of two records that say what they said only the weights can have changed."""
    stored = found.links
    if decided.anew is not None:
        stored = {
            pk: link
            for pk, link in stored.items()
            if decided.anew.issuperset(link[:2]) or not decided.attached.isdisjoint(link[:2])
        }
    fresh = {link[:2]: link for link in decided.links}
    kept = {
        pk
        for pk, link in stored.items()
        if (wanted := fresh.get(link[:2])) and (*wanted[:5], wanted[6]) == link
    }
    asked = [pk for pk in kept if not changed.isdisjoint(found.links[pk][:2])]
    levels = "SELECT id, " + bulk.json_text("levels") + " FROM identity_link WHERE"
    for pk, text in bulk.rows_where(levels, "id", asked):
        # PostgreSQL writes JSON in its own way.
        if json.loads(text) != json.loads(fresh[found.links[pk][:2]][5]):
            kept.discard(pk)
    for pk in kept:
        del fresh[found.links[pk][:2]]
    return [pk for pk in stored if pk not in kept], list(fresh.values())


def _doubts_changed(records: Sequence[int], doubts: Iterable[tuple[Any, ...]]) -> Change:
    within, packed = bulk.members("bigint"), bulk.packed(records)
    select = "SELECT id, left_id, right_id, weight, doubt, reason FROM identity_doubt WHERE"
    sides = (f"{select} {side} IN ({within})" for side in ("left_id", "right_id"))
    stored = {
        tuple(doubt): pk for pk, *doubt in bulk.rows_of(" UNION ALL ".join(sides), [packed] * 2)
    }
    wanted = set(doubts)
    gone = [pk for doubt, pk in stored.items() if doubt not in wanted]
    return gone, [doubt for doubt in wanted if doubt not in stored]


def _write(changes: Sequence[tuple[type[Table], Sequence[str], Change]]) -> None:
    for model, _, (gone, _) in changes:
        bulk.delete(model, "id", gone)
    first = bulk.allocate_all({model: len(fresh) for model, _, (_, fresh) in changes})
    for model, columns, (_, fresh) in changes:
        if fresh:
            numbered = [(first[model] + at, *row) for at, row in enumerate(fresh)]
            bulk.insert(model, ["id", *columns], numbered)
