"""What kinds of data the house holds, counted in the columnar copy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import narwhals as nw
from django.conf import settings

from klantbeeld.core import clock
from klantbeeld.engine import RebuildNeeded, collect, read
from klantbeeld.pipeline import copying
from klantbeeld.privacy.reads import LETTERS

Frame = nw.LazyFrame[Any]


@dataclass(frozen=True)
class Holdings:
    """How much there is of everything.

    `kinds` counts interactions by kind; `orders_from` and `orders_to` are the days (since
    1970-01-01) of the first and last order, None without any. `consents` are customers of whom
    permission for mail is known, whatever it says; `placed` those with a place to live.
    """

    customers: int = 0
    placed: int = 0
    consents: int = 0
    multiple: int = 0
    subscriptions: int = 0
    orders_from: int | None = None
    orders_to: int | None = None
    kinds: Mapping[str, int] = field(default_factory=dict)

    def of(self, *kinds: str) -> int:
        """How many interactions of these kinds."""
        return sum(self.kinds.get(kind, 0) for kind in kinds)


# The last holdings, with the state of the copy that they were counted in.
_known: dict[tuple[object, ...], Holdings] = {}


def holdings() -> Holdings:
    """What there is, as of the last refresh of the copy; nothing without a copy."""
    store = copying.store()
    try:
        state = (settings.HOME, store.watermark("interaction"), store.watermark("profile"))
        if state not in _known:
            found = _counted(store)
            _known.clear()
            _known[state] = found
        return _known[state]
    except RebuildNeeded:
        return Holdings()


def _counted(store: Any) -> Holdings:
    with read(store, "interaction", columns=["kind", "day"]) as held:
        kinds = collect(by_kind(held.frame)).to_dicts()
    with read(store, "profile", columns=["consents", "city", "sources"]) as held:
        (people,) = collect(told(held.frame)).to_dicts()
    with read(store, "subscription", columns=["id"]) as held:
        (agreed,) = collect(held.frame.select(nw.len().alias("n"))).to_dicts()
    days = next((row for row in kinds if row["kind"] == "order"), {"first": None, "last": None})
    return Holdings(
        **{name: n or 0 for name, n in people.items()},
        subscriptions=agreed["n"],
        orders_from=days["first"],
        orders_to=days["last"],
        kinds={row["kind"]: row["n"] for row in kinds},
    )


def by_kind(interactions: Frame) -> Frame:
    """kind, n, first and last day (since 1970-01-01), up to today."""
    past = interactions.filter(nw.col("day") <= clock.today())
    return past.group_by("kind").agg(
        nw.len().alias("n"),
        nw.col("day").min().alias("first"),
        nw.col("day").max().alias("last"),
    )


def told(profiles: Frame) -> Frame:
    """One row: customers, placed, consents, multiple (told of by more than one source)."""
    is_known = nw.col("consents").str.slice(0, 1) != LETTERS["unknown"]
    flags = profiles.select(
        nw.lit(1).cast(nw.Int64).alias("customers"),
        (nw.col("city") != "").cast(nw.Int64).alias("placed"),
        is_known.cast(nw.Int64).alias("consents"),
        (nw.col("sources") > 1).cast(nw.Int64).alias("multiple"),
    )
    return flags.select(nw.all().sum())
