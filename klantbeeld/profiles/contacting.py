"""What the law asks about a customer before he is contacted, put together from every room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from klantbeeld.core import clock
from klantbeeld.core.actor import system_actor
from klantbeeld.core.models import Source
from klantbeeld.privacy import reads as privacy
from klantbeeld.privacy.reads import (
    About,
    ContactChoices,
    ContactFacts,
    ContactSaid,
    ContactState,
    Statement,
    Verdict,
    Whom,
)
from klantbeeld.profiles.building import Member, members_of
from klantbeeld.profiles.legal_forms import LegalKind, legal_kind
from klantbeeld.profiles.models import Profile
from klantbeeld.profiles.rules import Golden, golden
from klantbeeld.timeline import reads as timeline
from klantbeeld.timeline.reads import Relation

# What a verdict is shown for; the law knows more (`ContactFacts.channel`).
CHANNELS = privacy.CHANNELS
PURPOSES = ("marketing", "fundraising", "survey", "service", "sharing")
# The values that a channel reaches somebody by, the first there is.
ADDRESSES: Mapping[str, tuple[str, ...]] = {
    "email": ("email", "email_2"), "phone": ("mobile", "phone"), "auto_call": ("mobile", "phone"),
    "sms": ("mobile", "phone"), "chat": ("mobile", "social_handle"), "post": ("street", "city"),
    "fax": ("phone",),
}  # fmt: skip
# Addresses of a company and not of a person in it.
_IMPERSONAL = frozenset({
    "info", "contact", "sales", "verkoop", "administratie", "admin", "office", "kantoor", "mail",
    "welkom", "hello", "hallo", "service", "support", "receptie", "inkoop", "facturen",
    "boekhouding",
})  # fmt: skip
# A verdict reads what its asker may not: its answer holds none of it.
READER = system_actor("job")


# Set (`core.choices`) from migrating a home of before until everybody in it was judged.
TO_JUDGE = "contact-to-judge"
# Nobody refused: it would be allowed after asking.
_ASK_FIRST = frozenset({"no_consent", "consent_pending", "consent_expired"})


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody wants to send, and when.

    `offered` is the category of what is offered; `has_asked` whether the person asked for this.
    """

    channel: str = "email"
    purpose: str = "marketing"
    day: date = field(default_factory=lambda: clock.day_to_date(clock.today()))
    brand: str = ""
    topic: str = ""
    offered: str = ""
    is_similar: bool | None = None
    has_promotion: bool = False
    has_asked: bool | None = None

    @property
    def about(self) -> About:
        """The scope that is asked of the ledger."""
        return About(self.channel, self.purpose, self.brand, self.topic)

    @property
    def at(self) -> int:
        """The moment asked about: now, or the end of a day that is not today."""
        day = clock.date_to_day(self.day)
        # The calendar ends somewhere.
        after = min(day + 1, clock.date_to_day(date.max))
        return clock.now_us() if day == clock.today() else clock.day_start_us(after) - 1


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict with what it rests on; `said` is the statement of the ledger behind it."""

    question: Question
    facts: ContactFacts
    verdict: Verdict
    said: Statement | None = None

    @property
    def is_refused(self) -> bool:
        """Whether the answer is no, and not merely that the person has to be asked first."""
        return self.verdict.answer == "not_allowed" and self.verdict.reason not in _ASK_FIRST


class Known:
    """Everything of one customer that verdicts rest on, read once for all of them."""

    def __init__(self, profile: Profile, members: Sequence[Member]) -> None:
        self.profile = profile
        self.members = members
        self.records = [m.said.record for m in members]
        self.choices: ContactChoices = privacy.company(READER)
        self.golden: Mapping[str, Golden] = golden([m.said for m in members])
        self._relations: dict[int, Relation] = {}

    def address(self, channel: str) -> Golden | None:
        """The chosen value that a channel reaches this customer by."""
        found = (self.golden.get(name) for name in ADDRESSES.get(channel, ()))
        return next((value for value in found if value is not None), None)

    def whom(self, channel: str) -> Whom:
        """His records, and the one that holds the address."""
        held = self.address(channel)
        return Whom(tuple(self.records), held.record if held else self.records[0])

    def relation(self, day: int) -> Relation:
        """What there was between him and the company by a day."""
        if day not in self._relations:
            self._relations[day] = timeline.relation(READER, self.records, day)
        return self._relations[day]

    def source(self, channel: str) -> Source | None:
        """The source that his address comes from."""
        held = self.address(channel)
        return self._sources.get(self._owners[held.record]) if held else None

    @cached_property
    def said(self) -> ContactSaid:
        """What was said and noted about contact, as it was when first asked for."""
        return privacy.contact_said(READER, self.records)

    @cached_property
    def _owners(self) -> dict[int, int]:
        return {m.said.record: m.source for m in self.members}

    @cached_property
    def _sources(self) -> dict[int, Source]:
        return Source.objects.in_bulk(set(self._owners.values()))


def known_of(customer: int) -> Known | None:
    """A customer with a profile, None when there is none."""
    profile = Profile.objects.filter(pk=customer).first()
    members = members_of([customer]).get(customer, []) if profile else []
    return Known(profile, members) if profile and members else None


def judged(known: Known, question: Question) -> Judged:
    """The verdict for one question about one customer."""
    state = known.said.state(question.about, question.at)
    facts = facts_for(known, question, state)
    return Judged(question, facts, privacy.may_contact(facts), state.standing.because)


def facts_for(known: Known, question: Question, state: ContactState) -> ContactFacts:
    """The facts of one question, from the profile, the history, the ledger and the company."""
    data = known.profile.data
    relation = known.relation(clock.date_to_day(question.day))
    noted = state.noted
    return ContactFacts(
        channel=question.channel,  # type: ignore[arg-type]
        purpose=question.purpose,  # type: ignore[arg-type]
        day=question.day,
        country=country_of(data, known.choices.country),
        region=str(data.get("region") or "")
        if country_of(data, known.choices.country) == "US"
        else "",
        brand=question.brand,
        topic=question.topic,
        kind=kind_of_law(known.profile.kind, data, noted),
        age=age_of(data, question.day),
        is_deceased=is_deceased(data, noted),
        consent=state.standing.state,
        consent_how=state.how,
        has_proof=state.has_proof,
        by_guardian=noted_as(noted, "guardian"),
        has_objected=state.has_objected,
        is_restricted=state.is_restricted,
        do_not_contact=noted_as(noted, "do_not_contact") is True,
        on_phone_register=noted_as(noted, "phone_register"),
        on_post_register=noted_as(noted, "post_register"),
        # A refusal of sale or sharing is what the law of California calls an opt-out.
        opted_out_of_sharing=question.purpose == "sharing"
        and state.standing.state in privacy.REFUSALS,
        has_asked=question.has_asked,
        has_promotion=question.has_promotion,
        **_relation(known, relation, question),
        **_obtained(known, question.channel, noted_as(noted, "published") is True),
        **_sender(known, question),
    )


def kind_of_law(
    kind: str, data: Mapping[str, object], noted: Mapping[str, privacy.Noted]
) -> LegalKind:
    """What somebody noted, the more protected first, else what the values tell."""
    if noted_as(noted, "sole_trader"):
        return "sole_trader"
    return "legal" if noted_as(noted, "legal_person") else legal_kind(kind, data)


def noted_as(noted: Mapping[str, privacy.Noted], kind: str) -> bool | None:
    """What was recorded of a kind, None where nothing was."""
    return noted[kind].value if kind in noted else None


def is_deceased(data: Mapping[str, object], noted: Mapping[str, privacy.Noted]) -> bool:
    """Whether a source or a colleague says that somebody has died."""
    return data.get("relation_type") == "deceased" or noted_as(noted, "deceased") is True


def country_of(data: Mapping[str, object], usual: str) -> str:
    """The country of an address as two letters; the company's own where none is known."""
    said = str(data.get("country") or "").upper()
    return said if len(said) == 2 and said.isalpha() else usual


