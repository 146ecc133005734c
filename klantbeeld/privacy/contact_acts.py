"""What is done about contact: said, withdrawn, confirmed, noted, decided; each audited."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from django.db import transaction

from klantbeeld.accounts.errors import OutOfReach
from klantbeeld.accounts.reads import needs, records_reached
from klantbeeld.core import audit, bulk
from klantbeeld.core.actor import Actor
from klantbeeld.core.clock import now_us, today
from klantbeeld.privacy import contact_choices, contact_notes, deciding, ledger, saying
from klantbeeld.privacy.contact import Verdict
from klantbeeld.privacy.contact_choices import ContactChoices
from klantbeeld.privacy.contact_law.facts import ContactFacts
from klantbeeld.privacy.errors import BadStatement
from klantbeeld.privacy.models import ConsentEntry, ContactNote, Decision, Outgoing
from klantbeeld.privacy.rules import About, Statement
from klantbeeld.privacy.saying import SPOKEN_CHANNELS, Said, Whom

MOST_TRIES = 6


def _require(actor: Actor, records: Sequence[int]) -> None:
    """Raise `OutOfReach` unless every record is in reach."""
    if set(records) - records_reached(actor, records, "consent.write"):
        raise OutOfReach(actor.role, "consent.write")


def _told(lines: Sequence[Statement]) -> dict[str, Any]:
    """What the audit says of statements: the scope and the state, no words of anybody."""
    first = lines[0]
    return {
        "channel": first.channel, "purpose": first.purpose, "state": first.state,
        "method": first.method, "lines": len(lines),
    }  # fmt: skip


@needs("consent.write", "itself")
@transaction.atomic
def say(actor: Actor, whom: Whom, said: Said) -> list[Statement]:
    """Put what a customer said into the ledger, as a colleague notes it. Raises `BadStatement`."""
    _require(actor, whom.records)
    made = saying.put(whom, replace(said, said_by=actor.name))
    audit.record(actor, "say_consent", ("record", whom.holder), _told(made))
    return made


@needs("consent.write", "itself")
@transaction.atomic
def withdraw_all(actor: Actor, whom: Whom, evidence: str = "") -> list[Statement]:
    """Withdraw every channel and purpose."""
    _require(actor, whom.records)
    made = saying.put_withdrawals(whom, "entered", evidence, actor.name)
    audit.record(actor, "withdraw_all", ("record", whom.holder), _told(made))
    return made


@needs("consent.own")
@transaction.atomic
def withdraw_own(actor: Actor, whom: Whom, about: About | None, method: str) -> list[Statement]:
    """The person himself withdraws: of one scope, or everything (None).

    What was withdrawn already is not written once more: links are followed by machines too.
    """
    if about is None:
        made = saying.put_withdrawals(whom, method, "", "")
    else:
        left = saying.not_withdrawn(whom, about)
        made = saying.put(left, Said(about, ConsentEntry.WITHDRAWN, method)) if left else []
    if made:
        audit.record(actor, "withdraw_own", ("record", whom.holder), _told(made))
    return made


@needs("consent.own")
@transaction.atomic
def confirm(actor: Actor, request: Statement, records: Sequence[int]) -> list[Statement]:
    """The person confirms a request by its link; the ledger decides whether that counts."""
    made = saying.confirm(request, records, "link in the mail, button pressed")
    if made:
        audit.record(actor, "confirm_consent", ("record", request.record), _told(made))
    return made


@needs("consent.write", "itself")
@transaction.atomic
def note_contact(
    actor: Actor, whom: Whom, kind: str, value: bool, day: int, note: str = ""
) -> None:
    """Record a register consulted, a death, or that somebody is not to be approached.

    Raises `BadStatement` for a kind there is not and for a day to come.
    """
    _require(actor, whom.records)
    if kind not in dict(ContactNote.KINDS) or day > today():
        raise BadStatement({"day" if day > today() else "kind": "unknown"})
    contact_notes.add(whom.records, kind, value, day, note.strip()[:500], actor.name)
    values = {"kind": kind, "value": value}
    audit.record(actor, "note_contact", ("record", whom.holder), values)


@needs("consent.write", "itself")
@transaction.atomic
def prefer(actor: Actor, whom: Whom, channel: str, form: str) -> None:
    """Note how somebody likes to be approached ("" for no preference); it allows nothing.

    Raises `BadStatement` for a channel or form that there is not.
    """
    _require(actor, whom.records)
    _prefer(actor, whom, (channel, form), actor.name)


@needs("consent.own")
@transaction.atomic
def prefer_own(actor: Actor, whom: Whom, channel: str, form: str) -> None:
    """The person himself says how he likes to be approached. Raises `BadStatement`."""
    _prefer(actor, whom, (channel, form), "")


def _prefer(actor: Actor, whom: Whom, liked: tuple[str, str], said_by: str) -> None:
    channel, form = liked
    if channel not in ("", *SPOKEN_CHANNELS) or form not in ("", *contact_notes.FORMS):
        raise BadStatement({"channel": "unknown"})
    contact_notes.prefer(whom.holder, channel, form, said_by)
    audit.record(actor, "prefer_contact", ("record", whom.holder), {"channel": channel})


@needs("contact.ask")
def decide(
    actor: Actor, record: int, kind: str, facts: Callable[[], ContactFacts]
) -> tuple[Decision, Verdict]:
    """The verdict before a send of this kind, stored with its facts; raises `NotDecided`."""
    return deciding.decide(record, kind, actor.name, facts)


@needs("contact.manage")
@transaction.atomic
def choose_contact(actor: Actor, chosen: ContactChoices) -> None:
    """Keep what the company says of itself as a sender. Raises ValueError with the field."""
    contact_choices.keep(chosen)
    audit.record(actor, "choose_contact", ("house", 0), {"sender": chosen.sender})


@needs("consent.write", "itself")
@transaction.atomic
def queue_confirmation(actor: Actor, request: Statement) -> Outgoing:
    """Have the person asked by mail to confirm a request."""
    _require(actor, [request.record])
    return Outgoing.objects.create(
        id=bulk.allocate(Outgoing, 1), record_id=request.record, entry=request.id,
        at=now_us(), changed_at=now_us(),
    )  # fmt: skip


@needs("contact.ask")
def waiting(actor: Actor, limit: int = 500) -> list[tuple[Outgoing, Statement | None]]:
    """The mails that wait, oldest first, each with the request that it is about."""
    held = Outgoing.objects.filter(state=Outgoing.WAITING).order_by("pk")[:limit]
    return [(mail, ledger.by_key(mail.entry)) for mail in held]


@needs("contact.ask")
def mark_mail(actor: Actor, mail: Outgoing, state: str, reason: str = "") -> None:
    """Note what became of a mail; one that failed too often waits no longer."""
    tries = mail.tries + 1
    if state == Outgoing.WAITING and tries >= MOST_TRIES:
        state = Outgoing.FAILED
    Outgoing.objects.filter(pk=mail.pk, state=Outgoing.WAITING).update(
        state=state, reason=reason[:40], tries=tries, changed_at=now_us()
    )
