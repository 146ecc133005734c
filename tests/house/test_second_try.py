"""What fails in the full run is tried once more by itself; only what passes there is forgiven."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """scripts/test.py, imported."""
    monkeypatch.syspath_prepend(str(SCRIPTS))
    found = importlib.util.spec_from_file_location("tests_script", SCRIPTS / "test.py")
    assert found and found.loader
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


def _counts(passed: int, *nodes: str) -> dict[str, object]:
    return {"passed": passed, "failed": len(nodes), "skipped": 0, "nodes": list(nodes)}


def _run(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch, first: object, *others: object
) -> object:
    left = list(others)
    monkeypatch.setattr(script, "Run", lambda *_: SimpleNamespace(counts=lambda: left.pop(0)))
    result = script.again("SQLite", first, [], "")
    assert not left, "a second try was expected"
    return result["passed"], result["failed"], result["late"], result["nodes"]


def test_what_passes_alone_is_named_late(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    got = _run(script, monkeypatch, _counts(8, "a", "b"), _counts(1, "b"))
    assert got == (9, 1, ["a"], ["b"])


def test_a_second_try_that_broke_off_forgives_nothing(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = {"passed": 0, "failed": 1, "skipped": 0, "nodes": []}
    assert _run(script, monkeypatch, _counts(9, "a"), broken) == (9, 1, [], ["a"])


def test_many_failures_are_no_late_browser(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = [str(n) for n in range(script.MOST_TRIED_AGAIN + 1)]
    assert _run(script, monkeypatch, _counts(3, *many)) == (3, len(many), [], many)
