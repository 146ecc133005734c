"""When and how a customer is informed of each source, as a panel of the card."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from klantbeeld.accounts.reads import may, needs
from klantbeeld.core import clock
from klantbeeld.core.actor import Actor
from klantbeeld.core.registry import Panel
from klantbeeld.privacy import reads as privacy
from klantbeeld.privacy.reads import InformedLine
from klantbeeld.timeline.models import Interaction

# See `urgency`.
LATE, DUE, TOLD_LATE, TOLD, NEED_NOT = range(5)
CONTACT_KINDS = ("mail", "call", "chat", "letter", "visit", "meeting")


@dataclass(frozen=True, slots=True)
class Row:
    """What is worst: of which source, and by when."""

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
    """One row: the source of which it is worst; for whoever answers requests."""
    if not may(actor, "rights.handle"):
        return None
    lines = informed_lines(actor, records)
    if not lines:
        return None
    worst = lines[0]
    behind = sum(1 for line in lines if urgency(line) < TOLD)
    row = _row(worst, behind, len(lines))
    return {"rows": (row,), "count": len(lines), "note": ""}


@needs("rights.handle")
def informed_lines(actor: Actor, records: Sequence[int]) -> list[InformedLine]:
    """Of each source of a customer when he was told, the worst first (see `urgency`)."""
    lines = privacy.informed(actor, records, first_contact(records))
    return sorted(lines, key=lambda line: (urgency(line), line.due, line.source_name))


def urgency(line: InformedLine) -> int:
    """How bad it is: not told and too late, to be told, told too late, told, need not be told."""
    if line.told is None:
        if line.way == privacy.EXEMPT:
            return NEED_NOT
        return LATE if line.is_late else DUE
    return TOLD_LATE if line.is_late else TOLD


def _row(line: InformedLine, behind: int, count: int) -> Row:
    day, level = _day(line.due), urgency(line)
    detail = line.source_name
    if behind > 1:
        detail = _("%(source)s and %(n)d more") % {"source": detail, "n": behind - 1}
    if level == LATE:
        return Row(_("Not told, due %(day)s") % {"day": day}, detail, _("too late"), "bad")
    if level == DUE:
        return Row(_("Tell by %(day)s") % {"day": day}, detail, _("in time"), "info")
    if level == TOLD_LATE:
        return Row(_("Told, but too late"), detail, _("too late"), "warn")
    text = ngettext("Told of the only source", "Told of all %(n)d sources", count) % {"n": count}
    return Row(text, "", _("in time"), "good")


def _day(day: date) -> str:
    return f"{day.day}-{day.month}-{day.year}"


PANELS = (
    Panel("informed", gettext_noop("Informed"), "left", 95, "web/panels/rows.html", informed),
)  # fmt: skip
