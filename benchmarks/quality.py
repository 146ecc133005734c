"""How fast values are standardised: one JSON line per role, and the total of a customer file.

    python benchmarks/quality.py [--rows 1000000]

`cpu_seconds` counts all threads. The people are invented; nearly every value is distinct, as in a
real customer file.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator

import numpy as np
import polars as pl

from klantbeeld.quality.tables import sort_key, standardise


def _words(text: str) -> list[str]:
    return text.split()


_FIRST = _words(
    "Jan Piet Kees Willem Anna Sophie Emma Lotte Daan Sem Noor Bram Ruben Fatima Mohammed "
    "Sanne Iris Tim Joris Femke Johanna Cornelis Maria Hendrik Elisabeth Julia Thijs"
)
_PREFIX = ["", "", "", "", "", "van ", "de ", "van der ", "van den ", "van de ", "ten ", "ter "]
_ROOT = _words("berg vries jan bak viss smit boer mul groot bos vos peter hend dek dijk kamp laan")
_TAIL = _words("sen ma stra huis man ink veld horst beek zaal lo mans ema wijk hout oord")
_STREET = _words("straat laan weg plein gracht kade dreef singel hof pad")


def _pick(rng: np.random.Generator, words: list[str], rows: int) -> pl.Series:
    return pl.Series(words).gather(rng.integers(0, len(words), rows))


def _surnames(rng: np.random.Generator, rows: int) -> pl.Series:
    name = _pick(rng, _ROOT, rows) + _pick(rng, _TAIL, rows)
    name = name + _pick(rng, ["", "s", "ie", "a"], rows)
    second = _pick(rng, ["", "", "", "en", "er", "ing"], rows)
    return (name + second).str.to_titlecase()


def _full_names(rng: np.random.Generator, rows: int) -> pl.Series:
    given = _pick(rng, _FIRST, rows)
    letters = _pick(rng, list("ABCDEFGHJKLMPRST"), rows)
    initials = letters + "." + _pick(rng, ["", "J.", "M.", "A."], rows)
    style = pl.Series(rng.random(rows))
    named = initials.zip_with(style < 0.3, given) + " " + _pick(rng, _PREFIX, rows)
    surname = _surnames(rng, rows)
    plain = named + surname
    turned = surname + ", " + initials
    addressed = _pick(rng, ["Dhr. ", "Mevr. ", "drs. "], rows) + plain
    plain = plain.str.to_uppercase().zip_with((style > 0.5) & (style < 0.55), plain)
    return turned.zip_with(style > 0.97, addressed.zip_with(style > 0.94, plain))


def _digits(rng: np.random.Generator, rows: int, count: int) -> pl.Series:
    return pl.Series(rng.integers(0, 10**count, rows)).cast(pl.String).str.zfill(count)


def _addresses(rng: np.random.Generator, rows: int) -> pl.Series:
    street = _surnames(rng, rows) + _pick(rng, _STREET, rows)
    number = pl.Series(rng.integers(1, 400, rows)).cast(pl.String)
    return street + " " + number + _pick(rng, [""] * 12 + ["a", "-B", " c", " bis", "-2"], rows)


def _ibans(rng: np.random.Generator, rows: int) -> pl.Series:
    account = _digits(rng, rows, 10)
    # T E S T as numbers, then the account, NL as 2321 and room for the check digits.
    bank = 29_14_28_29
    rest = (bank * 10**10 % 97 + account.cast(pl.Int64)) % 97 * 10**6 + 232_100
    check = (98 - rest % 97).cast(pl.String).str.zfill(2)
    return "NL" + check + "TEST" + account


def customers(rows: int, seed: int = 1) -> dict[str, pl.Series]:
    """Columns of a customer file by role."""
    rng = np.random.default_rng(seed)
    letters = _pick(rng, [a + b for a in "ABCDEFGHJKLM" for b in "NPRTVWXZ"], rows)
    mobile = "06-" + _pick(rng, ["1", "2", "3", "4", "5", "8"], rows) + _digits(rng, rows, 7)
    born = pl.Series(rng.integers(-12_000, 12_000, rows)).cast(pl.Int32).cast(pl.Date)
    return {
        "full_name": _full_names(rng, rows),
        "address": _addresses(rng, rows),
        "postcode": pl.Series(rng.integers(1000, 9999, rows)).cast(pl.String) + letters,
        "city": _pick(rng, ["Utrecht", "AMSTERDAM", "Den Haag", "'s-Hertogenbosch"], rows),
        "phone": mobile,
        "email": _surnames(rng, rows) + "." + _digits(rng, rows, 6) + "@example.nl",
        "birth_date": born.dt.strftime("%d-%m-%Y"),
        "iban": _ibans(rng, rows),
    }


def _measured(columns: dict[str, pl.Series]) -> Iterator[dict[str, object]]:
    total = 0.0
    for role, column in columns.items():
        start = time.process_time()
        standard = standardise(column, role)
        if role == "full_name":
            sort_key(
                standard.parts["surname_prefix"],
                standard.parts["surname"],
                standard.parts["first_name"],
            )
        seconds = time.process_time() - start
        total += seconds
        yield {
            "role": role,
            "rows": len(column),
            "distinct": column.n_unique(),
            "flagged": len(column) - standard.issue.null_count(),
            "cpu_seconds": round(seconds, 2),
            "rows_per_cpu_second": round(len(column) / seconds),
        }
    rows = len(columns["email"])
    yield {
        "role": "all",
        "rows": rows,
        "cpu_seconds": round(total, 2),
        "rows_per_cpu_second": round(rows / total),
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=1_000_000)
    rows = parser.parse_args().rows
    standardise(pl.Series(["x"]), "full_name")
    for line in _measured(customers(rows)):
        print(json.dumps(line))


if __name__ == "__main__":
    main()
