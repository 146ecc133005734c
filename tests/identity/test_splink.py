"""Splink as an oracle: with two classes our weights are its weights; its models read and written."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import polars as pl
import pytest

from benchmarks.families import Simulation, simulate
from klantbeeld.identity.core import (
    COMPARISONS,
    Model,
    compare,
    in_roles,
    learn,
    match_values,
    prepare,
    resolve,
)
from klantbeeld.identity.core.splink import from_splink, to_splink, weights, written_levels
from klantbeeld.identity.core.values import hashes

WORDS = {c.name: c.levels for c in COMPARISONS["person"]}
WRITTEN = [c["output_column_name"] for c in to_splink(Model.default())["comparisons"]]
FREQUENT = {c.name: c.frequency for c in COMPARISONS["person"] if c.frequency and c.name in WRITTEN}


def with_particulars(simulated: Simulation) -> pl.DataFrame:
    """The frame with what only some tables tell, mostly the person's own, at times miswritten."""
    chance = np.random.default_rng(8)
    person = np.array(simulated.person)
    slip = chance.random((4, len(person)))
    numbers = (100_000_000 + person * 7_919 % 899_999_989).astype(str)
    miswritten = [number[:5] + "x" + number[6:] for number in numbers]
    places = np.array(["Utrecht", "Groningen", "Den Haag", "Zwolle", "Middelburg", "Assen"])
    jobs = np.array(["bakker", "bakker in ruste", "verpleegkundige", "monteur", "leraar"])
    told = {
        "national_id": np.where(slip[0] < 0.1, miswritten, numbers),
        "birth_place": places[(person + (slip[1] < 0.1)) % len(places)],
        "profession": jobs[(person + (slip[2] < 0.2)) % len(jobs)],
        "locality": places[person % 5],
    }
    columns = [
        pl.Series(name, texts.tolist()).set(pl.Series(slip[3] < 0.3), None)
        for name, texts in told.items()
    ]
    return simulated.frame.with_columns(columns)


@pytest.fixture(scope="module")
def learnt() -> tuple[pl.DataFrame, Model]:
    """Comparable values, and the model learnt from them."""
    values = match_values(in_roles(with_particulars(simulate(6_000, seed=8))))
    return values, learn(prepare(values), Model.default())


@pytest.fixture(scope="module")
def scored(learnt: tuple[pl.DataFrame, Model]) -> pl.DataFrame:
    """The pairs that Splink finds, with its levels (gamma_...) and weights."""
    splink = pytest.importorskip("splink", reason="the oracle needs splink: pip install splink")
    values, model = learnt
    texts = values.select(pl.exclude("^.*#$")).with_row_index("row")
    door = splink.DuckDBAPI()
    settings = to_splink(model, texts.columns)
    linker = splink.Linker(door.register(texts.to_arrow()), settings, log_level=None)
    for name, column in FREQUENT.items():
        known = pl.DataFrame({column: values[column], "hash": hashes(values, column)})
        known = known.drop_nulls().unique(column)
        shares = model.kinds["person"].frequencies[name].of(known["hash"].to_numpy())
        table = known.select(column).with_columns(pl.Series(f"tf_{column}", shares))
        linker.table_management.register_term_frequency_lookup(
            door.register(table.to_arrow()), column
        )
    found: pl.DataFrame = linker.inference.predict().as_duckdbpyrelation().pl()
    return found


def levels_of(scored: pl.DataFrame, values: pl.DataFrame, model: Model) -> pl.DataFrame:
    """Splink's levels as ours; beside names the hash of the value that both sides share."""
    columns: dict[str, Any] = {
        name: pl.repeat(-1, len(scored), dtype=pl.Int8, eager=True) for name in WORDS
    }
    columns |= {
        c.name + "#": pl.zeros(len(scored), dtype=pl.Int64, eager=True)
        for c in COMPARISONS["person"]
        if c.frequency
    }
    for name in WRITTEN:
        words = WORDS[name]
        written = [words.index(word) for word in written_levels(model.kinds["person"], name)]
        gamma = scored[f"gamma_{name}"].to_numpy()
        columns[name] = np.where(gamma < 0, -1, np.array([*written, -1])[gamma]).astype(np.int8)
        if name in FREQUENT:
            shared = hashes(values, FREQUENT[name])[scored["row_l"].to_numpy()]
            columns[name + "#"] = np.where(columns[name] == len(words) - 1, shared, 0)
    return pl.DataFrame(columns)


