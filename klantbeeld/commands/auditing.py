"""`klantbeeld audit`: the log of who saw and did what."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
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

app = typer.Typer(
    help="Verify the log, sign it, and ask whom a leak touched.", no_args_is_help=True
)


@app.command("verify")
def verify(
    anchor: Annotated[
        Path | None,
        typer.Option(help="A file with what `audit anchor` once wrote: the log must hold it."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Look whether anybody tampered with the log; exit code 1 when so."""
    open_house()
    from klantbeeld.core import verifying

    try:
        noted = json.loads(anchor.read_text(encoding="utf-8")) if anchor else None
    except (OSError, ValueError) as error:
        raise WrongUsage(f"{anchor} is no anchor that can be read.") from error
    found = verifying.findings(noted)
    if as_json:
        write_json({"findings": [{"what": f.code, "at": f.seq} for f in found]})
    if found and not as_json:
        show_table(("what", "at"), [(f.code, f.seq) for f in found])
    if found:
        raise Failed("The log was tampered with.")
    if not as_json:
        say("The log is whole.")


@app.command("anchor")
def anchor() -> None:
    """Sign where the log stands and write that as a line of JSON, to be kept elsewhere."""
    open_house()
    from klantbeeld.core import anchors, leases

    try:
        anchors.settle()
    except leases.LeaseTaken:
        say("The worker is signing at this moment; this is the last that was signed.")
    latest = anchors.latest()
    if latest is None:
        raise Failed("There is nothing in the log yet.")
    write_json(latest)


@app.command("touched")
def touched(
    who: Annotated[str, typer.Argument(help="The e-mail address of a user, or how a key begins.")],
    since: Annotated[datetime, typer.Option(help="From this moment, in UTC.")],
    until: Annotated[datetime, typer.Option(help="Up to and including this moment, in UTC.")],
    as_json: Json = False,
) -> None:
    """The customers whom an account or key was shown, or changed, in a period."""
    actor = open_house()
    from klantbeeld.accounts.reads import breach, key_named, user_by_email
    from klantbeeld.core.public_ids import to_public

    user, key = user_by_email(actor, who), key_named(actor, who)
    if user is None and key is None:
        raise Failed("There is no such user or key; see `user list` and `key list`.")
    moments = [int(at.timestamp() * 1_000_000) for at in (_utc(since), _utc(until))]
    held = breach(actor, f"u:{user.pk}" if user else f"k:{key.pk if key else 0}", *moments)
    rows = [
        (
            to_public("customer", one.customer),
            one.first,
            one.last,
            one.times,
            ", ".join(one.actions),
        )
        for one in held.touched
    ]
    if as_json:
        names = ("customer", "first", "last", "times", "what")
        write_json([dict(zip(names, row, strict=True)) for row in rows])
        return
    show_table(("customer", "first", "last", "times", "what"), rows)
    say(f"{len(rows)} customers and {held.rows} rows in quarantine, in {held.entries} entries.")


def _utc(at: datetime) -> datetime:
    from datetime import UTC

    return at.replace(tzinfo=UTC)
