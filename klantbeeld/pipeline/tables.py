"""What the room hands out about rows that cannot be used: every reason code, in a sentence."""

from __future__ import annotations

from collections.abc import Mapping

from klantbeeld.quality.tables import REASONS as OF_VALUES
from klantbeeld.sources.tables import REJECT_REASONS as OF_ROWS

# What only shows when a row is to become something.
OWN: Mapping[str, str] = {
    "missing": "A value that is needed here is missing.",
    "no_subject": "Nothing in the row says whose it is.",
    "order_unknown": "The order of this line is not known here.",
}
# A sentence for people at the command line; the screens have words of their own.
REASONS: Mapping[str, str] = {
    **{code: f"{text[:1].upper()}{text[1:]}." for code, text in OF_ROWS.items()},
    **OF_VALUES,
    **OWN,
}
