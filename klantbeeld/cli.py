"""The command `klantbeeld`: puts the groups of subcommands together and maps errors to codes."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Annotated, Any

import typer

import klantbeeld
from klantbeeld.commands import (
    auditing,
    contacting,
    customers,
    demo,
    erasing,
    importing,
    keeping,
    keys,
    matching,
    parts,
    quarantine,
    resolving,
    restricting,
    rights,
    serving,
    special,
    users,
)
from klantbeeld.commands.frame import WRONG_USAGE, err, exit_code_of, say

app = typer.Typer(
    name="klantbeeld",
    help="One customer, one card, one history.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(asked: bool) -> None:
    if asked:
        say(klantbeeld.__version__)
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """One customer, one card, one history."""


app.command("demo")(demo.demo)
app.command("import")(importing.import_files)
app.command("serve")(serving.serve)
app.command("resolve")(resolving.resolve)
app.command("find")(customers.find)
app.command("card")(customers.card)
app.command("may-contact")(contacting.may_contact)
app.command("export")(customers.export)
app.command("access")(rights.access)
app.command("erase")(erasing.erase)
app.command("erase-part")(parts.erase_part)
app.command("restrict")(restricting.restrict)
app.command("retention")(restricting.retention)
app.add_typer(quarantine.app, name="quarantine")
app.add_typer(special.app, name="special")
app.command("check")(keeping.check)
app.command("migrate")(keeping.migrate)
app.command("backup")(keeping.backup)
app.command("rotate-key")(keeping.rotate_key)
app.command("match")(matching.match)
app.add_typer(matching.app, name="matching")
app.add_typer(users.app, name="user")
app.add_typer(keys.app, name="key")
app.add_typer(auditing.app, name="audit")


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code: 0 good, 1 the data, 2 the usage or environment."""
    try:
        result: Any = app(args=arguments, prog_name="klantbeeld", standalone_mode=False)
    except typer.Abort:
        err().print("klantbeeld: Stopped.")
        return 1
    except typer.TyperException as error:
        err().print(f"klantbeeld: {error.format_message()} See klantbeeld --help.", markup=False)
        return WRONG_USAGE
    except (Exception, KeyboardInterrupt) as error:
        return exit_code_of(error)
    return result if isinstance(result, int) else 0


def main() -> None:
    """The console script."""
    sys.exit(run())
