"""A block of a delivered table, made ready to be written: what can be used, and what cannot."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

import polars as pl

from klantbeeld.core.frames import occurrence
from klantbeeld.core.models import Delivery
from klantbeeld.pipeline import happenings, subjects
from klantbeeld.pipeline.episodes import with_episodes
from klantbeeld.pipeline.own_keys import OwnKeys
from klantbeeld.pipeline.relations import padded
from klantbeeld.pipeline.staging import Staged, type_names
from klantbeeld.pipeline.standard import Standardised, standardise_block
from klantbeeld.pipeline.subjects import KEY_ROLES, Subjects
from klantbeeld.pipeline.unusable import Kept, marked, quarantined, reasons_of
from klantbeeld.privacy.tables import ASKED, erased_at, suppressed
from klantbeeld.quality.tables import Options
from klantbeeld.sources.tables import ROW, TableMapping

# Reader's reasons for rows that hold no data at all.
NO_DATA = frozenset({"repeated_header", "total_row", "footer_row", "blank_row"})
ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
KEY_NAMES = frozenset(role for role, _ in KEY_ROLES) | {"device_id", "full_name", "surname"}


class RowAccounts(Protocol):
    """Whoever keeps the counts of a delivery (see `writing.Writer`)."""

    delivery: Delivery

    def reject(self, count: int) -> None: ...

    def run(
        self, stage: str, block_number: int, units: int, write: Callable[[int, int], None],
        block: Block | None = None,
    ) -> None: ...  # fmt: skip


@dataclass
class TableWork:
    """One table of a delivery with everything decided about it as a whole."""

    name: str
    staged: Staged
    mapping: TableMapping
    options: dict[str, Options]
    own_keys: OwnKeys
    subjects: Subjects
    source: str
    updated_at: int
    # The source whose customer numbers the table uses, when they are not its own.
    number_of: str = ""
    number_width: int = 0
    is_bare: bool = False
    # Whether anybody was ever erased, so that rows must be held against the tombstones.
    has_tombstones: bool = False
    # Which log-in each row of a device belongs to: `ROW`, `who` (see `episodes`).
    episodes: pl.DataFrame | None = None
    # Hashes of a mailbox's own addresses, as an earlier look at all of it found them.
    own_addresses: frozenset[int] | None = None
    # Rows in quarantine (their ids) that people mended and that stand mended in `staged`.
    mended: tuple[int, ...] = ()
    # What was said before something else that may be known by now (see `relations.Found`).
    is_former: bool = False
    # Gives the bytes of a letter or attachment by row and SHA-256.
    file_bytes: Callable[[int, str], bytes] | None = None

    @property
    def holds(self) -> str:
        """What the table holds."""
        return self.mapping.holds

    @property
    def scope(self) -> str:
        """Within what the rows' own keys are distinct."""
        return happenings.scope_of(self.source, self.holds, self.name)

    @property
    def needs_order(self) -> bool:
        """Bare lines: who and when stand with their order."""
        return self.holds == "lines" and self.mapping.column_for("ordered_at") is None

    @property
    def reference_space(self) -> str:
        """The source on whose records bare references hang; "" for the own one."""
        return self.number_of if self.is_bare else ""

    def with_space(self, rows: Standardised) -> Standardised:
        """Say whose customer numbers these are, and whose log-in a device is on.

        What numbers the rows of happenings is no number of whom they happened to.
        """
        if self.holds != "customers" and rows.has("record_key"):
            rows.values = rows.values.drop("record_key")
        if self.number_of and rows.has("customer_number"):
            number = padded(rows.values["customer_number"], self.number_width)
            space = pl.when(number.is_not_null()).then(pl.lit(self.number_of))
            rows.values = rows.values.with_columns(number, space.alias("number_of"))
        if self.episodes is not None:
            rows.values = with_episodes(rows.values, self.episodes)
        return rows

    def mapping_of(self, columns: Iterable[str]) -> TableMapping:
        """The mapping of some columns only."""
        wanted = set(columns)
        kept = tuple(c for c in self.mapping.columns if c.column in wanted)
        return replace(self.mapping, columns=kept)

    @property
    def own_act(self) -> str | None:
        """The column that says when people did this themselves (see `OWN_ACTS`)."""
        found = (self.mapping.column_for(role) for role in OWN_ACTS.get(self.holds, ()))
        return next((column.column for column in found if column), None)

    def subject_rows(self, columns: Sequence[str], *, apart: str = "") -> pl.DataFrame:
        """One raw row per subject: of each column the last filled value, in file order.

        With `apart` one per subject and value of that column.
        """
        names = KEY_NAMES | ({"order_number"} if self.holds in {"orders", "lines"} else set())
        roles = self.mapping.roles()
        naming = [c for c in columns if c == apart or roles.get(c) in names]
        whole = self.staged.scan().select(ROW, *columns)
        if self.episodes is not None:
            whole = whole.join(self.episodes.lazy(), on=ROW, maintain_order="left")
            naming = [*naming, "who"]
        if not naming:
            return whole.drop("who", strict=False).collect()
        others = [c for c in columns if c not in naming]
        return (
            whole.group_by(naming)
            .agg(pl.col(ROW).max(), *(pl.col(c).drop_nulls().last() for c in others))
            .sort(ROW)
            .select(ROW, *columns)
            .collect()
        )

    def bucket(self, number: int, buckets: int) -> pl.DataFrame:
        """The rows of one of `buckets` disjoint sets of whole orders, in file order."""
        whole = self.staged.scan()
        if buckets == 1:
            return whole.collect()
        column = self.mapping.column_for("order_number")
        naming = [column.column] if column else [
            c for c, r in self.mapping.roles().items()
            if r in KEY_NAMES or r in {"ordered_at", "event_at"}
        ]  # fmt: skip
        floats = {c for c, t in whole.collect_schema().items() if t.is_float()}
        plain = [
            pl.col(c).cast(pl.Int64, strict=False) if c in floats else pl.col(c) for c in naming
        ]
        text = pl.concat_str([c.cast(pl.String).fill_null("") for c in plain])
        mine = (text.str.strip_chars().hash(0) % buckets) == number
        return whole.filter(mine).collect()

    def unplaced(self, rows: pl.Series, column: str, code: str) -> list[Kept]:
        """The staged rows with these numbers, for quarantine with this reason."""
        if rows.is_empty():
            return []
        found = self.staged.scan().filter(pl.col(ROW).is_in(rows.implode())).collect()
        return quarantined(self.name, found, {n: {column: code} for n in range(len(found))})

    def decided(self) -> dict[str, object]:
        """What was found out over the whole table, to read a single row of it by later."""
        return {
            "facet": self.subjects.facet,
            "own_key": self.own_keys.column,
            "number_of": self.number_of,
            "number_width": self.number_width,
            "orders": {c: o.order for c, o in self.options.items() if o.order},
            "own_addresses": sorted(self.own_addresses or ()),
            "types": type_names(self.staged.scan().collect_schema()),
        }

    def account_for_rejects(self, writer: RowAccounts) -> None:
        """Rows the reader could not lay on the columns: no data is rejected, the rest kept."""
        none = [r for r in self.staged.rejects if r.reason in NO_DATA]
        kept = [
            Kept(
                self.name, r.row, json.dumps({"": r.raw}, ensure_ascii=False),
                json.dumps({"": r.reason}),
            )
            for r in self.staged.rejects
            if r.reason not in NO_DATA
        ]  # fmt: skip
        stage = f"{self.name}/rejects"
        if self.staged.rejects and stage not in writer.delivery.position:
            known = [not self.has_tombstones or not names_forgotten(k.values) for k in kept]
            left = [k for k, is_open in zip(kept, known, strict=True) if is_open]
            writer.reject(len(none))
            writer.run(stage, 0, 0, lambda first, last: None, empty_block(len(kept), left))


