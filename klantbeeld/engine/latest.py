"""The latest of several kinds of event, found by one `max()` on either engine."""

from collections.abc import Sequence

import narwhals as nw

CODES = 64


class Latest:
    """Packs (instant, kind) into one Int64, so that the greatest is the latest with its kind.

    `kinds` are at most 64 words, the most telling first: at equal instants the earlier in the
    list wins. An instant is whole µs or days and may not exceed 2**57 in size (year 6500).

        latest = Latest(["mail", "call"])
        one = rows.group_by("customer").agg(latest.pack(col("at"), col("kind")).max().alias("p"))
        one.select("customer", latest.instant(col("p")), latest.kind(col("p")))
    """

    def __init__(self, kinds: Sequence[str]) -> None:
        if not 0 < len(set(kinds)) == len(kinds) <= CODES:
            raise ValueError(f"Latest needs 1 to {CODES} different kinds")
        self.kinds = tuple(kinds)
        self._codes = {kind: CODES - 1 - place for place, kind in enumerate(self.kinds)}

    def pack(self, instant: nw.Expr, kind: nw.Expr) -> nw.Expr:
        """Null for a kind that is not in the list, and for a null instant."""
        code = kind.replace_strict(
            self._codes, default=nw.lit(None, dtype=nw.Int64), return_dtype=nw.Int64
        )
        # Only then multiplied: Spark stops at an overflow in rows that do not count either.
        return nw.when(~code.is_null()).then(instant.cast(nw.Int64) * CODES + code)

    def instant(self, packed: nw.Expr) -> nw.Expr:
        """The instant in a packed column."""
        # Spark divides as doubles; without the code the division is exact up to 2**59.
        return ((packed - packed % CODES) // CODES).cast(nw.Int64)

    def kind(self, packed: nw.Expr) -> nw.Expr:
        """The kind in a packed column, null where nothing was packed."""
        return (packed % CODES).replace_strict(
            {code: kind for kind, code in self._codes.items()},
            default=nw.lit(None, dtype=nw.String),
            return_dtype=nw.String,
        )
