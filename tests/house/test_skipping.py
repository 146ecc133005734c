"""In CI a skipped test is a failed run, unless only the public data sets are absent."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from tests import plugin_needs
from tests.plugin_tally import Tally


def _report(*keywords: str) -> pytest.TestReport:
    return pytest.TestReport(
        nodeid="tests/x.py::test_x", location=("tests/x.py", 1, "test_x"), outcome="skipped",
        keywords=dict.fromkeys(keywords, 1), longrepr=("x.py", 1, "why"), when="setup",
    )  # fmt: skip


def _exit_status(monkeypatch: pytest.MonkeyPatch, ci: str, *keywords: str) -> int:
    monkeypatch.setenv("CI", ci)
    watching = Tally(None)
    watching.pytest_runtest_logreport(_report(*keywords))
    session = SimpleNamespace(exitstatus=pytest.ExitCode.OK)
    watching.pytest_sessionfinish(session)  # type: ignore[arg-type]
    return int(session.exitstatus)


@pytest.mark.parametrize(
    ("ci", "keywords", "status"),
    [
        ("true", ("browser",), 1),
        ("true", (), 1),
        ("true", ("data",), 0),
        ("", ("browser",), 0),
    ],
)
def test_a_skip_without_the_data_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, ci: str, keywords: tuple[str, ...], status: int
) -> None:
    monkeypatch.setattr(plugin_needs, "DATA", tmp_path / "absent")
    assert _exit_status(monkeypatch, ci, *keywords) == status


def test_with_the_data_folder_no_test_may_be_skipped(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(plugin_needs, "DATA", tmp_path)
    assert _exit_status(monkeypatch, "true", "data") == 1
