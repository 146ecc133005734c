"""The frame of the commands: help, exit codes, one sentence, no values in it."""

from __future__ import annotations

import errno
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.main import get_command

from klantbeeld.cli import app
from klantbeeld.commands.frame import FAILED, WRONG_USAGE, exit_code_of
from tests.installation import Installation, Said


def _commands() -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    for name, command in get_command(app).commands.items():  # type: ignore[attr-defined]
        found.append((name,))
        found += [(name, inner) for inner in getattr(command, "commands", {})]
    return found


@pytest.mark.parametrize("path", _commands(), ids=" ".join)
def test_every_command_and_option_explains_itself(path: tuple[str, ...]) -> None:
    command = get_command(app)
    for name in path:
        command = command.commands[name]  # type: ignore[attr-defined]
    assert command.help
    for parameter in command.params:
        assert getattr(parameter, "help", None), (path, parameter.name)


def test_help_needs_neither_django_nor_a_home(tmp_path: Path) -> None:
    code = (
        "import sys; from klantbeeld.cli import run; code = run(['--help']); "
        "sys.exit(code or 'django' in sys.modules)"
    )
    environment = {**os.environ, "KLANTBEELD_HOME": str(tmp_path / "home")}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "serve" in done.stdout
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize(
    "arguments",
    [["nosuch"], ["user", "add"], ["serve", "--port", "0"], ["check", "--nosuch"]],
)
def test_wrong_usage_is_code_2(command: Callable[..., Said], arguments: list[str]) -> None:
    said = command(*arguments, code=2)
    assert len(said.stderr.strip().splitlines()) <= 1


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (OSError(errno.ENOSPC, "No space left", "/secret/Anna.csv"), WRONG_USAGE, "disk is full"),
        (PermissionError(errno.EACCES, "Permission denied", "/a/b.csv"), WRONG_USAGE, "b.csv"),
        (KeyboardInterrupt(), FAILED, "goes on where"),
        (ValueError("anna@example.com is not a number"), FAILED, "ValueError"),
    ],
)
def test_an_error_is_one_sentence_without_values(
    capsys: pytest.CaptureFixture[str], error: BaseException, code: int, words: str
) -> None:
    assert exit_code_of(error) == code
    said = capsys.readouterr().err
    assert words in said
    assert "anna@" not in said
    assert len(said.strip().splitlines()) == 1


def test_a_home_that_cannot_be_written_is_told(new_installation: Installation) -> None:
    new_installation.home.write_text("a file where the folder should be", encoding="utf-8")
    said = new_installation.run("check", code=2)
    assert "KLANTBEELD_HOME" in said.stderr


@pytest.mark.alike
@pytest.mark.parametrize("url", ["nonsense://x", "postgresql://nobody@127.0.0.1:1/nothing"])
def test_a_database_that_is_not_there_is_told(installation: Installation, url: str) -> None:
    said = installation.run("check", code=2, KLANTBEELD_DATABASE_URL=url)
    assert len(said.stderr.strip().splitlines()) == 1


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _get(url: str) -> str | None:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return str(answer.read().decode())
    except OSError:
        return None


def test_serve_answers_works_and_stops(installation: Installation) -> None:
    port = _free_port()
    serving = installation.start("serve", "--port", str(port))
    try:
        deadline = time.monotonic() + 60
        while not (healthy := _get(f"http://127.0.0.1:{port}/healthz")):
            assert time.monotonic() < deadline
            assert serving.poll() is None, serving.communicate()
            time.sleep(0.2)
        assert '"ok"' in healthy
        while "klantbeeld_worker_up 1" not in (_get(f"http://127.0.0.1:{port}/metrics") or ""):
            assert time.monotonic() < deadline
            time.sleep(0.5)
        second = installation.run("serve", "--port", str(port), code=2)
        assert "choose another --port" in second.stderr
    finally:
        serving.terminate()
        output, _ = serving.communicate(timeout=30)
    if os.name != "nt":
        assert serving.returncode == 0
        assert output.splitlines()[-1] == "Stopped."


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_serve_refuses_to_be_open_without_tls(command: Callable[..., Said], host: str) -> None:
    assert "unsafe" in command("serve", "--host", host, code=2).stderr
