"""What must hold in the partition; `klantbeeld check` runs these."""

from __future__ import annotations

from django.db import connection

from klantbeeld.core.models import Record
from klantbeeld.core.registry import Check

_KINDS = ", ".join(f"'{kind}'" for kind in (Record.PERSON, Record.ORGANISATION, Record.UNKNOWN))
# Each counts rows that should not be there.
_WRONG = {
    "records belong to no customer": (
        f"SELECT count(*) FROM core_record r WHERE r.kind IN ({_KINDS})"
        " AND NOT EXISTS (SELECT 1 FROM identity_membership m WHERE m.record_id = r.id)"
        " AND NOT EXISTS (SELECT 1 FROM identity_pending p WHERE p.record = r.id)"
    ),
    "records belong to a customer that was absorbed": (
        "SELECT count(*) FROM identity_membership m JOIN core_customer c ON c.id = m.customer_id"
        " WHERE c.absorbed_by_id IS NOT NULL"
    ),
    "absorbed customers lead to one that was absorbed itself": (
        "SELECT count(*) FROM core_customer c JOIN core_customer s ON s.id = c.absorbed_by_id"
        " WHERE s.absorbed_by_id = c.id OR c.absorbed_by_id = c.id"
    ),
    "links have their ends in the wrong order": (
        "SELECT count(*) FROM identity_link WHERE left_id >= right_id"
    ),
}


def partition_is_total() -> list[str]:
    """Every matched record that does not wait belongs to one living customer."""
    found = []
    with connection.cursor() as cursor:
        for what, statement in _WRONG.items():
            cursor.execute(statement)
            if count := int(cursor.fetchone()[0]):
                found.append(f"{count} {what}.")
    return found


def others_stay_out() -> list[str]:
    """Records that can never be a customer (campaigns, sales without one) belong to none."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM identity_membership m JOIN core_record r ON r.id = m.record_id"
            " WHERE r.kind IN (%s, %s)",
            [Record.ANONYMOUS, Record.CAMPAIGN],
        )
        count = int(cursor.fetchone()[0])
    return [f"{count} records that are no customers belong to one."] if count else []


CHECKS = (
    Check("partition", "Every record belongs to one customer", 50, partition_is_total),
    Check("strangers", "What is no customer belongs to none", 51, others_stay_out),
)
