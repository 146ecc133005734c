"""Which customers carry which tag: kept beside the profiles, for filtering lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from klantbeeld.core import bulk
from klantbeeld.core.hashing import hash64
from klantbeeld.profiles.models import Tagged
from klantbeeld.profiles.rules import listed

_BITS = (1 << 62) - 1


@dataclass(frozen=True, slots=True)
class TagCount:
    """A tag as it is written, with how many customers carry it; `key` finds it in a query."""

    key: int
    name: str
    customers: int


def tag_key(name: str) -> int:
    """The key of a tag, the same in any case of letters: 0 <= key < 2**62."""
    return hash64(" ".join(name.split()).casefold()) & _BITS


def replace(had: Sequence[int], told: Iterable[tuple[int, Mapping[str, Any]]]) -> None:
    """Write the tags of customers (customer, golden values) in place of those of `had`."""
    bulk.delete(Tagged, "customer", list(had))
    rows = {
        (customer, tag_key(name)): name
        for customer, golden in told
        if golden.get("tags")
        for name in listed(golden["tags"])
    }
    if rows:
        first = bulk.allocate(Tagged, len(rows))
        bulk.insert(
            Tagged,
            ["id", "customer", "tag", "name"],
            [(first + n, *key, name) for n, (key, name) in enumerate(sorted(rows.items()))],
        )


def most_used(limit: int) -> list[TagCount]:
    """The tags that most customers carry, by name."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tag, min(name), count(*) AS n FROM profiles_tagged"
            " GROUP BY tag ORDER BY n DESC, tag LIMIT %s",
            [limit],
        )
        found = [TagCount(*row) for row in cursor.fetchall()]
    return sorted(found, key=lambda tag: tag.name.casefold())
