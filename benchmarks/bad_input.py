"""What tables that nobody should have cost: seconds, memory, and that there is an answer.

    python -m benchmarks.bad_input [--rows 10000000] [--only NAME ...]

Each table in a process of its own, one JSON line each: rows, customers, candidate_pairs, seconds
and cpu_seconds of `resolve`, peak_mb of the process.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable

import polars as pl

from klantbeeld.identity.core import resolve


def _letters(rows: int) -> pl.Expr:
    """A different text of letters for every row."""
    digits = pl.int_range(rows).cast(pl.String)
    return digits.str.replace_many(list("0123456789"), list("abcdefghij"))


def one_email(rows: int) -> pl.DataFrame:
    return pl.select(pl.lit("info@example.nl").repeat_by(rows).list.explode().alias("email"))


def one_email_many_names(rows: int) -> pl.DataFrame:
    return pl.select(_letters(rows).alias("surname"), pl.lit("info@example.nl").alias("email"))


def one_household(rows: int) -> pl.DataFrame:
    return pl.select(
        _letters(rows).alias("first_name"),
        pl.lit("Steenhof").alias("surname"),
        pl.lit("1234AB").alias("postcode"),
        pl.lit("12").alias("house_number"),
        pl.lit("Molenstraat").alias("street"),
    )


def one_person(rows: int) -> pl.DataFrame:
    return one_household(rows).with_columns(pl.lit("Jan").alias("first_name"))


def empty(rows: int) -> pl.DataFrame:
    names = ("first_name", "surname", "email", "postcode", "birth_date")
    return pl.select(pl.lit(None).repeat_by(rows).list.explode().alias(n) for n in names)


def long_values(rows: int) -> pl.DataFrame:
    text = pl.concat_str(_letters(rows // 100), pl.lit("é🚲 x" * 2500))
    return pl.select(text.alias("surname"), text.alias("street"), text.alias("email"))


def one_organisation(rows: int) -> pl.DataFrame:
    return pl.select(
        pl.concat_str(pl.lit("Bakkerij "), _letters(rows)).alias("organisation_name"),
        pl.lit("https://www.example.nl").alias("website"),
    )


TABLES: dict[str, Callable[[int], pl.DataFrame]] = {
    made.__name__: made
    for made in (
        one_email, one_email_many_names, one_household, one_person, empty, long_values,
        one_organisation,
    )
}  # fmt: skip


def measure(name: str, rows: int) -> None:
    """One line of one table, in this process."""
    table = TABLES[name](rows)
    wall, cpu = time.perf_counter(), time.process_time()
    found = resolve(table)
    figures = {
        "benchmark": "bad_input",
        "table": name,
        "rows": len(table),
        "customers": found.clusters["customer"].n_unique(),
        "candidate_pairs": len(found.pairs),
        "seconds": round(time.perf_counter() - wall, 1),
        "cpu_seconds": round(time.process_time() - cpu, 1),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }
    print(json.dumps(figures), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--only", nargs="*", choices=sorted(TABLES))
    parser.add_argument("--here", choices=sorted(TABLES), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.here:
        measure(given.here, given.rows)
        return
    for name in given.only or TABLES:
        # Households and long values are asked for at a tenth: a million rows.
        rows = given.rows if name.startswith("one_email") else given.rows // 10
        again = [sys.executable, "-m", "benchmarks.bad_input", "--here", name, "--rows", str(rows)]
        subprocess.run(again, check=False, env={**os.environ})


if __name__ == "__main__":
    main()
