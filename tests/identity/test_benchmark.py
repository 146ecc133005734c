"""The benchmark judges fairly: tools see no truth, what is absent is named, each costs its own."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import polars as pl
import pytest

from benchmarks.identity import __main__ as benchmark
from benchmarks.identity.peer_table import peer_table
from benchmarks.identity.sets import Set, sets, simulated


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_ours_runs_in_a_process_that_sees_no_truth(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = simulated("customers", 400, 1)
    figures = benchmark.ours(given, tmp_path)
    assert set(pl.read_parquet(tmp_path / "given.parquet").columns) == set(given.frame.columns)
    assert {"person", "household", "truth"}.isdisjoint(given.frame.columns)
    (line,) = lines(capsys)
    assert (line["set"], line["tool"], line["records"]) == ("customers_400", "klantbeeld", 400)
    assert line["f1"] == figures["f1"]
    assert figures["cpu_seconds"] >= figures["work_cpu_seconds"] > 0
    assert figures["peak_mb"] > 50


def test_peers_get_no_truth_either() -> None:
    table = peer_table(simulated("families", 400, 1))
    assert {"person", "household", "truth", "cluster"}.isdisjoint(table.columns)
    assert table["row"].to_list() == list(range(len(table)))
    assert table["dob"].drop_nulls().str.contains(r"^\d{4}-\d\d-\d\d$").all()


def test_a_peer_that_is_not_installed_is_left_out_by_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    given = Set("none", pl.DataFrame(), pl.Series([], dtype=pl.Int64))
    assert benchmark.peer(given, "febrl3", tmp_path) is None
    (line,) = lines(capsys)
    assert line["tool"] == "splink"
    assert "not installed" in str(line["absent"])


def test_a_process_that_fails_tells_why(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="There is no file"):
        benchmark.spent_by("klantbeeld", "resolve", str(tmp_path / "nothing.parquet"))


def test_an_absent_set_is_left_out_by_name(tmp_path: Path) -> None:
    ((name, why),) = sets(tmp_path, [], None, ["febrl3"])
    assert name == "febrl3"
    assert "no such file" in str(why)


@pytest.mark.slow
def test_splink_is_judged_on_its_own_settings(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("splink", reason="needs splink: pip install --group bench")
    given = simulated("families", 2_000, 1)
    peer_table(given).write_parquet(tmp_path / "peer.parquet")
    figures = benchmark.peer(given, "without_address", tmp_path)
    (line,) = lines(capsys)
    assert figures is not None, line
    assert 0.4 < figures["f1"] <= 1
    assert figures["cpu_seconds"] > 1
