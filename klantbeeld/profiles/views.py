"""Saved views of the list of customers: filters, sorting and columns under a name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from klantbeeld.accounts.reads import may, needs
from klantbeeld.core import audit
from klantbeeld.core.actor import Actor
from klantbeeld.core.clock import now_us
from klantbeeld.core.free_text import screened
from klantbeeld.profiles.models import SavedView

MOST_VIEWS = 30


class UnknownView(LookupError):
    """There is no such view, or it is somebody else's."""


@dataclass(frozen=True)
class View:
    """A saved view; `filters` maps a filter's key to the chosen option."""

    view: int
    name: str
    group: str
    filters: Mapping[str, str]
    sort: str
    columns: tuple[str, ...]
    is_shared: bool
    is_own: bool
    may_forget: bool


@needs("customers.read", "nothing")
def views(actor: Actor) -> list[View]:
    """The actor's own views and those that colleagues share, by name."""
    held = SavedView.objects.filter(Q(owner=actor.user_id) | Q(is_shared=True))
    return [_view(actor, one) for one in held.order_by("name", "pk")[:MOST_VIEWS]]


@needs("customers.read", "nothing")
def view(actor: Actor, key: int) -> View:
    """One view. Raises `UnknownView`."""
    return _view(actor, _held(actor, key))


def _held(actor: Actor, key: int) -> SavedView:
    found = SavedView.objects.filter(Q(owner=actor.user_id) | Q(is_shared=True), pk=key).first()
    if found is None:
        raise UnknownView("There is no such view.")
    return found


def _view(actor: Actor, held: SavedView) -> View:
    is_own = held.owner_id == actor.user_id
    return View(
        held.pk, held.name, held.group, dict(held.filters), held.sort, tuple(held.columns),
        held.is_shared, is_own, is_own or may(actor, "users.manage"),
    )  # fmt: skip


@needs("customers.read", "nothing")
@transaction.atomic
def save_view(
    actor: Actor,
    name: str,
    query: tuple[str, Mapping[str, str], str],
    columns: Sequence[str],
    *,
    is_shared: bool = False,
) -> View:
    """Save (group, filters, sort) and columns under a name; one's own view of that name changes.

    Raises ValueError without a name.
    """
    called = screened(" ".join(name.split()))[:80]
    if not called or actor.user_id is None:
        raise ValueError("A view needs a name, and somebody whose it is.")
    group, filters, sort = query
    held, _is_new = SavedView.objects.update_or_create(
        owner_id=actor.user_id, name=called,
        defaults={
            "group": group, "filters": dict(filters), "sort": sort, "columns": list(columns),
            "is_shared": is_shared, "at": now_us(),
        },
    )  # fmt: skip
    audit.record(actor, "save_view", ("view", held.pk), {"shared": is_shared})
    return _view(actor, held)


@needs("customers.read", "nothing")
@transaction.atomic
def forget_view(actor: Actor, key: int) -> None:
    """Take a view away: one's own, or, for who manages users, a shared one.

    Raises `UnknownView`.
    """
    held = _held(actor, key)
    if not _view(actor, held).may_forget:
        raise UnknownView("This view is somebody else's.")
    audit.record(actor, "forget_view", ("view", held.pk), {})
    held.delete()