def age_of(data: Mapping[str, object], day: date) -> int | None:
    """The age on a day, None where neither birth date nor age is known."""
    try:
        born = date.fromisoformat(str(data.get("birth_date") or "")[:10])
    except ValueError:
        text = str(data.get("age") or "")
        return int(text) if text.isdecimal() else None
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def is_customer(data: Mapping[str, object], has_dealt: bool) -> bool | None:
    """Whether there was a purchase or contract, or a source says what the relation is."""
    if has_dealt or data.get("relation_type") in ("customer", "klant"):
        return True
    return False if data.get("relation_type") in ("prospect", "lead") else None


def is_filled(value: object) -> bool:
    """Whether a golden value is there."""
    return value is not None and value != "" and value != []


def letter(answer: str, reason: str) -> str:
    """A verdict in a list: a(llowed), q (ask first), n (refused) or u (not known)."""
    if answer == "allowed":
        return "a"
    if answer == "unknown":
        return "u"
    return "q" if reason in _ASK_FIRST else "n"


def asked_about(facts: ContactFacts, channel: str) -> ContactFacts:
    """The same question about another channel."""
    return replace(facts, channel=channel)  # type: ignore[arg-type]


def with_facts(facts: ContactFacts, found: Mapping[str, Any]) -> ContactFacts:
    """Facts with these in the place of what stood there."""
    return replace(facts, **found)


def _relation(known: Known, relation: Relation, question: Question) -> dict[str, Any]:
    since, data = relation.first_deal, known.profile.data
    is_alike = True if known.choices.sells_alike else None
    return {
        "is_customer": is_customer(data, since is not None),
        "is_current": relation.is_current,
        "customer_since": since,
        "last_deal": relation.last_deal,
        "last_inquiry": relation.last_inquiry,
        "bought": relation.bought,
        "offered": question.offered,
        "is_similar": is_alike if question.is_similar is None else question.is_similar,
    }


def _obtained(known: Known, channel: str, is_published: bool) -> dict[str, Any]:
    held = known.address(channel)
    return obtained(known.source(channel), channel, held.value if held else None, is_published)


def obtained(
    source: Source | None, channel: str, address: object, is_published: bool
) -> dict[str, Any]:
    """How the address came in, as was said of its source; what is entered by hand says nothing."""
    through = source.obtained_through if source else ""
    is_mail = channel == "email" and address is not None
    local_part = str(address).partition("@")[0].casefold() if is_mail else ""
    is_own = through not in (Source.THIRD_PARTY, Source.PUBLISHED) if through else None
    return {
        "obtained_through": through or None,
        "obtained_by_sender": is_own,
        "opt_out_at_collection": source.offered_way_out if source else None,
        "is_published": True if is_published or through == Source.PUBLISHED else None,
        "is_generic": local_part in _IMPERSONAL if is_mail else None,
    }


def _sender(known: Known, question: Question) -> dict[str, Any]:
    chosen = known.choices
    return {
        "sender": chosen.sender,
        "opt_out_in_messages": chosen.offers_way_out,
        "interest_weighed": chosen.weighed_on(question.purpose, question.day),
    }
