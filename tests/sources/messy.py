"""Fifty messy files as companies deliver them, with the truth about every column.

`messy_files(folder)` writes them; `measure(folder)` tells how many columns and kinds of table the
recogniser gets right, and whether it was sure of anything wrong. People are invented; phone
numbers and domains are not in use by anybody.
"""

from __future__ import annotations

import datetime as dt
import gzip
import json
import random
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import docx
import polars as pl
import xlsxwriter

FIRST = [
    "Jan",
    "Piet",
    "Kees",
    "Anna",
    "Maria",
    "Sanne",
    "Daan",
    "Lotte",
    "Femke",
    "Bram",
    "Mohamed",
    "Fatima",
    "Ineke",
    "Joris",
    "Marloes",
    "Ruud",
    "Willem",
    "Tineke",
    "Sjoerd",
    "Yasmin",
    "Hendrik",
    "Loes",
    "Pim",
    "Evi",
    "Noor",
    "Thijs",
    "Gerrit",
    "Wilma",
    "Niels",
    "Esther",
    "Quirijn",
    "Zwaantje",
    "Fokke",
    "Aukje",
    "Melle",
    "Jitske",
    "Berend",
    "Liselotte",
    "Tibbe",
    "Imke",
]
LAST = [
    ("de", "Vries"), ("", "Jansen"), ("van den", "Berg"), ("", "Bakker"), ("van", "Dijk"),
    ("", "Visser"), ("", "Smit"), ("", "Meijer"), ("de", "Boer"), ("", "Mulder"), ("de", "Groot"),
    ("", "Bos"), ("van der", "Meer"), ("", "Hoekstra"), ("", "Yilmaz"), ("ter", "Braak"),
    ("", "Zwanenburg"), ("", "Kuiperij"), ("van 't", "Hof"), ("", "Oudkerk"), ("", "Wiersma"),
    ("", "Terpstra"), ("", "Lammers"), ("op den", "Kamp"), ("", "Rietveld"),
]  # fmt: skip
STREETS = [
    "Dorpsstraat",
    "Kerkstraat",
    "Lindelaan",
    "Molenweg",
    "Stationsplein",
    "Prinsengracht",
    "Hoofdweg",
    "Parallelweg",
    "Schoolstraat",
    "Eikenlaan",
    "Wilhelminastraat",
    "Nassaukade",
    "Beukenhof",
    "Zonnebloem",
    "Westerdijk",
]
CITIES = [
    "Utrecht",
    "Amersfoort",
    "Zwolle",
    "Breda",
    "Haarlem",
    "Leiden",
    "Groningen",
    "Almelo",
    "Gouda",
    "Ede",
    "Weesp",
    "Assen",
    "Tiel",
    "Ootmarsum",
    "Thorn",
    "Bredevoort",
]
ORGANISATIONS = [
    "Bouwbedrijf {0} BV",
    "{0} Transport B.V.",
    "Stichting {1}",
    "Garage {0}",
    "Bakkerij {0}",
    "{0} & Zn.",
    "Administratiekantoor {0}",
    "Vereniging Oud {1}",
    "{0} Techniek",
    "Cafe {1}",
]
PRODUCTS = [
    "Stadsfiets Amsterdam 28 inch",
    "Binnenband 28 inch",
    "Kettingslot",
    "Fietstas dubbel",
    "Helm maat M",
    "E-bike Comfort",
    "Regenponcho",
    "Zadel gel",
    "LED-koplamp",
    "Bidon 750 ml",
    "Kinderzitje achter",
]
TEXTS = (
    "De ketting liep er na een week al af en niemand belde terug.",
    "Graag na zes uur 's avonds contact opnemen over de levering.",
    "Zeer tevreden over de hulp in de winkel, volgende keer weer.",
    "Het pakket is beschadigd aangekomen; ik wil mijn geld terug.",
    "Wil graag informatie over lease van drie fietsen voor het bedrijf.",
)
MONTHS = ["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"]
CAMPAIGNS = (
    "Voorjaarsactie",
    "Zomer 2024",
    "Black Friday",
    "Nieuwe collectie e-bikes",
    "Winterbeurt",
)


