"""`klantbeeld migrate`, `check` and `backup`: keeping the data whole."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from klantbeeld.commands.frame import Failed, Json, WrongUsage, open_house, say, write_json

if TYPE_CHECKING:
    from klantbeeld.core.actor import Actor
    from klantbeeld.core.backup import Backup

MEGABYTE = 1_000_000


def migrate(
    no_backup: Annotated[
        bool, typer.Option("--no-backup", help="Do not make a backup first.")
    ] = False,
    plan: Annotated[bool, typer.Option("--plan", help="Only tell what would happen.")] = False,
    as_json: Json = False,
) -> None:
    """Bring the database to this version, after a backup."""
    open_house(needs_database=False)
    from klantbeeld.core import backup, startup

    if plan:
        startup.require_versions()
        pending = startup.pending_migrations()
        _tell_migrations("To be applied", pending, None, as_json)
        if not as_json:
            for name in pending:
                say(f"  {name}")
        return
    made: list[Backup] = []

    def keep() -> None:
        made.append(backup.make_before_migration())

    applied = startup.prepare_database(None if no_backup else keep)
    _tell_migrations("Applied", applied, made[0] if made else None, as_json)


def _tell_migrations(word: str, names: list[str], made: Backup | None, as_json: bool) -> None:
    if as_json:
        write_json({"migrations": names, "backup": str(made.path) if made else None})
        return
    if made:
        say(f"Backup: {made.path}")
    say(f"{word}: {len(names)} migrations." if names else "The database is up to date.")


def rotate_key() -> None:
    """A new lasting key for all that is new; what the old ones made still holds."""
    actor = open_house()
    from klantbeeld.core import anchors

    try:
        mark = anchors.rotate_key(actor)
    except ValueError as error:
        raise Failed(str(error)) from error
    say(f"A new key ({mark}) makes what is new. The old ones stay in lasting.key: keep them all.")
    say("Now note outside this house: klantbeeld audit anchor. And make a backup.")


def check(as_json: Json = False) -> None:
    """Verify everything that must hold in the stored data."""
    open_house()
    from klantbeeld.core import registry

    results: list[dict[str, Any]] = []
    for item in registry.checks():
        started = time.monotonic()
        findings = item.findings()
        seconds = round(time.monotonic() - started, 2)
        results.append(
            {"check": item.key, "ok": not findings, "findings": findings, "seconds": seconds}
        )
        if not as_json:
            say(f"{'ok    ' if not findings else 'WRONG '} {item.title} ({seconds} s)")
            for finding in findings:
                say(f"       {finding}")
    wrong = sum(not r["ok"] for r in results)
    if as_json:
        write_json({"ok": not wrong, "checks": results})
    if wrong:
        raise Failed(f"{wrong} of {len(results)} checks found something wrong.")


def backup(
    to: Annotated[
        Path | None, typer.Option(help="The file to write; dated in the home's backups otherwise.")
    ] = None,
    restore: Annotated[
        Path | None, typer.Option(help="Put this backup back instead of making one.")
    ] = None,
    verify: Annotated[
        Path | None, typer.Option(help="Unpack this backup and verify its checksums.")
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="With --restore: replace the data that is there.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Back up the database and the files of the home, or put a backup back."""
    if sum(option is not None for option in (to, restore, verify)) > 1:
        raise WrongUsage("Choose one of --to, --restore and --verify.")
    if force and restore is None:
        raise WrongUsage("--force belongs to --restore.")
    actor = open_house(needs_database=False)
    from klantbeeld.core import backup as backups

    if restore is not None:
        held = backups.restore(restore.absolute(), force=force, afterwards=lambda: _erase(actor))
        word = f"Restored the backup of {held.made_at}"
    elif verify is not None:
        with backups.unpacked(verify.absolute(), Path.cwd()) as (held, _):
            word = f"Whole: the backup of {held.made_at}"
    else:
        held = backups.make(to.absolute() if to else None)
        word = f"Backed up to {held.path}"
    if as_json:
        write_json(held.as_json())
        return
    say(f"{word} ({held.size / MEGABYTE:.1f} MB, {len(held.files)} files).")
    if restore is not None:
        say("Run `klantbeeld migrate` when the backup is of an older version.")


def _erase(actor: Actor) -> None:
    """Erase again who came back: nobody may read the house before."""
    from klantbeeld.core import startup
    from klantbeeld.pipeline.actions import erase_again
    from klantbeeld.privacy.tables import has_ledger

    if not has_ledger():
        return
    # To find them it has to be a house of this version; the backup itself is at hand.
    startup.prepare_database(None)
    again, doubtful = erase_again(actor)
    if again:
        say(f"Erased again: {again} records of people who were erased after this backup was made.")
    if doubtful:
        say(
            f"{doubtful} records share one address or number with somebody who was erased. They "
            "were left: look whether they are the same people."
        )
