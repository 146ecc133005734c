"""Questions about people, permissions and what was looked at, asked with the actor first."""

from __future__ import annotations

from klantbeeld.accounts import rules
from klantbeeld.accounts.alarming import open_alarms
from klantbeeld.accounts.breaking import alarms, broken_for
from klantbeeld.accounts.following import Follower, followers, possible_followers
from klantbeeld.accounts.guarding import (
    PERMISSION_ATTRIBUTE,
    REACHING_ATTRIBUTE,
    may,
    may_of_everybody,
    needs,
    permissions,
    visible,
)
from klantbeeld.accounts.inviting import invitations
from klantbeeld.accounts.keeping import over as over
from klantbeeld.accounts.log_ins import (
    log_ins,
    second_step_due,
    two_steps,
    with_second_step,
)
from klantbeeld.accounts.models import ApiKey, Team, User
from klantbeeld.accounts.reach import Within, reached, records_reached, within
from klantbeeld.accounts.rules import PURPOSES, ROLES, Line, must_log_in_in_two_steps
from klantbeeld.accounts.watching import (
    Breach,
    Look,
    Sought,
    Touched,
    breach,
    lately,
    who_looked,
)
from klantbeeld.core.actor import Actor

__all__ = [
    "PERMISSION_ATTRIBUTE",
    "PURPOSES",
    "REACHING_ATTRIBUTE",
    "ROLES",
    "Breach",
    "Follower",
    "Line",
    "Look",
    "Sought",
    "Touched",
    "Within",
    "alarms",
    "breach",
    "broken_for",
    "followers",
    "invitations",
    "lately",
    "log_ins",
    "may",
    "may_of_everybody",
    "must_log_in_in_two_steps",
    "needs",
    "open_alarms",
    "permissions",
    "possible_followers",
    "reached",
    "records_reached",
    "second_step_due",
    "two_steps",
    "visible",
    "who_looked",
    "with_second_step",
    "within",
]  # fmt: skip


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
    return {name: role.permissions for name, role in ROLES.items()}


@needs("users.manage")
def teams(actor: Actor) -> list[Team]:
    """All teams, by name."""
    return list(Team.objects.order_by("name"))


@needs("self.manage")
def table(actor: Actor) -> tuple[rules.Line, ...]:
    """The declared table of who may what: everybody may read it."""
    return rules.TABLE


@needs("self.manage")
def purposes(actor: Actor) -> tuple[str, ...]:
    """The purposes that the actor's role reads for; the first one is standing."""
    known = ROLES.get(actor.role)
    return known.purposes if known else ()


@needs("audit.read")
def accounts(actor: Actor) -> list[tuple[str, str]]:
    """Whose doings the log can be asked for: u: or k: with a number, and a name."""
    people = User.objects.order_by("name").values_list("pk", "name", "email")
    held = [(f"u:{pk}", f"{name} ({email})") for pk, name, email in people]
    programs = ApiKey.objects.order_by("name").values_list("pk", "name", "prefix")
    return held + [(f"k:{pk}", f"{name} ({prefix}…)") for pk, name, prefix in programs]


@needs("keys.manage")
def keys(actor: Actor) -> list[ApiKey]:
    """The keys of other programs, those in force first, then the latest."""
    return sorted(ApiKey.objects.all(), key=lambda k: (bool(k.revoked_at), -k.created_at))


@needs("keys.manage")
def key_named(actor: Actor, prefix: str) -> ApiKey | None:
    """The key whose secret begins so, None when there is none."""
    return ApiKey.objects.filter(prefix=prefix).first()
