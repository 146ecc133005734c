"""The memory of what was erased of a history: single events, and single values of somebody.

Kept with the tombstones of people, as the same keyed hashes, under kinds of their own: `event` for
something that a source brings under a key, `v:` and a group of fields for a value.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from klantbeeld.privacy import tombstones
from klantbeeld.privacy.models import Tombstone

EVENT, VALUE = "event", "v:"
_KIND_LENGTH = 20
Pair = tuple[str, str]


def event(table: str, key_hash: int) -> Pair:
    """The tombstone of a row of a keyed table, or of a row in quarantine by its own hash."""
    return EVENT, f"{table}\x1f{key_hash}"


def hint(table: str, text: str) -> Pair:
    """That something about which this text is true was erased; the ways in ask this first."""
    return EVENT, f"hint\x1f{table}\x1f{text}"


def same(who: Pair, table: str, said: str) -> Pair:
    """Something that happened to this person, by what it says, whatever source tells it."""
    return EVENT, f"{who[0]}\x1f{who[1]}\x1f{table}\x1f{said}"


def value(group: str, text: str) -> Pair:
    """That somebody's value was erased; the ways in ask this first, as few rows have it."""
    return (VALUE + group)[:_KIND_LENGTH], f"\x1f{group}\x1f{text}"


def value_of(who: Pair, group: str, text: str) -> Pair:
    """That this value of this person, known by one identifier, was erased."""
    return (VALUE + group)[:_KIND_LENGTH], f"{who[0]}\x1f{who[1]}\x1f{group}\x1f{text}"


def has_events() -> bool:
    """Whether any single event was ever erased."""
    return Tombstone.objects.filter(kind=EVENT).exists()


def erased_events(table: str, key_hashes: Sequence[int]) -> set[int]:
    """Those of these key hashes of a table whose row was erased."""
    pairs = [event(table, key_hash) for key_hash in key_hashes]
    gone = held(pairs)
    return {k for k, pair in zip(key_hashes, pairs, strict=True) if pair in gone}


def may_be_erased(group: str, kinds: Iterable[str]) -> bool:
    """Whether a value of this group of fields was ever erased; `kinds` as of `value_kinds`."""
    return (VALUE + group)[:_KIND_LENGTH] in kinds


def value_kinds() -> frozenset[str]:
    """The kinds of tombstones of values that there are."""
    kinds = Tombstone.objects.filter(kind__startswith=VALUE).order_by().values_list("kind")
    return frozenset(kind for (kind,) in kinds.distinct())


def held(pairs: Iterable[Pair]) -> set[Pair]:
    """Those of these (kind, value) of which there is a tombstone."""
    keys = tombstones.hashing_keys()
    hashes: Mapping[bytes, Pair] = {
        digest: pair for pair in pairs for digest in tombstones.keyed_hashes(*pair, keys)
    }
    found: set[Pair] = set()
    digests = list(hashes)
    for start in range(0, len(digests), 500):
        part = Tombstone.objects.filter(hash__in=digests[start : start + 500])
        found |= {hashes[bytes(digest)] for digest in part.values_list("hash", flat=True)}
    return found
