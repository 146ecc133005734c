"""Customer groups of everybody, or of one: lazy frames in, a lazy frame out, on either engine."""

from __future__ import annotations

from typing import Any

import narwhals as nw

from klantbeeld.engine import Latest
from klantbeeld.segments.rules import (
    ENDED,
    FACTS,
    INTENT,
    INTEREST,
    NEVER,
    NOTHING,
    OTHER,
    STEPS,
    Step,
)

Frame = nw.LazyFrame[Any]

_INTENT, _INTEREST = Latest(INTENT), Latest(INTEREST)


def lifecycle(
    interactions: Frame, subscriptions: Frame, memberships: Frame, relations: Frame, today: int
) -> Frame:
    """customer, lifecycle, reason: one row per customer of `memberships`, as `rules.group_of`.

    `interactions`: record, interaction, at, day, kind, amount_minor, status (see
    `profiles.tables.figures`). `subscriptions`: record, started_day, ended_day (both nullable),
    status. `memberships`: record, customer. `relations`: record, relation_type (nullable). What
    lies after day `today` does not count yet.
    """
    known = facts(interactions, subscriptions, memberships, relations, today)
    group, reason = nw.lit(OTHER), nw.lit(NOTHING)
    for step in reversed(STEPS):
        holds = _holds(step, today)
        group = nw.when(holds).then(nw.lit(step.group)).otherwise(group)
        reason = nw.when(holds).then(_reason(step.fact)).otherwise(reason)
    return known.select("customer", group.alias("lifecycle"), reason.alias("reason"))


def facts(
    interactions: Frame, subscriptions: Frame, memberships: Frame, relations: Frame, today: int
) -> Frame:
    """customer and per name of `rules.FACTS` the columns `<name>_kind`, `<name>_day`.

    Both are null where there is no such fact; takes what `lifecycle` takes.
    """
    owners = memberships.select("record", "customer")
    everybody = owners.select("customer").unique()
    for part in (
        _of_interactions(interactions, owners, today),
        _of_subscriptions(subscriptions, owners, today),
        _of_relations(relations, owners),
    ):
        everybody = everybody.join(part, on="customer", how="left")
    return everybody.select(
        "customer", *(f"{name}_{part}" for name in FACTS for part in ("kind", "day"))
    )


def _of_interactions(interactions: Frame, owners: Frame, today: int) -> Frame:
    kind, day = nw.col("kind"), nw.col("day")
    is_purchase = (
        (kind == "order")
        & ~(nw.col("status") == "cancelled").fill_null(False)
        & (nw.col("amount_minor") > 0).fill_null(False)
    )
    last = (
        interactions.filter(day <= today, kind.is_in(["order", *INTENT, *INTEREST]))
        .select(
            "record",
            nw.when(is_purchase).then(day).alias("order_day"),
            _INTENT.pack(day, kind).alias("intent"),
            _INTEREST.pack(day, kind).alias("interest"),
        )
        # Joined after that: no texts need to be carried through the join.
        .join(owners, on="record", how="inner")
        .group_by("customer")
        .agg(nw.col("order_day", "intent", "interest").max())
    )
    return last.select(
        "customer",
        "order_day",
        nw.when(~nw.col("order_day").is_null()).then(nw.lit("order")).alias("order_kind"),
        *_unpacked(_INTENT, "intent"),
        *_unpacked(_INTEREST, "interest"),
    )


def _unpacked(latest: Latest, name: str) -> list[nw.Expr]:
    packed = nw.col(name)
    return [
        latest.kind(packed).alias(f"{name}_kind"),
        latest.instant(packed).cast(nw.Int32).alias(f"{name}_day"),
    ]


def _of_subscriptions(subscriptions: Frame, owners: Frame, today: int) -> Frame:
    started, ended = nw.col("started_day"), nw.col("ended_day")
    says_ended = nw.col("status").is_in(ENDED).fill_null(False)
    is_running = nw.when(ended.is_null()).then(~says_ended).otherwise(ended >= today)
    last_known = nw.max_horizontal(started, nw.when(ended <= today).then(ended))
    known = (
        subscriptions.filter(started.is_null() | (started <= today))
        .join(owners, on="record", how="inner")
        .select(
            "customer",
            nw.when(is_running).then(nw.lit("subscription")).alias("running_kind"),
            nw.when(is_running).then(started).alias("running_day"),
            nw.lit("subscription").alias("subscription_kind"),
            last_known.alias("subscription_day"),
        )
    )
    columns = ("running_kind", "running_day", "subscription_kind", "subscription_day")
    return known.group_by("customer").agg(nw.col(*columns).max())


def _of_relations(relations: Frame, owners: Frame) -> Frame:
    written = nw.col("relation_type").str.strip_chars().str.to_lowercase()
    word = written.replace_strict(
        {text: f"relation:{word}" for text, word in NEVER.items()},
        default=nw.lit(None, dtype=nw.String),
        return_dtype=nw.String,
    )
    return (
        relations.select("record", word.alias("relation_kind"))
        .drop_nulls("relation_kind")
        .join(owners, on="record", how="inner")
        .group_by("customer")
        .agg(nw.col("relation_kind").min())
        .with_columns(nw.lit(None, dtype=nw.Int32).alias("relation_day"))
    )


def _holds(step: Step, today: int) -> nw.Expr:
    is_there = ~nw.col(f"{step.fact}_kind").is_null()
    if step.days is None:
        return is_there
    return is_there & (nw.col(f"{step.fact}_day") >= today - step.days)


def _reason(fact: str) -> nw.Expr:
    kind, day = nw.col(f"{fact}_kind"), nw.col(f"{fact}_day")
    dated = nw.concat_str(kind, day.cast(nw.String), separator=":")
    return nw.when(day.is_null()).then(kind).otherwise(dated)
