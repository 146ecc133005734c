"""Which rows cannot be used, and why: what goes to quarantine instead of into the house."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np
import polars as pl

from klantbeeld.pipeline.standard import Standardised
from klantbeeld.sources.tables import ROW

# Values without which a row of a kind means nothing: (roles of which one must be there).
REQUIRED: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "orders": (("ordered_at", "event_at"),),
    "lines": (),
    "quotes": (("quoted_at", "event_at"),),
    "events": (("event_at",),),
    "loyalty": (("event_at",),),
    "messages": (("event_at",),),
    "cases": (("opened_at", "event_at"),),
    "surveys": (("answered_at", "event_at"),),
    "costs": (("cost_at", "event_at"), ("cost_amount",)),
    "subscriptions": (("started_at",),),
}
# Values that may be absent, but not wrong.
EXACT = frozenset(
    [
        "order_amount",
        "unit_price",
        "line_amount",
        "quantity",
        "quote_amount",
        "cost_amount",
        "compensation",
        "subscription_amount",
        "nps_score",
        "points_delta",
        "discount_amount",
    ]
)

# Kinds of table whose rows mean something without a customer: anonymous sales and answers.
NAMELESS = frozenset({"orders", "lines", "costs", "products", "messages", "surveys", "documents"})


class Kept(NamedTuple):
    """A row for quarantine: its table and number, values and reasons as JSON texts."""

    table: str
    row: int
    values: str
    reasons: str


def reasons_of(holds: str, rows: Standardised, nobody: pl.Series) -> dict[int, dict[str, str]]:
    """Of the rows that cannot be used: place -> role -> reason code."""
    reasons: defaultdict[int, dict[str, str]] = defaultdict(dict)
    for roles in REQUIRED.get(holds, ()):
        held = [r for r in roles if rows.has(r)]
        if not held and roles[-1] == "event_at":
            # No column tells when: what happened without a moment cannot be placed.
            for place in range(len(rows.values)):
                reasons[place][roles[0]] = "missing"
        if not held:
            continue
        missing = rows.values.select(pl.all_horizontal([pl.col(r).is_null() for r in held]))
        issue = rows.issues.get(held[0])
        for place in missing.to_series().arg_true().to_list():
            code = issue[place] if issue is not None else None
            reasons[place][held[0]] = code or "missing"
    for role in EXACT & set(rows.issues):
        for place in rows.issues[role].is_not_null().arg_true().to_list():
            if rows.issues[role][place] != "placeholder":
                reasons[place][role] = rows.issues[role][place]
    if holds not in NAMELESS:
        for place in nobody.arg_true().to_list():
            reasons[place][""] = "no_subject"
    return reasons


def marked(rows: int, places: Iterable[int]) -> pl.Series:
    """True at these places of so many rows."""
    marks = np.zeros(rows, dtype=bool)
    marks[list(places)] = True
    return pl.Series(marks)


def quarantined(
    table: str, frame: pl.DataFrame, reasons: Mapping[int, dict[str, str]]
) -> list[Kept]:
    """The rows that cannot be used, by place, with why."""
    if not reasons:
        return []
    part = frame[list(reasons)]
    kept = []
    for row, why in zip(part.iter_rows(named=True), reasons.values(), strict=True):
        number = row.pop(ROW)
        kept.append(Kept(table, number, as_delivered(row), json.dumps(why)))
    return kept


def as_delivered(cells: Mapping[str, object]) -> str:
    """The filled cells of a delivered row as JSON text: how quarantine knows it again."""
    values = {k: v for k, v in cells.items() if v is not None}
    return json.dumps(values, default=str, ensure_ascii=False)
