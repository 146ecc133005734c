"""The sample company for every test that wants it: made once, or with fewer people."""

from __future__ import annotations

import os

import pytest

from klantbeeld.sample import generate
from klantbeeld.sample.world import Scale
from tests.sample.reading import Sample

# What only many people bring to light no database changes: all of them are for SQLite.
SHARE = 0.4 if os.environ.get("KLANTBEELD_DATABASE_URL", "").startswith("postgres") else 1


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """The small sample, or this database's share; a test that changes its files takes a copy."""
    folder = tmp_path_factory.mktemp("sample")
    with pytest.MonkeyPatch.context() as patch:
        make_fewer(patch, SHARE)
        return Sample(folder, generate(folder, "small"))


def make_fewer(monkeypatch: pytest.MonkeyPatch, share: float) -> None:
    """From here on a sample has every kind of file and a share of its households."""
    small = Scale.of("small")
    scale = Scale(
        *(round(share * n) for n in (small.households, small.organisations, small.letters))
    )
    monkeypatch.setattr(Scale, "of", lambda _size: scale)
