"""The list of customers, and search."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from klantbeeld.web.shapes.common import Chip, Flag, Group, Link, Value


@dataclass(frozen=True, slots=True)
class CustomersQuery:
    """What part of the list is asked for; nothing in it identifies a person.

    `filters` maps a filter's key to the chosen option; `sort` is a column key, with "-" in front
    for descending; `after` and `before` are the public id of the last and first row shown.
    `columns` are the chosen column keys, empty for the default ones.
    """

    group: str = ""
    filters: Mapping[str, str] = field(default_factory=dict)
    sort: str = ""
    after: str = ""
    before: str = ""
    columns: tuple[str, ...] = ()
    size: int = 50


@dataclass(frozen=True, slots=True)
class Column:
    """A column that can be shown; figures (`is_number`) stand right."""

    key: str
    label: str
    is_number: bool = False
    is_sortable: bool = True
    is_shown: bool = True


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a filter."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter with its choices; `value` is the chosen key, "" for none."""

    key: str
    label: str
    options: tuple[Option, ...]
    value: str = ""


@dataclass(frozen=True, slots=True)
class SavedViewRow:
    """A saved view; `is_on` when the list shows just that now."""

    public_id: str
    name: str
    query: CustomersQuery
    is_on: bool
    is_shared: bool
    is_own: bool
    may_forget: bool


@dataclass(frozen=True, slots=True)
class TaggedView:
    """On how many customers a tag was put, and the key to take that back by; "" for no change.

    `is_queued` when it is still being put on them, in the background.
    """

    customers: int
    entry_id: str
    is_queued: bool = False


@dataclass(frozen=True, slots=True)
class ListRow:
    """One customer in the list; `values` by column key (`group` is a column of its own)."""

    public_id: str
    name: str
    kind: Literal["person", "organisation"]
    group: Group
    values: Mapping[str, Value | Flag]


@dataclass(frozen=True, slots=True)
class CustomersView:
    """A page of customers.

    `groups` are the five groups with counts (within the filters), `total` the number of customers
    there are, `matching` the number the query selects. `next` and `previous` are public ids to
    pass as `after` and `before`, "" when there is no such page; `first_number` is the place of
    the first row in the whole list, or None when it was not counted. `tags` are those in use.
    `enrich` is what would say more than names and addresses do, `add_href` where data is added by
    those who may. `is_judging` while verdicts about contact are being worked out of everybody.
    """

    rows: tuple[ListRow, ...]
    columns: tuple[Column, ...]
    groups: tuple[Chip, ...]
    filters: tuple[Filter, ...]
    query: CustomersQuery
    total: int
    matching: int
    next: str = ""
    previous: str = ""
    first_number: int | None = None
    may_export: bool = False
    may_tag: bool = False
    is_judging: bool = False
    views: tuple[SavedViewRow, ...] = ()
    tags: tuple[str, ...] = ()
    enrich: tuple[Link, ...] = ()
    add_href: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A customer found; `matched` says on what ("order 20418", "e-mail k.…@example.nl")."""

    public_id: str
    name: str
    kind: Literal["person", "organisation"]
    group: Group
    detail: str = ""
    matched: str = ""


@dataclass(frozen=True, slots=True)
class SearchView:
    """What a search found, best first; `total` may be more than the hits given.

    With `is_capped` even more fit, which were not counted.
    `questions` (key and words) are those that the text asks; with `is_guess` it asks none and
    they are the nearest ones.
    """

    text: str
    hits: tuple[Hit, ...]
    total: int
    questions: tuple[Option, ...] = ()
    is_guess: bool = False
    is_capped: bool = False
