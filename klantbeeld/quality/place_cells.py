"""A postcode and a place in one cell: '1234 AB Utrecht', '9000 Gent', 'Utrecht 1234 AB'."""

from __future__ import annotations

import polars as pl

from klantbeeld.quality.columns import as_text, by_distinct, tidy
from klantbeeld.quality.readers import Reader
from klantbeeld.quality.standard import Options, Standard

_DUTCH = r"(?:NL[- ]?)?[1-9]\d{3} ?[A-Z]{2}"
_PLACE = r"['’‘`]?\p{L}\D{1,60}"
_BETWEEN = r"(?:[ ,;/|]+|[ ,]*[-–][ ]*)"
_SHAPES = (
    rf"(?i)^(?P<postcode>{_DUTCH}|0000 ?[A-Z]{{2}}){_BETWEEN}(?P<city>{_PLACE})$",
    rf"(?i)^(?P<postcode>(?:[A-Z]{{1,2}}-)?\d{{4,5}})[ ,;/|]+(?P<city>{_PLACE})$",
    rf"(?i)^(?P<city>{_PLACE}?){_BETWEEN}(?P<postcode>{_DUTCH})$",
)
# A Dutch postcode is no Belgian one with a place of two letters.
_ALONE = rf"(?i)^{_DUTCH}$"


def are_together(text: pl.Series) -> bool:
    """Whether any of these tidy texts holds both."""
    return bool(apart(text.drop_nulls().unique())["postcode"].is_not_null().any())


def apart(text: pl.Series) -> pl.DataFrame:
    """postcode and city, as written, of texts that hold both; null where they hold only one."""
    frame = pl.DataFrame({"text": text.cast(pl.String)})
    found = frame.select(
        pl.col("text").str.contains(_ALONE).alias("alone"),
        *(
            pl.col("text").str.extract_groups(shape).alias(f"{n}")
            for n, shape in enumerate(_SHAPES)
        ),
    )
    halves = {
        half: pl.coalesce(pl.col(f"{n}").struct.field(half) for n in range(len(_SHAPES)))
        for half in ("postcode", "city")
    }
    return found.select(pl.when(~pl.col("alone")).then(e).alias(h) for h, e in halves.items())


def taken_apart(own: Reader, half: str, other: Reader, other_half: str) -> Reader:
    """A reader of the own half of such cells, with the other half as a part."""

    def read(column: pl.Series, options: Options) -> Standard:
        if options.together is False:
            return own(column, options)
        text = tidy(as_text(column))
        both = by_distinct(text, apart)
        is_both = both[half].is_not_null()
        if not options.together and not is_both.any():
            return own(column, options)
        read = own(both[half].zip_with(is_both, text), options)
        beside = other(both[other_half], options).value
        return Standard(read.value, read.issue, {**read.parts, other_half: beside})

    return read
