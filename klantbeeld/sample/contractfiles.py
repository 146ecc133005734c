"""abonnementen.csv and offertes.csv: exports of the accounting package, by CRM number or e-mail."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path

from klantbeeld.sample import contracts
from klantbeeld.sample.csvfile import CsvFile, euros
from klantbeeld.sample.ledger import NOBODY, QUARANTINED, REJECTED, Ledger, Row, Subject
from klantbeeld.sample.model import Model
from klantbeeld.sample.pen import Pen
from klantbeeld.sample.people import Organisation

SUBSCRIPTIONS, QUOTES = "abonnementen.csv", "offertes.csv"
SUBSCRIPTION_COLUMNS = (
    "Abonnementnr", "Klantnr CRM", "Naam", "E-mail", "Abonnement", "Periode", "Bedrag",
    "Ingangsdatum", "Einddatum", "Status", "IBAN",
)  # fmt: skip
QUOTE_COLUMNS = (
    "Offertenr", "CRM-nr", "Naam", "E-mail", "Datum", "Omschrijving", "Bedrag", "Status",
    "Geldig tot",
)  # fmt: skip


class Customer:
    """Number, name and e-mail by which the accounting package points at a party of the CRM."""

    def __init__(self, model: Model, ledger: Ledger) -> None:
        self._model = model
        self._ledger = ledger
        self.pen = Pen(model.world.random(ledger.file), ledger.mess, ledger.flaws)

    def cells(self, party: int, key: str) -> tuple[str, str, str]:
        pen, world = self.pen, self._model.world
        one, person = world.party(party), world.speaker(party)
        number = self._model.keys.crm.get(party, "")
        if number and pen.chance(0.05, "lost_leading_zeros"):
            number = str(int(number))
        email = one.email if not number or pen.draw.random() < 0.6 else ""
        name = one.full_name if isinstance(one, Organisation) else pen.name(person).full
        if not number and not email:
            # Without either the name and the address book of the owner must do.
            pen.mess["name_only"] += 1
        contact = person.index if isinstance(one, Organisation) else NOBODY
        self._ledger.know(Subject(key, party, contact, bool(number or email)))
        return number, name, email


def write_subscriptions(model: Model, folder: Path) -> Ledger:
    """Writes abonnementen.csv."""
    ledger = Ledger(SUBSCRIPTIONS, "abonnementen")
    customer = Customer(model, ledger)
    file = CsvFile(";", "utf-8")
    file.add(SUBSCRIPTION_COLUMNS)
    today = model.world.today
    for one in model.subscriptions:
        number, name, email = customer.cells(one.party, one.number)
        period, cents, _ = contracts.PLANS[one.plan]
        party = model.world.party(one.party)
        iban = party.iban if isinstance(party, Organisation) else ""
        status = "lopend" if one.is_running(today) else "beëindigd"
        if one.ended and one.ended > today:
            status = "opgezegd"
        line = file.add(
            (one.number, number, name, email, one.plan, period, f"€ {euros(cents)}",
             _day(one.started), _day(one.ended), status, iban)
        )  # fmt: skip
        at = datetime.combine(one.started, time())
        ledger.rows.append(Row(line, one.number, one.number, "subscription", at, one.party, cents))
    for position, started in enumerate(("31-02-2025", "31-11-2024", "00-01-2025", "zie contract")):
        key = f"AB{99_001 + position}"
        line = file.add(
            (key, "", "Onbekend", "", "Onderhoud Basis", "maand", "€ 7,95", started, "", "lopend",
             "")
        )  # fmt: skip
        ledger.rows.append(
            Row(line, key, key, "subscription", None, NOBODY, None, QUARANTINED, "impossible_date")
        )
    line = file.add(("Totaal", "", "", "", "", "", "€ 0,00", "", "", "", ""))
    ledger.rows.append(Row(line, "", "", "", None, NOBODY, None, REJECTED, "total_row"))
    file.save(folder / SUBSCRIPTIONS)
    return ledger


def write_quotes(model: Model, folder: Path) -> Ledger:
    """Writes offertes.csv."""
    ledger = Ledger(QUOTES, "offertes")
    customer = Customer(model, ledger)
    file = CsvFile(";", "utf-8-sig")
    file.add(QUOTE_COLUMNS)
    for one in model.quotes:
        number, name, email = customer.cells(one.party, one.number)
        line = file.add(
            (one.number, number, name, email, _day(one.quoted), f"Offerte {one.subject}",
             euros(one.amount_cents), one.status, _day(one.valid_until))
        )  # fmt: skip
        at = datetime.combine(one.quoted, time())
        ledger.rows.append(
            Row(line, one.number, one.number, "quote", at, one.party, one.amount_cents)
        )
    for position, amount in enumerate(("zie bijlage", "n.t.b.", "op aanvraag")):
        key = f"OF{99_001 + position}"
        line = file.add((key, "", "Onbekend", "", "12-05-2025", "Offerte", amount, "open", ""))
        ledger.rows.append(
            Row(line, key, key, "quote", None, NOBODY, None, QUARANTINED, "not_a_number")
        )
    line = file.add(("OF99010", "", "Te veel", "velden", "12-05-2025", "x", "1", "open", "", "y"))
    ledger.rows.append(Row(line, "", "", "", None, NOBODY, None, REJECTED, "ragged_row"))
    file.save(folder / QUOTES)
    return ledger


def _day(day: date | None) -> str:
    return "" if day is None else f"{day:%d-%m-%Y}"


def write(model: Model, folder: Path) -> list[Ledger]:
    """Writes both files; returns the notes on them."""
    return [write_subscriptions(model, folder), write_quotes(model, folder)]
