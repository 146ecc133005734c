"""Everything about one customer, out of every room, as one bundle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from klantbeeld.accounts import reads as people
from klantbeeld.core import clock, fields, registry
from klantbeeld.core.actor import Actor
from klantbeeld.core.models import Delivery
from klantbeeld.identity import reads as identity
from klantbeeld.identity.models import Link
from klantbeeld.pipeline.access import history, papers, rows, words
from klantbeeld.pipeline.access.others import Others, texts_in
from klantbeeld.pipeline.access.papers import Found
from klantbeeld.pipeline.access.shapes import (
    Bundle,
    ConsentSaid,
    Logic,
    Looked,
    Paper,
    Purpose,
    SourceTold,
    Told,
    Value,
)
from klantbeeld.pipeline.informing import first_contact
from klantbeeld.privacy import reads as privacy
from klantbeeld.privacy.reads import Company
from klantbeeld.profiles import reads as profiles
from klantbeeld.profiles.models import Profile
from klantbeeld.profiles.reads import Accounted
from klantbeeld.segments import reads as segments
from klantbeeld.sources import reads as sources
from klantbeeld.sources.tables import said_by

MOST_LOOKS = 100_000


@dataclass(frozen=True)
class Subject:
    """The customer of a bundle: the ids of its records, its profile, and what is known of it."""

    customer: int
    records: tuple[int, ...]
    profile: Profile
    known: Accounted
    company: Company


@dataclass(frozen=True)
class Gathered:
    """A bundle with its documents: `found` says of each what may be handed out and why not."""

    subject: Subject
    bundle: Bundle
    others: Others
    found: tuple[Found, ...] = field(default=())


def subject_of(actor: Actor, customer: int) -> Subject:
    """Whom a bundle is about. Raises `UnknownCustomer` for one without a profile."""
    profile = Profile.objects.filter(pk=customer).first()
    if profile is None:
        raise profiles.UnknownCustomer("There is no customer with this key.")
    records = tuple(identity.records_of(actor, customer))
    known = profiles.accounted_for(actor, customer)
    return Subject(customer, records, profile, known, privacy.company_details(actor))


def gathered(
    actor: Actor, subject: Subject, given: Sequence[int] = (), received: date | None = None
) -> Gathered:
    """The bundle of a customer in the language in force, with nothing of anybody else.

    `given` are documents (ids) that somebody looked through and hands out although they could
    not be checked, or name others. `received` is when he asked for it.
    """
    held = _held(subject.records)
    others = _others(actor, subject)
    others.learn(texts_in(held))
    found = papers.found(subject.records, others, given)
    others.learn(one.name for one in found)
    told = history.happenings(subject.records, subject.known.names, others)
    first = first_contact(subject.records)
    bundle = Bundle(
        made_at=rows.moment(clock.now_us()), language=(get_language() or "nl")[:2],
        company={k: v for k, v in asdict(subject.company).items() if v},
        name=subject.profile.name, kind=subject.profile.kind,
        received_on=received.isoformat() if received else "",
        values=_values(subject.known, others), sources=_sources(actor, subject, first),
        recipients=subject.company.recipient_lines, purposes=_purposes(),
        consents=_consents(actor, subject, others), groups=_groups(actor, subject),
        scores=_scores(subject), tags=_tags(subject), history=told,
        subscriptions=others.cleaned(held["subscriptions"]), documents=_papers(found, others),
        looked=_looked(actor, subject.records), held=others.cleaned(held), masked=0,
    )  # fmt: skip
    return Gathered(subject, bundle.model_copy(update={"masked": others.masked}), others, found)


def _held(records: Sequence[int]) -> dict[str, rows.Rows]:
    made: dict[str, rows.Rows] = {}
    for store in registry.stores():
        for section, found in store.export(records).items():
            made[section] = rows.plain(section, found, records)
    return made


def _others(actor: Actor, subject: Subject) -> Others:
    reports = Delivery.objects.exclude(report={}).values_list("report", flat=True)
    own = {
        int(address)
        for report in reports
        for table in (report.get("tables") or {}).values()
        if isinstance(table, Mapping)
        for address in table.get("own_addresses") or ()
    }
    mark = "[" + _("somebody else") + "]"
    made = Others(
        said_by(subject.records), [subject.customer], subject.company, frozenset(own), mark
    )
    home = identity.household_of(actor, subject.customer)
    tied = [one.customer for one in identity.relations_of(actor, subject.customer)]
    near = Profile.objects.filter(pk__in=[*home, *tied], kind="person")
    made.know(near.values_list("name", flat=True))
    return made


def _values(known: Accounted, others: Others) -> list[Value]:
    register = fields.everything()
    return [
        Value(
            key=key, label=register[key].label(get_language() or "nl") if key in register else key,
            value=others.clean(str(chosen.value)), source=known.names.get(chosen.source, ""),
            at=rows.moment(chosen.at), chosen_by=words.said(words.RULES, chosen.rule),
            **_why_kept(register.get(key)),
            others=[
                Told(
                    value=others.clean(str(x.value)), source=known.names.get(x.source, ""),
                    at=rows.moment(x.at), why=words.said(words.RULES, x.why),
                )
                for x in chosen.losers
            ],
        )
        for key, chosen in known.values.items()
    ]  # fmt: skip


def _why_kept(held: fields.Field | None) -> dict[str, Any]:
    explained = held or fields.Field("", "", "", basis="unknown")
    return {
        "category": explained.category,
        "purposes": [words.said(words.PURPOSES, p) for p in explained.purposes],
        "basis": words.said(words.BASES, explained.basis),
        "retention_days": explained.retention_days,
        "nature": words.said(words.NATURES, explained.nature),
        "is_derived": explained.is_derived,
    }


def _sources(actor: Actor, subject: Subject, first: date | None) -> list[SourceTold]:
    lines = privacy.informed(actor, subject.records, first)
    bases = sources.bases(actor, [line.source for line in lines])
    return [
        SourceTold(
            key=line.source, name=line.source_name,
            basis=words.said(words.BASES, bases.get(line.source, "unknown")),
            obtained=line.obtained.isoformat(), inform_by=line.due.isoformat(),
            informed_on=line.told.isoformat() if line.told else "",
            informed_how=line.text or line.how,
        )
        for line in lines
    ]  # fmt: skip


def _purposes() -> list[Purpose]:
    every = (*fields.everything().values(), *fields.columns().values())
    used = {p for f in every if f.subject == "customer" for p in f.purposes}
    return [Purpose(key=p, label=words.said(words.PURPOSES, p)) for p in sorted(used)]


def _consents(actor: Actor, subject: Subject, others: Others) -> list[ConsentSaid]:
    made = []
    for consent in privacy.consents(actor, subject.records).values():
        for said in (consent, *consent.topics):
            made.append(
                ConsentSaid(
                    channel=words.said(words.CHANNELS, said.channel),
                    purpose=words.said(words.PURPOSES, "marketing"),
                    state=words.said(words.STATES, said.state),
                    since=said.since.isoformat() if said.since else "", source=said.source_name,
                    evidence=others.clean(said.evidence), topic=said.topic, brand=said.brand,
                )
            )  # fmt: skip
    return made


def _groups(actor: Actor, subject: Subject) -> list[Logic]:
    profile = subject.profile
    told = segments.in_words(actor, profile.group, profile.group_reason)
    because = f"{told.why} {told.day.isoformat()}" if told.day else told.why
    return [
        Logic(key=told.key, label=_("Customer group"), value=str(told.label), because=because,
              logic=str(told.definition))
    ]  # fmt: skip


def _scores(subject: Subject) -> list[Logic]:
    """What the house reckoned about the customer: which records are him, and his household."""
    links = Link.objects.filter(left__in=subject.records, right__in=subject.records)
    weakest = links.order_by("same").values_list("same", flat=True).first()
    n = len(subject.records)
    made = [
        Logic(
            key="same_person", label=_("Which records are you"),
            value=ngettext("%(n)d record", "%(n)d records", n) % {"n": n},
            because=_("least sure pair: %(share)d %%") % {"share": round(100 * weakest)}
            if weakest is not None else "",
            logic=_("Records are compared on name, address, birth date, e-mail, telephone and "
                    "number; for each agreement and difference it is reckoned how much more often "
                    "it occurs in records of one person than of two. Nothing is decided about you "
                    "by it but which records are shown together."),
        )
    ]  # fmt: skip
    if subject.profile.household:
        made.append(
            Logic(
                key="household", label=_("Household"), value=_("yes"),
                because=_("you share an address and surname, number or mailbox with others"),
                logic=_("By the same comparison, the chance that two people live together."),
            )
        )  # fmt: skip
    return made


def _tags(subject: Subject) -> list[str]:
    tags = subject.known.golden().get("tags")
    return [part.strip() for part in str(tags).split("|")] if tags else []


def _papers(found: Sequence[Found], others: Others) -> list[Paper]:
    return [
        Paper(
            name=others.clean(one.name), file=one.file if one.is_given else "",
            media_type=one.media_type, at=rows.moment(one.at), size=one.size,
            left_out="" if one.is_given else one.reason_in_words,
        )
        for one in found
    ]  # fmt: skip


def _looked(actor: Actor, records: Sequence[int]) -> list[Looked]:
    """When, in which role and what for; not by whom.

    The customer is owed the former (Court of Justice EU 22 June 2023, C-579/21, points 82, 83).
    """
    return [
        Looked(
            at=one.at.isoformat(), action=words.said(words.LOOKS, one.action),
            role=words.said(words.ROLES, one.role),
            purpose=words.said(words.PURPOSES, one.purpose).partition(":")[0],
            through=one.interface,
        )
        for one in reversed(people.who_looked(actor, records, MOST_LOOKS))
    ]  # fmt: skip
