"""The history of a customer as it is told in his bundle."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from klantbeeld.core import bulk
from klantbeeld.core.money import to_decimal
from klantbeeld.pipeline.access import rows, words
from klantbeeld.pipeline.access.others import Others
from klantbeeld.pipeline.access.shapes import Happening
from klantbeeld.timeline.models import Interaction, OrderLine

TEXTS = ("body", "text", "answer", "note")


def happenings(records: Sequence[int], names: Mapping[str, str], others: Others) -> list[Happening]:
    """Everything that happened, the latest first. `names` maps source keys to names."""
    held = list(
        Interaction.objects.filter(record__in=records)
        .select_related("delivery__source").order_by("-at", "-pk")
    )  # fmt: skip
    lines = lines_of([one.pk for one in held if one.kind == "order"])
    return [_told(one, lines.get(one.pk, []), others) for one in held]


def lines_of(orders: Sequence[int]) -> dict[int, list[OrderLine]]:
    """Order to its lines with their products."""
    found: dict[int, list[OrderLine]] = defaultdict(list)
    keys = [r[0] for r in bulk.rows_where(
        "SELECT id FROM timeline_orderline WHERE", "interaction_id", list(orders))]  # fmt: skip
    for line in OrderLine.objects.filter(pk__in=keys).select_related("product"):
        found[line.interaction_id].append(line)
    return {order: sorted(held, key=lambda x: x.number) for order, held in found.items()}


def amount(minor: int | None, currency: str) -> str:
    """Minor units as a decimal number with a point, "" for none."""
    return "" if minor is None else str(to_decimal(minor, currency))


def when(one: Interaction) -> str:
    """The moment as exactly as its source gave it: a day, or a moment with its zone."""
    if one.precision == "day":
        return str(rows.said("day", one.day))
    return rows.moment(one.at)


def _told(one: Interaction, lines: Sequence[OrderLine], others: Others) -> Happening:
    details: dict[str, Any] = dict(one.details)
    text = "\n\n".join(str(details.pop(k)) for k in TEXTS if details.get(k))
    kind = words.said(words.KINDS, one.kind)
    title = f"{kind}: {one.subject}" if one.subject else kind
    return Happening(
        at=when(one), kind=one.kind, title=others.clean(title), channel=one.channel,
        direction=one.direction, status=one.status, amount=amount(one.amount_minor, one.currency),
        currency=one.currency if one.amount_minor is not None else "",
        with_whom=others.clean(one.employee), source=one.delivery.source.name,
        text=others.clean(text), details=others.cleaned(details),
        lines=[
            {
                "product": line.product.name if line.product else "", "quantity": line.quantity,
                "amount": amount(line.amount_minor, one.currency),
            }
            for line in lines
        ],
    )  # fmt: skip
