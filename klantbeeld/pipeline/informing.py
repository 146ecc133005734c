"""When and how a customer is informed of each source, as a panel of the card."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from klantbeeld.accounts.reads import may
from klantbeeld.core import clock
from klantbeeld.core.actor import Actor
from klantbeeld.core.registry import Panel
from klantbeeld.privacy import reads as privacy
from klantbeeld.privacy.reads import InformedLine
from klantbeeld.timeline.models import Interaction

CONTACT_KINDS = ("mail", "call", "chat", "letter", "visit", "meeting")


@dataclass(frozen=True, slots=True)
class Row:
    """One source: since when, and whether he was told in time."""

    title: str
    detail: str
    flag: str
    tone: str
    day: date | None = None
    amount_minor: int | None = None
    number: int | None = None
    currency: str = ""
    interaction: int = 0
    is_muted: bool = False


def first_contact(records: Sequence[int]) -> date | None:
    """The first day on which the company wrote to or called these records; None when never."""
    sent = Interaction.objects.filter(record__in=records, kind__in=CONTACT_KINDS, direction="out")
    at = sent.order_by("at").values_list("at", flat=True).first()
    return clock.local(at).date() if at else None


def informed(actor: Actor, records: Sequence[int]) -> Mapping[str, Any] | None:
    """A row for each source; for whoever answers requests. {rows, count, note}."""
    if not may(actor, "rights.handle"):
        return None
    lines = privacy.informed(actor, records, first_contact(records))
    rows = tuple(_row(line) for line in lines)
    return {"rows": rows, "count": len(rows), "note": ""} if rows else None


def _row(line: InformedLine) -> Row:
    since = _("since %(day)s") % {"day": _day(line.obtained)}
    if line.told is not None:
        told = _("told %(day)s") % {"day": _day(line.told)}
        detail = " · ".join(filter(None, (since, line.text or "")))
        return Row(line.source_name, detail, told, "warn" if line.is_late else "good")
    if not line.is_late and line.way == privacy.EXEMPT:
        return Row(line.source_name, f"{since} · {line.text}", _("need not be told"), "grey")
    due = _("tell by %(day)s") % {"day": _day(line.due)}
    return Row(line.source_name, since, due, "bad" if line.is_late else "info")


def _day(day: date) -> str:
    return f"{day.day}-{day.month}-{day.year}"


PANELS = (
    Panel("informed", gettext_noop("Informed"), "left", 95, "web/panels/rows.html", informed),
)  # fmt: skip
