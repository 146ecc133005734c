"""Run by test_kill in a process of its own: an import that dies on the way, and a dump of it all.

    python interrupted.py import FOLDER [WHERE SECONDS]   dies so many seconds after WHERE
    python interrupted.py dump FILE                       writes what is stored, as JSON

WHERE is a number (that many blocks of rows were read or written) or one of `STEPS`.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

# On Windows SIGTERM ends a process at once; elsewhere SIGKILL does.
AT_ONCE = getattr(signal, "SIGKILL", signal.SIGTERM)
STEPS = ("match_pending", "refresh", "copying")


def die_in(seconds: float) -> None:
    """Let this process die a little later, whatever it is doing then."""
    timer = threading.Timer(seconds, os.kill, (os.getpid(), AT_ONCE))
    timer.daemon = True
    timer.start()


def run_import(folder: str, where: str = "", seconds: str = "0") -> None:
    """Import a folder; tells how long each step took, and how many blocks there were."""
    from klantbeeld.core.actor import system_actor
    from klantbeeld.pipeline import copying, settling, writing
    from klantbeeld.pipeline.actions import import_paths

    # Small chunks, so that there are many places to stop at.
    writing.SMALLEST, writing.LARGEST = 400, 1_200
    told: dict[str, float] = {"blocks": 0}

    def watched(name: str, step: Callable[..., Any]) -> Callable[..., Any]:
        def run(*arguments: Any, **options: Any) -> Any:
            if where == name:
                die_in(float(seconds))
            started = time.monotonic()
            try:
                return step(*arguments, **options)
            finally:
                told[name] = time.monotonic() - started

        return run

    def progress(stage: str, rows: int) -> None:
        told["blocks"] += 1
        if where == str(int(told["blocks"])):
            die_in(float(seconds))

    for name, module in (("match_pending", settling), ("refresh", settling)):
        setattr(module, name, watched(name, getattr(module, name)))
    copying.refresh = watched("copying", copying.refresh)
    import_paths(system_actor("test"), [Path(folder)], progress=progress)
    print(json.dumps(told), flush=True)


def write_dump(path: str) -> None:
    """Write what is stored, and the accounts of the deliveries."""
    from tests.pipeline import dump

    dump.assert_accounted()
    found: dict[str, Any] = {"deliveries": dump.deliveries(), **dump.content()}
    Path(path).write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "klantbeeld.settings"
    django.setup()
    if sys.argv[1] == "dump":
        write_dump(sys.argv[2])
    else:
        run_import(*sys.argv[2:])
