"""Questions about consent and contact, asked with the actor first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from klantbeeld.accounts.reads import needs
from klantbeeld.core import bulk
from klantbeeld.core.actor import Actor
from klantbeeld.core.clock import local, now_us
from klantbeeld.privacy import contact_choices, contact_notes, ledger, links, refused
from klantbeeld.privacy.company import (
    DIRECT,
    EXEMPT,
    LATER,
    Company,
    SourceNotice,
    company_details,
    notices,
)
from klantbeeld.privacy.company import says_none as says_none
from klantbeeld.privacy.contact import EUROPEAN as EUROPEAN
from klantbeeld.privacy.contact import Verdict, may_contact
from klantbeeld.privacy.contact_choices import SENDERS, WEIGHED_PURPOSES, ContactChoices
from klantbeeld.privacy.contact_choices import listed as names_listed
from klantbeeld.privacy.contact_law.facts import ContactFacts, How
from klantbeeld.privacy.contact_notes import FORMS, Noted, Preference
from klantbeeld.privacy.contact_words import Told, told
from klantbeeld.privacy.deciding import facts_of
from klantbeeld.privacy.erasure_reads import (
    erasure_numbered,
    erasure_rehearsed,
    erasures,
    is_genuine_receipt,
    others_who_may,
    standing_holds,
    standing_restrictions,
    steps_of,
    still_in,
    verdict_on,
)
from klantbeeld.privacy.law_words import cited as cited
from klantbeeld.privacy.links import CONFIRM, OUT, PREFERENCES, Link, token
from klantbeeld.privacy.models import ConsentText, Decision, Outgoing
from klantbeeld.privacy.processing import (
    Activity,
    Kept,
    Origin,
    activities,
    ccpa,
    origins,
    schedule,
    undecided,
)
from klantbeeld.privacy.rights_reads import (
    CorrectionLine,
    InformedLine,
    RequestLine,
    UnknownRequest,
    corrections,
    extended_due,
    informed,
    last_told,
    open_requests,
    request_line,
    requests,
    requests_of,
    rights_request,
)
from klantbeeld.privacy.rules import (
    CHANNELS,
    LETTERS,
    REFUSALS,
    About,
    Standing,
    State,
    Statement,
    by_channel,
    standing_for,
    standings,
)
from klantbeeld.privacy.rules import letters as letters_of
from klantbeeld.privacy.saying import METHODS, PURPOSES, SPOKEN_CHANNELS, Said, Whom
from klantbeeld.privacy.special import iso_today as iso_today
from klantbeeld.privacy.special_reads import FindingLine as FindingLine
from klantbeeld.privacy.special_reads import OriginalLine as OriginalLine
from klantbeeld.privacy.special_reads import judged_columns as judged_columns
from klantbeeld.privacy.special_reads import special_findings as special_findings
from klantbeeld.privacy.special_reads import special_grounds as special_grounds
from klantbeeld.privacy.special_reads import special_originals as special_originals
from klantbeeld.privacy.special_rules import CHECKED as CHECKED
from klantbeeld.privacy.special_rules import TOPICS as TOPICS
from klantbeeld.privacy.special_rules import TREATMENTS as TREATMENTS

__all__ = [
    "CHANNELS", "CONFIRM", "DIRECT", "EXEMPT", "FORMS", "LATER", "LETTERS", "METHODS", "OUT",
    "PREFERENCES",
    "PURPOSES", "REFUSALS", "SENDERS", "SPOKEN_CHANNELS", "WEIGHED_PURPOSES", "About", "Activity",
    "Company", "Consent", "ContactChoices", "ContactFacts", "ContactSaid", "ContactState",
    "ContactStates",
    "CorrectionLine",
    "Decision", "InformedLine", "Kept", "Line", "Link", "Noted", "Origin", "Preference",
    "RequestLine", "Said", "SourceNotice", "Statement", "Told", "UnknownRequest", "Verdict",
    "Whom", "activities", "ccpa", "company_details", "corrections", "erasure_numbered",
    "erasure_rehearsed", "erasures", "extended_due", "facts_of", "informed", "is_genuine_receipt",
    "last_told", "may_contact", "names_listed", "notices", "open_requests", "origins",
    "others_who_may", "request_line", "requests", "requests_of", "rights_request", "schedule",
    "standing_holds", "standing_restrictions", "steps_of", "still_in", "token", "told", "undecided",
    "verdict_on",
]  # fmt: skip

_SOURCES = (
    "SELECT r.id, s.key, s.name FROM core_record r JOIN core_source s ON s.id = r.source_id WHERE"
)
# How a consent came about, by what the ledger says of the way it came in.
_HOW: Mapping[str, How] = {
    "imported": "source", "reasoned": "reasoned", "double_opt_in": "double_opt_in",
    "web_form": "opt_in", "portal": "opt_in", "email": "opt_in", "preference_page": "opt_in",
    "paper": "written", "telephone": "oral", "in_person": "oral", "entered": "oral",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Consent:
    """May we contact this customer over this channel: state, since when, and its proof.

    `state` is granted, denied, withdrawn, pending, expired or unknown. `overruled` names sources
    that said something milder; `topics` are the standings of single topics and brands.
    """

    channel: str
    state: State
    since: datetime | None = None
    source: str = ""
    source_name: str = ""
    method: str = ""
    evidence: str = ""
    overruled: tuple[str, ...] = ()
    topics: tuple[Consent, ...] = ()
    topic: str = ""
    brand: str = ""


@needs("customers.read")
def consents(
    actor: Actor, records: Sequence[int], purpose: str = "marketing", at: int | None = None
) -> dict[str, Consent]:
    """Channel to consent, over all records of a customer: e-mail, phone, post, sms, then others.

    `at` is the moment asked about (µs UTC), now by default.
    """
    found = standings(ledger.statements(records), now_us() if at is None else at)
    sources = {row[0]: (row[1], row[2]) for row in bulk.rows_where(_SOURCES, "r.id", records)}
    topics: dict[str, list[Consent]] = defaultdict(list)
    for standing in found:
        if standing.purpose == purpose and (standing.topic or standing.brand):
            topics[standing.channel].append(_consent(standing, sources))
    general = by_channel(found, purpose)
    for channel in topics:
        general.setdefault(channel, Standing(channel, "unknown", purpose))
    return {
        channel: _consent(standing, sources, tuple(topics[channel]))
        for channel, standing in general.items()
    }


def _consent(
    standing: Standing, sources: dict[int, tuple[str, str]], topics: tuple[Consent, ...] = ()
) -> Consent:
    said = standing.because
    if said is None:
        return Consent(standing.channel, standing.state, topics=topics)
    key, name = sources.get(said.record, ("", ""))
    milder = {sources[s.record][1] for s in standing.overruled if s.record in sources}
    return Consent(
        standing.channel, standing.state, local(said.at), key, name, said.method, said.evidence,
        tuple(sorted(milder)), topics, standing.topic, standing.brand,
    )  # fmt: skip


@needs("customers.read")
def letters(actor: Actor, owners: dict[int, int]) -> dict[int, str]:
    """Owner (a customer) to the states of `rules.CHANNELS` as letters; silent owners left out.

    `owners` maps record to owner. For many customers at once.
    """
    now = now_us()
    return {owner: letters_of(said, now) for owner, said in _generally(owners).items()}


def _generally(owners: Mapping[int, int]) -> dict[int, list[Statement]]:
    said: dict[int, list[Statement]] = defaultdict(list)
    for statement in ledger.general(list(owners)):
        said[owners[statement.record]].append(statement)
    return said


@needs("customers.read", "nothing")
def channels(actor: Actor) -> tuple[str, ...]:
    """The channels that lists can be filtered on, in the order of `letters`."""
    return CHANNELS


@dataclass(frozen=True, slots=True)
class ContactState:
    """What the room knows of one customer, channel and purpose at a moment, for a verdict.

    `has_proof` None where nothing shows what was agreed to; `noted` by kind of `ContactNote`.
    """

    standing: Standing
    how: How | None
    has_proof: bool | None
    has_objected: bool
    is_restricted: bool
    noted: Mapping[str, Noted]


@dataclass(frozen=True)
class ContactSaid:
    """All that the room knows of one customer for verdicts, of any channel, purpose and moment."""

    statements: Sequence[Statement]
    refusals: Sequence[refused.Refusal]
    notes: contact_notes.Rows

    def state(self, about: About, at: int) -> ContactState:
        """Ledger, objection, restriction and notes at a moment (µs UTC)."""
        standing = standing_for(self.statements, about, at)
        _state, how, has_proof = _answered(standing)
        return ContactState(
            standing=standing,
            how=how,
            has_proof=has_proof,
            has_objected=refused.has_objected(self.refusals, about.purpose, at),
            is_restricted=refused.is_restricted(self.refusals, at),
            noted=contact_notes.holding(self.notes, at),
        )


@needs("contact.ask")
def contact_said(actor: Actor, records: Sequence[int]) -> ContactSaid:
    """What the ledger, objections, restrictions and notes say of these records."""
    return ContactSaid(
        ledger.statements(records), refused.refusals(records), contact_notes.rows(records)
    )


@dataclass(frozen=True)
class ContactStates:
    """What the room knows of many customers at once, for verdicts about marketing as a whole.

    `letters` as `letters` gives them; `said`: owner (a customer) to channel to (state, how, whether
    it can be shown). Silent ones are left out, as are owners of whom nothing is noted.
    `objecting` and `restricted` are owners.
    """

    letters: Mapping[int, str]
    said: Mapping[int, Mapping[str, tuple[State, How | None, bool | None]]]
    noted: Mapping[int, Mapping[str, Noted]]
    objecting: Set[int]
    restricted: Set[int]


@needs("contact.ask")
def contact_states(actor: Actor, owners: Mapping[int, int], at: int) -> ContactStates:
    """As `contact_said`, of many at once at a moment (µs UTC); `owners` maps record to owner."""
    objecting, restricted = refused.refusing(owners, "marketing", at)
    held = _generally(owners)
    letters = {owner: letters_of(statements, at) for owner, statements in held.items()}
    said = {
        owner: {s.channel: _answered(s) for s in standings(statements, at)}
        for owner, statements in held.items()
    }
    noted = contact_notes.noted_of(owners, at)
    return ContactStates(letters, said, noted, objecting, restricted)


def _answered(standing: Standing) -> tuple[State, How | None, bool | None]:
    said = standing.because
    how = _HOW.get(said.method) if said else None
    return standing.state, how, True if said and (said.evidence or said.text_hash) else None


@needs("contact.ask")
def state_of(actor: Actor, records: Sequence[int], about: About, at: int | None = None) -> State:
    """What the ledger says of one scope at a moment, now by default."""
    return standing_for(ledger.statements(records), about, now_us() if at is None else at).state


@dataclass(frozen=True, slots=True)
class Line:
    """One statement as people read it: where it stands, what was said, and the text behind it."""

    said: Statement
    at: datetime
    source_name: str
    text: str


@needs("customers.read")
def said_of(actor: Actor, records: Sequence[int], at: int | None = None) -> list[Line]:
    """Everything that was said up to a moment (now by default), newest first."""
    until = now_us() if at is None else at
    held = [s for s in ledger.statements(records) if s.at <= until]
    names = {row[0]: row[2] for row in bulk.rows_where(_SOURCES, "r.id", records)}
    texts = ConsentText.objects.in_bulk({s.text_hash for s in held if s.text_hash})
    return [
        Line(s, local(s.at), names.get(s.record, ""),
             texts[s.text_hash].text if s.text_hash in texts else "")
        for s in sorted(held, key=lambda s: (s.at, s.id), reverse=True)
    ]  # fmt: skip


@needs("customers.read", "nothing")
def texts(actor: Actor) -> list[ConsentText]:
    """The texts that people agreed to, those in use longest last."""
    return list(ConsentText.objects.order_by("-first_used", "pk"))


@needs("contact.ask", "nothing")
def words_of(actor: Actor, text_hash: str) -> str:
    """The exact words behind a hash, "" when there are none."""
    held = ConsentText.objects.filter(pk=text_hash).values_list("text", flat=True).first()
    return held or ""


@needs("customers.read")
def notes(actor: Actor, records: Sequence[int]) -> Mapping[str, Noted]:
    """What was recorded beside consent, by kind (see `models.ContactNote`)."""
    return contact_notes.noted(records, now_us())


@needs("customers.read")
def preference(actor: Actor, records: Sequence[int]) -> Preference | None:
    """How somebody likes to be approached, None when that was never said here."""
    return contact_notes.preference(records, now_us())


@needs("customers.read")
def decisions(actor: Actor, records: Sequence[int], limit: int = 20) -> list[Decision]:
    """The verdicts that something was sent by, or not sent, newest first."""
    return list(Decision.objects.filter(record__in=records).order_by("-pk")[:limit])


@needs("customers.read", "nothing")
def waiting_mails(actor: Actor) -> dict[str, int]:
    """How many mails there are in each state (see `models.Outgoing`)."""
    counted = Outgoing.objects.values_list("state").annotate(n=Count("pk"))
    return dict(counted.order_by("state"))


@needs("customers.read")
def outgoing(actor: Actor, records: Sequence[int]) -> list[Outgoing]:
    """The mails to these records, newest first."""
    return list(Outgoing.objects.filter(record__in=records).order_by("-pk"))


@needs("contact.ask", "nothing")
def company(actor: Actor) -> ContactChoices:
    """What the company says of itself as a sender."""
    return contact_choices.current()


@needs("consent.own")
def opened(actor: Actor, kind: str, text: str) -> Link:
    """What a link in a message opens (`OUT`, `PREFERENCES`, `CONFIRM`); raises `BadLink`."""
    return links.opened(kind, text)


@needs("consent.own")
def request(actor: Actor, entry: int) -> Statement | None:
    """The request with this key, None when it is not there (any more)."""
    return ledger.by_key(entry)
