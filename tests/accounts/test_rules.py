"""Roles: who may do what, and who sees which fields."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantbeeld.accounts import reads
from klantbeeld.accounts.errors import NotAllowed
from klantbeeld.accounts.rules import PERMISSIONS, ROLES, hidden_categories, may
from klantbeeld.core.actor import Actor

DATA = {
    "full_name": "Fien Zandloper", "email": "fien@example.com", "iban": "NL00TEST0123456789",
    "street": "Merelstraat", "city": "Utrecht", "birth_date": "1980-01-31", "unheard_of": "x",
}  # fmt: skip


def _actor(role: str) -> Actor:
    return Actor("Probe", role)


def test_every_permission_is_known_and_held_by_somebody() -> None:
    held = set().union(*(role.permissions for role in ROLES.values()))
    assert held == PERMISSIONS


@given(st.text(max_size=20).filter(lambda name: name not in ROLES), st.sampled_from([*PERMISSIONS]))
def test_an_unknown_role_may_nothing_and_sees_nothing(role: str, permission: str) -> None:
    assert not may(role, permission)
    assert hidden_categories(role) == {"user"}


@pytest.mark.parametrize("permission", ["users.manage", "customers.erase", "sources.undo"])
def test_what_is_grave_is_for_few(permission: str) -> None:
    assert {r for r in ROLES if may(r, permission)} <= {"administrator", "privacy"}


@pytest.mark.parametrize("role", ROLES)
def test_who_may_have_everything_of_a_customer_is_shown_everything(role: str) -> None:
    # Mails and letters cannot be masked by field: where a field is hidden there is no export.
    for purpose in ROLES[role].purposes:
        assert not (may(role, "customers.export", purpose) and hidden_categories(role, purpose))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "hidden"),
    [
        ("administrator", set()),
        ("service", set()),
        ("marketing", {"iban"}),
        ("analyst", {"iban", "email", "street"}),
        ("nobody", set(DATA)),
    ],
)
def test_fields_are_masked_by_category(role: str, hidden: set[str]) -> None:
    seen = reads.visible(_actor(role), DATA)
    assert set(DATA) - set(seen) == hidden
    assert all(DATA[key] == value for key, value in seen.items())


def test_a_guarded_function_asks_for_its_permission() -> None:
    @reads.needs("customers.erase")
    def erase(actor: Actor, number: int) -> int:
        return number

    assert erase(_actor("privacy"), 7) == 7
    with pytest.raises(NotAllowed, match=r"customers\.erase"):
        erase(_actor("marketing"), 7)
    assert getattr(erase, reads.PERMISSION_ATTRIBUTE) == "customers.erase"


@pytest.mark.django_db
def test_users_are_managed_by_who_may() -> None:
    with pytest.raises(NotAllowed):
        reads.users(_actor("service"))
    assert reads.users(_actor("administrator")) == []