@dataclass
class World:
    """Rows of one file: row `i` has a person `p`, an order, a moment; all from one seed."""

    rng: random.Random
    i: int = 0

    def __post_init__(self) -> None:
        r = self.rng
        self.first = r.choice(FIRST)
        self.prefix, self.last = r.choice(LAST)
        self.whole_last = f"{self.prefix} {self.last}".strip()
        self.number = 10_000 + 7 * self.i
        self.moment = dt.datetime(2023, 1, 1) + dt.timedelta(minutes=r.randrange(1_400_000))
        self.born = dt.date(1938, 1, 1) + dt.timedelta(days=r.randrange(25_000))
        self.amount = round(r.uniform(4, 1900), 2)
        self.house = r.randrange(1, 240)
        self.suffix = r.choice(["", "", "", "A", "b", "2", "hs", "bis"])
        self.city = r.choice(CITIES)
        self.order = 2_024_000 + self.i // 3
        self.organisation = r.choice(ORGANISATIONS).format(self.last, self.city)


def comma(number: float) -> str:
    return f"{number:.2f}".replace(".", ",")


def thousands(number: float) -> str:
    return f"{number:,.2f}".replace(",", " ").replace(".", ",").replace(" ", ".")


def iban(w: World) -> str:
    body = f"KBLD{w.number:010d}"
    digits = "".join(str(int(letter, 36)) for letter in body + "NL00")
    return f"NL{98 - int(digits) % 97:02d}{body}"


