"""From clusters of records to customers with lasting ids.

The id of a customer follows its anchor record: of the customers whose anchors meet in one
cluster the oldest survives and absorbs the others; when an anchor leaves again, its customer
comes back. So the ids are a function of the clusters, and any sequence of merges and splits
undone gives the same ids again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from klantbeeld.core import bulk
from klantbeeld.core.clock import now_us
from klantbeeld.core.models import Customer
from klantbeeld.identity.models import Membership


def assign(clusters: pl.DataFrame) -> set[int]:
    """Write customers and memberships for `clusters` (record, cluster, household).

    Returns the records whose customer or household changed, and those left behind in a
    customer that lost or gained one. Inside a transaction.
    """
    if clusters.is_empty():
        return set()
    records = clusters["record"].to_list()
    before = _memberships(records)
    anchors = _anchors(records)
    survivors, absorbed, fresh = _survivors(clusters, anchors)
    _write_customers(survivors, absorbed, fresh)
    customer = clusters["cluster"].replace_strict(survivors, return_dtype=pl.Int64)
    after = clusters.select("record", "household").with_columns(customer.alias("customer"))
    return _write_memberships(before, after)


def assign_few(
    groups: Sequence[tuple[int, int, int]], before: Mapping[int, tuple[int, int]]
) -> set[int]:
    """As `assign`, of few records of which `before` tells where they are: customer, household.

    They must be all records of the customers that they are of.
    """
    cluster_of = {record: cluster for record, cluster, _ in groups}
    survivors = _kept(cluster_of, before)
    if survivors is None:
        survivors = _settled(cluster_of)
    after = {record: (survivors[cluster], home) for record, cluster, home in groups}
    changed = {record for record in after if after[record] != before.get(record)}
    new = [(record, *after[record]) for record in sorted(changed) if record not in before]
    moved = [(record, *after[record]) for record in sorted(changed) if record in before]
    bulk.insert(Membership, ["record_id", "customer_id", "household"], new)
    bulk.update(Membership, ["customer_id", "household"], moved)
    touched = {after[r][0] for r in changed} | {before[r][0] for r in changed if r in before}
    return {record for record, (customer, _) in after.items() if customer in touched}


def _kept(
    cluster_of: Mapping[int, int], before: Mapping[int, tuple[int, int]]
) -> dict[int, int] | None:
    """Cluster to customer where of those who have one nobody meets or parts; None elsewhere.

    There all customers keep their records, and with them their anchors.
    """
    pairs = {(cluster, before[r][0]) for r, cluster in cluster_of.items() if r in before}
    kept = dict(pairs)
    if len(kept) < len(pairs) or len(set(kept.values())) < len(pairs):
        return None
    new = [record for record in cluster_of if record not in before]
    if _anchors(new):
        return None
    lone: dict[int, int] = {}
    for record in sorted(new, reverse=True):
        if cluster_of[record] not in kept:
            lone[cluster_of[record]] = record
    return kept | _founded(lone)


def _settled(cluster_of: Mapping[int, int]) -> dict[int, int]:
    """Cluster to customer by the anchors that are in it; writes who absorbed whom."""
    anchors = bulk.rows_where(
        "SELECT anchor_id, id, absorbed_by_id FROM core_customer WHERE",
        "anchor_id", list(cluster_of),
    )  # fmt: skip
    met: dict[int, set[int]] = {cluster: set() for cluster in cluster_of.values()}
    by_id = sorted(anchors, key=lambda row: -row[1])  # of two with one anchor the oldest
    known = {anchor: (customer, absorbed) for anchor, customer, absorbed in by_id}
    for anchor, (customer, _) in known.items():
        met[cluster_of[anchor]].add(customer)
    survivors = {cluster: min(own) for cluster, own in met.items() if own}
    lone = {
        cluster: min(r for r, c in cluster_of.items() if c == cluster)
        for cluster in met
        if cluster not in survivors
    }
    led = {c: min(own) for own in met.values() for c in own if c != min(own)}
    turned = [(c, led.get(c)) for c, absorbed in known.values() if led.get(c) != absorbed]
    found = survivors | _founded(lone)
    bulk.update(Customer, ["absorbed_by_id"], sorted(turned))
    return found


def _founded(lone: Mapping[int, int]) -> dict[int, int]:
    """New customers of clusters, of which the anchor is told."""
    if not lone:
        return {}
    first = bulk.allocate(Customer, len(lone))
    by_anchor = sorted((anchor, cluster) for cluster, anchor in lone.items())
    _make([(first + at, anchor) for at, (anchor, _) in enumerate(by_anchor)])
    return {cluster: first + at for at, (_, cluster) in enumerate(by_anchor)}


def _make(fresh: Sequence[tuple[int, int]]) -> None:
    """New customers: id and anchor."""
    at = now_us()
    bulk.insert(
        Customer, ["id", "anchor_id", "created_at"], [(c, anchor, at) for c, anchor in fresh]
    )


def _memberships(records: Sequence[int]) -> dict[int, tuple[int, int]]:
    rows = bulk.rows_where(
        "SELECT record_id, customer_id, household FROM identity_membership WHERE",
        "record_id", records,
    )  # fmt: skip
    return {row[0]: (row[1], row[2]) for row in rows}


def _anchors(records: Sequence[int]) -> dict[int, int]:
    """anchor record -> customer, among these records."""
    rows = bulk.rows_where("SELECT anchor_id, id FROM core_customer WHERE", "anchor_id", records)
    found: dict[int, int] = {}
    for anchor, customer in rows:
        found[anchor] = min(customer, found.get(anchor, customer))
    return found


def _survivors(
    clusters: pl.DataFrame, anchors: dict[int, int]
) -> tuple[dict[int, int], dict[int, int], list[tuple[int, int]]]:
    """(cluster -> customer, absorbed customer -> survivor, new customers with their anchor)."""
    survivors: dict[int, int] = {}
    absorbed: dict[int, int] = {}
    for record, cluster in clusters.select("record", "cluster").iter_rows():
        customer = anchors.get(record)
        if customer is None:
            continue
        chosen = survivors.get(cluster)
        if chosen is None:
            survivors[cluster] = customer
        else:
            survivors[cluster] = min(chosen, customer)
            absorbed[max(chosen, customer)] = cluster
    missing = clusters.filter(~pl.col("cluster").is_in(list(survivors)))
    fresh = missing.group_by("cluster").agg(pl.col("record").min()).sort("record")
    if len(fresh):
        first = bulk.allocate(Customer, len(fresh))
        survivors |= {c: first + n for n, c in enumerate(fresh["cluster"].to_list())}
    made = [(survivors[c], r) for c, r in fresh.select("cluster", "record").iter_rows()]
    return survivors, {c: survivors[cluster] for c, cluster in absorbed.items()}, made


def _write_customers(
    survivors: dict[int, int], absorbed: dict[int, int], fresh: list[tuple[int, int]]
) -> None:
    _make(fresh)
    back = bulk.rows_where(
        "SELECT id FROM core_customer WHERE absorbed_by_id IS NOT NULL AND",
        "id", sorted(set(survivors.values())),
    )  # fmt: skip
    bulk.update(Customer, ["absorbed_by_id"], [(row[0], None) for row in back])
    bulk.update(Customer, ["absorbed_by_id"], sorted(absorbed.items()))


def _write_memberships(before: dict[int, tuple[int, int]], after: pl.DataFrame) -> set[int]:
    new, changed, customers = [], [], set()
    for record, household, customer in after.iter_rows():
        had = before.get(record)
        if had is None:
            new.append((record, customer, household))
            customers.add(customer)
        elif had != (customer, household):
            changed.append((record, customer, household))
            customers |= {customer, had[0]}
    bulk.insert(Membership, ["record_id", "customer_id", "household"], new)
    bulk.update(Membership, ["customer_id", "household"], changed)
    return _members(customers)


def _members(customers: set[int]) -> set[int]:
    rows = bulk.rows_where(
        "SELECT record_id FROM identity_membership WHERE", "customer_id", sorted(customers)
    )
    return {row[0] for row in rows}


def leave(records: Sequence[int]) -> set[int]:
    """Take records that are gone out of their customers; an anchor that goes is replaced.

    A customer of whom nothing is left disappears, unless it absorbed others or was absorbed.
    Returns the records that are left behind in those customers.
    """
    if not records:
        return set()
    customers = {
        row[0]
        for row in bulk.rows_where(
            "SELECT customer_id FROM identity_membership WHERE", "record_id", records
        )
    }
    customers |= set(_anchors(records).values())
    bulk.delete(Membership, "record_id", records)
    held = bulk.rows_where(
        "SELECT customer_id, record_id FROM identity_membership WHERE",
        "customer_id", sorted(customers),
    )  # fmt: skip
    left: dict[int, int] = dict(sorted(held, reverse=True))
    gone = set(records)
    for customer in Customer.objects.filter(pk__in=customers):
        if customer.anchor_id in gone or customer.anchor_id is None:
            Customer.objects.filter(pk=customer.pk).update(anchor=left.get(customer.pk))
    empty = Customer.objects.filter(
        pk__in=customers - set(left), anchor=None, absorbed_by=None
    ).exclude(pk__in=Customer.objects.exclude(absorbed_by=None).values("absorbed_by"))
    empty.delete()
    return _members(customers)
