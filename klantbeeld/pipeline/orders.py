"""Orders out of order lines: header, lines and products, in buckets of whole orders."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from klantbeeld.core.money import exponent
from klantbeeld.pipeline.happenings import with_hashes
from klantbeeld.pipeline.standard import Standardised
from klantbeeld.pipeline.subjects import NOT_OF_SUBJECT
from klantbeeld.sources.tables import ROW

NOBODY = "\u2014"
# Of an order that stands on several rows the first filled value counts.
HEADER_ROLES = (
    "order_number", "order_status", "payment_method", "discount_code", "origin", "campaign",
    "employee", "shop", "channel", "currency", "order_amount",
)  # fmt: skip


@dataclass(frozen=True)
class Lines:
    """Order lines in standard form.

    frame: `ROW`, order (key of the order), number, product (key), name, category, brand,
    quantity (Float64), amount_minor (Int64).
    """

    frame: pl.DataFrame


def lines_of(rows: Standardised, order_keys: pl.Series) -> Lines:
    """The lines on these rows, of the orders with these keys; numbered as they come."""
    frame = rows.values.with_columns(order_keys.alias("order"))
    quantity = pl.col("quantity").cast(pl.Float64).fill_null(1.0) if rows.has("quantity") else 1.0
    name = _text(rows, "product_name")
    code = _text(rows, "product_code")
    made = frame.select(
        ROW,
        "order",
        pl.int_range(1, pl.len() + 1).over("order").cast(pl.Int64).alias("number"),
        pl.coalesce(code.replace("", None), name.replace("", None)).alias("product"),
        name.alias("name"),
        _text(rows, "category").alias("category"),
        _text(rows, "brand").alias("brand"),
        (quantity if isinstance(quantity, pl.Expr) else pl.lit(quantity)).alias("quantity"),
    )
    return Lines(made.with_columns(_amounts(rows, made["quantity"]).alias("amount_minor")))


def _text(rows: Standardised, role: str) -> pl.Expr:
    return pl.col(role).cast(pl.String).fill_null("") if rows.has(role) else pl.lit("")


def _amounts(rows: Standardised, quantity: pl.Series) -> pl.Series:
    """Line amounts in minor units: as given, else quantity times price less the discount.

    Only the product of price and quantity is rounded, half away from zero.
    """
    given = rows.column("line_amount", pl.Int64).cast(pl.Int64)
    if rows.has("unit_price"):
        product = _prices(rows) * quantity
        rounded = (product.abs() + 0.5 + 1e-9).floor() * product.sign()
        off = rows.column("discount_amount", pl.Int64).cast(pl.Int64).fill_null(0)
        computed = rounded.cast(pl.Int64, strict=False) - off
        given = given.fill_null(computed) if rows.has("line_amount") else computed
    return given.fill_null(0)


def _prices(rows: Standardised) -> pl.Series:
    """Prices in minor units, with the decimals of the text beyond those of the currency.

    A price may have more decimals than its currency (0.0125 per piece). The text is only taken
    where it says the same as the standard value but for those: "1.250" may be 1250 euro, and a
    yen has no cents.
    """
    standard = rows.values["unit_price"].cast(pl.Float64)
    exact: pl.Series = rows.raw["unit_price"].cast(pl.Float64, strict=False) * 10 ** exponent("EUR")
    is_same = ((exact - standard).abs() <= 0.5 + 1e-9).fill_null(False)
    return exact.zip_with(is_same, standard)


def headers_of(rows: Standardised, order_keys: pl.Series, record_keys: pl.Series) -> Standardised:
    """One row per order out of rows that repeat the header: first filled value, earliest time.

    What is kept of the lines' other columns goes with their order: every value once.
    """
    at = moment_of(rows)
    frame = rows.values.with_columns(order_keys.alias("order"), record_keys.alias("record_key"))
    roles = [r for r in HEADER_ROLES if rows.has(r)]
    joined = [*rows.custom, *(r for r in NOT_OF_SUBJECT if rows.has(r))]
    ordered = frame.sort("order", at, ROW, nulls_last=True)
    grouped = ordered.group_by("order", maintain_order=True).agg(
        pl.col(ROW).first(),
        pl.col("record_key").drop_nulls().first(),
        *[pl.col(r).drop_nulls().first() for r in roles],
        *[pl.col(c).drop_nulls().unique(maintain_order=True).str.join("; ") for c in joined],
        *[pl.col(c).first() for c in frame.columns if c.split(".")[0] == at],
    )  # fmt: skip
    return Standardised(
        grouped.with_columns(pl.col(c).replace("", None) for c in joined), custom=rows.custom
    )


def moment_of(rows: Standardised) -> str:
    """The role that tells when an order was placed."""
    return "ordered_at" if rows.has("ordered_at") else "event_at"


def order_keys(rows: Standardised, own: pl.Series, record_keys: pl.Series) -> pl.Series:
    """The key of each row's order: its number, else who bought and when."""
    at = moment_of(rows)
    frame = rows.values.with_columns(record_keys.fill_null(NOBODY).alias("who"))
    choices = []
    if rows.has("order_number"):
        choices.append(pl.col("order_number").cast(pl.String))
    if rows.has(at):
        choices.append(pl.concat_str(pl.col("who"), pl.lit("|"), pl.col(at)))
    if not choices:
        return own
    return frame.select(pl.coalesce(choices).alias("order"))["order"]


def with_lines(orders: pl.DataFrame, lines: pl.DataFrame, scope: str) -> pl.DataFrame:
    """Orders (happenings' columns) with amount and subject from their lines, hashed anew.

    lines: as in `Lines.frame`. Orders keep the amount their source gave.
    """
    joined = orders.join(
        summed(lines), left_on="key", right_on="order", how="left", maintain_order="left"
    )
    told = pl.when(pl.col("subject") == "").then(pl.col("lines_subject").fill_null(""))
    made = joined.with_columns(
        pl.col("amount_minor").fill_null(pl.col("lines_minor")),
        told.otherwise("subject").alias("subject"),
    )
    return with_hashes(made.drop("lines_minor", "lines_subject"), scope).drop("lines_hash")


def summed(lines: pl.DataFrame) -> pl.DataFrame:
    """Per order: lines_minor, lines_subject (its dearest product, and how many more), lines_hash.

    None of them depends on the order of the lines.
    """
    dearest = pl.col("name").sort_by("amount_minor", "name", descending=[True, False])
    name = dearest.replace("", None).drop_nulls().first()
    more = pl.len() - 1
    several = pl.concat_str(name, pl.lit(" +"), more)
    return lines.group_by("order").agg(
        pl.col("amount_minor").sum().alias("lines_minor"),
        pl.when(more > 0).then(several).otherwise(name).alias("lines_subject"),
        hash_lines().alias("lines_hash"),
    )


def hash_lines() -> pl.Expr:
    """What the lines of an order say together, as an aggregation over the lines of an order."""
    said = pl.concat_str(
        [pl.col(c).cast(pl.String).fill_null("") for c in ("product", "quantity", "amount_minor")],
        separator="\x1f",
    )
    return said.sort().str.join("\x1e")


def described(lines: pl.DataFrame) -> pl.DataFrame:
    """The products on these lines (see `Lines`), once each: key, name, category, brand."""
    return (
        lines.filter(pl.col("product").is_not_null())
        .group_by("product", maintain_order=True)
        .agg(
            pl.col(c).replace("", None).drop_nulls().first().fill_null("").alias(c)
            for c in ("name", "category", "brand")
        )
        .rename({"product": "key"})
    )
