"""Questions about consent, asked with the actor first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from klantbeeld.accounts.reads import needs
from klantbeeld.core import bulk
from klantbeeld.core.actor import Actor
from klantbeeld.core.clock import local
from klantbeeld.privacy.company import Company, SourceNotice, company, notices
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
    request,
    request_line,
    requests,
    requests_of,
)
from klantbeeld.privacy.rules import (
    CHANNELS,
    LETTERS,
    REFUSALS,
    Standing,
    State,
    Statement,
    by_channel,
    standings,
)
from klantbeeld.privacy.rules import letters as letters_of

__all__ = [
    "CHANNELS",
    "LETTERS",
    "REFUSALS",
    "Activity",
    "Company",
    "Consent",
    "CorrectionLine",
    "InformedLine",
    "Kept",
    "Origin",
    "RequestLine",
    "SourceNotice",
    "UnknownRequest",
    "activities",
    "ccpa",
    "company",
    "corrections",
    "extended_due",
    "informed",
    "notices",
    "origins",
    "request",
    "request_line",
    "requests",
    "requests_of",
    "schedule",
    "undecided",
]  # fmt: skip

_STATEMENTS = (
    "SELECT record_id, channel, purpose, topic, state, at, id, delivery_id, method, evidence, brand"
    " FROM privacy_consententry WHERE"
)
_SOURCES = (
    "SELECT r.id, s.key, s.name FROM core_record r JOIN core_source s ON s.id = r.source_id WHERE"
)


@dataclass(frozen=True, slots=True)
class Consent:
    """May we contact this customer over this channel: state, since when, and its proof.

    `state` is granted, denied, withdrawn or unknown. `overruled` names sources that said
    something milder; `topics` are the standings of single topics and brands.
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
    actor: Actor, records: Sequence[int], purpose: str = "marketing"
) -> dict[str, Consent]:
    """Channel to consent, over all records of a customer: e-mail, phone, post, sms, then others."""
    found = standings(_statements(records))
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


def _statements(records: Sequence[int]) -> list[Statement]:
    return [Statement(*row) for row in bulk.rows_where(_STATEMENTS, "record_id", records)]


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
    said: dict[int, list[Statement]] = defaultdict(list)
    general = _STATEMENTS.replace(
        "WHERE", "WHERE purpose = 'marketing' AND topic = '' AND brand = '' AND"
    )
    for row in bulk.rows_where(general, "record_id", list(owners)):
        said[owners[row[0]]].append(Statement(*row))
    return {owner: letters_of(statements) for owner, statements in said.items()}


@needs("customers.read")
def channels(actor: Actor) -> tuple[str, ...]:
    """The channels that lists can be filtered on, in the order of `letters`."""
    return CHANNELS
