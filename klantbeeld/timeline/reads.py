"""What happened to a customer's records, asked with the actor first."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from klantbeeld.accounts.reads import needs, records_reached
from klantbeeld.core import bulk, clock
from klantbeeld.core.actor import Actor
from klantbeeld.core.hashing import hash64
from klantbeeld.core.models import Record, Source
from klantbeeld.timeline import belongings
from klantbeeld.timeline import history as pages
from klantbeeld.timeline.history import Asked, Entry, History
from klantbeeld.timeline.models import Document, Interaction, OrderLine
from klantbeeld.timeline.relation import INQUIRIES, Contracts, Relation, contracts_of, relation_on
from klantbeeld.timeline.rules import CONTACT_FAMILIES, ENDING_DAYS, REPEATED_DAYS, family_of
from klantbeeld.timeline.shapes import (
    CampaignResponse,
    Case,
    DocumentLine,
    LoyaltyStanding,
    PortalUse,
    Purchases,
    QuoteLine,
    Subscriptions,
    SurveyAnswer,
)

__all__ = [
    "CONTACT_FAMILIES", "ENDING_DAYS", "INQUIRIES", "REPEATED_DAYS", "Case", "Contracts",
    "DocumentLine", "Entry", "History", "Line", "Relation", "Unfolded", "UnknownInteraction",
]  # fmt: skip

# Kinds of tables (see the pipeline) whose rows' keys are numbers that people know.
NUMBERED = {
    "orders": "order", "lines": "order", "quotes": "quote", "cases": "case",
    "documents": "document", "subscriptions": "subscription",
}  # fmt: skip
_DIGITS = re.compile(r"\S*\d\S*")


class UnknownInteraction(LookupError):
    """This history has no such interaction."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an order."""

    number: int
    product: str
    product_key: str
    category: str
    quantity: float
    amount_minor: int


@dataclass(frozen=True)
class Unfolded:
    """An interaction with all that was said about it, and where it came from."""

    entry: Entry
    details: dict[str, Any]
    body: str
    lines: tuple[Line, ...]
    documents: tuple[DocumentLine, ...]
    record_key: str
    delivery: int
    delivery_name: str
    delivered_at: datetime


@needs("customers.read")
def history(
    actor: Actor,
    records: Sequence[int],
    after: int | None = None,
    kinds: Sequence[str] | None = None,
    limit: int = 30,
) -> History:
    """A page of the history of all records of a customer.

    `after` is the last interaction shown (see `History.older`), `kinds` are families
    (``mail``, ``purchase`` …; all when None). Upcoming ones and counts are on the first page
    only (counts also on filtered ones).
    """
    by_kind = pages.counts(records) if kinds or not after else {}
    wanted = tuple(k for k in by_kind if family_of(k) in kinds) if kinds else ()
    if kinds and not wanted:
        return History((), (), _by_family(by_kind))
    now = clock.now_us()
    asked = Asked(tuple(records), wanted, now, max(1, limit))
    place = pages.position(after) if after else None
    ahead = [] if after else pages.upcoming(asked)
    behind = pages.past(asked, place)
    shown = behind[: asked.limit]
    found = pages.entries(actor, [*ahead, *shown], records, now)
    return History(
        upcoming=tuple(found[: len(ahead)]),
        entries=tuple(found[len(ahead) :]),
        counts=_by_family(by_kind),
        older=shown[-1][0] if len(behind) > asked.limit else 0,
    )


