"""Stable 64-bit hashes of texts, signed so that both databases hold them as bigint.

XXH3 (https://github.com/Cyan4973/xxHash) is not cryptographic: equal texts have equal hashes,
and whoever looks up by hash also compares the text. What must not be guessed is hashed with a
key elsewhere (see `privacy`).
"""

from __future__ import annotations

import polars as pl
import polars_hash as plh
from xxhash import xxh3_64_intdigest


def hash64(text: str) -> int:
    """The signed 64-bit hash of one text."""
    value = xxh3_64_intdigest(text.encode())
    return value - (1 << 64) if value >> 63 else value


def hash_column(column: pl.Series) -> pl.Series:
    """Signed 64-bit hashes (Int64) of a String column; nulls hash as the empty text."""
    texts = column.fill_null("").alias("text").to_frame()
    hashed = texts.select(plh.col("text").nchash.xxh3_64().reinterpret(signed=True))
    return hashed.to_series().alias(column.name)
