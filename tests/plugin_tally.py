"""Counts for scripts/test.py, and the rule that a run in CI skips nothing silently."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.plugin_needs import may_skip

PASSED = ("passed", "xpassed")
FAILED = ("failed", "error")
SKIPPED = ("skipped", "xfailed")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Where the counts go."""
    parser.getgroup("klantbeeld").addoption(
        "--tally", metavar="FILE", help="write the counts of this run as JSON to FILE"
    )


def _in_ci() -> bool:
    return os.environ.get("CI", "").lower() in {"1", "true", "yes"}


class Tally:
    """Watches one run; in CI a forbidden skip makes it fail."""

    def __init__(self, file: str | None) -> None:
        self.file = file
        self.forbidden: list[str] = []

    @pytest.hookimpl
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note a skip that CI does not allow."""
        if report.skipped and not hasattr(report, "wasxfail") and not may_skip(report):
            self.forbidden.append(report.nodeid)

    @pytest.hookimpl
    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Note a whole module that was skipped."""
        if report.skipped and not may_skip(report):
            self.forbidden.append(report.nodeid)

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Fail the run for a forbidden skip."""
        if _in_ci() and self.forbidden and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    @pytest.hookimpl
    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Name the forbidden skips and write the counts."""
        stats = terminalreporter.stats
        forbidden = self.forbidden if _in_ci() else []
        for nodeid in forbidden:
            terminalreporter.write_line(f"SKIPPED IN CI {nodeid}", red=True)
        if self.file:
            failed = [report.nodeid for kind in FAILED for report in stats.get(kind, ())]
            nodes = list(dict.fromkeys([*failed, *forbidden]))
            counts = {
                "passed": sum(len(stats.get(k, ())) for k in PASSED),
                "failed": len(nodes),
                "skipped": sum(len(stats.get(k, ())) for k in SKIPPED) - len(forbidden),
                "nodes": nodes,
            }
            Path(self.file).write_text(json.dumps(counts), encoding="utf-8")


def pytest_configure(config: pytest.Config) -> None:
    """Only the process that reports counts; workers send it their reports."""
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Tally(config.getoption("--tally")), "klantbeeld-tally")
