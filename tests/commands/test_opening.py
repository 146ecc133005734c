"""Commands open the house before they ask a room of it anything: rooms import nothing before."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import klantbeeld.commands

HERE = Path(klantbeeld.commands.__file__).parent


def too_early(path: Path) -> Iterator[str]:
    """Lines on which a function that opens the house imports a room before it did."""
    for function in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(function, ast.FunctionDef):
            continue
        called = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
        opened = [c.lineno for c in called if ast.unparse(c.func) == "open_house"]
        for node in ast.walk(function):
            if isinstance(node, ast.ImportFrom) and node.module and opened:
                is_room = node.module.startswith("klantbeeld.") and ".commands" not in node.module
                if is_room and node.lineno < min(opened):
                    yield f"{path.name}:{node.lineno} {function.name}: {node.module}"


def test_no_command_asks_a_room_before_the_house_is_open() -> None:
    assert [line for path in sorted(HERE.glob("*.py")) for line in too_early(path)] == []


def test_special_list_in_a_process_of_its_own(tmp_path: Path) -> None:
    env = {k: v for k, v in os.environ.items() if not k.startswith(("DJANGO_", "KLANTBEELD_"))}
    done = subprocess.run(
        [sys.executable, "-m", "klantbeeld", "special", "list"],
        env=env | {"KLANTBEELD_HOME": str(tmp_path / "home")},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert "No special data" in done.stdout
