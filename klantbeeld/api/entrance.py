"""Who comes in with which key, and how often."""

from __future__ import annotations

import threading
import time
from collections import defaultdict, deque

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.security import HttpBearer

from klantbeeld.accounts.models import ApiKey
from klantbeeld.api.errors import Refusal

SECONDS = 60.0
# Wrong keys from one address in that time.
WRONG = 20
# Of so many callers the moments are kept; whoever is forgotten starts anew.
MOST_CALLERS = 10_000


class Pace:
    """Counts what somebody did within the last minute, in this process."""

    def __init__(self) -> None:
        self._moments: dict[str, deque[float]] = defaultdict(deque)
        self._lock = threading.Lock()

    def count(self, caller: str) -> int:
        """How often the caller came in the last minute, this time included."""
        now = time.monotonic()
        with self._lock:
            if len(self._moments) > MOST_CALLERS:
                self._moments.clear()
            moments = self._moments[caller]
            while moments and moments[0] < now - SECONDS:
                moments.popleft()
            moments.append(now)
            return len(moments)

    def seen(self, caller: str) -> int:
        """How often the caller came in the last minute, without counting this."""
        now = time.monotonic()
        with self._lock:
            return sum(1 for moment in self._moments.get(caller, ()) if moment >= now - SECONDS)

    def forget(self) -> None:
        """Start anew."""
        with self._lock:
            self._moments.clear()


CALLS, FAILURES = Pace(), Pace()


class Key(HttpBearer):
    """`Authorization: Bearer kb_…`, limited in pace per key; wrong keys per address."""

    def authenticate(self, request: HttpRequest, token: str) -> ApiKey | None:
        """The key, None for a wrong one."""
        address = str(request.META.get("REMOTE_ADDR", ""))
        if FAILURES.seen(address) >= WRONG:
            raise Refusal(429, "too_many_wrong_keys", _("Too many wrong keys; wait a minute."))
        found = ApiKey.opened_by(token)
        if found is None:
            FAILURES.count(address)
            return None
        if CALLS.count(found.prefix) > settings.API_RATE:
            raise Refusal(429, "too_fast", _("More requests a minute than allowed; wait a little."))
        return found
