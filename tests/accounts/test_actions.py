"""Users: made, changed and stopped, each with its entry in the audit trail."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from klantbeeld.accounts import actions
from klantbeeld.accounts.errors import NotAllowed
from klantbeeld.accounts.models import User
from klantbeeld.accounts.reads import user_by_email
from klantbeeld.core import audit
from klantbeeld.core.actor import Actor, system_actor
from klantbeeld.core.models import AuditEntry

pytestmark = pytest.mark.django_db
ADMIN = system_actor()
PASSWORD = "een lang wachtwoord 7"


@pytest.fixture
def user() -> User:
    """An employee of service."""
    return actions.create_user(ADMIN, "Anna@Example.com", "Anna de Boer", "service", PASSWORD)


def _actions() -> list[str]:
    return list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))


def test_a_user_logs_in_by_address_in_any_case(user: User) -> None:
    assert user.email == "anna@example.com"
    assert user.check_password(PASSWORD)
    assert user_by_email(ADMIN, "ANNA@EXAMPLE.COM") == user
    assert user.as_actor().purpose == "service"
    assert user.initials == "AB"


@pytest.mark.parametrize(
    ("email", "name"),
    [("anna", "Anna"), ("anna de boer", "Anna"), ("", "Anna"), (f"{'a' * 300}@example.com", "Anna"),
     ("anna@example.com", "A" * 151)],
)  # fmt: skip
def test_nobody_gets_an_account_without_an_address(email: str, name: str) -> None:
    with pytest.raises(ValidationError):
        actions.create_user(ADMIN, email, name, "service", PASSWORD)
    assert not User.objects.exists()


def test_changes_are_written_down_without_passwords(user: User) -> None:
    actions.change_role(ADMIN, user, "marketing")
    actions.set_password(ADMIN, user, "een ander wachtwoord 8")
    actions.deactivate_user(ADMIN, user)
    fresh = User.objects.get()
    assert (fresh.role, fresh.is_active) == ("marketing", False)
    assert fresh.check_password("een ander wachtwoord 8")
    assert _actions() == ["create_user", "change_role", "set_password", "deactivate_user"]
    assert audit.first_broken() is None


def test_what_is_wrong_is_refused_and_leaves_nothing(user: User) -> None:
    with pytest.raises(ValueError, match="exists already"):
        actions.create_user(ADMIN, "anna@EXAMPLE.com", "Anna", "service", PASSWORD)
    with pytest.raises(ValueError, match="Unknown role"):
        actions.create_user(ADMIN, "b@example.com", "B", "king", PASSWORD)
    with pytest.raises(ValidationError):
        actions.create_user(ADMIN, "b@example.com", "B", "service", "kort")
    with pytest.raises(ValidationError):
        actions.set_password(ADMIN, user, "password123")
    assert User.objects.count() == 1
    assert _actions() == ["create_user"]


def test_only_who_may_manages_users(user: User) -> None:
    service = Actor("Anna", "service")
    for attempt in (
        lambda: actions.create_user(service, "b@example.com", "B", "administrator", PASSWORD),
        lambda: actions.change_role(service, user, "administrator"),
        lambda: actions.deactivate_user(service, user),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    assert User.objects.get().role == "service"
