"""Comparable values without the hashes beside their texts, and with them again.

A table that is only explained from holds a third less; whoever compares rows of it asks for the
hashes of those.
"""

from __future__ import annotations

import polars as pl

from .values import COMPARED, PARTICULAR, hash_text, numbers


def without_hashes(values: pl.DataFrame) -> pl.DataFrame:
    """The texts alone."""
    return values.select(pl.exclude("^.*#$", "key"))


def with_hashes(values: pl.DataFrame) -> pl.DataFrame:
    """With the hashes of all texts that have none beside them and are known in some row."""
    texts = [name for name in (*COMPARED, *PARTICULAR) if name in values.columns]
    bare = [name for name in texts if name + "#" not in values.columns]
    known = [values[name] for name in bare if values[name].null_count() < len(values)]
    hashed = ((t.name + "#", (numbers if t.name == "birth" else hash_text)(t)) for t in known)
    return values.with_columns(pl.Series(name, hashes) for name, hashes in hashed)
