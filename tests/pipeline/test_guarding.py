"""Special data is taken out of tables block by block, as the whole column says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from klantbeeld.pipeline import staging
from klantbeeld.pipeline.guarding import Guard, runs
from klantbeeld.pipeline.staging import Staged, stage
from klantbeeld.privacy.special_rules import Ground, treatments_for
from klantbeeld.privacy.tables import SpecialPlan
from klantbeeld.quality.special.checks import is_bsn
from klantbeeld.sources.tables import ROW, Reject, Table

BSNS = [n for n in map(str, range(999_990_000, 999_999_999)) if is_bsn(n)]
OTHERS = [n for n in map(str, range(412_000_000, 412_001_000)) if not is_bsn(n)]


@pytest.fixture(autouse=True)
def home(settings: Any, tmp_path: Path) -> None:
    settings.HOME = tmp_path / "home"


def plan(**more: Any) -> SpecialPlan:
    grounds = more.pop("grounds", ())
    return SpecialPlan("crm", treatments_for("crm", grounds, "2026-11-22"), **more)


def laid(
    tmp_path: Path, columns: dict[str, list[Any]], roles: dict[str, str] | None = None,
    given: SpecialPlan | None = None, rejects: tuple[Reject, ...] = (),
) -> Staged:  # fmt: skip
    rows = len(next(iter(columns.values())))
    frame = pl.DataFrame({ROW: range(2, rows + 2), **columns})

    def frames() -> Iterator[pl.DataFrame]:
        yield frame

    table = Table("klanten", "klanten.csv", tuple(columns), frames, {}, lambda: list(rejects))
    guard = Guard(given or plan(), lambda head: roles or {})
    return stage(table, tmp_path / f"staged-{len(list(tmp_path.iterdir()))}", guard)


def column(staged: Staged, name: str) -> list[Any]:
    return staged.scan().collect()[name].to_list()


def test_a_column_of_bsns_goes_whole_mistyped_ones_too(tmp_path: Path) -> None:
    staged = laid(tmp_path, {"Nummer": [*BSNS[:30], OTHERS[0], "onbekend"], "n": list(range(32))})
    assert column(staged, "Nummer") == [None] * 31 + ["onbekend"]
    (seen,) = staged.special
    assert (seen.column, seen.kind, seen.treatment) == ("Nummer", "bsn", "block")
    assert (seen.rows, seen.count, seen.filled) == (((2, 32),), 31, 32)
    assert not staged.originals()


@pytest.mark.parametrize("dtype", [pl.Int64, pl.Float64])
def test_numbers_of_a_workbook_are_bsns_as_well(tmp_path: Path, dtype: Any) -> None:
    staged = laid(tmp_path, {"BSN": pl.Series(map(int, BSNS[:25])).cast(dtype).to_list()})
    assert column(staged, "BSN") == [None] * 25


def test_customer_numbers_and_telephones_stay(tmp_path: Path) -> None:
    phones = [f"06970{n:05}" for n in range(40)]
    staged = laid(tmp_path, {"Klantnr": OTHERS[:40], "Telefoon": phones})
    assert (column(staged, "Klantnr"), staged.special) == (OTHERS[:40], ())
    assert column(staged, "Telefoon") == phones


def test_what_was_decided_before_holds_for_a_single_row(tmp_path: Path) -> None:
    known = plan(known=frozenset({("Nummer", "bsn")}))
    assert column(laid(tmp_path, {"Nummer": [BSNS[0]]}, given=known), "Nummer") == [None]
    assert column(laid(tmp_path, {"Nummer": [BSNS[0]]}), "Nummer") == [BSNS[0]]


def test_a_judged_column_stays(tmp_path: Path) -> None:
    cleared = plan(cleared=frozenset({("Nummer", "bsn")}))
    staged = laid(tmp_path, {"Nummer": BSNS[:30]}, given=cleared)
    assert (column(staged, "Nummer"), staged.special) == (BSNS[:30], ())


def test_with_a_ground_the_column_is_kept_apart_sealed(tmp_path: Path) -> None:
    given = plan(grounds=[Ground("bsn", "crm", "2027-01-01")])
    staged = laid(tmp_path, {"BSN": BSNS[:20]}, given=given)
    assert column(staged, "BSN") == [None] * 20
    assert staged.originals()[2] == [("BSN", ("bsn",), "apart", BSNS[0])]
    assert staged.apart is not None and BSNS[0].encode() not in staged.apart.read_bytes()


def test_a_ground_that_ended_or_is_of_another_source_is_none(tmp_path: Path) -> None:
    for ground in (Ground("bsn", "crm", "2026-11-21"), Ground("bsn", "webshop", "")):
        staged = laid(tmp_path, {"BSN": BSNS[:20]}, given=plan(grounds=[ground]))
        assert staged.special[0].treatment == "block"


def test_texts_are_masked_and_their_original_holds_no_blocked_number(tmp_path: Path) -> None:
    text = f"Zijn bsn is {BSNS[0]} en hij heeft epilepsie"
    staged = laid(tmp_path, {"Opmerking": [text, "Belt morgen"]}, {"Opmerking": "note"})
    assert column(staged, "Opmerking") == ["Zijn bsn is […] en hij heeft […]", "Belt morgen"]
    (kept,) = staged.originals()[2]
    assert kept == ("Opmerking", ("health",), "mask", "Zijn bsn is […] en hij heeft epilepsie")
    assert {s.kind for s in staged.special} == {"bsn", "health"}


def test_cards_are_kept_nowhere_even_where_a_ground_is_recorded(tmp_path: Path) -> None:
    given = plan(grounds=[Ground("card", "", "")])
    staged = laid(tmp_path, {"Opmerking": ["creditcard 4111 1111 1111 1111"]},
                  {"Opmerking": "note"}, given)  # fmt: skip
    assert "4111" not in column(staged, "Opmerking")[0]
    assert staged.apart is None


def test_names_streets_and_products_are_no_topics(tmp_path: Path) -> None:
    said = {"Naam": ["Jan Monnik", "Kerkgenootschap"], "Artikel": ["Rolstoel", "Bloeddrukmeter"]}
    staged = laid(tmp_path, said, {"Naam": "full_name", "Artikel": "product_name"})
    assert (column(staged, "Naam"), column(staged, "Artikel")) == tuple(said.values())


def test_a_column_that_answers_a_special_question_goes_whole(tmp_path: Path) -> None:
    answers = ["katholiek", "moslim", "geen", "remonstrants", "nee"]
    staged = laid(tmp_path, {"Geloof": answers})
    assert column(staged, "Geloof") == [None, None, "geen", None, "nee"]
    assert len(staged.originals()) == 3


def test_a_legal_person_keeps_its_number_beside_its_name(tmp_path: Path) -> None:
    names = ["Zandloper B.V." if n % 2 else f"Fien Zandloper {n}" for n in range(40)]
    staged = laid(tmp_path, {"Bedrijfsnaam": names, "Nummer": BSNS[:40]})
    assert column(staged, "Nummer") == [BSNS[n] if n % 2 else None for n in range(40)]


def test_what_turns_out_later_is_taken_out_of_earlier_rows_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staging, "PART_ROWS", 50)
    numbers = [*[None] * 195, *BSNS[:5], *BSNS[5:105]]
    staged = laid(tmp_path, {"Nummer": numbers, "n": list(range(300))})
    assert staged.parts == 6
    assert column(staged, "Nummer") == [None] * 300
    content = b"".join(p.read_bytes() for p in staged.folder.rglob("*") if p.is_file())
    assert not [bsn for bsn in BSNS[:105] if bsn.encode() in content]
    assert staged.special[0].rows == ((197, 301),)


def test_a_broken_row_is_masked(tmp_path: Path) -> None:
    broken = Reject(40, f"K-1;Fien;{BSNS[1]};te;veel", "too_many_cells")
    staged = laid(tmp_path, {"BSN": BSNS[:20]}, rejects=(broken,))
    assert staged.rejects[0].raw == "K-1;Fien;[…];te;veel"


def test_the_same_file_has_the_same_fingerprint(tmp_path: Path) -> None:
    said = {"Opmerking": ["heeft diabetes"], "BSN": [BSNS[0]]}
    roles = {"Opmerking": "note"}
    assert laid(tmp_path, said, roles).fingerprint == laid(tmp_path, said, roles).fingerprint


def test_rows_are_told_in_runs() -> None:
    assert list(runs([5, 2, 3, 9, 4, 9])) == [(2, 5), (9, 9)]
    assert list(runs([])) == []
