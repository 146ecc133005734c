"""Contact with a customer: what he says, at once on every screen; and the one door to sending.

A statement is written for the customer's records, his profile follows in the same transaction,
and every verdict after it is another.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.db import transaction

from klantbeeld.accounts.reads import needs
from klantbeeld.core import choices
from klantbeeld.core.actor import Actor, system_actor
from klantbeeld.core.models import Record, Source
from klantbeeld.identity import reads as identity
from klantbeeld.pipeline import jobs
from klantbeeld.privacy import actions as privacy
from klantbeeld.privacy import reads as ledger
from klantbeeld.privacy.errors import BadStatement
from klantbeeld.privacy.models import ConsentEntry, Decision, Outgoing
from klantbeeld.privacy.reads import CONFIRM, OUT, PREFERENCES, Said, Statement, Whom
from klantbeeld.profiles import reads as profiles
from klantbeeld.profiles.actions import judge_contact, refresh
from klantbeeld.profiles.models import Profile
from klantbeeld.profiles.reads import TO_JUDGE, Known, Question
from klantbeeld.sources import actions as sources

MACHINE = system_actor("job")
# Whoever comes by a link in a message, and decides about himself.
THEMSELVES = Actor(name="", role="link", purpose="own", interface="web")
ONE_CLICK, PAGE, SIGNAL = "one_click", "preference_page", "opt_out_signal"


@needs("consent.write")
@transaction.atomic
def say_consent(actor: Actor, customer: int, said: Said) -> list[Statement]:
    """Note what a customer said about being contacted. Raises `BadStatement`."""
    known = profiles.known_customer(actor, customer)
    made = privacy.say(actor, known.whom(said.about.channel), said)
    refresh(MACHINE, [customer])
    return made


@needs("consent.write")
@transaction.atomic
def withdraw_everything(actor: Actor, customer: int, evidence: str = "") -> None:
    """The customer wants nothing any more, over no channel."""
    known = profiles.known_customer(actor, customer)
    privacy.withdraw_all(actor, known.whom("email"), evidence)
    refresh(MACHINE, [customer])


@needs("consent.write")
@transaction.atomic
def request_consent(actor: Actor, customer: int, said: Said) -> Outgoing:
    """Ask a customer by mail to confirm what he signed up for; until then nothing is granted.

    The mail waits until the worker sends it, or for ever where no mail is set up. Raises
    `BadStatement`, with ``no_address`` for somebody of whom no e-mail address is known.
    """
    known = profiles.known_customer(actor, customer)
    if known.address("email") is None:
        raise BadStatement({"channel": "no_address"})
    asked = replace(said, state=ConsentEntry.REQUESTED)
    made = privacy.say(actor, known.whom(said.about.channel), asked)
    waits = privacy.queue_confirmation(actor, made[0])
    refresh(MACHINE, [customer])
    transaction.on_commit(jobs.send_mails.enqueue)
    return waits


@needs("consent.write")
@transaction.atomic
def note_about_contact(
    actor: Actor, customer: int, kind: str, value: bool, day: int, note: str = ""
) -> None:
    """Record a register consulted, a death, or that somebody is not to be approached."""
    known = profiles.known_customer(actor, customer)
    privacy.note_contact(actor, known.whom("post"), kind, value, day, note)
    refresh(MACHINE, [customer])


@needs("consent.write")
@transaction.atomic
def prefer_contact(actor: Actor, customer: int, channel: str, form: str) -> None:
    """Note how a customer likes to be approached. Raises `BadStatement`."""
    privacy.prefer(actor, profiles.known_customer(actor, customer).whom("email"), channel, form)


@dataclass(frozen=True, slots=True)
class Opened:
    """What a link of a message opens: the customer as he is now, and what it is about.

    `records` is empty when the record is not here any more.
    """

    link: ledger.Link
    records: tuple[int, ...]
    customer: int
    request: Statement | None = None


@needs("consent.own")
def open_link(actor: Actor, kind: str, text: str) -> Opened:
    """See `Opened`; raises `BadLink`."""
    link = ledger.opened(actor, kind, text)
    request = ledger.request(actor, link.key) if kind == CONFIRM else None
    record = request.record if request else 0 if kind == CONFIRM else link.key
    if not Record.objects.filter(pk=record).exists():
        return Opened(link, (), 0)
    customer = identity.customers_of(MACHINE, [record]).get(record, 0)
    records = identity.records_of(MACHINE, customer) if customer else [record]
    return Opened(link, tuple(records), customer, request)


@needs("consent.own")
@transaction.atomic
def withdraw_by_link(actor: Actor, text: str) -> Opened:
    """One click in a message: no more of what the link is about, on every record of the customer.

    Repeating does no harm, and of somebody who is not here any more there is nothing to do.
    Raises `BadLink`.
    """
    opened = open_link(actor, OUT, text)
    if opened.records:
        whom = Whom(opened.records, opened.link.key)
        privacy.withdraw_own(actor, whom, opened.link.about, ONE_CLICK)
        _follow(opened)
    return opened


@needs("consent.own")
@transaction.atomic
def confirm_by_link(actor: Actor, text: str) -> str:
    """Confirm a request; gives the state that holds now, "" when the request is not here any more.

    Raises `BadLink`.
    """
    opened = open_link(actor, CONFIRM, text)
    request = opened.request
    if request is None or not opened.records:
        return ""
    privacy.confirm(actor, request, opened.records)
    _follow(opened)
    about = ledger.About(request.channel, request.purpose, request.brand, request.topic)
    return ledger.state_of(MACHINE, opened.records, about)


@needs("consent.own")
@transaction.atomic
def choose_by_link(
    actor: Actor, text: str, out_of: tuple[ledger.About, ...] | None, preference: tuple[str, str]
) -> Opened:
    """What somebody chose on his own page: out of these scopes (None: all), and how he likes it.

    Only to refuse: a permission needs words that it is about, and a proof. Raises `BadLink`,
    `BadStatement`.
    """
    opened = open_link(actor, PREFERENCES, text)
    if not opened.records:
        return opened
    whom = Whom(opened.records, opened.link.key)
    if out_of is None:
        privacy.withdraw_own(actor, whom, None, PAGE)
    for about in out_of or ():
        privacy.withdraw_own(actor, whom, about, PAGE)
    if any(preference):
        privacy.prefer_own(actor, whom, *preference)
    _follow(opened)
    return opened


@needs("consent.own")
@transaction.atomic
def heed_signal(actor: Actor, kind: str, text: str) -> bool:
    """A browser asks that data are not sold or shared (Global Privacy Control).

    For whoever is known by the link that is an opt-out, by itself (11 CCR 7025(b) and (c)(1)): on
    every record, over every channel, from now on. Repeating does no harm. Whether anybody is
    known by the link; raises `BadLink`.
    """
    opened = open_link(actor, kind, text)
    if not opened.records:
        return False
    whom = Whom(opened.records, opened.records[0])
    made = [
        privacy.withdraw_own(actor, whom, ledger.About(channel, "sharing"), SIGNAL)
        for channel in ledger.CHANNELS
    ]
    if any(made):
        _follow(opened)
    return True


def _follow(opened: Opened) -> None:
    if opened.customer:
        refresh(MACHINE, [opened.customer])


@needs("contact.ask")
def decided(actor: Actor, record: int, kind: str, question: Question) -> Decision:
    """Whether something may be sent to the customer of a record now: asked before every send.

    kind: what it is, at most 20 characters. The verdict is stored with its facts; raises
    `NotDecided` when it cannot be reached or stored, and then nothing may be sent.
    """
    made, _verdict = privacy.decide(actor, record, kind, lambda: _facts(actor, record, question))
    return made


def _facts(actor: Actor, record: int, question: Question) -> ledger.ContactFacts:
    customer = identity.customers_of(MACHINE, [record])[record]
    known: Known = profiles.known_customer(actor, customer)
    (judged,) = profiles.may_contact(actor, known, [question])
    return judged.facts


@needs("contact.ask")
def send_decided(
    actor: Actor, record: int, kind: str, question: Question, send: Callable[[Decision], None]
) -> Decision:
    """The one door to sending: `send` is called only when the verdict is that it is allowed."""
    decision = decided(actor, record, kind, question)
    if decision.answer == "allowed":
        send(decision)
    return decision


@needs("contact.manage")
@transaction.atomic
def choose_contact(actor: Actor, chosen: ledger.ContactChoices) -> None:
    """Keep what the company says of itself as a sender; the lists follow in the background.

    Raises ValueError with the field.
    """
    privacy.choose_contact(actor, chosen)
    transaction.on_commit(jobs.judge_contact.enqueue)


@needs("contact.manage")
@transaction.atomic
def choose_obtained(actor: Actor, source: Source, through: str, offered: bool | None) -> None:
    """Keep how the addresses of a source came in; the lists follow in the background."""
    sources.set_obtained(actor, source, through, offered)
    transaction.on_commit(jobs.judge_contact.enqueue)


@needs("contact.ask")
def judge_everybody(actor: Actor) -> int:
    """Judge anew whom one may approach, in all lists; returns of how many it changed."""
    customers = list(Profile.objects.order_by("pk").values_list("pk", flat=True))
    changed = judge_contact(actor, customers)
    choices.forget(TO_JUDGE)
    return changed


@needs("contact.ask")
def pass_terms(actor: Actor, since: int, until: int) -> int:
    """Bring profiles up to date of whose terms passed between two moments; returns how many."""
    touched = ConsentEntry.objects.filter(expires_at__gt=since, expires_at__lte=until)
    records = sorted(set(touched.values_list("record_id", flat=True)))
    customers = sorted(set(identity.customers_of(MACHINE, records).values()))
    if customers:
        refresh(MACHINE, customers)
    return len(customers)
