"""What would be known of a set of records if they were one customer: nothing is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from klantbeeld.accounts.reads import visible
from klantbeeld.core import bulk, clock
from klantbeeld.core.actor import Actor
from klantbeeld.privacy import reads as privacy
from klantbeeld.privacy.reads import Consent
from klantbeeld.profiles.building import Built, figures_of, happened_to, members_of
from klantbeeld.profiles.finding import shown_name
from klantbeeld.profiles.names import address_line
from klantbeeld.profiles.rules import values


@dataclass(frozen=True)
class Supposed:
    """A customer as these records would make it. `golden` holds only what the role may see."""

    records: tuple[int, ...]
    name: str
    kind: str
    address: str
    golden: Mapping[str, Any]
    sources: int
    orders: int
    revenue_minor: int
    interactions: int
    complaints: int
    consents: Mapping[str, Consent]


def supposed(actor: Actor, sets: Sequence[Sequence[int]]) -> list[Supposed]:
    """One customer for each set of records, in the same order; empty sets are left out."""
    wanted = [sorted(set(records)) for records in sets if records]
    owners = dict(
        bulk.rows_where(
            "SELECT record_id, customer_id FROM identity_membership WHERE",
            "record_id", [record for records in wanted for record in records],
        )
    )  # fmt: skip
    held = {
        member.said.record: member
        for members in members_of(sorted(set(owners.values()))).values()
        for member in members
    }
    found = []
    for records in wanted:
        members = [held[record] for record in records if record in held]
        built = Built()
        built.add(0, members)
        # A record stands in one set at most per table of figures: each set has a table.
        figures = figures_of(happened_to({0: members}), clock.today()).to_dicts()[0]
        golden = values([m.said for m in members])
        seen = visible(actor, golden)
        found.append(
            Supposed(
                tuple(records), shown_name(built.name[0], golden, set(seen)), built.kind[0],
                address_line(seen), seen, built.sources[0], figures["orders"],
                figures["revenue_minor"], figures["interactions"], figures["complaints"],
                privacy.consents(actor, records),
            )
        )  # fmt: skip
    return found