def _by_family(by_kind: Mapping[str, int]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for kind, count in by_kind.items():
        family = family_of(kind)
        counts[family] = counts.get(family, 0) + count
    return counts


@needs("customers.read")
def entry(actor: Actor, records: Sequence[int], interaction: int) -> Unfolded:
    """One interaction of these records, unfolded. Raises `UnknownInteraction`."""
    rows = pages.by_id(interaction, records)
    if not rows:
        raise UnknownInteraction("This customer's history has no such entry.")
    shown = pages.entries(actor, rows, records, clock.now_us())[0]
    held = Interaction.objects.select_related("delivery").get(pk=interaction)
    (details,) = pages.seen_details(actor, [dict(held.details)])
    texts = [str(details.pop(k)) for k in pages.TEXTS if details.get(k)]
    papers = Document.objects.filter(interaction_key=held.key_hash).order_by("pk")
    return Unfolded(
        entry=shown,
        details=details,
        body="\n\n".join(texts),
        lines=tuple(_lines(interaction)),
        documents=tuple(belongings.document_line(d) for d in papers),
        record_key=Record.objects.filter(pk=held.record_id).values_list("key", flat=True)[0],
        delivery=held.delivery_id,
        delivery_name=held.delivery.name,
        delivered_at=clock.local(held.delivery.started_at),
    )


def _lines(interaction: int) -> list[Line]:
    held = OrderLine.objects.filter(interaction=interaction).select_related("product")
    return [
        Line(
            line.number, line.product.name if line.product else "",
            line.product.key if line.product else "",
            line.product.category if line.product else "", line.quantity, line.amount_minor,
        )
        for line in held.order_by("number", "pk")
    ]  # fmt: skip


@needs("customers.read", "itself")
def by_number(actor: Actor, text: str) -> list[tuple[int, str]]:
    """(record, what) of orders, quotes, cases, subscriptions and documents with this number.

    `text` may hold other words: every word with a digit in it is tried, as written and in
    capitals.
    """
    tried = {text.strip(), text.strip().upper()}
    for word in _DIGITS.findall(text):
        bare = word.strip("#:;,.")
        tried |= {bare, bare.upper()}
    sources = Source.objects.values_list("key", flat=True)
    what = {
        hash64(f"{source}\x1f{holds}\x1f{key}"): (key, name)
        for source in sources
        for holds, name in NUMBERED.items()
        for key in tried
    }
    found: dict[tuple[int, str], None] = {}
    for table in ("timeline_interaction", "timeline_subscription", "timeline_document"):
        for key_hash, key, record in bulk.rows_where(
            f"SELECT key_hash, key, record_id FROM {table} WHERE", "key_hash", list(what)
        ):
            if what[key_hash][0] == key:
                found[(record, what[key_hash][1])] = None
    allowed = records_reached(actor, {record for record, _ in found})
    return [(record, name) for record, name in found if record in allowed]


@needs("customers.read")
def purchases(actor: Actor, records: Sequence[int], limit: int = 10) -> Purchases:
    """What was bought: the newest orders with payment method, sums per category and per way."""
    return belongings.purchases(records, limit)


@needs("customers.read")
def subscriptions(actor: Actor, records: Sequence[int], today: int | None = None) -> Subscriptions:
    """Agreements, running ones first; `today` in days since 1970."""
    return belongings.subscriptions(records, clock.today() if today is None else today)


@needs("customers.read")
def quotes(actor: Actor, records: Sequence[int], limit: int = 10) -> list[QuoteLine]:
    """Quotes, newest first."""
    return belongings.quotes(records, limit)


@needs("customers.read")
def cases(actor: Actor, records: Sequence[int], limit: int = 20) -> list[Case]:
    """Complaints, service and questions: open ones first, then newest first."""
    return belongings.cases(records, limit)


@needs("customers.read")
def campaigns(actor: Actor, records: Sequence[int], limit: int = 12) -> list[CampaignResponse]:
    """Newsletters and campaigns with what the customer did with them, newest first."""
    return belongings.campaigns(records, limit)


@needs("sources.import")
def why_unread(actor: Actor, sha256: str) -> str | None:
    """Why nobody could look into these contents, "" when they were looked into; None for new ones.

    A letter that was read by itself says nothing of its file.
    """
    told = Document.objects.filter(sha256=sha256, text="").values_list("unread", flat=True)
    return told.order_by("-unread").first()


@needs("customers.read")
def unread_documents(
    actor: Actor, besides: Sequence[int], limit: int = 100
) -> tuple[list[tuple[int, DocumentLine]], int]:
    """Documents into which nobody could look, newest first, each with its record; and how many.

    `besides` are the records that nobody reads.
    """
    held = Document.objects.exclude(unread="").exclude(record__in=list(besides))
    shown = held.order_by("-at", "-pk")[:limit]
    return [(one.record_id, belongings.document_line(one)) for one in shown], held.count()


@needs("customers.read")
def documents(actor: Actor, records: Sequence[int], limit: int = 12) -> list[DocumentLine]:
    """Letters, quotes and attachments, newest first."""
    return belongings.documents(records, limit)


@needs("customers.read")
def loyalty(actor: Actor, records: Sequence[int]) -> LoyaltyStanding | None:
    """Points earned and spent, None when there never were any."""
    return belongings.loyalty(records)


@needs("customers.read")
def surveys(actor: Actor, records: Sequence[int], limit: int = 8) -> list[SurveyAnswer]:
    """Answers to surveys, newest first."""
    return belongings.surveys(records, limit)


@needs("customers.read")
def portal(actor: Actor, records: Sequence[int]) -> PortalUse | None:
    """Use of portal and website, None when there never was any."""
    return belongings.portal(records)


@needs("customers.read")
def complaint_days(actor: Actor, records: Sequence[int]) -> list[date]:
    """The days on which complaints came, newest first."""
    return belongings.complaint_days(records)


@needs("customers.read")
def topics(actor: Actor, records: Sequence[int], limit: int = 12) -> list[tuple[str, int]]:
    """What the customer clicked on in newsletters and how often, most often first."""
    return belongings.topics(records, limit)


@needs("customers.read")
def revenue_by_month(
    actor: Actor, records: Sequence[int], today: int, months: int = 24
) -> list[int]:
    """Revenue (minor units, orders not cancelled) in `months` twelfths of 365 days, oldest first.

    The last one ends on day `today` (since 1970), so the last twelve are the last 365 days.
    """
    return belongings.revenue_by_month(records, today, months)


@needs("customers.read")
def relation(actor: Actor, records: Sequence[int], day: int) -> Relation:
    """What there was between company and customer by a day (since 1970), for rules on contact."""
    return relation_on(records, day) if records else Relation()


@needs("customers.read")
def contracts(actor: Actor, owners: Mapping[int, int], day: int) -> dict[int, Contracts]:
    """Owner to the contracts of its records by a day; `owners` maps record to owner."""
    return contracts_of(owners, day)
