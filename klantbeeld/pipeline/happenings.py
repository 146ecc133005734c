"""From rows in standard form to interactions, subscriptions and documents: one table of rules.

`RULES` says for each kind of table which roles give moment, key, subject, amount and so on.
What a row says besides goes into `details`, so that nothing is lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from klantbeeld.core.frames import json_objects
from klantbeeld.core.hashing import hash_column
from klantbeeld.pipeline.standard import Standardised
from klantbeeld.pipeline.subjects import SUBJECT_ROLES
from klantbeeld.pipeline.words import (
    CASE_TABLES,
    TABLE_KINDS,
    channel_of,
    kind_of,
    kind_of_table,
    status_of,
)
from klantbeeld.sources.tables import ROW, plain_name


@dataclass(frozen=True)
class Rule:
    """How one kind of table becomes interactions. Roles are tried in order."""

    kind: str
    at: tuple[str, ...]
    key: tuple[str, ...] = ()
    kind_role: str = ""
    subject: tuple[str, ...] = ()
    amount: str = ""
    status: str = ""
    employee: tuple[str, ...] = ("employee", "handled_by")
    channel: str = ""
    direction: str = ""
    guest: str = ""

    def used(self) -> set[str]:
        """The roles with a column of their own."""
        named = {self.amount, self.status, "origin", "campaign", "discount_code", "currency"}
        return named | {*self.at, *self.key, *self.employee, *self.subject[:1], "channel",
                        "direction", self.kind_role, ROW}  # fmt: skip


RULES = {
    "orders": Rule(
        "order", ("ordered_at", "event_at"), ("order_number",), amount="order_amount",
        status="order_status", subject=("product_name", "category"), guest="order_number",
    ),
    "quotes": Rule(
        "quote", ("quoted_at", "event_at"), ("quote_number",), amount="quote_amount",
        status="quote_status", subject=("product_name", "subject", "subscription_name"),
        direction="out",
    ),
    "events": Rule(
        "event", ("event_at",), ("event_id",), "event_kind",
        ("subject", "topic", "product_name", "search_term", "url", "body"),
        amount="order_amount", status="case_status",
    ),
    "loyalty": Rule(
        "points", ("event_at",), ("event_id",),
        subject=("subject", "event_kind", "body", "product_name"), channel="loyalty",
    ),
    "messages": Rule("mail", ("event_at",), ("message_id",), subject=("subject",), channel="email"),
    "cases": Rule(
        "service", ("opened_at", "event_at"), ("case_number",), "case_kind",
        ("subject", "cause", "body"), amount="compensation", status="case_status",
        direction="in",
    ),
    "surveys": Rule(
        "survey", ("answered_at", "event_at"), ("event_id",), subject=("survey_name",),
        channel="survey", direction="in",
    ),
    "costs": Rule("cost", ("cost_at", "event_at"), subject=("campaign",), amount="cost_amount"),
    "documents": Rule(
        "letter", ("document_at", "event_at"), ("file_name",), subject=("file_name",),
        channel="post",
    ),
}  # fmt: skip

COLUMNS = (
    "record_id", "key", "key_hash", "hash", "at", "precision", "day", "kind", "channel",
    "direction", "subject", "status", "amount_minor", "currency", "employee", "origin",
    "campaign", "code", "details",
)  # fmt: skip


def _first(rows: Standardised, roles: Sequence[str], empty: str | None = "") -> pl.Expr:
    held = [pl.col(r).cast(pl.String) for r in roles if rows.has(r)]
    found = pl.coalesce(held) if held else pl.lit(None, dtype=pl.String)
    return found if empty is None else found.fill_null(empty)


# Who else took part and what came along have places of their own.
NO_DETAILS = frozenset({"recipients", "attachments", "content", "sha256", "size"})
# Rows of these are numbered per table (likes 1, 2, 3; comments 1, 2, 3), not per source.
NUMBERED_PER_TABLE = frozenset({"events", "loyalty", "surveys", "costs", "documents"})


def scope_of(source: str, holds: str, table: str) -> str:
    """Within what the rows' own keys are distinct."""
    kind = "orders" if holds == "lines" else holds
    per_table = f"/{plain_name(table)}" if holds in NUMBERED_PER_TABLE else ""
    return f"{source}\x1f{kind}{per_table}\x1f"


