"""Lexicons kept as lists in files: words of every day, and rare English nouns of WordNet.

The same shape as `lexicon_nl`. WordNet's licence stands in NOTICE.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from klantbeeld.quality.special.kinds import Kind

STRENGTHS = ("strong", "weak", "tied", "cues")


@dataclass(frozen=True)
class Lexicon:
    """Words by strength and kind, by '|'; attributes named as in the modules beside this."""

    language: str
    STRONG: dict[Kind, str]
    WEAK: dict[Kind, str]
    TIED: dict[Kind, str]
    CUES: dict[Kind, str]


def read_lexicon(path: Path) -> Lexicon:
    """A file of blocks: a line 'kind strength', then its words, to a blank line."""
    found: dict[str, dict[Kind, str]] = {
        strength: dict.fromkeys(Kind, "") if strength == "cues" else {} for strength in STRENGTHS
    }
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        head, _, words = block.strip().partition("\n")
        if head and not head.startswith("#"):
            kind, strength = head.split()
            found[strength][Kind(kind)] = "|".join(words.splitlines())
    return Lexicon(path.stem[-2:], *(found[strength] for strength in STRENGTHS))


FILES = tuple(
    read_lexicon(Path(__file__).with_name(name))
    for name in ("words_daily_nl.txt", "words_daily_en.txt", "words_wordnet_en.txt")
)
