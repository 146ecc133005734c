"""Rare English nouns of the special topics, from WordNet (`words_en.txt`, its licence in NOTICE).

The same shape as `lexicon_en`; what these words mean is known, not how they are used, so only what
cannot be said of a thing is STRONG.
"""

from __future__ import annotations

from pathlib import Path

from klantbeeld.quality.special.kinds import Kind


def _read(path: Path) -> dict[str, dict[Kind, str]]:
    """Strength to kind to words, by '|'."""
    found: dict[str, dict[Kind, str]] = {"strong": {}, "weak": {}, "tied": {}}
    lines = [x for x in path.read_text(encoding="utf-8").splitlines() if x and x[0] != "#"]
    for head, words in zip(lines[::2], lines[1::2], strict=True):
        kind, strength = head.split()
        found[strength][Kind(kind)] = words
    return found


_WORDS = _read(Path(__file__).with_name("words_en.txt"))
STRONG, WEAK, TIED = _WORDS["strong"], _WORDS["weak"], _WORDS["tied"]
CUES = dict.fromkeys(Kind, "")
