"""Each true group that was not found is explained by the benchmark."""

from __future__ import annotations

import polars as pl

from benchmarks.identity.missed import missed
from klantbeeld.identity.core import resolve

from .people import table

ROWS = [
    {"first_name": "Fenna", "surname": "Proefneus", "email": "fenna@example.nl"},
    {"first_name": "Berend", "surname": "Proefneus", "email": "fenna@example.nl"},
    {
        "first_name": "Joris",
        "surname": "Zandbergen",
        "birth_date": "1980-02-03",
        "email": "j@example.nl",
    },
    {
        "first_name": "Joris",
        "surname": "Zandbergen",
        "birth_date": "1980-02-03",
        "email": "j@example.nl",
    },
]


def test_split_and_merged_groups_are_explained() -> None:
    found = resolve(table(ROWS))
    entries = missed(found, pl.Series(["a", "a", "b", "c"]))
    assert [(e["cluster"], e["what"]) for e in entries] == [("a", "split"), ("b+c", "merged")]
    assert "first_name.other" in entries[0]["because"]
    assert "birth_date.equal" in entries[1]["because"]
    assert missed(found, pl.Series(["a", "b", "c", "c"])) == []
