"""Two records side by side: values with the letters that differ, the model's words, the sum."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from difflib import SequenceMatcher
from typing import Any

from django.utils.translation import gettext as _

from klantbeeld.identity.reads import (
    COMPARISON_WORDS,
    MemberRecord,
    PairExplanation,
    Step,
    finding,
)
from klantbeeld.web import formats
from klantbeeld.web.filled import words
from klantbeeld.web.shapes.common import Tone
from klantbeeld.web.shapes.comparing import Bar, BesideRow, Piece, Waterfall

# What a record says for each comparison; the first that is filled, or all of one line.
SAID: Mapping[str, tuple[str, ...]] = {
    "first_name": ("first_name", "initials"),
    "surname": ("surname_prefix", "surname"),
    "organisation": ("organisation_name",),
    "birth_date": ("birth_date",),
    "gender": ("gender",),
    "address": ("street", "house_number", "house_suffix", "postcode", "city"),
    "email": ("email",),
    "phone": ("mobile", "phone"),
    "number": ("customer_number",),
    "login": ("login",),
    "loyalty": ("loyalty_number",),
    "iban": ("iban",),
    "kvk": ("kvk",),
    "vat": ("vat",),
    "domain": ("website",),
}
JOINED = frozenset({"surname", "address", "phone"})
# Longer values are compared as a whole: letter by letter would take too long.
LONGEST = 200
# Of texts that have less in common than this, letters that happen to agree say nothing.
ALIKE = 0.6
# From so many bits on a difference is told as light, clear and strong.
LIGHT, CLEAR, STRONG = 0.5, 3.0, 7.0
MARGIN = 4


def rows(
    pair: PairExplanation, left: MemberRecord, right: MemberRecord, *, with_bits: bool = True
) -> Iterator[BesideRow]:
    """One row for each thing that at least one of them says."""
    compared = {step.name: step for step in pair.steps}
    names = [*compared, *(name for name in SAID if name not in compared)]
    whole = _whole_name(left), _whole_name(right)
    if any(whole):
        yield BesideRow(_("Name"), *pieces(*whole), "", "grey")
    for name in names:
        one, other = said(name, left.data), said(name, right.data)
        step = compared.get(name)
        if not one and not other:
            continue
        told, tone = _told(step, one, other)
        bits = signed(step.bits) if with_bits and step and step.level >= 0 else ""
        label = words.said(COMPARISON_WORDS, name)
        yield BesideRow(label, *pieces(one, other), told, tone, bits)


def _whole_name(record: MemberRecord) -> str:
    """The name as a whole, where it was not taken apart."""
    return "" if record.data.get("surname") else str(record.data.get("full_name") or "")


def said(comparison: str, data: Mapping[str, Any]) -> str:
    """What a record says, as people write it."""
    held = [str(data[key]) for key in SAID.get(comparison, ()) if data.get(key)]
    if not held:
        return ""
    if comparison == "birth_date":
        return _day(held[0])
    if comparison == "gender":
        return {"male": _("man"), "female": _("woman")}.get(held[0], held[0])
    if comparison == "phone":
        return ", ".join(formats.phone(number) for number in dict.fromkeys(held))
    if comparison == "iban":
        return formats.iban(held[0])
    return " ".join(held) if comparison in JOINED else held[0]


def _day(text: str) -> str:
    try:
        return formats.day(date.fromisoformat(text[:10]))
    except ValueError:
        return text


def pieces(left: str, right: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both values in pieces, with what the other does not have marked; case is no difference."""
    if not left or not right:
        return _whole(left), _whole(right)
    if max(len(left), len(right)) > LONGEST:
        differs = left.casefold() != right.casefold()
        return (Piece(left, differs),), (Piece(right, differs),)
    # Lower case letter by letter, so that places stay the same.
    one, other = ("".join(c.lower()[:1] or c for c in text) for text in (left, right))
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if matcher.ratio() < ALIKE:
        return (Piece(left, True),), (Piece(right, True),)
    found = matcher.get_opcodes()
    lefts = [Piece(left[a:b], tag != "equal") for tag, a, b, _c, _d in found if b > a]
    rights = [Piece(right[c:d], tag != "equal") for tag, _a, _b, c, d in found if d > c]
    return tuple(lefts), tuple(rights)


def _whole(text: str) -> tuple[Piece, ...]:
    return (Piece(text),) if text else ()


def _told(step: Step | None, one: str, other: str) -> tuple[str, Tone]:
    if step is None or step.level < 0:
        if step is not None and one and other:
            return _("not used: this says nothing about who it is"), "grey"
        return (_("not known on one side") if not (one and other) else ""), "grey"
    told = finding(step.words)
    if step.bits >= LIGHT:
        return told, "good"
    return told, "bad" if step.bits <= -LIGHT else "grey"


def strength(bits: float) -> str:
    """How much a step says, in words."""
    if abs(bits) < LIGHT:
        return _("says little")
    if bits > 0:
        return (
            _("strongly for") if bits >= STRONG else _("clearly for") if bits >= CLEAR
            else _("a little for")
        )  # fmt: skip
    return (
        _("strongly against") if bits <= -STRONG else _("clearly against") if bits <= -CLEAR
        else _("a little against")
    )  # fmt: skip


def signed(bits: float) -> str:
    """+8,2 or −0,4."""
    return f"+{formats.number(bits, 1)}" if bits >= 0 else formats.number(bits, 1)


def waterfall(pair: PairExplanation) -> Waterfall | None:
    """The sum as bars, from what is expected before looking to the outcome."""
    if not pair.is_comparable:
        return None
    parts: list[tuple[str, str, float]] = [(_("Before looking"), _before(pair), pair.start)]
    parts += [
        (words.said(COMPARISON_WORDS, step.name), finding(step.words), step.bits)
        for step in pair.steps
        if step.level >= 0
    ]
    parts += [(_("Rule"), finding(r.words), r.bits) for r in pair.rules]
    totals = [0.0]
    for *_rest, bits in parts:
        totals.append(totals[-1] + bits)
    at = _scale([*totals, pair.bar, pair.review])
    bars = [
        Bar(
            label, told, bits, total, f"{at(min(before, total)):.2f}",
            f"{max(0.4, at(max(before, total)) - at(min(before, total))):.2f}",
            "up" if bits > 0 else "down" if bits < 0 else "none", strength(bits),
        )
        for (label, told, bits), before, total in zip(parts, totals[:-1], totals[1:], strict=True)
    ]  # fmt: skip
    low, high = sorted((0.0, pair.weight))
    bars.append(
        Bar(_("Together"), "", pair.weight, pair.weight, f"{at(low):.2f}",
            f"{max(0.4, at(high) - at(low)):.2f}", "total")
    )  # fmt: skip
    marks = (f"{at(value):.2f}" for value in (pair.bar, pair.review, 0.0))
    joins, asks, zero = marks
    return Waterfall(tuple(bars), joins, asks, zero, pair.weight, pair.bar)


def _before(pair: PairExplanation) -> str:
    """What the sum starts from: the likeliest other story decides with what it is compared."""
    if pair.household <= pair.unrelated:
        return _("two arbitrary records are seldom one customer")
    if pair.is_organisation:
        return _("beside a related organisation, how often they are one")
    return _("beside another one of the same household, how often they are one")


def _scale(values: Sequence[float]) -> Any:
    low, high = min(values), max(values)
    spread = (high - low) or 1.0

    def at(value: float) -> float:
        return MARGIN + (100 - 2 * MARGIN) * (value - low) / spread

    return at
