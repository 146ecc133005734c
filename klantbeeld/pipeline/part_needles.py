"""By which texts a single event or value is found again, where nobody else's tells the same."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection

from klantbeeld.core import bulk
from klantbeeld.core.models import RecordVersion
from klantbeeld.pipeline.screening import MASK
from klantbeeld.privacy.models import SpecialOriginal
from klantbeeld.sources.tables import fields_of, text_of
from klantbeeld.timeline.tables import Single

SHORTEST, SHORTEST_KEY, LONGEST = 16, 8, 120
MOST = 8
_SPACE = re.compile(r"\s+")


def of_event(one: Single) -> list[str]:
    """Lines of what it says, and its number."""
    lines = [line.strip()[:LONGEST] for text in one.texts for line in text.splitlines()]
    long = sorted({line for line in lines if len(line) >= SHORTEST}, key=len, reverse=True)
    keys = [key for key in one.keys if len(key) >= SHORTEST_KEY]
    return [*keys, *long[:MOST]]


def of_value(records: Sequence[int], group: str, text: str) -> list[str]:
    """How the value is written, as stored and as delivered."""
    found: dict[str, None] = {}
    versions = RecordVersion.objects.filter(record__in=list(records))
    for data, raw in versions.values_list("data", "raw"):
        if text_of(group, data) != text:
            continue
        for name in fields_of(group):
            told = (str(data.get(name) or "").strip(), str(raw.get(name) or "").strip())
            found |= dict.fromkeys(t for t in told if len(t) >= 6)
    return list(found)


def tells(text: str, group: str, data: Mapping[str, Any]) -> bool:
    """Whether the cells of a row, as one text, tell this value."""
    plain = _SPACE.sub("", text).casefold()
    fields = ("postcode", "house_number") if group == "address" else fields_of(group)
    said = [_SPACE.sub("", str(data[f])).casefold() for f in fields if data.get(f)]
    return bool(said) and all(one in plain for one in said)


def drop_originals(one: Single) -> int:
    """Sealed originals of these people of the same delivery, where characters were taken out."""
    if not any(MASK in text for text in one.texts):
        return 0
    held = SpecialOriginal.objects.filter(record__in=one.owners, delivery__in=one.deliveries)
    return held.delete()[0]


# Where somebody else may say the same: table to its columns, and which of them are JSON.
ELSEWHERE: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "timeline_interaction": (("key", "subject"), ("details",)),
    "timeline_document": (("name", "text"), ()),
    "core_record": (("key",), ("data",)),
    "sources_quarantined": ((), ("values", "mended")),
    "pipeline_intake": ((), ("files", "edits", "answers", "unreadable")),
}  # fmt: skip


def telling(texts: Sequence[str], mine: Mapping[str, Iterable[int]]) -> list[str]:
    """Those of these texts that stand in no row but `mine` (table to ids): to search for later."""
    return [t for t in texts if not any(_stands_in(table, t, mine.get(table, ()))
                                        for table in ELSEWHERE)]  # fmt: skip


def _stands_in(table: str, text: str, mine: Iterable[int]) -> bool:
    """Whether a row of a table that is not among `mine` holds a text."""
    plain, jsons = ELSEWHERE[table]
    said = json.dumps(text, ensure_ascii=False)[1:-1]
    test = "position(%s in {0}) > 0" if connection.vendor == "postgresql" else "instr({0}, %s) > 0"
    places = [f'"{c}"' for c in plain] + [bulk.json_text(f'"{c}"') for c in jsons]
    where = " OR ".join(test.format(place) for place in places)
    own = set(mine)
    with connection.cursor() as cursor:
        cursor.execute(
            f'SELECT id FROM "{table}" WHERE {where} LIMIT {len(own) + 1}',
            [*[text] * len(plain), *[said] * len(jsons)],
        )
        return any(row[0] not in own for row in cursor.fetchall())
