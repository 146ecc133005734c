"""Rebuilding profiles, and setting their groups."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import polars as pl
from django.db import connection, transaction

from klantbeeld.accounts.reads import needs
from klantbeeld.core import bulk, changes, clock, indexes
from klantbeeld.core.actor import Actor
from klantbeeld.identity import reads as identity
from klantbeeld.privacy import reads as privacy
from klantbeeld.profiles import contact_many, search, tags
from klantbeeld.profiles.building import (
    Built,
    Happened,
    figures_of,
    happened_to,
    inquiries_of,
    members_of,
)
from klantbeeld.profiles.contact_many import Deal, Person
from klantbeeld.profiles.contacting import READER
from klantbeeld.profiles.models import GroupCount, Profile
from klantbeeld.profiles.removing import count, groups_of, removed
from klantbeeld.profiles.views import forget_view, save_view

__all__ = [
    "forget_view", "judge_contact", "rebuilding", "recount", "refresh", "remove_profiles",
    "removed", "save_view", "set_groups",
]  # fmt: skip

# Customers per transaction: short enough that nobody else waits long for the database.
CHUNK = 4_000
NEW_GROUP = ("other", "")
COLUMNS = (
    "customer_id", "kind", "name", "sort_key", "city", "city_key", "data", "sources",
    "source_list", "records", "household", "consents", "contact", "group", "group_reason", "orders",
    "revenue_minor", "revenue_12m_minor", "interactions", "complaints", "open_complaints",
    "first_order_day", "last_order_day", "days_between_orders", "last_contact_at",
    "last_contact_kind", "figures_day", "updated_at",
)  # fmt: skip


@needs("sources.import")
def refresh(actor: Actor, customers: Sequence[int], *, today: int | None = None) -> int:
    """Rebuild the profiles of these customers; returns how many there are now.

    Golden values, name, figures, consents and search words; the group stays what it was until
    `set_groups`. Profiles of customers without records go. `today` (days since 1970) is the day
    up to which figures count, today by default. Works in transactions of some thousands.
    """
    day = clock.today() if today is None else today
    kept = 0
    wanted = sorted(set(customers))
    with rebuilding(actor, len(wanted)):
        for start in range(0, len(wanted), CHUNK):
            with transaction.atomic():
                kept += _refresh_chunk(actor, wanted[start : start + CHUNK], day)
    return kept


@needs("sources.import")
def rebuilding(actor: Actor, customers: int) -> AbstractContextManager[None]:
    """What to write the profiles of so many customers within, when that takes several calls.

    Of very many the indexes are laid down once, at the end. Enter it outside any transaction.
    """
    return indexes.held_off(Profile) if indexes.pays(Profile, customers) else nullcontext()


def _refresh_chunk(actor: Actor, customers: Sequence[int], today: int) -> int:
    had = groups_of(customers)
    # Nobody reads those who are restricted: nothing is made to be read.
    hidden = identity.withheld_customers(actor)
    members = members_of([c for c in customers if c not in hidden])
    bulk.delete(Profile, "customer_id", list(had))
    search.remove(list(had))
    after: Counter[str] = Counter()
    tagged: list[tuple[int, Mapping[str, Any]]] = []
    if members:
        built = Built()
        for customer in sorted(members):
            tagged.append((customer, built.add(customer, members[customer])))
        owners = {m.said.record: c for c, held in members.items() for m in held}
        states = privacy.contact_states(READER, owners, clock.now_us())
        happened = happened_to(members)
        figures = figures_of(happened, today)
        people = {
            customer: Person(kind, data, members[customer])
            for kind, (customer, data) in zip(built.kind, tagged, strict=True)
        }
        contact = contact_many.letters(people, _deals(figures, happened, today), states, today)
        groups = [had.get(c, NEW_GROUP) for c in built.customer]
        profiles = built.frame().with_columns(
            pl.Series("consents", [states.letters.get(c, "uuuu") for c in built.customer]),
            pl.Series("contact", [contact[c] for c in built.customer]),
            pl.Series("group", [g for g, _ in groups], dtype=pl.String),
            pl.Series("group_reason", [r for _, r in groups], dtype=pl.String),
            pl.lit(today).alias("figures_day"),
            pl.lit(clock.now_us()).alias("updated_at"),
        )
        profiles = profiles.join(figures, left_on="customer_id", right_on="customer", how="left")
        bulk.insert_frame(Profile, profiles.select(COLUMNS))
        search.put(zip(built.customer, built.words.texts(), strict=True), is_new=True)
        after = Counter(g for g, _ in groups)
    tags.replace(list(had), tagged)
    count(Counter(g for g, _ in had.values()), after)
    changes.note("profile", customers)
    return len(members)


def _deals(figures: pl.DataFrame, happened: Happened, today: int) -> dict[int, Deal]:
    inquired = inquiries_of(happened, today)
    days = figures.select("customer", "first_order_day", "last_order_day")
    return {
        customer: (first, last, inquired.get(customer))
        for customer, first, last in days.iter_rows()
    }


@needs("sources.import")
def judge_contact(actor: Actor, customers: Sequence[int], today: int | None = None) -> int:
    """Judge anew whom of these customers one may approach; returns of how many it changed.

    For what no record tells: the day, the law, and what the company says of itself. Works in
    transactions of some thousands.
    """
    day = clock.today() if today is None else today
    changed = 0
    ordered = sorted(set(customers))
    for start in range(0, len(ordered), CHUNK):
        with transaction.atomic():
            changed += _judge_chunk(ordered[start : start + CHUNK], day)
    return changed


def _judge_chunk(customers: Sequence[int], today: int) -> int:
    members = members_of(customers)
    held = bulk.rows_where(
        f"SELECT customer_id, kind, contact, {bulk.json_text('data')} FROM profiles_profile WHERE",
        "customer_id", [c for c in customers if c in members],
    )  # fmt: skip
    if not held:
        return 0
    had = {row[0]: row[2] for row in held}
    people = {row[0]: Person(row[1], json.loads(row[3]), members[row[0]]) for row in held}
    owners = {m.said.record: c for c, who in people.items() for m in who.members}
    states = privacy.contact_states(READER, owners, clock.now_us())
    happened = happened_to({c: who.members for c, who in people.items()})
    deals = _deals(figures_of(happened, today), happened, today)
    now = contact_many.letters(people, deals, states, today)
    differing = [(customer, letters) for customer, letters in now.items()
                 if letters != had[customer]]  # fmt: skip
    bulk.update(Profile, ["contact"], differing)
    changes.note("profile", [customer for customer, _ in differing])
    return len(differing)


@needs("sources.import")
def set_groups(actor: Actor, frame: pl.DataFrame) -> int:
    """Set the customer groups; returns how many changed.

    frame: customer (Int64), group, reason (String), customers distinct; a customer without
    profile is passed over. Works in transactions of some thousands.
    """
    changed = 0
    ordered = frame.select("customer", "group", "reason").sort("customer")
    for part in ordered.iter_slices(CHUNK):
        with transaction.atomic():
            changed += _set_chunk(part)
    return changed


def _set_chunk(part: pl.DataFrame) -> int:
    had = groups_of(part["customer"].to_list())
    differing = [
        (customer, group, reason)
        for customer, group, reason in part.iter_rows()
        if customer in had and had[customer] != (group, reason)
    ]
    bulk.update(Profile, ["group", "group_reason"], differing)
    count(Counter(had[c][0] for c, *_ in differing), Counter(g for _, g, _ in differing))
    changes.note("profile", [c for c, *_ in differing])
    return len(differing)


@needs("sources.import")
@transaction.atomic
def remove_profiles(actor: Actor, customers: Sequence[int]) -> int:
    """Take away the profiles of customers that are no more; returns how many there were."""
    return removed(customers)


@needs("sources.import")
@transaction.atomic
def recount(actor: Actor) -> dict[str, int]:
    """Count the customers per group anew, should the kept counts ever be in doubt."""
    GroupCount.objects.update(customers=0)
    with connection.cursor() as cursor:
        cursor.execute('SELECT "group", count(*) FROM profiles_profile GROUP BY "group"')
        counts = {group: int(count) for group, count in cursor.fetchall()}
    count(Counter(), Counter(counts))
    return counts
