"""What the supervisor's children do: serve pages, or work off the queue of tasks."""

from __future__ import annotations

import gc
import logging
import os
import signal
import socket
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from klantbeeld.core import beginning

log = logging.getLogger("klantbeeld.worker")

WORKER_LEASE = "worker"
GRACEFUL_SECONDS = 10
LEASE_CHECK_SECONDS = 5.0
QUEUE_SECONDS = 1.0
ANCHOR_SECONDS = 30.0
CLOCK_SECONDS = 20.0
FEW_PAGES_KB = 8_192


def serve_web(pipe: Connection, server_socket: socket.socket) -> None:
    """One web process on the shared socket."""
    import uvicorn

    from klantbeeld.core.supervisor import when_parent_stops

    config = uvicorn.Config(
        "klantbeeld.asgi:application", lifespan="off", log_config=None, access_log=False,
        server_header=False, timeout_graceful_shutdown=GRACEFUL_SECONDS,
    )  # fmt: skip
    config.load()
    settle_memory()
    server = uvicorn.Server(config)

    def stop() -> None:
        server.should_exit = True

    when_parent_stops(pipe, stop)
    server.run(sockets=[server_socket])


def settle_memory() -> None:
    """Have a process that answers many short questions hold little, so that nobody waits for it.

    What was loaded so far is left out of the search for garbage: it stays as long as the process,
    and going through all of it takes tens of milliseconds. SQLite keeps few pages: the many that
    serve an import make a commit of a few rows take milliseconds more.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)
    connection_created.connect(_keep_few_pages)
    for held in connections.all(initialized_only=True):
        if held.connection is not None:
            _keep_few_pages(connection=held)


def _keep_few_pages(connection: BaseDatabaseWrapper, **_: object) -> None:
    if connection.vendor == "sqlite":
        connection.connection.execute(f"PRAGMA cache_size=-{FEW_PAGES_KB}")


def work(pipe: Connection) -> None:
    """The worker: waits until it is the only one, takes back orphaned tasks, works them off."""
    beginning.set_up()
    from django_tasks_db.management.commands.db_worker import Worker

    from klantbeeld.core import journal, leases
    from klantbeeld.core.supervisor import when_parent_stops

    stopping = threading.Event()
    when_parent_stops(pipe, stopping.set)
    signal.signal(signal.SIGTERM, lambda *_: stopping.set())
    while not stopping.is_set():
        try:
            with leases.held(WORKER_LEASE) as check:
                take_back_orphans()
                worker = _careful(Worker)(
                    queue_names=["*"], excluded_queue_names=[], interval=QUEUE_SECONDS,
                    batch=False, backend_name="default", startup_delay=False, max_tasks=None,
                    worker_id=f"{socket.gethostname()[:40]}-{os.getpid()}",
                )  # fmt: skip
                _watch(worker, stopping, check)
                _keep_anchoring(worker, stopping)
                _keep_the_clock(stopping)
                threading.Thread(
                    target=journal.keep_short, args=(stopping,), name="journal", daemon=True
                ).start()
                worker.run()
        except leases.LeaseTaken:
            stopping.wait(LEASE_CHECK_SECONDS)


def take_back_orphans() -> int:
    """Tasks that died with an earlier worker wait again; only with the lease in hand."""
    from django_tasks_db.models import DBTaskResult

    running = DBTaskResult.objects.running()
    return int(running.update(status="READY", started_at=None))


def _careful(base: type) -> type:
    class CarefulWorker(base):  # type: ignore[misc]
        """Keeps of a failure only the exception's type and its place in the code.

        The text of an exception can hold personal data, and the queue keeps what it is given.
        """

        def run_task(self, result: object) -> None:
            super().run_task(result)
            places_only(result)

    return CarefulWorker


def places_only(result: object) -> None:
    """Strip a failed task's stored traceback to file names and lines."""
    text = getattr(result, "traceback", "")
    if not text:
        return
    places = [line.strip() for line in text.splitlines() if line.lstrip().startswith('File "')]
    result.traceback = "\n".join(places)  # type: ignore[attr-defined]
    result.save(update_fields=["traceback"])  # type: ignore[attr-defined]


def _watch(worker: object, stopping: threading.Event, check: Callable[[], None]) -> None:
    """Stop the worker when the parent does, end the process when the lease is lost."""

    def watch() -> None:
        while not stopping.wait(LEASE_CHECK_SECONDS):
            try:
                check()
            except Exception:
                log.error("lease lost")
                os._exit(1)
        worker.running = False  # type: ignore[attr-defined]

    threading.Thread(target=watch, name="lease", daemon=True).start()


def _keep_anchoring(worker: object, stopping: threading.Event) -> None:
    """Sign where the log of reads and changes stands, every half minute."""
    from django.db import close_old_connections

    from klantbeeld.core import anchors, leases

    def anchor() -> None:
        while not stopping.wait(ANCHOR_SECONDS) and worker.running:  # type: ignore[attr-defined]
            close_old_connections()
            try:
                anchors.settle()
            except leases.LeaseTaken:
                continue
            except Exception:
                # The next time it is signed as well; `klantbeeld check` tells when it never is.
                log.exception("log not signed")

    threading.Thread(target=anchor, name="anchors", daemon=True).start()


def _keep_the_clock(stopping: threading.Event) -> None:
    """Put on the queue what has to be done every hour or so, as long as the worker runs."""
    from django.db import close_old_connections

    from klantbeeld.core import regular

    def keep() -> None:
        is_over = False
        while not is_over:
            try:
                close_old_connections()
                regular.run_due()
            except Exception as error:
                # The database may be away for a moment; the next round is soon.
                log.error("clock failed", extra={"kind": type(error).__name__})
            is_over = stopping.wait(CLOCK_SECONDS)

    threading.Thread(target=keep, name="clock", daemon=True).start()
