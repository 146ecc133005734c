"""The plan of the house as .importlinter states it, and the source files the tests walk."""

from __future__ import annotations

import ast
import configparser
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "klantbeeld"
ABOVE = ("__main__", "cli", "commands", "asgi", "urls", "settings")
DOORS = frozenset({"actions", "reads", "models", "tables", "errors"})
# Their modules are free: every floor may use any of them.
FREE = frozenset({"core", "engine"})


@cache
def floors() -> dict[str, int]:
    """Part of the package (a room, or a file at its root) to its floor; higher is higher up."""
    parser = configparser.ConfigParser()
    parser.read(ROOT / ".importlinter", encoding="utf-8")
    lines = parser["importlinter:contract:floors"]["layers"].split("\n")
    stacked = [line for line in map(str.strip, lines) if line]
    return {
        name.strip(): len(stacked) - height
        for height, line in enumerate(stacked)
        for name in line.split("|")
    }


def rooms() -> list[str]:
    """The rooms: floors without the files at the root."""
    return [name for name in floors() if name not in ABOVE]


def part_of(module: str) -> str:
    """`klantbeeld.identity.core.em` belongs to `identity`."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else ""


def goes_up(importer: str, imported: str) -> bool:
    """Whether the part `importer` may not know `imported`: it is higher, or beside it."""
    height = floors()
    return importer != imported and height[imported] >= height[importer]


def sources(under: Path = PACKAGE) -> Iterator[Path]:
    """Every Python file of the package but migrations."""
    for path in sorted(under.rglob("*.py")):
        if "migrations" not in path.parts:
            yield path


@cache
def tree(path: Path) -> ast.Module:
    """A file's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"))


def named(path: Path) -> str:
    """A file as it is named in a failure."""
    return path.relative_to(ROOT).as_posix()
