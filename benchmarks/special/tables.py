"""Columns with their truth: those that hold guarded numbers, and more that do not."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import polars as pl

from . import values

Maker = Callable[[random.Random, int], list[object]]


@dataclass(frozen=True)
class Case:
    """A column, what it holds (null: nothing guarded) and the names of firms beside it."""

    name: str
    heading: str
    column: pl.Series
    kind: str | None
    names: pl.Series | None = None


_BLANK_HEADINGS = ("Veld7", "nummer", "kolom_3", "Code", "ID", "nr", "Klantnr", "ref", "extra", "x")
_BSN_HEADINGS = ("BSN", "bsn_nummer", "Burgerservicenummer", "SOFI-nr", "Citizen service number")
_FIRMS = (
    "Bakker B.V.",
    "Stichting De Molen",
    "Vos N.V.",
    "Smit en Zonen V.O.F.",
    "Kade Holding B.V.",
)
_PEOPLE = ("J. Jansen", "Schildersbedrijf P. de Wit", "Anna Smit", "Kapsalon Haarfijn", "K. Bos")


def _bsn_cells(rng: random.Random, rows: int, style: str) -> list[object]:
    chosen = [rng.choice(values.TEST_BSNS) for _ in range(rows)]
    cells: list[object] = list(chosen)
    if style == "points":
        cells = [f"{n[:3]}.{n[3:6]}.{n[6:]}" for n in chosen]
    elif style == "spaces":
        cells = [f"{n[:4]} {n[4:6]} {n[6:]}" for n in chosen]
    elif style == "number":
        return [int(n) for n in chosen]
    elif style == "float":
        return [float(n) for n in chosen]
    elif style == "float text":
        cells = [f"{n}.0" for n in chosen]
    elif style == "labelled":
        cells = [f"BSN {n}" for n in chosen]
    elif style == "apostrophe":
        cells = [f"'{n}" for n in chosen]
    elif style == "mixed":
        cells = [values.written_bsn(rng, n) for n in chosen]
    return _with_faults(rng, cells, 0.19)


def _with_faults(rng: random.Random, cells: list[object], most: float) -> list[object]:
    """A few mistyped, a few empty or 'n.v.t.'."""
    faults = int(len(cells) * rng.uniform(0, most))
    for place in rng.sample(range(len(cells)), faults):
        text = str(cells[place])
        cells[place] = text[:-1] + str((int(text[-1]) + 1) % 10) if text[-1].isdigit() else text
    for _ in range(rng.randrange(0, 4)):
        cells.append(rng.choice((None, "", "n.v.t.", "onbekend", "000000000")))
    rng.shuffle(cells)
    return cells


_BSN_STYLES = (
    "bare",
    "points",
    "spaces",
    "number",
    "float",
    "float text",
    "labelled",
    "apostrophe",
    "mixed",
)


def guarded_cases(rng: random.Random, count: int) -> Iterator[Case]:
    """Columns that hold something: half of the BSNs under a heading that says nothing."""
    for place in range(count):
        style = _BSN_STYLES[place % len(_BSN_STYLES)]
        heading = rng.choice(_BSN_HEADINGS if place % 2 else _BLANK_HEADINGS)
        cells = _bsn_cells(rng, rng.randrange(20, 80), style)
        yield Case(f"bsn {style}", heading, _series(heading, cells), "bsn")
    for _ in range(count // 4):
        rows = rng.randrange(20, 60)
        cells: list[object] = [f"NL{rng.choice(values.TEST_BSNS)}B01" for _ in range(rows // 3)]
        cells += [f"NL{values.rsin(rng)}B01" for _ in range(rows // 3)]
        cells += [values.mod_97_vat(rng) for _ in range(rows // 3)]
        rng.shuffle(cells)
        yield Case("old vat", "BTW-nummer", _series("BTW-nummer", cells), "old_vat")
    for _ in range(count // 2):
        heading = rng.choice((*_BLANK_HEADINGS, "Creditcard", "kaartnummer"))
        cells = [values.grouped_card(rng, values.card(rng)) for _ in range(rng.randrange(20, 60))]
        yield Case("card", heading, _series(heading, _with_faults(rng, cells, 0.1)), "card")
        heading = rng.choice((*_BLANK_HEADINGS, "IBAN", "Rekeningnummer"))
        cells = [values.grouped_iban(rng, values.iban(rng)) for _ in range(rng.randrange(20, 60))]
        yield Case("iban", heading, _series(heading, _with_faults(rng, cells, 0.1)), "iban")
    for _ in range(count // 4):
        cells = [values.document(rng) for _ in range(rng.randrange(20, 60))]
        heading = rng.choice(("Paspoortnummer", "ID-kaart", "Nr identiteitsbewijs", "passport no"))
        yield Case("document", heading, _series(heading, cells), "identity_document")
        heading = rng.choice(("Rijbewijsnummer", "Rijbewijs", "driving licence"))
        cells = [values.digits(rng, 10) for _ in range(rng.randrange(20, 60))]
        yield Case("licence", heading, _series(heading, cells), "driving_licence")
        heading = rng.choice(("Verzekerdennummer", "Zorgpolis", "Health insurance number"))
        cells = [values.digits(rng, rng.randrange(7, 11)) for _ in range(rng.randrange(20, 60))]
        yield Case("insured", heading, _series(heading, cells), "health_insurance")


def _series(heading: str, cells: list[object]) -> pl.Series:
    numbers = all(isinstance(cell, (int, float)) for cell in cells)
    return pl.Series(heading, cells if numbers else [None if c is None else str(c) for c in cells])


def _running(start: int, step: int) -> Maker:
    return lambda rng, rows: [start + rng.randrange(10**5) + step * place for place in range(rows)]


def _bank_eleven(rng: random.Random) -> str:
    """An old bank account: eleven test with weights 9 to 1."""
    while True:
        number = values.digits(rng, 9)
        if sum(w * int(d) for w, d in zip(range(9, 0, -1), number, strict=True)) % 11 == 0:
            return number


def _luhn(prefix: str, length: int) -> Maker:
    def make(rng: random.Random, rows: int) -> list[object]:
        bodies = [prefix + values.digits(rng, length - 1 - len(prefix)) for _ in range(rows)]
        return [body + values.luhn_digit(body) for body in bodies]

    return make


def _each(make: Callable[[random.Random], object]) -> Maker:
    return lambda rng, rows: [make(rng) for _ in range(rows)]


def _dotted(number: str) -> str:
    return f"{number[:4]}.{number[4:6]}.{number[6:]}"


def _constant(rng: random.Random, rows: int) -> list[object]:
    return [rng.choice((values.digits(rng, 9), rng.choice(values.TEST_BSNS)))] * rows


# What: the maker and headings. None of these columns holds a BSN.
NUMERIC: tuple[tuple[str, Maker, tuple[str, ...]], ...] = (
    ("order number", _running(2024_00000, 1), ("Ordernr", "Order", "bestelnummer")),
    ("order number 9", _running(100_000_000, 7), ("Ordernummer", "nummer", "x")),
    ("customer number 9", _each(lambda r: values.digits(r, 9)), ("Klantnr", "customer id", "nr")),
    ("customer number running", _running(300_000_000, 1), ("Klantnummer", "ID")),
    ("customer number elevens", _running(300_000_000, 11), ("Klantnummer", "nr")),
    ("customer number luhn", _luhn("1", 9), ("Klantnummer", "ID")),
    (
        "phone without zero",
        _each(lambda r: "697" + values.digits(r, 6)),
        ("Telefoon", "tel", "mobiel"),
    ),
    ("phone", _each(lambda r: "0697" + values.digits(r, 6)), ("Telefoon", "nr", "mobiel")),
    ("postcode", _each(lambda r: r.randrange(1000, 9999)), ("Postcode", "pc")),
    ("amount", _each(lambda r: round(r.uniform(1, 5000), 2)), ("Bedrag", "Totaal", "x")),
    ("large amount", _each(lambda r: r.randrange(10**7, 10**9)), ("Omzet in centen", "waarde")),
    ("ean", _each(lambda r: "87" + values.digits(r, 11)), ("EAN", "artikel", "barcode")),
    ("ean 8", _each(lambda r: values.digits(r, 8)), ("EAN", "GTIN")),
    ("kvk", _each(lambda r: values.digits(r, 8)), ("KvK", "kvknummer", "nr")),
    ("branch", _each(lambda r: "0000" + values.digits(r, 8)), ("Vestigingsnummer",)),
    (
        "date",
        _each(lambda r: f"{r.randrange(1950, 2026)}{r.randrange(1, 13):02}{r.randrange(1, 29):02}"),
        ("Datum", "geboren"),
    ),
    (
        "time",
        _each(lambda r: r.randrange(1_500_000_000, 1_800_000_000)),
        ("timestamp", "gewijzigd"),
    ),
    ("bank account", _each(_bank_eleven), ("Rekening oud", "nr", "giro")),
    ("imei", _luhn("35", 15), ("IMEI", "toestel")),
    ("sim", _luhn("8931", 19), ("ICCID", "sim")),
    ("loyalty 13", _luhn("26", 13), ("Klantenkaart", "kaart")),
    ("loyalty 16", _luhn("60", 16), ("Klantenkaart", "spaarkaart")),
    ("loyalty 19", _luhn("9", 19), ("Klantenkaart", "nr")),
    ("gift card", _each(lambda r: values.digits(r, 16)), ("Cadeaukaart", "code")),
    ("parcel", _each(lambda r: "3" + values.digits(r, 12)), ("Track", "zending")),
    ("year", _each(lambda r: r.randrange(1950, 2026)), ("Jaar",)),
    ("quantity", _each(lambda r: r.randrange(1, 50)), ("Aantal",)),
    (
        "nine digits twice",
        lambda r, n: [c for _ in range(n // 2 + 1) for c in [values.digits(r, 9)] * 2],
        ("nr",),
    ),
    ("constant", _constant, ("administratie", "nr")),
    ("rsin", _each(values.rsin), ("RSIN", "rsin_nummer", "RSIN nr", "Fiscaal nummer", "nummer")),
    (
        "rsin dotted",
        _each(lambda r: _dotted(values.rsin(r))),
        ("RSIN",),
    ),
    (
        "vat of firms",
        _each(lambda r: f"NL{values.rsin(r)}B{r.randrange(1, 9):02}"),
        ("BTW-nummer", "vat"),
    ),
    ("vat since 2020", _each(values.mod_97_vat), ("BTW-nummer", "btw id")),
    ("serial", _each(lambda r: r.choice("ABCDEF") + values.digits(r, 8)), ("Framenummer", "serie")),
    (
        "product",
        _each(lambda r: r.choice(("BK", "FT", "AC")) + values.digits(r, 7)),
        ("Artikelnr", "sku"),
    ),
    ("payment reference", _each(lambda r: values.digits(r, 16)), ("Betalingskenmerk",)),
    (
        "invoice",
        _each(lambda r: f"{r.randrange(2015, 2026)}{values.digits(r, 5)}"),
        ("Factuurnr", "documentnummer"),
    ),
    ("coordinates", _each(lambda r: round(r.uniform(3, 7), 7)), ("lon", "lengtegraad")),
    ("belgian number", _each(lambda r: "0" + values.digits(r, 9)), ("Ondernemingsnummer",)),
    ("policy", _each(lambda r: values.digits(r, 9)), ("Polisnummer fietsverzekering", "contract")),
)


def numeric_cases(rng: random.Random, count: int) -> Iterator[Case]:
    """Columns without BSN; some with the names of firms beside them."""
    for place in range(count):
        what, make, headings = NUMERIC[place % len(NUMERIC)]
        rows = rng.choice((20, 20, 25, 30, 40, 60))
        heading = rng.choice(headings)
        column = _series(heading, make(rng, rows))
        names = None
        if rng.random() < 0.3:
            pool = _FIRMS if what.startswith("rsin") else (*_FIRMS, *_PEOPLE)
            names = pl.Series("Naam", [rng.choice(pool) for _ in range(len(column))])
        yield Case(what, heading, column, None, names)


def rsin_by_names(rng: random.Random, count: int) -> Iterator[Case]:
    """Numbers outside the series of legal persons beside names of firms: only the names tell."""
    for _ in range(count):
        cells: list[object] = [rng.choice(values.TEST_BSNS) for _ in range(30)]
        names = pl.Series("Naam", [rng.choice(_FIRMS) for _ in range(30)])
        yield Case("rsin by names", "Fiscaal nummer", _series("Fiscaal nummer", cells), None, names)