@dataclass
class Block:
    """Rows ready to be written. `rows` counts all that were read for it."""

    rows: int
    usable: Standardised
    keys: pl.Series
    record_keys: pl.Series
    quarantined: list[Kept] = field(default_factory=list)
    suppressed: int = 0
    doubles: int = 0
    # How many of the usable rows tell nothing of who the customer is.
    nobody: int = 0

    def keep(self, wanted: pl.Series) -> None:
        """Keep only these of the usable rows; the caller accounts for the others."""
        self.usable = _filtered(self.usable, wanted)
        self.keys, self.record_keys = self.keys.filter(wanted), self.record_keys.filter(wanted)


def empty_block(rows: int, quarantined: list[Kept]) -> Block:
    """A block of `rows` rows of which none can be used: those not quarantined are forgotten."""
    nothing = Standardised(pl.DataFrame({ROW: []}, schema={ROW: pl.Int64}))
    keys = pl.Series("key", [], dtype=pl.String)
    return Block(rows, nothing, keys, keys, quarantined, rows - len(quarantined))


def make_ready(work: TableWork, frame: pl.DataFrame) -> Block:
    """Standardise a staged block and sort out what cannot be stored."""
    rows = work.with_space(standardise_block(frame, work.mapping, work.options))
    keyed = work.own_keys.keys(frame)
    guest = happenings.RULES[work.holds].guest if work.holds in happenings.RULES else ""
    record_keys = work.subjects.keys(rows, guest)
    nobody = record_keys.is_null()
    if work.holds == "customers":
        if work.own_keys.column:
            # With a number of its own a row may be about somebody without a name; a number that
            # cannot be one ("geen adres") and nothing else is about nobody.
            is_bare = frame[work.own_keys.column].is_null() | work.subjects.is_silent(rows)
            nobody = nobody & is_bare
        record_keys = _row_keys(work, rows, keyed["key"], record_keys)
    forgotten = forgotten_in(work, rows, record_keys)
    gone = set(forgotten.arg_true().to_list())
    reasons = {
        place: why
        for place, why in sorted(reasons_of(work.holds, rows, nobody).items())
        if place not in gone
    }
    wrong = marked(len(frame), reasons)
    double = keyed["is_double"] & ~wrong & ~forgotten
    keep = ~(wrong | forgotten | double)
    is_sale = work.holds in {"orders", "lines"} and not work.needs_order
    return Block(
        rows=len(frame),
        usable=_filtered(rows, keep),
        keys=keyed["key"].filter(keep),
        record_keys=record_keys.filter(keep),
        quarantined=quarantined(work.name, frame, reasons),
        suppressed=int(forgotten.sum()),
        doubles=int(double.sum()),
        nobody=int((record_keys.is_null() & ~wrong & ~forgotten).sum()) if is_sale else 0,
    )


