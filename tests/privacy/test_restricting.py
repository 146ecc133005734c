"""Restricting, objecting and holding: said twice, from two tabs, it is done once."""

from __future__ import annotations

import pytest

from klantbeeld.core.models import AuditEntry
from klantbeeld.privacy import restricting
from klantbeeld.privacy.models import LegalHold, Restriction
from tests.records import SYSTEM, record

pytestmark = pytest.mark.django_db


def test_what_is_said_twice_is_done_once() -> None:
    whose = [record({"surname": "Wiel"}), record({"surname": "Wiel"}, of="webshop")]
    for _tab in range(2):
        restricting.restrict(SYSTEM, whose, "restricted")
        restricting.hold(SYSTEM, whose, "2026-17")
    for _tab in range(2):
        restricting.lift(SYSTEM, whose, "restricted")
        restricting.lift_hold(SYSTEM, whose, "2026-17")
    assert (Restriction.objects.count(), LegalHold.objects.count()) == (2, 2)
    acts = list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))
    assert acts == ["note_restricted", "legal_hold", "lift_restricted", "lift_hold"]
