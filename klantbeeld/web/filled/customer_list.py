"""The list of customers, and the whole of it as a workbook."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Sequence

from django.utils.translation import gettext as _

from klantbeeld.accounts.reads import may
from klantbeeld.core.actor import Actor
from klantbeeld.core.public_ids import UnknownPublicId
from klantbeeld.pipeline import reads as counted
from klantbeeld.profiles import reads as profiles
from klantbeeld.profiles.reads import CustomerQuery, Row, UnknownCustomer
from klantbeeld.sources import reads as sources
from klantbeeld.web.filled import columns, enriching, filters, places, saved_views, words
from klantbeeld.web.filled.customer_card import group, kind
from klantbeeld.web.filled.workbook import workbook
from klantbeeld.web.looks import GROUPS
from klantbeeld.web.shapes import Chip, Column, CustomersQuery, CustomersView, ListRow

DEFAULT_SORT = "-revenue"


def customers(actor: Actor, query: CustomersQuery) -> CustomersView:
    """See `pages.Pages`."""
    used = asked(actor, query)
    page = profiles.customers(actor, used)
    house = counted.holdings(actor)
    shown = columns.columns(query.columns, house, page.rows)
    rows = tuple(
        ListRow(
            row.public_id,
            row.name or _("Customer without a name"),
            kind(row.kind),
            group(row.group),
            columns.values(row, shown),
        )
        for row in page.rows
    )
    is_first = not used.after and not used.before
    now = CustomersQuery(query.group, query.filters, used.sort, columns=query.columns)
    tags = profiles.tags_in_use(actor)
    offered = filters.filters(
        profiles.cities(actor), sources.telling_sources(actor), tags, query.filters
    )
    return CustomersView(
        rows=rows,
        columns=shown,
        groups=chips(page.counts, query.group),
        filters=offered,
        query=now,
        total=page.total,
        matching=page.matching,
        next=rows[-1].public_id if page.has_next and rows else "",
        previous=rows[0].public_id if page.has_previous and rows else "",
        first_number=1 if is_first and rows else None,
        may_export=may(actor, "customers.list"),
        may_tag=may(actor, "notes.write"),
        is_judging=profiles.is_judging_contact(actor),
        views=saved_views.views(actor, now),
        tags=tuple(tag.name for tag in tags),
        enrich=enriching.offers(actor, house),
        add_href=places.add() if may(actor, "sources.import") else "",
    )


def customers_export(actor: Actor, query: CustomersQuery) -> Generator[bytes]:
    """See `pages.Pages`."""
    every = columns.columns(query.columns, counted.holdings(actor))
    shown = tuple(column for column in every if column.is_shown)
    return as_workbook(profiles.export_rows(actor, asked(actor, query)), shown)


def as_workbook(rows: Iterable[Row], shown: Sequence[Column]) -> Generator[bytes]:
    """Customers as an .xlsx workbook, in pieces."""
    headings = (_("Name"), _("Kind"), _("Group"), *(column.label for column in shown))
    kinds = {"person": _("person"), "organisation": _("organisation")}
    cells = (
        (
            row.name,
            kinds[kind(row.kind)],
            words.said(words.GROUPS, row.group),
            *columns.values(row, shown).values(),
        )
        for row in rows
    )
    return workbook(_("Customers"), headings, cells)


def chips(counts: object, chosen: str = "") -> tuple[Chip, ...]:
    """The five groups with their counts."""
    held = dict(counts) if isinstance(counts, dict) else {}
    return tuple(
        Chip(key, words.said(words.GROUPS, key), held.get(key, 0), key == chosen,
             places.customers(group=key))
        for key in GROUPS
    )  # fmt: skip


def asked(actor: Actor, query: CustomersQuery) -> CustomerQuery:
    """What the list asks of the room; a sort that does not exist falls back to the default."""
    is_known = query.sort.removeprefix("-") in profiles.SORTS
    return CustomerQuery(
        group=query.group if query.group in GROUPS else "",
        sort=query.sort if is_known else DEFAULT_SORT,
        after=_customer(actor, query.after),
        before=_customer(actor, query.before),
        columns=columns.GOLDEN,
        size=query.size,
        **filters.chosen(query.filters),
    )


def _customer(actor: Actor, public_id: str) -> int:
    """The customer a page starts behind, 0 when it is gone."""
    if not public_id:
        return 0
    try:
        return profiles.customer_id_of(actor, public_id)
    except (UnknownCustomer, UnknownPublicId):
        return 0
