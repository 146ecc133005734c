"""Writing what was made ready, in short transactions that each remember how far they are.

A chunk is made as large as fits in about 150 ms, so that other writers hardly wait. The position
stands in the delivery and commits with the rows: killed and started again, an import goes on
after the last chunk, and every count is that of an undisturbed run.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl
from django.db import transaction

from klantbeeld.core.actor import Actor
from klantbeeld.core.models import Delivery, Record, RecordVersion
from klantbeeld.identity.actions import note_pending
from klantbeeld.pipeline import orders
from klantbeeld.pipeline.blocks import Block, TableWork
from klantbeeld.pipeline.erased_parts import (
    erased_here_or_elsewhere,
    left_in_quarantine,
    without_children,
    without_erased_values,
)
from klantbeeld.pipeline.happenings import COLUMNS
from klantbeeld.pipeline.past_term import REPORTED, past_term, term_ends
from klantbeeld.pipeline.same_events import Told
from klantbeeld.privacy.actions import keep_originals, note_consents
from klantbeeld.privacy.tables import Original
from klantbeeld.sources.actions import (
    anonymous_record,
    campaign_records,
    quarantine,
    refer_to,
    saw_mended,
    store_records,
)
from klantbeeld.sources.tables import ROW
from klantbeeld.timeline.actions import drop_contents, product_ids, store_rows
from klantbeeld.timeline.tables import Stored

TARGET_SECONDS = 0.15
SMALLEST, LARGEST = 2_000, 50_000
CACHED_KEYS = 2_000_000
COUNTS = (
    "rows_read", "rows_stored", "rows_unchanged", "rows_quarantined", "rows_suppressed",
    "rows_rejected",
)  # fmt: skip


@dataclass(frozen=True)
class OfTable:
    """What holds for all interactions of one table.

    scope: within what their keys are distinct. number_of: the source whose customer numbers they
    use, "" for the own one. nobody: on what rows without a subject hang, `anonymous` sales or a
    `campaign`.
    """

    scope: str = ""
    number_of: str = ""
    nobody: str = "anonymous"


@dataclass
class Writer:
    """Writes the blocks of one delivery."""

    actor: Actor
    delivery: Delivery
    source: str
    progress: Callable[[str, int], None] = lambda stage, rows: None
    size: int = 5_000
    # Of each source whose numbers are used ("" for the own one): key to record.
    ids: dict[str, dict[str, int]] = field(default_factory=dict)
    # The records on whose history this writer put something.
    changed: set[int] = field(default_factory=set)
    # Whether the source never brought anything before, so that nothing needs to be looked up.
    is_first: bool = False
    # Whether a single mended row is brought: what whole tables told before it stands.
    is_retry: bool = False
    stages: dict[str, str] = field(default_factory=dict)
    stage: str = ""
    # Of the table that is being written: what was taken out of its rows and may be kept sealed.
    apart: dict[int, list[tuple[str, tuple[str, ...], str, str]]] = field(default_factory=dict)
    table: str = ""
    # Behaviour of before this moment (µs UTC) is past its term.
    ends: int | None = field(default_factory=term_ends)

    def begin(self, work: TableWork) -> None:
        """Begin with a table: what was taken out of its rows is kept with them."""
        self.table, self.apart = work.name, dict(work.staged.originals())

    def _keep_apart(self, rows: pl.Series, records: Sequence[int]) -> None:
        """Keep what was taken out of these rows, for the records that they became."""
        if not self.apart:
            return
        kept = [
            Original(record, self.table, column, row, kinds, treatment, text)
            for row, record in zip(rows.to_list(), records, strict=True)
            for column, kinds, treatment, text in self.apart.pop(row, ())
        ]
        keep_originals(self.actor, self.delivery, kept)

    def run(
        self,
        stage: str,
        block_number: int,
        units: int,
        write: Callable[[int, int], None],
        block: Block | None = None,
    ) -> None:
        """Write `units` things by calling `write(first, last)` per chunk, from where it stopped.

        With `block`, its rows that cannot be stored are accounted for in the first chunk.
        """
        self.stage = stage
        at_block, done = self.delivery.position.get(stage, [0, 0])
        if at_block > block_number:
            return
        if at_block < block_number:
            done = 0
        is_new = done == 0
        while is_new or done < units:
            started = time.perf_counter()
            last = min(done + self.size, units)
            with transaction.atomic():
                if is_new and block is not None:
                    self._account(block)
                if last > done:
                    write(done, last)
                finished = last >= units
                self.delivery.position[stage] = [block_number + 1, 0] if finished else [
                    block_number, last]  # fmt: skip
                self._save()
            self._adapt(time.perf_counter() - started, last - done)
            self.progress(stage, last - done)
            done, is_new = last, False

    def _account(self, block: Block) -> None:
        self.delivery.rows_read += block.rows
        self.delivery.rows_suppressed += block.suppressed
        self.delivery.rows_unchanged += block.doubles
        without = self.delivery.report.get("without_customer", 0)
        self.delivery.report["without_customer"] = without + block.nobody
        for table in dict.fromkeys(kept.table for kept in block.quarantined):
            every = [kept[1:] for kept in block.quarantined if kept.table == table]
            rows = left_in_quarantine(self.delivery.source_id, table, every)
            self.delivery.rows_suppressed += len(every) - len(rows)
            mended = quarantine(self.actor, self.delivery, table, rows)
            self.delivery.rows_unchanged += mended
            self.delivery.rows_quarantined += len(rows) - mended

    def _save(self) -> None:
        self.delivery.save(update_fields=["position", "report", *COUNTS])

    def _adapt(self, seconds: float, rows: int) -> None:
        if rows:
            wanted = int(rows * TARGET_SECONDS / max(seconds, 0.001))
            self.size = max(SMALLEST, min(LARGEST, (self.size + wanted) // 2))

    def note_decisions(self, work: TableWork) -> None:
        """Keep in the delivery how its table was read, for rows that are mended later."""
        self.delivery.report.setdefault("tables", {})[work.name] = work.decided()
        if work.mended:
            with transaction.atomic():
                saw_mended(self.actor, self.delivery, work.mended)

    def count(self, stored: int, unchanged: int) -> None:
        """Add the outcome of rows to the delivery's counts (saved with the position)."""
        self.delivery.rows_stored += stored
        self.delivery.rows_unchanged += unchanged

    def records(self, frame: pl.DataFrame, consents: pl.DataFrame, *, counts: bool) -> None:
        """Store records and what they say about being contacted.

        frame: as `subjects.records` (keys distinct); consents: as `blocks.consents_of`.
        `counts` says whether these records are the delivered rows themselves.
        """
        frame = without_erased_values(self.source, frame)
        result = store_records(self.actor, self.delivery, frame)
        if ROW in frame.columns:
            self._keep_apart(frame[ROW], result.ids)
        if counts:
            self.count(result.new + result.changed, result.unchanged)
        note_pending(self.actor, result.touched, rematch=True)
        if not consents.is_empty() and result.touched:
            named = pl.DataFrame({"key": frame["key"], "record_id": result.ids})
            told = named.filter(pl.col("record_id").is_in(pl.Series(result.touched).implode()))
            said = consents.join(told, on="key", maintain_order="left")
            note_consents(self.actor, self.delivery, result.touched, said)

    def unsaid(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Those of these former records that the source did not say before, at that moment.

        The others are counted as unchanged: what holds now is not gone back on.
        """
        held = RecordVersion.objects.filter(
            record__source=self.delivery.source_id, record__key__in=frame["key"].to_list()
        ).values_list("record__key", "hash", "updated_at")
        known = set(held)
        asked = frame.select("key", "hash", "updated_at").iter_rows()
        new = frame.filter(pl.Series([row not in known for row in asked], dtype=pl.Boolean))
        self.count(0, len(frame) - len(new))
        return new

    def explained(self, keys: pl.Series) -> pl.Series:
        """Those of these record keys about which the source told something before."""
        source = self.delivery.source_id
        held = Record.objects.filter(source=source, key__in=keys.to_list(), seq__gt=0)
        return pl.Series(list(held.values_list("key", flat=True)), dtype=pl.String)

    def record_ids(self, keys: pl.Series, number_of: str = "") -> pl.Series:
        """The record of each key, made as a stub where nobody explained it yet."""
        known = self.ids.setdefault(number_of, {})
        named = keys.to_list()
        ids = list(map(known.get, named))
        missing = []
        if None in ids:
            unknown = (key for key, i in zip(named, ids, strict=True) if i is None)
            missing = [key for key in dict.fromkeys(unknown) if key is not None]
        if missing:
            if len(known) > CACHED_KEYS:
                known.clear()
                missing = keys.drop_nulls().unique(maintain_order=True).to_list()
            found, made = refer_to(self.actor, self.delivery, missing, number_of)
            note_pending(self.actor, made, rematch=True)
            known.update(zip(missing, found, strict=True))
            ids = list(map(known.get, named))
        return pl.Series("record_id", ids, dtype=pl.Int64)

    def happenings(
        self,
        frame: pl.DataFrame,
        record_keys: pl.Series,
        of: OfTable,
        *,
        rows: pl.Series | None = None,
        children: Mapping[str, pl.DataFrame] | None = None,
    ) -> None:
        """Store interactions (`happenings.COLUMNS` without record_id), a record key for each.

        `rows` says how many delivered rows each stands for (one when absent, none when zero).
        `children` holds their `lines` or `participants`.
        """
        space = of.number_of or self.source
        for gone, why in self._left_out(frame, record_keys, space):
            rows = self._suppress(gone, rows, why)
            frame, record_keys = frame.filter(~gone), record_keys.filter(~gone)
            children = {n: without_children(child, ~gone) for n, child in (children or {}).items()}
        ids = self.record_ids(record_keys, of.number_of)
        if ids.null_count():
            ids = ids.fill_null(self._nobody(frame, of.nobody))
        if ROW in frame.columns:
            self._keep_apart(frame[ROW], ids.to_list())
        ready = frame.with_columns(ids).select(COLUMNS)
        result = self._store("interaction", ready, children, is_first=self._is_new(of.scope))
        self._count_rows(result.outcome, rows)
        note_pending(self.actor, sorted(result.left), rematch=False)

    def _left_out(
        self, frame: pl.DataFrame, record_keys: pl.Series, space: str
    ) -> Iterator[tuple[pl.Series, str]]:
        """Which interactions are not stored, of those that the one before left; and why."""
        gone = self._erased("interaction", frame, record_keys, space)
        if gone is not None:
            yield gone, ""
            frame, record_keys = frame.filter(~gone), record_keys.filter(~gone)
        old = past_term(frame, record_keys, space, self.ends) if self.ends else None
        if old is not None:
            yield old, REPORTED

    def _erased(
        self, table: str, frame: pl.DataFrame, record_keys: pl.Series, space: str
    ) -> pl.Series | None:
        return erased_here_or_elsewhere(Told(table, frame, record_keys, self.source, space))

    def _suppress(
        self, gone: pl.Series, rows: pl.Series | None, why: str = ""
    ) -> pl.Series | None:  # fmt: skip
        """Count the rows that are left out, under `why` as well; the weights of the others."""
        lost = int(gone.sum()) if rows is None else int(rows.filter(gone).sum())
        self.delivery.rows_suppressed += lost
        if why:
            self.delivery.report[why] = self.delivery.report.get(why, 0) + lost
        return None if rows is None else rows.filter(~gone)

    def add_to_order(self, made: pl.DataFrame, record: int, lines: pl.DataFrame) -> None:
        """Store one order anew, as `made` (see `happenings`) with `lines` (`orders.Lines`)."""
        ready = made.with_columns(pl.lit(record, pl.Int64).alias("record_id")).select(COLUMNS)
        result = self._store("interaction", ready, {"lines": self.products(lines)})
        self._count_rows(result.outcome, None)

    def _store(
        self,
        table: str,
        frame: pl.DataFrame,
        children: Mapping[str, pl.DataFrame] | None = None,
        *,
        is_first: bool = False,
    ) -> Stored:
        stored = store_rows(self.actor, self.delivery, table, frame, children, is_first=is_first)
        self.changed |= stored.records
        return stored

    def is_untouched(self, scope: str) -> bool:
        """Whether nothing of this scope was ever written, by this delivery or before it."""
        return self.is_first and scope not in self.stages

    def _is_new(self, scope: str) -> bool:
        """Whether no key of this scope can exist: a new source, and one table that brings them."""
        return self.is_first and self.stages.setdefault(scope, self.stage) == self.stage

    def _nobody(self, frame: pl.DataFrame, nobody: str) -> pl.Series:
        if nobody == "campaign":
            names = frame["campaign"].fill_null("")
            distinct = names.unique(maintain_order=True).to_list()
            ids = campaign_records(self.actor, self.delivery, distinct)
            return names.replace_strict(
                dict(zip(distinct, ids, strict=True)), return_dtype=pl.Int64
            )
        anonymous = anonymous_record(self.actor, self.delivery)
        return pl.Series([anonymous] * len(frame), dtype=pl.Int64)

    def _count_rows(self, outcome: Sequence[bool], rows: pl.Series | None) -> None:
        """`outcome` tells per row whether it was stored (new or changed) or unchanged."""
        if rows is None:
            stored = sum(outcome)
            self.count(stored, len(outcome) - stored)
            return
        weights = rows.to_list()
        stored = sum(w for w, is_stored in zip(weights, outcome, strict=True) if is_stored)
        self.count(stored, sum(weights) - stored)

    def keyed(
        self, table: str, frame: pl.DataFrame, record_keys: pl.Series, number_of: str = ""
    ) -> None:
        """Store subscriptions or documents, one per delivered row."""
        gone = self._erased(table, frame, record_keys, number_of or self.source)
        if gone is not None:
            self._suppress(gone, None)
            frame, record_keys = frame.filter(~gone), record_keys.filter(~gone)
        ids = self.record_ids(record_keys, number_of)
        result = self._store(table, frame.with_columns(ids))
        self._count_rows(result.outcome, None)
        note_pending(self.actor, sorted(result.left), rematch=False)

    def papers(self, frame: pl.DataFrame, record_keys: pl.Series) -> dict[int, bool | None]:
        """Store documents (see `papers.document_frame`) that stand with rows counted elsewhere.

        Parent to whether it was stored (True), unchanged (False) or erased before (None).
        """
        told: dict[int, bool | None] = {}
        gone = self._erased("document", frame, record_keys, self.source)
        if gone is not None:
            # Their bytes were put in the store before anybody knew.
            drop_contents(self.actor, frame["sha256"].filter(gone).to_list())
            told = dict.fromkeys(frame["parent"].filter(gone).to_list(), None)
            frame, record_keys = frame.filter(~gone), record_keys.filter(~gone)
        if len(frame):
            ids = self.record_ids(record_keys)
            if ids.null_count():
                ids = ids.fill_null(anonymous_record(self.actor, self.delivery))
            ready = frame.drop("parent").with_columns(ids)
            stored = self._store("document", ready)
            told |= dict(zip(frame["parent"].to_list(), stored.outcome, strict=True))
        return told

    def products(self, lines: pl.DataFrame) -> pl.DataFrame:
        """`lines` (see `orders.Lines`) with `product_id`, products made where new."""
        described = orders.described(lines)
        if described.is_empty():
            return lines.with_columns(pl.lit(None, dtype=pl.Int64).alias("product_id"))
        ids, _ = product_ids(self.actor, self.delivery, self.source, described, is_leading=False)
        known = dict(zip(described["key"].to_list(), ids, strict=True))
        return lines.with_columns(
            pl.col("product")
            .replace_strict(known, default=None, return_dtype=pl.Int64)
            .alias("product_id")
        )

    def listed_products(self, rows: pl.DataFrame) -> None:
        """Store the rows (see `orders.Lines`) of a list of products."""
        described = orders.described(rows)
        _, is_new = product_ids(self.actor, self.delivery, self.source, described, is_leading=True)
        self.count(sum(is_new), len(rows) - sum(is_new))

    def count_papers(self, parents: Iterable[int], told: Mapping[int, bool | None]) -> None:
        """Count rows that are a document and nothing else, by what `papers` told of them."""
        outcome = [told.get(parent, False) for parent in parents]
        self.count(outcome.count(True), outcome.count(False))
        self.delivery.rows_suppressed += outcome.count(None)

    def reject(self, count: int) -> None:
        """Account for rows that are no data: repeated headers, totals."""
        self.delivery.rows_read += count
        self.delivery.rows_rejected += count
