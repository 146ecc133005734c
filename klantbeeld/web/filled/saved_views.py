"""The saved views of the list of customers."""

from __future__ import annotations

from klantbeeld.core.actor import Actor
from klantbeeld.core.public_ids import to_public
from klantbeeld.profiles import reads as profiles
from klantbeeld.web.shapes import CustomersQuery, SavedViewRow


def views(actor: Actor, query: CustomersQuery) -> tuple[SavedViewRow, ...]:
    """The saved views, with the one that is shown now marked."""
    return tuple(row(view, query) for view in profiles.views(actor))


def row(view: profiles.View, query: CustomersQuery) -> SavedViewRow:
    """One saved view; `query` is what is shown now."""
    asked = CustomersQuery(view.group, view.filters, view.sort, columns=view.columns)
    is_on = (asked.group, dict(asked.filters), asked.sort) == (
        query.group, dict(query.filters), query.sort,
    )  # fmt: skip
    return SavedViewRow(
        to_public("view", view.view), view.name, asked, is_on, view.is_shared, view.is_own,
        view.may_forget,
    )  # fmt: skip
