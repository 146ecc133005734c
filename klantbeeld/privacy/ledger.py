"""The ledger in the database: statements out of it and into it, in the order of `Statement`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from klantbeeld.core import bulk, changes
from klantbeeld.core.clock import now_us
from klantbeeld.privacy.models import ConsentEntry, ConsentText
from klantbeeld.privacy.rules import Statement, text_hash_of

COLUMNS = (
    "record_id", "channel", "purpose", "topic", "state", "at", "id", "delivery_id", "method",
    "evidence", "brand", "language", "form", "text_hash", "said_by", "confirms", "expires_at",
)  # fmt: skip
_SELECT = f"SELECT {', '.join(COLUMNS)} FROM privacy_consententry WHERE"
_GENERAL = f"{_SELECT} purpose = 'marketing' AND topic = '' AND brand = '' AND"


def statements(records: Sequence[int]) -> list[Statement]:
    """Everything that was ever said of these records."""
    return [Statement(*row) for row in bulk.rows_where(_SELECT, "record_id", records)]


def general(records: Sequence[int]) -> list[Statement]:
    """What was said of marketing as a whole: what columns of letters are made of."""
    return [Statement(*row) for row in bulk.rows_where(_GENERAL, "record_id", records)]


def by_key(entry: int) -> Statement | None:
    """One statement, None when there is no such."""
    found = bulk.rows_where(_SELECT, "id", [entry])
    return Statement(*found[0]) if found else None


def append(said: Iterable[Statement]) -> list[Statement]:
    """Add statements, which get their keys here; inside a transaction."""
    lines = list(said)
    if not lines:
        return []
    bulk.ensure_atomic()
    first = bulk.allocate(ConsentEntry, len(lines))
    made = [line._replace(id=first + n) for n, line in enumerate(lines)]
    bulk.insert(ConsentEntry, COLUMNS, made)
    changes.note("consent", {line.record for line in made})
    return made


def keep_text(text: str, language: str, channel: str) -> str:
    """Remember the exact words of a consent; returns their hash, "" for no text."""
    if not text.strip():
        return ""
    key = text_hash_of(text)
    ConsentText.objects.get_or_create(
        pk=key,
        defaults={
            "text": text.strip(), "language": language[:8], "channel": channel[:12],
            "first_used": now_us(),
        },
    )  # fmt: skip
    return key
