"""What must hold between the database and what is derived from it, for `klantbeeld check`."""

from __future__ import annotations

from django.db import connection

from klantbeeld.core import changes, registry
from klantbeeld.core.registry import Check, CopiedTable
from klantbeeld.engine.errors import NoCopy, RebuildNeeded
from klantbeeld.pipeline import copying

ANY_POSITION = 2**62


def customers_have_profiles() -> list[str]:
    """Each customer with records has a profile, but for records that still wait."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(DISTINCT m.customer_id) FROM identity_membership m"
            " WHERE NOT EXISTS"
            " (SELECT 1 FROM profiles_profile p WHERE p.customer_id = m.customer_id)"
            " AND NOT EXISTS (SELECT 1 FROM identity_pending w WHERE w.record = m.record_id)"
        )
        missing = int(cursor.fetchone()[0])
    return [f"{missing} customers have no profile."] if missing else []


def copy_is_whole() -> list[str]:
    """Every file of the copy fits its checksum, and an up-to-date table has all its rows."""
    found = []
    for table in registry.copied_tables().values():
        try:
            found += _wrong_with(table)
        except NoCopy:
            continue
        except RebuildNeeded as problem:
            found.append(f"The copy of {problem.table} must be rebuilt: {problem.reason}.")
    return found


def _wrong_with(table: CopiedTable) -> list[str]:
    held = copying.store()
    watermark = held.verify(table.name)[table.name]
    if changes.touched_between(table.name, watermark.position, ANY_POSITION):
        return []
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT count(*) FROM "{table.db_table}"')
        rows = int(cursor.fetchone()[0])
    copied = held.manifest(table.name).rows
    if rows == copied:
        return []
    return [f"The copy of {table.name} has {copied} rows and the database {rows}."]


CHECKS = (
    Check("profiles", "Every customer has a profile", 60, customers_have_profiles),
    Check("copy", "The copy is whole and complete", 70, copy_is_whole),
)
