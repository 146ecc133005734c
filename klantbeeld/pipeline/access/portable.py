"""The tables with which another house reads a bundle back: the same customer, the same history.

Their headings are the house's own roles (see `sources.mappings`), so that `mapping.yaml` beside
them says of each column that it is what it is called.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from klantbeeld.core.actor import Actor
from klantbeeld.core.money import to_decimal
from klantbeeld.core.public_ids import to_public
from klantbeeld.pipeline.access import rows
from klantbeeld.pipeline.access.before import Row, customer_rows
from klantbeeld.pipeline.access.gather import Gathered
from klantbeeld.pipeline.access.history import amount, lines_of, when
from klantbeeld.pipeline.access.others import Others
from klantbeeld.pipeline.subjects import KEY_ROLES, SUBJECT_ROLES
from klantbeeld.sources.tables import (
    DATE_ROLES,
    ROLES,
    ColumnMapping,
    TableMapping,
)
from klantbeeld.sources.tables import (
    Mapping as SourceMapping,
)
from klantbeeld.timeline.models import Interaction, Subscription

NAME = "klantbeeld-inzage"
CASES = ("complaint", "service", "question", "return", "compliment")
LETTERS = ("letter", "quote_letter", "cancellation")
# As the customer was before: another house reads it row by row (see `before`).
BEFORE = "customer_before"


@dataclass(frozen=True)
class Portable:
    """One table: what it holds, which column is the row's own key, and its rows by role."""

    name: str
    holds: str
    key: str
    rows: tuple[Row, ...]

    @property
    def columns(self) -> list[str]:
        """The roles in order of first use."""
        return list(dict.fromkeys(role for row in self.rows for role in row))

    def csv(self) -> bytes:
        """The table as CSV: UTF-8 with a mark for spreadsheets, commas, quotes where needed."""
        made = io.StringIO()
        writer = csv.DictWriter(made, self.columns, restval="", lineterminator="\r\n")
        writer.writeheader()
        writer.writerows(self.rows)
        return made.getvalue().encode("utf-8-sig")

    def mapping(self) -> TableMapping:
        """What its columns mean: every one is called by its role, or kept."""
        columns = tuple(
            ColumnMapping(
                column, column if column in ROLES else "keep",
                format="ymd" if column in DATE_ROLES | {"unsubscribed"} else None,
            )
            for column in self.columns
        )  # fmt: skip
        return TableMapping(self.name, self.holds, columns, key=self.key)


def tables(actor: Actor, made: Gathered) -> list[Portable]:
    """The tables of a customer; those without rows are left out."""
    role, number = who(made)
    held = list(Interaction.objects.filter(record__in=made.subject.records).order_by("at", "pk"))
    maker = _Maker({role: number}, made.others)
    *before, now = customer_rows(actor, made, role, number)
    found = [
        Portable(BEFORE, "customers", role, tuple(before)),
        Portable("customer", "customers", role, (now,)),
        *maker.orders([i for i in held if i.kind == "order"]),
        Portable("quotes", "quotes", "quote_number",
                 tuple(maker.quote(i) for i in held if i.kind == "quote")),
        Portable("cases", "cases", "case_number", tuple(maker.cases(held))),
        Portable("subscriptions", "subscriptions", "subscription_number",
                 tuple(maker.subscriptions(made.subject.records))),
        Portable("events", "events", "event_id",
                 tuple(maker.event(i) for i in held if _is_event(i, made))),
        Portable("documents", "documents", "file_name", tuple(maker.documents(made))),
    ]  # fmt: skip
    return [table for table in found if table.rows]


def mapping(made: Iterable[Portable]) -> SourceMapping:
    """What all tables mean, in the house's own form."""
    return SourceMapping(NAME, tuple(table.mapping() for table in made))


def who(made: Gathered) -> tuple[str, str]:
    """By what the rows name their customer: the best of his own numbers, or one of the house."""
    golden = made.subject.known.golden()
    for role, _prefix in KEY_ROLES:
        if golden.get(role) and role != "record_key":
            return role, str(golden[role])
    return "customer_number", "KB-" + to_public("customer", made.subject.customer)


def _is_event(one: Interaction, made: Gathered) -> bool:
    if one.kind in ("order", "quote") or one.kind.removesuffix("_closed") in CASES:
        return False
    return one.kind not in LETTERS or one.key not in {paper.event for paper in made.found}


