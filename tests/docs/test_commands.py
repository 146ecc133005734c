"""docs/commands.md names every command and every option, and nothing that is not there."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from typing import Any

import pytest
from typer.main import get_command

from klantbeeld.cli import app
from tests.docs.pages import DOCS, coded, first_codes, rows, sections, text

PAGE = DOCS / "commands.md"


def commands(command: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Full name and command, of everything that does something."""
    nested = getattr(command, "commands", None)
    if nested is None:
        yield path, command
        return
    for name, part in nested.items():
        yield from commands(part, f"{path} {name}")


COMMANDS = dict(commands(get_command(app), "klantbeeld"))
DESCRIBED = {name: part for name, part in sections(PAGE).items() if name.startswith("klantbeeld")}


def options(command: Any) -> set[str]:
    """The long names of a command's options."""
    named = [p for p in command.params if p.param_type_name == "option"]
    return {name for p in named for name in (*p.opts, *p.secondary_opts) if name.startswith("--")}


def test_there_are_commands() -> None:
    assert {"klantbeeld import", "klantbeeld user add"} <= set(COMMANDS)
    assert "--undo" in options(COMMANDS["klantbeeld import"])


def test_every_command_is_described_and_no_other() -> None:
    assert set(DESCRIBED) == set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_described_and_no_other(name: str) -> None:
    assert first_codes(DESCRIBED[name]) == options(COMMANDS[name]) - {"--help"}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_explained(name: str) -> None:
    for row in rows(DESCRIBED[name]):
        assert coded(row[0]) and row[1], row


def shown(part: str) -> list[list[str]]:
    """The example commands in a text, word by word."""
    blocks = re.findall(r"^```[a-z]*\n(.*?)^```", part, re.MULTILINE | re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines()]
    return [shlex.split(line) for line in lines if line.startswith("klantbeeld ")]


def problems(words: list[str]) -> list[str]:
    """What in an example command does not exist."""
    known = [" ".join(words[:n]) for n in (3, 2) if " ".join(words[:n]) in COMMANDS]
    if not known:
        return [" ".join(words[:3])]
    allowed = options(COMMANDS[known[0]]) | {"--help"}
    given = {word.split("=")[0] for word in words if word.startswith("--")}
    return sorted(given - allowed)


def test_the_search_for_problems_finds_them() -> None:
    assert problems(["klantbeeld", "fly"]) == ["klantbeeld fly"]
    assert problems(["klantbeeld", "import", "x", "--fast"]) == ["--fast"]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_an_example_that_can_be_given(name: str) -> None:
    examples = shown(DESCRIBED[name])
    assert any(" ".join(words).startswith(name) for words in examples)
    assert [found for words in examples for found in problems(words)] == []


@pytest.mark.parametrize("page", ["README.md", *(p.name for p in DOCS.glob("*.md"))])
def test_commands_on_other_pages_can_be_given(page: str) -> None:
    path = DOCS / page if (DOCS / page).exists() else DOCS.parent / page
    blocks = re.findall(r"^```[a-z]*\n(.*?)^```", text(path), re.MULTILINE | re.DOTALL)
    lines = [line.removeprefix("$ ").split("#")[0] for b in blocks for line in b.splitlines()]
    given = [shlex.split(line) for line in lines if line.startswith("klantbeeld ")]
    assert [found for words in given for found in problems(words)] == []
