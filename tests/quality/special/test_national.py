"""National numbers of the neighbours, in columns and in texts."""

from __future__ import annotations

import polars as pl
import pytest

from klantbeeld.quality.special.columns import guarded_column
from klantbeeld.quality.special.kinds import Kind
from klantbeeld.quality.special.texts import spans_in


def belgian(serial: int) -> str:
    """A number of somebody born on 30 July of a year long past, who cannot be living."""
    first = f"{10 + serial % 5:02}0730{serial:03}"
    return f"{first}{97 - int(first) % 97:02}"


BELGIANS = [belgian(n) for n in range(1, 60)]


def kinds(values: list[str], heading: str) -> set[Kind]:
    return {found.kind for found in guarded_column(pl.Series(heading, values))}


@pytest.mark.parametrize("heading", ["Rijksregisternummer", "INSZ", "Nummer", "x"])
def test_a_column_of_belgian_numbers_is_known_with_and_without_its_heading(heading: str) -> None:
    assert kinds(BELGIANS, heading) == {Kind.NATIONAL_NUMBER}
    dotted = [f"{b[:2]}.{b[2:4]}.{b[4:6]}-{b[6:9]}.{b[9:]}" for b in BELGIANS]
    assert kinds(dotted, heading) == {Kind.NATIONAL_NUMBER}


def test_telephone_numbers_and_serial_numbers_are_none() -> None:
    assert kinds([f"3169700{n:04}" for n in range(500)], "Telefoon") == set()
    assert kinds([f"06970{n:05}" for n in range(500)], "Mobiel") == set()
    assert kinds([f"{2024_0000_000 + n}" for n in range(500)], "Serienummer") == set()


@pytest.mark.parametrize(
    ("heading", "value"), [("Steuer-ID", "36 574 261 809"), ("NHS number", "943-476-5870")]
)
def test_other_numbers_are_known_by_their_heading(heading: str, value: str) -> None:
    """Numbers out of the documentation of python-stdnum."""
    assert kinds([value, value], heading) == {Kind.NATIONAL_NUMBER}
    assert kinds([value, value], "Nummer") == set()


def test_in_a_text_as_printed_or_beside_its_word() -> None:
    b = BELGIANS[0]
    printed = f"{b[:2]}.{b[2:4]}.{b[4:6]}-{b[6:9]}.{b[9:]}"
    for text in (f"Zie {printed} in het dossier", f"mijn rijksregisternummer is {b}"):
        assert [s.kind for s in spans_in(text)] == [Kind.NATIONAL_NUMBER], text
    assert [s.kind for s in spans_in(f"bestelling {b} is onderweg")] == []
