"""Writes the records of the sample company with their truth: `... sample OUT` in its house."""

from __future__ import annotations

import sys
from pathlib import Path

import polars as pl


def records() -> pl.DataFrame:
    """What the matching sees of every record; beside it truth, truth_household and house_customer.

    house_customer: the customer that the house made of it, by the code that loaded it.
    """
    from django.conf import settings

    from klantbeeld.identity import matching
    from klantbeeld.sample.truth import Truth
    from tests.pipeline.parties import parties

    folder = Path(settings.HOME) / "sample"
    truth = Truth.load(folder)
    told = parties(truth, folder / "data").select(
        "record", pl.col("party").alias("truth"), "customer"
    )
    homes = truth.persons.select(pl.col("person").alias("truth"), pl.col("household"))
    told = told.join(homes, on="truth", how="left").rename(
        {"household": "truth_household", "customer": "house_customer"}
    )
    # What a record is about may be unknown: then the resolution decides by what it says.
    kind = pl.when(pl.col("kind") != "unknown").then("kind")
    given = matching.raw_frame(None).with_columns(kind)
    return given.join(told, on="record", how="left", maintain_order="left")


if __name__ == "__main__":
    import django

    django.setup()
    records().drop("record").write_parquet(sys.argv[1])
