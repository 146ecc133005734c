"""The sample company for every test that wants it: made once, or with fewer people."""

from __future__ import annotations

import pytest

from klantbeeld.sample import generate
from klantbeeld.sample.world import Scale
from tests.sample.reading import Sample


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """The small sample; a test that changes its files takes a copy."""
    folder = tmp_path_factory.mktemp("sample")
    return Sample(folder, generate(folder, "small"))


def make_fewer(monkeypatch: pytest.MonkeyPatch, share: float) -> None:
    """From here on a sample has every kind of file and a share of its households."""
    small = Scale.of("small")
    scale = Scale(
        *(round(share * n) for n in (small.households, small.organisations, small.letters))
    )
    monkeypatch.setattr(Scale, "of", lambda _size: scale)
