"""Changes to users: atomic and audited."""

from __future__ import annotations

from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from klantbeeld.accounts.models import User
from klantbeeld.accounts.reads import needs
from klantbeeld.accounts.rules import ROLES
from klantbeeld.core import audit
from klantbeeld.core.actor import Actor


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
    user.save(update_fields=["role"])
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
    audit.record(actor, "deactivate_user", ("user", user.pk))
