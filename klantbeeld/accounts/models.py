"""Users and teams, who follows whom, invitations, log-ins, and the keys of other programs."""

from __future__ import annotations

import hashlib
import secrets
from typing import Any, ClassVar, cast

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models

from klantbeeld.accounts.rules import KEY_ROLES, ROLES, purpose_of
from klantbeeld.core.actor import Actor, Scope
from klantbeeld.core.clock import SECOND, now_us
from klantbeeld.core.columns import Micros
from klantbeeld.core.models import Record

# So often (microseconds) it is written down that a key or a session was used.
SELDOM = 60_000_000
# A log-in ends after so long, and after so long without anything (microseconds).
LONGEST, LONGEST_IDLE = 12 * 3600 * SECOND, 3600 * SECOND
REACHES = [(reach, reach) for reach in ("own", "team", "all")]


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
    """An employee who logs in. `reach` can only narrow what the role reaches."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=150)
    role = models.CharField(max_length=20, choices=[(r, r) for r in ROLES], default="readonly")
    team = models.ForeignKey(Team, models.SET_NULL, null=True, blank=True, related_name="+")
    reach = models.CharField(max_length=4, choices=REACHES, default="all")
    # Since when the role is held: from then on the days count in which the second step of the
    # log-in must be set up.
    role_since = Micros(default=now_us)
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

    def as_actor(self, interface: str = "web", purpose: str = "") -> Actor:
        """This user as the one who acts, for a purpose of the role or its standing one."""
        return Actor(
            name=self.name, role=self.role,
            purpose=purpose_of(self.role, purpose) or "administration",
            user_id=self.pk, interface=interface,
            reach=cast(Scope, self.reach), team_id=self.team_id or 0,
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
    # From this moment on it opens nothing; 0 for a key made before keys had an end.
    until = Micros(default=0)

    def __str__(self) -> str:
        return self.name

    @property
    def is_in_force(self) -> bool:
        """Whether it still opens."""
        return not self.revoked_at and (not self.until or self.until > now_us())

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
        if found is not None and not found.is_in_force:
            return None
        if found is not None and now - found.last_used_at > SELDOM:
            cls.objects.filter(pk=found.pk).update(last_used_at=now)
        return found

    def as_actor(self) -> Actor:
        """The program as the one who acts."""
        return Actor(name=self.name, role=self.role, interface="api", key_id=self.pk)


class Following(models.Model):
    """Who follows a customer up, a person or a team: said of one of the customer's records.

    So it goes with the record when customers are merged or taken apart.
    """

    record = models.OneToOneField(
        Record, models.CASCADE, related_name="+", db_constraint=False, primary_key=True
    )
    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="+")
    team = models.ForeignKey(Team, models.CASCADE, null=True, related_name="+")
    at = Micros()

    def __str__(self) -> str:
        return f"{self.record_id} is followed"


class BreakGlass(models.Model):
    """Somebody saw a customer out of reach, for a while and with a reason."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    record = models.ForeignKey(Record, models.CASCADE, related_name="+", db_constraint=False)
    reason = models.TextField()
    begun_at = Micros()
    until = Micros()
    ended_at = Micros(default=0)
    # When somebody who watches over it took notice.
    noticed_at = Micros(default=0)
    # When they were told of it by mail.
    told_at = Micros(default=0)

    def __str__(self) -> str:
        return f"{self.user_id} saw {self.record_id}"


class Invitation(models.Model):
    """A link with which somebody makes an account once; kept as a digest, shown once."""

    email = models.EmailField()
    name = models.CharField(max_length=150)
    role = models.CharField(max_length=20, choices=[(r, r) for r in ROLES])
    reach = models.CharField(max_length=4, choices=REACHES, default="all")
    team = models.ForeignKey(Team, models.SET_NULL, null=True, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    created_by = models.CharField(max_length=150)
    created_at = Micros()
    until = Micros()
    used_at = Micros(default=0)
    revoked_at = Micros(default=0)

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        """Whether somebody can still make an account with it."""
        return not self.used_at and not self.revoked_at and self.until > now_us()

    @classmethod
    def opened_by(cls, token: str) -> Invitation | None:
        """The invitation with this token that is still open, None when there is none."""
        digest = hashlib.sha256(token.encode()).hexdigest()
        found = cls.objects.filter(digest=digest).first()
        return found if found is not None and found.is_open else None

    def as_actor(self) -> Actor:
        """Who makes the account: the one that was invited."""
        return Actor(self.name, self.role, "administration", interface="web")


class LogIn(models.Model):
    """One log-in on one device, from beginning to end; `key` is that of Django's session."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    key = models.CharField(max_length=40, unique=True)
    device = models.CharField(max_length=200)
    address = models.CharField(max_length=45)
    begun_at = Micros()
    seen_at = Micros()
    ended_at = Micros(default=0)

    def __str__(self) -> str:
        return f"log-in {self.pk}"

    @classmethod
    def continued(cls, user: User, key: str, device: str, address: str) -> LogIn | None:
        """The log-in of this session, begun if it is new; None when it is over.

        It is over when somebody ended it, after `LONGEST` whatever happens, and after
        `LONGEST_IDLE` without anything.
        """
        now = now_us()
        held, _is_new = cls.objects.get_or_create(
            key=key,
            defaults={
                "user": user, "device": device[:200], "address": address[:45],
                "begun_at": now, "seen_at": now,
            },
        )  # fmt: skip
        is_old = now - held.begun_at > LONGEST or now - held.seen_at > LONGEST_IDLE
        if held.ended_at or is_old or held.user_id != user.pk:
            cls.objects.filter(pk=held.pk, ended_at=0).update(ended_at=now)
            return None
        if now - held.seen_at > SELDOM:
            cls.objects.filter(pk=held.pk).update(seen_at=now)
        return held
