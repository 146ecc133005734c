"""The permission layer: what every read and action asks before it does anything."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Concatenate, Literal, ParamSpec, TypeVar

from klantbeeld.accounts import reach, rules
from klantbeeld.accounts.errors import NotAllowed, OutOfReach
from klantbeeld.accounts.rules import hidden_categories
from klantbeeld.core import fields
from klantbeeld.core.actor import Actor

P = ParamSpec("P")
R = TypeVar("R")
PERMISSION_ATTRIBUTE = "needs_permission"
REACHING_ATTRIBUTE = "needs_reaching"


Reaching = Literal["arguments", "itself", "nothing"]


def needs(
    permission: str, reaching: Reaching = "arguments"
) -> Callable[[Callable[Concatenate[Actor, P], R]], Callable[Concatenate[Actor, P], R]]:
    """Mark a read or action with the permission its actor must hold; checked at every call.

    Whoever does not reach everybody is checked further: with "arguments" the customers and
    records among the arguments must be in reach, and a function without such arguments is about
    everybody and refused; "itself" says that the function leaves out who is not in reach;
    "nothing" that it reads and writes nothing of customers.
    """

    def decorate(
        function: Callable[Concatenate[Actor, P], R],
    ) -> Callable[Concatenate[Actor, P], R]:
        line = rules.LINES[permission]
        objects = reach.objects_of(function)

        @wraps(function)
        def guarded(actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> R:
            if not may(actor, permission):
                raise NotAllowed(actor.role, permission)
            scope = reach.scope_of(actor, permission)
            if scope != "all" and line.about != "house" and reaching != "nothing":
                if scope is None or (reaching == "arguments" and not objects):
                    raise OutOfReach(actor.role, permission)
                if reaching == "arguments":
                    reach.require(actor, permission, objects, (args, kwargs))
            return function(actor, *args, **kwargs)

        setattr(guarded, PERMISSION_ATTRIBUTE, permission)
        setattr(guarded, REACHING_ATTRIBUTE, reaching)
        return guarded

    return decorate


def may(actor: Actor, permission: str) -> bool:
    """Whether the actor's role holds a permission: what a screen needs to offer it or not."""
    return rules.may(actor.role, permission, actor.purpose)


def may_of_everybody(actor: Actor, permission: str) -> bool:
    """Whether the actor holds a permission and reaches everybody with it."""
    return may(actor, permission) and reach.scope_of(actor, permission) == "all"


def permissions(actor: Actor) -> frozenset[str]:
    """Everything the actor's role may; rows that are nobody's only for who reaches everybody."""
    return frozenset(
        line.key
        for line in rules.TABLE
        if may(actor, line.key)
        and (line.about != "rows" or reach.scope_of(actor, line.key) == "all")
    )


def visible(actor: Actor, data: Mapping[str, Any]) -> dict[str, Any]:
    """`data` (field key to value) without the fields this actor's role may not see."""
    hidden = hidden_categories(actor.role, actor.purpose)
    if not hidden:
        return dict(data)
    register = fields.everything()
    return {k: v for k, v in data.items() if not _is_hidden(register.get(k), hidden)}


def _is_hidden(field: fields.Field | None, hidden: frozenset[str]) -> bool:
    if field is None:
        return "user" in hidden
    return any(field.category == h or field.category.startswith(h + ".") for h in hidden)
