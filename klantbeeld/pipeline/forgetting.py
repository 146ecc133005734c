"""What an import brought of people who were erased while it ran; and the keys that are left over.

An import holds its rows against the tombstones when it reads them. Who is erased after that, and
before the rows are written, would come in by this door: so before anything is matched, what waits
for it is held against the tombstones once more.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from django.db import transaction

from klantbeeld.core import bulk, registry
from klantbeeld.core.models import Customer
from klantbeeld.identity.models import Membership
from klantbeeld.privacy.tables import last_tombstone, no_tombstones, was_erased_since

_BORN = (
    "SELECT r.id, s.key, r.key, {data}, coalesce(d.started_at, (SELECT max(e.started_at) FROM"
    " core_delivery e WHERE e.source_id = r.source_id AND e.started_at <= r.created_at), 0)"
    " FROM core_record r JOIN core_source s ON s.id = r.source_id"
    " LEFT JOIN core_recordversion v ON v.record_id = r.id AND v.seq = 1"
    " LEFT JOIN core_delivery d ON d.id = v.delivery_id WHERE"
)


def drop_late(records: Sequence[int]) -> int:
    """Erase those of these records whose people were erased after their delivery began.

    And what still hangs on records that are gone. Returns how many went. Nobody has seen them:
    that only begins when they are matched.
    """
    if no_tombstones() or not records:
        return 0
    rows = bulk.rows_where(_BORN.format(data=bulk.json_text("r.data")), "r.id", records)
    latest = last_tombstone()
    young = [row for row in rows if row[-1] < latest]
    late = [
        record for record, source, key, data, born in young
        if was_erased_since(born, source, key, json.loads(data))
    ]  # fmt: skip
    orphans = sorted(set(records) - {row[0] for row in rows})
    gone = [*late, *orphans]
    if gone:
        with transaction.atomic():
            for store in registry.stores():
                store.erase(gone)
    return len(gone)


def forget_customers(customers: Sequence[int]) -> int:
    """Remove these customers' keys where nothing is left and nobody was absorbed; how many."""
    held = set(
        Membership.objects.filter(customer__in=list(customers)).values_list(
            "customer_id", flat=True
        )
    )
    empty = Customer.objects.filter(pk__in=list(customers), absorbed_by=None, anchor=None)
    gone = [c for c in empty.values_list("pk", flat=True) if c not in held]
    return Customer.objects.filter(pk__in=gone).delete()[1].get("core.Customer", 0)
