"""`klantbeeld user`: employees who may log in."""

from __future__ import annotations

import secrets
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from klantbeeld.commands.frame import (
    Failed,
    Json,
    WrongUsage,
    open_house,
    say,
    show_table,
    write_json,
)

if TYPE_CHECKING:
    from klantbeeld.accounts.models import User
    from klantbeeld.core.actor import Actor

app = typer.Typer(help="Add, list and change users.", no_args_is_help=True)
GENERATED_BYTES = 12

Email = Annotated[str, typer.Argument(help="The e-mail address the user logs in with.")]
FromStdin = Annotated[
    bool, typer.Option("--password-stdin", help="Read the password from standard input.")
]
Generate = Annotated[
    bool, typer.Option("--generate-password", help="Make a password and show it once.")
]


@app.command("add")
def add(
    email: Email,
    name: Annotated[str, typer.Option(help="Name as shown on screen.")] = "",
    role: Annotated[str, typer.Option(help="What the user may do; see `user roles`.")] = "readonly",
    password_stdin: FromStdin = False,
    generate_password: Generate = False,
    as_json: Json = False,
) -> None:
    """Add a user; the password is asked for, read from standard input, or made."""
    actor = open_house()
    from klantbeeld.accounts.actions import create_user

    _check_role(actor, role)
    password, made = _password(password_stdin, generate_password)
    user = _guarded(create_user, actor, email, name or email.split("@")[0], role, password)
    _report(user, "added", password if made else "", as_json)


@app.command("list")
def list_users(as_json: Json = False) -> None:
    """List all users."""
    actor = open_house()
    from klantbeeld.accounts.reads import users

    rows = [_row(user) for user in users(actor)]
    if as_json:
        write_json(rows)
    elif rows:
        show_table(
            ("e-mail", "name", "role", "active"),
            [(r["email"], r["name"], r["role"], "yes" if r["is_active"] else "no") for r in rows],
        )
    else:
        say("There are no users yet. Add one with: klantbeeld user add EMAIL --role administrator")


@app.command("roles")
def list_roles(as_json: Json = False) -> None:
    """List the roles and what each may do."""
    actor = open_house(needs_database=False)
    from klantbeeld.accounts.reads import roles

    held = {name: sorted(permissions) for name, permissions in roles(actor).items()}
    if as_json:
        write_json(held)
    else:
        show_table(("role", "may"), [(name, ", ".join(may)) for name, may in held.items()])


@app.command("role")
def role(
    email: Email,
    role: Annotated[str, typer.Argument(help="The new role.")],
    as_json: Json = False,
) -> None:
    """Give a user another role."""
    actor = open_house()
    from klantbeeld.accounts.actions import change_role

    user = _user(actor, email)
    _check_role(actor, role)
    _guarded(change_role, actor, user, role)
    _report(user, f"has the role {role} now", "", as_json)


@app.command("password")
def password(
    email: Email,
    password_stdin: FromStdin = False,
    generate_password: Generate = False,
    as_json: Json = False,
) -> None:
    """Set a user's password."""
    actor = open_house()
    from klantbeeld.accounts.actions import set_password

    user = _user(actor, email)
    given, made = _password(password_stdin, generate_password)
    _guarded(set_password, actor, user, given)
    _report(user, "has a new password", given if made else "", as_json)


@app.command("deactivate")
def deactivate(email: Email, as_json: Json = False) -> None:
    """Take away a user's access; the name stays in the logs."""
    actor = open_house()
    from klantbeeld.accounts.actions import deactivate_user

    user = _user(actor, email)
    deactivate_user(actor, user)
    _report(user, "can no longer log in", "", as_json)


def _user(actor: Actor, email: str) -> User:
    from klantbeeld.accounts.reads import user_by_email

    found = user_by_email(actor, email)
    if found is None:
        raise Failed("There is no user with this e-mail address; see `klantbeeld user list`.")
    return found


def _check_role(actor: Actor, role: str) -> None:
    from klantbeeld.accounts.reads import roles

    if role not in roles(actor):
        raise WrongUsage(f"There is no role {role}; choose one of: {', '.join(roles(actor))}.")


def _password(from_stdin: bool, generate: bool) -> tuple[str, bool]:
    """The password and whether it was made here; never taken from the command line itself."""
    if from_stdin and generate:
        raise WrongUsage("Choose one of --password-stdin and --generate-password.")
    if generate:
        return secrets.token_urlsafe(GENERATED_BYTES), True
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n"), False
    if not sys.stdin.isatty():
        raise WrongUsage("No terminal to ask for the password: use --password-stdin.")
    return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True)), False


def _guarded(action: Any, *arguments: Any) -> Any:
    """Call an action; what it refuses becomes one sentence."""
    from django.core.exceptions import ValidationError

    try:
        return action(*arguments)
    except ValidationError as error:
        raise Failed(" ".join(error.messages)) from error
    except ValueError as error:
        raise Failed(str(error)) from error


def _row(user: User) -> dict[str, Any]:
    return {
        "email": user.email, "name": user.name, "role": user.role, "is_active": user.is_active,
    }  # fmt: skip


def _report(user: User, what: str, shown_once: str, as_json: bool) -> None:
    if as_json:
        write_json({**_row(user), **({"password": shown_once} if shown_once else {})})
        return
    say(f"{user.email} {what}.")
    if shown_once:
        say(f"Password (shown once): {shown_once}")
