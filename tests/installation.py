"""An installation of its own for a test that runs the `klantbeeld` command itself."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
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


@dataclass(frozen=True)
class Said:
    """What a command wrote, and its exit code."""

    code: int
    stdout: str
    stderr: str

    @property
    def json(self) -> Any:
        """The last line of the output, read."""
        return json.loads(self.stdout.splitlines()[-1])


@pytest.fixture
def command(
    db: None, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Said]:
    """Runs a command in this process on the test's own database: no start of Python to wait for."""

    def run(*arguments: str, stdin: str = "", code: int | None = 0) -> Said:
        from klantbeeld import cli

        monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
        monkeypatch.setenv("COLUMNS", "200")
        monkeypatch.setenv("DJANGO_SETTINGS_MODULE", os.environ["DJANGO_SETTINGS_MODULE"])
        capsys.readouterr()
        got = cli.run(list(arguments))
        written = capsys.readouterr()
        assert code is None or got == code, (got, written)
        return Said(got, written.out, written.err)

    return run


class _Maker:
    """Makes installations; the first migrated one is the mould of the others (seconds each)."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.server = os.environ.get("KLANTBEELD_DATABASE_URL", "")
        self.databases: list[str] = []
        self.mould: Installation | None = None
        self.database_of_mould = ""

    def empty(self, home: Path, template: str = "template1") -> Installation:
        keep = {k: v for k, v in os.environ.items() if not k.startswith(("KLANTBEELD_", "DJANGO_"))}
        environment = {
            **keep,
            "KLANTBEELD_HOME": str(home),
            "PYTHONPATH": str(ROOT),
            "PYTHONUTF8": "1",
            "KLANTBEELD_LANGUAGE": "nl",
            "COLUMNS": "200",
        }
        if self.server.startswith("postgres"):
            name = f"own_{uuid.uuid4().hex[:12]}"
            self._on_server(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
            self.databases.append(name)
            environment["KLANTBEELD_DATABASE_URL"] = self.server.rsplit("/", 1)[0] + "/" + name
        return Installation(home, environment)

    def migrated(self, home: Path) -> Installation:
        if self.mould is None:
            self.mould = self.empty(self.folder / "mould")
            self.mould.run("migrate")
            if self.databases:
                self.database_of_mould = self.databases.pop()
        shutil.copytree(self.mould.home, home)
        return self.empty(home, template=self.database_of_mould)

    def drop(self, keep: int) -> None:
        while len(self.databases) > keep:
            self._drop(self.databases.pop())

    def close(self) -> None:
        self.drop(keep=0)
        if self.database_of_mould:
            self._drop(self.database_of_mould)

    def _drop(self, name: str) -> None:
        self._on_server(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _on_server(self, statement: str) -> None:
        import psycopg

        with psycopg.connect(self.server, autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[call-overload]


@pytest.fixture(scope="session")
def installations(tmp_path_factory: pytest.TempPathFactory) -> Iterator[_Maker]:
    """Makes installations on the database of this run."""
    maker = _Maker(tmp_path_factory.mktemp("installations"))
    yield maker
    maker.close()


@pytest.fixture
def installation(installations: _Maker, tmp_path: Path) -> Iterator[Installation]:
    """A migrated installation of its own (on SQLite, or a database on PostgreSQL)."""
    before = len(installations.databases)
    yield installations.migrated(tmp_path / "home")
    installations.drop(keep=before)


@pytest.fixture
def new_installation(installations: _Maker, tmp_path: Path) -> Iterator[Installation]:
    """An installation on which nothing ever ran."""
    before = len(installations.databases)
    yield installations.empty(tmp_path / "home")
    installations.drop(keep=before)
