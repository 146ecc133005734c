"""Deliveries with their counts and problems, and pages of quarantined rows."""

from __future__ import annotations

from typing import Any

import pytest

from klantbeeld.accounts.errors import NotAllowed
from klantbeeld.core.models import Delivery
from klantbeeld.sources import reads
from klantbeeld.sources.models import Quarantined
from tests.records import NOW, actor, delivery, record, source

pytestmark = pytest.mark.django_db
SERVICE = actor("service")


def waiting(of: Delivery, row: int, **reasons: str) -> Quarantined:
    return Quarantined.objects.create(
        delivery=of, table="Klanten", row=row, hash=row, values={"naam": f"N{row}"},
        reasons=reasons, at=NOW,
    )  # fmt: skip


@pytest.fixture
def brought() -> Delivery:
    crm = source("crm")
    made = delivery(crm, rows_read=10, rows_stored=7, rows_quarantined=3, mapping="source: crm",
                    finished_at=NOW + 2_500_000)  # fmt: skip
    Delivery.objects.filter(pk=made.pk).update(run=made.pk)
    for row in range(3):
        waiting(made, row, email="no_domain", **({"datum": "no_date"} if row == 1 else {}))
    return made


def test_sources_say_what_they_brought(brought: Delivery) -> None:
    record({"surname": "A"})
    delivery(source("crm"), state=Delivery.UNDONE)
    crm = next(s for s in reads.sources(SERVICE) if s.key == "crm")
    assert (crm.records, crm.open_rows) == (1, 3)
    assert crm.deliveries == 2
    assert crm.last_at is not None


def test_deliveries_page_newest_first(brought: Delivery) -> None:
    more = [delivery(source("shop")).pk for _ in range(4)]
    first = reads.deliveries(SERVICE, limit=2)
    assert [d.delivery for d in first] == more[:1:-1]
    rest = reads.deliveries(SERVICE, first[-1].delivery, limit=10)
    assert [d.delivery for d in rest] == [more[1], more[0], brought.pk]
    assert rest[-1].counts["rows_read"] == 10


def test_a_delivery_tells_its_problems(brought: Delivery) -> None:
    Quarantined.objects.filter(row=0).update(state=Quarantined.MENDED)
    told = reads.delivery(SERVICE, brought.pk)
    assert told.seconds == pytest.approx(2.5)
    assert [(p.reason, p.column, p.count, p.open) for p in told.problems] == [
        ("no_domain", "email", 3, 2), ("no_date", "datum", 1, 1),
    ]  # fmt: skip
    assert [f.delivery for f in told.files] == [brought.pk]
    assert told.mapping == "source: crm"
    with pytest.raises(reads.UnknownDelivery):
        reads.delivery(SERVICE, 10**9)


def test_quarantine_pages_by_reason(brought: Delivery) -> None:
    for row in range(3, 7):
        waiting(brought, row, email="no_at")
    seen: list[int] = []
    before = 0
    while True:
        page = reads.quarantined(SERVICE, "no_domain", before, limit=2)
        seen += [r.number for r in page.rows]
        before = page.older
        if not before:
            break
    assert seen == [2, 1, 0]
    assert page.reasons == {"no_at": 4, "no_domain": 3, "no_date": 1}
    assert page.open == 7
    assert len(reads.quarantined(SERVICE).rows) == 7


def test_rows_to_mend_follow_each_other(brought: Delivery) -> None:
    keys = list(Quarantined.objects.order_by("-pk").values_list("pk", flat=True))
    assert reads.quarantined_row(SERVICE, keys[0]).reasons == {"email": "no_domain"}
    assert reads.next_row(SERVICE, keys[0]) == keys[1]
    assert reads.next_row(SERVICE, keys[-1]) == keys[0]
    Quarantined.objects.exclude(pk=keys[0]).delete()
    assert reads.next_row(SERVICE, keys[0]) == 0
    with pytest.raises(reads.UnknownRow):
        reads.quarantined_row(SERVICE, 10**9)


@pytest.mark.parametrize("read", [reads.quarantined, reads.next_row])
def test_quarantine_holds_data_of_people(read: Any) -> None:
    with pytest.raises(NotAllowed):
        read(actor("analyst"), 1)


KEYS = {
    "K-1042": "K-1042", "2024/001": "2024/001", "email:fien@example.com": "fien@example.com",
    "enquete/email:fien@example.com": "fien@example.com", "fien@example.com": "fien@example.com",
    "phone:+31697000001": "+31697000001", "device:abc/fien@example.com": "abc",
    "login:fien@example.com": "fien@example.com", "card:700123": "700123",
    "name:zandloper|f.|1234 AB|12": "", "own:5f2c": "", "order:20418": "20418",
}  # fmt: skip


def test_the_key_of_a_record_is_shown_as_far_as_a_role_may_see_it() -> None:
    """A key may be an address or a number to call, and a device's is followed by who logged in."""
    assert reads.shown_keys(actor("service"), list(KEYS)) == list(KEYS.values())
    hidden = reads.shown_keys(actor("analyst"), list(KEYS))
    assert [key for key in hidden if key] == ["K-1042", "2024/001", "700123", "20418"]
