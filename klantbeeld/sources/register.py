"""What the personal columns of the room of sources are: rows in quarantine."""

from __future__ import annotations

from klantbeeld.core.fields import YEAR, column

_WAITING = {
    "nature": "descriptive", "purposes": ("administration",), "basis": "legitimate_interest",
    "retention_days": YEAR,
}  # fmt: skip

FIELDS = (
    column("sources_quarantined.values", "Uitgevallen regel zoals aangeleverd",
           "Quarantined row as delivered", "user", **_WAITING),
    column("sources_quarantined.mended", "Verbeterde cellen van een uitgevallen regel",
           "Mended cells of a quarantined row", "user", **_WAITING),
)  # fmt: skip