def _row_keys(work: TableWork, rows: Standardised, own: pl.Series, named: pl.Series) -> pl.Series:
    """The record keys of a customers table: the row's own key; repeated ones are numbered."""
    facet = f"{work.subjects.facet}/" if work.subjects.facet else ""
    nth = own.str.extract(r"(#\d+)$", 1).fill_null("")
    bare = own.str.replace(r"#\d+$", "")
    roles = work.mapping.roles()
    role = roles.get(work.own_keys.column, "")
    prefix = dict(KEY_ROLES).get(role)
    if prefix is not None:
        standard = rows.values[role].cast(pl.String)
        numbered = pl.Series([facet + prefix] * len(own), dtype=pl.String) + standard
        bare = numbered.zip_with(standard.is_not_null(), named.fill_null(bare))
    elif not work.own_keys.column:
        bare = named.fill_null(bare)
    else:
        bare = pl.Series([facet] * len(own), dtype=pl.String) + bare
    keys = (bare + nth).alias("key")
    again = occurrence(keys.to_frame(), ["key"])
    if again.max() == 0:
        return keys
    # Numbers that differ only in how they are written: each keeps a record of its own.
    more = pl.when(again > 0).then(pl.concat_str(keys, pl.lit("~"), again + 1)).otherwise(keys)
    return pl.select(more.alias("key")).to_series()


