"""A shop of a handful of invented people, as the files that its systems export."""

from __future__ import annotations

import csv
import mailbox
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

NOW = datetime.now().replace(hour=12, minute=0, second=0, microsecond=0)  # noqa: DTZ005

KLAARTJE = "klaartje.vdheuvel@example.nl"
PEOPLE = (
    ("K-1001", "Klaartje", "van den", "Heuvel", "Voorbeeldstraat", "12", "3512 AB", "Utrecht",
     KLAARTJE, "030-0001234", "14-05-1984", "NL02ABNA0123456789", "ja", "nee"),
    ("K-1002", "Bas", "van den", "Heuvel", "Voorbeeldstraat", "12", "3512 AB", "Utrecht",
     "bas.vdheuvel@example.nl", "", "02-11-1981", "", "ja", "ja"),
    ("K-1003", "Øyvind", "", "Ænes", "Kade", "3", "9711 AA", "Groningen",
     "oyvind@example.org", "", "30-01-1975", "", "nee", ""),
    ("K-1004", "Jan", "de", "Proefpersoon", "Laan", "77", "1012 AB", "Amsterdam",
     "jan.proef@example.com", "", "09-09-1990", "", "", ""),
    ("K-1005", "Aïcha", "", "Voorbeeld", "Plein", "1", "2511 AA", "Den Haag",
     "aicha@example.nl", "", "21-12-1999", "", "ja", ""),
    ("K-1006", "Truus", "", "Testers", "Dijk", "40", "6511 AA", "Nijmegen",
     "truus@example.nl", "", "03-03-1950", "", "", ""),
)  # fmt: skip


def ago(days: int, hour: int = 10, minute: int = 0) -> datetime:
    """A moment some days back."""
    return (NOW - timedelta(days=days)).replace(hour=hour, minute=minute)


def day(days: int) -> str:
    """A Dutch date some days back."""
    return ago(days).strftime("%d-%m-%Y")


def moment(days: int, hour: int, minute: int = 0) -> str:
    """A Dutch date and time some days back."""
    return ago(days, hour, minute).strftime("%d-%m-%Y %H:%M:%S")


def write(folder: Path) -> Path:
    """Write the files of all systems into `folder`; returns it."""
    folder.mkdir(parents=True, exist_ok=True)
    _crm(folder)
    _webshop(folder)
    _newsletter(folder)
    _complaints(folder)
    _mailbox(folder)
    return folder


def _table(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(header)
        writer.writerows(rows)


def _crm(folder: Path) -> None:
    header = (
        "Klantnummer", "Voornaam", "Tussenvoegsel", "Achternaam", "Straat", "Huisnummer",
        "Postcode", "Plaats", "E-mail", "Telefoon", "Geboortedatum", "IBAN", "Nieuwsbrief",
        "Bellen",
    )  # fmt: skip
    _table(folder / "crm.csv", header, PEOPLE)


def _webshop(folder: Path) -> None:
    header = (
        "Bestelnummer", "E-mailadres", "Besteldatum", "Artikelnummer", "Product", "Aantal",
        "Prijs per stuk", "Regelbedrag", "Betaalwijze", "Status", "Kortingscode",
    )  # fmt: skip
    rows: list[tuple[object, ...]] = [
        ("20418", KLAARTJE, moment(15, 20, 41), "A-1", "Accu 500 Wh", 1,
         "400,00", "400,00", "iDEAL", "afgerond", "HERFST"),
        ("20418", KLAARTJE, moment(15, 20, 41), "A-2", "Montage", 1,
         "30,00", "30,00", "iDEAL", "afgerond", "HERFST"),
        ("20102", "bas.vdheuvel@example.nl", moment(500, 9), "A-3",
         "=HYPERLINK(\"x\")", 2, "24,95", "49,90", "creditcard", "afgerond", ""),
    ]  # fmt: skip
    # Enough orders for a history of several pages.
    rows += [
        (str(30_000 + n), "truus@example.nl", moment(40 + 9 * n, 11), "A-4",
         "Binnenband", 1, "7,50", "7,50", "pin", "afgerond", "")
        for n in range(70)
    ]  # fmt: skip
    _table(folder / "webshop.csv", header, rows)


def _newsletter(folder: Path) -> None:
    header = ("Tijdstip", "Actie", "E-mailadres", "Mailing", "Onderwerp", "Thema", "Link")
    mails = [person[8] for person in PEOPLE]
    rows: list[tuple[object, ...]] = [
        (moment(16, 9, n), "verzonden", mail, "Herfst", "De herfst op de fiets", "e-bikes", "")
        for n, mail in enumerate(mails)
    ]
    rows += [
        (moment(16, 18), "geopend", KLAARTJE, "Herfst", "De herfst op de fiets", "e-bikes", ""),
        (moment(16, 18, 2), "geklikt", KLAARTJE, "Herfst", "De herfst op de fiets", "e-bikes",
         "https://example.nl/e-bikes"),
        (moment(2, 8), "afgemeld", "oyvind@example.org", "Winter", "Winter", "onderhoud", ""),
    ]  # fmt: skip
    rows += [
        (moment(60 + 30 * n, 9), "verzonden", KLAARTJE, f"Maand {n}", f"Maandbrief {n}", "", "")
        for n in range(3)
    ]
    _table(folder / "nieuwsbrief.csv", header, rows)


def _complaints(folder: Path) -> None:
    header = (
        "Klachtnummer", "Klantnummer CRM", "Naam", "E-mail", "Datum melding", "Klacht",
        "Oorzaak", "Oplossing", "Afgehandeld op", "Behandelaar", "Status",
    )  # fmt: skip
    rows = [
        ("KL-1", "K-1001", "Klaartje van den Heuvel", KLAARTJE, day(9), "Accu niet bezorgd",
         "levering te laat", "excuses en nalevering", day(4), "Sanne Bakker", "opgelost"),
        ("KL-2", "K-1002", "Bas van den Heuvel", "bas.vdheuvel@example.nl", day(3),
         "Factuur klopt niet", "factuur", "", "", "Joris Meijer", "open"),
        ("KL-3", "K-1004", "Jan de Proefpersoon", "jan.proef@example.com", "31-02-2026",
         "Te laat", "levering te laat", "", "", "Joris Meijer", "open"),
        ("KL-4", "K-1005", "Aïcha Voorbeeld", "aicha@example.nl", "30-02-2026",
         "Kapot", "product stuk", "", "", "Joris Meijer", "open"),
    ]  # fmt: skip
    _table(folder / "klachten.csv", header, rows)


def _mailbox(folder: Path) -> None:
    box = mailbox.mbox(folder / "service.mbox", create=True)
    first = _mail("Klaartje van den Heuvel", KLAARTJE, "Waar blijft mijn accu?", 10, "1")
    first.set_content("Beste mensen,\n\nIk wacht al een week op mijn accu.\n\nGroet, Klaartje")
    first.add_attachment(
        b"<script>alert(1)</script>", maintype="text", subtype="html", filename="bon.html"
    )
    second = _mail("Bas van den Heuvel", "bas.vdheuvel@example.nl", "Mijn factuur", 3, "2")
    second.set_content("Beste mensen,\n\nDe factuur klopt niet.\n\nBas")
    for message in (first, second):
        box.add(message)
    box.close()


def _mail(name: str, sender: str, subject: str, days: int, number: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = f"{name} <{sender}>"
    message["To"] = "service@shop.example.nl"
    message["Subject"] = subject
    message["Date"] = ago(days, 8, 2).strftime("%a, %d %b %Y %H:%M:%S +0100")
    message["Message-ID"] = f"<{number}@example.nl>"
    return message
