"""Changes to users and keys: atomic and audited."""

from __future__ import annotations

from collections.abc import Collection

from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from klantbeeld.accounts.breaking import NoReason, OwnAlarm, break_glass, take_notice
from klantbeeld.accounts.following import follow, follow_entered, forget_records
from klantbeeld.accounts.guarding import needs
from klantbeeld.accounts.inviting import accept_invitation, invite, withdraw_invitation
from klantbeeld.accounts.keeping import drop_over
from klantbeeld.accounts.log_ins import (
    choose_two_steps,
    end_log_in,
    end_log_ins,
    take_off_second_step,
)
from klantbeeld.accounts.models import REACHES, ApiKey, Team, User
from klantbeeld.accounts.rules import KEY_RIGHTS, ROLES, key_role
from klantbeeld.core import audit
from klantbeeld.core.actor import Actor
from klantbeeld.core.clock import DAY, now_us

__all__ = [
    "NoReason", "OwnAlarm", "accept_invitation", "break_glass", "choose_two_steps", "drop_over",
    "end_log_in", "end_log_ins", "follow", "follow_entered", "forget_records", "invite",
    "take_notice",
    "take_off_second_step", "withdraw_invitation",
]  # fmt: skip
# A key lasts so long unless something else is told, and at most.
KEY_DAYS, MOST_KEY_DAYS = 365, 3 * 365


@needs("users.manage")
@transaction.atomic
def create_user(actor: Actor, email: str, name: str, role: str, password: str) -> User:
    """Add an employee. Raises ValueError for an unknown role or an address already in use,
    Django's ValidationError for what is no address, a name too long or a password too weak.
    """
    if role not in ROLES:
        raise ValueError(f"Unknown role {role!r}; choose one of: {', '.join(ROLES)}.")
    if User.objects.filter(email=email.lower()).exists():
        raise ValueError("A user with this e-mail address exists already.")
    user = User(email=email.lower(), name=name, role=role)
    user.clean_fields(exclude={"password"})
    validate_password(password, user)
    user.set_password(password)
    user.save()
    audit.record(actor, "create_user", ("user", user.pk), {"role": role})
    return user


@needs("users.manage")
@transaction.atomic
def change_role(actor: Actor, user: User, role: str) -> None:
    """Give a user another role."""
    if role not in ROLES:
        raise ValueError(f"Unknown role {role!r}; choose one of: {', '.join(ROLES)}.")
    before, user.role = user.role, role
    user.role_since = now_us()
    user.save(update_fields=["role", "role_since"])
    audit.record(actor, "change_role", ("user", user.pk), {"from": before, "to": role})


@needs("users.manage")
@transaction.atomic
def set_password(actor: Actor, user: User, password: str) -> None:
    """Set a user's password; raises ValidationError when it is too weak."""
    validate_password(password, user)
    user.set_password(password)
    user.save(update_fields=["password"])
    audit.record(actor, "set_password", ("user", user.pk))


@needs("users.manage")
@transaction.atomic
def deactivate_user(actor: Actor, user: User) -> None:
    """Take away a user's access; the name stays in the logs."""
    user.is_active = False
    user.save(update_fields=["is_active"])
    end_log_ins(actor, user.pk)
    audit.record(actor, "deactivate_user", ("user", user.pk))


@needs("users.manage")
@transaction.atomic
def place_user(actor: Actor, user: User, team: Team | None, reach: str) -> None:
    """Put a user in a team (None: in none) and say whose customers are in reach: own, team, all.

    What is said can only narrow what the role reaches. Raises ValueError for another reach.
    """
    if reach not in dict(REACHES):
        raise ValueError("A user reaches own, team or all.")
    user.team, user.reach = team, reach
    user.save(update_fields=["team", "reach"])
    audit.record(
        actor, "place_user", ("user", user.pk), {"team": team.pk if team else 0, "reach": reach}
    )


@needs("users.manage")
@transaction.atomic
def create_team(actor: Actor, name: str) -> Team:
    """Make a team. Raises ValueError without a name, and for one that there is already."""
    named = " ".join(name.split())[:100]
    if not named or Team.objects.filter(name=named).exists():
        raise ValueError("Give the team a name that no other team has.")
    made = Team.objects.create(name=named)
    audit.record(actor, "create_team", ("team", made.pk))
    return made


@needs("users.manage")
@transaction.atomic
def remove_team(actor: Actor, team: Team) -> None:
    """Take a team away: nobody is in it any more, and it follows nobody."""
    audit.record(actor, "remove_team", ("team", team.pk))
    team.delete()


@needs("keys.manage")
@transaction.atomic
def create_key(
    actor: Actor, name: str, rights: Collection[str], source: str = "", days: int = KEY_DAYS
) -> tuple[ApiKey, str]:
    """A key for another program and its secret, which is kept nowhere.

    rights: see `rules.KEY_RIGHTS`; source: the key of the only source it may bring for, "" for
    any; days: after which it opens nothing any more, at most three years. Raises
    ValueError without a name or rights, and for a right that there is not.
    """
    named = " ".join(name.split())[:100]
    if not named:
        raise ValueError("Give the key a name, such as the program that uses it.")
    if not rights or set(rights) - set(KEY_RIGHTS):
        raise ValueError(f"Choose what the key is for: {', '.join(KEY_RIGHTS)}.")
    secret, prefix, digest = ApiKey.fresh()
    made = ApiKey.objects.create(
        name=named, prefix=prefix, digest=digest, role=key_role(rights), source=source[:80],
        created_by=actor.name, created_at=now_us(),
        until=now_us() + max(1, min(days, MOST_KEY_DAYS)) * DAY,
    )  # fmt: skip
    audit.record(
        actor, "create_key", ("key", made.pk),
        {"role": made.role, "source": source, "days": days},
    )  # fmt: skip
    return made, secret


@needs("keys.manage")
@transaction.atomic
def revoke_key(actor: Actor, key: ApiKey) -> None:
    """Nobody comes in with this key any more; its name stays in the logs."""
    if ApiKey.objects.filter(pk=key.pk, revoked_at=0).update(revoked_at=now_us()):
        audit.record(actor, "revoke_key", ("key", key.pk))
