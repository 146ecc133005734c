"""A PostgreSQL server for one test run: in a temporary folder, gone afterwards.

python scripts/throwaway_postgresql.py       starts one, prints its URL, stops at Ctrl-C
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

MINIMUM = 14
# Nothing here outlives the run, so nothing is flushed to disk.
SETTINGS = {
    "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off",
    "max_connections": "60", "shared_buffers": "128MB", "autovacuum": "off",
}  # fmt: skip


class NoServer(RuntimeError):
    """PostgreSQL's server programs are not on this machine, or it may not run here."""


def programs() -> Path:
    """The folder with initdb and pg_ctl of the newest server on this machine."""
    candidates = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name), reverse=True
    )
    for name in ("initdb", "pg_ctl"):
        if on_path := shutil.which(name):
            candidates.append(Path(on_path).resolve().parent)
    for folder in candidates:
        initdb = shutil.which("initdb", path=str(folder))
        if initdb and _version(initdb) >= MINIMUM:
            return folder
    raise NoServer(f"no PostgreSQL {MINIMUM} or later server on this machine")


def _version(program: str) -> int:
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    found = re.search(r"(\d+)", said.stdout)
    return int(found.group(1)) if found else 0


def _server_user() -> str | None:
    """Whom to run as: the server refuses root."""
    if os.name == "nt" or os.geteuid() != 0:
        return None
    import pwd

    known = {entry.pw_name for entry in pwd.getpwall()}
    for name in ("postgres", "nobody"):
        if name in known:
            return name
    raise NoServer("PostgreSQL does not run as root and there is no other user")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class _Server:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.bin = programs()
        self.user = _server_user()
        if self.user:
            shutil.chown(folder, user=self.user)

    def call(self, program: str, *arguments: str) -> None:
        log = self.folder.parent / "server.out"
        with log.open("a") as out:
            done = subprocess.run(
                [str(self.bin / program), *arguments],
                user=self.user, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=out,
                stderr=subprocess.STDOUT, check=False, env=_environment(),
            )  # fmt: skip
        if done.returncode:
            raise NoServer(f"{program} failed: {log.read_text(errors='replace')[-400:]}")

    def start(self) -> str:
        data = str(self.folder / "data")
        self.call(
            "initdb", "-D", data, "-U", "klantbeeld", "--auth=trust", "--encoding=UTF8",
            "--locale=C.UTF-8" if os.name != "nt" else "--locale=C", "--no-sync",
        )  # fmt: skip
        options = {**SETTINGS}
        if os.name == "nt":
            host, port = "127.0.0.1", _free_port()
            options |= {"listen_addresses": host}
        else:
            host, port = str(self.folder), 5432
            options |= {"listen_addresses": "", "unix_socket_directories": host}
        spelled = " ".join(f"-c {k}='{v}'" for k, v in options.items())
        self.call(
            "pg_ctl", "-D", data, "-w", "-l", str(self.folder / "log"),
            "-o", f"-p {port} {spelled}", "start",
        )  # fmt: skip
        return f"postgresql://klantbeeld@{quote(host, safe='')}:{port}/postgres"

    def stop(self) -> None:
        self.call("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "stop")


def _environment() -> dict[str, str]:
    return {k: v for k, v in os.environ.items() if not k.startswith("PG")} | {"LC_ALL": "C"}


@contextmanager
def serving() -> Iterator[str]:
    """A running server; yields the URL of its database. Raises `NoServer`."""
    programs()
    # The outer folder stays ours, the inner one is the server's; a socket's path must be short.
    with tempfile.TemporaryDirectory(prefix="kbpg-", ignore_cleanup_errors=True) as outer:
        Path(outer).chmod(0o755)
        folder = Path(outer, "s")
        folder.mkdir(mode=0o700)
        server = _Server(folder)
        url = server.start()
        try:
            yield url
        finally:
            server.stop()


if __name__ == "__main__":
    with serving() as address:
        print(address, flush=True)
        try:
            while True:
                time.sleep(3600)
        except KeyboardInterrupt:
            pass
