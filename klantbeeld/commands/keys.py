"""`klantbeeld key`: the keys with which other programs come in."""

from __future__ import annotations

from typing import Annotated

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

app = typer.Typer(help="Make, list and withdraw keys for other programs.", no_args_is_help=True)


@app.command("add")
def add(
    name: Annotated[str, typer.Argument(help="The program that uses it.")],
    right: Annotated[
        list[str] | None,
        typer.Option(help="write, match or contact; may be repeated; all by default."),
    ] = None,
    source: Annotated[str, typer.Option(help="The only source it may bring for.")] = "",
    days: Annotated[int, typer.Option(help="After so many days it opens nothing.", min=1)] = 365,
    as_json: Json = False,
) -> None:
    """Make a key; its secret is shown once."""
    actor = open_house()
    from klantbeeld.accounts.actions import create_key

    try:
        key, secret = create_key(actor, name, right or ["write", "match", "contact"], source, days)
    except ValueError as error:
        raise WrongUsage(str(error)) from error
    if as_json:
        write_json({"name": key.name, "prefix": key.prefix, "role": key.role, "secret": secret})
        return
    say(f"{key.name} may come in with this key (shown once): {secret}")


@app.command("list")
def list_keys(as_json: Json = False) -> None:
    """List all keys."""
    actor = open_house()
    from klantbeeld.accounts.reads import keys

    rows = [
        {
            "prefix": key.prefix, "name": key.name, "role": key.role, "source": key.source,
            "is_in_force": key.is_in_force,
        }
        for key in keys(actor)
    ]  # fmt: skip
    if as_json:
        write_json(rows)
    elif rows:
        shown = [
            (r["prefix"], r["name"], r["role"], r["source"], "yes" if r["is_in_force"] else "no")
            for r in rows
        ]
        show_table(("begins with", "name", "may", "source", "in force"), shown)
    else:
        say("There are no keys yet. Make one with: klantbeeld key add NAME")


@app.command("revoke")
def revoke(
    prefix: Annotated[str, typer.Argument(help="How the key begins; see `key list`.")],
    as_json: Json = False,
) -> None:
    """Withdraw a key."""
    actor = open_house()
    from klantbeeld.accounts.actions import revoke_key
    from klantbeeld.accounts.reads import key_named

    key = key_named(actor, prefix)
    if key is None:
        raise Failed("There is no key that begins so; see `klantbeeld key list`.")
    revoke_key(actor, key)
    if as_json:
        write_json({"prefix": prefix, "is_in_force": False})
    else:
        say(f"{key.name} cannot come in with this key any more.")
