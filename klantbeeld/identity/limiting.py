"""What a change does to limited values: of one that passes its limit, or no longer does, every
holder changes with it, so that all that hangs together by it is made anew from the records."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import polars as pl

from klantbeeld.identity import matching
from klantbeeld.identity.core.limits import held_in
from klantbeeld.identity.holdings import held_before, limited, shared_in, shared_of, stored
from klantbeeld.identity.rules import Rules


def changed(raw: pl.DataFrame, rules: Rules, was_held: Collection[int] = ()) -> pl.DataFrame:
    """Changed records (see `matching.raw_frame`), and whoever changes with them, as they are
    compared.

    was_held: hashes that these records, or others that are gone, held before (see
    `holdings.held_before`).
    """
    limits = rules.by_type()
    if not limits:
        return raw
    own = raw["record"].to_list()
    before = held_before(own) | set(was_held)
    touched = set(held_in(raw, limits)["hash"].to_list()) | before
    known = stored(sorted(touched))
    holders = sorted({r for _, records in known.values() for r in records} - set(own))
    fellows = matching.raw_frame(holders, rules)
    together = pl.concat([raw, fellows.select(raw.columns)]).sort("record")
    now = {row for row in shared_in(together, limits).rows() if row[1] in touched}
    flipped = {
        record
        for value, (is_shared, records) in known.items()
        if is_shared != (value in now)
        for record in records
    }
    whole = together.filter(pl.col("record").is_in([*own, *flipped]))
    # What else the fellows hold is not touched: it stands as it is stored.
    others = [row for row in shared_of(whole, limits).rows() if row[1] not in touched]
    schema = {"type": pl.Int64, "hash": pl.Int64}
    return limited(whole, limits, pl.DataFrame([*sorted(now), *others], schema, orient="row"))


def among_stored(coming: pl.DataFrame, others: Sequence[int], rules: Rules) -> pl.DataFrame:
    """Changed records as they are compared, among the stored `others`."""
    own = set(coming["record"].to_list())
    if own.issuperset(others):
        return coming
    held = matching.frame_of(sorted(set(others) - own), rules)
    return pl.concat([held.select(coming.columns), coming]).sort("record")


def whole_frame(rules: Rules, coming: pl.DataFrame | None = None) -> pl.DataFrame:
    """All records, with those that come (see `matching.raw_frame`) in place of what they were."""
    raw = matching.raw_frame(None, rules)
    if coming is not None:
        fellows = raw.filter(~pl.col("record").is_in(coming["record"].implode()))
        raw = pl.concat([fellows.select(coming.columns), coming]).sort("record")
    limits = rules.by_type()
    return limited(raw, limits, shared_in(raw, limits)) if limits else raw
