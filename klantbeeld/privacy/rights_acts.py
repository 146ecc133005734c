"""Requests of customers: noted, checked, extended, answered; and when they were informed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from klantbeeld.accounts.reads import needs
from klantbeeld.core import audit, clock
from klantbeeld.core.actor import Actor
from klantbeeld.core.free_text import screened
from klantbeeld.privacy import rights_rules as rules
from klantbeeld.privacy.rights_models import Correction, Informed, RightsRequest

MOST_TEXT = 2_000


class BadRequest(ValueError):
    """What was told of a request cannot be used; `problem` is a key such as ``future``."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


@needs("rights.handle")
@transaction.atomic
def open_request(
    actor: Actor, kind: str, record: int, received: date, received_by: str, note: str = ""
) -> RightsRequest:
    """Note a request about the customer of `record`, received on a day. Raises `BadRequest`."""
    if kind not in rules.KINDS or received_by not in rules.RECEIVED:
        raise BadRequest("unknown")
    today = clock.day_to_date(clock.today())
    if received > today:
        raise BadRequest("future")
    made = RightsRequest.objects.create(
        kind=kind, record=record, received_day=clock.date_to_day(received),
        received_by=received_by, due_day=clock.date_to_day(rules.due(received)),
        note=note.strip()[:MOST_TEXT], actor=actor.name, created_at=clock.now_us(),
    )  # fmt: skip
    audit.record(actor, "open_request", ("request", made.pk), {"kind": kind})
    return made


@needs("rights.handle")
@transaction.atomic
def check_identity(actor: Actor, request: RightsRequest, how: str) -> None:
    """Note how it was made sure who asks. Raises `BadRequest`."""
    if how not in rules.IDENTITY:
        raise BadRequest("unknown")
    request.identity = how
    request.save(update_fields=["identity"])
    audit.record(actor, "check_identity", ("request", request.pk), {"how": how})


@needs("rights.handle")
@transaction.atomic
def extend_request(actor: Actor, request: RightsRequest, reason: str) -> None:
    """Take two months more, with the reason. Raises `BadRequest` when that is too late or past."""
    received = clock.day_to_date(request.received_day)
    if not reason.strip():
        raise BadRequest("no_reason")
    if request.state != rules.OPEN or request.extension_reason:
        raise BadRequest("closed")
    if clock.day_to_date(clock.today()) > rules.due(received):
        raise BadRequest("late")
    request.extension_reason = screened(reason.strip(), "note")[:MOST_TEXT]
    request.due_day = clock.date_to_day(rules.due(received, is_extended=True))
    request.save(update_fields=["extension_reason", "due_day"])
    audit.record(actor, "extend_request", ("request", request.pk))


@needs("rights.handle")
@transaction.atomic
def answer_request(actor: Actor, request: RightsRequest, state: str, text: str = "") -> None:
    """Close a request: answered, refused (with the reason) or withdrawn. Raises `BadRequest`."""
    if state not in rules.TRANSITIONS[request.state]:
        raise BadRequest("closed")
    if state == rules.REFUSED and not text.strip():
        raise BadRequest("no_reason")
    if state == rules.ANSWERED and request.identity == rules.IDENTITY[0]:
        raise BadRequest("identity")
    request.state, request.answer = state, text.strip()[:MOST_TEXT]
    request.answered_day = clock.today()
    request.save(update_fields=["state", "answer", "answered_day"])
    audit.record(actor, "answer_request", ("request", request.pk), {"state": state})


@needs("rights.handle")
@transaction.atomic
def link_erasure(actor: Actor, records: Sequence[int], number: str) -> int:
    """Note to which erasure the open requests for one led; how many there were."""
    held = RightsRequest.objects.filter(record__in=list(records), kind="erasure", state=rules.OPEN)
    return held.update(erasure=number)


@needs("rights.handle")
@transaction.atomic
def close_with_act(actor: Actor, requests: Sequence[int], text: str) -> int:
    """Close requests by what was done about them; how many.

    Those of which nobody made sure who asks stay open.
    """
    held = RightsRequest.objects.filter(pk__in=list(requests), state=rules.OPEN)
    ready = list(held.exclude(identity=rules.IDENTITY[0]))
    for one in ready:
        answer_request(actor, one, rules.ANSWERED, text)
    return len(ready)


@needs("rights.handle")
@transaction.atomic
def give_documents(actor: Actor, request: RightsRequest, documents: Sequence[int]) -> None:
    """Decide which documents that may hold data of others are handed out all the same."""
    request.given = sorted(set(documents))
    request.save(update_fields=["given"])
    audit.record(actor, "give_documents", ("request", request.pk), {"documents": request.given})


@needs("rights.handle")
@transaction.atomic
def note_informed(
    actor: Actor, source: str, day: date, how: str, record: int = 0, note: str = ""
) -> Informed:
    """Note that people of a source (its key), or one of them, were told. Raises `BadRequest`."""
    if day > clock.day_to_date(clock.today()):
        raise BadRequest("future")
    made = Informed.objects.create(
        source_key=source, record=record, day=clock.date_to_day(day), how=how[:12],
        note=note.strip()[:MOST_TEXT], actor=actor.name, at=clock.now_us(),
    )  # fmt: skip
    audit.record(actor, "note_informed", ("source", 0), {"source": source, "how": how})
    return made


@needs("customers.rectify")
@transaction.atomic
def note_correction(
    actor: Actor, record: int, entry: int, fields: Sequence[str], reason: str
) -> Correction:
    """Note which fields were corrected and why; `entry` is the delivery that did it."""
    made = Correction.objects.create(
        record=record, entry=entry, fields=sorted(fields), reason=reason.strip()[:MOST_TEXT],
        actor=actor.name, at=clock.now_us(),
    )  # fmt: skip
    audit.record(actor, "correct_customer", ("record", record), {"fields": sorted(fields)})
    return made


@needs("customers.rectify")
@transaction.atomic
def note_told(actor: Actor, correction: int) -> None:
    """Note that those who received the data were told of a correction."""
    held = Correction.objects.filter(pk=correction, told_day=None)
    if held.update(told_day=clock.today()):
        audit.record(actor, "tell_recipients", ("correction", correction))


@needs("notes.write")
def undo_correction(actor: Actor, entry: int) -> None:
    """The entry of a correction was taken back: it no longer holds."""
    Correction.objects.filter(entry=entry, undone_at=0).update(undone_at=clock.now_us())
