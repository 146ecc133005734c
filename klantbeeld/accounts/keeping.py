"""How long is kept who logged in, who was invited, who saw whom: the terms of the register."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from axes.models import AccessAttempt, AccessLog
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from klantbeeld.accounts.guarding import needs
from klantbeeld.accounts.models import BreakGlass, Invitation, LogIn
from klantbeeld.core import audit, cutting, fields, leases
from klantbeeld.core.actor import Actor
from klantbeeld.core.clock import DAY, now_us

# What the register calls the term of each.
LOG_INS, INVITATIONS = "accounts_login.address", "accounts_invitation.email"
GLASS, LOG = "accounts_breakglass.reason", "core_auditentry.actor"


def days_of(column: str) -> int:
    """For how many days a column is kept."""
    return fields.columns()[column].retention_days


def _before(column: str) -> int:
    return now_us() - days_of(column) * DAY


@needs("retention.manage", "nothing")
def drop_over(actor: Actor) -> dict[str, int]:
    """Take away what is past its term; counts by what. The log is cut at a signed point."""
    counts = {**_dropped(actor), "log": 0}
    # While it is signed or a backup is made it stays till tomorrow.
    with suppress(leases.LeaseTaken):
        counts["log"] = cutting.cut(actor, _before(LOG))
    return counts


@dataclass(frozen=True, slots=True)
class Over:
    """What the register keeps for so many days, and how much is past that; nobody chooses it."""

    name: str
    days: int
    due: int


@needs("retention.manage", "nothing")
def over(actor: Actor) -> list[Over]:
    """What `drop_over` would take away now; nothing is."""
    days = {"log_ins": LOG_INS, "invitations": INVITATIONS, "glass": GLASS}
    held = _past()
    return [
        *(Over(name, days_of(column), held[name].count()) for name, column in days.items()),
        Over("tries", days_of(LOG_INS), held["tries"].count() + held["entries"].count()),
        Over("log", days_of(LOG), cutting.over(_before(LOG))),
    ]


def _past() -> dict[str, QuerySet[Any]]:
    """What is past its term, by what it is."""
    tries = timezone.now() - timedelta(days=days_of(LOG_INS))
    return {
        "log_ins": LogIn.objects.filter(seen_at__lt=_before(LOG_INS)),
        "invitations": Invitation.objects.filter(until__lt=_before(INVITATIONS)),
        "glass": BreakGlass.objects.filter(until__lt=_before(GLASS)),
        "sessions": Session.objects.filter(expire_date__lt=timezone.now()),
        "tries": AccessAttempt.objects.filter(attempt_time__lt=tries),
        "entries": AccessLog.objects.filter(attempt_time__lt=tries),
    }


@transaction.atomic
def _dropped(actor: Actor) -> dict[str, int]:
    counts = {name: held.delete()[0] for name, held in _past().items()}
    told = {name: n for name, n in counts.items() if n and name != "sessions"}
    if told:
        audit.record(actor, "retention", ("house", 0), told)
    return counts
