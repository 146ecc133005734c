"""Questions about permissions, asked with the actor first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from klantbeeld.accounts import rules
from klantbeeld.accounts.errors import NotAllowed
from klantbeeld.accounts.models import ApiKey, User
from klantbeeld.accounts.rules import hidden_categories
from klantbeeld.core import fields
from klantbeeld.core.actor import Actor

P = ParamSpec("P")
R = TypeVar("R")
PERMISSION_ATTRIBUTE = "needs_permission"


def needs(
    permission: str,
) -> Callable[[Callable[Concatenate[Actor, P], R]], Callable[Concatenate[Actor, P], R]]:
    """Mark a read or action with the permission its actor must hold; checked at every call."""

    def decorate(
        function: Callable[Concatenate[Actor, P], R],
    ) -> Callable[Concatenate[Actor, P], R]:
        @wraps(function)
        def guarded(actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> R:
            if not may(actor, permission):
                raise NotAllowed(actor.role, permission)
            return function(actor, *args, **kwargs)

        setattr(guarded, PERMISSION_ATTRIBUTE, permission)
        return guarded

    return decorate


def may(actor: Actor, permission: str) -> bool:
    """Whether the actor's role holds a permission: what a screen needs to offer it or not."""
    return rules.may(actor.role, permission)


def permissions(actor: Actor) -> frozenset[str]:
    """Everything the actor's role may."""
    known = rules.ROLES.get(actor.role)
    return known.permissions if known else frozenset()


def visible(actor: Actor, data: Mapping[str, Any]) -> dict[str, Any]:
    """`data` (field key to value) without the fields this actor's role may not see."""
    hidden = hidden_categories(actor.role)
    if not hidden:
        return dict(data)
    register = fields.everything()
    return {k: v for k, v in data.items() if not _is_hidden(register.get(k), hidden)}


def _is_hidden(field: fields.Field | None, hidden: frozenset[str]) -> bool:
    if field is None:
        return "user" in hidden
    return any(field.category == h or field.category.startswith(h + ".") for h in hidden)


@needs("users.manage")
def users(actor: Actor) -> list[User]:
    """All users, by name."""
    return list(User.objects.select_related("team").order_by("name"))


@needs("customers.erase")
def users_who_may(actor: Actor, permission: str) -> list[User]:
    """The users in service whose role holds a permission."""
    roles = [name for name, role in rules.ROLES.items() if permission in role.permissions]
    return list(User.objects.filter(is_active=True, role__in=roles).order_by("name"))


@needs("users.manage")
def user_by_email(actor: Actor, email: str) -> User | None:
    """The user with this address, in any case of letters; None when there is none."""
    return User.objects.filter(email=email.lower()).first()


@needs("users.manage")
def roles(actor: Actor) -> dict[str, frozenset[str]]:
    """Each role with its permissions."""
    return {name: role.permissions for name, role in rules.ROLES.items()}


@needs("keys.manage")
def keys(actor: Actor) -> list[ApiKey]:
    """The keys of other programs, those in force first, then the latest."""
    return sorted(ApiKey.objects.all(), key=lambda k: (bool(k.revoked_at), -k.created_at))


@needs("keys.manage")
def key_named(actor: Actor, prefix: str) -> ApiKey | None:
    """The key whose secret begins so, None when there is none."""
    return ApiKey.objects.filter(prefix=prefix).first()
