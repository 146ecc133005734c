"""What is told of one customer in answer to a question, read from what happened."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from klantbeeld.core import clock
from klantbeeld.core.actor import Actor
from klantbeeld.identity import reads as identity
from klantbeeld.privacy import reads as privacy
from klantbeeld.privacy.reads import Consent
from klantbeeld.profiles import reads as profiles
from klantbeeld.profiles.reads import Judged, Question
from klantbeeld.timeline import reads as timeline
from klantbeeld.timeline.reads import CONTACT_FAMILIES, Case, Entry, Line, Unfolded

_SHOWN = 5
_LOOKED_AT = 40
_PLANNED = ("appointment", "task")


@dataclass(frozen=True)
class Told:
    """The answer about one customer; only what the question is about is filled.

    `entries` newest first, `lines` are those of the newest order, `texts` what was said in
    entries by interaction, `ahead` what is planned, `employee` who had the last contact ("" when
    no source says).
    """

    as_of: datetime
    entries: tuple[Entry, ...] = ()
    lines: tuple[Line, ...] = ()
    texts: Mapping[int, str] | None = None
    ahead: tuple[Entry, ...] = ()
    employee: str = ""
    cases: tuple[Case, ...] = ()
    consents: Mapping[str, Consent] | None = None
    contact: Mapping[str, Judged | None] | None = None


def _now() -> datetime:
    return clock.local(clock.now_us())


def last_purchase(actor: Actor, records: Sequence[int]) -> Told:
    """The newest orders of a positive amount that were not cancelled, and the lines of the last."""
    held = timeline.history(actor, records, None, ("purchase",), _LOOKED_AT).entries
    bought = [e for e in held if e.status != "cancelled" and (e.amount_minor or 0) > 0][:_SHOWN]
    lines = timeline.entry(actor, records, bought[0].interaction).lines if bought else ()
    return Told(_now(), tuple(bought), lines)


def complaints(actor: Actor, records: Sequence[int]) -> Told:
    """Complaints and other cases, open ones first."""
    return Told(_now(), cases=tuple(timeline.cases(actor, records)))


def last_contact(actor: Actor, records: Sequence[int]) -> Told:
    """The last contacts with what was said in them, and what is planned."""
    kinds = (*CONTACT_FAMILIES, "note", *_PLANNED)
    held = timeline.history(actor, records, None, kinds, _SHOWN + len(_PLANNED))
    met = [e for e in held.entries if e.family not in _PLANNED][:_SHOWN]
    texts = {}
    for entry in met:
        unfolded: Unfolded = timeline.entry(actor, records, entry.interaction)
        texts[entry.interaction] = unfolded.body
    spoke = next((e.employee for e in met if e.employee), "")
    return Told(_now(), tuple(met), texts=texts, ahead=held.upcoming, employee=spoke)


def may_contact(actor: Actor, records: Sequence[int]) -> Told:
    """The verdict per channel for marketing today, and what the consent ledger says."""
    consents = privacy.consents(actor, records)
    customer = next(iter(identity.customers_of(actor, records[:1]).values()), 0)
    contact: Mapping[str, Judged | None] = {}
    if customer:
        known = profiles.known_customer(actor, customer)
        told = profiles.may_contact(actor, known, [Question(c) for c in privacy.CHANNELS])
        contact = {judged.question.channel: judged for judged in told}
    return Told(_now(), consents=consents, contact=contact)


TELLING: Mapping[str, Callable[[Actor, Sequence[int]], Told]] = {
    "last_purchase": last_purchase,
    "complaints": complaints,
    "last_contact": last_contact,
    "may_contact": may_contact,
}
