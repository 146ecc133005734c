"""Columns: BSN told from RSIN, old VAT numbers, cards, IBANs, documents, and from chance."""

from __future__ import annotations

import random
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.special import values
from benchmarks.special.tables import guarded_cases, numeric_cases, rsin_by_names
from klantbeeld.quality.special.checks import is_bsn
from klantbeeld.quality.special.columns import guarded_column, guarded_columns
from klantbeeld.quality.special.kinds import Certainty


def kinds(cells: list[Any], heading: str = "nr", names: list[str] | None = None) -> list[str]:
    beside = pl.Series("naam", names) if names else None
    return [f.kind.value for f in guarded_column(pl.Series(heading, cells), None, beside)]


BSNS = random.Random(1).sample(values.TEST_BSNS, 25)
RSINS = [values.rsin(random.Random(n)) for n in range(25)]


@pytest.mark.parametrize("heading", ["nr", "Klantnummer", "BSN", "Ordernummer"])
@pytest.mark.parametrize(
    "write",
    [
        str,
        int,
        float,
        lambda n: f"{n}.0",
        lambda n: f"'{n}",
        lambda n: f"BSN {n}",
        lambda n: f"{n[:4]}.{n[4:6]}.{n[6:]}",
        lambda n: " ".join(n),
    ],
)
def test_a_column_of_bsns_however_written(heading: str, write: Any) -> None:
    assert kinds([write(n) for n in BSNS], heading) == ["bsn"]


def test_four_of_five_are_enough_and_few_are_not() -> None:
    wrong = [str(n) for n in range(123456790, 123456900) if not is_bsn(str(n))]
    assert kinds([*BSNS[:20], *wrong[:5]]) == ["bsn"]
    assert kinds([*BSNS[:4], *wrong[:21]]) == []


def test_empty_cells_do_not_count() -> None:
    cells = [*BSNS[:20], *[None, "", "n.v.t.", "onbekend", "000000000"] * 6]
    found = guarded_column(pl.Series("x", cells))
    assert [(f.filled, f.valid) for f in found] == [(20, 20)]
    assert found[0].cells.to_list() == [True] * 20 + [False] * 30


def test_one_number_repeated_is_no_evidence() -> None:
    assert kinds([BSNS[0]] * 40) == []
    assert kinds([BSNS[0]] * 40, "BSN") == ["bsn"]


def test_one_valid_number_under_the_heading_is_enough() -> None:
    found = guarded_column(pl.Series("BSN", [BSNS[0], "12", "x", "7"]))
    assert [(f.kind.value, f.certainty, f.valid) for f in found] == [("bsn", Certainty.LIKELY, 1)]


def test_rsin_by_heading_by_series_and_by_names() -> None:
    assert kinds(RSINS, "RSIN") == ["rsin"]
    assert kinds(BSNS, "RSIN") == ["rsin"]
    assert kinds(RSINS, "nummer") == ["rsin"]
    assert kinds(BSNS, "Fiscaal nummer", ["Bakker B.V."] * 25) == ["rsin"]
    mixed = ["Bakker B.V."] * 15 + ["J. Jansen"] * 10
    assert kinds(BSNS, "Fiscaal nummer", mixed) == ["bsn", "rsin"]
    sole = ["Vos eenmanszaak"] * 5 + ["Bakker B.V."] * 20
    assert kinds(BSNS, "RSIN", sole) == ["bsn", "rsin"]
    assert kinds(BSNS, "BSN/RSIN") == ["bsn"]


def test_old_vat_numbers_cell_by_cell() -> None:
    cells = [f"NL{BSNS[0]}B01", f"NL{RSINS[0]}B01", values.mod_97_vat(random.Random(1)), None]
    (found,) = guarded_column(pl.Series("BTW-nummer", cells))
    assert (found.kind.value, found.cells.to_list()) == ("old_vat", [True, False, False, False])
    assert kinds([f"NL{BSNS[0]}B01"], "btw", ["Bakker B.V."]) == []
    assert kinds([f"{n[:4]}.{n[4:6]}.{n[6:]}.B.01" for n in BSNS], "BTW") == ["old_vat"]


def test_other_guarded_columns() -> None:
    rng = random.Random(2)
    assert kinds([values.card(rng) for _ in range(20)]) == ["card"]
    assert kinds([values.iban(rng) for _ in range(20)]) == ["iban"]
    assert kinds([values.document(rng) for _ in range(20)], "Paspoortnr.") == ["identity_document"]
    assert kinds([values.document(rng) for _ in range(40)], "veld") == ["identity_document"]
    assert kinds(["5123456789"], "Rijbewijsnummer") == ["driving_licence"]
    assert kinds(["80528000010000012345"] * 3, "x") == ["health_insurance"]
    assert kinds(["2023001", "2023002"], "Documentnummer") == []


def test_a_table_with_the_names_in_another_column() -> None:
    table = pl.DataFrame(
        {"Bedrijfsnaam": ["Bakker B.V."] * 25, "Fiscaal nr": BSNS, "Plaats": "Ede"}
    )
    assert [(f.column, f.kind.value) for f in guarded_columns(table)] == [("Fiscaal nr", "rsin")]


@pytest.mark.parametrize(
    "column",
    [
        pl.Series([], dtype=pl.String),
        pl.Series([None, None]),
        pl.Series([True, False]),
        pl.Series([[1], [2]]),
        pl.Series([1.5, float("nan")]),
    ],
)
def test_any_column_can_be_asked(column: pl.Series) -> None:
    assert guarded_column(column) == []


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.one_of(st.none(), st.text(max_size=30), st.from_regex(r"[0-9 .\-]{5,20}")), max_size=40
    )
)
def test_nothing_raises_and_cells_fit(cells: list[str | None]) -> None:
    column = pl.Series("BSN", cells, dtype=pl.String)
    for found in guarded_column(column):
        assert len(found.cells) == len(column)
        assert found.valid == found.cells.sum() <= found.filled


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(10**8, 8 * 10**8 - 1), min_size=20, max_size=30, unique=True))
def test_the_series_of_the_benchmark_is_not_what_is_recognised(starts: list[int]) -> None:
    numbers = [next(n for n in range(start, start + 30) if is_bsn(str(n))) for start in starts]
    if len(set(numbers)) == len(numbers):
        assert kinds(numbers) == ["bsn"]
        assert kinds([f"{n:,}".replace(",", ".") for n in numbers]) == ["bsn"]


def test_a_part_of_the_benchmark() -> None:
    """As wanted: every column of BSNs, no false alarm among 400 of numbers."""
    rng = random.Random(9)
    for case in guarded_cases(rng, 18):
        found = guarded_column(case.column, case.heading, case.names)
        assert case.kind in {f.kind.value for f in found}, (case.name, case.heading)
    for case in (*numeric_cases(rng, 400), *rsin_by_names(rng, 4)):
        found = guarded_column(case.column, case.heading, case.names)
        assert {f.kind.value for f in found} <= {"rsin"}, (case.name, case.heading)
