"""Guarded numbers inside texts: check digits first, then the words beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from klantbeeld.quality.ibans import country_shape
from klantbeeld.quality.special.checks import holds_bsn, is_bsn, is_card, is_iban
from klantbeeld.quality.special.columns import LEGAL
from klantbeeld.quality.special.kinds import Certainty, Kind, Span
from klantbeeld.quality.special.labels import OTHER, Label, label_of, labels_in
from klantbeeld.quality.special.national import CHECKS

# A text without this holds no guarded number (for Polars: no look-around).
WORTH_A_LOOK = (
    r"\d[ .\-/\u00a0]?\d[ .\-/\u00a0]?\d[ .\-/\u00a0]?\d|[A-Za-z]{2}\d{2}"
    r"|[PIAC][A-Z<][A-Z]{3}[A-Z<]{5}"
    r"|(?i:pas+poort|passport|identi|document|legitimatie|permit|vergunning|id-?kaart|id-?card)"
)

_FREE = r"(?<![\d+/=_#@])(?<!\d[.,\-])(?<!\+31 )(?<!0031 )"
_END = r"(?![\d_@%])(?![.,\-/]\d)(?! ?(?:euro?\b|€|km\b|kg\b))"
_NINE = re.compile(
    _FREE + r"(?:\d{9}|\d{3}([ .\-\u00a0])\d{3}\1\d{3}|\d{4}([ .\-])\d{2}\2\d{3}"
    r"|\d{2}([ .\-])\d{2}\3\d{2}\3\d{3}"
    r"|\d{4}[ .\-]\d{5}|\d{5}[ .\-]\d{4}|\d(?: \d){8}|\d{8})" + _END
)
_TAX = re.compile(
    r"(?i)(?<![a-z0-9])(?:NL[ .]?)?(\d{9}|\d{3}[ .]\d{3}[ .]\d{3}|\d{4}[ .]\d{2}[ .]\d{3})"
    r"[ .\-]?([BLHFOV])[ .\-]?(\d{2})(?![a-z0-9])"
)
_CARDS = (
    re.compile(_FREE + r"\d{4}([ \-.\u00a0])\d{4}\1\d{4}\1\d{4}(?:\1\d{1,3})(?![\d])"),
    re.compile(_FREE + r"\d{4}([ \-.\u00a0])\d{4}\1\d{4}\1\d{4}(?!\d)"),
    re.compile(_FREE + r"\d{4}([ \-.\u00a0])\d{6}\1\d{4,5}(?!\d)"),
    re.compile(_FREE + r"\d{14,19}" + _END),
)
_IBAN_START = re.compile(
    r"(?i)(?<![a-z0-9])(?:iban)?([a-z]{2}[ .\-\u00a0]?\d{2})(?=[ .\-\u00a0]?[a-z0-9])"
)
_DOCUMENT = re.compile(r"(?i)(?<![a-z0-9])[a-np-z]{2} ?[a-np-z0-9]{6} ?\d(?![a-z0-9])")
_FOREIGN = re.compile(r"(?<![A-Za-z0-9])(?=\w*\d{5})[A-Z0-9]{7,12}(?![A-Za-z0-9])")
_NATIONAL = re.compile(_FREE + r"\d(?:[ .\-]?\d){9,10}" + _END)
# As it is printed: 85.07.30-033.28.
_BELGIAN = re.compile(r"\d{2}\.\d{2}\.\d{2}-\d{3}\.\d{2}")
_LICENCE = re.compile(r"(?<![\d+.,])\d{10}(?![\d.,]\d|\d)")
_INSURED = re.compile(r"(?<![\d+.,])\d(?:[ .]?\d){5,11}(?![\d]|[.,]\d)")
_EHIC = re.compile(r"(?<!\d)80\d{3}(?: ?\d){15}(?!\d)")
_MACHINE_LINE = re.compile(r"(?<![A-Z0-9<])[PIAC][A-Z<][A-Z]{3}[A-Z0-9<]{20,39}(?![A-Z0-9<])")
_AROUND = 60  # characters in which the legal form of a tax number's owner stands
_LENGTH = 9


def number_spans(text: str) -> Iterator[Span]:
    """Guarded numbers of one text; a later one never overlaps an earlier one."""
    labels = labels_in(text)
    taken = bytearray(len(text))
    for finder in (
        _ibans,
        _machine_lines,
        _health_cards,
        _taxes,
        _cards,
        _nationals,
        _documents,
        _bsns,
    ):
        for span in finder(text, labels):
            if not any(taken[span.start : span.end]):
                taken[span.start : span.end] = b"\1" * (span.end - span.start)
                yield span


def _ibans(text: str, labels: list[Label]) -> Iterator[Span]:
    for found in _IBAN_START.finditer(text):
        start = found.start(1)
        end = _iban_end(text, start)
        if end is not None:
            yield Span(start, end, Kind.IBAN, Certainty.CERTAIN, "check_alone")


def _iban_end(text: str, start: int) -> int | None:
    """Where the IBAN that starts here ends, null when it is none; single spaces may divide it."""
    shape = country_shape(text[start : start + 2].upper())
    if shape is None:
        return None
    compact, place = "", start
    while len(compact) < shape[0] and place < len(text):
        sign = text[place]
        if sign.isascii() and sign.isalnum():
            compact += sign.upper()
        elif sign not in " .-\u00a0" or not text[place - 1].isalnum():
            return None
        place += 1
    followed = place < len(text) and text[place].isascii() and text[place].isalnum()
    return place if not followed and is_iban(compact) else None


def _machine_lines(text: str, labels: list[Label]) -> Iterator[Span]:
    for found in _MACHINE_LINE.finditer(text):
        if "<" in found.group():
            yield Span(*found.span(), Kind.IDENTITY_DOCUMENT, Certainty.CERTAIN, "shape")


def _health_cards(text: str, labels: list[Label]) -> Iterator[Span]:
    for found in _EHIC.finditer(text):
        yield Span(*found.span(), Kind.HEALTH_INSURANCE, Certainty.LIKELY, "shape")
    for found in _INSURED.finditer(text):
        if label_of(text, labels, *found.span()) == Kind.HEALTH_INSURANCE:
            yield Span(*found.span(), Kind.HEALTH_INSURANCE, Certainty.CERTAIN, "word_and_shape")


def _taxes(text: str, labels: list[Label]) -> Iterator[Span]:
    for found in _TAX.finditer(text):
        number = re.sub(r"\D", "", found.group(1))
        around = text[max(0, found.start() - _AROUND) : found.end() + _AROUND]
        if holds_bsn(number, found.group(3)) and not re.search(LEGAL, around):
            yield Span(*found.span(), Kind.OLD_VAT, Certainty.LIKELY, "check_alone")


def _cards(text: str, labels: list[Label]) -> Iterator[Span]:
    for pattern in _CARDS:
        for found in pattern.finditer(text):
            digits = re.sub(r"\D", "", found.group())
            if not is_card(digits):
                continue
            said = label_of(text, labels, *found.span())
            if said == Kind.CARD:
                yield Span(*found.span(), Kind.CARD, Certainty.CERTAIN, "word_and_check")
            elif said != OTHER or len(digits) != len(found.group()):
                # Written in groups of four it is a card, whatever word stands before it.
                yield Span(*found.span(), Kind.CARD, Certainty.LIKELY, "check_alone")


def _nationals(text: str, labels: list[Label]) -> Iterator[Span]:
    for found in _NATIONAL.finditer(text):
        digits = re.sub(r"\D", "", found.group())
        if not any(check(digits) for check, _share in CHECKS):
            continue
        if label_of(text, labels, *found.span()) == Kind.NATIONAL_NUMBER:
            yield Span(*found.span(), Kind.NATIONAL_NUMBER, Certainty.CERTAIN, "word_and_check")
        elif _BELGIAN.fullmatch(found.group()):
            yield Span(*found.span(), Kind.NATIONAL_NUMBER, Certainty.CERTAIN, "shape")


def _documents(text: str, labels: list[Label]) -> Iterator[Span]:
    if not any(label.said in (Kind.IDENTITY_DOCUMENT, Kind.DRIVING_LICENCE) for label in labels):
        return
    for pattern, kind in (
        (_LICENCE, Kind.DRIVING_LICENCE),
        (_DOCUMENT, Kind.IDENTITY_DOCUMENT),
        (_FOREIGN, Kind.IDENTITY_DOCUMENT),
    ):
        for found in pattern.finditer(text):
            if pattern is not _LICENCE and not re.search(r"\d.*\d|[A-Z]{3}", found.group()):
                continue
            if label_of(text, labels, *found.span()) == kind:
                if pattern is _FOREIGN and is_bsn(found.group()):
                    continue
                yield Span(*found.span(), kind, Certainty.CERTAIN, "word_and_shape")


def _bsns(text: str, labels: list[Label]) -> Iterator[Span]:
    for found in _NINE.finditer(text):
        digits = re.sub(r"\D", "", found.group())
        if not is_bsn(digits) or _is_part(text, labels, *found.span()):
            continue
        said = label_of(text, labels, *found.span())
        unexplained = said in (None, Kind.IDENTITY_DOCUMENT) and len(digits) == _LENGTH
        if said == Kind.BSN:
            yield Span(*found.span(), Kind.BSN, Certainty.CERTAIN, "word_and_check")
        elif unexplained and not _is_amount(text, found.start()):
            yield Span(*found.span(), Kind.BSN, Certainty.LIKELY, "check_alone")


def _is_part(text: str, labels: list[Label], start: int, end: int) -> bool:
    """Letters against the digits: part of a code, unless they are a label ('BSN999…')."""
    if text[end : end + 1].isalpha():
        return True
    before = text[max(0, start - 2) : start]
    joined = before[-1:].isalpha() or (before[:1].isalpha() and before[-1:] == "-")
    return joined and not any(
        label.said == Kind.BSN and 0 <= start - label.end <= 1 for label in labels
    )


def _is_amount(text: str, start: int) -> bool:
    return bool(re.search(r"(?:€|\$|eur|euro)\s*$", text[max(0, start - 6) : start].lower()))
