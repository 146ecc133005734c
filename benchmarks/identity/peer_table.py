"""Rows as a peer gets them: cleaned by our own functions, which is in its favour."""

from __future__ import annotations

import polars as pl

from klantbeeld.identity.core import in_roles, match_values

from .sets import Set


def peer_table(given: Set) -> pl.DataFrame:
    """The rows with `row`, in the columns that the recipes know.

    Where a peer has a tutorial for the set, as that has it: names of columns stripped, empty texts
    missing. Otherwise our cleaned values; the CPU for that is not counted as the peer's.
    """
    if given.raw is not None:
        raw = given.raw.rename(str.strip)
        texts = pl.col(pl.String).str.strip_chars().replace("", None)
        return raw.with_columns(texts).with_row_index("row")
    values = match_values(in_roles(given.frame)).cast({pl.Categorical: pl.String})
    mobile = pl.col("phone").str.contains(r"^316|^3197")
    columns = {
        "first_name": pl.coalesce("first", "initials"),
        "surname": pl.col("surname"),
        "surname_part": pl.col("part"),
        "full_name": pl.concat_str("first", pl.lit(" "), "surname"),
        "dob": pl.col("birth").cast(pl.String).str.replace(r"^(....)(..)(..)$", "$1-$2-$3"),
        "email": pl.col("email"),
        "mobile": pl.when(mobile).then("phone"),
        "landline": pl.when(mobile).then("other_phone").otherwise("phone"),
        "phone": pl.col("phone"),
        "postcode": pl.col("postcode"),
        "house": pl.col("house"),
        "street": pl.col("street"),
        "city": pl.col("city"),
        "organisation": pl.col("organisation"),
        "domain": pl.col("domain"),
    }
    return values.select(given.alias(name) for name, given in columns.items()).with_row_index("row")
