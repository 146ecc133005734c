"""Who records would be before they are stored: matched as they will be, and kept nowhere."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from klantbeeld.core import bulk
from klantbeeld.core.models import Record
from klantbeeld.identity import actions, core, learning, limiting, matching
from klantbeeld.identity.doubts import BRIDGE, about
from klantbeeld.identity.rehearsing import Rehearsal, digest_of, rehearsal
from klantbeeld.identity.touching import touched_by


@dataclass(frozen=True)
class WouldMatch:
    """What matching would make of records.

    groups: record, cluster, customer (the known customer that the cluster is or joins, 0 for a
    new one), for each of the records that was asked about. doubts: pairs (see `doubts.SCHEMA`) with
    at least one of them that stay apart and that a person should look at. rehearsal: the
    match itself, of use when the same records are stored.
    """

    groups: pl.DataFrame
    doubts: pl.DataFrame
    rehearsal: Rehearsal


def would_match(fresh: pl.DataFrame, known: int) -> WouldMatch:
    """Match records that are not stored yet with those that are.

    fresh: as `matching.SCHEMA`; the first `known` keys are of stored records that would change,
    higher ones are of no record yet. Takes the same decisions as `actions.match_pending`.
    """
    wanted = fresh.filter(pl.col("kind").is_in(matching.MATCHED_KINDS))
    coming = matching.flat(wanted)
    stored = Record.objects.filter(kind__in=matching.MATCHED_KINDS).count()
    total = stored + int((wanted["record"] > known).sum())
    deciding = matching.in_force()
    is_new = total >= max(matching.LEARN_FROM, matching.LEARN_AGAIN * matching.learnt_from())
    is_whole = len(wanted) >= actions.WHOLE_SHARE * total or total < actions.SMALL
    if is_new or is_whole:
        frame = limiting.whole_frame(deciding.rules, coming)
    else:
        changed = limiting.changed(coming, deciding.rules)
        near = touched_by(changed, deciding.model)
        frame = limiting.among_stored(changed, sorted(near), deciding.rules)
    digest = digest_of(frame, deciding, is_new=is_new)
    values = core.match_values(frame)
    if is_new:
        learnt = learning.learnt(values, core.Model.default())
        deciding = matching.InForce(learnt, deciding.rules)
    matched = matching.match(frame, deciding, values, is_part=not (is_new or is_whole))
    return WouldMatch(
        _groups(matched.clusters, wanted["record"]),
        about(matched.doubts, wanted["record"].to_list()),
        rehearsal(frame, digest, deciding.learnt, matched),
    )


def _groups(clusters: pl.DataFrame, asked: pl.Series) -> pl.DataFrame:
    """See `WouldMatch.groups`: of the customers whose anchors meet, the oldest goes on."""
    ours = clusters.filter(pl.col("record").is_in(asked.implode()))
    concerned = clusters.filter(pl.col("cluster").is_in(ours["cluster"].implode()))
    schema = {"record": pl.Int64, "customer": pl.Int64}
    anchors = bulk.rows_where(
        "SELECT anchor_id, id FROM core_customer WHERE", "anchor_id",
        concerned["record"].to_list(),
    )  # fmt: skip
    held = pl.DataFrame(anchors, schema=schema, orient="row")
    survivors = concerned.join(held, on="record").group_by("cluster").agg(pl.col("customer").min())
    return (
        ours.select("record", "cluster")
        .join(survivors, on="cluster", how="left", maintain_order="left")
        .with_columns(pl.col("customer").fill_null(0))
    )


def doubts_of(records: list[int]) -> int:
    """How many stored doubts are about one of these records (see `WouldMatch`)."""
    found: set[int] = set()
    for side in ("left_id", "right_id"):
        rows = bulk.rows_where(
            "SELECT id FROM identity_doubt WHERE reason <> %s AND", side, records, params=[BRIDGE]
        )
        found |= {row[0] for row in rows}
    return len(found)
