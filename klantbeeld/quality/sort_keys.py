"""The key that puts names in Dutch order: by the root word of the surname."""

from __future__ import annotations

import polars as pl

from klantbeeld.quality.columns import as_text, fold


def sort_key(surname_prefix: pl.Series, surname: pl.Series, first_name: pl.Series) -> pl.Series:
    """'berg jan van der' for Jan van der Berg; '' where there is no name at all.

    Folded to letters, digits and single spaces, without accents or NULs, so that plain byte order
    (SQLite BINARY, PostgreSQL "C") is the Dutch order. Works for organisations too (name as
    surname, the others null).
    """
    parts = [fold(as_text(part)) for part in (surname, first_name, surname_prefix)]
    names = [part.alias(name) for part, name in zip(parts, "abc", strict=True)]
    key = (
        pl.DataFrame(names)
        .select(pl.concat_str(pl.all().replace("", None), separator=" ", ignore_nulls=True))
        .to_series()
    )
    return key.str.replace_all("\0", "", literal=True).alias("sort_key")
