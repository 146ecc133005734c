"""Every library that is imported is declared: by the product, an extra, or the developers' group."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.house.plan import ROOT

OWN = frozenset({"klantbeeld", "tests", "benchmarks", "scripts"})
FOLDERS = ("klantbeeld", "scripts", "tests", "benchmarks")


def plain(requirement: str) -> str:
    """'psycopg[binary]>=3.2' as 'psycopg', names in their normal form."""
    name = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert name, requirement
    return re.sub(r"[-_.]+", "-", name.group()).lower()


@cache
def declared() -> dict[str, set[str]]:
    """'product' (with its extras) and 'all' (with the groups): distributions by normal name."""
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    project, groups = told["project"], told["dependency-groups"]
    extras = [r for extra in project["optional-dependencies"].values() for r in extra]
    product = {plain(r) for r in (*project["dependencies"], *extras)}
    return {"product": product, "all": product | {plain(r) for g in groups.values() for r in g}}


def imported(source: str) -> Iterator[str]:
    """Top names of the packages that a text imports, wherever in it."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "importorskip":
            yield from (str(a.value).split(".")[0] for a in node.args
                        if isinstance(a, ast.Constant))  # fmt: skip


def foreign(path: Path) -> set[str]:
    """What a file imports that is neither Python's nor the project's own."""
    siblings = (
        {p.stem for p in path.parent.glob("*.py")} if path.parent.name == "scripts" else set()
    )
    known = OWN | set(sys.stdlib_module_names) | siblings
    return set(imported(path.read_text(encoding="utf-8"))) - known


@cache
def providers() -> Mapping[str, list[str]]:
    """Which distributions bring a package; asking takes a good part of a second."""
    return packages_distributions()


def undeclared(names: set[str], allowed: set[str]) -> set[str]:
    """The imported names of which no distribution is declared; an absent one counts as such."""
    return {n for n in names if not {plain(d) for d in providers().get(n, [n])} & allowed}


def test_the_search_finds_what_is_not_declared() -> None:
    text = "import polars.selectors\ndef f():\n    from docx import Document\nimport os, nowhere"
    assert set(imported(text)) == {"polars", "docx", "os", "nowhere"}
    assert undeclared({"polars", "docx", "nowhere"}, declared()["product"]) == {"nowhere"}
    assert undeclared({"pytest"}, declared()["product"]) == {"pytest"}
    assert undeclared({"pytest", "yaml"}, declared()["all"]) == set()
    assert plain("django-stubs[compatible-mypy]>=5.2") == "django-stubs"


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_import_is_declared(folder: str) -> None:
    # What is installed with the product may not need what only developers have.
    allowed = declared()["product" if folder == "klantbeeld" else "all"]
    found = {path: foreign(path) for path in (ROOT / folder).rglob("*.py")}
    assert any(found.values())
    lacking = {
        path.relative_to(ROOT).as_posix(): names
        for path, imports in found.items()
        if (names := undeclared(imports, allowed))
    }
    assert lacking == {}
