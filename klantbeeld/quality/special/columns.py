"""Columns of numbers that are guarded: decided by the whole column, its heading and its company.

One number of nine digits in eleven passes the eleven test by chance, so a column speaks as a
whole: 80 % of its filled cells, and enough different ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import polars as pl

from klantbeeld.quality.columns import as_text
from klantbeeld.quality.ibans import standard_ibans
from klantbeeld.quality.identifiers import passes_eleven, remainder_97
from klantbeeld.quality.special.checks import card_column
from klantbeeld.quality.special.headings import kind_of_heading, may_be_document
from klantbeeld.quality.special.kinds import Certainty, Kind
from klantbeeld.quality.special.national import CHECKS, valid

NEARLY_ALL = 0.8  # of the filled cells have the check digits
ENOUGH_CELLS = 20
ENOUGH_DISTINCT = 6  # eleven to the minus six: fewer may be chance, or one value repeated
MANY = 0.4  # of at least ENOUGH_CELLS different ones: no other number passes so often
HALF = 0.5
IN_SERIES = 0.95  # of different values in the series of legal persons: BSNs are spread

_EMPTY = (
    r"(?i)^(?:n\.?v\.?t\.?|onbekend|unknown|geen|none|null|nan|nb|n/a|leeg|[-.?x]+|volgt|later|tbd"
    r"|0+|1{8,}0?|2{8,}\d?|3{8,}\d?|4{8,}\d?|5{8,}\d?|6{8,}\d?|7{8,}\d?|8{8,}\d?|9{8,}\d?)$"
)
_PREFIX = (
    r"(?i)^(?:bsn|burgerservicenummer|sofi(?:nummer)?|rsin)[\s.:#-]*(?:nr|nummer|no)?[\s.:#-]*"
)
_NINE = r"^\d(?:[ .\-/]?\d){7,8}$"
_TAX = r"^(?:NL)?\d{9}[BLHFOV]\d{2}$"
_TAX_SURE = r"^NL\d{9}B\d{2}$"
_DOCUMENT = r"^[A-NP-Z]{2}[A-NP-Z0-9]{6}\d$"
_DOCUMENT_MIXED = r"^[A-NP-Z]{2}[A-NP-Z0-9]*\d[A-NP-Z][A-NP-Z0-9]*\d$"
_FOREIGN_DOCUMENT = r"^[A-Z0-9]{0,4}\d{5,9}[A-Z0-9]{0,3}$"
_LICENCE = r"^\d{10}$"
_INSURED = r"^[A-Z]{0,4}[ .\-]?\d[\d .\-]{4,22}$"
_EHIC = r"^80\d{18}$"
LEGAL = (
    r"(?i)(?:^|[\s,(])(?:b\.?v\.?|n\.?v\.?|stichting|vereniging|v\.?o\.?f\.?|c\.?v\.?|maatschap"
    r"|co[öo]peratie|gemeente|holding|u\.a\.)(?:[\s,).;:]|$)"
)
_SOLE = r"(?i)\b(?:eenmanszaak|zzp\w*|sole trader|freelance\w*)\b"
_NAME_HEADING = r"(?i)bedrijf|organi[sz]at|firma|company|onderneming|business|naam|name"


@dataclass(frozen=True)
class ColumnFinding:
    """What a column is. cells: Boolean, the rows that hold one (length of the column).

    filled and valid count cells; valid those with the check digits or the shape.
    """

    column: str
    kind: Kind
    certainty: Certainty
    reason: str
    filled: int
    valid: int
    cells: pl.Series


@dataclass(frozen=True)
class _Look:
    """One column as its recognisers see it: rows as tidy text, and what stands around them."""

    column: str
    heading: str
    announced: Kind | None
    text: pl.Series
    distinct: pl.Series
    names: pl.Series | None

    @property
    def filled(self) -> int:
        return len(self.text) - self.text.null_count()

    def rows(self, fits: pl.Series) -> pl.Series:
        """Rows whose value is among those distinct values that fit."""
        return self.text.is_in(self.distinct.filter(fits).implode()).fill_null(False)

    def said(self, pattern: str) -> pl.Series:
        """Rows whose name has a pattern."""
        if self.names is None:
            return pl.repeat(False, len(self.text), eager=True)
        return self.names.str.contains(pattern).fill_null(False)

    def finding(
        self, kind: Kind, verdict: tuple[Certainty, str] | None, cells: pl.Series
    ) -> Iterator[ColumnFinding]:
        if verdict is not None and cells.any():
            valid = int(cells.sum())
            yield ColumnFinding(self.column, kind, *verdict, self.filled, valid, cells)


def guarded_column(
    column: pl.Series, heading: str | None = None, names: pl.Series | None = None
) -> list[ColumnFinding]:
    """The guarded numbers that make up a column; mostly none or one kind.

    heading: as people see it, else the series' name. names: what stands beside it as the name of
    the organisation, row by row; tells RSIN from BSN where the heading does not.
    """
    title = column.name if heading is None else heading
    text = as_text(column).str.strip_chars("\"' \t\u00a0").str.replace(r"^(\d+)\.0+$", "$1")
    text = text.set((text.str.contains(_EMPTY) | (text == "")).fill_null(False), None)
    distinct = text.drop_nulls().unique()
    if not len(distinct) or not distinct.str.contains(r"\d").any():
        return []
    look = _Look(column.name, title, kind_of_heading(title), text, distinct, names)
    for recognise in _RECOGNISERS:
        found = list(recognise(look))
        if found:
            return found
    return []


def guarded_columns(frame: pl.DataFrame) -> list[ColumnFinding]:
    """The guarded columns of a table; a column of organisations' names is found by its heading."""
    called = names_column(frame)
    names = frame[called].cast(pl.String) if called else None
    return [found for name in frame.columns for found in guarded_column(frame[name], None, names)]


