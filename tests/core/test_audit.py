"""The audit chain: append-only, verifiable, and still whole after values are erased."""

from __future__ import annotations

import pytest

from klantbeeld.core import audit
from klantbeeld.core.actor import system_actor
from klantbeeld.core.models import AuditEntry, AuditValue

pytestmark = pytest.mark.django_db
ACTOR = system_actor()


def _three() -> list[AuditEntry]:
    return [audit.record(ACTOR, f"act_{n}", ("record", n), {"value": f"é{n}"}) for n in range(3)]


def test_an_untouched_chain_holds() -> None:
    _three()
    assert audit.first_broken() is None


@pytest.mark.parametrize("column", ["actor", "action", "subject_id", "commitment", "hash", "at"])
def test_a_changed_column_is_found(column: str) -> None:
    entries = _three()
    changed = 99 if column in {"subject_id", "at"} else "x"
    AuditEntry.objects.filter(pk=entries[1].pk).update(**{column: changed})
    assert audit.first_broken() == entries[1].pk


def test_a_removed_entry_is_found() -> None:
    entries = _three()
    AuditValue.objects.filter(pk=entries[1].pk).delete()
    AuditEntry.objects.filter(pk=entries[1].pk).delete()
    assert audit.first_broken() == entries[2].pk


def test_a_changed_value_is_found() -> None:
    entries = _three()
    AuditValue.objects.filter(pk=entries[0].pk).update(values={"value": "other"})
    assert audit.first_broken() == entries[0].pk


def test_erasing_values_leaves_the_chain_whole() -> None:
    entries = _three()
    AuditValue.objects.filter(pk=entries[1].pk).delete()
    assert audit.first_broken() is None


def test_the_commitment_alone_does_not_give_the_value_away() -> None:
    first, second = (audit.record(ACTOR, "a", ("record", 1), {"v": 1}) for _ in range(2))
    assert first.commitment != second.commitment
