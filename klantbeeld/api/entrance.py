"""Who comes in with which key, and how often."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.security import HttpBearer

from klantbeeld.accounts.models import ApiKey
from klantbeeld.api.errors import Refusal
from klantbeeld.api.pace import Pace

# Wrong keys from one address in a minute.
WRONG = 20
CALLS, FAILURES = Pace("calls"), Pace("failures")


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
