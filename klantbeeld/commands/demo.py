"""`klantbeeld demo`: the sample company in a home of its own, loaded and served."""

from __future__ import annotations

import os
import shutil
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from platformdirs import user_data_dir

from klantbeeld.commands.frame import Json, err, open_house, say, write_json
from klantbeeld.commands.importing import load, tell
from klantbeeld.commands.serving import DEFAULT_PORT, run_server

if TYPE_CHECKING:
    from klantbeeld.core.actor import Actor

EMAIL = "demo@example.com"
NAME = "Demi van der Molen"
# Public on purpose: the demo holds invented people only and listens to this machine only.
PASSWORD = "klantbeeld-demo"


class Size(StrEnum):
    """How large the sample company is."""

    small = "small"
    large = "large"


def demo_home() -> Path:
    """The demo's own home: that of the installation with `-demo` behind it."""
    home = Path(os.environ.get("KLANTBEELD_HOME") or user_data_dir("klantbeeld", False)).absolute()
    return home if home.name.endswith("-demo") else home.with_name(home.name + "-demo")


def demo(
    no_serve: Annotated[bool, typer.Option("--no-serve", help="Stop after loading.")] = False,
    size: Annotated[Size, typer.Option(help="How large a company.")] = Size.small,
    seed: Annotated[int, typer.Option(help="Another seed gives another company.")] = 7,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Throw the demo away and start it anew.")
    ] = False,
    port: Annotated[int, typer.Option(help="Port to serve on.", min=1, max=65535)] = DEFAULT_PORT,
    as_json: Json = False,
) -> None:
    """Load the sample company into a home of its own and serve it."""
    home = demo_home()
    if fresh and home.exists():
        shutil.rmtree(home)
    # Never the installation's own data: another home, and always SQLite.
    os.environ.update(KLANTBEELD_HOME=str(home), KLANTBEELD_DEMO="1")
    os.environ.pop("KLANTBEELD_DATABASE_URL", None)
    actor = open_house()
    from klantbeeld.core.models import Delivery

    if not Delivery.objects.filter(state=Delivery.LOADED).exists():
        _load(actor, home, size.value, seed, as_json)
    elif not as_json:
        say(f"The sample company is loaded already in {home} (--fresh starts anew).")
    _make_user(actor)
    if no_serve:
        return
    say(f"Log in with {EMAIL} and password {PASSWORD}.")
    run_server(port, "127.0.0.1", 0, None)


def _load(actor: Actor, home: Path, size: str, seed: int, as_json: bool) -> None:
    from klantbeeld.pipeline.actions import answer_for_sample, judge_everybody
    from klantbeeld.pipeline.reads import sample_last_day
    from klantbeeld.sample import generate

    folder = home / "sample"
    with err().status("Making the sample company") as status:

        def show(name: str, share: float) -> None:
            status.update(f"Making the sample company: {name} ({share:.0%})")

        generate(folder, size, seed, sample_last_day(actor), progress=show)  # type: ignore[arg-type]
    report = load(actor, [folder / "data"], quiet=as_json)
    answer_for_sample(actor)
    judge_everybody(actor)
    if as_json:
        write_json(report.as_json())
    else:
        tell(report)


def _make_user(actor: Actor) -> None:
    from klantbeeld.accounts.actions import choose_two_steps, create_user
    from klantbeeld.accounts.reads import user_by_email

    if user_by_email(actor, EMAIL) is None:
        create_user(actor, EMAIL, NAME, "administrator", PASSWORD)
        # The password is public and the people are invented: a second step would guard nothing.
        # The page of employees says so, and switches it on.
        choose_two_steps(actor, is_required=False, days=0)