class _Maker:
    """Makes rows of one customer; `about` is what names him in each."""

    def __init__(self, about: Row, others: Others) -> None:
        self.about, self._others = about, others

    def _details(self, one: Interaction | Subscription, *known: str) -> Row:
        """What else was said, as far as another house has a role for it."""
        left = set(known) | set(SUBJECT_ROLES) | {"record_key", "keep", "ignore"}
        return {
            k: self._others.cleaned(v)
            for k, v in one.details.items()
            if (k in ROLES and k not in left) or k == "note"
        }

    def _common(self, one: Interaction) -> Row:
        return {
            **self.about, "origin": one.origin, "campaign": one.campaign,
            "discount_code": one.code, "currency": one.currency,
        }  # fmt: skip

    def orders(self, held: Sequence[Interaction]) -> list[Portable]:
        """Orders with their lines on rows of one table, those without lines on another."""
        lines = lines_of([i.pk for i in held])
        bare = [self._order(i) for i in held if i.pk not in lines]
        told = [
            {**self._order(i), **_line(line, i.currency)}
            for i in held
            for line in lines.get(i.pk, ())
        ]
        return [
            Portable("orders", "orders", "order_number", tuple(bare)),
            Portable("order_lines", "lines", "", tuple(told)),
        ]

    def _order(self, one: Interaction) -> Row:
        return {
            **self._common(one), "order_number": one.key, "ordered_at": when(one),
            "order_status": one.status, "order_amount": amount(one.amount_minor, one.currency),
            "employee": one.employee, "channel": one.channel,
            **self._details(one, "order_number", "ordered_at", "channel"),
        }  # fmt: skip

    def quote(self, one: Interaction) -> Row:
        """A quote."""
        return {
            **self._common(one), "quote_number": one.key, "quoted_at": when(one),
            "quote_status": one.status, "quote_amount": amount(one.amount_minor, one.currency),
            "subject": self._others.clean(one.subject), "employee": one.employee,
            **self._details(one, "quote_number", "subject"),
        }  # fmt: skip

    def cases(self, held: Sequence[Interaction]) -> Iterable[Row]:
        """Complaints and the like, each with how it was closed."""
        closed = {i.key: i for i in held if i.kind.endswith("_closed")}
        for one in held:
            if one.kind not in CASES:
                continue
            end = closed.get(f"{one.key}#closed")
            yield {
                **self._common(one), "case_number": one.key, "case_kind": one.kind,
                "opened_at": when(one), "closed_at": when(end) if end else "",
                "case_status": one.status, "subject": self._others.clean(one.subject),
                "resolution": self._others.clean(end.subject) if end else "",
                "handled_by": one.employee, "channel": one.channel, "direction": one.direction,
                "compensation": amount(one.amount_minor, one.currency),
                **self._details(one, "case_number", "subject", "resolution", "closed_at"),
            }  # fmt: skip

    def event(self, one: Interaction) -> Row:
        """Anything else that happened."""
        return {
            **self._common(one), "event_id": one.key, "event_at": when(one),
            "event_kind": one.kind, "case_status": one.status, "channel": one.channel,
            "direction": one.direction, "subject": self._others.clean(one.subject),
            "employee": one.employee, "order_amount": amount(one.amount_minor, one.currency),
            **self._details(one, "event_id", "event_kind", "case_status", "subject"),
        }  # fmt: skip

    def subscriptions(self, records: Sequence[int]) -> Iterable[Row]:
        """Agreements that run or ran."""
        for one in Subscription.objects.filter(record__in=records).order_by("pk"):
            yield {
                **self.about, "subscription_number": one.key,
                "subscription_name": self._others.clean(one.name),
                "started_at": rows.said("day", one.started_day) or "",
                "ended_at": rows.said("day", one.ended_day) or "", "period": one.period,
                "subscription_amount": amount(one.amount_minor, one.currency),
                "subscription_status": one.status, "currency": one.currency,
                **self._details(one, "subscription_number"),
            }  # fmt: skip

    def documents(self, made: Gathered) -> Iterable[Row]:
        """The documents that are handed out, each with what it came with."""
        for paper in made.found:
            if paper.is_given:
                yield {
                    **self.about, "file_name": paper.name, "content": paper.file,
                    "document_at": rows.moment(paper.at)[:10],
                    "text": self._others.clean(paper.text),
                    "media_type": paper.media_type, "in_reply_to": paper.event,
                }  # fmt: skip


def _line(line: Any, currency: str) -> Row:
    product = line.product
    return {
        "line_number": line.number, "quantity": f"{line.quantity:g}",
        "line_amount": str(to_decimal(line.amount_minor, currency)),
        "product_code": product.key if product else "",
        "product_name": product.name if product else "",
        "category": product.category if product else "", "brand": product.brand if product else "",
    }  # fmt: skip
