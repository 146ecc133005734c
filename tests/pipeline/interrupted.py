"""Run by test_kill in a process of its own: an import that dies on the way, and a dump of it all.

    python interrupted.py import FOLDER [STEP COUNT]   dies before that many queries of the step
    python interrupted.py dump FILE                    writes what is stored, as JSON
    python interrupted.py each                         does what each line of JSON asks, in a fork

Counting queries, not seconds, finds the same places on a slow machine and on a fast one.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

# On Windows SIGTERM ends a process at once; elsewhere SIGKILL does.
AT_ONCE = getattr(signal, "SIGKILL", signal.SIGTERM)
STEPS = ("plan", "load", "match", "profiles", "copy")


def run_import(folder: str, step: str = "", count: str = "0") -> None:
    """Import a folder; tells how many queries each step made."""
    from django.db import connection

    from klantbeeld.core.actor import system_actor
    from klantbeeld.pipeline import copying, settling, writing
    from klantbeeld.pipeline.actions import import_paths

    # Small chunks, so that there are many places to stop at.
    writing.SMALLEST, writing.LARGEST = 200, 600
    made: Counter[str] = Counter()
    # The first queries only ask: dying there undoes nothing.
    now = ["plan"]

    def counted(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        made[now[0]] += 1
        if now[0] == step and made[step] == int(count):
            os.kill(os.getpid(), AT_ONCE)
        return execute(sql, params, many, context)

    def watched(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def run(*arguments: Any, **options: Any) -> Any:
            now[0] = name
            return function(*arguments, **options)

        return run

    for module, name, step_name in (
        (writing.Writer, "run", "load"), (settling, "match_pending", "match"),
        (settling, "refresh", "profiles"), (copying, "refresh", "copy"),
    ):  # fmt: skip
        setattr(module, name, watched(step_name, getattr(module, name)))
    with connection.execute_wrapper(counted):
        import_paths(system_actor("test"), [Path(folder)])
    print(json.dumps(made), flush=True)


def write_dump(path: str) -> None:
    """Write what is stored, and the accounts of the deliveries."""
    from tests.pipeline import dump

    dump.assert_accounted()
    found: dict[str, Any] = {"deliveries": dump.deliveries(), **dump.content()}
    Path(path).write_text(json.dumps(found), encoding="utf-8")


def run(what: str, *arguments: str) -> None:
    """Import or dump."""
    if what == "dump":
        write_dump(*arguments)
    else:
        run_import(*arguments)


def run_each() -> None:
    """One run for every line of words, each in a fork of this process: only it is killed.

    A fork has all that a fresh process has imported, and nothing that one opened.
    """
    for line in sys.stdin:
        words = json.loads(line)
        child = os.fork() if hasattr(os, "fork") else _started(words)
        if not child:
            run(*words)
            sys.stdout.flush()
            os._exit(0)
        print(json.dumps({"code": os.waitpid(child, 0)[1]}), flush=True)


def _started(words: list[str]) -> int:
    """The process of a run where there is no fork: on Windows."""
    return os.spawnl(os.P_NOWAIT, sys.executable, sys.executable, __file__, *words)


if __name__ == "__main__":
    from klantbeeld.core.beginning import set_up

    os.environ["DJANGO_SETTINGS_MODULE"] = "klantbeeld.settings"
    set_up()
    if sys.argv[1:] == ["each"]:
        run_each()
    else:
        run(*sys.argv[1:])
