"""Whom a single record may be or live with, found and weighed without setting up columns.

The stored keys say whom it meets, and what is compared of those stands packed beside them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from klantbeeld.core import bulk
from klantbeeld.identity import attaching, core
from klantbeeld.identity.core.pairwise import is_tied, scored
from klantbeeld.identity.core.plain import Plain, is_somebody, keys_of, unpacked

# Records of one block for each that says something of its own.
SAYING_THE_SAME = 3
CAPS = tuple(kind.cap for kind in core.KEY_KINDS)
Keys = list[tuple[int, int]]


class NotPacked(LookupError):
    """Of a partner it is not stored what is compared, or several records fill up one block."""


def _blocks(keys: Keys, model: core.Model, own: Collection[int]) -> dict[tuple[int, int], set[int]]:
    """The stored records under each of these keys (place, hash) but for one's own."""
    stopped = model.stopped_keys
    asked = sorted({key for _, key in keys if key not in stopped})
    rows = bulk.rows_where(
        "SELECT hash, kind, record_id FROM identity_matchkey WHERE", "hash", asked
    )
    held: dict[tuple[int, int], set[int]] = {}
    for key, kind, record in rows:
        if kind < attaching.WEAK and record not in own:
            held.setdefault((key, kind), set()).add(record)
    return {
        block: records
        for block, records in held.items()
        if len(records) <= SAYING_THE_SAME * CAPS[block[1]]
    }


def met(keys: Keys, model: core.Model, own: Collection[int]) -> list[tuple[int, Plain]]:
    """The stored records under these keys (place, hash) but for one's own, by record.

    A block is cut when too many in it say something of their own. Raises `NotPacked`.
    """
    blocks = _blocks(keys, model, own)
    partners = sorted({record for records in blocks.values() for record in records})
    rows = bulk.rows_where(
        "SELECT record_id, said FROM identity_compared WHERE", "record_id", partners
    )
    texts = dict(rows)
    if len(texts) < len(partners):
        raise NotPacked
    found: set[int] = set()
    for (_, kind), records in blocks.items():
        if len(records) + max(len(own), 1) > CAPS[kind]:
            if len(own) > 1:
                raise NotPacked
            if len(_telling(records, texts)) + 1 > CAPS[kind]:
                continue
        found |= records
    return [(record, unpacked(texts[record])) for record in sorted(found)]


def _telling(records: Collection[int], texts: Mapping[int, str]) -> set[str | int]:
    """Those that say something of their own, see `link`."""
    distinct: set[str | int] = {texts[r] for r in records}
    if len(distinct) == len(records):
        return distinct
    return {texts[r] if is_somebody(unpacked(texts[r])) else r for r in records}


def tied_to(
    said: Plain, keys: Keys, model: core.Model, own: Collection[int]
) -> Iterator[tuple[int, float, bool]]:
    """Whom one record meets: (record, weight in bits, whether they may be one or a household).

    own: the records that are looked at, itself among them. Raises `NotPacked`.
    """
    alike = [(r, other) for r, other in met(keys, model, own) if other.kind == said.kind]
    if not alike:
        return
    found = scored(said, [other for _, other in alike], model)
    tied = is_tied(found, model.kinds[said.kind].thresholds)
    bare = said._replace(source="", updated="")
    for (record, other), weight, is_near in zip(
        alike, found["weight"].tolist(), tied.tolist(), strict=True
    ):
        yield record, weight, is_near or other == bare or _shares_home(said, other)


def identifying(said: Plain, model: core.Model) -> Iterator[tuple[int, int]]:
    """As `matching.keyed` of one record: (hash, kind), those that weak records leave included."""
    for place, key in keys_of(said, model.key_kinds):
        yield key, place
    if not is_weak(said):
        return
    for side, kinds in IDENTIFIERS.items():
        for place, key in keys_of(said._replace(kind=side), kinds):
            yield key, place + attaching.WEAK


def is_weak(said: Plain) -> bool:
    """As `attaching.weak_rows`, of one record."""
    is_registered = said.kvk or said.vat if said.kind == core.ORGANISATION else said.birth
    return not (said.house or is_registered)


IDENTIFIERS = {
    core.PERSON: [person for *_, person, _ in attaching.IDENTIFIERS],
    core.ORGANISATION: [firm for *_, firm in attaching.IDENTIFIERS if firm],
}


def home_of(said: Plain) -> tuple[str, ...] | None:
    """The full address, None where it is not known in full."""
    if not said.postcode or not said.house or not (said.region or said.street):
        return None
    return (said.postcode, "" if said.region else said.street, said.house, said.suffix)


def _shares_home(one: Plain, other: Plain) -> bool:
    """Whether two people live at one address under one name: a household without any tie."""
    home = home_of(one)
    if home is None or home != home_of(other):
        return False
    return not {one.part, one.other_part}.isdisjoint({other.part, other.other_part} - {""})
