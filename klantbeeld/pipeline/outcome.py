"""What loading came to: the customers of deliveries by group, the best one, the doubles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import Model

from klantbeeld.core import bulk
from klantbeeld.core.models import Delivery, Record
from klantbeeld.pipeline.past_term import REPORTED
from klantbeeld.pipeline.report import NOT_LOOKED_INTO
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


def outcome(deliveries: Sequence[int], doubled: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Counts of customers, by group; the best one, and whether anybody bought; the doubles.

    `doubled` are source and key of records that are a customer's second.
    """
    customers = customers_of(deliveries)
    profiles = bulk.rows_where(
        'SELECT customer_id, "group", revenue_minor, interactions FROM profiles_profile WHERE',
        "customer_id", customers,
    )  # fmt: skip
    groups = Counter(row[1] for row in profiles)
    best = max(profiles, key=lambda row: (row[2], row[3], -row[0]), default=(0,))
    several = _customers(doubled)
    return {
        "customers": len(customers),
        "groups": dict(groups),
        "best": best[0],
        "has_buyers": any(row[2] > 0 for row in profiles),
        "doubles": len(several),
        "double_customers": several[:LISTED],
        "rows": _rows(deliveries),
    }


def _customers(records: Sequence[tuple[str, str]]) -> list[int]:
    """The customers that have one of these records, (source, key) each; the largest first."""
    by_source: dict[str, list[str]] = {}
    for source, key in records:
        by_source.setdefault(source, []).append(key)
    found: set[int] = set()
    for source, keys in by_source.items():
        rows = bulk.rows_where(
            "SELECT m.customer_id FROM identity_membership m JOIN core_record r"
            " ON r.id = m.record_id JOIN core_source s ON s.id = r.source_id WHERE s.key = %s AND",
            "r.key", keys, kind="text", params=[source],
        )  # fmt: skip
        found |= {row[0] for row in rows}
    members = bulk.rows_where(
        "SELECT customer_id FROM identity_membership WHERE", "customer_id", sorted(found)
    )
    counted = Counter(row[0] for row in members)
    return sorted((c for c, n in counted.items() if n > 1), key=lambda c: (-counted[c], c))


def _rows(deliveries: Sequence[int]) -> dict[str, int]:
    names = ("rows_read", "rows_stored", "rows_unchanged", "rows_quarantined", "rows_suppressed",
             "rows_rejected")  # fmt: skip
    held = list(Delivery.objects.filter(pk__in=deliveries).values(*names, "report"))
    counts = {name: sum(row[name] for row in held) for name in names}
    reported = (REPORTED, NOT_LOOKED_INTO)
    return counts | {name: sum(row["report"].get(name, 0) for row in held) for name in reported}
