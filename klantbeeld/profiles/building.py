"""From the records of many customers to the columns of their profiles."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import narwhals as nw
import polars as pl

from klantbeeld.core import bulk
from klantbeeld.core.models import Source
from klantbeeld.core.record_fields import CORRECTED
from klantbeeld.profiles import tables
from klantbeeld.profiles.names import SortParts, city_key, display_name, sort_parts
from klantbeeld.profiles.rules import ADDRESS, NAME, Said, kind_of, values
from klantbeeld.profiles.words import Words
from klantbeeld.quality.tables import fold, sort_key
from klantbeeld.timeline import reads as timeline

_INTERACTIONS: dict[str, pl.DataType | type[pl.DataType]] = {
    "interaction": pl.Int64, "record": pl.Int64, "at": pl.Int64, "day": pl.Int32,
    "kind": pl.String, "channel": pl.String, "amount_minor": pl.Int64, "status": pl.String,
}  # fmt: skip
_as_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True)
class Member:
    """A record of a customer, with what it says."""

    source: int
    household: int
    said: Said


@dataclass
class Built:
    """Profiles of many customers in the making: one entry per customer in every list."""

    customer: list[int] = field(default_factory=list)
    kind: list[str] = field(default_factory=list)
    name: list[str] = field(default_factory=list)
    sort: list[SortParts] = field(default_factory=list)
    city: list[str] = field(default_factory=list)
    data: list[str] = field(default_factory=list)
    sources: list[int] = field(default_factory=list)
    source_list: list[str] = field(default_factory=list)
    records: list[int] = field(default_factory=list)
    household: list[int] = field(default_factory=list)
    words: Words = field(default_factory=Words)

    def add(self, customer: int, members: Sequence[Member]) -> Mapping[str, Any]:
        """Add one customer; returns its golden values."""
        said = [m.said for m in members]
        chosen = values(said)
        kind = kind_of(said)
        name = display_name(kind, chosen)
        sources = sorted({m.source for m in members})
        self.customer.append(customer)
        self.kind.append(kind)
        self.name.append(name)
        self.sort.append(sort_parts(kind, name, chosen))
        self.city.append(str(chosen.get("city") or ""))
        self.data.append(_as_json(chosen))
        self.sources.append(len(sources))
        self.source_list.append("|" + "".join(f"{s}|" for s in sources))
        self.records.append(len(members))
        self.household.append(max(m.household for m in members))
        self.words.add([s.data for s in said])
        return chosen

    def frame(self) -> pl.DataFrame:
        """The profiles as columns, with sort keys; without figures, consents and group."""
        prefix, surname, first = (
            pl.Series([part[place] for part in self.sort], dtype=pl.String) for place in range(3)
        )
        folded = fold(pl.Series(self.city, dtype=pl.String)).fill_null("")
        return pl.DataFrame(
            {
                "customer_id": pl.Series(self.customer, dtype=pl.Int64),
                "kind": self.kind,
                "name": self.name,
                "sort_key": sort_key(prefix, surname, first).fill_null(""),
                "city": self.city,
                "city_key": [city_key(c) for c in folded.to_list()],
                "data": self.data,
                "sources": self.sources,
                "source_list": self.source_list,
                "records": self.records,
                "household": self.household,
            }
        )


def members_of(customers: Sequence[int]) -> dict[int, list[Member]]:
    """Customer to its records, in the order of their keys; customers without any are left out."""
    rows = bulk.rows_where(
        "SELECT m.customer_id, m.household, r.id, r.source_id, r.kind, r.updated_at, r.key,"
        f" {bulk.json_text('r.data')} FROM identity_membership m"
        " JOIN core_record r ON r.id = m.record_id WHERE",
        "m.customer_id", customers,
    )  # fmt: skip
    rows.sort(key=lambda row: row[2])
    sources = {s.pk: s for s in Source.objects.all()}
    found: dict[int, list[Member]] = defaultdict(list)
    corrected = set()
    for customer, household, record, source_id, kind, at, key, data in rows:
        source = sources[source_id]
        corrects = source.key == Source.DESK and key.startswith(CORRECTED)
        said = Said(
            record, source.key, source.trust, at, json.loads(data), kind=kind, corrects=corrects
        )
        found[customer].append(Member(source_id, household, said))
        if corrects:
            corrected.add(customer)
    for customer in corrected:
        found[customer] = still_correcting(found[customer])
    return found


def still_correcting(members: list[Member]) -> list[Member]:
    """Members, with corrections only of what no source said the same of since.

    Of a name or address all parts must be said, so that half a move ends nothing.
    """
    fixes = [m for m in members if m.said.corrects]
    others = [m.said.record for m in members if not m.said.corrects]
    rows = bulk.rows_where(
        f"SELECT at, {bulk.json_text('data')} FROM core_recordversion WHERE at > %s AND",
        "record_id", others, params=[min(m.said.at for m in fixes)],
    )  # fmt: skip
    later = [(at, json.loads(data)) for at, data in rows]
    return [
        replace(m, said=replace(m.said, data=_left(m.said, later))) if m.said.corrects else m
        for m in members
    ]


def _left(said: Said, later: Sequence[tuple[int, Mapping[str, Any]]]) -> dict[str, Any]:
    left = dict(said.data)
    groups = [g for g in (NAME, ADDRESS) if not set(g).isdisjoint(left)]
    grouped = {f for group in groups for f in group}
    for group in (*groups, *((f,) for f in said.data if f not in grouped)):
        own = {f: str(said.data[f]).casefold() for f in group if said.data.get(f)}
        if any(
            at > said.at and all(str(data.get(f, "")).casefold() == v for f, v in own.items())
            for at, data in later
        ):
            left = {f: v for f, v in left.items() if f not in own}
    return left


@dataclass(frozen=True)
class Happened:
    """What happened to customers: interactions as `tables.figures` takes them, and whose."""

    interactions: pl.DataFrame
    owners: pl.DataFrame


def happened_to(members: Mapping[int, Sequence[Member]]) -> Happened:
    """Everything that happened to these customers."""
    owners = pl.DataFrame(
        [(m.said.record, customer) for customer, held in members.items() for m in held],
        schema={"record": pl.Int64, "customer": pl.Int64},
        orient="row",
    )
    rows = bulk.rows_where(
        "SELECT id, record_id, at, day, kind, channel, amount_minor, status"
        " FROM timeline_interaction WHERE",
        "record_id", owners["record"].to_list(),
    )  # fmt: skip
    return Happened(pl.DataFrame(rows, schema=_INTERACTIONS, orient="row"), owners)


def inquiries_of(held: Happened, today: int) -> dict[int, int]:
    """Customer to the day (since 1970) on which he last asked for something, up to `today`."""
    asked = held.interactions.filter(
        pl.col("kind").is_in(timeline.INQUIRIES), pl.col("day") <= today
    )
    last = asked.join(held.owners, on="record").group_by("customer").agg(pl.col("day").max())
    return dict(last.iter_rows())


def figures_of(held: Happened, today: int) -> pl.DataFrame:
    """The figures of these customers (see `profiles.tables.figures`), one row each."""
    lazy: Any = tables.figures(
        nw.from_native(held.interactions.lazy()), nw.from_native(held.owners.lazy()), today
    )
    figures: pl.DataFrame = nw.to_native(lazy).collect()
    return figures.with_columns(
        pl.col("last_contact_at").fill_null(0), pl.col("last_contact_kind").fill_null("")
    )
