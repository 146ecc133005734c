"""The answers: what each question of the table reads, and gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import narwhals as nw
import polars as pl
from django.conf import settings

from klantbeeld.accounts.reads import reached, within
from klantbeeld.core import clock
from klantbeeld.core.actor import Actor
from klantbeeld.engine import Store, collect, read
from klantbeeld.profiles import reads as profiles
from klantbeeld.profiles.reads import Row
from klantbeeld.segments import buyers
from klantbeeld.segments.asking import Asked
from klantbeeld.segments.periods import ALL, bounds
from klantbeeld.segments.things import products_of, subscriptions_of

Frame = nw.LazyFrame[Any]
CONTACT_FIELDS = ("email", "mobile", "phone")
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "interaction": ("id", "record_id", "day", "kind", "status", "amount_minor"),
    "reading": ("record_id", "day", "kind", "topic"),
    "membership": ("record_id", "customer_id"),
    "subscription": ("record_id", "name"),
    "orderline": ("interaction_id", "product_id", "quantity", "amount_minor"),
    "profile": (
        "customer_id", "group", "orders", "revenue_minor", "days_between_orders",
        "last_order_day", "contact", "open_complaints",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic of the newsletter: by how many customers it was opened and clicked."""

    name: str
    customers: int
    opened: int
    clicked: int


@dataclass(frozen=True)
class Found:
    """Customers that answer a question, in order, with figures of each.

    `total` is how many there are, `rows` the first of them; `columns` are the figures that tell.
    `left_out` are customers who may not be called or have an open complaint, where that was asked.
    `topics` only for the newsletter; `counted` are the subscriptions that counted as
    bought. `as_of` is the moment whose state of the data this is.
    """

    rows: tuple[tuple[Row, Mapping[str, Any]], ...]
    total: int
    columns: tuple[str, ...]
    as_of: datetime
    topics: tuple[Topic, ...] = field(default=())
    counted: tuple[str, ...] = ()
    left_out: int = 0


class Copies(ExitStack):
    """Tables of the columnar copy, held until everything made of them is collected."""

    def __init__(self) -> None:
        super().__init__()
        self.store = Store(Path(settings.HOME) / "copy")
        self.as_of: datetime | None = None

    def table(self, name: str) -> Frame:
        """A table as a lazy frame. Raises `engine.RebuildNeeded` when there is no copy."""
        held = self.enter_context(
            read(
                self.store,
                "interaction" if name == "reading" else name,
                columns=_COLUMNS[name],
            )
        )
        self.as_of = min(self.as_of or held.as_of, held.as_of)
        return held.frame

    def moment(self) -> datetime:
        """The oldest state of the tables that were read, in the company's zone."""
        return (self.as_of or clock.local(clock.now_us())).astimezone(clock.company_zone())


def best(actor: Actor, asked: Asked) -> Found:
    """Customers with most revenue in a period; of all time as their profiles say."""
    with Copies() as copies:
        if asked.keys["period"] == ALL:
            held = copies.table("profile").filter(nw.col("revenue_minor") > 0)
            frame = held.select(
                nw.col("customer_id").alias("customer"), "revenue_minor",
                nw.col("orders").cast(nw.Int64), nw.col("last_order_day").alias("last_day"),
            )  # fmt: skip
        else:
            frame = buyers.revenue(_purchases(copies, asked))
        columns = ("revenue_minor", "orders", "last_day")
        return _found(actor, asked, collect(frame), ("revenue_minor",), columns, copies)


def silent(actor: Actor, asked: Asked) -> Found:
    """Customers who ever bought, and not in the period."""
    with Copies() as copies:
        first, last = bounds(asked.keys["period"], clock.today())
        if asked.keys["period"].isdecimal() and last == clock.today():
            frame = collect(buyers.silent(copies.table("profile"), first))
        else:
            frame = _not_within(copies, first, last)
        return _found(
            actor, asked, frame, ("revenue_minor",), ("revenue_minor", "last_day"), copies
        )


def _not_within(copies: Copies, first: int, last: int) -> pl.DataFrame:
    """Who bought before a period, and not in it."""
    ever = copies.table("profile").filter(
        nw.col("orders") > 0, (nw.col("last_order_day") >= 0).fill_null(False)
    )
    bought = buyers.purchases(
        copies.table("interaction"), copies.table("membership"), (0, last)
    ).filter((nw.col("amount_minor") > 0).fill_null(False))
    per = bought.with_columns((nw.col("day") >= first).cast(nw.Int64).alias("within"))
    known = per.group_by("customer").agg(nw.col("within").max())
    frame = known.filter(nw.col("within") == 0).join(
        ever.select(
            nw.col("customer_id").alias("customer"), "revenue_minor",
            nw.col("last_order_day").alias("last_day"),
        ),
        on="customer", how="inner",
    )  # fmt: skip
    return collect(frame.select("customer", "revenue_minor", "last_day"))


