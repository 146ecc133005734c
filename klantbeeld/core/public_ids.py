"""Opaque public ids: a keyed permutation of the 64-bit key, so URLs neither count nor tell.

A four-round Feistel network with BLAKE2b as round function (Luby and Rackoff, 1988: four rounds
of a pseudorandom function make a strong pseudorandom permutation). Nothing needs to be stored
or indexed, and an id stays the same for ever: it hangs on the first of the lasting keys, as it
is an address that others keep and no proof of anything.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache

from klantbeeld.core import lasting

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32: no i, l, o, u
LENGTH = 13
ROUNDS = 4
# A key of so many digits may not fit the database.
MOST_DIGITS = 19


class UnknownPublicId(LookupError):
    """The text is not a public id of this installation."""


@lru_cache(maxsize=8)
def _round_keys(kind: str) -> tuple[bytes, ...]:
    secret = lasting.first().encode()
    return tuple(
        hashlib.blake2b(f"public-id/{kind}/{n}".encode(), key=secret[:64]).digest()[:32]
        for n in range(ROUNDS)
    )


def key_in(text: str) -> int:
    """A key in digits as somebody may have typed it; 0, which is nobody's, where it cannot be."""
    return int(text) if text.isdecimal() and len(text) < MOST_DIGITS else 0


def _mix(half: int, key: bytes) -> int:
    digest = hashlib.blake2b(half.to_bytes(4, "big"), key=key, digest_size=4).digest()
    return int.from_bytes(digest, "big")


def to_public(kind: str, number: int) -> str:
    """The public id of key `number` (0 <= number < 2**64) of things of this `kind`."""
    left, right = number >> 32, number & 0xFFFFFFFF
    for key in _round_keys(kind):
        left, right = right, left ^ _mix(right, key)
    value = (left << 32) | right
    return "".join(ALPHABET[(value >> shift) & 31] for shift in range(60, -1, -5))


def from_public(kind: str, text: str) -> int:
    """The key behind a public id; raises `UnknownPublicId` for anything else."""
    if len(text) != LENGTH or any(c not in ALPHABET for c in text):
        raise UnknownPublicId(kind)
    value = 0
    for character in text:
        value = (value << 5) | ALPHABET.index(character)
    if value >> 64:
        raise UnknownPublicId(kind)
    left, right = value >> 32, value & 0xFFFFFFFF
    for key in reversed(_round_keys(kind)):
        left, right = right ^ _mix(left, key), left
    number = (left << 32) | right
    if number >> 63:
        raise UnknownPublicId(kind)
    return number
