"""`klantbeeld serve`: the supervisor over web processes and the worker."""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from klantbeeld.commands.frame import WrongUsage, open_house, say

DEFAULT_PORT = 8000


class Part(StrEnum):
    """What one `serve` runs, when not everything."""

    web = "web"
    worker = "worker"


def serve(
    port: Annotated[int, typer.Option(help="Port to listen on.", min=1, max=65535)] = DEFAULT_PORT,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    processes: Annotated[
        int, typer.Option(help="Web processes; by default one per two cores.", min=0)
    ] = 0,
    only: Annotated[Part | None, typer.Option(help="Run only this part.")] = None,
) -> None:
    """Serve the screens and work off the tasks, until Ctrl-C."""
    open_house(needs_database=False)
    run_server(port, host, processes, only)


def run_server(port: int, host: str, processes: int, only: Part | None) -> None:
    """Check, migrate after a backup, then supervise until told to stop."""
    from django.conf import settings
    from django.db import connections

    from klantbeeld.core import backup, startup, uploads
    from klantbeeld.core.actor import system_actor
    from klantbeeld.core.processes import serve_web, work
    from klantbeeld.core.supervisor import Child, PortTaken, Supervisor, listen
    from klantbeeld.pipeline.actions import drop_stale_intakes, guard_erasures

    problems = startup.unsafe_settings(host) if only is not Part.worker else []
    if problems:
        raise WrongUsage("Not serving, because this would be unsafe. " + " ".join(problems))
    startup.prepare_database(backup.make_before_migration)
    # Before anybody reads: who was erased may have come back with files put back by hand.
    guard_erasures(system_actor())
    drop_stale_intakes(system_actor())
    if only is not Part.worker:
        uploads.clear()
    connections.close_all()
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    children = []
    if only is not Part.worker:
        try:
            server = listen(host, port)
        except PortTaken as error:
            raise WrongUsage(
                f"Cannot listen on {host}:{port} ({error.strerror}): choose another --port."
            ) from error
        count = processes or max(1, (os.cpu_count() or 1) // 2)
        children += [Child(f"web-{n + 1}", serve_web, (server,)) for n in range(count)]
        say(f"Klantbeeld on http://{_shown(host)}:{port}/ (stop with Ctrl-C)")
    if only is not Part.web:
        children.append(Child("worker", work))
    Supervisor(children).run()
    say("Stopped.")


def _shown(host: str) -> str:
    return "localhost" if host in {"127.0.0.1", "0.0.0.0", "::1", "::"} else host
