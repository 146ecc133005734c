"""`klantbeeld resolve FILE`: one line of JSON, files of every kind, a truth that is not looked at."""

from __future__ import annotations

import json
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from benchmarks.families import simulate
from klantbeeld import cli
from klantbeeld.identity.core import reading, resolution

Resolve = Callable[..., dict[str, Any]]
FIGURES = {"precision", "recall", "f1", "b_cubed_f1", "exact_clusters"}
PLAIN = {"records", "customers", "households", "candidate_pairs", "seconds", "cpu_seconds"}


@pytest.fixture
def resolve(capfd: pytest.CaptureFixture[str]) -> Resolve:
    """Runs the command and reads its one line; no database, no Django."""

    def run(*arguments: object) -> dict[str, Any]:
        assert cli.run(["resolve", *map(str, arguments)]) == 0, capfd.readouterr().err
        (line,) = capfd.readouterr().out.splitlines()
        read: dict[str, Any] = json.loads(line)
        return read

    return run


@pytest.fixture(scope="module")
def base() -> pl.DataFrame:
    """Three thousand invented people with their truth, as text."""
    made = simulate(3000, seed=11)
    return made.frame.with_columns(pl.Series("who", made.person).cast(pl.String))


def test_one_line_tells_what_was_found_and_what_it_cost(
    resolve: Resolve, base: pl.DataFrame, tmp_path: Path
) -> None:
    base.write_parquet(tmp_path / "people.parquet")
    out = tmp_path / "clusters.parquet"
    said = resolve(tmp_path / "people.parquet", "--out", out, "--truth", "who")
    assert PLAIN | FIGURES | {"peak_mb", "thresholds"} == set(said)
    assert said["records"] == len(base)
    assert said["f1"] > 0.8
    clusters = pl.read_parquet(out)
    assert clusters.columns == ["row", "customer", "household"]
    assert clusters["customer"].n_unique() == said["customers"]
    assert set(said["thresholds"]["person"]) == {"same", "loose", "review", "household", "names"}


