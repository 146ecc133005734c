"""A folder of exports as a small company has them, written by hand; everybody in it is invented."""

from __future__ import annotations

import json
import mailbox
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

import openpyxl

CUSTOMERS = "\n".join(
    [
        "Klantnummer;Voornaam;Achternaam;Straat;Huisnummer;Postcode;P"
        "laats;E-mail;Mobiel;Geboortedatum;Nieuwsbrief",
        "1001;Renée;Kraaijenvanger;Dorpsstraat;12;1234 AB;Überdorp;re"
        "nee@example.nl;0970-000 100 01;03-04-1980;ja",
        "1002;José;Zwartjes;Dorpsstraat;14;1234 AB;Überdorp;jose@exam"
        "ple.nl;0970-000 100 02;25-12-1975;nee",
        "1003;Zoë;Blaauwgeers;Kade;3 A;2345 BC;Waterwijk;zoe@example."
        "nl;0970-000 100 03;17-08-1991;ja",
        "1004;André;Pietersma;Kade;5;2345 BC;Waterwijk;andre@example.nl;0970-000 100 04;30-06-1969;",
        "1005;Chloë;Overgaauw;Kade;7;2345 BC;Waterwijk;chloe@example."
        "nl;0970-000 100 05;01-02-2000;ja",
        "",
    ]
)
# Rows 7 to 10 are wrong: no such day, no amount, nobody, and one that is ragged.
ORDERS = """Bestelnummer;Klantnummer;Besteldatum;Bedrag;Betaalwijze
B-1;1001;15-01-2026;€ 120,50;iDEAL
B-2;1001;16-02-2026;€ 1.250,00;creditcard
B-3;1002;17-03-2026;€ 80,00;iDEAL
B-4;1003;18-04-2026;€ 19,95;PayPal
B-5;1004;19-05-2026;€ 45,00;iDEAL
B-6;1005;31-02-2026;€ 60,00;iDEAL
B-7;1002;21-05-2026;veel;iDEAL
B-9;1003;23-05-2026;€ 15,00;iDEAL;wat;doet;dit;hier
"""
EVENTS = [
    ("e-1", "2026-05-01T10:00:00Z", "renee@example.nl", "page_view"),
    ("e-2", "2026-05-01T10:05:00Z", "renee@example.nl", "search"),
    ("e-3", "2026-05-02T11:00:00Z", "jose@example.nl", "page_view"),
    ("e-4", "2026-05-03T12:00:00Z", "", "page_view"),
]
LETTER = b"%PDF-1.4 no real letter, but bytes that must be kept\n" * 20


def write(folder: Path) -> Path:
    """Write the exports into `folder`, which is made."""
    folder.mkdir()
    (folder / "klanten.csv").write_bytes(CUSTOMERS.encode("cp1252"))
    (folder / "bestellingen.csv").write_bytes(ORDERS.encode("cp1252"))
    workbook(folder / "service.xlsx")
    events(folder / "website.jsonl")
    mail(folder / "postvak.mbox")
    return folder


def workbook(path: Path, resolution: str = "Nieuwe band gestuurd") -> None:
    """Two sheets, each under a title row: cases and quotes."""
    book = openpyxl.Workbook()
    cases = book.active
    assert cases is not None
    cases.title = "Klachten"
    cases.append(["Overzicht klachten en vragen 2026"])
    cases.append([])
    cases.append(["Klachtnr", "Klantnummer", "Datum melding", "Onderwerp", "Status", "Oplossing"])
    cases.append(["K1", 1001, datetime(2026, 2, 20), "Lekke band", "Afgehandeld", resolution])
    cases.append(["K2", 1002, datetime(2026, 5, 4), "Te late levering", "Open", None])
    cases.append(["K3", 1003, datetime(2026, 5, 6), "Kras op het frame", "Open", None])
    quotes = book.create_sheet("Offertes")
    quotes.append(["Offertes voor particulieren"])
    quotes.append(["Offertenr", "Klantnummer", "Offertedatum", "Offertebedrag", "Omschrijving"])
    quotes.append(["Q1", 1004, datetime(2026, 3, 1), 1499.95, "Stadsfiets"])
    quotes.append(["Q2", 1005, datetime(2026, 3, 2), 2399, "Bakfiets"])
    book.save(path)


def events(path: Path) -> None:
    """Web events, a JSON object a line; the last one names nobody."""
    lines = [
        json.dumps({"id": k, "tijdstip": at, "email": who, "actie": kind, "url": f"/{k}"})
        for k, at, who, kind in EVENTS
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def mail(path: Path) -> None:
    """A mailbox: a question, an answer to three people, and a mail with an attachment."""
    path.unlink(missing_ok=True)
    box = mailbox.mbox(path)
    shop = "Fietsen <service@winkel.example.nl>"
    letters = [
        ("Renée Kraaijenvanger <renee@example.nl>", shop, "Lekke band", b""),
        (shop, "renee@example.nl, jose@example.nl, buurman@example.org", "Fietstocht", b""),
        ("José Zwartjes <jose@example.nl>", shop, "Mijn klacht", LETTER),
        (shop, "jose@example.nl", "Re: Mijn klacht", b""),
    ]
    start = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)
    for number, (sender, to, subject, attached) in enumerate(letters):
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = sender, to, subject
        message["Date"] = format_datetime(start + timedelta(hours=number))
        message["Message-ID"] = f"<m{number}@winkel.example.nl>"
        message.set_content("Geachte lezer,\n\ngroet")
        if attached:
            message.add_attachment(
                attached, maintype="application", subtype="pdf", filename="bon.pdf"
            )
        box.add(message)
    box.close()
