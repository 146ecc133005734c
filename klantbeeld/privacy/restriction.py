"""Articles 18 and 21: what is held of somebody is kept and not used, or not used for marketing."""

from __future__ import annotations

from collections.abc import Sequence

from klantbeeld.core import bulk
from klantbeeld.core.clock import now_us
from klantbeeld.privacy.models import Restriction

_HOLDS = "lifted_at = 0 AND (until = 0 OR until > %s)"


def is_restricted(records: Sequence[int]) -> bool:
    """Whether what is held of these records may be kept only (article 18)."""
    return bool(records) and bool(_held(records, Restriction.RESTRICTED))


def has_objected(records: Sequence[int], purpose: str = "marketing") -> bool:
    """Whether somebody of these records objected to a purpose, or to all of them (article 21)."""
    return any(p in ("", purpose) for _, p in _held(records, Restriction.OBJECTED))


def _held(records: Sequence[int], kind: str) -> list[tuple[int, str]]:
    rows = bulk.rows_where(
        f"SELECT record, purpose FROM privacy_restriction WHERE kind = %s AND {_HOLDS} AND",
        "record", records, params=[kind, now_us()],
    )  # fmt: skip
    return [(row[0], row[1]) for row in rows]


def hidden_records() -> list[int]:
    """The records that nobody reads: restricted, kept for the tax only, or being erased."""
    rows = bulk.rows_of(
        "SELECT record FROM privacy_withheld WHERE record <> 0 UNION"
        " SELECT record FROM privacy_restriction WHERE kind = %s AND lifted_at = 0 UNION"
        f" SELECT record FROM privacy_restriction WHERE kind = %s AND {_HOLDS}",
        [Restriction.FISCAL, Restriction.RESTRICTED, now_us()],
    )
    return sorted(row[0] for row in rows)


def held_among(records: Sequence[int]) -> list[int]:
    """Those of these records that a legal hold keeps."""
    rows = bulk.rows_where(
        "SELECT DISTINCT record FROM privacy_legalhold WHERE lifted_at = 0 AND", "record", records
    )
    return [row[0] for row in rows]


def held_records() -> list[int]:
    """The records that a legal hold keeps."""
    rows = bulk.rows_of("SELECT DISTINCT record FROM privacy_legalhold WHERE lifted_at = 0", [])
    return sorted(row[0] for row in rows)


def fiscal_over() -> list[int]:
    """The records of orders kept for the tax whose term is over."""
    rows = bulk.rows_of(
        "SELECT record FROM privacy_restriction WHERE kind = %s AND lifted_at = 0"
        " AND until <> 0 AND until < %s ORDER BY record",
        [Restriction.FISCAL, now_us()],
    )
    return [row[0] for row in rows]


def hidden_customers() -> list[int]:
    """The customers who are being erased, while the copy still has their row."""
    rows = bulk.rows_of("SELECT DISTINCT owner FROM privacy_withheld WHERE owner <> 0", [])
    return sorted(row[0] for row in rows)


def objecting_records(purpose: str = "marketing") -> list[int]:
    """The records whose people objected to a purpose."""
    rows = bulk.rows_of(
        "SELECT DISTINCT record FROM privacy_restriction"
        f" WHERE kind = %s AND purpose IN ('', %s) AND {_HOLDS}",
        [Restriction.OBJECTED, purpose, now_us()],
    )
    return sorted(row[0] for row in rows)