def test_the_table_is_not_held_while_it_is_matched(
    resolve: Resolve, base: pl.DataFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Which would be a third more memory: see `resolution.values_of`."""
    base.write_parquet(tmp_path / "people.parquet")
    held: list[weakref.ref[pl.DataFrame]] = []
    read, match = reading.plain, resolution.match_values

    def seen(frame: pl.DataFrame) -> pl.DataFrame:
        found = read(frame)
        held.append(weakref.ref(found))
        return found

    def matched(given: pl.DataFrame) -> pl.DataFrame:
        assert held
        assert not any(table() for table in held)
        return match(given)

    monkeypatch.setattr(reading, "plain", seen)
    monkeypatch.setattr(resolution, "match_values", matched)
    assert resolve(tmp_path / "people.parquet")["records"] == len(base)


def test_the_truth_is_never_looked_at(resolve: Resolve, base: pl.DataFrame, tmp_path: Path) -> None:
    """Under a name that would be matched by, shuffled, or away: the answer is the same."""
    told = base.rename({"who": "customer_number"})
    shuffled = told.with_columns(pl.col("customer_number").shuffle(seed=3))
    found, figures = [], []
    for name, table in (("a", told), ("b", shuffled)):
        table.write_csv(tmp_path / f"{name}.csv")
        out = tmp_path / f"{name}.parquet"
        figures.append(
            resolve(tmp_path / f"{name}.csv", "--truth", "customer_number", "--out", out)
        )
        found.append(pl.read_parquet(out))
    base.drop("who").write_csv(tmp_path / "c.csv")
    figures.append(resolve(tmp_path / "c.csv", "--out", tmp_path / "c.parquet"))
    found.append(pl.read_parquet(tmp_path / "c.parquet"))
    assert found[0].equals(found[1])
    assert found[0].equals(found[2])
    assert figures[0]["f1"] > 0.8 > 0.1 > figures[1]["f1"]
    assert figures[2]["candidate_pairs"] == figures[0]["candidate_pairs"]
    assert FIGURES.isdisjoint(figures[2])


ROWS = """Voornaam;Tussenv.;Achternaam;Geb.datum;E-mailadres;Straat;Huisnr;Postcode;Nom
Fien;van der;Zandlöper;31-01-1980;fien@example.com;Molenstraat;12;1234 AB;Zandlöper
F.;v.d.;Zandlöper;31-01-1980;fien@example.com;Molenstr.;12;1234AB;Zandlöper
Bas;;Korenwolf;14-02-1975;bas@example.com;Kade;3;9876 ZX;Korenwolf
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_dutch_headings_and_any_encoding(resolve: Resolve, tmp_path: Path, encoding: str) -> None:
    (tmp_path / "klanten.csv").write_text(ROWS, encoding=encoding)
    out = tmp_path / "out.csv"
    assert resolve(tmp_path / "klanten.csv", "--out", out)["customers"] == 2
    assert out.read_text(encoding="utf-8").splitlines()[1:3] == ["0,0,", "1,0,"]


def test_a_workbook_and_lines_of_json(resolve: Resolve, tmp_path: Path) -> None:
    (tmp_path / "klanten.csv").write_text(ROWS, encoding="utf-8")
    table = pl.read_csv(tmp_path / "klanten.csv", separator=";", infer_schema=False)
    table.write_excel(tmp_path / "klanten.xlsx")
    table.write_ndjson(tmp_path / "klanten.jsonl")
    for name in ("klanten.xlsx", "klanten.jsonl"):
        out = tmp_path / "out.jsonl"
        assert resolve(tmp_path / name, "--out", out)["customers"] == 2
        assert json.loads(out.read_text().splitlines()[1])["customer"] == 0


def test_a_row_that_cannot_be_read_keeps_its_place(resolve: Resolve, tmp_path: Path) -> None:
    lines = ROWS.splitlines()
    lines.insert(2, "a;b;c;d;e;f;g;h;i;j;k")
    (tmp_path / "klanten.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    out = tmp_path / "out.parquet"
    assert resolve(tmp_path / "klanten.csv", "--out", out)["records"] == 4
    assert pl.read_parquet(out)["customer"].to_list() == [0, 1, 0, 3]


def test_columns_kind_model_and_explanation(resolve: Resolve, tmp_path: Path) -> None:
    file, model = tmp_path / "klanten.csv", tmp_path / "model.json"
    file.write_text(ROWS.replace("Achternaam", "Wort"), encoding="utf-8")
    said = resolve(file, "--columns", "Nom=surname", "--save-model", model, "--explain", 0, 1)
    assert said["explanation"]["is_one"]
    fields = {field["name"]: field for field in said["explanation"]["fields"]}
    assert fields["surname"]["words"] == "surname.equal"
    assert resolve(file, "--columns", "Nom=surname", "--model", model)["customers"] == 2
    firms = resolve(file, "--columns", "Nom=organisation_name", "--kind", "organisation")
    assert set(firms["thresholds"]) == {"organisation"}


def test_the_table_with_its_customers(resolve: Resolve, tmp_path: Path) -> None:
    (tmp_path / "klanten.csv").write_text(ROWS, encoding="utf-8")
    resolve(tmp_path / "klanten.csv", "--to", tmp_path / "more.csv")
    told = pl.read_csv(tmp_path / "more.csv")
    assert told.columns[-2:] == ["customer", "household"]
    assert told["Voornaam"].to_list() == ["Fien", "F.", "Bas"]


def test_a_result_is_replaced_whole_or_not_at_all(
    resolve: Resolve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, out = tmp_path / "klanten.csv", tmp_path / "out.parquet"
    file.write_text(ROWS, encoding="utf-8")
    out.write_text("before")

    def stop(_frame: pl.DataFrame, path: Path) -> None:
        path.write_text("half")
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(pl.DataFrame, "write_parquet", stop)
        assert cli.run(["resolve", str(file), "--out", str(out)]) == 2
    assert out.read_text() == "before"
    assert {path.name for path in tmp_path.iterdir()} == {"klanten.csv", "out.parquet"}


def test_nothing_but_a_line_of_names(resolve: Resolve, tmp_path: Path) -> None:
    (tmp_path / "none.csv").write_text("first_name,surname,email\n")
    said = resolve(tmp_path / "none.csv", "--out", tmp_path / "out.csv")
    assert (said["records"], said["customers"], said["candidate_pairs"]) == (0, 0, 0)


@pytest.mark.parametrize(
    ("more", "code", "says"),
    [
        (("--out", "out.xlsx"), 2, "must end in .parquet"),
        (("--out", "nowhere/out.csv"), 2, "no folder"),
        (("--out", "klanten.csv"), 2, "what is read"),
        (("--out", "a.csv", "--to", "a.csv"), 2, "one file"),
        (("--truth", "wie"), 2, "no column 'wie'"),
        (("--columns", "wie=surname"), 2, "no column 'wie'"),
        (("--columns", "Nom=nom"), 2, "no role"),
        (("--columns", "Nom"), 2, "theirs=ours"),
        (("--kind", "dog"), 2, "person or organisation"),
        (("--model", "none.json"), 2, "no model"),
        (("--model", "klanten.csv"), 1, "not a model"),
        (("--explain", "0", "9"), 1, "no row 9"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    more: tuple[str, ...],
    code: int,
    says: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("klanten.csv").write_text(ROWS, encoding="utf-8")
    assert cli.run(["resolve", "klanten.csv", *more]) == code
    told = capfd.readouterr()
    assert says in told.err
    assert len(told.err.strip().splitlines()) == 1
    assert not told.out


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("colours.csv", b"colour;shoe\nred;41\nblue;42\n", "No column is known"),
        ("bytes.csv", bytes(range(256)) * 40, "bytes.csv"),
        ("empty.csv", b"", "empty"),
        ("broken.parquet", b"PAR1 and nothing", "cannot be read"),
        ("broken.xlsx", b"PK\x03\x04 and nothing", "broken.xlsx"),
    ],
)
def test_a_file_that_cannot_be_used_is_told(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], name: str, content: bytes, says: str
) -> None:
    (tmp_path / name).write_bytes(content)
    assert cli.run(["resolve", str(tmp_path / name)]) == 1
    told = capfd.readouterr().err
    assert says in told
    assert "fault in Klantbeeld" not in told


def test_relations_of_organisations_stand_beside_the_clusters(
    resolve: Resolve, tmp_path: Path
) -> None:
    rows = [
        {
            "company": "Korenbloem B.V.",
            "website": "korenbloem.example.nl",
            "postcode": "3511AA",
            "huisnummer": "1",
        },
        {
            "company": "Korenbloem Zwolle",
            "website": "korenbloem.example.nl",
            "postcode": "8011CC",
            "huisnummer": "2",
        },
    ]
    pl.DataFrame(rows).write_csv(tmp_path / "firms.csv")
    said = resolve(
        tmp_path / "firms.csv", "--kind", "organisation", "--out", tmp_path / "found.csv"
    )
    assert said["relations"] == 1
    (line,) = pl.read_csv(tmp_path / "found.relations.csv").to_dicts()
    assert line == {"customer": 1, "other": 0, "relation": "parent", "because": "domain"}
