"""What stands above consent, at any moment: an objection to marketing, a restriction of all use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from klantbeeld.core import bulk
from klantbeeld.privacy.models import Restriction

_HELD = (
    "SELECT record, purpose FROM privacy_restriction WHERE kind = %s AND since <= %s"
    " AND (lifted_at = 0 OR lifted_at > %s) AND (until = 0 OR until > %s) AND"
)


def has_objected(records: Sequence[int], purpose: str, at: int) -> bool:
    """Whether one of these records' people objected to this purpose, or to all, at `at` (µs)."""
    held = _held(records, Restriction.OBJECTED, at)
    return any(about in ("", purpose) for about in held)


def is_restricted(records: Sequence[int], at: int) -> bool:
    """Whether the use of one of these records was restricted at `at` (µs UTC)."""
    return bool(_held(records, Restriction.RESTRICTED, at))


def refusing(owners: Mapping[int, int], purpose: str, at: int) -> tuple[set[int], set[int]]:
    """Of many at once: who objected to this purpose, and whose use is restricted; owners."""
    found: dict[str, set[int]] = {}
    for kind in (Restriction.OBJECTED, Restriction.RESTRICTED):
        rows = bulk.rows_where(_HELD, "record", list(owners), params=[kind, at, at, at])
        about = ("", purpose) if kind == Restriction.OBJECTED else None
        found[kind] = {owners[r] for r, held in rows if about is None or held in about}
    return found[Restriction.OBJECTED], found[Restriction.RESTRICTED]


def _held(records: Sequence[int], kind: str, at: int) -> list[str]:
    """The purposes ("" for all) of what holds for these records at a moment."""
    rows = bulk.rows_where(_HELD, "record", records, params=[kind, at, at, at])
    return [row[1] for row in rows]
