"""The supervisor: starts, restarts with growing pauses, stops cleanly, dies with its parent."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from multiprocessing.connection import Connection
from pathlib import Path

import psutil
import pytest

from klantbeeld.core import supervisor
from klantbeeld.core.supervisor import Child, PortTaken, Supervisor, listen

PATIENCE = 30.0


def write_pid_until_stopped(pipe: Connection, folder: str) -> None:
    """A child that leaves a file when it starts and another when it stops."""
    stopped = threading.Event()
    supervisor.when_parent_stops(pipe, stopped.set)
    Path(folder, f"{os.getpid()}.started").touch()
    stopped.wait(PATIENCE)
    Path(folder, f"{os.getpid()}.stopped").touch()


def die_at_once(pipe: Connection, folder: str) -> None:
    """A child that cannot start."""
    Path(folder, f"{time.monotonic()}.died").touch()


def until(condition: object) -> bool:
    """Wait for something another process does."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if condition():  # type: ignore[operator]
            return True
        time.sleep(0.05)
    return False


@pytest.fixture
def running(tmp_path: Path) -> object:
    """A supervisor over one child, in a thread."""
    child = Child("probe", write_pid_until_stopped, (str(tmp_path),))
    watched = Supervisor([child])
    watched._listen_to_signals = lambda: None  # type: ignore[method-assign] - not the main thread
    thread = threading.Thread(target=watched.run)
    thread.start()
    yield watched
    watched.stopping.set()
    thread.join(PATIENCE)
    assert not thread.is_alive()


def test_children_are_told_to_stop_and_do(running: Supervisor, tmp_path: Path) -> None:
    assert until(lambda: list(tmp_path.glob("*.started")))
    running.stopping.set()
    assert until(lambda: list(tmp_path.glob("*.stopped")))


def test_a_killed_child_is_started_again(running: Supervisor, tmp_path: Path) -> None:
    assert until(lambda: list(tmp_path.glob("*.started")))
    first = running.children[0].process
    assert first is not None
    first.kill()
    assert until(lambda: len(list(tmp_path.glob("*.started"))) == 2)
    assert running.children[0].restarts == 1


def test_the_pause_grows_with_every_early_death_and_has_a_limit() -> None:
    child = Child("probe", die_at_once)
    pauses = []
    for _ in range(10):
        child.started_at = time.monotonic()
        child.note_exit()
        pauses.append(round(child.start_at - time.monotonic(), 1))
    assert pauses[:4] == [0.5, 1.0, 2.0, 4.0]
    assert pauses[-1] == supervisor.LONGEST_PAUSE_SECONDS


def test_a_long_healthy_life_forgets_earlier_deaths() -> None:
    child = Child("probe", die_at_once, pause=supervisor.LONGEST_PAUSE_SECONDS)
    child.started_at = time.monotonic() - supervisor.HEALTHY_SECONDS - 1
    child.note_exit()
    assert child.start_at - time.monotonic() < 1


def test_a_taken_port_is_told() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(PortTaken):
            listen("127.0.0.1", other.getsockname()[1])


def test_small_answers_leave_at_once() -> None:
    with listen("127.0.0.1", 0) as server, socket.create_connection(server.getsockname()):
        accepted, _ = server.accept()
        with accepted:
            # What asyncio looks at before it switches Nagle's algorithm off.
            assert accepted.proto == socket.IPPROTO_TCP


PARENT = """
import sys
from tests.core import test_supervisor as probe
from klantbeeld.core.supervisor import Child, Supervisor
if __name__ == "__main__":
    Supervisor([Child("probe", probe.write_pid_until_stopped, (sys.argv[1],))]).run()
"""


def _parent(tmp_path: Path) -> subprocess.Popen[bytes]:
    script = tmp_path / "parent.py"
    script.write_text(PARENT, encoding="utf-8")
    root = Path(__file__).resolve().parents[2]
    return subprocess.Popen(
        [sys.executable, str(script), str(tmp_path)],
        env={**os.environ, "PYTHONPATH": str(root)},
    )


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGTERM to send")
def test_a_told_parent_stops_its_children_cleanly(tmp_path: Path) -> None:
    parent = _parent(tmp_path)
    assert until(lambda: list(tmp_path.glob("*.started")))
    parent.send_signal(signal.SIGTERM)
    assert parent.wait(PATIENCE) == 0
    assert list(tmp_path.glob("*.stopped"))


def test_children_of_a_killed_parent_stop_by_themselves(tmp_path: Path) -> None:
    parent = _parent(tmp_path)
    assert until(lambda: list(tmp_path.glob("*.started")))
    (started,) = tmp_path.glob("*.started")
    child = psutil.Process(int(started.stem))
    parent.kill()
    parent.wait(PATIENCE)
    assert until(lambda: list(tmp_path.glob("*.stopped")))
    psutil.wait_procs([child], timeout=PATIENCE)
