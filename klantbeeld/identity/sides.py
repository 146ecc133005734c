"""Records of which nothing tells whether they are of a person or of an organisation.

A note written by hand, or a number that only orders tell: taken for a person, unless somebody said
that they are one with an organisation. So they follow whoever they were tied to, whatever that
turns out to be, or was before a delivery was taken back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import polars as pl

from klantbeeld.identity import core
from klantbeeld.identity.models import Judgement


def with_sides(
    values: pl.DataFrame, frame: pl.DataFrame, judgements: Iterable[tuple[int, int, str, int]]
) -> pl.DataFrame:
    """`values` with the undecided records that people put with an organisation on its side.

    values, frame: row for row as in `matching.match`; judgements: left, right, verdict, at.
    """
    tied = _tied(judgements)
    if not tied:
        return values
    records = frame["record"].to_list()
    is_firm = dict(zip(records, (values["kind"] == core.ORGANISATION).to_list(), strict=True))
    undecided = set(frame.filter(pl.col("kind") == "unknown")["record"].to_list())
    undecided -= {record for record, firm in is_firm.items() if firm}
    moved: set[int] = set()
    for start in sorted(undecided & set(tied)):
        if start not in moved:
            group, ends = _reached(start, tied, undecided)
            if ends and all(is_firm.get(end, False) for end in ends):
                moved |= group
    if not moved:
        return values
    follows = frame["record"].is_in(list(moved)).alias("follows")
    side = pl.when(follows).then(pl.lit(core.ORGANISATION)).otherwise("kind")
    return values.with_columns(side.cast(values.schema["kind"]).alias("kind"))


def _tied(judgements: Iterable[tuple[int, int, str, int]]) -> dict[int, set[int]]:
    """Record to those that it is the same as; of what was said of a pair the latest counts."""
    latest = {
        (left, right): verdict
        for left, right, verdict, _at in sorted(judgements, key=lambda said: said[3])
    }
    tied: dict[int, set[int]] = defaultdict(set)
    for (left, right), verdict in latest.items():
        if verdict == Judgement.SAME:
            tied[left].add(right)
            tied[right].add(left)
    return tied


def _reached(
    start: int, tied: dict[int, set[int]], undecided: set[int]
) -> tuple[set[int], set[int]]:
    """The undecided records that hang together with this one, and the others at their ends."""
    group, edge, ends = {start}, [start], set()
    while edge:
        for other in tied[edge.pop()] - group:
            if other in undecided:
                group.add(other)
                edge.append(other)
            else:
                ends.add(other)
    return group, ends
