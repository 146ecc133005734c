"""servicedesk.csv and klachten.csv: two registers, each with customer numbers of its own."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from pathlib import Path

from klantbeeld.sample import catalogue
from klantbeeld.sample.cases import Case
from klantbeeld.sample.csvfile import CsvFile, euros
from klantbeeld.sample.ledger import (
    DUPLICATE,
    NOBODY,
    QUARANTINED,
    REJECTED,
    Ledger,
    Row,
    Subject,
)
from klantbeeld.sample.model import Model
from klantbeeld.sample.pen import Pen
from klantbeeld.sample.people import Organisation, Person

DESK, COMPLAINTS = "servicedesk.csv", "klachten.csv"
DESK_COLUMNS = (
    "Registratienr", "Relatienr", "Naam", "Postcode", "Telefoon", "E-mail", "Aangemeld op",
    "Kanaal", "Soort", "Onderwerp", "Bestelnr", "Status", "Afgehandeld op", "Oplossing",
    "Behandelaar", "Prioriteit",
)  # fmt: skip
COMPLAINT_COLUMNS = (
    "Klachtnr", "Klantnr", "Aanhef", "Voorletters", "Achternaam", "Adres", "Telefoonnummer",
    "E-mailadres", "Datum melding", "Kanaal", "Oorzaak", "Omschrijving", "Ordernummer", "Status",
    "Datum afgehandeld", "Oplossing", "Afgehandeld door", "Tegemoetkoming", "Cijfer",
)  # fmt: skip
FIRST_DESK, FIRST_COMPLAINT = 5_001, 101


class Registers:
    """Writes both registers from the cases, in order of opening."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self.desk = Ledger(DESK, "servicedesk")
        self.complaints = Ledger(COMPLAINTS, "klachten")
        self._desk_pen = Pen(model.world.random("desk"), self.desk.mess, self.desk.flaws)
        self._complaint_pen = Pen(
            model.world.random("complaints"), self.complaints.mess, self.complaints.flaws
        )

    def write_desk(self, path: Path) -> None:
        file = CsvFile(";", "utf-8")
        file.add(DESK_COLUMNS)
        cases = [case for case in self._model.cases if case.in_desk]
        for position, case in enumerate(cases):
            key = f"SD{FIRST_DESK + position}"
            cells = self._desk_cells(case, key)
            relation = str(cells[1])
            at = self._registered(case)
            self._note(self.desk, (file.add(cells), key, relation or key, at), case)
            if position % 700 == 350:
                line = file.add(cells)
                self.desk.rows.append(
                    Row(line, key, relation or key, "service", at, case.party, None,
                        DUPLICATE, "same_row_again")
                )  # fmt: skip
        for position, moment in enumerate(("31-02-2025 10:00", "00-00-0000", "31-04-2026 09:30")):
            key = f"SD{990_001 + position}"
            line = file.add(
                (key, "", "Onbekend", "", "", "", moment, "telefoon", "vraag", "", "", "open", "",
                 "", "", "")
            )  # fmt: skip
            self.desk.rows.append(
                Row(line, key, key, "service", None, NOBODY, None, QUARANTINED, "impossible_date")
            )
        for number in range(3):
            line = file.add((f"SD{991_001 + number}", "1234", "Notitie; doorgebeld"))
            self.desk.rows.append(
                Row(line, "", "", "service", None, NOBODY, None, REJECTED, "ragged_row")
            )
        file.save(path)

    def _note(self, ledger: Ledger, where: tuple[int, str, str, datetime], case: Case) -> None:
        line, key, subject, at = where
        kind = "complaint" if ledger is self.complaints else "service"
        party = self._model.world.party(case.party)
        contact = party.contact if isinstance(party, Organisation) else NOBODY
        ledger.know(Subject(subject, case.party, contact))
        cents = case.compensation_cents if kind == "complaint" else None
        ledger.rows.append(Row(line, key, subject, kind, at, case.party, cents))

    def _desk_cells(self, case: Case, key: str) -> tuple[object, ...]:
        pen, world = self._desk_pen, self._model.world
        party, person = world.party(case.party), world.speaker(case.party)
        number = self._model.keys.desk[case.party]
        if not case.is_story and pen.chance(0.05, "row_without_number"):
            number = ""
        name = party.full_name if isinstance(party, Organisation) else pen.name(person).full
        if case.is_story:
            name = "M. van der Zwaluw"
        home = party.address if isinstance(party, Organisation) else pen.home(person, 0.2)
        phone = pen.mobile(key, "Telefoon", person.mobile)
        if person.landline and pen.draw.random() < 0.3:
            phone = pen.landline(person.landline, person.address.area_code)
        email = pen.email(key, "E-mail", party.email) if pen.draw.random() < 0.6 else ""
        if case.is_story:
            email = party.email
        return (
            key, number, pen.case(name), pen.postcode(key, "Postcode", home), phone, email,
            f"{self._registered(case):%d-%m-%Y %H:%M}", case.channel,
            "klacht" if case.complaint else "vraag", case.cause, case.order_number,
            self._status(case), f"{case.closed:%d-%m-%Y}" if case.closed else "",
            case.resolution, case.handler, self._desk_pen.draw.choice(("laag", "normaal", "hoog")),
        )  # fmt: skip

    def _registered(self, case: Case) -> datetime:
        opened = case.opened.replace(second=0)
        return opened + timedelta(minutes=111) if case.is_story else opened

    def _status(self, case: Case) -> str:
        if case.closed is None:
            return self._desk_pen.draw.choice(("open", "in behandeling"))
        return "gesloten"

    def write_complaints(self, path: Path) -> None:
        file = CsvFile(",", "utf-8-sig")
        file.add(COMPLAINT_COLUMNS)
        cases = [case for case in self._model.cases if case.in_complaints]
        for position, case in enumerate(cases):
            key = f"K-{case.opened.year}-{FIRST_COMPLAINT + position:04d}"
            cells = self._complaint_cells(case, key)
            number = str(cells[1])
            at = datetime.combine(self._complained(case), time())
            self._note(self.complaints, (file.add(cells), key, number or key, at), case)
            if position % 150 == 75:
                line = file.add(cells)
                self.complaints.rows.append(
                    Row(line, key, number or key, "complaint", at, case.party, None,
                        DUPLICATE, "same_row_again")
                )  # fmt: skip
        for position, day in enumerate(("30-02-2024", "31-06-2025", "onbekend")):
            key = f"K-9999-{position + 1:04d}"
            line = file.add((key, "", "", "", "Onbekend", "", "", "", day, "telefoon", *[""] * 9))
            self.complaints.rows.append(
                Row(line, key, key, "complaint", None, NOBODY, None, QUARANTINED,
                    "impossible_date")
            )  # fmt: skip
        line = file.add(("Totaal", len(cases), *[""] * 15, "", ""))
        self.complaints.rows.append(
            Row(line, "", "", "", None, NOBODY, None, REJECTED, "total_row")
        )
        file.save(path)

    def _complaint_cells(self, case: Case, key: str) -> tuple[object, ...]:
        pen, world = self._complaint_pen, self._model.world
        party, person = world.party(case.party), world.speaker(case.party)
        number = self._model.keys.complaints[case.party]
        name = pen.name(person)
        if case.is_story:
            name.prefix, name.surname = "van der", "Zwaluw-Terpstra"
        elif pen.chance(0.04, "row_without_number"):
            number = ""
        surname = f"{name.surname}, {name.prefix}" if name.prefix else name.surname
        if isinstance(party, Organisation):
            surname = party.full_name
        home = pen.home(person, 0.2) if isinstance(party, Person) else party.address
        address = f"{home.street} {pen.house(home)}, {home.postcode} {home.city}"
        said = f"{case.cause.capitalize()}; bestelling {case.order_number}"
        if pen.chance(0.04, "line_break_in_field"):
            said += "\nKlant belde twee keer."
        email = party.email if pen.draw.random() < 0.55 or not person.mobile else ""
        if case.is_story:
            email = person.second_email
        cents = case.compensation_cents
        return (
            key, number, person.salutation, name.initials, surname,
            address if pen.draw.random() < 0.8 else "",
            pen.mobile(key, "Telefoonnummer", person.mobile) if not email or case.is_story else "",
            pen.email(key, "E-mailadres", email),
            f"{self._complained(case):%d-%m-%Y}", case.channel, case.cause, said,
            case.order_number, "afgehandeld" if case.closed else "open",
            f"{case.closed:%d-%m-%Y}" if case.closed else "", case.resolution,
            case.handler if case.closed else pen.draw.choice(catalogue.EMPLOYEES),
            euros(cents) if cents else "", case.satisfaction or "",
        )  # fmt: skip

    def _complained(self, case: Case) -> datetime:
        return case.opened + timedelta(days=1) if case.is_story else case.opened


def write(model: Model, folder: Path) -> list[Ledger]:
    """Writes both registers; returns the notes on them."""
    registers = Registers(model)
    registers.write_desk(folder / DESK)
    registers.write_complaints(folder / COMPLAINTS)
    return [registers.desk, registers.complaints]
