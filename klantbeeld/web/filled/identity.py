"""Who the customer is: each value with its source, its rule and the values that lost."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from klantbeeld.profiles.reads import IdentityLine
from klantbeeld.web import formats
from klantbeeld.web.filled import reasons, words
from klantbeeld.web.filled.roles import ROLES
from klantbeeld.web.shapes import IdentityValue, Loser, Value

PHONES = ("phone", "mobile")
MAILS = ("email", "email_2")
_IN_DIALLING = re.compile(r"[^+0-9]")
# Shown by the header or a panel of their own.
ELSEWHERE = frozenset({"customer_since", "points", "tier"})


def values(lines: tuple[IdentityLine, ...]) -> tuple[IdentityValue, ...]:
    """The lines of the card's first panel."""
    return tuple(_value(line) for line in lines if line.key not in ELSEWHERE)


def reachable(lines: tuple[IdentityLine, ...], keys: tuple[str, ...]) -> str:
    """The first of these lines that has a value and may be seen, "" when there is none."""
    held = {line.key: line for line in lines if line.value and not line.is_masked}
    return next((str(held[key].value) for key in keys if key in held), "")


def mailto(address: str) -> str:
    """A link that starts a mail."""
    return f"mailto:{address}"


def tel(number: str) -> str:
    """A link that calls."""
    return "tel:" + _IN_DIALLING.sub("", number)


def _value(line: IdentityLine) -> IdentityValue:
    return IdentityValue(
        key=line.key,
        label=words.headed(ROLES, line.key) if line.key in ROLES else line.label,
        value=None if line.is_masked else _typed(line),
        source=line.source or (line.losers[0].source if line.problem and line.losers else ""),
        at=line.at,
        rule=_("not used: %(problem)s") % {"problem": reasons.problem(line.problem)}
        if line.problem
        else reasons.chosen(line.rule),
        losers=tuple(
            Loser(_said(line.key, loser.value), loser.source, loser.at, reasons.lost(loser.why))
            for loser in line.losers
        ),
        past=tuple(
            _("%(value)s (until %(day)s)")
            % {"value": _said(line.key, past.value), "day": formats.day(past.until.date())}
            for past in line.past
        ),
        problem=reasons.problem(line.problem) if line.problem else "",
        href=_href(line),
        is_masked=line.is_masked,
    )


def _typed(line: IdentityLine) -> Value:
    if line.value in ("", None):
        return line.losers[0].value if line.problem and line.losers else None
    if line.type == "date":
        try:
            return date.fromisoformat(str(line.value)[:10])
        except ValueError:
            return str(line.value)
    if line.type == "number" and isinstance(line.value, int | float):
        return Decimal(str(line.value)).normalize()
    return _said(line.key, line.value)


def _said(key: str, value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list | tuple):
        return ", ".join(str(v) for v in value)
    text = str(value)
    if key in PHONES:
        return formats.phone(text)
    if key == "iban":
        return formats.iban(text)
    return words.said(words.CHOICES[key], text) if key in words.CHOICES else text


def _href(line: IdentityLine) -> str:
    if not line.value or line.is_masked or line.problem:
        return ""
    if line.key in MAILS:
        return mailto(str(line.value))
    return tel(str(line.value)) if line.key in PHONES else ""
