"""Guessing passwords: who guesses at one account is stopped, and stops nobody else."""

from __future__ import annotations

import pytest
from django.conf import settings as configured
from django.core.cache import cache
from django.test import Client

from klantbeeld.accounts.models import User

pytestmark = pytest.mark.django_db
PASSWORD = "een-lang-wachtwoord"


def log_in(email: str, password: str) -> int:
    return Client().post("/account/login/", {"login": email, "password": password}).status_code


@pytest.fixture(autouse=True)
def people() -> None:
    cache.clear()
    for name in ("anna", "bas"):
        User.objects.create_user(f"{name}@example.nl", PASSWORD, name=name.title())


def test_guessing_at_one_account_locks_that_one_only() -> None:
    """Behind a proxy everybody comes from one address."""
    for _ in range(configured.AXES_FAILURE_LIMIT):
        log_in("anna@example.nl", "geraden")
    assert log_in("anna@example.nl", PASSWORD) != 302
    assert log_in("bas@example.nl", PASSWORD) == 302


def test_guessing_slowly_is_noticed_too() -> None:
    """What is counted by the minute forgets, and each process counts for itself."""
    for _ in range(configured.AXES_FAILURE_LIMIT):
        cache.clear()
        log_in("anna@example.nl", "geraden")
    cache.clear()
    assert log_in("anna@example.nl", PASSWORD) != 302
    assert log_in("bas@example.nl", PASSWORD) == 302
