"""The register of requests, and by when and how a customer is informed of each source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from klantbeeld.accounts.reads import needs
from klantbeeld.core import clock
from klantbeeld.core.actor import Actor
from klantbeeld.core.models import Record
from klantbeeld.privacy import rights_rules as rules
from klantbeeld.privacy.company import DIRECT, EXEMPT, held_notices
from klantbeeld.privacy.rights_models import Correction, Informed, RightsRequest
from klantbeeld.privacy.rights_rules import Urgency

MOST_SHOWN = 500


class UnknownRequest(LookupError):
    """There is no request with this key."""


@dataclass(frozen=True)
class RequestLine:
    """A request of the register; `record` is 0 when its customer was erased."""

    request: int
    kind: str
    record: int
    state: str
    received: date
    received_by: str
    identity: str
    due: date
    urgency: Urgency
    answered: date | None
    extension_reason: str
    note: str
    answer: str
    actor: str
    given: tuple[int, ...] = ()
    erasure: str = ""


@dataclass(frozen=True, slots=True)
class InformedLine:
    """Of one source of a customer: since when it has his data, by when and how he was told.

    `way` is how people of the source are informed ("" when nobody said); `told` the day on which
    he was, None when that is not known; `is_late` when the due day passed without it.
    """

    source: str
    source_name: str
    obtained: date
    due: date
    way: str
    text: str
    told: date | None
    how: str
    is_late: bool


@needs("rights.handle")
def requests(actor: Actor, kind: str = "") -> list[RequestLine]:
    """The register: open requests by due day, then the others, the latest first."""
    held = RightsRequest.objects.all()
    held = held.filter(kind=kind) if kind else held
    still_open = list(held.filter(state=rules.OPEN).order_by("due_day", "pk")[:MOST_SHOWN])
    closed = held.exclude(state=rules.OPEN).order_by("-answered_day", "-pk")[:MOST_SHOWN]
    return [_line(one) for one in [*still_open, *closed]]


@needs("rights.handle")
def requests_of(actor: Actor, records: Sequence[int]) -> list[RequestLine]:
    """What this customer asked for, the latest first."""
    held = RightsRequest.objects.filter(record__in=records).order_by("-received_day", "-pk")
    return [_line(one) for one in held]


@needs("rights.handle")
def rights_request(actor: Actor, key: int) -> RightsRequest:
    """One request, to act on. Raises `UnknownRequest`."""
    held = RightsRequest.objects.filter(pk=key).first()
    if held is None:
        raise UnknownRequest("There is no request with this key.")
    return held


@needs("rights.handle")
def request_line(actor: Actor, key: int) -> RequestLine:
    """One request, to look at. Raises `UnknownRequest`."""
    held = RightsRequest.objects.filter(pk=key).first()
    if held is None:
        raise UnknownRequest("There is no request with this key.")
    return _line(held)


@needs("rights.handle")
def open_requests(
    actor: Actor, kind: str, records: Sequence[int] = (), erasure: str = ""
) -> list[int]:
    """The open requests of a kind about these records, or that led to this erasure."""
    held = RightsRequest.objects.filter(kind=kind, state=rules.OPEN)
    held = held.filter(erasure=erasure) if erasure else held.filter(record__in=list(records))
    return list(held.values_list("pk", flat=True))


@needs("rights.handle")
def extended_due(actor: Actor, line: RequestLine) -> date:
    """By when a request is answered when it takes two months more."""
    return rules.due(line.received, is_extended=True)


def _line(one: RightsRequest) -> RequestLine:
    due, today = clock.day_to_date(one.due_day), clock.day_to_date(clock.today())
    return RequestLine(
        one.pk, one.kind, one.record, one.state, clock.day_to_date(one.received_day),
        one.received_by, one.identity, due, rules.urgency(one.state, due, today),
        None if one.answered_day is None else clock.day_to_date(one.answered_day),
        one.extension_reason, one.note, one.answer, one.actor, tuple(one.given), one.erasure,
    )  # fmt: skip


@needs("customers.read")
def informed(
    actor: Actor, records: Sequence[int], first_contact: date | None = None
) -> list[InformedLine]:
    """When and how this customer was informed of each source that gave data about him.

    `first_contact` is the first time that the company wrote to or called him.
    """
    obtained: dict[str, tuple[date, str, str]] = {}
    held = Record.objects.filter(pk__in=records).exclude(source__key="desk")
    for record in held.select_related("source").order_by("created_at"):
        day = clock.local(record.created_at).date()
        obtained.setdefault(record.source.key, (day, record.source.key, record.source.name))
    told = _told(records, list(obtained))
    return [_informed(*found, told.get(source), first_contact) for source, found in
            sorted(obtained.items(), key=lambda item: item[1])]  # fmt: skip


@needs("privacy.manage")
def last_told(actor: Actor) -> dict[str, date]:
    """Source key to the last day on which all of its people were told."""
    held = Informed.objects.filter(record=0).order_by("day").values_list("source_key", "day")
    return {key: clock.day_to_date(day) for key, day in held}


def _told(records: Sequence[int], sources: Sequence[str]) -> dict[str, list[Informed]]:
    found: dict[str, list[Informed]] = {}
    for one in Informed.objects.filter(source_key__in=sources).order_by("day", "pk"):
        if not one.record or one.record in records:
            found.setdefault(one.source_key, []).append(one)
    return found


def _informed(
    obtained: date, key: str, name: str, told: list[Informed] | None, first_contact: date | None
) -> InformedLine:
    notice = held_notices().get(key)
    way, text = (notice.way, notice.text) if notice else ("", "")
    contact = first_contact if first_contact and first_contact >= obtained else None
    due = obtained if way == DIRECT else rules.inform_by(obtained, contact)
    # What was told to a whole source counts for whom it had by then.
    first = next((t for t in told or () if t.record or t.day >= clock.date_to_day(obtained)), None)
    day = clock.day_to_date(first.day) if first else obtained if way == DIRECT else None
    today = clock.day_to_date(clock.today())
    is_late = way != EXEMPT and ((day is None and today > due) or (day is not None and day > due))
    how = first.how if first else way if way == DIRECT else ""
    return InformedLine(key, name, obtained, due, way, text, day, how, is_late)


@dataclass(frozen=True, slots=True)
class CorrectionLine:
    """A correction in force: which fields, why, by whom, and whether recipients were told."""

    correction: int
    entry: int
    fields: tuple[str, ...]
    reason: str
    actor: str
    on: date
    told: date | None


@needs("customers.read")
def corrections(actor: Actor, records: Sequence[int]) -> list[CorrectionLine]:
    """What was corrected of this customer and not taken back, the latest first."""
    held = Correction.objects.filter(record__in=records, undone_at=0).order_by("-at", "-pk")
    return [
        CorrectionLine(
            one.pk, one.entry, tuple(one.fields), one.reason, one.actor,
            clock.local(one.at).date(),
            None if one.told_day is None else clock.day_to_date(one.told_day),
        )
        for one in held
    ]  # fmt: skip
