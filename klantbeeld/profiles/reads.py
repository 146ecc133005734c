"""Customers as lists, hits and cards, asked with the actor first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from klantbeeld.accounts.errors import OutOfReach
from klantbeeld.accounts.reads import needs, reached, visible, within
from klantbeeld.core import audit, bulk, choices, looks
from klantbeeld.core.actor import Actor
from klantbeeld.core.public_ids import UnknownPublicId, from_public
from klantbeeld.identity import reads as identity
from klantbeeld.identity.reads import UnknownCustomer
from klantbeeld.privacy import actions as disclosing
from klantbeeld.privacy import reads as privacy
from klantbeeld.privacy.tables import objecting_records
from klantbeeld.profiles import card as cards
from klantbeeld.profiles import contacting, finding, lists, supposing, tags
from klantbeeld.profiles.accounted import Accounted, accounted
from klantbeeld.profiles.building import members_of
from klantbeeld.profiles.card import Card, Figure, PanelShown
from klantbeeld.profiles.contacting import PURPOSES, READER, TO_JUDGE, Judged, Known, Question
from klantbeeld.profiles.course import Held, course
from klantbeeld.profiles.finding import Found, Hit, shown_name
from klantbeeld.profiles.identity_lines import IdentityLine
from klantbeeld.profiles.lists import Page, Row
from klantbeeld.profiles.models import GroupCount, Profile
from klantbeeld.profiles.names import address_line, person_name
from klantbeeld.profiles.queries import CONTACT, SORTS, CustomerQuery, InvalidQuery
from klantbeeld.profiles.rules import values
from klantbeeld.profiles.supposing import Supposed
from klantbeeld.profiles.tags import TagCount
from klantbeeld.profiles.views import UnknownView, View, view, views
from klantbeeld.sources import reads as sources

__all__ = [
    "CONTACT",
    "PURPOSES",
    "SORTS",
    "TO_JUDGE",
    "Accounted",
    "Card",
    "CustomerQuery",
    "Figure",
    "Found",
    "Held",
    "Hit",
    "IdentityLine",
    "InvalidQuery",
    "Judged",
    "Known",
    "Page",
    "PanelShown",
    "Question",
    "Row",
    "Supposed",
    "TagCount",
    "UnknownCustomer",
    "UnknownView",
    "View",
    "address_line",
    "person_name",
    "view",
    "views",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class City:
    """A city that customers live in; `key` is what `CustomerQuery.city` takes."""

    key: str
    name: str
    customers: int


@needs("customers.read", "itself")
def customers(actor: Actor, query: CustomerQuery) -> Page:
    """A page of the list. Raises `queries.InvalidQuery` for a sort or consent there is not."""
    page = lists.page(actor, query)
    looks.at(actor, "list", (row.customer for row in page.rows))
    return page


@needs("customers.read", "itself")
def rows_of(actor: Actor, customers: Sequence[int], columns: Sequence[str] = ()) -> list[Row]:
    """These customers as rows of a list, in this order; who is gone is left out."""
    allowed = reached(actor, customers)
    rows = lists.rows_of(actor, [c for c in customers if c in allowed], columns)
    looks.at(actor, "list", (row.customer for row in rows))
    return rows


@needs("customers.list", "itself")
def export_rows(actor: Actor, query: CustomerQuery) -> Iterator[Row]:
    """The whole selection, in order; the export is written in the audit log."""
    audit.record(actor, "export_customers", ("list", 0), {"sort": query.sort})
    chosen = _not_objecting(actor, lists.selected(actor, query))
    disclosing.note_list(actor, chosen)
    looks.at(actor, "export_list", chosen)
    return lists.in_pieces(actor, chosen, query.columns)


@needs("customers.list", "itself")
def export_rows_of(
    actor: Actor, customers: Sequence[int], columns: Sequence[str] = ()
) -> Iterator[Row]:
    """These customers as rows of a list, by name; `columns` are golden values to go with them.

    The export is written in the audit log.
    """
    audit.record(actor, "export_customers", ("list", 0), {"customers": len(customers)})
    allowed = reached(actor, customers, "customers.list")
    chosen = [customer for customer in customers if customer in allowed]
    chosen = _not_objecting(actor, chosen)
    disclosing.note_list(actor, chosen)
    looks.at(actor, "export_list", chosen)
    return lists.rows_by_name(actor, chosen, columns)


def _not_objecting(actor: Actor, customers: Sequence[int]) -> list[int]:
    """Without those who objected to what this actor does it for (article 21)."""
    gone = _objecting(actor.purpose)
    return [c for c in customers if c not in gone]


def _objecting(purpose: str) -> set[int]:
    records = objecting_records(purpose)
    return set(identity.customers_of(READER, records).values()) if records else set()


@needs("customers.read", "itself")
def cities(actor: Actor, limit: int = 40) -> list[City]:
    """The cities with most customers, by name; none for who does not reach everybody."""
    if within(actor) is not None:
        return []
    found = [City(*city) for city in lists.cities(limit)]
    return sorted(found, key=lambda city: city.key)


@needs("customers.read", "itself")
def tags_in_use(actor: Actor, limit: int = 60) -> list[TagCount]:
    """The tags that most customers carry, by name.

    None for a role that may not see tags, and for who does not reach everybody.
    """
    is_for_all = within(actor) is None and visible(actor, {"tags": ""})
    return tags.most_used(limit) if is_for_all else []


@needs("customers.read", "itself")
def selected(actor: Actor, query: CustomerQuery, most: int | None = None) -> list[int]:
    """The customers of the whole list, in its order, at most `most` if that is given."""
    return lists.selected(actor, query, most)


@needs("customers.read", "itself")
def groups(actor: Actor) -> dict[str, int]:
    """Customers per group; groups without any are left out."""
    if within(actor) is not None:
        return dict(lists.page(actor, CustomerQuery(size=1)).counts)
    counts = GroupCount.objects.filter(customers__gt=0)
    return dict(counts.values_list("group", "customers"))


@needs("customers.read", "itself")
def find(actor: Actor, text: str, limit: int = 20) -> Found:
    """Customers found by name, address, identifier or number, the best hits first."""
    found = finding.find(actor, text, limit)
    looks.at(actor, "search", (hit.customer for hit in found.hits))
    return found


@needs("customers.read", "itself")
def hits_of(actor: Actor, customers: Sequence[int]) -> list[Hit]:
    """These customers as hits, in this order; those without a profile are left out."""
    allowed = reached(actor, customers)
    hits = finding.hits_of(actor, [c for c in customers if c in allowed])
    looks.at(actor, "list", (hit.customer for hit in hits))
    return hits


@needs("customers.read", "itself")
def customer_id_of(actor: Actor, public_id: str) -> int:
    """The customer behind a public id, or who absorbed it. Raises `UnknownCustomer`,
    and `OutOfReach` for a customer whom the actor does not reach.

    Nobody reads one who is restricted: to those it is as if there were none.
    """
    survivor = _survivor(actor, public_id)
    if survivor in identity.withheld_customers(actor):
        raise UnknownCustomer("There is no customer with this key.")
    return survivor


@needs("restrictions.manage")
def kept_customer_id_of(actor: Actor, public_id: str) -> int:
    """The same, of a customer who may be restricted: to lift that, or to erase."""
    return _survivor(actor, public_id)


def _survivor(actor: Actor, public_id: str) -> int:
    try:
        customer = from_public("customer", public_id)
    except UnknownPublicId as error:
        raise UnknownCustomer("There is no customer with this key.") from error
    survivor = identity.survivor_of(actor, customer)
    if not reached(actor, [survivor]):
        raise OutOfReach(actor.role, "customers.read")
    looks.at(actor, "read", [survivor])
    return survivor


@needs("customers.read", "itself")
def records_of(actor: Actor, public_id: str) -> list[int]:
    """The records of the customer behind a public id. Raises `UnknownCustomer`."""
    return identity.records_of(actor, customer_id_of(actor, public_id))


@needs("customers.read", "itself")
def named(actor: Actor, customers: Sequence[int]) -> dict[int, str]:
    """Customer to name, "" where there is none or the role may not see it; who is in reach."""
    held = list(Profile.objects.filter(pk__in=reached(actor, customers)).only("name", "data"))
    looks.at(actor, "name", (p.pk for p in held))
    return {p.pk: shown_name(p.name, p.data, set(visible(actor, p.data))) for p in held}


@needs("customers.rectify")
def golden_of(actor: Actor, customer: int) -> dict[str, Any]:
    """Field to the value that holds of a customer."""
    looks.at(actor, "read", [customer])
    return values([m.said for m in members_of([customer]).get(customer, [])])


@needs("customers.export")
def accounted_for(actor: Actor, customer: int) -> Accounted:
    """Every value that holds of a customer with its source, its rule and what lost."""
    keys = [m.said.source for m in members_of([customer]).get(customer, [])]
    return accounted(customer, sources.named(actor, sorted(set(keys))))


@needs("customers.export")
def course_of(actor: Actor, customer: int) -> list[Held]:
    """What held of a customer from each change on, the oldest first."""
    looks.at(actor, "export", [customer])
    return course(customer)


@needs("customers.read", "itself")
def card_for(actor: Actor, public_id: str) -> Card:
    """The card of a customer. Raises `UnknownCustomer`.

    An absorbed id gives the survivor's card, whose `public_id` then differs from the one asked.
    """
    customer = customer_id_of(actor, public_id)
    profile = Profile.objects.filter(pk=customer).first()
    if profile is None:
        raise UnknownCustomer("There is no customer with this key.")
    card = cards.card(actor, profile)
    looks.at(actor, "card", [customer])
    others = [one.customer for one in card.household] + [one.customer for one in card.relations]
    looks.at(actor, "name", others)
    return card


@needs("customers.read")
def supposed(actor: Actor, sets: Sequence[Sequence[int]]) -> list[Supposed]:
    """What would be known of each set of records if it were one customer; nothing is written."""
    for records in sets:
        looks.at_records(actor, "compare", records)
    return supposing.supposed(actor, sets)


@needs("contact.ask", "itself")
def known_for_contact(actor: Actor, public_id: str) -> Known:
    """What verdicts about a customer rest on. Raises `UnknownCustomer`, and `OutOfReach`."""
    # Who may ask whether somebody may be contacted need not be allowed to read him.
    customer = customer_id_of(READER, public_id)
    looks.at(actor, "read", [customer])
    return known_customer(actor, customer)


@needs("customers.read", "nothing")
def is_judging_contact(actor: Actor) -> bool:
    """Whether it is still being worked out of everybody whom one may approach."""
    return bool(choices.chosen(TO_JUDGE))


@needs("contact.ask")
def known_customer(actor: Actor, customer: int) -> Known:
    """What verdicts about a customer, by key, rest on. Raises `UnknownCustomer`."""
    found = contacting.known_of(customer)
    if found is None:
        raise UnknownCustomer("There is no customer with this key.")
    return found


@needs("contact.ask", "itself")
def allowed(actor: Actor, customers: Sequence[int], channel: str) -> set[int]:
    """Those of these customers who may be approached over a channel for marketing now.

    As of this moment: whoever objected a moment ago is not among them.
    """
    place = privacy.CHANNELS.index(channel)
    rows = bulk.rows_where(
        "SELECT customer_id, contact FROM profiles_profile WHERE", "customer_id",
        sorted(reached(actor, customers, "contact.ask")),
    )  # fmt: skip
    gone = _objecting("marketing")
    return {
        customer for customer, letters in rows
        if letters[place] == CONTACT["allowed"] and customer not in gone
    }  # fmt: skip


@needs("contact.ask", "itself")
def may_contact(actor: Actor, known: Known, questions: Sequence[Question]) -> list[Judged]:
    """The verdict for each question about this customer, with the facts it was reached on."""
    if not reached(actor, [known.profile.pk], "contact.ask"):
        raise OutOfReach(actor.role, "contact.ask")
    return [contacting.judged(known, question) for question in questions]
