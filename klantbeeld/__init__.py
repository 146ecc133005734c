"""Klantbeeld: one customer, one card, one history.

As a library, without a database or Django: `import klantbeeld as kb`; `kb.resolve(table)` tells
which rows are one customer, `kb.explain(a, b)` why two are, or not. Nothing is imported before it
is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

__all__ = ["__version__", "explain", "resolve"]
__version__ = "0.1.0"

# By name and not by an import: every room imports this package, and may not know that room.
_CORE = "klantbeeld.identity.core"


def explain(left: Mapping[str, Any], right: Mapping[str, Any], model: Any = None) -> Any:
    """Why two rows are one person or organisation, or not: weights in bits per field.

    left, right: column to value, columns by name as in `resolve`. model: a `Model`, such as
    `resolve(table).model`, or a path to one; by default the starting one, as two rows teach
    nothing. Returns an `identity.core.Explanation`: printed it is a table. Raises
    UnreadableTable without a known column, ValueError for a person and an organisation, which are
    never compared.
    """
    import polars as pl

    core = import_module(_CORE)
    columns = dict.fromkeys([*left, *right])
    if not core.recognised_columns(list(columns)):
        raise core.UnreadableTable("no column of these rows is known: see identity.core.ROLES")
    rows = {c: [_text(left.get(c)), _text(right.get(c))] for c in columns}
    table = pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String))
    return core.resolve(table, model=model).explain(0, 1)


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def __getattr__(name: str) -> Any:
    if name == "resolve":
        return getattr(import_module(_CORE), name)
    raise AttributeError(f"module 'klantbeeld' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
