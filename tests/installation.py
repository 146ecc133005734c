"""An installation of its own for a test that runs the `klantbeeld` command itself."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Installation:
    """A data folder, its database, and the command on it."""

    home: Path
    environment: dict[str, str]

    def run(
        self,
        *arguments: str,
        code: int | None = 0,
        stdin: str = "",
        timeout: float = 120,
        **variables: str,
    ) -> subprocess.CompletedProcess[str]:
        """Run `klantbeeld ARGUMENTS`; `code` is the exit code it must have, None for any."""
        done = subprocess.run(
            [sys.executable, "-m", "klantbeeld", *arguments],
            env={**self.environment, **variables},
            input=stdin,
            cwd=self.home.parent,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=timeout,
            check=False,
        )
        if code is not None:
            assert done.returncode == code, (done.returncode, done.stdout, done.stderr)
        return done

    def json(self, *arguments: str, **options: Any) -> Any:
        """The last line that `klantbeeld ARGUMENTS --json` writes, read."""
        return json.loads(self.run(*arguments, "--json", **options).stdout.splitlines()[-1])

    def start(self, *arguments: str, **variables: str) -> subprocess.Popen[str]:
        """Start `klantbeeld ARGUMENTS` and leave it running."""
        return subprocess.Popen(
            [sys.executable, "-m", "klantbeeld", *arguments],
            env={**self.environment, **variables},
            cwd=self.home.parent,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    """A new, empty home on the database of this run (SQLite, or a database on PostgreSQL)."""
    home = tmp_path / "home"
    keep = {k: v for k, v in os.environ.items() if not k.startswith(("KLANTBEELD_", "DJANGO_"))}
    environment = {
        **keep,
        "KLANTBEELD_HOME": str(home),
        "PYTHONPATH": str(ROOT),
        "PYTHONUTF8": "1",
        "KLANTBEELD_LANGUAGE": "nl",
        "COLUMNS": "200",
    }
    url = os.environ.get("KLANTBEELD_DATABASE_URL", "")
    if not url.startswith("postgres"):
        yield Installation(home, environment)
        return
    name = f"own_{uuid.uuid4().hex[:12]}"
    environment["KLANTBEELD_DATABASE_URL"] = url.rsplit("/", 1)[0] + "/" + name
    _on_server(url, f'CREATE DATABASE "{name}"')
    yield Installation(home, environment)
    _on_server(url, f'DROP DATABASE "{name}" WITH (FORCE)')


def _on_server(url: str, statement: str) -> None:
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement)  # type: ignore[call-overload]
