"""Which pairs a person is asked about, in which order, and how many make a day's work."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from klantbeeld.core.clock import now_us
from klantbeeld.identity import reviewing
from klantbeeld.identity.core.review import review_bound
from klantbeeld.identity.doubts import SCHEMA, valued
from klantbeeld.identity.models import Judgement
from klantbeeld.identity.reads import left_today
from tests.records import actor, record


def test_nine_in_ten_that_are_one_stand_over_the_bound() -> None:
    random = np.random.default_rng(2)
    weight = random.uniform(-8, 8, 10_000)
    bound = review_bound(weight, 0.0)
    near = weight[(weight < 0) & (weight >= -3)]
    chance = 1 / (1 + np.exp2(-near))
    assert chance[near >= bound].sum() / chance.sum() == pytest.approx(0.9, abs=0.02)


@pytest.mark.parametrize(
    ("weight", "bound"),
    [([], -3.0), ([-20.0, 9.0], -3.0), ([-0.2] * 9, -1.0), ([-2.9] * 9, -2.9)],
)
def test_the_bound_has_bounds(weight: list[float], bound: float) -> None:
    assert review_bound(np.array(weight), 0.0) == bound
    assert review_bound(np.array(weight) + 2, 2.0) == pytest.approx(bound + 2)


def test_what_an_answer_changes_most_comes_first() -> None:
    sizes = {1: 1, 2: 1, 10: 5, 20: 8, 30: 6}
    clusters = pl.DataFrame(
        [(owner + n, owner) for owner, size in sizes.items() for n in range(size)],
        schema=["record", "cluster"], orient="row",
    )  # fmt: skip
    told = [
        (1, 2, -0.1, "grey"), (10, 20, -0.1, "grey"), (1, 20, -0.1, "grey"), (10, 20, -2.0, "grey"),
        (10, 20, 6.0, "conflict"), (30, 31, 1.0, "bridge"), (30, 31, 9.0, "bridge"),
    ]  # fmt: skip
    rows = [(left, right, weight, 0.0, reason) for left, right, weight, reason in told]
    found = valued(pl.DataFrame(rows, schema=SCHEMA, orient="row"), clusters)
    gain = dict(zip(told, (-found["doubt"]).to_list(), strict=True))
    assert list(gain.values()) == pytest.approx(
        [0.483, 2.413, 0.483, 1.0, 2.5, 1.0, 0.006], abs=0.001
    )
    assert max(gain, key=lambda one: gain[one])[3] == "conflict"
    assert valued(found, clusters).equals(found)
    assert valued(found.clear(), clusters).schema == SCHEMA


@pytest.mark.django_db
def test_a_days_work_is_what_everybody_judges(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reviewing, "A_DAYS_WORK", 2)
    service, (one, other) = (
        actor("service"),
        (record({"surname": "Vos"}), record({"surname": "Bos"})),
    )

    def say(kind: str, at: int, revoked_at: int = 0) -> None:
        Judgement.objects.create(
            left_id=one, right_id=other, verdict="same", actor="Ilse", at=at, kind=kind,
            revoked_at=revoked_at,
        )  # fmt: skip

    say("pair", 1)
    say("merge", now_us())
    say("pair", now_us(), now_us())
    assert left_today(service) == 2
    for left in (1, 0, 0):
        say("pair", now_us())
        assert left_today(service) == left
