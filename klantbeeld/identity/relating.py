"""How a customer hangs together with organisations: found from the stored keys when asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from klantbeeld.core import bulk
from klantbeeld.identity import core, matching
from klantbeeld.identity.core.model import WORDS
from klantbeeld.identity.core.plain import Plain, keys_of, unpacked
from klantbeeld.identity.core.relations import LARGEST_GROUP, relations

# What organisations meet by that belong together, and those who work there meet them by.
_TOGETHER = (
    "kvk", "vat", "organisation_iban", "domain", "organisation", "organisation_address",
)  # fmt: skip
_EMPLOYED = ("domain", "organisation")
# More records than these under shared keys are no group, and would keep the card waiting.
_MOST_RECORDS = 300


@dataclass(frozen=True, slots=True)
class Related:
    """Another customer; relation: 'parent' (it is ours), 'part' (of ours), 'branch',
    'same_address', 'contact' (we work there) or 'employs'; because: columns that are shared."""

    customer: int
    relation: str
    because: tuple[str, ...]


def related_to(customer: int, people: Sequence[int] = ()) -> list[Related]:
    """What a customer hangs together with, the closest relations first.

    Of an organisation's keys those of its people are not stored: who may be among them is told.
    """
    own, theirs = _records_of([customer]), _records_of(people)
    # What else its people may work for is looked at too: of two employers neither is told.
    near = _near(_said([*own, *theirs])) | set(theirs)
    owners = _owners(near)
    mine = set(own)
    others = sorted(r for r in near if r not in mine and owners.get(r, customer) != customer)
    if len(others) > _MOST_RECORDS and people:
        return related_to(customer, people[: len(people) // 2])
    if not others or len(others) > _MOST_RECORDS:
        return []
    owners |= dict.fromkeys(own, customer)
    frame = matching.frame_of([*own, *others])
    rows = [owners[record] for record in frame["record"].to_list()]
    found = _found(core.match_values(frame), np.array(rows, dtype=np.int64))
    told = (_seen_from(customer, *line) for line in found.iter_rows())
    return sorted((r for r in told if r), key=lambda r: (_ORDER.index(r.relation), r.customer))


_ORDER = ("parent", "part", "contact", "employs", "branch", "same_address")


def _seen_from(customer: int, one: int, other: int, relation: str, because: str) -> Related | None:
    # What people brought together, such as a firm and a record of who writes for it, is one.
    if customer not in (one, other) or one == other:
        return None
    is_first = customer == one
    turned = {"parent": "part", "contact": "employs"}
    seen = relation if is_first else turned.get(relation, relation)
    return Related(other if is_first else one, seen, tuple(because.split(",")))


def _records_of(customers: Sequence[int]) -> list[int]:
    rows = bulk.rows_where(
        "SELECT record_id FROM identity_membership WHERE", "customer_id", customers
    )
    return sorted(row[0] for row in rows)


def _owners(records: Iterable[int]) -> dict[int, int]:
    rows = bulk.rows_where(
        "SELECT record_id, customer_id FROM identity_membership WHERE", "record_id",
        sorted(records),
    )  # fmt: skip
    return dict(rows)


def _said(records: Sequence[int]) -> list[Plain]:
    rows = bulk.rows_where("SELECT said FROM identity_compared WHERE", "record_id", records)
    return [unpacked(said) for (said,) in rows]


def _near(said: Sequence[Plain]) -> set[int]:
    """The records of organisations under keys that are shared, those of many left out."""
    keys: set[int] = set()
    stopped = matching.in_force().model.stopped_keys
    for one in said:
        kinds = _TOGETHER if one.kind == core.ORGANISATION else _EMPLOYED
        keys |= {key for _, key in keys_of(one._replace(kind=core.ORGANISATION), kinds)}
    rows = bulk.rows_where(
        "SELECT hash, record_id FROM identity_matchkey WHERE", "hash", sorted(keys - stopped)
    )
    held: dict[int, set[int]] = {}
    for key, record in rows:
        held.setdefault(key, set()).add(record)
    return set().union(*(records for records in held.values() if len(records) <= LARGEST_GROUP))


def _found(values: pl.DataFrame, customers: np.ndarray) -> pl.DataFrame:
    """The relations among these rows, of which pairs of organisations are scored first."""
    firms = matching.in_force().model.kinds[core.ORGANISATION]
    at = np.flatnonzero((values["kind"] == core.ORGANISATION).to_numpy())
    one, other = np.triu_indices(len(at), 1)
    ends = {"left": at[one].astype(np.uint32), "right": at[other].astype(np.uint32)}
    pairs = pl.DataFrame(ends)
    levels = core.compare(values, pairs, core.ORGANISATION, firms.frequencies)
    scored = core.score(levels, firms, core.ORGANISATION)
    whole = pl.concat([pairs, levels, scored], how="horizontal")
    bound = firms.thresholds.household
    return relations(values, customers, whole, bound, firms.frequencies.get(WORDS))
