"""How tables of one import belong together: lines to orders, whose customer numbers they use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from klantbeeld.pipeline.staging import Staged
from klantbeeld.quality.tables import standardise
from klantbeeld.sources.tables import TableMapping

SUBJECT_ROLES = frozenset(
    [
        "customer_number",
        "email",
        "phone",
        "mobile",
        "login",
        "loyalty_number",
        "device_id",
        "surname",
        "full_name",
        "organisation_name",
        "social_handle",
    ]
)
TIME_ROLES = frozenset({"ordered_at", "event_at"})
# So many of a table's numbers must be another's for them to be the same numbering …
SHARED_NUMBERS = 0.95
FEWEST_NUMBERS = 5
# … and where both tell more about the person, that must agree this often.
AGREEING = 0.5
CHECKED_ROLES = ("email", "postcode", "surname", "mobile", "phone")


@dataclass
class Found:
    """A staged table with its mapping, on the way to a delivery."""

    source: str
    path: str
    name: str
    staged: Staged
    mapping: TableMapping
    number_of: str = ""
    # How long that source writes its numbers, when with zeros in front: 0042 where this says 42.
    number_width: int = 0
    lines_of: Found | None = None
    # Rows in quarantine (their ids) that people mended and that stand mended in `staged`.
    mended: tuple[int, ...] = ()
    # What was said before something else that is known by now: brought again it is old news.
    is_former: bool = False

    @property
    def roles(self) -> frozenset[str]:
        """The roles its columns have."""
        return frozenset(self.mapping.roles().values())

    @property
    def needs_order(self) -> bool:
        """Lines that tell neither who nor when: they need the table of orders."""
        is_line = self.mapping.holds == "lines" and "order_number" in self.roles
        return is_line and not (self.roles & TIME_ROLES)

    def values(self, role: str) -> pl.Series:
        """The role's standard values, row by row."""
        column = self.mapping.column_for(role)
        if column is None:
            return pl.Series(role, [], dtype=pl.String)
        raw = self.staged.scan().select(pl.col(column.column)).collect().to_series()
        return standardise(raw, role).value.cast(pl.String).alias(role)


def is_products(mapping: TableMapping) -> bool:
    """A table that describes products: their code and name, and nobody and no moment."""
    roles = set(mapping.roles().values())
    described = {"product_code", "product_name"} <= roles
    return described and not roles & (SUBJECT_ROLES | TIME_ROLES | {"order_number", "quantity"})


def pair_lines(tables: Sequence[Found]) -> None:
    """Let each table of bare lines belong to the table of orders that has its order numbers."""
    orders = [t for t in tables if t.mapping.holds == "orders" and "order_number" in t.roles]
    for lines in tables:
        if not lines.needs_order:
            continue
        wanted = lines.values("order_number").drop_nulls().unique()
        rated = [
            (_share(wanted.is_in(o.values("order_number").implode())), -n, o)
            for n, o in enumerate(orders)
        ]
        best = max(rated, key=lambda r: (r[0], r[1]), default=None)
        if best is not None and best[0] >= 0.5:
            lines.lines_of = best[2]


def share_numbers(tables: Sequence[Found]) -> None:
    """Find the tables that use another source's customer numbers.

    A table of its own source's customers, or of which too few numbers are known elsewhere,
    keeps its numbers to itself. Equal ranges prove nothing, so where both tables also tell
    names, addresses or e-mail, those must agree.
    """
    owners = [t for t in tables if t.mapping.holds == "customers" and "customer_number" in t.roles]
    known = {id(t): t.values("customer_number") for t in owners}
    own_sources = {t.source for t in owners}
    for table in tables:
        if "customer_number" not in table.roles or table.source in own_sources:
            continue
        numbers = table.values("customer_number").drop_nulls().unique()
        if len(numbers) < FEWEST_NUMBERS:
            continue
        widths: dict[str, int] = {}
        for source in sorted(own_sources):
            theirs = [o for o in owners if o.source == source]
            held = pl.concat([known[id(o)] for o in theirs]).drop_nulls().unique()
            width = width_of(held)
            share = _share(padded(numbers, width).is_in(held.implode()))
            if share >= SHARED_NUMBERS and _agree(table, theirs, width):
                widths[source] = width
        if len(widths) == 1:
            ((table.number_of, table.number_width),) = widths.items()


def width_of(numbers: pl.Series) -> int:
    """How long numbers are that are all written equally long, some with zeros in front; else 0."""
    digits = numbers.filter(numbers.str.contains(r"^\d+$"))
    if not len(digits) or not digits.str.starts_with("0").any():
        return 0
    lengths = digits.str.len_chars()
    return int(lengths[0]) if lengths.n_unique() == 1 else 0


def padded(numbers: pl.Series, width: int) -> pl.Series:
    """Numbers as long as `width` (0: as they are), with the zeros in front that a program lost."""
    if not width:
        return numbers
    is_number = numbers.str.contains(r"^\d+$").fill_null(False)
    return numbers.str.zfill(width).zip_with(is_number, numbers)


def _agree(table: Found, owners: Sequence[Found], width: int) -> bool:
    """Whether what both tell about the same number is mostly the same; True when they don't."""
    for role in CHECKED_ROLES:
        both = [o for o in owners if role in o.roles]
        if role not in table.roles or not both:
            continue
        ours = _by_number(table, role)
        ours = ours.with_columns(padded(ours["number"], width))
        theirs = pl.concat([_by_number(o, role) for o in both])
        met = ours.join(theirs, on="number", suffix=".theirs").drop_nulls()
        if len(met) >= FEWEST_NUMBERS:
            same = met[role].str.to_lowercase() == met[f"{role}.theirs"].str.to_lowercase()
            return _share(same) >= AGREEING
    return True


def _by_number(table: Found, role: str) -> pl.DataFrame:
    return pl.DataFrame(
        [table.values("customer_number").alias("number"), table.values(role).alias(role)]
    ).drop_nulls("number")


def _share(flags: pl.Series) -> float:
    """The share of rows that are true; 0 of none."""
    return int(flags.sum()) / len(flags) if len(flags) else 0.0
