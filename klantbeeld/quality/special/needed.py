"""Words of which one stands in every text that a pattern matches: a quick look before the pattern.

They are read off the parsed pattern. Where Python's parser is not to be had nothing is needed, and
patterns are tried on every text: slower, never other results.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from typing import Any

Words = frozenset[str]
_SHORTEST = 3  # letters from which a word is worth looking for


def needed_in(pattern: str) -> Words:
    """Lower-case words, one of which every match holds; empty where nothing is sure."""
    try:
        parser = importlib.import_module("re._parser")
    except ImportError:
        return frozenset()
    return _of_sequence(parser.parse(pattern)) or frozenset()


def _of_sequence(parsed: Iterable[Any]) -> Words | None:
    """The best of what the parts of a sequence need."""
    choices: list[Words] = []
    run = ""
    for op, arg in parsed:
        name = str(op)
        if name == "LITERAL":
            run += chr(arg).lower()
            continue
        if name in ("AT", "ASSERT", "ASSERT_NOT"):
            continue
        choices += [frozenset({run})] if run else []
        run = ""
        inner = _of_part(name, arg)
        choices += [inner] if inner else []
    choices += [frozenset({run})] if run else []
    return max(choices, key=_worth, default=None)


def _of_part(name: str, arg: Any) -> Words | None:
    if name == "SUBPATTERN":
        return _of_sequence(arg[-1])
    if name in ("MAX_REPEAT", "MIN_REPEAT") and arg[0] >= 1:
        return _of_sequence(arg[2])
    if name == "BRANCH":
        found = [_of_sequence(branch) for branch in arg[1]]
        return frozenset().union(*(f for f in found if f)) if all(found) else None
    return None


def _worth(words: Words) -> tuple[bool, int, int]:
    shortest = min(len(word) for word in words)
    return shortest >= _SHORTEST, -len(words), shortest