def interactions(
    rows: Standardised, holds: str, keys: pl.Series, scope: str, table: str = ""
) -> pl.DataFrame:
    """One interaction per row: `ROW` and `COLUMNS` but record_id; `at` null where unknown.

    `keys` are the rows' own keys, distinct within `scope` (see `scope_of`). `table` is
    the table's name, which tells the kind where rows do not.
    """
    rule = RULES[holds]
    at_role = next((r for r in rule.at if rows.has(r)), "")
    frame = rows.values.with_columns(keys.alias("key"))
    made = frame.select(
        ROW,
        "key",
        _moment(at_role).alias("at"),
        _part(rows, at_role, "precision", "second").alias("precision"),
        _part(rows, at_role, "local_day", "").str.to_date(strict=False).cast(pl.Int32).alias("day"),
        _kind(rows, rule, table).alias("kind"),
        _first(rows, rule.subject).alias("subject"),
        (status_of(pl.col(rule.status)) if rows.has(rule.status) else pl.lit("")).alias("status"),
        (pl.col(rule.amount) if rows.has(rule.amount) else pl.lit(None, dtype=pl.Int64)).alias(
            "amount_minor"
        ),
        _first(rows, ("currency",), "EUR").alias("currency"),
        _first(rows, rule.employee).str.slice(0, 120).alias("employee"),
        _first(rows, ("origin",)).str.slice(0, 60).alias("origin"),
        _first(rows, ("campaign",)).str.slice(0, 120).alias("campaign"),
        _first(rows, ("discount_code",)).str.slice(0, 60).alias("code"),
        _first(rows, ("direction",), rule.direction).str.slice(0, 3).alias("direction"),
        _first(rows, ("channel",)).alias("channel"),
    )
    channel = _channels(made, rows, rule).alias("channel")
    made = made.with_columns(channel, details(rows, rule, keys).alias("details"))
    return with_hashes(made, scope)


def _channels(made: pl.DataFrame, rows: Standardised, rule: Rule) -> pl.Series:
    """The channel as given; else that of the table or the kind; of orders, where the shop is."""
    own = pl.when(pl.col("channel") != "").then(pl.col("channel").str.slice(0, 16))
    fallback = pl.lit(rule.channel) if rule.channel else channel_of(pl.col("kind"))
    known = made.select(own.otherwise(fallback).alias("channel"))["channel"]
    if rule.kind != "order" or not rows.has("shop"):
        return known
    shop = rows.values["shop"]
    in_shop = shop.is_not_null() & (known == "")
    online = shop.str.contains("(?i)web|online|internet").fill_null(False)
    where = pl.when(in_shop & online).then(pl.lit("web")).when(in_shop).then(pl.lit("shop"))
    return pl.select(where.otherwise(known)).to_series()


def _moment(role: str) -> pl.Expr:
    return pl.col(role).cast(pl.Int64) if role else pl.lit(None, dtype=pl.Int64)


def _part(rows: Standardised, role: str, part: str, default: str) -> pl.Expr:
    name = f"{role}.{part}"
    return pl.col(name).fill_null(default) if rows.has(name) else pl.lit(default)


def _kind(rows: Standardised, rule: Rule, table: str) -> pl.Expr:
    named = CASE_TABLES if rule.kind == "service" else TABLE_KINDS
    by_table = kind_of_table(table, named, rule.kind) if rule.kind_role else rule.kind
    if not rule.kind_role or not rows.has(rule.kind_role):
        return pl.lit(by_table)
    return kind_of(pl.col(rule.kind_role)).fill_null(by_table)


def details(rows: Standardised, rule: Rule, keys: pl.Series) -> pl.Series:
    """What the row says besides, as JSON; personal fields belong to the record instead."""
    left_out = rule.used() | set(SUBJECT_ROLES) | {"key"}
    kept = [
        c for c in rows.values.columns
        if c not in left_out and "." not in c and c not in NO_DETAILS
    ]  # fmt: skip
    numbers = _own_numbers(rows, rule, keys)
    return json_objects(
        rows.values.with_columns(numbers), sorted([*kept, *(n.name for n in numbers)])
    )


