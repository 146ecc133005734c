"""Kept columns as fields of the register: label from the heading, the rest from what they hold."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from klantbeeld.core.fields import Field, FieldType, Nature, built_in
from klantbeeld.pipeline.blocks import TableWork
from klantbeeld.pipeline.standard import field_keys
from klantbeeld.quality.tables import Kind, date_order, guarded_column, looks_like_bsn, standardise

SAMPLE_ROWS = 5_000
LABEL_LENGTH = 120
# That share of the different values must fit before a column is taken for something.
FITS = 0.9
# Values that say whom they are about are as personal as the built-in field of their kind, and
# whoever may not see that one does not see these.
LIKE = ("email", "iban", "phone")
BSN = "user.government_id.national_identification_number"


def kept_fields(work: TableWork) -> Iterator[Field]:
    """A field for each kept column of the table."""
    head = work.staged.scan().head(SAMPLE_ROWS).collect()
    nature: Nature = "descriptive" if work.holds == "customers" else "behavioural"
    for column, key in field_keys(work.mapping).items():
        if column in head.columns:
            yield field_for(key, column, head[column], nature)


def field_for(key: str, heading: str, values: pl.Series, nature: Nature) -> Field:
    """The register's entry of a kept column, with `values` (any type) as evidence.

    The basis stays unknown: that is for people to say, and nobody did.
    """
    label = " ".join(heading.split())[:LABEL_LENGTH] or key
    distinct = values.drop_nulls().unique(maintain_order=True)
    like = next((built_in()[role] for role in LIKE if _fits(distinct, role)), None)
    if like is not None:
        return Field(
            key, label, label, "text", like.nature, like.category, like.purposes, "unknown",
            like.retention_days,
        )  # fmt: skip
    is_bsn = any(found.kind == Kind.BSN for found in guarded_column(values, heading))
    # What slipped through because there was little of it is personal all the same.
    is_bsn = is_bsn or bool(len(distinct) and looks_like_bsn(distinct).mean() == 1.0)
    return Field(
        key, label, label, "text" if is_bsn else type_of(distinct), nature,
        BSN if is_bsn else "user", basis="unknown",
    )  # fmt: skip


def type_of(values: pl.Series) -> FieldType:
    """What a column holds: yes_no, number, date or text."""
    kind = values.dtype
    if kind == pl.Boolean:
        return "yes_no"
    if kind.is_numeric():
        return "number"
    if kind.is_temporal():
        return "date"
    if kind != pl.String:
        return "text"
    if _fits(values, "quantity"):
        return "number"
    if _fits(values, "document_at", order=date_order(values).order):
        return "date"
    # Last: a consent may also be said by its date.
    return "yes_no" if _fits(values, "consent_email") else "text"


def _fits(values: pl.Series, role: str, **options: str) -> bool:
    """Whether nearly all of these are good values of a role."""
    if not len(values) or (values.dtype != pl.String and role in LIKE):
        return False
    standard = standardise(values, role, **options)
    good = standard.value.is_not_null() & standard.issue.is_null()
    return bool(good.sum() >= FITS * len(values))
