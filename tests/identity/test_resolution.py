"""What holds whatever the data: order, judgements and undoing, parts and wholes, odd input."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.families import simulate
from klantbeeld.identity.core import (
    Constraints,
    Judgement,
    Model,
    Resolution,
    UnreadableTable,
    in_roles,
    link,
    match_values,
    resolve,
    resolve_values,
    ties,
)
from klantbeeld.identity.core.cluster import components

from .people import JAN, MIEKE, groups, only, same_values, table, without


@pytest.fixture(scope="module")
def base() -> pl.DataFrame:
    return in_roles(simulate(5000, seed=5).frame)


@pytest.fixture(scope="module")
def resolved(base: pl.DataFrame) -> Resolution:
    return resolve(base)


def partition(found: Resolution, column: str = "customer") -> dict[int, int]:
    labels = found.clusters.select("row", column).drop_nulls()
    return dict(zip(labels["row"].to_list(), labels[column].to_list(), strict=True))


def test_order_of_rows_does_not_matter(base: pl.DataFrame, resolved: Resolution) -> None:
    order = np.random.default_rng(2).permutation(len(base))
    turned = resolve(base[order])
    assert turned.model.version == resolved.model.version
    for column in ("customer", "household"):
        back = {
            int(order[row]): int(order[label]) for row, label in partition(turned, column).items()
        }
        blocks = {frozenset(r for r in back if back[r] == label) for label in set(back.values())}
        mine = partition(resolved, column)
        assert blocks == {frozenset(rows["row"]) for rows in _blocks(mine)}


def _blocks(labels: dict[int, int]) -> list[dict[str, list[int]]]:
    frame = pl.DataFrame({"row": list(labels), "label": list(labels.values())})
    return frame.group_by("label").agg("row").select("row").to_dicts()


def test_labels_are_the_smallest_row_of_their_group(resolved: Resolution) -> None:
    found = resolved.clusters.with_columns(pl.col("row").min().over("customer").alias("least"))
    assert (found["customer"] == found["least"]).all()


def test_same_table_same_model_same_answer(base: pl.DataFrame, resolved: Resolution) -> None:
    again = resolve(base)
    assert again.clusters.equals(resolved.clusters)
    assert again.pairs.equals(resolved.pairs)


def test_a_saved_model_gives_the_same_answer(
    base: pl.DataFrame, resolved: Resolution, tmp_path: Path
) -> None:
    resolved.model.save(tmp_path / "model.json")
    assert Model.load(tmp_path / "model.json") == resolved.model
    again = resolve(base, model=tmp_path / "model.json")
    assert again.clusters.equals(resolved.clusters)


def test_a_model_of_another_format_is_refused() -> None:
    with pytest.raises(ValueError, match="format 99"):
        Model.from_json('{"format": 99}')


def test_a_component_alone_gives_what_the_whole_gave(
    base: pl.DataFrame, resolved: Resolution
) -> None:
    """Live equals batch: all rows that are tied, linked on their own under the frozen model."""
    near = ties(resolved.pairs, resolved.model.kinds["person"].thresholds)
    component = _joined(near, resolved.clusters)
    values = match_values(base)
    customers = resolved.clusters["customer"].to_numpy()
    homes = resolved.clusters["household"].fill_null(-1).to_numpy()
    sizes = np.bincount(component)
    chosen = [label for label in np.flatnonzero(sizes > 2) if label % 3 == 0]
    assert len(chosen) > 50
    for label in chosen:
        rows = np.flatnonzero(component == label)
        mine = link(match_values(base[rows]), resolved.model)
        assert same_values(values[rows], match_values(base[rows]))
        assert (rows[mine.customers] == customers[rows]).all()
        assert (np.where(mine.households >= 0, rows[mine.households], -1) == homes[rows]).all()


def _joined(near: pl.DataFrame, clusters: pl.DataFrame) -> np.ndarray:
    """Rows connected by ties; rows that say the same have no pairs, but share their customer."""
    left = pl.concat([near["left"].cast(pl.Int64), clusters["customer"]]).to_numpy()
    right = pl.concat([near["right"].cast(pl.Int64), clusters["row"]]).to_numpy()
    return components(len(clusters), left, right)


def test_judgements_are_followed_and_their_undoing_restores(
    base: pl.DataFrame, resolved: Resolution
) -> None:
    values = match_values(base)
    joined = resolved.clusters.filter(pl.col("row") != pl.col("customer")).head(5)
    split = [(row, label) for row, label, _ in joined.iter_rows()]
    merged = [(10, 2000), (20, 3000)]
    judgements = tuple(
        [Judgement(a, b, "different", at) for at, (a, b) in enumerate(split)]
        + [Judgement(a, b, "same", 50) for a, b in merged]
        + [Judgement(30, 31, "unsure", 60)]
    )
    judged = partition(resolve_values(values, resolved.model, Constraints(judgements=judgements)))
    assert all(judged[a] != judged[b] for a, b in split)
    assert all(judged[a] == judged[b] for a, b in merged)
    undone = resolve_values(values, resolved.model, Constraints(judgements=()))
    assert undone.clusters.equals(resolved.clusters)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 7), st.integers(0, 7), st.sampled_from(["same", "different"])),
        max_size=12,
    )
)
def test_any_judgements_are_followed_or_reported(given_: list[tuple[int, int, str]]) -> None:
    rows = [JAN, JAN | {"surname": "Stenhof"}, MIEKE, MIEKE, only(JAN, "email"), JAN]
    rows += [only(MIEKE, "email", "surname"), {"first_name": "Teun", "surname": "Kwartel"}]
    judgements = tuple(
        Judgement(a, b, verdict, at) for at, (a, b, verdict) in enumerate(given_) if a != b
    )
    found, resolution = groups(rows, constraints=Constraints(judgements=judgements))
    for judgement in set(judgements) - set(resolution.overruled):
        is_one = found[judgement.left] == found[judgement.right]
        assert is_one == (judgement.verdict == "same")


def test_the_later_of_two_contradicting_judgements_wins() -> None:
    for first, second in (("same", "different"), ("different", "same")):
        judgements = (Judgement(0, 1, first, 1), Judgement(1, 0, second, 2))
        found, resolution = groups([JAN, JAN], constraints=Constraints(judgements=judgements))
        assert (found == [0, 0]) == (second == "same")
        assert resolution.overruled == judgements[:1]


def test_a_unique_source_holds_everybody_once() -> None:
    rows = [JAN, JAN, JAN | {"source": "shop"}]
    assert groups(rows)[0] == [0, 0, 0]
    found, _ = groups(rows, constraints=Constraints(unique_sources=frozenset({"crm"})))
    assert found[0] != found[1]
    assert found[2] in found[:2]


def test_differing_identifiers_keep_apart() -> None:
    rows = [JAN | {"login": "jan1"}, JAN | {"login": "jan2"}]
    assert groups(rows)[0] == [0, 0]
    found, _ = groups(rows, constraints=Constraints(differing=frozenset({"login"})))
    assert found == [0, 1]


def test_households() -> None:
    rows = [
        JAN,
        MIEKE,
        only(JAN, "street", "house_number", "postcode", "city")
        | {"first_name": "Teun", "surname": "Kwartel"},
        without(JAN, "street", "house_number", "postcode", "city", "phone"),
    ]
    _, resolution = groups(rows)
    assert resolution.clusters["household"].to_list() == [0, 0, None, 0]


def test_a_household_is_where_people_live_now() -> None:
    new_home = {"street": "Kade", "house_number": "3", "postcode": "9876 ZX", "city": "Elders"}
    rows = [
        JAN | {"updated_at": "2020-01-01"},
        MIEKE | {"updated_at": "2024-01-01"},
        without(JAN, "phone") | new_home | {"updated_at": "2025-01-01"},
    ]
    found, resolution = groups(rows)
    assert found == [0, 1, 0]
    assert resolution.clusters["household"].to_list() == [None, None, None]


def test_everybody_lives_at_one_address() -> None:
    """A copy that is joined by mistake must not make one household of two."""
    elsewhere = {"street": "Kade", "house_number": "3", "postcode": "9876 ZX", "city": "Elders"}
    rows = [
        JAN, JAN, without(JAN, "phone", "mobile") | elsewhere,  # twice at home, once elsewhere
        MIEKE,
        MIEKE | elsewhere | {"first_name": "Joke", "birth_date": "1969-12-24", "email": "joke@example.com",
                             "mobile": "097000077777", "phone": "0850000777"},
    ]  # fmt: skip
    for order in ([0, 1, 2, 3, 4], [2, 4, 1, 3, 0]):
        found, resolution = groups([rows[place] for place in order])
        homes = dict(zip(order, resolution.clusters["household"].to_list(), strict=True))
        assert len({found[order.index(place)] for place in (0, 1, 2)}) == 1
        assert homes[0] == homes[3] is not None
        assert homes[4] is None


def test_a_row_without_an_address_tells_of_no_other_home() -> None:
    phone = only(JAN, "phone")
    away = {"street": "Kade", "house_number": "3", "postcode": "9876 ZX", "city": "Elders"}
    jan = without(JAN, "phone", "mobile") | away
    bare = without(JAN, "street", "house_number", "postcode", "city", "mobile")
    found, resolution = groups([jan, bare, MIEKE | phone])
    assert found == [0, 0, 1]
    assert resolution.clusters["household"].to_list() == [None, None, None]
    found, resolution = groups(
        [jan | only(JAN, "street", "house_number", "postcode", "city"), bare, MIEKE]
    )
    assert resolution.clusters["household"].to_list() == [0, 0, 0]


@pytest.mark.parametrize(
    "frame",
    [
        pl.DataFrame(),
        pl.DataFrame(schema={"first_name": pl.String, "surname": pl.String}),
        pl.DataFrame({"first_name": [None, None], "surname": [None, None]}),
        pl.DataFrame({"colour": ["red", "blue"]}),
        table([JAN]),
        pl.DataFrame({"email": ["", " ", "null"], "surname": ["?", "-", "onbekend"]}),
    ],
)
def test_little_or_nothing(frame: pl.DataFrame) -> None:
    found = resolve(frame)
    assert found.clusters["customer"].to_list() == list(range(len(frame)))
    assert found.clusters["household"].null_count() == len(frame)
    assert found.report()["records"] == len(frame)
    assert len(found.review()) == 0


@pytest.mark.parametrize(
    ("person", "customers"),
    [(JAN, 1), (only(JAN, "email"), 1), (only(JAN, "first_name", "surname"), 3000)],
)
def test_all_rows_equal(person: dict[str, str], customers: int) -> None:
    found = resolve(table([person] * 3000))
    assert found.clusters["customer"].n_unique() == customers


def test_a_mailbox_of_thousands_brings_nobody_together() -> None:
    names = simulate(3000, seed=8).frame.select("first_name", "surname").drop_nulls()
    found = resolve(names.unique().with_columns(pl.lit("info@example.nl").alias("email")))
    assert len(found.model.stop_keys) >= 1
    people = found.values.select("first", "surname", "initials").n_unique()
    assert found.clusters["customer"].n_unique() == people


def test_values_of_ten_thousand_characters() -> None:
    long = dict.fromkeys(JAN, "Zé 🚲 " * 2500)
    found, _ = groups([long, long, JAN])
    assert found[2] not in found[:2]


def test_rows_are_explained_in_bits_that_add_up(resolved: Resolution) -> None:
    pairs = resolved.pairs.filter(pl.col("weight").abs() > 1).sample(200, seed=1)
    for left, right, weight in pairs.select("left", "right", "weight").iter_rows():
        found = resolved.explain(left, right)
        total = found.start + sum(f.weight for f in found.fields) + sum(b for _, b in found.rules)
        assert total == pytest.approx(found.weight, abs=1e-6)
        assert found.weight >= weight - 0.01
        assert found.p_same + found.p_household + found.p_unrelated == pytest.approx(1)
    with pytest.raises(IndexError, match="no row"):
        resolved.explain(0, 10**9)


def test_what_nobody_will_explain_need_not_be_kept(
    base: pl.DataFrame, resolved: Resolution
) -> None:
    values = match_values(base)
    bare = resolve_values(values, explained=False)
    assert bare.clusters.equals(resolved.clusters)
    assert bare.report() == resolved.report()
    assert bare.values.estimated_size() * 20 < resolved.values.estimated_size()
    with pytest.raises(ValueError, match="not kept"):
        bare.explain(0, 1)
    # What organisations say also tells how they hang together.
    firm = values.head(2).with_columns(pl.lit("organisation").alias("kind"))
    assert "organisation" in resolve_values(firm, explained=False).values.columns


def test_an_explanation_names_levels_and_rules() -> None:
    _, resolution = groups([JAN, MIEKE | only(JAN, "email")])
    found = resolution.explain(0, 1)
    levels = {field.name: field.words for field in found.fields}
    assert levels["first_name"] == "first_name.other"
    assert levels["email"] == "email.equal"
    assert levels["login"] == "login.missing"
    assert found.p_household > 0.9
    assert "household" in str(found)


def test_review_lists_the_doubtful(resolved: Resolution) -> None:
    found = resolved.review()
    customers = resolved.clusters["customer"]
    together = customers.gather(found["left"]) == customers.gather(found["right"])
    assert (together == (found["reason"] == "bridge")).all()
    assert {"grey"} <= set(found["reason"])
    _, small = groups([only(JAN, "first_name", "surname", "city")] * 2)
    assert small.review()["reason"].to_list() == ["grey"]


def test_report_of_a_learnt_model(resolved: Resolution) -> None:
    report = resolved.report()
    assert report["records"] == len(resolved.clusters)
    assert report["customers"] == resolved.clusters["customer"].n_unique()
    assert report["kinds"]["person"]["learnt"]
    assert sum(size * n for size, n in report["customers_by_size"].items()) == report["records"]


def test_kinds_never_mix(base: pl.DataFrame) -> None:
    firms = base.head(300).select(
        pl.concat_str("first_name", "surname", separator=" ", ignore_nulls=True).alias(
            "organisation_name"
        ),
        "email",
        "phone",
    )
    both = pl.concat([base.head(300), firms], how="diagonal")
    found = resolve(both)
    is_firm = found.values["kind"] == "organisation"
    of_customer = pl.DataFrame({"c": found.clusters["customer"], "firm": is_firm})
    assert of_customer.group_by("c").agg(pl.col("firm").n_unique())["firm"].max() == 1
    assert is_firm.sum() > 200


def test_paths_and_other_frames(tmp_path: Path) -> None:
    rows = table([JAN, JAN | {"surname": "Stenhof"}, MIEKE]).drop("source")
    rows = rows.rename({"birth_date": "dob", "house_number": "house_no", "email": "e-mail"})
    rows.write_csv(tmp_path / "a.csv", separator=";")
    rows.write_parquet(tmp_path / "a.parquet")
    rows.write_ndjson(tmp_path / "a.jsonl")
    for name in ("a.csv", "a.parquet", "a.jsonl"):
        assert resolve(tmp_path / name).clusters["customer"].to_list() == [0, 0, 2]
    renamed = rows.rename({"surname": "nom"})
    assert resolve(renamed, columns={"nom": "surname"}).clusters["customer"].to_list() == [0, 0, 2]


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_text("x")
    for path in (tmp_path / "a.docx", tmp_path / "none.csv"):
        with pytest.raises(UnreadableTable, match=str(path.name)):
            resolve(path)
    with pytest.raises(UnreadableTable, match="int"):
        resolve(5)
    with pytest.raises(ValueError, match="unknown role 'nam'"):
        resolve(table([JAN]), columns={"surname": "nam"})
    with pytest.raises(ValueError, match="no column 'x'"):
        resolve(table([JAN]), columns={"x": "surname"})
    with pytest.raises(ValueError, match="unknown kind"):
        resolve(table([JAN]), kind="dog")
