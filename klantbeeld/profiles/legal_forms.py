"""What somebody is in law: a natural person, a sole trader, a partnership, a legal person.

Telling them apart matters: article 11.7 of the Dutch Telecommunications Act protects people, and
the ACM counts sole traders and partnerships among them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

LegalKind = Literal["natural", "sole_trader", "partnership", "legal", "unknown"]
_LEGAL = re.compile(
    r"(?ix)(?<!\w)(?:b\.?\s?v\.?(?:b\.?a\.?)?|n\.?\s?v\.?|stichting|vereniging|co[öo]peratie|"
    r"u\.?a\.?|b\.?a\.?|gemeente|provincie|ministerie|universiteit|gmbh|ag|ug|e\.?\s?v\.?|"
    r"s\.?a\.?(?:r\.?l\.?|s\.?)?|srl|asbl|vzw|ltd\.?|limited|plc|inc\.?|llc|corp\.?)(?!\w)"
)
_PARTNERSHIP = re.compile(
    r"(?ix)(?<!\w)(?:v\.?\s?o\.?\s?f\.?|maatschap|c\.?\s?v\.?|vennootschap\ onder\ firma|"
    r"commanditaire\ vennootschap|ohg|kg|gbr|snc|llp)(?!\w)"
)
_SOLE = re.compile(r"(?i)(?<!\w)(?:eenmanszaak|zzp(?:'?er)?|e\.?\s?k\.?)(?!\w)")


def legal_kind(kind: str, data: Mapping[str, object]) -> LegalKind:
    """From the kind of a profile and its golden values; ``unknown`` where neither settles it."""
    name = str(data.get("organisation_name") or "")
    if kind == "person":
        return "sole_trader" if data.get("kvk") and not name else "natural"
    if kind != "organisation":
        return "unknown"
    if _SOLE.search(name):
        return "sole_trader"
    if _PARTNERSHIP.search(name):
        return "partnership"
    return "legal" if _LEGAL.search(name) else "unknown"