def names_column(frame: pl.DataFrame) -> str:
    """The column with organisations' names, by its heading and its legal forms; "" for none."""
    called = [
        name
        for name, kind in frame.schema.items()
        if kind == pl.String and pl.Series([name]).str.contains(_NAME_HEADING).any()
    ]
    return max(called, key=lambda c: int(frame[c].str.contains(LEGAL).sum() or 0), default="")


def _verdict(
    look: _Look, kind: Kind, cells: pl.Series, distinct: int
) -> tuple[Certainty, str] | None:
    """How sure a column is of a kind, by the share of its cells that fit."""
    valid = int(cells.sum())
    share = valid / max(look.filled, 1)
    if look.announced == kind and valid and (share >= HALF or kind == Kind.BSN):
        return (Certainty.CERTAIN if share >= HALF else Certainty.LIKELY), "heading"
    if share >= NEARLY_ALL and distinct >= ENOUGH_DISTINCT:
        sure = Certainty.CERTAIN if look.filled >= ENOUGH_CELLS else Certainty.LIKELY
        return sure, "check_digits"
    if share >= MANY and distinct >= ENOUGH_CELLS:
        return Certainty.LIKELY, "many_check_digits"
    return None


def _ibans(look: _Look) -> Iterator[ColumnFinding]:
    shaped = look.distinct.str.contains(r"(?i)^(?:iban[ :]*)?[a-z]{2}\d{2}")
    if not shaped.any():
        return
    fits = standard_ibans(look.distinct)["value"].is_not_null() & shaped
    cells = look.rows(fits)
    yield from look.finding(Kind.IBAN, _verdict(look, Kind.IBAN, cells, int(fits.sum())), cells)


def _old_vat(look: _Look) -> Iterator[ColumnFinding]:
    """Tax numbers, cell by cell: each says by itself whether it was made from a BSN."""
    value = look.distinct.str.to_uppercase().str.replace_all(r"[\s.\-/]", "")
    shaped = value.str.contains(_TAX)
    if not shaped.any():
        return
    if look.announced != Kind.OLD_VAT and look.rows(shaped).sum() < HALF * look.filled:
        shaped = value.str.contains(_TAX_SURE)
    parts = value.set(~shaped, None).str.extract_groups(r"(\d{9})([A-Z])(\d{2})$").struct.unnest()
    number, tail = parts["1"], parts["3"]
    renewed = (remainder_97("NL" + number + "B" + tail) == 1) & (tail != "01")
    made = passes_eleven(number) & ~number.str.contains(r"^(?:00|8)") & ~renewed
    cells = look.rows(made.fill_null(False)) & ~look.said(LEGAL)
    known = value.filter(shaped).str.ends_with("01").all()
    sure = Certainty.CERTAIN if known and look.filled >= ENOUGH_CELLS else Certainty.LIKELY
    yield from look.finding(Kind.OLD_VAT, (sure, "check_digits"), cells)


def _cards(look: _Look) -> Iterator[ColumnFinding]:
    digits = look.distinct.str.replace_all(r"[ .\-]", "")
    shaped = digits.str.contains(r"^\d{14,19}$")
    if not shaped.any():
        return
    fits = card_column(digits.set(~shaped, None)) & shaped
    cells = look.rows(fits)
    yield from look.finding(Kind.CARD, _verdict(look, Kind.CARD, cells, int(fits.sum())), cells)


