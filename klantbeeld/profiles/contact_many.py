"""Verdicts about very many customers at once, for lists and questions: a letter per channel.

The same facts as of one customer (see `contacting`), gathered as columns; a test holds the letters
equal to the verdicts of the card.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import narwhals as nw
import polars as pl

from klantbeeld.core import clock
from klantbeeld.core.models import Source
from klantbeeld.privacy import reads as privacy
from klantbeeld.privacy.reads import ContactFacts, ContactStates
from klantbeeld.privacy.tables import CONTACT_FACTS, verdicts
from klantbeeld.profiles import contacting
from klantbeeld.profiles.building import Member
from klantbeeld.profiles.contacting import ADDRESSES, CHANNELS
from klantbeeld.profiles.rules import RULES, Said, choose
from klantbeeld.timeline import reads as timeline
from klantbeeld.timeline.reads import Contracts

# Days (since 1970) of the first and the last purchase, and of the last inquiry.
Deal = tuple[int | None, int | None, int | None]
_RULE_OF = {name: rule for rule in RULES for name in rule.fields}
_READER = contacting.READER
_NO_DEAL: Deal = (None, None, None)


@dataclass(frozen=True)
class Person:
    """A customer as far as verdicts need him: kind, golden values, and records behind them."""

    kind: str
    data: Mapping[str, Any]
    members: Sequence[Member]


@dataclass(frozen=True)
class _Rooms:
    """What other rooms say of all these customers on a day (since 1970)."""

    day: int
    deals: Mapping[int, Deal]
    states: ContactStates
    contracts: Mapping[int, Contracts]
    sources: Mapping[int, Source]


def letters(
    people: Mapping[int, Person], deals: Mapping[int, Deal], states: ContactStates, day: int
) -> dict[int, str]:
    """Customer to a letter per channel (see `contacting.letter`): marketing as of this day."""
    owners = {m.said.record: c for c, who in people.items() for m in who.members}
    sources = {s.pk: s for s in Source.objects.all()}
    rooms = _Rooms(day, deals, states, timeline.contracts(_READER, owners, day), sources)
    choices = privacy.company(_READER)
    asked = ContactFacts(
        "email", "marketing", clock.day_to_date(day), sender=choices.sender,
        opt_out_in_messages=choices.offers_way_out,
        interest_weighed=choices.weighed_on("marketing", clock.day_to_date(day)),
        is_similar=True if choices.sells_alike else None,
    )  # fmt: skip
    shared = _shared(people, rooms, choices.country)
    found = [_letters_of(channel, shared, people, rooms, asked) for channel in CHANNELS]
    return dict(zip(people, map("".join, zip(*found, strict=True)), strict=True))


def _shared(people: Mapping[int, Person], rooms: _Rooms, country: str) -> pl.DataFrame:
    """The facts that no channel changes, a row per customer."""
    rows = [_facts(customer, who, rooms, country) for customer, who in people.items()]
    return pl.DataFrame(rows, schema=_SHARED, orient="row")


def _facts(customer: int, who: Person, rooms: _Rooms, country: str) -> tuple[Any, ...]:
    data, noted = who.data, rooms.states.noted.get(customer, {})
    day = clock.day_to_date(rooms.day)
    held = rooms.contracts.get(customer) or Contracts()
    first, last, inquired = rooms.deals.get(customer, _NO_DEAL)
    since = min((d for d in (first, *held.starts) if d is not None), default=None)
    where = contacting.country_of(data, country)
    return (
        where,
        str(data.get("region") or "") if where == "US" else "",
        contacting.kind_of_law(who.kind, data, noted),
        contacting.age_of(data, day),
        contacting.is_deceased(data, noted),
        contacting.noted_as(noted, "guardian"),
        customer in rooms.states.objecting,
        customer in rooms.states.restricted,
        contacting.noted_as(noted, "do_not_contact") is True,
        contacting.noted_as(noted, "phone_register"),
        contacting.noted_as(noted, "post_register"),
        contacting.is_customer(data, since is not None),
        held.runs,
        since,
        max((d for d in (last, *held.ends) if d is not None), default=None),
        inquired,
    )


_SHARED: dict[str, Any] = {
    "country": pl.String, "region": pl.String, "kind": pl.String, "age": pl.Int64,
    "is_deceased": pl.Boolean, "by_guardian": pl.Boolean, "has_objected": pl.Boolean,
    "is_restricted": pl.Boolean, "do_not_contact": pl.Boolean, "on_phone_register": pl.Boolean,
    "on_post_register": pl.Boolean, "is_customer": pl.Boolean, "is_current": pl.Boolean,
    "customer_since": pl.Int32, "last_deal": pl.Int32, "last_inquiry": pl.Int32,
}  # fmt: skip
_OF_CHANNEL: dict[str, Any] = {
    "consent": pl.String, "consent_how": pl.String, "has_proof": pl.Boolean,
    "obtained_through": pl.String, "obtained_by_sender": pl.Boolean,
    "opt_out_at_collection": pl.Boolean, "is_published": pl.Boolean, "is_generic": pl.Boolean,
}  # fmt: skip
_SILENT = ("unknown", None, None)


def _letters_of(
    channel: str, shared: pl.DataFrame, people: Mapping[int, Person], rooms: _Rooms,
    asked: ContactFacts,
) -> list[str]:  # fmt: skip
    """A letter per customer for one channel."""
    rows = [_of_channel(channel, customer, who, rooms) for customer, who in people.items()]
    own = pl.DataFrame(rows, schema=_OF_CHANNEL, orient="row")
    frame = pl.concat([shared, own], how="horizontal")
    return _judged(frame, contacting.asked_about(asked, channel))


def _of_channel(channel: str, customer: int, who: Person, rooms: _Rooms) -> tuple[Any, ...]:
    said = rooms.states.said.get(customer, {}).get(channel, _SILENT)
    name = next((n for n in ADDRESSES[channel] if contacting.is_filled(who.data.get(n))), "")
    source = _source(name, who.members, rooms.sources) if name else None
    noted = rooms.states.noted.get(customer, {})
    is_published = contacting.noted_as(noted, "published") is True
    address = who.data.get(name) if name else None
    return (*said, *contacting.obtained(source, channel, address, is_published).values())


def _source(name: str, members: Sequence[Member], sources: Mapping[int, Source]) -> Source:
    """The source that the chosen value of a field comes from.

    Where all its sources were answered alike it does not matter which.
    """
    first = sources[members[0].source]
    told = (first.obtained_through, first.offered_way_out)
    for member in members:
        other = sources[member.source]
        if (other.obtained_through, other.offered_way_out) != told:
            break
    else:
        return first
    said: list[Said] = sorted((m.said for m in members), key=lambda s: s.record)
    chosen = choose(said, _RULE_OF[name])
    record = chosen.said.record if chosen else said[0].record
    return next(sources[m.source] for m in members if m.said.record == record)


def _judged(frame: pl.DataFrame, asked: ContactFacts) -> list[str]:
    """The letters of a frame of facts; what is the same of all is asked as such."""
    same = [name for name in frame.columns if frame[name].n_unique() == 1 and name in _CONSTANT]
    asked = contacting.with_facts(asked, {name: frame[name][0] for name in same})
    names = tuple(n for n in frame.columns if n not in same and n in CONTACT_FACTS)
    lazy: Any = verdicts(nw.from_native(frame.lazy()), names, asked)
    found: pl.DataFrame = nw.to_native(lazy).select("answer", "reason").collect()
    return [contacting.letter(*row) for row in found.iter_rows()]


# Facts whose value in a column is that of `ContactFacts` itself: days are numbers in a column.
_CONSTANT = frozenset({**_SHARED, **_OF_CHANNEL}) - {
    "customer_since", "last_deal", "last_inquiry",
}  # fmt: skip
