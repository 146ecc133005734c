"""Ways of saying that tell a special topic in ordinary words: 'slikt er pillen voor', 'her union'.

The patterns stand in `ways.txt`. All their repetitions are bounded, and a pattern is only tried on
a text that has one of the words it needs, so a text costs no more than its length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from klantbeeld.quality.special.kinds import Kind
from klantbeeld.quality.special.needed import needed_in
from klantbeeld.quality.special.places import PLACES

_NO = "niet|geen|nooit|zonder|not|never|no|without|isn't|doesn't|don't|hasn't"
_GAP = rf"(?:(?!(?:{_NO})\b)[\w'’.&/-]{{1,24}},?\s{{1,2}}){{0,3}}"
_DENIED = re.compile(
    r"(?i)\b(?:geen|nooit|niet|zonder|no|not|never|without|isn't|doesn't|don't|hasn't|neither|"
    r"slachtoffer van|victim of|victims of)\s{1,2}(?:[\w'-]{1,14}\s{1,2}){0,2}$"
)
_SHORTHAND = ((" ?", r"\s{0,2}"), (" ~", rf"\s{{1,2}}{_GAP}"), ("~", _GAP), (" ", r"\s{1,2}"))
_BEFORE = 60  # characters before a place in which it may be denied


@lru_cache(maxsize=1)
def _ways() -> tuple[tuple[Kind, frozenset[str], re.Pattern[str]], ...]:
    lists, ways = {"land": PLACES}, []
    lines = Path(__file__).with_name("ways.txt").read_text(encoding="utf-8").splitlines()
    for name, _, rest in (line.partition("\t") for line in lines if line and line[0] != "#"):
        if name.startswith("@"):
            lists[name[1:]] = rest
        else:
            pattern = _written(rest, lists)
            ways.append((Kind(name), needed_in(pattern), re.compile(pattern)))
    return tuple(ways)


def _written(pattern: str, lists: dict[str, str]) -> str:
    for name, words in lists.items():
        pattern = pattern.replace(f"<{name}>", f"(?:{words})")
    for short, long in (
        (" ?", r"\s{0,2}"),
        (" ~", rf"\s{{1,2}}{_GAP}"),
        ("~", _GAP),
        (" ", r"\s{1,2}"),
    ):
        pattern = pattern.replace(short, long)
    return rf"(?i)(?<![\w-])(?:{pattern})(?!\w)"


def context_spans(text: str) -> Iterator[tuple[int, int, Kind]]:
    """Where a text tells a topic by the way it is said; may overlap."""
    low = text.lower()
    for kind, needed, pattern in _ways():
        if needed and not any(word in low for word in needed):
            continue
        for found in pattern.finditer(text):
            before = text[max(0, found.start() - _BEFORE) : found.start()]
            if kind == Kind.BELIEF or not _DENIED.search(before):
                yield found.start(), found.end(), kind
