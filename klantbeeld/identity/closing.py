"""The closed set of records around a few that changed, and what is stored about them.

What they may join or leave, in few questions to the database and without setting up columns.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from klantbeeld.core import bulk
from klantbeeld.identity import core
from klantbeeld.identity.blocks import Key, NotPacked
from klantbeeld.identity.core.text import present
from klantbeeld.identity.matching import KINDS, MATCHED_KINDS
from klantbeeld.identity.nearby import Row, identifier_fellows, left_by, met_with_fellows, tied_to

# left, right, weight, same, household, model_version.
StoredLink = tuple[int, int, float, float, float, str]


# What was looked for around one new record: its component; its households too; and whoever else
# may join or leave by it.
COMPONENT, HOUSEHOLDS, WHOLE = range(3)


@dataclass
class Closed:
    """Records that can be matched as a whole, and what is stored of them.

    links by their id; members: record to customer and household; keys: (hash, kind) to id, of the
    records that changed; texts: what was packed of those that changed; full: see `nearby.Met`.
    near: where one record is new and nobody else meets or parts by it, whom it is tied to with
    their weights; None otherwise.
    reach: see `COMPONENT`; beside: of those near the ones that are no part of the component.
    linked: what was found of its component, by its records, once that is known.
    """

    rows: dict[int, Row]
    links: dict[int, StoredLink] = field(default_factory=dict)
    members: dict[int, tuple[int, int]] = field(default_factory=dict)
    keys: dict[int, dict[tuple[int, int], int]] = field(default_factory=dict)
    texts: dict[int, str] = field(default_factory=dict)
    full: Mapping[Key, bool] = field(default_factory=dict)
    near: list[tuple[int, float]] | None = None
    reach: int = WHOLE
    beside: dict[int, Row] = field(default_factory=dict)
    linked: tuple[list[int], Any] | None = None


def closed(changed: Sequence[Row], model: core.Model, most: int) -> Closed | None:
    """Changed records with all that they may join or leave; None where those are over `most`.

    As `touching.touched_by`, where nobody spoke of any of them; of one new record by which nobody
    else meets or parts only its component (see `wider`). Raises `NotPacked`.
    """
    found = Closed({row.record: row for row in changed})
    _look_up_stored(found)
    met, fellows = met_with_fellows(changed, model)
    found.full = met.full
    near = (
        met.crossing
        | fellows
        | left_by(changed, [k[::-1] for keys in found.keys.values() for k in keys], model)
    )
    ties_of = [t[:2] for row in changed for t in tied_to(row, met, model) if t[2]]
    tied = {record for record, _ in ties_of}
    is_new = len(changed) == 1 and not (found.keys or found.texts)
    if is_new and not near:
        found.near = ties_of
        texts, own = met.texts, changed[0].text
        inside = {r for r, weight in ties_of if weight >= _bounds(model)[0] or texts[r] == own}
        found.reach = COMPONENT
        if not _follow(inside, found, model, most):
            return None
        beside = tied - set(found.rows)
        found.beside = {row.record: row for row in rows_of(beside)}
        found.members |= _members_of(beside)
        return found
    # What was never matched has no fellows yet.
    stored = {record for record in found.rows if record in found.keys or record in found.texts}
    return found if _follow(near | tied | stored, found, model, most) else None


def wider(found: Closed, reach: int, model: core.Model, most: int) -> Closed | None:
    """The same with more of what it touches (see `COMPONENT`); None where that is over `most`."""
    bound = _bounds(model)[1]
    select = "SELECT record_id FROM identity_membership WHERE"
    homes = {members[1] for members in found.members.values()} - {0}
    edge = {row[0] for row in bulk.rows_where(select, "household", sorted(homes))}
    edge.update(r for link in found.links.values() if link[4] >= bound for r in link[:2])
    edge.update(found.beside)
    if reach == WHOLE:
        edge |= identifier_fellows([*found.rows.values()], model)
    wide = replace(found, beside={}, reach=reach)
    return wide if _follow(edge - set(found.rows), wide, model, most) else None


def _bounds(model: core.Model) -> tuple[float, float]:
    bounds = [model.kinds[kind].thresholds for kind in KINDS]
    return min(b.loose for b in bounds), min(b.household for b in bounds)


def _follow(edge: set[int], found: Closed, model: core.Model, most: int) -> bool:
    """Add all that these records hang together with; False where that is more than `most`."""
    loose, household = _bounds(model)
    ties = loose, household if found.reach > COMPONENT else math.inf
    reached = edge | set(found.rows)
    while edge:
        fresh = edge - set(found.rows)
        while edge:
            every, near = _tied(edge, found, ties, most)
            # Of who is in one customer with those asked about all has been told.
            known = every if found.reach == COMPONENT else edge
            fresh |= (every | near) - reached
            edge = (every | near) - reached - known
            reached |= every | near
            if len(reached) > most:
                return False
        rows = rows_of(fresh)
        found.rows |= {row.record: row for row in rows}
        edge = identifier_fellows(rows, model) - reached if found.reach == WHOLE else set()
        reached |= edge
    return True


def rows_of(records: Collection[int]) -> list[Row]:
    """Stored records of subjects that are matched, of what is packed. Raises `NotPacked`."""
    if not records:
        return []
    kinds = ", ".join(f"'{kind}'" for kind in MATCHED_KINDS)
    told = bulk.rows_where(
        "SELECT r.id, s.key, r.updated_at, c.said FROM core_record r"
        " JOIN core_source s ON s.id = r.source_id"
        f" LEFT JOIN identity_compared c ON c.record_id = r.id WHERE r.kind IN ({kinds}) AND",
        "r.id", sorted(records),
    )  # fmt: skip
    if any(said is None for *_, said in told):
        raise NotPacked
    return [
        Row.stored(record, said, _kept(source), _kept(str(updated)))
        for record, source, updated, said in told
    ]


def _kept(text: str) -> str:
    return present(text) or ""


def _look_up_stored(found: Closed) -> None:
    """Keys and packed values that the changed records have now."""
    records = sorted(found.rows)
    keys = bulk.rows_where(
        "SELECT id, hash, kind, record_id FROM identity_matchkey WHERE", "record_id", records
    )
    for pk, key, kind, record in keys:
        found.keys.setdefault(record, {})[key, kind] = pk
    select = "SELECT record_id, said FROM identity_compared WHERE"
    found.texts = dict(bulk.rows_where(select, "record_id", records))


# Who is in one customer (or household) with these records, up to so many, and all pairs of all
# those; in one question, of which the first kind of answer has no weight.
_TIED = """
WITH asked (record_id) AS MATERIALIZED ({0}), held AS MATERIALIZED (
SELECT record_id, customer_id, household FROM identity_membership
WHERE customer_id IN (SELECT customer_id FROM identity_membership
WHERE record_id IN (SELECT record_id FROM asked)){2}
LIMIT %s
), every (record_id) AS MATERIALIZED (
SELECT record_id FROM asked UNION SELECT record_id FROM held
)
SELECT record_id, customer_id, household, {1}, {1}, {1}, '' FROM held
UNION ALL
SELECT id, left_id, right_id, weight, same, household, model_version FROM identity_link
WHERE left_id IN (SELECT record_id FROM every)
UNION ALL
SELECT id, left_id, right_id, weight, same, household, model_version FROM identity_link
WHERE right_id IN (SELECT record_id FROM every)
AND left_id NOT IN (SELECT record_id FROM every)
"""
_AT_HOME = """
OR household IN (SELECT household FROM identity_membership
WHERE household <> 0 AND record_id IN (SELECT record_id FROM asked))"""


def _tied(
    records: set[int], found: Closed, ties: tuple[float, float], most: int
) -> tuple[set[int], set[int]]:
    """These records with who is in one customer (or household) with them; whom links tie to those.

    Of more than `most` not all are told.

    Notes all stored links of them, and the places of those in the same customers and households.
    Households are followed where a probability (`ties`) is said from which links make them.
    """
    every, near = set(records), set[int]()
    loose, household = ties
    params = [bulk.packed(sorted(records)), most + 1]
    for row in bulk.rows_of(_tied_sql(household <= 1), params):
        pk, left, right, weight = row[:4]
        if weight is None:
            found.members[pk] = (left, right)
            every.add(pk)
        else:
            found.links[pk] = row[1:]
            if weight >= loose or row[5] >= household:
                near.add(left)
                near.add(right)
    return every, near


@cache
def _tied_sql(with_homes: bool) -> str:
    weightless = "CAST(NULL AS double precision)"
    return _TIED.format(bulk.members("bigint"), weightless, _AT_HOME if with_homes else "")


def _members_of(records: Collection[int]) -> dict[int, tuple[int, int]]:
    select = "SELECT record_id, customer_id, household FROM identity_membership WHERE"
    return {row[0]: row[1:] for row in bulk.rows_where(select, "record_id", sorted(records))}
