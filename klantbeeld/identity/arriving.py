"""A few records that arrived or changed: matched with whom they touch, without setting up columns.

Of the closed set around them only what differs from what is stored is written.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from klantbeeld.core import bulk
from klantbeeld.identity import core, few, matching, partition
from klantbeeld.identity.blocks import NotPacked
from klantbeeld.identity.closing import Closed, StoredLink, closed
from klantbeeld.identity.core.plain import plain
from klantbeeld.identity.doubts_few import valued_few
from klantbeeld.identity.matching import InForce
from klantbeeld.identity.models import Compared, Doubt, Link, MatchKey
from klantbeeld.identity.nearby import Row

# So many changed records are looked at one by one.
MOST_CHANGED = 20


def match(records: Collection[int], deciding: InForce) -> set[int] | None:
    """Match records with whom they touch; returns the records of every customer that changed.

    Inside a transaction. None, with nothing written, where `matching` has to be asked: of many
    records, where people spoke of some, or where values are limited (see `limiting`).
    """
    if len(records) > MOST_CHANGED or deciding.rules.limits:
        return None
    changed = told_of(records, deciding)
    if not changed:
        return set()
    try:
        found = closed(changed, deciding.model, few.MOST)
    except NotPacked:
        return None
    rows = sorted(found.rows.values(), key=lambda row: row.record) if found else []
    decided = few.decided(rows, deciding, found.full) if found else None
    if found is None or decided is None:
        return None
    for row in changed:
        _keep_keys(row, found, deciding.model)
    _keep_links(found, decided.links)
    _keep_doubts(sorted(found.rows), valued_few(decided.doubts, decided.groups))
    return partition.assign_few(decided.groups, found.members)


def told_of(records: Collection[int], deciding: InForce) -> list[Row]:
    """What records say, without what the rules in force block."""
    if deciding.rules.blocked:
        return few.rows_in(matching.frame_of(sorted(records), deciding.rules))
    return [Row(told["record"], plain(told)) for told in _told_by(records)]


def _told_by(records: Collection[int]) -> list[dict[str, Any]]:
    """As the rows of `matching.frame_of` with nothing blocked, without what is missing."""
    select = matching.TOLD.format(data=bulk.json_text("r.data")) + " AND"
    found = []
    for record, source, kind, updated, data in bulk.rows_where(select, "r.id", sorted(records)):
        told = {k: v for k, v in json.loads(data).items() if k in matching.FIELDS and v is not None}
        space, number = told.pop("number_of", source), told.pop("customer_number", None)
        if number is not None:
            told["number"] = f"{space}:{number}"
        found.append(
            told | {"record": record, "source": source, "kind": kind, "updated_at": updated}
        )
    return found


def _keep_keys(row: Row, found: Closed, model: core.Model) -> None:
    stored = found.keys.get(row.record, {})
    wanted = dict.fromkeys(row.stored_keys(model))
    bulk.delete(MatchKey, "id", [pk for key, pk in stored.items() if key not in wanted])
    fresh = [(key, row.record, kind) for key, kind in wanted if (key, kind) not in stored]
    _add(MatchKey, ("hash", "record_id", "kind"), fresh)
    if row.text != found.texts.get(row.record):
        if row.record in found.texts:
            bulk.delete(Compared, "record_id", [row.record])
        if row.text is not None:
            bulk.insert(Compared, ["record_id", "said"], [(row.record, row.text)])


_LINK = ("left_id", "right_id", "weight", "same", "household", "levels", "model_version")
_DOUBT = ("left_id", "right_id", "weight", "doubt", "reason")


def _keep_links(found: Closed, links: Iterable[StoredLink]) -> None:
    fresh = {link[:2]: link for link in links}
    gone = []
    for pk, stored in found.links.items():
        wanted = fresh.get(stored[:2])
        if wanted is not None and (wanted == stored or _parsed(wanted) == _parsed(stored)):
            del fresh[stored[:2]]
        else:
            gone.append(pk)
    bulk.delete(Link, "id", gone)
    _add(Link, _LINK, list(fresh.values()))


def _parsed(link: StoredLink) -> tuple[Any, ...]:
    """PostgreSQL writes JSON in its own way."""
    *rest, levels, version = link
    return (*rest, json.loads(levels), version)


def _keep_doubts(records: Sequence[int], doubts: Iterable[tuple[Any, ...]]) -> None:
    within, packed = bulk.members("bigint"), bulk.packed(records)
    select = "SELECT id, left_id, right_id, weight, doubt, reason FROM identity_doubt WHERE"
    sides = (f"{select} {side} IN ({within})" for side in ("left_id", "right_id"))
    stored = {
        tuple(doubt): pk for pk, *doubt in bulk.rows_of(" UNION ".join(sides), [packed, packed])
    }
    wanted = set(doubts)
    bulk.delete(Doubt, "id", [pk for doubt, pk in stored.items() if doubt not in wanted])
    _add(Doubt, _DOUBT, [doubt for doubt in wanted if doubt not in stored])


def _add(
    model: type[MatchKey | Link | Doubt], columns: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> None:
    if rows:
        first = bulk.allocate(model, len(rows))
        numbered = [(first + at, *row) for at, row in enumerate(rows)]
        bulk.insert(model, ["id", *columns], numbered)
