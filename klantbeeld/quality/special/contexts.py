"""Ways of saying that tell a special topic in ordinary words: 'slikt er pillen voor', 'her union'.

The patterns stand in `ways.txt` and `ways_*.txt`. All their repetitions are bounded, and each of
their alternatives is only tried on a text that has one of the words it needs: those are looked up
by three of their letters, so a text costs no more than its length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from klantbeeld.quality.special.kinds import Kind
from klantbeeld.quality.special.needed import needed_in
from klantbeeld.quality.special.places import PLACES

_HERE = Path(__file__).parent
_MARKS = re.compile(r"\\.|\[[^]]*\]|[()|]")
_NO = "niet|geen|nooit|zonder|not|never|no|without|isn't|doesn't|don't|hasn't"
_GAP = rf"(?:(?!(?:{_NO})\b)[\w'’.&/-]{{1,24}},?\s{{1,2}}){{0,3}}"
_DENIED = re.compile(
    r"(?i)\b(?:geen|nooit|niet|zonder|no|not|never|without|isn't|doesn't|don't|hasn't|neither|"
    r"slachtoffer van|victim of|victims of)\s{1,2}(?:[\w'-]{1,14}\s{1,2}){0,2}$"
)
_SHORTHAND = ((" ?", r"\s{0,2}"), (" ~", rf"\s{{1,2}}{_GAP}"), ("~", _GAP), (" ", r"\s{1,2}"))
_BEFORE = 60  # characters before a place in which it may be denied
_PIECE = 3  # letters of a needed word by which it is looked for


@dataclass(frozen=True)
class _Ways:
    """Patterns, those tried on every text, and the rest by three letters of a word they need."""

    patterns: list[tuple[Kind, re.Pattern[str]]] = field(default_factory=list)
    always: list[int] = field(default_factory=list)
    needed: dict[str, dict[str, list[int]]] = field(default_factory=dict)

    def add(self, kind: Kind, pattern: str) -> None:
        number, words = len(self.patterns), needed_in(pattern)
        self.patterns.append((kind, re.compile(pattern)))
        if not words or min(map(len, words)) < _PIECE:
            self.always.append(number)
            return
        for word in words:
            pieces = [word[n : n + _PIECE] for n in range(len(word) - _PIECE + 1)]
            rarest = min(pieces, key=lambda piece: len(self.needed.get(piece, ())))
            known = next((p for p in pieces if word in self.needed.get(p, ())), rarest)
            self.needed.setdefault(known, {}).setdefault(word, []).append(number)

    def worth_trying(self, low: str) -> list[int]:
        """Numbers of the patterns of which a text in small letters has a needed word."""
        numbers = set(self.always)
        for piece in self.needed.keys() & {low[n : n + _PIECE] for n in range(len(low) - 2)}:
            for word, needing in self.needed[piece].items():
                if word in low:
                    numbers.update(needing)
        return sorted(numbers)


@lru_cache(maxsize=1)
def _ways() -> _Ways:
    lists, ways = {"land": PLACES}, _Ways()
    for path in (_HERE / "ways.txt", *sorted(_HERE.glob("ways_*.txt"))):
        lines = path.read_text(encoding="utf-8").splitlines()
        for name, _, rest in (line.partition("\t") for line in lines if line and line[0] != "#"):
            if name.startswith("@"):
                lists[name[1:]] = rest
                continue
            for branch in branches_of(rest):
                ways.add(Kind(name), _written(branch, lists))
    return ways


def branches_of(pattern: str) -> list[str]:
    """The alternatives of a pattern, of which each needs words of its own."""
    branches, depth, start = [], 0, 0
    for found in _MARKS.finditer(pattern):
        mark = found.group()
        depth += (mark == "(") - (mark == ")")
        if mark == "|" and not depth:
            branches.append(pattern[start : found.start()])
            start = found.end()
    return [*branches, pattern[start:]]


def _written(pattern: str, lists: dict[str, str]) -> str:
    for name, words in lists.items():
        pattern = pattern.replace(f"<{name}>", f"(?:{words})")
    for short, long in _SHORTHAND:
        pattern = pattern.replace(short, long)
    return rf"(?i)(?<![\w-])(?:{pattern})(?!\w)"


def context_spans(text: str) -> Iterator[tuple[int, int, Kind]]:
    """Where a text tells a topic by the way it is said; may overlap."""
    ways = _ways()
    for number in ways.worth_trying(text.lower()):
        kind, pattern = ways.patterns[number]
        for found in pattern.finditer(text):
            before = text[max(0, found.start() - _BEFORE) : found.start()]
            if kind == Kind.BELIEF or not _DENIED.search(before):
                yield found.start(), found.end(), kind
