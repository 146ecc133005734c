"""Counts per group, and taking profiles away with everything they are found by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from django.db import connection

from klantbeeld.core import bulk, changes
from klantbeeld.profiles import search
from klantbeeld.profiles.models import Profile, Tagged


def groups_of(customers: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Customer to (group, reason) of those that have a profile."""
    rows = bulk.rows_where(
        'SELECT customer_id, "group", group_reason FROM profiles_profile WHERE',
        "customer_id", customers,
    )  # fmt: skip
    return {row[0]: (row[1], row[2]) for row in rows}


def count(before: Counter[str], after: Counter[str]) -> None:
    """Keep the counts per group in step, and say that something was written."""
    for group in sorted({*before, *after}):
        with connection.cursor() as cursor:
            cursor.execute(
                'INSERT INTO profiles_groupcount ("group", customers, generation)'
                ' VALUES (%s, %s, 1) ON CONFLICT ("group") DO UPDATE SET'
                " customers = profiles_groupcount.customers + excluded.customers,"
                " generation = profiles_groupcount.generation + 1",
                [group, after[group] - before[group]],
            )


def removed(customers: Iterable[int]) -> int:
    """Take these profiles away; returns how many there were. Inside a transaction."""
    gone = list(customers)
    had = groups_of(gone)
    bulk.delete(Profile, "customer_id", list(had))
    bulk.delete(Tagged, "customer", list(had))
    search.remove(list(had))
    count(Counter(group for group, _ in had.values()), Counter())
    changes.note("profile", gone)
    return len(had)
