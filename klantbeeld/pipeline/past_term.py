"""What is past its term already when it comes: an old file does not bring it back for a day."""

from __future__ import annotations

import polars as pl

from klantbeeld.core import choices, clock
from klantbeeld.core.models import Record
from klantbeeld.privacy.tables import held_among

SETTING = "retention_days"
BEHAVIOUR = "behaviour"
# What behaviour is: visits, clicks and opened newsletters; never what was bought or written.
KINDS = (
    "page_view", "search", "product_view", "cart", "newsletter_sent", "newsletter_opened",
    "newsletter_clicked", "newsletter_bounced", "like", "follow",
)  # fmt: skip
# The delivery's report tells under this name how many rows were left out.
REPORTED = "past_term"


def term_ends() -> int | None:
    """Behaviour of before this moment (µs UTC) is not kept; None when it is kept for ever."""
    days = int(choices.chosen(SETTING, {}).get(BEHAVIOUR, 0))
    return clock.now_us() - days * clock.DAY if days else None


def past_term(
    frame: pl.DataFrame, record_keys: pl.Series, space: str, before: int
) -> pl.Series | None:
    """Which interactions are past the term and of nobody with a legal hold; None for none.

    `space` is the source of which these are record keys.
    """
    old = frame.select((pl.col("at") < before) & pl.col("kind").is_in(KINDS)).to_series()
    old = old.fill_null(False)
    if not old.any():
        return None
    keys = record_keys.filter(old).drop_nulls().unique().to_list()
    found = dict(Record.objects.filter(source__key=space, key__in=keys).values_list("pk", "key"))
    held = {found[record] for record in held_among(sorted(found))}
    return old & ~record_keys.is_in(list(held)).fill_null(False) if held else old
