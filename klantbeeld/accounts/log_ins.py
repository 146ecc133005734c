"""Log-ins and the second step: one's own, and those of others for who manages users."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.db import transaction

from klantbeeld.accounts import rules
from klantbeeld.accounts.errors import NotAllowed, UnknownPerson
from klantbeeld.accounts.guarding import may, needs
from klantbeeld.accounts.models import LONGEST, LogIn, User
from klantbeeld.core import audit, choices
from klantbeeld.core.actor import Actor
from klantbeeld.core.clock import now_us

SETTING = "two_steps"
DEFAULT: Mapping[str, Any] = {"is_required": True, "days": 7}
MOST_DAYS = 30


@needs("self.manage")
def log_ins(actor: Actor, user: int = 0) -> list[LogIn]:
    """The log-ins that are not over: one's own, or of another user for who manages users."""
    whose = _whose(actor, user)
    held = LogIn.objects.filter(user=whose, ended_at=0, begun_at__gt=now_us() - LONGEST)
    return list(held.order_by("-seen_at"))


def _whose(actor: Actor, user: int) -> int:
    whose = user or actor.user_id or 0
    if whose != actor.user_id and not may(actor, "users.manage"):
        raise NotAllowed(actor.role, "users.manage")
    return whose


@needs("self.manage")
@transaction.atomic
def end_log_in(actor: Actor, key: int) -> None:
    """End a log-in at once. Raises `UnknownPerson`, `NotAllowed` for somebody else's."""
    held = LogIn.objects.filter(pk=key).first()
    if held is None:
        raise UnknownPerson("There is no such log-in.")
    _whose(actor, held.user_id)
    _end([held])
    audit.record(actor, "end_log_in", ("user", held.user_id))


@needs("self.manage")
@transaction.atomic
def end_log_ins(actor: Actor, user: int = 0, but: str = "") -> int:
    """End all log-ins of oneself (but the session `but`) or of a user; returns how many."""
    held = [one for one in log_ins(actor, user) if one.key != but]
    _end(held)
    if held:
        audit.record(actor, "end_log_ins", ("user", held[0].user_id), {"log_ins": len(held)})
    return len(held)


def _end(held: list[LogIn]) -> None:
    Session.objects.filter(session_key__in=[one.key for one in held]).delete()
    LogIn.objects.filter(pk__in=[one.pk for one in held]).update(ended_at=now_us())


@needs("self.manage")
def two_steps(actor: Actor) -> dict[str, Any]:
    """Whether a second step is compulsory for roles that see many, and after how many days."""
    return {**DEFAULT, **choices.chosen(SETTING, {})}


@needs("system.manage")
@transaction.atomic
def choose_two_steps(actor: Actor, is_required: bool, days: int) -> None:
    """Set whether a second step is compulsory, and how many days there are to set it up."""
    told = {"is_required": is_required, "days": max(0, min(days, MOST_DAYS))}
    choices.choose(SETTING, told)
    audit.record(actor, "choose_two_steps", ("house", 0), told)


@needs("self.manage")
def second_step_due(actor: Actor) -> int | None:
    """In how many days the actor must have a second step, 0 for now; None when nothing is due."""
    if actor.user_id is None or not rules.must_log_in_in_two_steps(actor.role):
        return None
    told = two_steps(actor)
    if not told["is_required"]:
        return None
    has_one = Authenticator.objects.filter(user=actor.user_id, type="totp").exists()
    since = User.objects.values_list("role_since", flat=True).get(pk=actor.user_id)
    return rules.days_left(True, has_one, since, int(told["days"]), now_us())


@needs("users.manage")
def with_second_step(actor: Actor) -> set[int]:
    """The users who log in in two steps."""
    return set(Authenticator.objects.filter(type="totp").values_list("user_id", flat=True))


@needs("users.manage")
@transaction.atomic
def take_off_second_step(actor: Actor, user: User) -> None:
    """For who lost the telephone: the days to set it up begin anew. Never one's own."""
    if user.pk == actor.user_id:
        raise NotAllowed(actor.role, "users.manage")
    Authenticator.objects.filter(user=user).delete()
    User.objects.filter(pk=user.pk).update(role_since=now_us())
    _end(log_ins(actor, user.pk))
    audit.record(actor, "take_off_second_step", ("user", user.pk))
