"""What part of the list of customers is asked for, and the SQL for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from klantbeeld.privacy.reads import CHANNELS, LETTERS

PAGE = 50
MOST = 500


class InvalidQuery(ValueError):
    """The list cannot be filtered or sorted like this; the text says what is possible."""


@dataclass(frozen=True)
class CustomerQuery:
    """Filters, sorting and place of a page of customers; None and "" filter nothing.

    `city` is a city's key (see `reads.cities`), `source` a source's id, `revenue_from` and
    `revenue_to` minor units, `ordered_from` and `ordered_to` days since 1970 of the last order
    (all inclusive), `consent` a channel of `privacy.rules.CHANNELS` and a state, `contact` such a
    channel and what the verdict about it is (see `CONTACT`), `tag` a tag's
    key (see `tags`). `sort` is name, revenue, last_contact or city, with "-" in front for the
    highest first. `after` and `before` are customers: the last and the first row of the page
    that is shown now.
    """

    group: str = ""
    kind: str = ""
    city: str = ""
    source: int | None = None
    revenue_from: int | None = None
    revenue_to: int | None = None
    ordered_from: int | None = None
    ordered_to: int | None = None
    consent: tuple[str, str] | None = None
    contact: tuple[str, str] | None = None
    has_open_complaint: bool = False
    tag: int | None = None
    text: str = ""
    sort: str = "name"
    after: int = 0
    before: int = 0
    columns: tuple[str, ...] = ()
    size: int = PAGE

    def after_row(self, customer: int) -> CustomerQuery:
        """The same list, the page behind this customer."""
        return replace(self, after=customer, before=0)

    @property
    def filters(self) -> CustomerQuery:
        """Only what decides which customers are in the list, apart from their group."""
        return replace(self, group="", sort="name", after=0, before=0, columns=(), size=PAGE)

    @property
    def is_unfiltered(self) -> bool:
        """Whether everybody of a group is in the list."""
        return self.filters == CustomerQuery()


@dataclass(frozen=True)
class Sort:
    """How an index lays customers: its columns with their directions, and its name.

    `by_group` is the index that lays them so within one group.
    """

    columns: tuple[tuple[str, bool], ...]
    index: str
    by_group: str = ""


# What a verdict about contact comes to in a list (see `contacting.letter`).
CONTACT: Mapping[str, str] = {"allowed": "a", "ask": "q", "refused": "n", "unknown": "u"}
# True: ascending. The last column makes the order a firm one.
SORTS: Mapping[str, Sort] = {
    "name": Sort((("sort_key", True), ("customer_id", True)), "profile_by_name"),
    "revenue": Sort(
        (("revenue_minor", False), ("customer_id", True)),
        "profile_by_revenue", "profile_group_revenue",
    ),
    "last_contact": Sort(
        (("last_contact_at", False), ("customer_id", True)),
        "profile_by_contact", "profile_group_contact",
    ),
    "city": Sort(
        (("city_key", True), ("sort_key", True), ("customer_id", True)), "profile_by_city"
    ),
}  # fmt: skip
FACETS, BY_CITY, COMPLAINING = "profile_facets", "profile_by_city", "profile_complaining"
# Up to so many customers are picked out of the facets and then sorted; more are met soon enough
# by walking along the sorted index. From its poor end, where all the zeros are, that may take
# long whatever the filter.
FEW, FEW_AT_THE_POOR_END = 3_000, 50_000


@dataclass(frozen=True)
class Condition:
    """SQL with its parameters."""

    sql: str
    params: tuple[Any, ...] = ()
    # Whether what it selects changes by itself, so that no count of it is remembered.
    is_passing: bool = False


def conditions(query: CustomerQuery, *, with_group: bool = True) -> list[Condition]:
    """What the filters (but for the text) demand of a row of profiles_profile."""
    found = []
    if query.group and with_group:
        found.append(Condition('"group" = %s', (query.group,)))
    if query.kind:
        found.append(Condition("kind = %s", (query.kind,)))
    if query.city:
        found.append(Condition("city_key = %s", (query.city,)))
    if query.source is not None:
        found.append(Condition("source_list LIKE %s", (f"%|{int(query.source)}|%",)))
    for column, low, high in (
        ("revenue_minor", query.revenue_from, query.revenue_to),
        ("last_order_day", query.ordered_from, query.ordered_to),
    ):
        if low is not None:
            found.append(Condition(f"{column} >= %s", (low,)))
        if high is not None:
            found.append(Condition(f"{column} <= %s", (high,)))
    if query.tag is not None:
        carrying = "SELECT t.customer FROM profiles_tagged t WHERE t.tag = %s"
        found.append(Condition(f"customer_id IN ({carrying})", (query.tag,)))
    if query.consent:
        found.append(_consent(*query.consent))
    if query.contact:
        found.append(_contact(*query.contact))
    if query.has_open_complaint:
        # In these very words, or the index that holds only such customers is not used.
        found.append(Condition("open_complaints > 0"))
    return found


def _consent(channel: str, state: str) -> Condition:
    if channel not in CHANNELS or state not in LETTERS:
        raise InvalidQuery(
            f"Consent is asked as one of {', '.join(CHANNELS)} with {', '.join(LETTERS)}."
        )
    place = CHANNELS.index(channel) + 1
    return Condition(f"substr(consents, {place}, 1) = %s", (LETTERS[state],))


def _contact(channel: str, verdict: str) -> Condition:
    if channel not in CHANNELS or verdict not in CONTACT:
        raise InvalidQuery(
            f"Contact is asked as one of {', '.join(CHANNELS)} with {', '.join(CONTACT)}."
        )
    place = CHANNELS.index(channel) + 1
    return Condition(f"substr(contact, {place}, 1) = %s", (CONTACT[verdict],))


def where(found: Sequence[Condition]) -> Condition:
    """All conditions in one."""
    sql = " AND ".join(c.sql for c in found) or "1 = 1"
    return Condition(sql, tuple(p for c in found for p in c.params))


def directions(query: CustomerQuery) -> tuple[tuple[str, bool], ...]:
    """The columns to sort on with their directions, for a page forwards.

    Walking an index backwards turns every column around, so that is what the opposite
    direction means, ties included.
    """
    name = query.sort.removeprefix("-")
    if name not in SORTS:
        raise InvalidQuery(f"Customers are sorted by one of {', '.join(SORTS)}.")
    columns = SORTS[name].columns
    is_turned = query.sort.startswith("-") is columns[0][1]
    return tuple((c, ascending is not is_turned) for c, ascending in columns)


def beyond(columns: Sequence[tuple[str, bool]], values: Sequence[Any]) -> Condition:
    """Rows that come after the row with these values in this order."""
    (column, ascending), value = columns[0], values[0]
    sign = ">" if ascending else "<"
    if len(columns) == 1:
        return Condition(f"{column} {sign} %s", (value,))
    rest = beyond(columns[1:], values[1:])
    return Condition(
        f"({column} {sign}= %s AND ({column} {sign} %s OR {rest.sql}))",
        (value, value, *rest.params),
    )


def order_by(columns: Sequence[tuple[str, bool]]) -> str:
    """The ORDER BY clause."""
    return ", ".join(f"{c} {'ASC' if ascending else 'DESC'}" for c, ascending in columns)


def index_for(query: CustomerQuery, matching: int) -> str:
    """The index along which SQLite shall find the page."""
    if query.tag is not None:
        return ""
    if query.has_open_complaint:
        return COMPLAINING
    sort = SORTS[query.sort.removeprefix("-")]
    is_poor_end = query.sort in ("revenue", "last_contact") and not query.is_unfiltered
    if matching <= (FEW_AT_THE_POOR_END if is_poor_end else FEW):
        return BY_CITY if query.city else FACETS
    if query.group and sort.by_group:
        return sort.by_group
    return sort.index
