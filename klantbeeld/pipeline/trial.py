"""A trial run: what loading would do, reckoned by the same functions, while nothing is stored.

Every table is standardised as it would be written, its records are matched with each other and with
the stored ones they may join, and that is counted. No write lock is held at any moment.
Mails and letters are read when they are loaded, so of those only the rows are counted.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl
from django.db.models import Max

from klantbeeld.core import bulk
from klantbeeld.core.actor import Actor
from klantbeeld.core.clock import now_us
from klantbeeld.core.models import Record, Source
from klantbeeld.identity import reads as identity
from klantbeeld.pipeline.blocks import NO_DATA, Block, TableWork, make_ready, records_of
from klantbeeld.pipeline.deliver import deliveries_of
from klantbeeld.pipeline.load import ORDER, PARTS_PER_BLOCK
from klantbeeld.pipeline.plan import Plan, work_for
from klantbeeld.pipeline.sales import BUCKET_ROWS, add_lines, sales_of_lines, sales_of_orders
from klantbeeld.pipeline.unusable import Kept
from klantbeeld.pipeline.who import subject_records
from klantbeeld.sources.tables import ROW, stub_data, stub_kind

Progress = Callable[[str, int], None]
# Kinds of table whose rows are taken apart only while they are written.
UNLOOKED = frozenset({"messages", "documents"})
# So many rows that cannot be used are kept to be shown and mended.
SHOWN = 500
ROWS = {"table": pl.Int32, "row": pl.Int64, "source": pl.String, "key": pl.String}
RECORDS = {
    "source": pl.String, "key": pl.String, "kind": pl.String, "data": pl.String,
    "updated_at": pl.Int64, "told": pl.Boolean,
}  # fmt: skip
NAMED = ("organisation_name", "first_name", "initials", "surname_prefix", "surname", "full_name",
         "email", "city")  # fmt: skip


@dataclass
class Trial:
    """What loading would do, as counts.

    Of tables with customers every row is one of: new, double (of another row of these files),
    joins (a customer that is known from elsewhere), known (this source told of them before),
    unusable or suppressed. `customers` are all that the files tell of, `doubts` pairs that stay
    apart and that somebody should look at. `reasons`: code to rows; `unusable` holds the first
    such rows. `is_partial` when mails or letters are among the files, which are counted as rows.
    """

    rows: int = 0
    customers: int = 0
    new_customers: int = 0
    doubles: int = 0
    joins: int = 0
    known: int = 0
    doubts: int = 0
    unusable: int = 0
    suppressed: int = 0
    rejected: int = 0
    nobody: int = 0
    is_partial: bool = False
    holds: dict[str, int] = field(default_factory=dict)
    reasons: dict[str, int] = field(default_factory=dict)


@dataclass
class _Looked:
    """What looking at all tables gave."""

    trial: Trial = field(default_factory=Trial)
    rows: list[pl.DataFrame] = field(default_factory=list)
    records: list[pl.DataFrame] = field(default_factory=list)
    unusable: list[tuple[int, Kept]] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)
    # Table to the moment of its delivery.
    moments: dict[int, int] = field(default_factory=dict)

    def refuse(self, table: int, kept: Sequence[Kept]) -> None:
        """Count rows that cannot be used, and keep the first of them."""
        self.trial.unusable += len(kept)
        for row in kept:
            self.reasons.update(set(json.loads(row.reasons).values()))
        self.unusable += [(table, row) for row in kept[: max(0, SHOWN - len(self.unusable))]]

    def account(self, table: int, block: Block) -> None:
        """Count what of a block is not stored."""
        self.refuse(table, block.quarantined)
        self.trial.suppressed += block.suppressed
        self.trial.nobody += block.nobody

    def tell(self, table: int, rows: pl.Series, source: pl.Series, keys: pl.Series) -> None:
        """Note whose these rows are."""
        self.rows.append(
            pl.DataFrame([rows.alias("row"), source.alias("source"), keys.alias("key")])
            .with_columns(pl.lit(table, pl.Int32).alias("table"))
            .select(list(ROWS))
            .drop_nulls("key")
        )

    def describe(self, source: str, made: pl.DataFrame) -> None:
        """Note what records would say."""
        self.records.append(
            made.select(
                pl.lit(source).alias("source"), "key", "kind", "data",
                pl.col("updated_at").cast(pl.Int64), pl.lit(True).alias("told"),
            )
        )  # fmt: skip


def try_out(actor: Actor, plan: Plan, folder: Path, progress: Progress) -> Trial:
    """Reckon what loading `plan` would do; `folder` gets the rows with whom they would join.

    rows.parquet: table, row, source, key, record, cluster, customer (0: new), name, place,
    verdict (new, double, joins, known; with: of a customer that another row tells of), with_table,
    with_row and with_name (of the first row of the same customer).
    unusable.json: table, row, values, reasons of the first rows that cannot be used.
    """
    looked = _Looked()
    places = {id(found): number for number, found in enumerate(plan.found)}
    # In the order of loading, each delivery at a moment of its own.
    for at, tables in enumerate(deliveries_of(plan.found), now_us()):
        for found in tables:
            looked.moments[places[id(found)]] = at
            _look(looked, plan, places[id(found)], at)
            progress("checking", found.staged.rows)
    looked.trial.reasons = dict(looked.reasons.most_common())
    progress("comparing", 0)
    rows, rehearsal = _reckon(actor, plan, looked)
    rehearsal.save(folder)
    rows.write_parquet(folder / "rows.parquet", compression="zstd")
    told = [[table, kept.row, kept.values, kept.reasons] for table, kept in looked.unusable]
    (folder / "unusable.json").write_text(json.dumps(told), encoding="utf-8")
    return looked.trial


def _look(looked: _Looked, plan: Plan, number: int, at: int) -> None:
    found = plan.found[number]
    trial, staged = looked.trial, found.staged
    no_data = sum(1 for r in staged.rejects if r.reason in NO_DATA)
    trial.rows += staged.rows + len(staged.rejects)
    holds = found.mapping.holds
    trial.holds[holds] = trial.holds.get(holds, 0) + staged.rows
    if holds not in ORDER:
        trial.rejected += staged.rows + len(staged.rejects)
        return
    trial.rejected += no_data
    lost = [r for r in staged.rejects if r.reason not in NO_DATA]
    looked.refuse(
        number,
        [Kept(found.name, r.row, json.dumps({"": r.raw}), json.dumps({"": r.reason}))
         for r in lost],
    )  # fmt: skip
    if found.lines_of is not None:
        return
    work = work_for(plan, found, at)
    if holds in UNLOOKED:
        trial.is_partial = True
    elif holds == "customers":
        _customers(looked, number, work)
    elif holds in {"orders", "lines"}:
        of_it = next(((n, t) for n, t in enumerate(plan.found) if t.lines_of is found), None)
        _orders(looked, number, work, of_it and (of_it[0], work_for(plan, of_it[1], at)))
    elif holds == "products":
        for block in _blocks(work):
            looked.account(number, block)
    else:
        _happenings(looked, number, work)


def _blocks(work: TableWork) -> Iterator[Block]:
    for first in range(0, work.staged.parts, PARTS_PER_BLOCK):
        yield make_ready(work, work.staged.block(first, PARTS_PER_BLOCK))


def _customers(looked: _Looked, number: int, work: TableWork) -> None:
    for block in _blocks(work):
        looked.account(number, block)
        # Exact repetitions of a row with a number are doubles that make no record of their own.
        looked.trial.doubles += block.doubles
        _tell(looked, number, work, block.usable.values[ROW], block.record_keys)
        looked.describe(work.source, records_of(work, block))


def _happenings(looked: _Looked, number: int, work: TableWork) -> None:
    _describe_subjects(looked, work)
    for block in _blocks(work):
        looked.account(number, block)
        _tell(looked, number, work, block.usable.values[ROW], block.record_keys)


def _orders(
    looked: _Looked, number: int, work: TableWork, lines: tuple[int, TableWork] | None
) -> None:
    if work.needs_order:
        block = make_ready(work, work.staged.scan().collect())
        block.quarantined += work.unplaced(block.usable.values[ROW], "", "order_unknown")
        looked.account(number, block)
        return
    _describe_subjects(looked, work)
    # Whole orders at a time, as they are written: a large table is never held as a whole.
    largest = max(work.staged.rows, lines[1].staged.rows if lines else 0)
    buckets = max(1, -(-largest // BUCKET_ROWS))
    for bucket in range(buckets):
        block = make_ready(work, work.bucket(bucket, buckets))
        sales = sales_of_lines(work, block) if work.holds == "lines" else sales_of_orders(block)
        own = len(sales.block.quarantined)
        if lines is not None:
            add_lines(sales, lines[1], make_ready(lines[1], lines[1].bucket(bucket, buckets)))
            looked.refuse(lines[0], sales.block.quarantined[own:])
            sales.block.quarantined = sales.block.quarantined[:own]
        looked.account(number, sales.block)
        _tell(looked, number, work, sales.block.usable.values[ROW], sales.block.record_keys)


def _tell(looked: _Looked, number: int, work: TableWork, rows: pl.Series, keys: pl.Series) -> None:
    space = work.reference_space or work.source
    looked.tell(number, rows, pl.Series("source", [space] * len(rows), dtype=pl.String), keys)


def _describe_subjects(looked: _Looked, work: TableWork) -> None:
    for _number, made, _said in subject_records(work):
        looked.describe(work.source, made)


def _reckon(actor: Actor, plan: Plan, looked: _Looked) -> tuple[pl.DataFrame, identity.Rehearsal]:
    """Match what the files tell, and fill in the counts that follow from it."""
    rows = pl.concat(looked.rows) if looked.rows else pl.DataFrame(schema=ROWS)
    records, known = _records(rows, looked)
    would = identity.would_match(
        actor, records.select("record", "source", "kind", "updated_at", "data"), known
    )
    placed = records.join(would.groups, on="record", how="left").with_columns(
        pl.col("customer").fill_null(0)
    )
    named = placed.with_columns(_names(placed["data"]))
    joined = rows.join(
        named.select("source", "key", "record", "cluster", "customer", "is_known", "name", "place"),
        on=["source", "key"], how="left", maintain_order="left",
    )  # fmt: skip
    people = [n for n, table in enumerate(plan.found) if table.mapping.holds == "customers"]
    judged = _judged(joined, people)
    trial = looked.trial
    # Also whom only rows tell of that cannot be used themselves: who they are is stored.
    told = placed.drop_nulls("cluster")
    trial.customers = told["cluster"].n_unique()
    trial.new_customers = told.filter(pl.col("customer") == 0)["cluster"].n_unique()
    trial.doubts = len(would.doubts)
    counted = Counter(judged.filter(pl.col("table").is_in(people))["verdict"].to_list())
    trial.doubles += counted["double"]
    trial.joins, trial.known = counted["joins"], counted["known"]
    return judged, would.rehearsal


def _records(rows: pl.DataFrame, looked: _Looked) -> tuple[pl.DataFrame, int]:
    """One record per source and key: the stored one's key, or a number above all of them.

    With `is_known`; and the highest stored key.
    """
    schema = {**RECORDS}
    said = pl.concat(looked.records) if looked.records else pl.DataFrame(schema=schema)
    said = said.unique(["source", "key"], keep="last", maintain_order=True)
    at = pl.col("table").replace_strict(looked.moments, return_dtype=pl.Int64)
    bare = rows.group_by("source", "key", maintain_order=True).agg(at.min().alias("updated_at"))
    stubs = _stubs(bare.join(said, on=["source", "key"], how="anti", maintain_order="left"))
    every = pl.concat([said.select(list(schema)), stubs])
    stored = _stored(every)
    highest = max(Record.objects.aggregate(top=Max("pk"))["top"] or 0, 0)
    every = every.join(stored, on=["source", "key"], how="left", maintain_order="left")
    numbered = every.with_columns(
        pl.col("record").is_not_null().alias("is_known"),
        pl.coalesce("record", pl.lit(highest + 1) + pl.int_range(pl.len())).alias("record"),
        pl.when(pl.col("told") | pl.col("stored").is_null())
        .then(pl.col("data")).otherwise(pl.col("stored")).alias("data"),
        pl.when(pl.col("told") | pl.col("stored").is_null())
        .then(pl.col("kind")).otherwise(pl.col("stored_kind")).alias("kind"),
        pl.when(pl.col("told") | pl.col("stored").is_null())
        .then(pl.col("updated_at")).otherwise(pl.col("stored_at")).alias("updated_at"),
    )  # fmt: skip
    return numbered.drop("stored", "stored_kind", "stored_at", "told"), highest


def _stubs(bare: pl.DataFrame) -> pl.DataFrame:
    """Records that are only referred to (source, key, updated_at): they say just their key."""
    keys = bare["key"].to_list()
    data = [json.dumps(stub_data(key), ensure_ascii=False) for key in keys]
    return bare.with_columns(
        pl.Series("kind", [stub_kind(key) for key in keys], dtype=pl.String),
        pl.Series("data", data, dtype=pl.String),
        pl.lit(False).alias("told"),
    ).select(list(RECORDS))


def _stored(every: pl.DataFrame) -> pl.DataFrame:
    """source, key, record, stored (its data as text), stored_kind, stored_at where stored."""
    schema: dict[str, Any] = {
        "source": pl.String, "key": pl.String, "record": pl.Int64, "stored": pl.String,
        "stored_kind": pl.String, "stored_at": pl.Int64,
    }  # fmt: skip
    ids = dict(Source.objects.filter(key__in=every["source"].unique().to_list()).values_list(
        "key", "pk"
    ))  # fmt: skip
    parts = [pl.DataFrame(schema=schema)]
    for source, pk in ids.items():
        keys = every.filter(pl.col("source") == source)["key"].to_list()
        found = bulk.rows_where(
            f"SELECT key, id, {bulk.json_text('data')}, kind, updated_at FROM core_record"
            " WHERE source_id = %s AND",
            "key", keys, kind="text", params=[pk],
        )  # fmt: skip
        parts.append(pl.DataFrame([(source, *row) for row in found], schema=schema, orient="row"))
    return pl.concat(parts)


def _names(data: pl.Series) -> list[pl.Series]:
    """What people would call each record, and where it lives."""
    said = data.str.json_decode(pl.Struct(dict.fromkeys(NAMED, pl.String))).struct.unnest()
    given = pl.coalesce("first_name", "initials")
    person = pl.concat_str(given, "surname_prefix", "surname", separator=" ", ignore_nulls=True)
    name = pl.coalesce(
        pl.col("organisation_name"),
        pl.when(pl.col("surname").is_not_null()).then(person),
        pl.col("full_name"), given, pl.col("email"),
    )  # fmt: skip
    named = said.select(name.alias("name"), pl.col("city").alias("place"))
    return [named["name"], named["place"]]


def _judged(rows: pl.DataFrame, people: Sequence[int]) -> pl.DataFrame:
    """The rows with what each would be, and the first row of the same customer.

    Rows of tables that do not list people are with a customer, or tell of a new one.
    """
    first = pl.struct("table", "row").first().over("cluster")
    is_first = (first == pl.struct("table", "row")) | pl.col("cluster").is_null()
    is_listed = pl.col("table").is_in(list(people))
    verdict = (
        pl.when(~is_listed & (~is_first | (pl.col("customer") > 0))).then(pl.lit("with"))
        .when(is_listed & pl.col("is_known")).then(pl.lit("known"))
        .when(pl.col("customer") > 0).then(pl.lit("joins"))
        .when(is_first).then(pl.lit("new"))
        .otherwise(pl.lit("double"))
    )  # fmt: skip
    return rows.with_columns(
        verdict.alias("verdict"),
        first.struct.field("row").alias("with_row"),
        first.struct.field("table").alias("with_table"),
        pl.coalesce(pl.col("name").first().over("cluster"), "name").alias("with_name"),
    ).drop("is_known")
