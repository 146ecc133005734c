"""The closed set of records around a few that changed, and what is stored about them.

What they may join or leave, in few questions to the database and without setting up columns.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from klantbeeld.core import bulk
from klantbeeld.identity import core
from klantbeeld.identity.blocks import Key, NotPacked
from klantbeeld.identity.core.text import present
from klantbeeld.identity.matching import KINDS, MATCHED_KINDS
from klantbeeld.identity.nearby import Row, identifier_fellows, left_by, met_with_fellows, tied_to

# left, right, weight, same, household, model_version.
StoredLink = tuple[int, int, float, float, float, str]


@dataclass
class Closed:
    """Records that can be matched as a whole, and what is stored of them.

    links by their id; members: record to customer and household; keys: (hash, kind) to id, of the
    records that changed; texts: what was packed of those that changed; full: see `nearby.Met`.
    near: where one record is new and nobody else meets or parts by it, whom it is tied to with
    their weights; None otherwise.
    """

    rows: dict[int, Row]
    links: dict[int, StoredLink] = field(default_factory=dict)
    members: dict[int, tuple[int, int]] = field(default_factory=dict)
    keys: dict[int, dict[tuple[int, int], int]] = field(default_factory=dict)
    texts: dict[int, str] = field(default_factory=dict)
    full: Mapping[Key, bool] = field(default_factory=dict)
    near: list[tuple[int, float]] | None = None


def closed(changed: Sequence[Row], model: core.Model, most: int) -> Closed | None:
    """Changed records with all that they may join or leave; None where those are over `most`.

    As `touching.touched_by`, where nobody spoke of any of them. Raises `NotPacked`.
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
    is_new = len(changed) == 1 and not (found.keys or found.texts)
    found.near = ties_of if is_new and not near else None
    near.update(record for record, _ in ties_of)
    bounds = [model.kinds[kind].thresholds for kind in KINDS]
    ties = min(b.loose for b in bounds), min(b.household for b in bounds)
    # What was never matched has no fellows yet.
    edge = [record for record in found.rows if record in found.keys or record in found.texts]
    while near or edge:
        near |= _tied(edge, found, ties) if edge else set()
        new = near - set(found.rows)
        if len(found.rows) + len(new) > most:
            return None
        rows = rows_of(new)
        found.rows |= {row.record: row for row in rows}
        edge, near = [row.record for row in rows], identifier_fellows(rows, model)
    return found


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


# Pairs with one of these records, and who is in one customer or household with them; in one
# question, of which the second kind of answer has no weight.
_TIED = """
SELECT id, left_id, right_id, weight, same, household, model_version FROM identity_link
WHERE left_id IN ({0})
UNION ALL
SELECT id, left_id, right_id, weight, same, household, model_version FROM identity_link
WHERE right_id IN ({0}) AND left_id NOT IN ({0})
UNION ALL
SELECT m.record_id, m.customer_id, m.household, {1}, {1}, {1}, '' FROM identity_membership o
JOIN identity_membership m ON m.customer_id = o.customer_id WHERE o.record_id IN ({0})
UNION ALL
SELECT m.record_id, m.customer_id, m.household, {1}, {1}, {1}, '' FROM identity_membership o
JOIN identity_membership m ON m.household = o.household
WHERE o.household <> 0 AND o.record_id IN ({0})
"""


def _tied(records: list[int], found: Closed, ties: tuple[float, float]) -> set[int]:
    """Whom stored links tie to these, and who is in one customer or household with them.

    Notes all stored links, and the places of those in the same customers and households.
    """
    near: set[int] = set()
    sql = _TIED.format(bulk.members("bigint"), "CAST(NULL AS double precision)")
    for pk, left, right, weight, same, household, version in bulk.rows_of(
        sql, [bulk.packed(records)] * 5
    ):
        if weight is None:
            found.members[pk] = (left, right)
            near.add(pk)
        else:
            found.links[pk] = (left, right, weight, same, household, version)
            if weight >= ties[0] or household >= ties[1]:
                near |= {left, right}
    return near