def _own_numbers(rows: Standardised, rule: Rule, keys: pl.Series) -> list[pl.Series]:
    """The rows' own numbers where something else is their key: then the key does not tell them."""
    found = []
    for role in filter(rows.has, rule.key):
        number = rows.values[role].cast(pl.String)
        told = (number == keys) | number.is_null()
        if not told.all():
            told |= number == keys.str.replace(r"#\d+$", "")
        if not told.all():
            found.append(number.set(told, None).alias(role))
    return found


def with_hashes(made: pl.DataFrame, scope: str) -> pl.DataFrame:
    """Add `key_hash` (scope and key) and `hash` (everything it says)."""
    whole = made.select(
        pl.concat_str(pl.lit(scope), pl.col("key")).alias("key"),
        pl.concat_str(
            [
                pl.col(c).cast(pl.String).fill_null("")
                for c in sorted(made.columns)
                if c not in {ROW, "key", "key_hash", "hash"}
            ],
            separator="\x1f",
        ).alias("content"),
    )
    return made.with_columns(
        hash_column(whole["key"]).alias("key_hash"), hash_column(whole["content"]).alias("hash")
    )


def closings(rows: Standardised, opened: pl.DataFrame, scope: str) -> pl.DataFrame:
    """For cases with a closing date: the moment on which, and how, they were dealt with."""
    if not rows.has("closed_at"):
        return opened.clear()
    day = _part(rows, "closed_at", "local_day", "").str.to_date(strict=False).cast(pl.Int32)
    ended = rows.values.with_columns(
        _part(rows, "closed_at", "precision", "second").alias("precision"), day.alias("day")
    )
    made = opened.with_columns(
        rows.values["closed_at"].cast(pl.Int64).alias("at"),
        ended["precision"],
        ended["day"],
        pl.concat_str(pl.col("key"), pl.lit("#closed")).alias("key"),
        pl.concat_str(pl.col("kind"), pl.lit("_closed")).str.slice(0, 24).alias("kind"),
        rows.column("resolution").fill_null("").cast(pl.String).alias("subject"),
        pl.lit("closed").alias("status"),
        pl.lit("out").alias("direction"),
    ).filter(pl.col("at").is_not_null())  # fmt: skip
    return with_hashes(made, scope)


def subscriptions(rows: Standardised, keys: pl.Series, scope: str) -> pl.DataFrame:
    """One subscription per row, with the model's columns but record_id and delivery_id."""
    frame = rows.values.with_columns(keys.alias("key"))

    def day(role: str) -> pl.Expr:
        return _part(rows, role, "local_day", "").str.to_date(strict=False).cast(pl.Int32)

    rule = Rule("subscription", ("started_at", "ended_at"), ("subscription_number",))
    used = {"subscription_name", "period", "subscription_amount", "subscription_status"}
    kept = [
        c for c in frame.columns
        if c not in rule.used() | used | set(SUBJECT_ROLES) | {"key"} and "." not in c
    ]  # fmt: skip
    made = frame.select(
        ROW,
        "key",
        _first(rows, ("subscription_name", "product_name", "category"), "–").alias("name"),
        day("started_at").alias("started_day"),
        day("ended_at").alias("ended_day"),
        _first(rows, ("period",)).str.slice(0, 20).alias("period"),
        (
            pl.col("subscription_amount")
            if rows.has("subscription_amount")
            else pl.lit(None, dtype=pl.Int64)
        ).alias("amount_minor"),
        _first(rows, ("currency",), "EUR").alias("currency"),
        (
            status_of(pl.col("subscription_status"))
            if rows.has("subscription_status")
            else pl.lit("")
        ).alias("status"),
    )
    numbers = _own_numbers(rows, rule, keys)
    told = json_objects(frame.with_columns(numbers), [*kept, *(n.name for n in numbers)])
    return with_hashes(made.with_columns(told.alias("details")), scope)
