"""Invitations: a link with which somebody makes an account, once and within some days."""

from __future__ import annotations

import hashlib
import secrets

from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from klantbeeld.accounts.errors import UnknownPerson
from klantbeeld.accounts.guarding import needs
from klantbeeld.accounts.models import REACHES, Invitation, Team, User
from klantbeeld.accounts.rules import ROLES
from klantbeeld.core import audit
from klantbeeld.core.actor import Actor
from klantbeeld.core.clock import DAY, now_us

DAYS = 3
_KNOWN = "A user with this e-mail address exists already."


@needs("users.manage")
def invitations(actor: Actor) -> list[Invitation]:
    """The invitations that nobody used yet, the latest first, those that ran out as well."""
    held = Invitation.objects.filter(used_at=0, revoked_at=0).select_related("team")
    return list(held.order_by("-pk"))


@needs("users.manage")
@transaction.atomic
def invite(
    actor: Actor, email: str, name: str, role: str, team: Team | None = None, reach: str = "all"
) -> tuple[Invitation, str]:
    """An invitation and the token of its link, which is kept nowhere.

    An earlier one for the same address ends. Raises ValueError for an unknown role or reach and
    for an address in use, Django's ValidationError for what is no address.
    """
    if role not in ROLES or reach not in dict(REACHES):
        raise ValueError(f"Unknown role or reach; roles are: {', '.join(ROLES)}.")
    address = email.strip().lower()
    if User.objects.filter(email=address).exists():
        raise ValueError(_KNOWN)
    token, now = secrets.token_urlsafe(32), now_us()
    made = Invitation(
        email=address, name=" ".join(name.split()) or address.partition("@")[0], role=role,
        reach=reach, team=team, digest=hashlib.sha256(token.encode()).hexdigest(),
        created_by=actor.name, created_at=now, until=now + DAYS * DAY,
    )  # fmt: skip
    made.full_clean(exclude={"team"})
    Invitation.objects.filter(email=address, used_at=0, revoked_at=0).update(revoked_at=now)
    made.save()
    audit.record(actor, "invite", ("invitation", made.pk), {"role": role, "reach": reach})
    return made, token


@needs("users.manage")
@transaction.atomic
def withdraw_invitation(actor: Actor, key: int) -> None:
    """Nobody makes an account with it any more. Raises `UnknownPerson`."""
    held = Invitation.objects.filter(pk=key, used_at=0, revoked_at=0)
    if not held.update(revoked_at=now_us()):
        raise UnknownPerson("There is no such invitation.")
    audit.record(actor, "withdraw_invitation", ("invitation", key))


@needs("self.manage")
@transaction.atomic
def accept_invitation(actor: Actor, token: str, password: str) -> User:
    """Make the account that somebody was invited to.

    Raises `UnknownPerson` when the link is used, withdrawn or too old, ValidationError for a
    password that is too weak.
    """
    digest = hashlib.sha256(token.encode()).hexdigest()
    held = Invitation.objects.filter(digest=digest).select_for_update().first()
    if held is None or not held.is_open:
        raise UnknownPerson("This invitation cannot be used any more.")
    if User.objects.filter(email=held.email).exists():
        raise ValueError(_KNOWN)
    user = User(email=held.email, name=held.name, role=held.role, reach=held.reach, team=held.team)
    validate_password(password, user)
    user.set_password(password)
    user.save()
    # Of two at once the second finds it used: the address is unique besides.
    if not Invitation.objects.filter(pk=held.pk, used_at=0).update(used_at=now_us()):
        raise UnknownPerson("This invitation cannot be used any more.")
    audit.record(user.as_actor(), "accept_invitation", ("user", user.pk), {"invitation": held.pk})
    return user