def forgotten_in(work: TableWork, rows: Standardised, record_keys: pl.Series) -> pl.Series:
    """Which rows are about somebody who was erased: by key or by identifier."""
    nobody = pl.Series([0] * len(record_keys), dtype=pl.Int64)
    if not work.has_tombstones or not len(record_keys):
        return nobody > 0
    columns = {k: rows.values[k].cast(pl.String) for k in ASKED if rows.has(k)}
    if rows.has("sender"):
        columns["email"] = rows.values["sender"]
    found = erased_at(columns) if columns else nobody
    spaces = {work.source, work.number_of} - {""}
    named = [record_keys]
    if rows.has("customer_number"):
        named.append(rows.values["customer_number"].cast(pl.String))
    for space in sorted(spaces):
        prefix = pl.Series([f"{space}:"] * len(record_keys), dtype=pl.String)
        for keys in named:
            found = latest(found, erased_at({"key": prefix + keys}))
    came_at = came_back_at(work.holds, rows)
    return (found > 0) & ~(came_at > found).fill_null(False)


def latest(one: pl.Series, other: pl.Series) -> pl.Series:
    """Of each two moments the later one."""
    return pl.select(pl.max_horizontal(one, other)).to_series()


# What somebody does himself, and when: of after an erasure it makes a new customer.
OWN_ACTS: Mapping[str, tuple[str, ...]] = {
    "orders": ("ordered_at",), "lines": ("ordered_at",), "quotes": ("quoted_at",),
    "cases": ("opened_at", "event_at"), "surveys": ("answered_at", "event_at"),
    "customers": ("created_at", "customer_since"), "messages": ("event_at",),
}  # fmt: skip


def came_back_at(holds: str, rows: Standardised) -> pl.Series:
    """When the people of these rows did this themselves (µs UTC); null where that is not told.

    What the company did (a newsletter sent) and what a file merely goes on saying are no acts of
    theirs: those never bring back somebody who was erased.
    """
    role = next((r for r in OWN_ACTS.get(holds, ()) if rows.has(r)), "")
    if not role:
        return pl.Series([None] * len(rows.values), dtype=pl.Int64)
    column = rows.values[role]
    if column.dtype == pl.String:
        # A day of the company: its end, for who was erased that day was erased during it.
        column = column.str.slice(0, 10).str.to_date(strict=False).cast(pl.Datetime("us"))
    return column.cast(pl.Int64)


def names_forgotten(text: str) -> bool:
    """Whether a text holds an e-mail address of somebody who was erased."""
    found = [address.lower() for address in ADDRESS.findall(text)]
    return bool(found) and bool(suppressed({"email": pl.Series(found)}).any())


def _filtered(rows: Standardised, keep: pl.Series) -> Standardised:
    if keep.all():
        return rows
    return Standardised(
        rows.values.filter(keep),
        {role: issue.filter(keep) for role, issue in rows.issues.items()},
        {role: raw.filter(keep) for role, raw in rows.raw.items()},
        rows.custom,
    )


def records_of(work: TableWork, block: Block) -> pl.DataFrame:
    """The block's rows as records (customers tables)."""
    return subjects.records(block.usable, block.record_keys, work.updated_at)


def consents_of(work: TableWork, block: Block) -> pl.DataFrame:
    """What the block's rows say about being contacted, with `key` of the record."""
    said = subjects.consents(block.usable, work.updated_at)
    if said.is_empty():
        return said
    named = pl.DataFrame([block.usable.values[ROW], block.record_keys.alias("key")])
    return said.join(named, on=ROW, maintain_order="left")
