"""What every command shares: opening the house, exit codes, printing, errors in one sentence.

Django is set up when a command runs and not before, so `--help` answers at once; commands
therefore import the house inside their functions.
"""

from __future__ import annotations

import errno
import json
import os
import sys
import traceback
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from klantbeeld.core.actor import Actor

OK, FAILED, WRONG_USAGE = 0, 1, 2

Json = Annotated[bool, typer.Option("--json", help="Write the result as JSON, for machines.")]


class Failed(Exception):
    """Something about the data is not as it should be: exit code 1."""


class WrongUsage(Exception):
    """The command, the settings or the machine are not as they should be: exit code 2."""


def out() -> Console:
    """Where results go."""
    return Console(file=sys.stdout, highlight=False, soft_wrap=True)


def err() -> Console:
    """Where errors and progress go, so that results can be piped on."""
    return Console(file=sys.stderr, highlight=False, soft_wrap=True)


def say(text: str) -> None:
    """One line for people."""
    out().print(text, markup=False)


def write_json(value: Any) -> None:
    """One line for machines, the last one of the output."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, default=str) + "\n")
    sys.stdout.flush()


def show_table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """A table for people."""
    table = Table(*columns, box=None, pad_edge=False, header_style="bold")
    for row in rows:
        # As text: a cell out of a file may look like markup.
        table.add_row(*(Text(str(cell)) for cell in row))
    out().print(table)


def open_house(*, needs_database: bool = True) -> Actor:
    """Set up Django on the home of this environment; returns the one at the command line.

    With `needs_database` an empty database is created, one behind is refused with the advice to
    migrate, and a newer one is refused.
    """
    os.environ["DJANGO_SETTINGS_MODULE"] = "klantbeeld.settings"
    try:
        from klantbeeld.core import beginning

        beginning.set_up()
    except OSError as error:
        home = os.environ.get("KLANTBEELD_HOME") or "the data folder"
        raise WrongUsage(
            f"{home} cannot be used: {error.strerror or error}. Set KLANTBEELD_HOME to a folder "
            "that you may write to."
        ) from error
    except ValueError as error:
        raise WrongUsage(f"KLANTBEELD_DATABASE_URL is not a database address: {error}") from error
    from klantbeeld.core.actor import system_actor

    if needs_database:
        _require_database()
    return system_actor()


def _require_database() -> None:
    from klantbeeld.core import lasting, startup

    startup.require_versions()
    state = startup.database_state()
    if state == "empty":
        startup.prepare_database(None)
    elif state == "behind":
        raise WrongUsage("The database is of an older version: run `klantbeeld migrate` first.")
    lasting.require()


def exit_code_of(error: BaseException) -> int:
    """The exit code an exception stands for, after its sentence was written to stderr."""
    if os.environ.get("KLANTBEELD_DEBUG") == "1":
        traceback.print_exception(error)
    code, text = _explained(error)
    err().print(f"klantbeeld: {text}", markup=False)
    return code


def _explained(error: BaseException) -> tuple[int, str]:
    """Exit code and one sentence."""
    named = {type(error).__name__, *(c.__name__ for c in type(error).__mro__)}
    for known, code in _CODES.items():
        if known in named:
            return code, str(error)
    if isinstance(error, KeyboardInterrupt):
        return FAILED, "Stopped. The same command again goes on where this one was."
    if "InterfaceError" in named or "OperationalError" in named:
        return WRONG_USAGE, f"The database cannot be used: {_first_line(error)}"
    if isinstance(error, OSError):
        return WRONG_USAGE, _about_files(error)
    return FAILED, _unexpected(error)


# By name, so that nothing of the house has to be imported to explain an error.
_CODES: Mapping[str, int] = {
    "Failed": FAILED,
    "SourceError": FAILED,
    "NotAllowed": FAILED,
    "WrongUsage": WRONG_USAGE,
    "AnotherKey": WRONG_USAGE,
    "LedgerUnreadable": WRONG_USAGE,
    "NeedsException": FAILED,
    "NeedsSecond": FAILED,
    "NotWaiting": FAILED,
    "NothingToErase": FAILED,
    "OnHold": FAILED,
    "StillFound": FAILED,
    "WorkLost": FAILED,
    "NotReady": WRONG_USAGE,
    "BackupFailed": WRONG_USAGE,
    "LeaseTaken": WRONG_USAGE,
    "ImproperlyConfigured": WRONG_USAGE,
    "PortTaken": WRONG_USAGE,
}


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]


def _about_files(error: OSError) -> str:
    place = f" ({Path(str(error.filename)).name})" if error.filename else ""
    if error.errno == errno.ENOSPC:
        return f"The disk is full{place}: make room and run the same command again."
    return f"{error.strerror or type(error).__name__}{place}."


def _unexpected(error: BaseException) -> str:
    # Only its kind and place: the text of an exception can hold somebody's data.
    frames = traceback.extract_tb(error.__traceback__)
    own = [f for f in frames if "klantbeeld" in f.filename] or frames
    place = f"{Path(own[-1].filename).name}, line {own[-1].lineno}" if own else "an unknown place"
    return (
        f"A fault in Klantbeeld itself ({type(error).__name__} in {place}). "
        "KLANTBEELD_DEBUG=1 shows more; please report it."
    )
