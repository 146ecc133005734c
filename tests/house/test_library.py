"""The names at the root of the package: a library without database, Django or cost at import."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import polars as pl
import pytest

import klantbeeld as kb
from tests.house.plan import ROOT

FIEN = {"first_name": "Fien", "surname": "Zandloper", "email": "fien@example.com", "city": "Ede"}
ALONE = """
import sys
import klantbeeld as kb
heavy = {"django", "polars", "numpy", "scipy"} & set(sys.modules)
assert not heavy, heavy
assert {"resolve", "explain"} <= set(dir(kb))
found = kb.resolve("people.csv")
assert found.clusters["customer"].to_list() == [0, 0, 2], found.clusters
assert "django" not in sys.modules
"""


def test_rows_of_one_customer_are_found_without_django(tmp_path: object) -> None:
    people = pl.DataFrame([FIEN, {**FIEN, "first_name": "F."}, {**FIEN, "surname": "Wit",
                          "first_name": "Bas", "email": "bas@example.com"}])  # fmt: skip
    people.write_csv(f"{tmp_path}/people.csv")
    done = subprocess.run(
        [sys.executable, "-c", ALONE], cwd=str(tmp_path), env={"PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_two_rows_explain_themselves() -> None:
    same = kb.explain(FIEN, {**FIEN, "first_name": "F.", "postcode": 3511})
    other = kb.explain(FIEN, {**FIEN, "first_name": "Bas", "email": "bas@example.com"})
    assert same.weight > 0 > other.weight
    assert same.p_same > other.p_same
    assert "email" in str(same)
    assert "fien@example.com" in str(same)


def test_a_learnt_model_explains_too() -> None:
    model = kb.resolve(pl.DataFrame([FIEN, FIEN])).model
    assert kb.explain(FIEN, FIEN, model) == kb.explain(FIEN, FIEN)


def test_what_is_not_there_is_said() -> None:
    with pytest.raises(AttributeError, match="fit_magic"):
        _ = kb.fit_magic


@pytest.mark.parametrize("rows", [({}, {}), ({"shoe": 41}, {"shoe": 42})])
def test_rows_of_which_nothing_is_known_explain_nothing(rows: tuple[Any, Any]) -> None:
    with pytest.raises(ValueError, match="no column of these rows is known"):
        kb.explain(*rows)
