"""Headings that are a question, as a form puts them over its answers."""

from __future__ import annotations

import re

# The first that fits: a question after the reason of a score asks for words, not for a score.
_ASKED = (
    ("answer", r"waarom|why|wat kunnen|wat kan|wat vond|what c?w?ould|what did|what can|tips?"
     r"|verbeter\w*|improve\w*|suggest\w*|opmerking\w*|comments?|toelicht\w*|aanvulling\w*"),
    ("nps_score", r"aanbevel\w*|aanbeveelt|aanbeveel|aanraden|recommend"),
    ("satisfaction", r"tevreden|tevredenheid|cijfer|satisfied|satisfaction|rate|beoordeel\w*"
     r"|waardeer\w*|score"),
)  # fmt: skip
_ASKS = re.compile(
    r"(?:hoe|waarom|wat|welke?|wie|waar|wanneer|heb|had|ben|bent|zou|kun|kunt|wil|wilt|geef|mogen"
    r"|how|why|what|which|who|where|when|do|does|did|would|could|are|is|have|please) .+ .+"
)


def asked_by(words: list[str], heading: str) -> str | None:
    """The role of the answers, where the heading is a question that is understood."""
    text = " ".join(words)
    if not (heading.rstrip().endswith("?") or (_ASKS.fullmatch(text) and len(words) > 3)):
        return None
    if len(words) < 3:
        return None
    found = (role for role, pattern in _ASKED if re.search(rf"\b(?:{pattern})\b", text))
    return next(found, None)