def _bsns(look: _Look) -> Iterator[ColumnFinding]:
    """BSN or, with the same check digits, RSIN."""
    bare = look.distinct.str.replace(_PREFIX, "").str.strip_chars()
    shaped = bare.str.contains(_NINE)
    if not shaped.any():
        return
    digits = bare.str.replace_all(r"[ .\-/]", "").str.zfill(9).set(~shaped, None)
    fits = passes_eleven(digits).fill_null(False)
    cells = look.rows(fits)
    verdict = _verdict(look, Kind.BSN, cells, int(fits.sum()))
    if look.announced == Kind.BSN:
        yield from look.finding(Kind.BSN, verdict, cells)
        return
    if look.announced == Kind.RSIN:
        sole = cells & look.said(_SOLE)
        yield from look.finding(Kind.BSN, (Certainty.LIKELY, "check_digits"), sole)
        yield from look.finding(Kind.RSIN, (Certainty.CERTAIN, "heading"), cells & ~sole)
        return
    if verdict is None:
        return
    if digits.filter(fits).str.contains(r"^(?:00|8)").mean() >= IN_SERIES:  # type: ignore[operator]
        yield from look.finding(Kind.RSIN, (Certainty.LIKELY, "series"), cells)
        return
    legal = cells & look.said(LEGAL)
    yield from look.finding(Kind.BSN, verdict, cells & ~legal)
    yield from look.finding(Kind.RSIN, (Certainty.LIKELY, "legal_person"), legal)


def _nationals(look: _Look) -> Iterator[ColumnFinding]:
    digits = look.distinct.str.replace_all(r"[ .\-/]", "")
    shaped = digits.str.contains(r"^\d{10,11}$")
    kind, is_said = Kind.NATIONAL_NUMBER, look.announced == Kind.NATIONAL_NUMBER
    if not shaped.any() or look.announced not in (None, kind):
        return
    for check, share in CHECKS:
        least = HALF if is_said else share
        some = int(shaped.sum()) / len(shaped)
        cells = look.rows(valid(digits.set(~shaped, None), check, least * some))
        enough = int(cells.sum()) >= least * look.filled
        distinct = cells.any() and look.text.filter(cells).n_unique()
        if enough and (is_said or distinct >= ENOUGH_DISTINCT):
            sure = Certainty.CERTAIN if is_said else Certainty.LIKELY
            reason = "heading" if is_said else "check_digits"
            yield from look.finding(kind, (sure, reason), cells)
            return


def _documents(look: _Look) -> Iterator[ColumnFinding]:
    value = look.distinct.str.to_uppercase().str.replace_all(r"[\s.\-]", "")
    fits = value.str.contains(_DOCUMENT)
    cells = look.rows(fits)
    share = int(cells.sum()) / look.filled
    mixed = look.rows(value.str.contains(_DOCUMENT_MIXED)).sum() / look.filled
    kind = Kind.IDENTITY_DOCUMENT
    if look.announced == kind:
        if share < HALF:
            cells = look.rows(fits | value.str.contains(_FOREIGN_DOCUMENT))
        some = int(cells.sum()) >= HALF * look.filled
        verdict = (Certainty.CERTAIN if share >= HALF else Certainty.LIKELY, "heading")
        yield from look.finding(kind, verdict if some else None, cells)
        return
    needed = ENOUGH_DISTINCT if may_be_document(look.heading) else ENOUGH_CELLS
    if share >= NEARLY_ALL and mixed >= MANY and int(fits.sum()) >= needed:
        yield from look.finding(kind, (Certainty.LIKELY, "shape"), cells)


def _of_heading(kind: Kind, pattern: str) -> Callable[[_Look], Iterator[ColumnFinding]]:
    """Numbers without check digits: only where the heading announces them."""

    def recognise(look: _Look) -> Iterator[ColumnFinding]:
        if look.announced != kind:
            return
        cells = look.rows(look.distinct.str.to_uppercase().str.contains(pattern))
        if int(cells.sum()) >= HALF * look.filled:
            yield from look.finding(kind, (Certainty.CERTAIN, "heading"), cells)

    return recognise


def _health_cards(look: _Look) -> Iterator[ColumnFinding]:
    """European health insurance cards: 80, country, insurer, serial number."""
    cells = look.rows(look.distinct.str.replace_all(" ", "", literal=True).str.contains(_EHIC))
    if int(cells.sum()) >= NEARLY_ALL * look.filled:
        yield from look.finding(Kind.HEALTH_INSURANCE, (Certainty.LIKELY, "shape"), cells)


_RECOGNISERS: tuple[Callable[[_Look], Iterator[ColumnFinding]], ...] = (
    _ibans,
    _old_vat,
    _cards,
    _bsns,
    _nationals,
    _documents,
    _of_heading(Kind.DRIVING_LICENCE, rf"{_LICENCE}|^[A-Z0-9]{{0,6}}\d{{5,10}}[A-Z0-9]{{0,6}}$"),
    _of_heading(Kind.HEALTH_INSURANCE, _INSURED),
    _health_cards,
)
