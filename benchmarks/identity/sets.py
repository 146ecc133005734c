"""The sets that are judged: what is given to the matching, and the truth, which is not."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from benchmarks.customers import simulate as customers
from benchmarks.families import simulate as families
from benchmarks.organisations import simulate as organisations
from klantbeeld.identity.core import read_table


@dataclass(frozen=True)
class Set:
    """Rows as given; per row the true subject (null unknown) and, where known, the household.

    raw: the rows as a peer's tutorial expects them, where that differs; house: the customer that
    a house made of each row; recipes: names of the peers' settings (see `splink_recipes` and
    `recordlinkage_peer`) to judge on it.
    """

    name: str
    frame: pl.DataFrame
    truth: pl.Series
    household: pl.Series | None = None
    raw: pl.DataFrame | None = None
    house: pl.Series | None = None
    recipes: tuple[str, ...] = ()


FIRM_RECIPES = ("organisations", "organisations_by_name")
PERSON_RECIPES = ("out_of_the_box", "address_as_one", "without_address")


def febrl3(data: Path) -> Set:
    """5,000 rows of 2,000 invented Australians."""
    frame = read_table(data / "febrl" / "dataset3.csv")
    truth = frame["rec_id"].str.extract(r"rec-(\d+)")
    given = frame.drop("rec_id")
    return Set("febrl3", given, truth, raw=given, recipes=("febrl3", "recordlinkage_ecm"))


def febrl4(data: Path) -> Set:
    """Two files of 5,000, one to one; the peers are told that they are two, we are not."""
    parts = [read_table(data / "febrl" / f"dataset4{part}.csv") for part in "ab"]
    frame = pl.concat(parts)
    truth = frame["rec_id"].str.extract(r"rec-(\d+)")
    given = frame.drop("rec_id")
    part = ["a"] * len(parts[0]) + ["b"] * len(parts[1])
    raw = given.with_columns(pl.Series("part", part))
    return Set("febrl4", given, truth, raw=raw, recipes=("febrl4", "recordlinkage_ecm"))


def historical_50k(data: Path) -> Set:
    """50,578 rows about 5,156 people of history, with errors."""
    frame = read_table(data / "historical_50k.parquet")
    given = frame.drop("cluster", "unique_id")
    return Set("historical_50k", given, frame["cluster"], raw=given, recipes=("historical_50k",))


def senzing(data: Path) -> Set:
    """159 rows about people and organisations: too few for the peers to learn from."""
    folder = data / "senzing"
    parts = [
        read_table(folder / f"truthsets_demo_v3_{name}.csv")
        for name in ("customers", "reference", "watchlist")
    ]
    key = read_table(folder / "truthsets_demo_actual_truthset_key.csv")
    frame = pl.concat(parts, how="diagonal")
    truth = frame.join(key, on=["DATA_SOURCE", "RECORD_ID"], how="left", maintain_order="left")
    return Set("senzing", frame, truth["CLUSTER_ID"])


def dedupe_examples(data: Path) -> Set:
    """3,337 rows about places of child care."""
    path = data / "dedupe_examples" / "csv_example_input_with_true_ids.csv"
    frame = read_table(path)
    given = frame.select("Site name", "Address", "Zip", "Phone", "Email Address")
    given = given.with_columns(pl.lit("organisation").alias("kind"))
    return Set("dedupe_examples", given, frame["True Id"], recipes=FIRM_RECIPES)


SETS: dict[str, Callable[[Path], Set]] = {
    "febrl3": febrl3,
    "febrl4": febrl4,
    "historical_50k": historical_50k,
    "senzing": senzing,
    "dedupe_examples": dedupe_examples,
}


def sample_company(home: str | None) -> Set:
    """The records of a house with the sample company, and who each truly is.

    Read by a process of its own, for Django is set up for one house. Without `home` the sample
    company is loaded anew, as `klantbeeld demo --no-serve` does. Raises ValueError when that fails.
    """
    with tempfile.TemporaryDirectory() as folder:
        place = home or str(Path(folder) / "house-demo")
        environment = os.environ | {
            "KLANTBEELD_HOME": place,
            "DJANGO_SETTINGS_MODULE": "klantbeeld.settings",
        }
        out = Path(folder) / "sample.parquet"
        commands = [[sys.executable, "-m", "benchmarks.identity.sample", str(out)]]
        if not home:
            commands.insert(0, [sys.executable, "-m", "klantbeeld", "demo", "--no-serve"])
        for command in commands:
            done = subprocess.run(command, env=environment, capture_output=True, text=True)
            if done.returncode:
                raise ValueError(f"the sample company cannot be read: {done.stderr[-300:]}")
        frame = pl.read_parquet(out)
    given = frame.drop("truth", "truth_household", "house_customer")
    return Set("sample_company", given, frame["truth"], frame["truth_household"],
               house=frame["house_customer"], recipes=PERSON_RECIPES)  # fmt: skip


def simulated(name: str, records: int, seed: int) -> Set:
    """One of the simulated bases: 'customers', 'families' or 'organisations'."""
    title = f"{name}_{records}" + (f"_seed{seed}" if seed != 1 else "")
    if name == "customers":
        made = customers(records, seed)
        return Set(title, made.frame, made.person, made.household, recipes=PERSON_RECIPES)
    if name == "organisations":
        firms = organisations(records, seed)
        return Set(title, firms.frame, firms.organisation, recipes=FIRM_RECIPES)
    base = families(records, seed)
    truth, household = pl.Series(base.person), pl.Series(base.household)
    return Set(title, base.frame, truth, household, recipes=PERSON_RECIPES)


def sets(
    data: Path, sizes: list[tuple[str, int, int]], home: str | None, only: list[str] | None
) -> Iterator[Set | tuple[str, str]]:
    """All sets asked for, or a name and why it is left out."""
    makers: dict[str, Callable[[], Set]] = {name: _reader(SETS[name], data) for name in SETS}
    makers["sample_company"] = lambda: sample_company(home)
    for name, make in makers.items():
        if only and name not in only:
            continue
        try:
            yield make()
        except ValueError as error:
            yield name, str(error)
    for name, records, seed in sizes:
        if not only or name in only:
            yield simulated(name, records, seed)


def _reader(read: Callable[[Path], Set], data: Path) -> Callable[[], Set]:
    return lambda: read(data)
