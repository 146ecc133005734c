"""Errors as people and machines make them: at a keyboard, by ear, from a scan."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from .names import Texts

Random = np.random.Generator
Slip = Callable[[str, Random], str]

_ROWS = ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm")
_SOUNDS = (
    ("ij", "y"),
    ("ij", "ei"),
    ("ou", "au"),
    ("ck", "k"),
    ("dt", "t"),
    ("th", "t"),
    ("ph", "f"),
    ("sch", "sg"),
    ("c", "k"),
    ("s", "z"),
    ("f", "v"),
    ("ks", "x"),
    ("aa", "a"),
    ("ee", "e"),
    ("oo", "o"),
    ("uy", "ui"),
    ("d", "t"),
)
_LOOKS = (
    ("m", "rn"),
    ("w", "vv"),
    ("d", "cl"),
    ("h", "b"),
    ("e", "c"),
    ("n", "u"),
    ("l", "1"),
    ("o", "0"),
    ("s", "5"),
    ("b", "8"),
    ("i", "l"),
    ("z", "2"),
    ("1", "7"),
    ("3", "8"),
    ("5", "6"),
)


def typed(text: str, random: Random) -> str:
    """A key beside it, one left out, one twice, or two changed places."""
    at = int(random.integers(0, len(text)))
    head, char, tail = text[:at], text[at], text[at + 1 :]
    way = random.random()
    if way < 0.35:
        return head + _beside(char, random) + tail
    if way < 0.60:
        return head + tail if len(text) > 2 else text
    if way < 0.80:
        return head + char + char + tail
    return head + tail[:1] + char + tail[1:]


def _beside(char: str, random: Random) -> str:
    for row in _ROWS:
        at = row.find(char.lower())
        if at >= 0:
            return row[max(0, min(len(row) - 1, at + (1 if random.random() < 0.5 else -1)))]
    return char


def heard(text: str, random: Random) -> str:
    """Written as it sounds: ij for y, au for ou, k for c, one letter for two."""
    return _one_of(text, _SOUNDS, random)


def scanned(text: str, random: Random) -> str:
    """Read by a machine: rn for m, 0 for o."""
    return _one_of(text, _LOOKS, random)


def _one_of(text: str, pairs: tuple[tuple[str, str], ...], random: Random) -> str:
    lower = text.lower()
    able = [(a, b) for one in pairs for a, b in (one, one[::-1]) if a in lower]
    if not able:
        return typed(text, random)
    old, new = able[int(random.integers(0, len(able)))]
    at = lower.index(old)
    return text[:at] + new + text[at + len(old) :]


def digit(text: str, random: Random) -> str:
    """One digit replaced, or two neighbours changed places."""
    places = [at for at, char in enumerate(text) if char.isdigit()]
    if not places:
        return text
    at = places[int(random.integers(0, len(places)))]
    if random.random() < 0.4 and at + 1 in places:
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    return text[:at] + str(int(random.integers(0, 10))) + text[at + 1 :]


def with_slips(texts: Texts, share: float, slip: Slip, random: Random) -> Texts:
    """The texts, a share of those of two letters or more gone wrong."""
    result = texts.copy()
    for at in np.flatnonzero(random.random(len(texts)) < share):
        if result[at] and len(result[at]) > 1:
            result[at] = slip(result[at], random)
    return result


def dates_with_slips(dates: Texts, share: float, random: Random) -> Texts:
    """ISO dates, of a share day and month swapped, a digit wrong, or only the year known."""
    result = dates.copy()
    for at in np.flatnonzero(random.random(len(dates)) < share):
        year, month, day = result[at].split("-")
        way = random.random()
        if way < 0.30 and int(day) <= 12:
            result[at] = f"{year}-{day}-{month}"
        elif way < 0.60:
            result[at] = f"{year}-01-01"
        elif way < 0.80:
            result[at] = f"{year[:3]}{int(random.integers(0, 10))}-{month}-{day}"
        else:
            result[at] = f"{year}-{month}-{int(random.integers(1, 29)):02d}"
    return result
