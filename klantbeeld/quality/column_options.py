"""What a whole column says about how to read each of its values."""

from __future__ import annotations

import datetime as dt

import polars as pl

from klantbeeld.quality.columns import as_text, tidy
from klantbeeld.quality.date_orders import date_order
from klantbeeld.quality.dates import usual_oldest
from klantbeeld.quality.moments import DAY, read_moments
from klantbeeld.quality.names import has_english_salutations, is_english
from klantbeeld.quality.numbers import decimal_mark
from klantbeeld.quality.place_cells import are_together
from klantbeeld.quality.roles import DATED, NAMED, NUMBERED, PLACED
from klantbeeld.quality.standard import Options

_MOST = 100_000  # values looked at, spread evenly over longer columns

Found = dict[str, str | bool | int]


def options_for(column: pl.Series, role: str) -> Found:
    """The options that a column decides itself, to be given with each chunk of it.

    Empty for roles that leave nothing open. A saved mapping or a person may overrule any of them.
    """
    seen = column.gather_every(max(1, len(column) // _MOST))
    if role in DATED:
        return _of_dates(seen, role)
    if role in NUMBERED:
        return {"decimal": decimal_mark(seen).mark}
    if role in PLACED:
        return {"together": are_together(tidy(as_text(seen)))}
    if role in NAMED:
        text = tidy(as_text(seen))
        saluted = has_english_salutations(text) if role == "salutation" else is_english(text)
        return {"english": saluted}
    return {}


def _of_dates(seen: pl.Series, role: str) -> Found:
    order = date_order(seen).order
    options = Options(order=order)
    found: Found = {"order": order}
    local = read_moments(seen, options, 0)
    found["has_times"] = bool((local["precision"].is_in(["minute", "second"])).any())
    if role == "birth_date":
        today = (options.today - dt.date(1970, 1, 1)).days
        found["oldest"] = usual_oldest(local["local"] // DAY, today)
    return found
