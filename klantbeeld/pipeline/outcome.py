"""What loading came to: the customers of some deliveries by group, the best of them, the doubles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import Model

from klantbeeld.core import bulk
from klantbeeld.core.models import Delivery, Record
from klantbeeld.timeline.models import Interaction, Seen
from klantbeeld.timeline.tables import seen_rows

# So many doubles are listed; the screens show the first of them.
LISTED = 500
_BROUGHT = """
    SELECT record_id FROM core_recordversion WHERE delivery_id = %s
    UNION SELECT record_id FROM timeline_interaction WHERE delivery_id = %s
    UNION SELECT record_id FROM timeline_subscription WHERE delivery_id = %s
"""


def records_of(deliveries: Sequence[int]) -> list[int]:
    """The records that these deliveries told of, changed or not, ascending."""
    found: set[int] = set()
    for delivery in Delivery.objects.filter(pk__in=deliveries):
        with connection.cursor() as cursor:
            cursor.execute(_BROUGHT, [delivery.pk] * 3)
            found |= {row[0] for row in cursor.fetchall()}
        found |= set(_seen(delivery, Record))
        again = _seen(delivery, Interaction)
        rows = bulk.rows_where(
            "SELECT DISTINCT record_id FROM timeline_interaction WHERE", "id", again
        )
        found |= {row[0] for row in rows}
    return sorted(found)


def _seen(delivery: Delivery, model: type[Model]) -> list[int]:
    """The rows that a delivery brought again without change."""
    held = Seen.objects.filter(delivery=delivery, table=model._meta.db_table)
    return [row for seen in held for row in seen_rows(seen).tolist()]


def customers_of(deliveries: Sequence[int]) -> list[int]:
    """The customers that these deliveries told of, ascending."""
    rows = bulk.rows_where(
        "SELECT DISTINCT customer_id FROM identity_membership WHERE", "record_id",
        records_of(deliveries),
    )  # fmt: skip
    return sorted(row[0] for row in rows)


def outcome(deliveries: Sequence[int]) -> dict[str, Any]:
    """Counts of customers, by group; the best customer; how many are doubles, and the first."""
    customers = customers_of(deliveries)
    profiles = bulk.rows_where(
        'SELECT customer_id, "group", revenue_minor, interactions FROM profiles_profile WHERE',
        "customer_id", customers,
    )  # fmt: skip
    groups = Counter(row[1] for row in profiles)
    best = max(profiles, key=lambda row: (row[2], row[3], -row[0]), default=(0,))
    members = bulk.rows_where(
        "SELECT customer_id FROM identity_membership WHERE", "customer_id", customers
    )
    several = [(n, c) for c, n in Counter(row[0] for row in members).items() if n > 1]
    several.sort(key=lambda pair: (-pair[0], pair[1]))
    return {
        "customers": len(customers),
        "groups": dict(groups),
        "best": best[0],
        "doubles": len(several),
        "double_customers": [customer for _, customer in several[:LISTED]],
        "rows": _rows(deliveries),
    }


def _rows(deliveries: Sequence[int]) -> dict[str, int]:
    names = ("rows_read", "rows_stored", "rows_unchanged", "rows_quarantined", "rows_suppressed",
             "rows_rejected")  # fmt: skip
    held = list(Delivery.objects.filter(pk__in=deliveries).values(*names))
    return {name: sum(row[name] for row in held) for name in names}
