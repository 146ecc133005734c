"""Orders that the tax law wants kept, split off from somebody who is erased.

Number, day, amount and articles stay, on a record that says of nobody whose they are; everything
else goes. The record is restricted: no screen, figure or export reads it, and when its term ends
retention erases it.
"""

from __future__ import annotations

from collections.abc import Sequence

from klantbeeld.core import bulk, changes
from klantbeeld.core.clock import now_us
from klantbeeld.core.erasing import Outcome, Work
from klantbeeld.core.models import Record, Source
from klantbeeld.privacy.models import Erasure, Restriction

SOURCE = "fiscal"
KINDS = ("order", "invoice", "credit", "return")


def keep_for_the_tax(work: Work) -> Outcome:
    """Lay the orders apart, where that was asked; inside the transaction of the step."""
    held = Erasure.objects.get(number=work.number)
    orders = _orders(work.records) if held.kept_until else []
    if not orders:
        return Outcome(counts={"timeline_interaction": 0})
    keeper = _keeper(work.number)
    # What the order was about, how it came and who sold it, says more than the law asks for.
    bulk.update_where(
        "UPDATE timeline_interaction SET record_id = %s, subject = '', details = '{}',"
        " employee = '', origin = '', campaign = '', code = '', channel = '' WHERE",
        "id", orders, params=[keeper],
    )  # fmt: skip
    Restriction.objects.create(
        record=keeper, kind=Restriction.FISCAL, reason="law", since=now_us(),
        until=held.kept_until, by=held.decided_by,
    )  # fmt: skip
    changes.note("interaction", [*work.records, keeper])
    changes.note("record", [keeper])
    counts = {"timeline_interaction": len(orders)}
    return Outcome("kept_under_law", counts, held.kept_until, "kept_fiscal")


def _orders(records: Sequence[int]) -> list[int]:
    marks = ", ".join(["%s"] * len(KINDS))
    rows = bulk.rows_where(
        f"SELECT id FROM timeline_interaction WHERE kind IN ({marks}) AND", "record_id", records,
        params=KINDS,
    )  # fmt: skip
    return [row[0] for row in rows]


def _keeper(number: str) -> int:
    """The record that the orders of one erasure are kept on."""
    at = now_us()
    source, _ = Source.objects.get_or_create(
        key=SOURCE, defaults={"name": "Fiscal", "created_at": at, "basis": Source.LEGAL_OBLIGATION}
    )
    held = Record.objects.filter(source=source, key=number).first()
    if held is None:
        held = Record.objects.create(
            id=bulk.allocate(Record, 1), source=source, key=number, kind=Record.ANONYMOUS,
            updated_at=at, created_at=at,
        )  # fmt: skip
    return held.pk
