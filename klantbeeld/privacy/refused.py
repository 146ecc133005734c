"""What stands above consent, at any moment: an objection to marketing, a restriction of all use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from klantbeeld.core import bulk
from klantbeeld.privacy.models import Restriction

_SELECT = "SELECT record, kind, purpose, since, lifted_at, until FROM privacy_restriction WHERE"


class Refusal(NamedTuple):
    """An objection or restriction (`Restriction`), with when it holds (µs UTC, 0 for no end)."""

    record: int
    kind: str
    purpose: str
    since: int
    lifted_at: int
    until: int

    def holds(self, kind: str, at: int) -> bool:
        """Whether it is of this kind and holds at a moment."""
        ends = (end for end in (self.lifted_at, self.until) if end)
        return self.kind == kind and self.since <= at and all(end > at for end in ends)


def refusals(records: Sequence[int]) -> list[Refusal]:
    """All that was ever noted of these records."""
    return [Refusal(*row) for row in bulk.rows_where(_SELECT, "record", records)]


def has_objected(held: Iterable[Refusal], purpose: str, at: int) -> bool:
    """Whether somebody objected to this purpose, or to all, at `at` (µs UTC)."""
    return any(r.holds(Restriction.OBJECTED, at) and r.purpose in ("", purpose) for r in held)


def is_restricted(held: Iterable[Refusal], at: int) -> bool:
    """Whether all use was restricted at `at` (µs UTC)."""
    return any(r.holds(Restriction.RESTRICTED, at) for r in held)


def refusing(owners: Mapping[int, int], purpose: str, at: int) -> tuple[set[int], set[int]]:
    """Of many at once: who objected to this purpose, and whose use is restricted; owners."""
    held = refusals(list(owners))
    return (
        {owners[r.record] for r in held if has_objected([r], purpose, at)},
        {owners[r.record] for r in held if is_restricted([r], at)},
    )
