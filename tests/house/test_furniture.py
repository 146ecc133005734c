"""The same furniture in every room: names, captions, sizes, and the actor first."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.plan import DOORS as PUBLIC
from tests.house.plan import PACKAGE, ROOT, named, rooms, sources, tree

FILE_LINES, FUNCTION_LINES, PARAMETERS = 400, 40, 6
CAPTION_LENGTH = 100
# Declared lists, exempt by name: they are data that happens to be spelled in Python.
DATA_FILES = frozenset({"klantbeeld/sources/recognise/vocabulary.py"})
VAGUE = frozenset({"manager", "managers", "helper", "helpers", "util", "utils", "handler",
                   "handlers", "misc", "common_functions"})  # fmt: skip
Function = ast.FunctionDef | ast.AsyncFunctionDef

FILES = list(sources())


def functions(module: ast.Module) -> Iterator[Function]:
    """Every function, also inside classes and functions."""
    return (node for node in ast.walk(module) if isinstance(node, Function))


def length(function: Function) -> int:
    """Lines of a function from `def` to its last, without the docstring."""
    lines = (function.end_lineno or 0) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function) is not None:
        lines -= (first.end_lineno or 0) - first.lineno + 1
    return lines


def parameters(function: Function) -> int:
    """Named parameters without self and cls."""
    arguments = function.args
    names = [a.arg for a in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]
    return len([n for n in names if n not in ("self", "cls")])


def test_the_measures_measure() -> None:
    text = (
        'def f(self, a, *, b):\n    """One.\n\n    Two.\n    """\n    return (\n        a\n    )\n'
    )
    (function,) = functions(ast.parse(text))
    assert (length(function), parameters(function)) == (4, 2)
    assert FILES


@pytest.mark.parametrize("path", FILES, ids=named)
def test_a_file_is_short_and_so_are_its_functions(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= FILE_LINES or named(path) in DATA_FILES, f"{lines} lines"
    is_command = path.parent.name == "commands"  # their parameters are options
    for function in functions(tree(path)):
        where = f"{named(path)}:{function.lineno} {function.name}"
        assert length(function) <= FUNCTION_LINES, f"{where}: {length(function)} lines"
        assert is_command or parameters(function) <= PARAMETERS, (
            f"{where}: {parameters(function)} parameters"
        )


@pytest.mark.parametrize("path", FILES, ids=named)
def test_a_file_says_what_it_is_for(path: Path) -> None:
    caption = ast.get_docstring(tree(path)) or ""
    if path.name == "__init__.py" and not tree(path).body:
        return
    first = caption.split("\n")[0]
    assert first.endswith((".", ":", "?")) or "\n" in caption, f"no caption: {first!r}"
    assert len(first) <= CAPTION_LENGTH


@pytest.mark.parametrize("room", rooms())
def test_a_room_has_one_line_of_caption_and_nothing_else(room: str) -> None:
    body = tree(PACKAGE / room / "__init__.py").body
    # The engine is a library of its own: its functions are imported from the package itself.
    assert len(body) == 1 or room == "engine"
    caption = ast.get_docstring(tree(PACKAGE / room / "__init__.py"))
    assert caption
    assert "\n" not in caption or room == "engine"


@pytest.mark.parametrize("path", FILES, ids=named)
def test_no_name_says_nothing(path: Path) -> None:
    assert path.stem not in VAGUE
    assert path.parent.name not in VAGUE
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ClassDef):
            words = {w.lower() for w in re.findall(r"[A-Z][a-z]+", node.name)}
            assert not words & VAGUE, node.name


DOORS = [
    path
    for path in FILES
    if path.parent.parent == PACKAGE and path.parent.name in rooms() and path.stem in PUBLIC
]


@pytest.mark.parametrize("path", [*DOORS, *(PACKAGE / "core").glob("*.py")], ids=named)
def test_public_names_explain_themselves(path: Path) -> None:
    for node in tree(path).body:
        if isinstance(node, Function | ast.ClassDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), f"{named(path)}:{node.lineno} {node.name}"


def spoken_for(path: Path) -> list[Function]:
    """The public functions of a reads or actions module that do not take an actor first."""
    found = []
    for node in tree(path).body:
        if isinstance(node, Function) and not node.name.startswith("_"):
            first = (node.args.posonlyargs + node.args.args)[:1]
            annotation = first[0].annotation if first else None
            is_actor = isinstance(annotation, ast.Name) and annotation.id == "Actor"
            if not (first and first[0].arg == "actor" and is_actor):
                found.append(node)
    return found


def guarded(path: Path) -> list[str]:
    """The public functions of a reads or actions module without a permission."""
    return [
        node.name
        for node in tree(path).body
        if isinstance(node, Function)
        and not node.name.startswith("_")
        and not any(
            isinstance(d, ast.Call) and isinstance(d.func, ast.Name) and d.func.id == "needs"
            for d in node.decorator_list
        )
    ]


# The permission layer itself, and what a screen asks about its own user.
ACTORLESS = frozenset({"klantbeeld/accounts/reads.py needs"})
UNGUARDED = frozenset({"visible", "may", "may_of_everybody", "permissions"})


@pytest.mark.parametrize("path", [p for p in DOORS if p.stem in ("reads", "actions")], ids=named)
def test_the_actor_comes_first_and_needs_a_permission(path: Path) -> None:
    for function in spoken_for(path):
        assert f"{named(path)} {function.name}" in ACTORLESS, f"{function.name} knows no actor"
    for name in guarded(path):
        allowed = name in UNGUARDED or f"{named(path)} {name}" in ACTORLESS
        assert allowed, f"{name} asks for no permission"


def test_the_search_for_the_actor_finds_what_it_looks_for(tmp_path: Path) -> None:
    path = tmp_path / "reads.py"
    path.write_text("def a(actor: Actor): ...\ndef b(customer: int): ...\ndef _c(x): ...\n")
    assert [f.name for f in spoken_for(path)] == ["b"]
    assert guarded(path) == ["a", "b"]


@pytest.mark.parametrize(
    "path", [p for p in FILES if p.stem == "rules" and p.parent.parent == PACKAGE], ids=named
)
def test_rules_are_pure(path: Path) -> None:
    for node in ast.walk(tree(path)):
        names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        assert not [n for n in names if n.split(".")[0] == "django"], named(path)


def test_tests_mirror_the_code() -> None:
    for path in (ROOT / "tests").glob("*/test_*.py"):
        assert (ast.get_docstring(tree(path)) or "").strip(), f"{named(path)} has no caption"
