"""Many are erased while writers bring files and erasers are killed; afterwards nothing is found.

The trial is that of `benchmarks/erasure`, which runs it for 100,000 customers.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from benchmarks.erasure.company import Size
from benchmarks.erasure.trial import House, Trial
from tests.installation import Installation


@pytest.mark.slow
def test_many_are_erased_among_writers_and_kills(
    installation: Installation, tmp_path: Path
) -> None:
    house = House(installation.home, installation.environment)
    if os.environ.get("KLANTBEELD_DATABASE_URL", "").startswith("postgres"):
        trial = Trial(house, tmp_path / "trial", Size(330, 20), writers=2, kills=1, backups=1)
    else:
        trial = Trial(house, tmp_path / "trial", Size(2_000, 40))
    figures = trial.run()
    assert figures["kills"] == trial.kills
    assert figures["out_of_sight_slowest"] < 30