def test_weights_equal_splink_s(learnt: tuple[pl.DataFrame, Model], scored: pl.DataFrame) -> None:
    values, model = learnt
    mine = weights(levels_of(scored, values, model), model.kinds["person"])
    assert len(mine) > 5_000
    assert np.ptp(mine) > 40
    assert np.abs(mine - scored["match_weight"].to_numpy()).max() < 0.5e-4


def test_the_oracle_notices_another_model(
    learnt: tuple[pl.DataFrame, Model], scored: pl.DataFrame
) -> None:
    values, model = learnt
    mine = weights(levels_of(scored, values, model), Model.default().kinds["person"])
    assert np.abs(mine - scored["match_weight"].to_numpy()).max() > 1


def test_levels_as_sql_are_our_levels(
    learnt: tuple[pl.DataFrame, Model], scored: pl.DataFrame
) -> None:
    """Most everywhere, always where only equal or not is known."""
    values, model = learnt
    pairs = scored.select(pl.col("row_l").alias("left"), pl.col("row_r").alias("right"))
    ours = compare(values, pairs.cast(pl.UInt32))
    theirs = levels_of(scored, values, model)
    for name in WRITTEN:
        agreed = float((ours[name] == theirs[name]).mean())  # type: ignore[arg-type]
        assert agreed > (0.85 if len(WORDS[name]) > 2 else 0.9999), name


def test_what_is_written_reads_back(learnt: tuple[pl.DataFrame, Model]) -> None:
    _, model = learnt
    settings = json.loads(json.dumps(to_splink(model)))
    read = from_splink(settings)
    again = to_splink(read)
    assert again["probability_two_random_records_match"] == pytest.approx(
        settings["probability_two_random_records_match"], rel=1e-6
    )
    for one, other in zip(settings["comparisons"], again["comparisons"], strict=True):
        for level, back in zip(one["comparison_levels"], other["comparison_levels"], strict=True):
            for chance in ("m_probability", "u_probability"):
                assert back.pop(chance, 0.0) == pytest.approx(level.pop(chance, 0.0), rel=1e-6)
            assert back == level
    assert Model.from_json(read.to_json()) == read
    assert resolve(simulate(300, seed=3).frame, model=read).clusters["customer"].n_unique() > 50


def level(sql: str, m: float | None = None, u: float | None = None) -> dict[str, Any]:
    """A level as Splink writes it; the missing one without chances."""
    if m is None:
        return {"sql_condition": sql, "label_for_charts": "null", "is_null_level": True}
    return {"sql_condition": sql, "label_for_charts": sql, "m_probability": m, "u_probability": u}


SURNAME = {
    "output_column_name": "last_name",
    "comparison_levels": [
        level('"last_name_l" IS NULL OR "last_name_r" IS NULL'),
        level('"last_name_l" = "last_name_r"', 0.7, 0.001),
        level('jaro_winkler_similarity("last_name_l", "last_name_r") >= 0.9', 0.2, 0.009),
        level("ELSE", 0.1, 0.99),
    ],
}


def test_a_model_of_splink_s_own_is_read() -> None:
    occupation = SURNAME | {"output_column_name": "occupation"}
    read = from_splink(
        {"probability_two_random_records_match": 1e-3, "comparisons": [SURNAME, occupation]}
    )
    parameters = read.kinds["person"]
    same, _, unrelated = parameters.odds["surname"]
    assert same[-1] == pytest.approx(0.7)
    assert same[1] + same[2] == pytest.approx(0.2)
    assert unrelated == pytest.approx((0.99, *unrelated[1:3], 0.001))
    assert parameters.priors().tolist() == pytest.approx([1e-3, 0, 1 - 1e-3])
    assert parameters.notes == ("left out of the Splink model: occupation",)
    email = parameters.odds["email"]
    assert email[0] == email[2]  # not in the model: says nothing


def test_initials_keep_their_starting_chances() -> None:
    read = from_splink({"comparisons": [SURNAME | {"output_column_name": "first_name"}]})
    start = Model.default().kinds["person"].odds["first_name"][0][2]
    assert read.kinds["person"].odds["first_name"][0][2] == pytest.approx(start)


def test_models_that_cannot_be_read_are_refused() -> None:
    with pytest.raises(ValueError, match="no comparisons"):
        from_splink({})
    untrained = level("ELSE", 0.1)
    with pytest.raises(ValueError, match="last_name: level 'ELSE' was never trained"):
        from_splink({"comparisons": [SURNAME | {"comparison_levels": [untrained]}]})
