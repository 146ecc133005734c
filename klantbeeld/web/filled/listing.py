"""What is done with the list of customers: views saved, opened and dropped, and tags put on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from klantbeeld.core.actor import Actor
from klantbeeld.core.public_ids import UnknownPublicId, from_public, to_public
from klantbeeld.pipeline import actions as pipeline
from klantbeeld.pipeline.errors import BadEntry
from klantbeeld.profiles import actions as writing
from klantbeeld.profiles import reads as profiles
from klantbeeld.web.filled import customer_list, entering, saved_views, words
from klantbeeld.web.filled.finding import found
from klantbeeld.web.pages import Invalid
from klantbeeld.web.shapes import CustomersQuery, TaggedView

# A page never has more rows to tick than this; the whole list has no bound.
MOST_CHOSEN = 2_000


@found
def open_view(actor: Actor, view_id: str) -> CustomersQuery:
    """See `pages.Pages`."""
    return saved_views.row(
        profiles.view(actor, from_public("view", view_id)), CustomersQuery()
    ).query


def save_view(actor: Actor, name: str, query: CustomersQuery, is_shared: bool) -> str:
    """See `pages.Pages`."""
    try:
        saved = writing.save_view(
            actor, name, (query.group, query.filters, query.sort), query.columns,
            is_shared=is_shared,
        )  # fmt: skip
    except ValueError as error:
        raise Invalid({"name": _("Give the view a name.")}) from error
    return to_public("view", saved.view)


@found
def forget_view(actor: Actor, view_id: str) -> None:
    """See `pages.Pages`."""
    writing.forget_view(actor, from_public("view", view_id))


@found
def tag(
    actor: Actor, query: CustomersQuery, chosen: Sequence[str] | None, text: str, remove: bool
) -> TaggedView:
    """See `pages.Pages`."""
    whole = customer_list.asked(actor, query)
    customers = _chosen(actor, chosen) if chosen is not None else []
    count = len(customers) if chosen is not None else _matching(actor, whole)
    if not count:
        raise Invalid({"": _("Choose customers first, or take the whole list.")})
    try:
        if chosen is None:
            done = pipeline.tag_list(actor, whole, text, remove=remove)
        else:
            done = pipeline.tag_customers(actor, customers, text, remove=remove)
    except BadEntry as error:
        said = [words.said(entering.WHOLE, code) for code in error.problems.values()]
        raise Invalid({"": " ".join(said)}) from error
    entry = to_public("delivery", done.delivery) if done else ""
    return TaggedView(count, entry, bool(done and done.is_queued))


def _matching(actor: Actor, whole: profiles.CustomerQuery) -> int:
    return profiles.customers(actor, replace(whole, after=0, before=0, size=1)).matching


def _chosen(actor: Actor, chosen: Sequence[str]) -> list[int]:
    customers = []
    for public_id in chosen[:MOST_CHOSEN]:
        try:
            customers.append(profiles.customer_id_of(actor, public_id))
        except (UnknownPublicId, profiles.UnknownCustomer):
            continue
    return customers
