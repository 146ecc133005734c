"""What is kept of a customer's special data: sealed originals, handed out and erased with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from klantbeeld.core import bulk, sealing
from klantbeeld.core.registry import PersonalColumns, Store
from klantbeeld.privacy.models import (
    SpecialColumn,
    SpecialFinding,
    SpecialGround,
    SpecialOriginal,
)
from klantbeeld.privacy.special import place_of


def export(records: Sequence[int]) -> Mapping[str, list[dict[str, Any]]]:
    """The originals of these records in plain: they are about whoever asks for them."""
    held = SpecialOriginal.objects.filter(record__in=records).order_by("pk")
    return {
        "special_originals": [
            {
                "record": o.record_id, "table": o.table, "column": o.column, "row": o.row,
                "kinds": o.kinds, "at": o.at, "until": o.until, "text": _text(o),
            }
            for o in held
        ]
    }  # fmt: skip


def _text(held: SpecialOriginal) -> str | None:
    """None where its key is gone: nobody can read it then, this house included."""
    try:
        return sealing.opened(bytes(held.sealed), place_of(held.pk, held.record_id)).decode()
    except sealing.CannotOpen:
        return None


def erase(records: Sequence[int]) -> Mapping[str, int]:
    """Delete the originals of these records."""
    return {SpecialOriginal._meta.db_table: bulk.delete(SpecialOriginal, "record_id", records)}


STORE = Store(room="special", order=41, export=export, erase=erase)

COLUMNS = (
    PersonalColumns(
        SpecialGround._meta.db_table,
        frozenset({"by", "withdrawn_by"}),
        frozenset({"kind", "source", "law", "purpose", "until"}),
    ),
    PersonalColumns(
        SpecialColumn._meta.db_table,
        frozenset({"by"}),
        frozenset({"source", "column", "kind", "why"}),
    ),
    PersonalColumns(
        SpecialFinding._meta.db_table,
        frozenset(),
        frozenset({"table", "column", "kind", "treatment", "reason", "rows"}),
    ),
    PersonalColumns(
        SpecialOriginal._meta.db_table,
        # Sealed: no probe finds what it says, its own tests open it (see `test_special`).
        frozenset(),
        frozenset({"table", "column", "kinds", "treatment", "sealed"}),
    ),
)