Value = Callable[[World], Any]
VALUES: dict[str, Value] = {
    "nr": lambda w: w.number,
    "nr0": lambda w: f"{w.number:08d}",
    "code": lambda w: f"K{w.number}",
    "seq": lambda w: w.i + 1,
    "guid": lambda w: f"{w.rng.getrandbits(32):08x}-0000-4000-8000-{w.i:012x}",
    "nr_again": lambda w: 10_000 + 7 * (w.i // 2 % 40),
    "email_again": lambda w: f"klant{w.i // 2 % 40}@example.nl",
    "first": lambda w: w.first,
    "prefix": lambda w: w.prefix,
    "last": lambda w: w.last,
    "last_comma": lambda w: f"{w.last}, {w.prefix}" if w.prefix else w.last,
    "whole_last": lambda w: w.whole_last,
    "full": lambda w: f"{w.first} {w.whole_last}",
    "full_initials": lambda w: f"{w.first[0]}. {w.whole_last}",
    "full_comma": lambda w: f"{w.whole_last}, {w.first[0]}.",
    "full_formal": lambda w: (
        f"{w.rng.choice(['Dhr.', 'Mevr.'])} {w.first[0]}.{w.rng.choice('ABMP')}. {w.whole_last}"
    ),
    "initials": lambda w: w.first[0] + "." + w.rng.choice(["", "A.", "M.P.", "H."]),
    "initials_bare": lambda w: w.first[0] + w.rng.choice(["", "A", "MP", "H"]),
    "mv": lambda w: w.rng.choice("MV"),
    "gender": lambda w: w.rng.choice(["man", "vrouw", "onbekend"]),
    "gender_en": lambda w: w.rng.choice(["Male", "Female"]),
    "salutation": lambda w: w.rng.choice(["Dhr.", "Mevr.", "De heer", "Mevrouw", "Fam."]),
    "title": lambda w: w.rng.choice(["", "", "drs.", "ir.", "dr.", "ing."]),
    "org": lambda w: w.organisation,
    "org_some": lambda w: w.organisation if w.rng.random() < 0.3 else "",
    "street": lambda w: w.rng.choice(STREETS),
    "house": lambda w: w.house,
    "suffix": lambda w: w.suffix,
    "house_suffixed": lambda w: f"{w.house}{w.suffix}",
    "address": lambda w: f"{w.rng.choice(STREETS)} {w.house}{'-' + w.suffix if w.suffix else ''}",
    "postcode": lambda w: (
        f"{1000 + w.number % 8999} {w.rng.choice('ABCDEGHK')}{w.rng.choice('ABCDEGHK')}"
    ),
    "postcode_tight": lambda w: (
        f"{1000 + w.number % 8999}{w.rng.choice('abcdeghk')}{w.rng.choice('abcdeghk')}"
    ),
    "city": lambda w: w.city,
    "city_upper": lambda w: w.city.upper(),
    "province": lambda w: w.rng.choice(["Utrecht", "Gelderland", "Overijssel", "Drenthe"]),
    "country": lambda w: w.rng.choice(["Nederland", "Nederland", "België", "Duitsland"]),
    "country_code": lambda w: w.rng.choice(["NL", "NL", "NL", "BE", "DE"]),
    "email": lambda w: (
        f"{w.first}.{w.last}{w.i}@example.{w.rng.choice(['nl', 'org', 'com'])}".lower()
    ),
    "email_some": lambda w: f"{w.last}{w.i}@example.nl".lower() if w.rng.random() < 0.6 else "",
    "phone": lambda w: f"0{w.rng.choice(['20', '30', '85'])}-000{w.rng.randrange(1000, 9999)}",
    "phone_intl": lambda w: f"+31 20 000 {w.rng.randrange(1000, 9999)}",
    "mobile": lambda w: f"0970-000{w.rng.randrange(10000, 99999)}",
    "mobile_intl": lambda w: f"+31970000{w.rng.randrange(10000, 99999)}",
    "mobile_number": lambda w: 697_000_000 + w.rng.randrange(10_000, 99_999),
    "phone_mixed": lambda w: w.rng.choice(
        [f"020 000{w.rng.randrange(1000, 9999)}", f"06 970{w.rng.randrange(10000, 99999)}", ""]
    ),
    "iban": iban,
    "kvk": lambda w: f"{90_000_000 + w.number}",
    "vat": lambda w: f"NL{w.number:09d}B01",
    "born_dmy": lambda w: w.born.strftime("%d-%m-%Y"),
    "born_slash": lambda w: f"{w.born.day}/{w.born.month}/{w.born.year}",
    "born_mdy": lambda w: w.born.strftime("%m/%d/%Y"),
    "born_iso": lambda w: w.born.isoformat(),
    "born_tight": lambda w: w.born.strftime("%Y%m%d"),
    "born": lambda w: w.born,
    "born_short": lambda w: w.born.strftime("%d-%m-%y"),
    "age": lambda w: 2024 - w.born.year,
    "job": lambda w: w.rng.choice(
        ["verpleegkundige", "docent", "timmerman", "accountant", "ondernemer", "gepensioneerd"]
    ),
    "role": lambda w: w.rng.choice(["inkoper", "directeur", "administratie", "eigenaar"]),
    "language": lambda w: w.rng.choice(["NL", "NL", "EN", "DE"]),
    "interests": lambda w: w.rng.choice(
        ["racefietsen; wandelen", "e-bikes", "vakantie; kinderen", "onderhoud"]
    ),
    "relation": lambda w: w.rng.choice(
        ["klant", "klant", "prospect", "leverancier", "oud-medewerker"]
    ),
    "since": lambda w: w.moment.strftime("%d-%m-%Y"),
    "website": lambda w: f"www.{w.last.lower()}{w.i}.example.nl",
    "yes": lambda w: w.rng.choice(["ja", "nee"]),
    "yes_j": lambda w: w.rng.choice("JN"),
    "yes_1": lambda w: w.rng.choice([0, 1]),
    "yes_true": lambda w: w.rng.choice(["true", "false"]),
    "yes_x": lambda w: w.rng.choice(["x", ""]),
    "date": lambda w: w.moment.strftime("%d-%m-%Y"),
    "date_slash": lambda w: w.moment.strftime("%d/%m/%Y"),
    "date_mdy": lambda w: w.moment.strftime("%m/%d/%Y"),
    "date_iso": lambda w: w.moment.date().isoformat(),
    "date_named": lambda w: f"{w.moment.day} {MONTHS[w.moment.month - 1]} {w.moment.year}",
    "date_some": lambda w: w.moment.strftime("%d-%m-%Y") if w.rng.random() < 0.5 else "",
    "date_later": lambda w: (w.moment + dt.timedelta(days=30)).strftime("%d-%m-%Y"),
    "datetime": lambda w: w.moment.strftime("%d-%m-%Y %H:%M"),
    "datetime_iso": lambda w: w.moment.isoformat() + "Z",
    "datetime_typed": lambda w: w.moment,
    "date_typed": lambda w: w.moment.date(),
    "amount": lambda w: comma(w.amount),
    "amount_point": lambda w: f"{w.amount:.2f}",
    "amount_euro": lambda w: f"€ {thousands(w.amount)}",
    "amount_thousands": lambda w: thousands(w.amount),
    "amount_typed": lambda w: w.amount,
    "fee": lambda w: w.rng.choice(["9,95", "14,95", "24,50"]),
    "discount": lambda w: w.rng.choice(["0,00", "5,00", "12,50"]),
    "qty": lambda w: w.rng.randrange(1, 9),
    "product": lambda w: w.rng.choice(PRODUCTS),
    "sku": lambda w: f"FT-{w.rng.randrange(100, 999)}",
    "category": lambda w: w.rng.choice(["Fietsen", "Onderdelen", "Kleding", "Accessoires"]),
    "brand": lambda w: w.rng.choice(["Gazelle", "Batavus", "Huismerk"]),
    "order": lambda w: f"{w.order}",
    "order_hash": lambda w: f"#{1000 + w.i}",
    "order_unique": lambda w: 2_024_000 + w.i,
    "invoice": lambda w: f"F2024{w.i:05d}",
    "line": lambda w: w.i % 3 + 1,
    "payment": lambda w: w.rng.choice(["iDEAL", "pin", "contant", "creditcard", "achteraf"]),
    "order_status": lambda w: w.rng.choice(["completed", "processing", "refunded"]),
    "paid": lambda w: w.rng.choice(["paid", "pending", "refunded"]),
    "coupon": lambda w: w.rng.choice(["HERFST10", "WELKOM5", "", ""]),
    "shop": lambda w: w.rng.choice(["Utrecht Centrum", "Webshop", "Zwolle"]),
    "employee": lambda w: w.rng.choice(["M. Kramer", "S. Oost", "T. de Wit"]),
    "origin": lambda w: w.rng.choice(["google", "nieuwsbrief", "direct", "beurs"]),
    "plan": lambda w: w.rng.choice(["Onderhoud Basis", "Onderhoud Plus", "Diefstalverzekering"]),
    "period": lambda w: w.rng.choice(["maand", "jaar", "kwartaal"]),
    "active": lambda w: w.rng.choice(["actief", "opgezegd", "actief"]),
    "contract": lambda w: f"AB{w.number}",
    "quote": lambda w: f"OFF-2024-{w.i:04d}",
    "quote_status": lambda w: w.rng.choice(
        ["uitgebracht", "geaccepteerd", "afgewezen", "verlopen"]
    ),
    "case": lambda w: f"KL{w.number}",
    "case_kind": lambda w: w.rng.choice(["levering", "kwaliteit", "bejegening", "factuur"]),
    "cause": lambda w: w.rng.choice(["vervoerder", "productiefout", "verkeerd advies"]),
    "resolution": lambda w: w.rng.choice(
        ["geld terug", "nieuw product gestuurd", "excuses met bloemen"]
    ),
    "case_status": lambda w: w.rng.choice(["open", "in behandeling", "gesloten"]),
    "priority": lambda w: w.rng.choice(["hoog", "laag", "normaal"]),
    "text": lambda w: w.rng.choice(TEXTS),
    "text_some": lambda w: w.rng.choice([*TEXTS, "", "", ""]),
    "subject": lambda w: w.rng.choice(
        ["Vraag over mijn bestelling", "Klacht bezorging", "Afspraak onderhoud"]
    ),
    "nps": lambda w: w.rng.randrange(0, 11),
    "grade": lambda w: comma(w.rng.randrange(10, 100) / 10),
    "survey": lambda w: w.rng.choice(["Klanttevredenheid 2024", "Na aankoop"]),
    "campaign": lambda w: w.rng.choice(CAMPAIGNS),
    "mail_event": lambda w: w.rng.choice(["sent", "opened", "clicked", "bounced"]),
    "mail_event_nl": lambda w: w.rng.choice(["verzonden", "geopend", "geklikt"]),
    "web_event": lambda w: w.rng.choice(["page_view", "search", "product_view", "add_to_cart"]),
    "social_event": lambda w: w.rng.choice(["like", "follow", "comment", "share"]),
    "url": lambda w: f"https://www.example.nl/fietsen/{w.rng.randrange(50)}",
    "path": lambda w: f"/fietsen/{w.rng.randrange(50)}",
    "session": lambda w: f"s{w.i // 4:06d}",
    "cookie": lambda w: f"{w.rng.getrandbits(64):016x}",
    "search": lambda w: w.rng.choice(["e-bike", "kinderfiets 20 inch", "helm", ""]),
    "topic": lambda w: w.rng.choice(["e-bikes", "vakantie", "onderhoud"]),
    "channel": lambda w: w.rng.choice(["E-mail", "Telefoon", "Balie", "Social"]),
    "media": lambda w: w.rng.choice(["Google Ads", "Facebook", "Radio", "Post"]),
    "direction": lambda w: w.rng.choice(["in", "uit"]),
    "handle": lambda w: f"@{w.first}_{w.last}{w.i}".lower(),
    "platform": lambda w: w.rng.choice(["Instagram", "Facebook", "X"]),
    "card": lambda w: f"26{w.number:010d}",
    "points": lambda w: w.rng.randrange(0, 4000),
    "delta": lambda w: w.rng.choice([50, 100, -250, 25, -500]),
    "points_reason": lambda w: w.rng.choice(["aankoop", "inwisseling", "welkomstbonus"]),
    "tier": lambda w: w.rng.choice(["Brons", "Zilver", "Goud"]),
    "currency": lambda w: "EUR",
    "tags": lambda w: w.rng.choice(["vip, fietsclub", "zakelijk", "beurs 2023"]),
    "user": lambda w: f"{w.first}{w.last}{w.i}".lower(),
    "month": lambda w: dt.date(2024, w.i % 12 + 1, 1).strftime("%d-%m-%Y"),
    "clicks": lambda w: w.rng.randrange(10, 4000),
    "weight": lambda w: comma(w.rng.uniform(0.2, 19)),
    "lat": lambda w: f"{52 + w.rng.random():.6f}",
    "ip": lambda w: f"192.0.2.{w.rng.randrange(255)}",
    "empty": lambda w: "",
    "stock": lambda w: w.rng.choice(["op voorraad", "leverbaar over 3 dagen"]),
}


@dataclass(frozen=True)
class Made:
    """A file and what is true of it: table name to kind, and column to role (None: no role)."""

    path: Path
    holds: dict[str, str]
    columns: dict[str, dict[str, str | None]] = field(default_factory=dict)


@dataclass(frozen=True)
class Sheet:
    name: str
    holds: str
    columns: tuple[tuple[str, str | None, str], ...]  # heading, role, values
    rows: int = 80

    def truth(self) -> dict[str, str | None]:
        return {heading: role for heading, role, _ in self.columns}

    def cells(self, seed: str) -> Iterator[list[Any]]:
        for i in range(self.rows):
            world = World(random.Random(f"{seed}/{self.name}/{i}"), i)
            yield [VALUES[values](world) for _, _, values in self.columns]


def sheet(name: str, holds: str, text: str, rows: int = 80) -> Sheet:
    """A line a column: 'Heading=role:values'; the role '-' is none, and stays unmapped."""
    columns = []
    for line in filter(str.strip, text.splitlines()):
        heading, _, rest = line.strip().rpartition("=")
        role, _, values = rest.partition(":")
        columns.append((heading, None if role == "-" else role, values))
    return Sheet(name, holds, tuple(columns), rows)


Write = Callable[[Path, list[Sheet]], None]


def delimited(
    delimiter: str = ";",
    encoding: str = "utf-8",
    title: str = "",
    end: str = "",
    newline: str = "\n",
    header: bool = True,
    quoted: bool = False,
) -> Write:
    def write(path: Path, sheets: list[Sheet]) -> None:
        (only,) = sheets
        lines = [[heading for heading, _, _ in only.columns]] if header else []
        lines += [[_plain(cell) for cell in row] for row in only.cells(path.name)]
        text = title + newline.join(
            delimiter.join(_quoted(cell, delimiter, quoted) for cell in line) for line in lines
        )
        path.write_bytes((text + newline + end).encode(encoding, "replace"))

    return write


def _plain(cell: Any) -> str:
    return cell.isoformat() if isinstance(cell, dt.date) else str(cell)


def _quoted(cell: str, delimiter: str, always: bool) -> str:
    if always or delimiter in cell or '"' in cell:
        return '"' + cell.replace('"', '""') + '"'
    return cell


def workbook(title: str = "", captions: dict[int, tuple[int, str]] | None = None) -> Write:
    """`captions`: first column to (last column, text) of merged cells above the header."""

    def write(path: Path, sheets: list[Sheet]) -> None:
        book = xlsxwriter.Workbook(str(path))
        days, moments = (
            book.add_format({"num_format": "dd-mm-yyyy"}),
            book.add_format({"num_format": "dd-mm-yyyy hh:mm"}),
        )
        for only in sheets:
            page = book.add_worksheet(only.name)
            top = 0
            if title:
                page.merge_range(0, 0, 0, len(only.columns) - 1, title)
                top = 2
            for first, (last, text) in (captions or {}).items():
                page.merge_range(top, first, top, last, text)
            top += bool(captions)
            page.write_row(top, 0, [heading for heading, _, _ in only.columns])
            for at, row in enumerate(only.cells(path.name), start=top + 1):
                for place, cell in enumerate(row):
                    if isinstance(cell, dt.datetime):
                        page.write_datetime(at, place, cell, moments)
                    elif isinstance(cell, dt.date):
                        page.write_datetime(
                            at, place, dt.datetime(cell.year, cell.month, cell.day), days
                        )
                    elif isinstance(cell, str):
                        page.write_string(at, place, cell)
                    else:
                        page.write(at, place, cell)
        book.close()

    return write


def json_list(path: Path, sheets: list[Sheet]) -> None:
    objects = {only.name: _objects(only, path.name) for only in sheets}
    value = objects if len(sheets) > 1 else next(iter(objects.values()))
    path.write_text(json.dumps(value, default=str, ensure_ascii=False), encoding="utf-8")


def _objects(only: Sheet, seed: str) -> list[dict[str, Any]]:
    """Objects of which headings with dots are nested."""
    found = []
    for row in only.cells(seed):
        item: dict[str, Any] = {}
        for (heading, _, _), cell in zip(only.columns, row, strict=True):
            *outer, name = heading.split(".")
            inside = item
            for part in outer:
                inside = inside.setdefault(part, {})
            inside[name] = cell
        found.append(item)
    return found


def json_lines(path: Path, sheets: list[Sheet]) -> None:
    lines = [json.dumps(item, default=str) for item in _objects(sheets[0], path.name)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def database(path: Path, sheets: list[Sheet]) -> None:
    connection = sqlite3.connect(path)
    for only in sheets:
        names = ", ".join(f'"{heading}"' for heading, _, _ in only.columns)
        connection.execute(f'create table "{only.name}" ({names})')
        marks = ", ".join("?" for _ in only.columns)
        rows = [[_stored(cell) for cell in row] for row in only.cells(path.name)]
        connection.executemany(f'insert into "{only.name}" values ({marks})', rows)
    connection.commit()
    connection.close()


def _stored(cell: Any) -> Any:
    return (
        cell.isoformat(" ")
        if isinstance(cell, dt.datetime)
        else str(cell)
        if isinstance(cell, dt.date)
        else cell
    )


def parquet(path: Path, sheets: list[Sheet]) -> None:
    rows = list(sheets[0].cells(path.name))
    names = [heading for heading, _, _ in sheets[0].columns]
    pl.DataFrame({name: [row[at] for row in rows] for at, name in enumerate(names)}).write_parquet(
        path
    )


def web_page(path: Path, sheets: list[Sheet]) -> None:
    rows = "".join(
        "<tr>" + "".join(f"<td>{_plain(cell)}</td>" for cell in row) + "</tr>"
        for row in sheets[0].cells(path.name)
    )
    head = "".join(f"<th>{heading}</th>" for heading, _, _ in sheets[0].columns)
    path.write_text(
        f"<html><meta charset=utf-8><table><tr>{head}</tr>{rows}</table></html>", encoding="utf-8"
    )


def word(path: Path, sheets: list[Sheet]) -> None:
    document = docx.Document()
    document.add_paragraph("Overzicht")
    names = [heading for heading, _, _ in sheets[0].columns]
    table = document.add_table(rows=0, cols=len(names))
    for row in [names, *sheets[0].cells(path.name)]:
        for cell, value in zip(table.add_row().cells, row, strict=True):
            cell.text = _plain(value)
    document.save(str(path))


def gzipped(write: Write) -> Write:
    def packed(path: Path, sheets: list[Sheet]) -> None:
        plain = path.with_suffix("")
        write(plain, sheets)
        path.write_bytes(gzip.compress(plain.read_bytes()))
        plain.unlink()

    return packed


def zipped(write: Write, member: str) -> Write:
    def packed(path: Path, sheets: list[Sheet]) -> None:
        plain = path.with_name(member)
        write(plain, sheets)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.write(plain, member)
        plain.unlink()

    return packed


@dataclass(frozen=True)
class Spec:
    file: str
    write: Write
    sheets: tuple[Sheet, ...]


def messy_files(folder: Path) -> list[Made]:
    """Write the fifty files; the same files every time."""
    from tests.sources.messy_specs import SPECS

    made = []
    for spec in SPECS:
        path = folder / spec.file
        spec.write(path, list(spec.sheets))
        made.append(
            Made(
                path,
                {only.name: only.holds for only in spec.sheets},
                {only.name: only.truth() for only in spec.sheets},
            )
        )
    return made


@dataclass
class Score:
    """`wrong` are (file, table, column, true role, said role, confidence)."""

    columns: int = 0
    right: int = 0
    kinds: int = 0
    kinds_right: int = 0
    wrong: list[tuple[str, str, str, str | None, str | None, float]] = field(default_factory=list)
    kinds_wrong: list[tuple[str, str, str, str]] = field(default_factory=list)

    @property
    def share(self) -> float:
        return self.right / self.columns

    @property
    def sure_but_wrong(self) -> list[tuple[str, str, str, str | None, str | None, float]]:
        return [entry for entry in self.wrong if entry[4] and entry[5] > 0.9]


def measure(made: list[Made]) -> Score:
    """How much of the truth the recogniser finds. A column without role may be kept or unmapped."""
    from klantbeeld.sources.tables import recognise, tables_in

    score = Score()
    for file in made:
        for table in tables_in(file.path):
            mapping = recognise(table)
            name = next((n for n in file.holds if n == table.name), next(iter(file.holds)))
            score.kinds += 1
            if mapping.holds == file.holds[name]:
                score.kinds_right += 1
            else:
                score.kinds_wrong.append((file.path.name, name, file.holds[name], mapping.holds))
            said = {c.column.split(" / ")[-1]: c for c in mapping.columns}
            for column, role in file.columns[name].items():
                found = said.get(column)
                is_none = found is None or found.role in ("keep", "ignore")
                score.columns += 1
                if (role is None and is_none) or (found is not None and found.role == role):
                    score.right += 1
                else:
                    confidence = found.confidence if found else 0.0
                    told = found.role if found else None
                    score.wrong.append((file.path.name, name, column, role, told, confidence))
    return score
