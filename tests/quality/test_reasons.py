"""Every reason for an unusable value is given somewhere and explained."""

from __future__ import annotations

import re
from pathlib import Path

import klantbeeld.quality
from klantbeeld.quality.reasons import REASONS

SOURCE = "\n".join(
    path.read_text(encoding="utf-8")
    for path in sorted(Path(klantbeeld.quality.__file__).parent.glob("*.py"))
    if path.name != "reasons.py"
)
LOOKS_LIKE_A_REASON = r'"((?:not_an?|invalid|impossible|unknown|too|wrong|in|turned)_[a-z_]+)"'


def test_every_reason_is_given_somewhere() -> None:
    assert [code for code in REASONS if f'"{code}"' not in SOURCE] == []


def test_every_reason_that_is_given_is_explained() -> None:
    given = set(re.findall(LOOKS_LIKE_A_REASON, SOURCE)) - {"in_reply_to"}
    assert len(given) > 20
    assert given <= set(REASONS)


def test_reasons_are_sentences() -> None:
    assert all(text[0].isupper() and text.endswith(".") for text in REASONS.values())
