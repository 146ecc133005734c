"""Breaking the glass: a customer out of reach, for an hour, with a reason and an alarm."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from klantbeeld.accounts.errors import UnknownPerson
from klantbeeld.accounts.guarding import needs
from klantbeeld.accounts.models import BreakGlass
from klantbeeld.core import audit, looks
from klantbeeld.core.actor import Actor
from klantbeeld.core.clock import SECOND, now_us
from klantbeeld.core.free_text import screened

MINUTES = 60
SHORTEST_REASON = 10


class OwnAlarm(ValueError):
    """Whoever broke the glass does not take notice of it."""


class NoReason(ValueError):
    """The glass is not broken without a reason that somebody else can read."""


@needs("customers.bypass", "nothing")
@transaction.atomic
def break_glass(actor: Actor, records: Sequence[int], whom: int, reason: str) -> BreakGlass:
    """Reach the customer `whom`, who has these records, for an hour. Raises `NoReason`."""
    told = screened(" ".join(reason.split()), "note")
    if len(told) < SHORTEST_REASON or not records or actor.user_id is None:
        raise NoReason("Say in a sentence why this cannot wait.")
    now = now_us()
    made = BreakGlass.objects.create(
        user_id=actor.user_id, record_id=min(records), reason=told[:500], begun_at=now,
        until=now + MINUTES * 60 * SECOND,
    )  # fmt: skip
    audit.record(actor, "break_glass", ("record", min(records)), {"reason": told[:500]})
    looks.note(actor, "bypass", "break_glass", [whom], minutes=MINUTES)
    return made


@needs("customers.read")
def broken_for(actor: Actor, records: Sequence[int]) -> list[BreakGlass]:
    """Who was let in to the customer with these records, the latest first."""
    held = BreakGlass.objects.filter(record__in=records).select_related("user")
    return list(held.order_by("-begun_at")[:5])


@needs("audit.read")
def alarms(actor: Actor) -> list[BreakGlass]:
    """Each breaking of the glass of which nobody took notice, the latest first."""
    held = BreakGlass.objects.filter(noticed_at=0).select_related("user")
    return list(held.order_by("-begun_at"))


@needs("audit.read")
@transaction.atomic
def take_notice(actor: Actor, key: int, *, end: bool = False) -> None:
    """Note that somebody looked at it, and end it if that is said. Raises `UnknownPerson`."""
    held = BreakGlass.objects.filter(pk=key).first()
    if held is None:
        raise UnknownPerson("There is no such alarm.")
    if held.user_id == actor.user_id:
        raise OwnAlarm("Somebody else looks whether this was right.")
    held.noticed_at = held.noticed_at or now_us()
    if end and not held.ended_at:
        held.ended_at = now_us()
    held.save(update_fields=["noticed_at", "ended_at"])
    audit.record(
        actor, "end_break_glass" if end else "notice_break_glass", ("record", held.record_id)
    )