def leaving(actor: Actor, asked: Asked) -> Found:
    """Customers who stay away longer than they usually do, those worth most first."""
    with Copies() as copies:
        only = asked.keys["who"] == "callable"
        everybody = collect(buyers.leaving(copies.table("profile"), clock.today()))
        frame = everybody
        if only:
            frame = everybody.filter(pl.col("open_complaints") == 0)
            # The copy follows some moments later; a refusal holds at once.
            allowed = profiles.allowed(actor, frame["customer"].to_list(), "phone")
            frame = frame.filter(pl.col("customer").is_in(sorted(allowed)))
        columns = ("away_days", "usual_days", "last_day", "revenue_minor", "contact", "phone")
        found = _found(actor, asked, frame, ("revenue_minor",), columns, copies)
        return replace(found, left_out=len(_reached(actor, everybody)) - found.total)


def bought(actor: Actor, asked: Asked) -> Found:
    """Customers who bought these things (in a period), and never those.

    Whoever has or had a subscription that is called like those did not do without them.
    """
    counted: list[str] = []
    with Copies() as copies:
        orders, lines = _purchases(copies, asked), copies.table("orderline")
        have = collect(buyers.buyers(orders, lines, products_of(asked.things["bought"])))
        if "never" in asked.things:
            other = buyers.buyers(orders, lines, products_of(asked.things["never"]))
            have = have.join(collect(other), on="customer", how="anti")
            counted = subscriptions_of(asked.things["never"])
        if counted:
            held = copies.table("subscription"), copies.table("membership")
            taken = collect(buyers.subscribers(*held, counted))
            have = have.join(taken, on="customer", how="anti")
        columns = ("times", "last_day", "amount_minor")
        found = _found(actor, asked, have, ("last_day", "amount_minor"), columns, copies)
        return replace(found, counted=tuple(counted))


def newsletter(actor: Actor, asked: Asked) -> Found:
    """Customers who opened the newsletter in a period, and the topics that were read."""
    with Copies() as copies:
        days = bounds(asked.keys["period"], clock.today())
        topic = asked.keys.get("topic", "")
        frame, members = copies.table("reading"), copies.table("membership")
        read_by = collect(buyers.reading(frame, members, days))
        read_by = _reached(actor, read_by)
        topics = _topics(read_by)
        if topic:
            meant = _topic(topic, [t.name for t in topics])
            read_by = read_by.filter(pl.col("topic") == meant)
        ranked = read_by.sort("clicked", "opened", "topic", descending=[True, True, False])
        per = ranked.group_by("customer", maintain_order=True).agg(
            pl.col("opened").sum(), pl.col("clicked").sum(), pl.col("last_day").max(),
            pl.col("topic").filter(pl.col("topic") != "").head(3).str.join(", ").alias("topics"),
        )  # fmt: skip
        per = per.filter(pl.col("opened") + pl.col("clicked") > 0)
        columns = ("opened", "clicked", "topics", "last_day")
        found = _found(actor, asked, per, ("opened", "clicked"), columns, copies)
        return replace(found, topics=topics)


def _topics(read_by: pl.DataFrame) -> tuple[Topic, ...]:
    named = read_by.filter(pl.col("topic") != "").group_by("topic").agg(
        pl.len().alias("customers"), pl.col("opened").sum(), pl.col("clicked").sum()
    )  # fmt: skip
    rows = named.sort("clicked", "opened", "topic", descending=[True, True, False]).iter_rows()
    return tuple(Topic(*row) for row in rows)


def _topic(words: str, names: Sequence[str]) -> str:
    """The topic that is called so, in any spelling of signs and capitals."""
    plain = "".join(c for c in words.casefold() if c.isalnum())
    same = (n for n in names if "".join(c for c in n.casefold() if c.isalnum()) == plain)
    return next(same, words)


def _purchases(copies: Copies, asked: Asked) -> Frame:
    days = bounds(asked.keys.get("period") or ALL, clock.today())
    return buyers.purchases(copies.table("interaction"), copies.table("membership"), days)


def _reached(actor: Actor, frame: pl.DataFrame) -> pl.DataFrame:
    """The rows of customers whom the actor reaches."""
    if within(actor) is None:
        return frame
    return frame.filter(pl.col("customer").is_in(sorted(reached(actor, frame["customer"]))))


def _found(
    actor: Actor, asked: Asked, frame: pl.DataFrame, by: Sequence[str], columns: tuple[str, ...],
    copies: Copies,
) -> Found:  # fmt: skip
    """The first rows of a frame with a row per customer, highest first, with their profiles."""
    frame = _reached(actor, frame)
    order = [*by, "customer"]
    first = frame.top_k(asked.size, by=order[:1]) if len(frame) > 20 * asked.size else frame
    if len(first) < len(frame):
        # Ties with the last one of the best belong to it before they are put in order.
        bound = first[order[0]].min()
        first = frame.filter(pl.col(order[0]) >= bound)
    first = first.sort(order, descending=[True] * len(by) + [False]).head(asked.size)
    figures = {row["customer"]: row for row in first.iter_rows(named=True)}
    rows = profiles.rows_of(actor, list(figures), CONTACT_FIELDS)
    return Found(
        tuple((row, figures[row.customer]) for row in rows), len(frame), columns, copies.moment(),
    )  # fmt: skip


Answer = Callable[[Actor, Asked], Found]
# Questions about one customer are answered by the screens' own reads (card, history, consent).
LISTS: Mapping[str, Answer] = {
    "best": best,
    "silent": silent,
    "leaving": leaving,
    "bought": bought,
    "bought_never": bought,
    "newsletter": newsletter,
}
