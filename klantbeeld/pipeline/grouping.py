"""Which group each customer is in: read what decides, ask `segments`, write it on the profile."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import narwhals as nw
import polars as pl

from klantbeeld.core import bulk
from klantbeeld.core.actor import Actor
from klantbeeld.profiles.actions import set_groups
from klantbeeld.segments.tables import lifecycle

INTERACTIONS = {
    "interaction": pl.Int64, "record": pl.Int64, "at": pl.Int64, "day": pl.Int32,
    "kind": pl.String, "channel": pl.String, "amount_minor": pl.Int64, "status": pl.String,
}  # fmt: skip
SUBSCRIPTIONS = {
    "record": pl.Int64, "started_day": pl.Int32, "ended_day": pl.Int32, "status": pl.String,
}  # fmt: skip
MEMBERSHIPS = {"record": pl.Int64, "customer": pl.Int64}


def set_groups_of(actor: Actor, customers: Sequence[int], today: int) -> int:
    """Put these customers in their groups as of `today`; returns how many changed."""
    owners = _frame(
        "SELECT record_id, customer_id FROM identity_membership WHERE", "customer_id",
        customers, MEMBERSHIPS,
    )  # fmt: skip
    records = owners["record"].to_list()
    interactions = _frame(
        "SELECT id, record_id, at, day, kind, channel, amount_minor, status"
        " FROM timeline_interaction WHERE", "record_id", records, INTERACTIONS,
    )  # fmt: skip
    subscriptions = _frame(
        "SELECT record_id, started_day, ended_day, status FROM timeline_subscription WHERE",
        "record_id", records, SUBSCRIPTIONS,
    )  # fmt: skip
    told = bulk.rows_where(
        f"SELECT id, {bulk.json_text('data')} FROM core_record WHERE", "id", records
    )
    texts = pl.DataFrame(told, schema={"record": pl.Int64, "data": pl.String}, orient="row")
    relations = texts.select(
        "record", pl.col("data").str.json_path_match("$.relation_type").alias("relation_type")
    )
    lazy: Any = lifecycle(
        nw.from_native(interactions.lazy()),
        nw.from_native(subscriptions.lazy()),
        nw.from_native(owners.lazy()),
        nw.from_native(relations.lazy()),
        today,
    )
    found: pl.DataFrame = nw.to_native(lazy).collect()
    return set_groups(actor, found.rename({"lifecycle": "group"}))


def _frame(sql: str, column: str, values: Sequence[int], schema: dict[str, Any]) -> pl.DataFrame:
    return pl.DataFrame(bulk.rows_where(sql, column, values), schema=schema, orient="row")
