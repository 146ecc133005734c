"""How allauth behaves here: employees are invited, nobody signs up by himself."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from klantbeeld.accounts.models import User
from klantbeeld.core import looks
from klantbeeld.core.actor import Actor

# Nobody that is known, at the door.
STRANGER = Actor("", "", interface="web")


class StaffOnlyAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Closes self-registration; writes down who could not log in."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: an administrator adds users."""
        return False

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Into the log, with the account that was tried if there is one.

        Never what was typed: people type passwords where an address is asked.
        """
        tried = str(credentials.get("email") or credentials.get("username") or "").strip().lower()
        account = User.objects.filter(email=tried).values_list("pk", flat=True).first()
        looks.note(STRANGER, "refused", "log_in_failed", account=account or 0)
