"""One small sample for all tests here."""

from __future__ import annotations

import pytest

from klantbeeld.sample import generate
from tests.sample.reading import Sample


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    folder = tmp_path_factory.mktemp("sample")
    return Sample(folder, generate(folder, "small"))
