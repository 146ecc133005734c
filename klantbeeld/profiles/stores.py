"""What the profiles room keeps of a customer: the golden profile and its search words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from klantbeeld.core import bulk
from klantbeeld.core.erasing import ErasureStep, Outcome, Work
from klantbeeld.core.registry import CopiedTable, PersonalColumns, Store
from klantbeeld.profiles import search
from klantbeeld.profiles.models import GroupCount, Profile, SavedView, Tagged
from klantbeeld.profiles.removing import removed


def _customers(records: Sequence[int]) -> list[int]:
    rows = bulk.rows_where(
        "SELECT DISTINCT customer_id FROM identity_membership WHERE", "record_id", records
    )
    return sorted(row[0] for row in rows)


def export(records: Sequence[int]) -> Mapping[str, list[dict[str, Any]]]:
    """The profiles that rest on these records, and the words they are found by."""
    customers = _customers(records)
    held = Profile.objects.filter(pk__in=customers).order_by("pk")
    words = search.documents(customers)
    rows = [{**row, "words": words.get(row["customer_id"])} for row in held.values()]
    tags = Tagged.objects.filter(customer__in=customers).order_by("customer", "tag")
    return {"profiles": rows, "tags": [dict(tag) for tag in tags.values("customer", "name")]}


def erase(records: Sequence[int]) -> Mapping[str, int]:
    """Delete the profiles that rest on these records, with their bytes in the index.

    A customer that keeps other records is rebuilt from those by whoever erases.
    """
    customers = _customers(records)
    search.prepare_erasing()
    tagged = Tagged.objects.filter(customer__in=customers).count()
    gone = removed(customers)
    return {Profile._meta.db_table: gone, search.TABLE: gone, Tagged._meta.db_table: tagged}


def scrub(work: Work) -> Outcome:
    """Leave no bytes in the index of what was taken out of it."""
    search.scrub()
    return Outcome(level="rewritten", counts={search.TABLE: 0})


STORE = Store(room="profiles", order=10, export=export, erase=erase, is_sight=True)
STEP = ErasureStep("index", 520, scrub, is_shared=True)

COLUMNS = (
    PersonalColumns(
        Profile._meta.db_table,
        frozenset({"name", "sort_key", "city", "city_key", "data", "group_reason"}),
        frozenset(
            {
                "kind",
                "source_list",
                "consents",
                "contact",
                "group",
                "last_contact_kind",
            }
        ),
    ),
    PersonalColumns(GroupCount._meta.db_table, frozenset(), frozenset({"group"})),
    PersonalColumns(Tagged._meta.db_table, frozenset({"name"})),
    PersonalColumns(
        SavedView._meta.db_table,
        frozenset(),
        # Keys of filters and columns, and what an employee calls them together.
        frozenset({"name", "group", "filters", "sort", "columns"}),
    ),
    PersonalColumns(search.TABLE, frozenset({"words"})),
)

COPIED = (
    CopiedTable(
        "profile",
        Profile._meta.db_table,
        {
            "customer_id": "Int64", "kind": "String", "city": "String", "sources": "Int16",
            "records": "Int32", "household": "Int64", "consents": "String", "contact": "String",
            "group": "String",
            "orders": "Int32", "revenue_minor": "Int64", "revenue_12m_minor": "Int64",
            "interactions": "Int32", "complaints": "Int32", "open_complaints": "Int32",
            "first_order_day": "Int32", "last_order_day": "Int32",
            "days_between_orders": "Float64", "last_contact_at": "Int64",
            "last_contact_kind": "String",
        },
        "customer_id",
        frozenset({"city"}),
    ),
)  # fmt: skip
