"""Keeps the web processes and the worker running: starts, restarts with backoff, stops cleanly.

Children are spawned, not forked, and stop when their end of a pipe closes; so a parent that
dies takes them along, and nothing here depends on signals that Windows does not have.
"""

from __future__ import annotations

import logging
import multiprocessing
import signal
import socket
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any

log = logging.getLogger("klantbeeld.supervisor")

FIRST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 30.0
HEALTHY_SECONDS = 60.0
STOP_SECONDS = 20.0
TICK_SECONDS = 0.5

Target = Callable[..., None]


class PortTaken(OSError):
    """The address to listen on is in use, or may not be used."""


def listen(host: str, port: int) -> socket.socket:
    """One listening socket for all web processes; raises `PortTaken`."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # With the protocol named, asyncio sends small answers at once: without it every page waits
    # some 40 ms for the other side to acknowledge its head.
    server = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):
        # On Windows SO_REUSEADDR would let two servers share the port by accident.
        server.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
    else:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        server.bind((host, port))
    except OSError as error:
        server.close()
        raise PortTaken(error.errno, error.strerror or "cannot listen") from error
    server.listen(2048)
    server.set_inheritable(True)
    return server


@dataclass
class Child:
    """One process that has to run: how to start it, and how it has been doing."""

    name: str
    target: Target
    arguments: tuple[Any, ...] = ()
    process: BaseProcess | None = None
    pipe: Connection | None = None
    started_at: float = 0.0
    start_at: float = 0.0
    pause: float = FIRST_PAUSE_SECONDS
    restarts: int = 0

    def start(self) -> None:
        """Start the process with its end of a new pipe."""
        context = multiprocessing.get_context("spawn")
        theirs, ours = context.Pipe(duplex=False)
        self.process = context.Process(
            target=self.target, args=(theirs, *self.arguments), name=f"klantbeeld-{self.name}"
        )
        self.process.start()
        theirs.close()
        self.pipe, self.started_at = ours, time.monotonic()

    def note_exit(self) -> None:
        """Plan the next start: sooner after a long healthy life, later after each early death."""
        lived = time.monotonic() - self.started_at
        code = self.process.exitcode if self.process else None
        self.release()
        self.pause = FIRST_PAUSE_SECONDS if lived >= HEALTHY_SECONDS else self.pause
        self.start_at = time.monotonic() + self.pause
        log.warning("child stopped", extra={"exit_code": code or 0, "pause": self.pause})
        self.pause = min(self.pause * 2, LONGEST_PAUSE_SECONDS)
        self.restarts += 1

    def release(self) -> None:
        """Let go of the dead process."""
        if self.pipe:
            self.pipe.close()
        if self.process:
            self.process.join(0)
        self.process, self.pipe = None, None


@dataclass
class Supervisor:
    """Runs children until told to stop."""

    children: Sequence[Child]
    stopping: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        """Keep every child alive; returns after a clean stop."""
        self._listen_to_signals()
        try:
            while not self.stopping.is_set():
                self._start_what_is_due()
                alive = [c.process.sentinel for c in self.children if c.process]
                if alive:
                    wait(alive, timeout=TICK_SECONDS)
                else:
                    self.stopping.wait(TICK_SECONDS)
                for child in self.children:
                    if child.process and not child.process.is_alive():
                        child.note_exit()
        finally:
            self.stop()

    def _listen_to_signals(self) -> None:
        def told(_signal: int, _frame: object) -> None:
            self.stopping.set()

        for name in ("SIGINT", "SIGTERM", "SIGBREAK"):
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), told)

    def _start_what_is_due(self) -> None:
        now = time.monotonic()
        for child in self.children:
            if child.process is None and child.start_at <= now and not self.stopping.is_set():
                child.start()

    def stop(self) -> None:
        """Ask all children to stop, wait, and end those that do not."""
        for child in self.children:
            if child.pipe:
                child.pipe.close()
                child.pipe = None
        until = time.monotonic() + STOP_SECONDS
        for child in self.children:
            if child.process:
                child.process.join(max(0.0, until - time.monotonic()))
                if child.process.is_alive():
                    child.process.kill()
                    child.process.join()
            child.release()


def when_parent_stops(pipe: Connection, act: Callable[[], None]) -> None:
    """In a child: call `act` once the parent closes the pipe or dies. Ctrl-C is the parent's."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def watch() -> None:
        try:
            pipe.recv_bytes()
        except (EOFError, OSError):
            act()

    threading.Thread(target=watch, name="parent", daemon=True).start()
