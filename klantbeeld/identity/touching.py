"""Which records have to be matched together with changed ones: all that they may join or leave."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import polars as pl

from klantbeeld.core import bulk
from klantbeeld.identity import attaching, core
from klantbeeld.identity.blocks import NotPacked, most_in
from klantbeeld.identity.core.plain import plain
from klantbeeld.identity.matching import KINDS, frame_of, keyed
from klantbeeld.identity.nearby import Row, crossed_by, identifier_fellows, left_by, met_by, tied_to

# So many changed records are looked at one by one.
FEW = 20


def touched_by(frame: pl.DataFrame, model: core.Model) -> set[int]:
    """The records whose component the given (changed) records may join or leave.

    Partners under a shared key that they have a tie with or that people spoke of together with
    them, everything linked to those, and the present fellow members; then all is closed and
    can be matched as a whole.
    """
    records = frame["record"].to_list()
    rows = [Row(told["record"], plain(told)) for told in frame.iter_rows(named=True)]
    near = {r for left, right, *_ in _judged_with(records) for r in (left, right)}
    select = "SELECT kind, hash FROM identity_matchkey WHERE"
    near |= left_by(rows, bulk.rows_where(select, "record_id", records), model)
    try:
        met = met_by(rows, model) if len(rows) <= FEW else None
    except NotPacked:
        met = None
    if met is None:
        near |= crossed_by(rows, model) | _met(frame, model)
    else:
        near |= met.crossing | identifier_fellows(rows, model)
        for row in rows:
            near |= {record for record, _, is_near in tied_to(row, met, model) if is_near}
    return _closure(near | set(records), model)


def _met(frame: pl.DataFrame, model: core.Model) -> set[int]:
    """Partners with a tie, and who shares an identifier where one of the two is weak."""
    values = core.match_values(frame)
    records = frame["record"].to_list()
    keys = core.match_keys(values, model.key_kinds)
    open_keys = keys.filter(~pl.col("hash").is_in(list(model.stop_keys)))
    partners = _holders(open_keys["hash"].unique().to_list(), model) - set(records)
    near = _scoring_partners(frame, sorted(partners), model)
    identifiers = keyed(values, frame["record"].to_numpy(), model)
    return near | _identifier_fellows(identifiers.select("hash", "kind").iter_rows(), model)


def _holders(hashes: list[int], model: core.Model) -> set[int]:
    rows = bulk.rows_where(
        "SELECT hash, kind, record_id FROM identity_matchkey WHERE", "hash", hashes
    )
    held: dict[tuple[int, int], list[int]] = {}
    for key, kind, record in rows:
        if kind < attaching.WEAK:
            held.setdefault((key, kind), []).append(record)
    # A block is cut by its distinct rows; how many those are shows only when it is looked into.
    return {
        record
        for (_, kind), found in held.items()
        if len(found) <= most_in(kind)
        for record in found
    }


def _scoring_partners(frame: pl.DataFrame, partners: list[int], model: core.Model) -> set[int]:
    """The partners that one of the changed records has a tie with (see `core.ties`)."""
    if not partners:
        return set()
    both = pl.concat([frame, frame_of(partners)])
    values = core.match_values(both)
    records = both["record"].to_numpy()
    found: set[int] = set()
    for kind in KINDS:
        rows = np.flatnonzero((values["kind"] == kind).to_numpy())
        if len(rows) < 2:
            continue
        prepared = core.prepare(values[rows], kind, None, model)
        linked = core.link_prepared(values[rows], prepared, model.kinds[kind])
        near = core.ties(linked.pairs, model.kinds[kind].thresholds)
        for side in ("left", "right"):
            found |= set(records[rows][near[side].to_numpy()].tolist())
        # Of rows that say the same one stands for all, and has no tie with the others.
        said = values["key"][rows]
        own = said.filter(pl.Series(rows) < len(frame))
        found |= set(records[rows][said.is_in(own.implode()).to_numpy()].tolist())
    return found & set(partners)


def _identifier_fellows(keys: Iterable[tuple[int, int]], model: core.Model) -> set[int]:
    """Records that share an identifier with records of these keys (hash, kind), one being weak."""
    stopped = model.stopped_keys
    of_weak, of_all = set(), set()
    for key, kind in keys:
        if key in stopped:
            continue
        if kind >= attaching.WEAK:
            of_weak.add(key)
        elif kind in attaching.PLACES:
            of_all.add(key)
    select = "SELECT record_id FROM identity_matchkey WHERE"
    rows = bulk.rows_where(select, "hash", sorted(of_weak))
    rows += bulk.rows_where(f"{select} kind >= {attaching.WEAK} AND", "hash", sorted(of_all))
    return {row[0] for row in rows}


def _closure(start: set[int], model: core.Model) -> set[int]:
    """All reached from `start` over links, customers, households, identifiers of weak records."""
    reached, edge = set(start), set(start)
    loose = min(model.kinds[kind].thresholds.loose for kind in KINDS)
    home = min(model.kinds[kind].thresholds.household for kind in KINDS)
    tied = f"(weight >= {loose} OR household >= {home})"
    while edge:
        found: set[int] = set()
        members = sorted(edge)
        for one, other in (("left_id", "right_id"), ("right_id", "left_id")):
            rows = bulk.rows_where(
                f"SELECT {other} FROM identity_link WHERE {tied} AND", one, members
            )
            found |= {row[0] for row in rows}
        rows = bulk.rows_where(
            "SELECT m.record_id FROM identity_membership m JOIN identity_membership o"
            " ON o.customer_id = m.customer_id WHERE", "o.record_id", members,
        )  # fmt: skip
        found |= {row[0] for row in rows}
        rows = bulk.rows_where(
            "SELECT m.record_id FROM identity_membership m JOIN identity_membership o"
            " ON o.household = m.household WHERE o.household <> 0 AND", "o.record_id", members,
        )  # fmt: skip
        found |= {row[0] for row in rows}
        keys = bulk.rows_where(
            "SELECT hash, kind FROM identity_matchkey WHERE", "record_id", members
        )
        found |= _identifier_fellows([(row[0], row[1]) for row in keys], model)
        edge = found - reached
        reached |= found
    return reached


def _judged_with(records: list[int]) -> list[tuple[int, int]]:
    """Pairs of which people spoke and that these records are one of."""
    return [
        (row[0], row[1])
        for side in ("left_id", "right_id")
        for row in bulk.rows_where(
            "SELECT left_id, right_id FROM identity_judgement WHERE revoked_at = 0 AND",
            side, records,
        )
    ]  # fmt: skip
