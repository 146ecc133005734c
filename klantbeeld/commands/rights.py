"""`klantbeeld access`: everything held about a customer, as he receives it."""

from __future__ import annotations

import io
import shutil
from pathlib import Path
from typing import IO, Annotated

import typer

from klantbeeld.commands.frame import Failed, WrongUsage, open_house, say

Key = Annotated[str, typer.Argument(help="The customer's key, as `find` shows it.")]


def access(
    key: Key,
    to: Annotated[Path, typer.Option(help="A new folder, or a new file that ends in .zip.")],
    language: Annotated[str, typer.Option(help="nl or en.")] = "nl",
) -> None:
    """Make the bundle of an access request: all of one customer, nothing of anybody else."""
    if to.exists():
        raise WrongUsage(f"{to} exists already; choose another name.")
    if not to.parent.is_dir():
        raise WrongUsage(f"There is no folder {to.parent} to write to.")
    if language not in ("nl", "en"):
        raise WrongUsage("A bundle is made in nl or en.")
    actor = open_house()
    from klantbeeld.pipeline import actions
    from klantbeeld.profiles.reads import UnknownCustomer, customer_id_of

    try:
        customer = customer_id_of(actor, key)
        if to.suffix == ".zip":
            with actions.pack_bundle(actor, customer, language, (), None) as packed:
                _write(to, packed)
        else:
            to.mkdir(mode=0o700)
            for path, content in actions.make_bundle(actor, customer, language).items():
                (to / path).parent.mkdir(exist_ok=True)
                _write(to / path, io.BytesIO(content))
    except UnknownCustomer as error:
        raise Failed(str(error)) from error
    say(f"Written to {to}. Documents that may hold data of others are left out: see its page.")


def _write(path: Path, content: IO[bytes]) -> None:
    # All there is about somebody: for whoever asked for it, not for everybody on this machine.
    path.touch(0o600, exist_ok=False)
    with path.open("wb") as file:
        shutil.copyfileobj(content, file)
