"""Users, teams, and the keys of other programs."""

from __future__ import annotations

import hashlib
import secrets
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models

from klantbeeld.accounts.rules import KEY_ROLES, ROLES
from klantbeeld.core.actor import Actor
from klantbeeld.core.clock import now_us
from klantbeeld.core.columns import Micros

# So often (microseconds) it is written down that a key was used.
SELDOM = 60_000_000


class UserAccounts(BaseUserManager["User"]):
    """Creates users; the e-mail address is the log-in name."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A user with a normalised address; without password log-in is impossible until reset."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """An administrator (Django's own management command asks for this name)."""
        return self.create_user(email, password, role="administrator", **fields)


class Team(models.Model):
    """A group of employees who follow up the same customers."""

    name = models.CharField(max_length=100, unique=True)

    def __str__(self) -> str:
        return self.name


class User(AbstractBaseUser, PermissionsMixin):
    """An employee who logs in."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=150)
    role = models.CharField(max_length=20, choices=[(r, r) for r in ROLES], default="readonly")
    team = models.ForeignKey(Team, models.SET_NULL, null=True, blank=True, related_name="+")
    language = models.CharField(max_length=5, default="nl")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = UserAccounts()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def initials(self) -> str:
        """Up to two letters for the round mark in the header."""
        words = [w for w in self.name.split() if w[:1].isupper()] or [self.name or "?"]
        return (words[0][:1] + (words[-1][:1] if len(words) > 1 else "")).upper()

    def as_actor(self, interface: str = "web") -> Actor:
        """This user as the one who acts, for the purpose that goes with the role."""
        return Actor(
            name=self.name, role=self.role, purpose=ROLES[self.role].purpose,
            user_id=self.pk, interface=interface,
        )  # fmt: skip


class ApiKey(models.Model):
    """A key with which another program comes in: kept as a digest, shown once, revocable.

    `source` is the key of the source it may bring for, "" for any. `rights` is the role of the
    key (see `rules.KEY_ROLES`).
    """

    OPENS = "kb_"

    name = models.CharField(max_length=100)
    prefix = models.CharField(max_length=12, unique=True)
    digest = models.CharField(max_length=64, unique=True)
    role = models.CharField(max_length=40, choices=[(r, r) for r in KEY_ROLES])
    source = models.CharField(max_length=80, default="", blank=True)
    created_by = models.CharField(max_length=150)
    created_at = Micros()
    revoked_at = Micros(default=0)
    last_used_at = Micros(default=0)

    def __str__(self) -> str:
        return self.name

    @classmethod
    def fresh(cls) -> tuple[str, str, str]:
        """A new secret, its prefix and its digest. 256 random bits need no slow hash."""
        prefix = cls.OPENS + secrets.token_hex(4)
        secret = f"{prefix}_{secrets.token_urlsafe(32)}"
        return secret, prefix, hashlib.sha256(secret.encode()).hexdigest()

    @classmethod
    def opened_by(cls, secret: str) -> ApiKey | None:
        """The key in force with this secret, None when there is none; notes the day of use."""
        digest = hashlib.sha256(secret.encode()).hexdigest()
        found = cls.objects.filter(digest=digest, revoked_at=0).first()
        now = now_us()
        if found is not None and now - found.last_used_at > SELDOM:
            cls.objects.filter(pk=found.pk).update(last_used_at=now)
        return found

    def as_actor(self) -> Actor:
        """The program as the one who acts."""
        return Actor(name=self.name, role=self.role, interface="api")
