"""`klantbeeld user`: employees, their roles and passwords."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from klantbeeld.accounts.models import User
from klantbeeld.core import audit
from klantbeeld.core.models import AuditEntry
from tests.installation import Said

Command = Callable[..., Said]
ADD = ("user", "add", "anna@example.com", "--name", "Anna de Boer", "--role", "service")
PASSWORD = "een lang wachtwoord 7"


def test_a_user_from_first_to_last(command: Command) -> None:
    assert "no users yet" in command("user", "list").stdout
    command(*ADD, "--password-stdin", stdin=PASSWORD + "\n")
    assert User.objects.get().check_password(PASSWORD)
    assert command("user", "list", "--json").json == [
        {
            "email": "anna@example.com",
            "name": "Anna de Boer",
            "role": "service",
            "is_active": True,
        }
    ]
    changed = command("user", "role", "ANNA@example.com", "marketing", "--json").json
    assert changed["role"] == "marketing"
    command("user", "password", "anna@example.com", "--password-stdin", stdin="een ander woord 8")
    assert User.objects.get().check_password("een ander woord 8")
    command("user", "deactivate", "anna@example.com")
    assert command("user", "list", "--json").json[0]["is_active"] is False
    assert list(AuditEntry.objects.order_by("pk").values_list("action", flat=True)) == [
        "create_user", "change_role", "set_password", "deactivate_user",
    ]  # fmt: skip
    assert audit.first_broken() is None


def test_a_made_password_is_shown_once_and_long(command: Command) -> None:
    made = command(*ADD, "--generate-password", "--json").json
    assert len(made["password"]) >= 16
    assert User.objects.get().check_password(made["password"])
    assert "password" not in command("user", "list", "--json").json[0]


@pytest.mark.parametrize(
    ("arguments", "stdin", "code"),
    [
        (("user", "add", "b@example.com", "--role", "king", "--generate-password"), "", 2),
        ((*ADD, "--generate-password"), "", 1),
        (("user", "add", "b@example.com", "--password-stdin"), "kort\n", 1),
        (("user", "add", "b@example.com"), "", 2),
        (("user", "role", "nobody@example.com", "service"), "", 1),
        (
            ("user", "password", "anna@example.com", "--password-stdin", "--generate-password"),
            "",
            2,
        ),
    ],
)
def test_what_is_refused_is_one_sentence(
    command: Command, arguments: tuple[str, ...], stdin: str, code: int
) -> None:
    command(*ADD, "--generate-password")
    said = command(*arguments, stdin=stdin, code=code)
    assert len(said.stderr.strip().splitlines()) == 1, said.stderr
    assert said.stderr.startswith("klantbeeld: ")
    assert User.objects.count() == 1


def test_every_role_tells_what_it_may(command: Command) -> None:
    told = command("user", "roles", "--json").json
    assert "users.manage" in told["administrator"]
    assert "users.manage" not in told["readonly"]
